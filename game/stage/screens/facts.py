"""What a pack is and what is in it, as a player should know before the first scene: its title, and a table of facts."""

from __future__ import annotations

from functools import partial

from game.packs import Pack
from game.session import Teller
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.screen import View
from game.stage.screens.storyteller import teller_words
from game.stage.scroller import Scroller
from game.stage.widgets import Widget

SHEET = Box(140, 44, 1000, 632)
ROOM = Box(SHEET.x + 420, SHEET.y + 36, SHEET.w - 420 - 72, SHEET.h - 36 - 104)
"""Where they stand on the sheet."""
RATINGS = {"general": "Everybody", "teen": "Teenagers and older", "mature": "Adults"}
GAP = 8
"""From one fact to the next."""
ON_THIS_MACHINE = frozenset({"stub", "local", "replay"})
"""Clients that send nothing elsewhere."""


def facts_of(pack: Pack, teller: Teller) -> list[tuple[str, str]]:
    """What there is to say, in order: of what, and in words."""
    notes = pack.content_notes
    authors = (f"{author.name} ({author.role})" for author in pack.authors)
    found = [
        ("For", RATINGS[pack.rating]),
        ("Contains", f"{listed(notes)}." if notes else "nothing that its authors thought you should be warned of."),
        ("Length", f"{pack.scenes[0]} to {pack.scenes[1]} scenes"),
        ("Told by", _told_by(teller if pack.ai_policy.model_may_write else Teller())),
        ("By", ", ".join(authors)),
        ("Models", _policy(pack)),
    ]
    return [(name, _sentence(words)) for name, words in found if words]


def listed(notes: tuple[str, ...]) -> str:
    return notes[0] if len(notes) == 1 else f"{', '.join(notes[:-1])} and {notes[-1]}"


def _policy(pack: Pack) -> str:
    """What the authors say about models."""
    denied = "" if pack.ai_policy.model_may_write else "The authors let no model write in this world."
    return " ".join(filter(None, (denied, pack.ai_policy.statement)))


def _told_by(teller: Teller) -> str:
    stays = teller.client in ON_THIS_MACHINE
    leaves = "Nothing leaves this machine." if stays else "What happens in your story is sent to it, wherever it runs."
    return f"{teller_words(teller)}. {leaves}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


class Facts:
    """They can be scrolled, where they are more than there is room for."""

    def __init__(self, teller: Teller) -> None:
        self.page = Scroller()
        self._teller = teller

    def widgets(self, view: View, pack: Pack) -> list[Widget]:
        """The title and the tagline, and below them the facts."""
        title = view.type.clipped(pack.title, "heading", ROOM.w, 2)
        head = Box(ROOM.x, ROOM.y, ROOM.w, len(title) * view.type.leading("heading"))
        said = view.type.height(pack.tagline, "subheading", ROOM.w) if pack.tagline else 0.0
        tagline = Box(ROOM.x, head.bottom + 4, ROOM.w, said)
        rule = Box(ROOM.x, tagline.bottom + 10, ROOM.w, 12)
        rows, height = self._rows(view, pack, rule.bottom + 12)
        below = Box(ROOM.x, rule.bottom + 12, ROOM.w, ROOM.bottom - rule.bottom - 12)
        return [
            Widget("heading", pack.title, head, look=looks.text("heading", "ink", lines=2)),
            Widget("text", pack.tagline, tagline, key="tagline", look=looks.text("subheading", "faint")),
            Widget("group", "", rule, look=looks.rule),
            *self.page.lay(rows, height, below),
        ]

    def _rows(self, view: View, pack: Pack, top: float) -> tuple[list[Widget], float]:
        """The facts from `top` down, and their height together."""
        found = facts_of(pack, self._teller)
        across = max(view.type.width(name, "small_bold") for name, _ in found) + 22
        rows, y = [], top
        for name, words in found:
            box = Box(ROOM.x, y, ROOM.w, view.type.height(words, "note", ROOM.w - across))
            rows.append(Widget("text", name, box, words, key=f"fact:{name}", look=partial(_fact, across)))
            y = box.bottom + GAP
        return rows, y - GAP - top


def _fact(across: float, canvas: Canvas, widget: Widget) -> None:
    box = widget.box
    canvas.words(widget.label, "small_bold", box.x, box.y + 2, canvas.theme.mark)
    lines = canvas.type.broken(widget.value, "note", box.w - across)
    canvas.block(lines, "note", Box(box.x + across, box.y, box.w - across, box.h), canvas.theme.ink)
