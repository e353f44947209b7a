"""The end of a story: its name, what stayed open, who wrote it, by source, and what that took."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from game.packs import Pack
from game.session import Credits, Ended, Event, Past, Reloaded, Share, Tally
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Erased, Input, Key, Pressed, Scrolled
from game.stage.notices import EDGE, TOP
from game.stage.scenery import Backdrop
from game.stage.screen import Tick, View
from game.stage.screens.doors import backlog, enter, follow, story_map
from game.stage.tale import Tale
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Home, Pop, Transition
from game.stage.widgets import Role, Widget, group, screen

LEFT = Box(72, 96, 480, 540)
SHEET = Box(620, 44, 600, 632)
PAGE = SHEET.inset(48, 40)
SCROLLS: Mapping[Key, float] = {"page_up": -PAGE.h * 0.9, "page_down": PAGE.h * 0.9, "right": 90, "left": -90}
"""How far each key moves the credits, in logical units."""

GUARD = 1.0
"""Seconds in which the page cannot be left, so that a press meant for the story's last words does not turn it."""


class Ending:
    """The credits are a sheet that can be scrolled; the place where it ended stands behind."""

    def __init__(self, tale: Tale, pack: Pack, ended: Ended) -> None:
        self._tale = tale
        self._pack = pack
        self._ended = ended
        self._backdrop = Backdrop()
        self._offset = 0.0
        self._height = 0.0
        self._since = tale.house.now

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Past):
            return Pop()
        if isinstance(event, Reloaded):
            self._pack = event.pack
        if isinstance(event, Scrolled):
            return self._scroll(-event.notches * 70)
        if isinstance(event, Pressed) and event.key == "back":
            return self._home()
        if isinstance(event, Pressed) and event.key in SCROLLS:
            return self._scroll(SCROLLS[event.key])
        return follow(self._tale, event) if isinstance(event, Pressed | Erased) else STAY

    def _scroll(self, by: float) -> Transition:
        before = self._offset
        self._offset = max(0.0, min(max(0.0, self._height - PAGE.h), self._offset + by))
        return TAKEN if self._offset != before else STAY

    def _home(self) -> Transition:
        if self._tale.house.now - self._since < GUARD:
            return TAKEN
        self._tale.house.leave()
        return Home()

    def _back(self) -> Transition:
        self._tale.back()
        return TAKEN

    def tree(self, view: View) -> Widget:
        place = self._tale.reading.place if self._tale.reading.place in self._pack.places else self._pack.initial.place
        self._backdrop.look_at(view, 0.4)
        return screen(
            "Ending",
            self._backdrop.widget(view, self._pack, place, self._pack.places[place].name),
            Widget("group", look=_dusk),
            self._words(view),
            Widget("group", "", SHEET, look=looks.sheet(12, seed=101)),
            self._credits(view),
            *self._tale.notices.widgets(view, Box(EDGE, TOP, SHEET.x - 2 * EDGE, 0)),
        )

    def _words(self, view: View) -> Widget:
        text = self._pack.endings[self._ended.ending].text if self._ended.ending in self._pack.endings else ""
        title_lines = view.type.broken(self._ended.title, "chapter", LEFT.w)
        title = Box(LEFT.x, 210, LEFT.w, len(title_lines) * view.type.leading("chapter"))
        below = Box(LEFT.x, title.bottom + 22, LEFT.w, view.type.height(text, "motto", LEFT.w))
        shade = partial(looks.text, shade=True)
        count = f"{self._pack.title}, in {self._ended.scenes} scenes"
        return group(
            Widget("text", "The end", Box(LEFT.x, 166, LEFT.w, 30), look=shade("subheading", "glow")),
            Widget("heading", self._ended.title, title, look=shade("chapter", "pale")),
            Widget("text", text, below, look=shade("motto", "pale")),
            Widget("text", count, Box(LEFT.x, below.bottom + 20, LEFT.w, 26), look=shade("note", "dusk")),
            *self._doors(),
        )

    def _doors(self) -> list[Widget]:
        """What can be done now, two beside each other."""
        items: tuple[tuple[str, Callable[[], Transition]], ...] = (
            ("Back to the title", self._home),
            ("Read it back", lambda: enter(self._tale, backlog)),
            ("Back one scene", self._back),
            ("Map", lambda: enter(self._tale, story_map)),
        )
        return [
            Widget("button", label, Box(LEFT.x - 18 + n // 2 * 262, 548 + n % 2 * 56, 254, 52), press=act, look=looks.menu_item)
            for n, (label, act) in enumerate(items)
        ]

    def _credits(self, view: View) -> Widget:
        rows, y = [], 0.0
        for role, words, style, ink, gap, share in self._lines():
            width = PAGE.w
            height = view.type.height(words, style, width) + (14 if share is not None else 0)
            box = Box(PAGE.x, PAGE.y + y + gap - self._offset, width, height)
            rows.append((role, words, box, partial(_inside, style, ink, share)))
            y += gap + height
        self._height = y
        widgets = (Widget(role, words, box, key=f"credit:{n}", look=look) for n, (role, words, box, look) in enumerate(rows))
        return group(*widgets, label="Credits", box=PAGE)

    def _lines(self) -> list[Line]:
        """Role, words, style, ink, the gap above, and for a share how large it is (0 to 1)."""
        credits = self._ended.credits
        whole = max(1, sum(share.words for share in credits.shares))
        lines = _kept_open(self._ended.open_threads)
        lines.append(("heading", "Who wrote this", "heading", "ink", 30 if lines else 0, None))
        for share in credits.shares:
            part = share.words / whole
            lines.append(("text", f"{writer(share)}: {share.words:,} words, {_percent(part)}", "note", "ink", 10, part))
        if took := took_words(self._ended.tally):
            lines.append(("heading", "What the telling took", "card", "mark", 26, None))
            lines += [("text", words, "note", "ink", 4, None) for words in took]
        return lines + _of_the_world(credits)


Line = tuple[Role, str, str, str, float, float | None]


def _of_the_world(credits: Credits) -> list[Line]:
    """Who made it, and by whose leave; of a pack that is not there any more, what is still known."""
    world: list[Line] = [("text", f"{name}, {role}", "note", "ink", 4, None) for name, role in credits.authors]
    if credits.licence:
        world.append(("text", f"Licence: {credits.licence}", "note", "faint", 4, None))
    models: list[Line] = [("text", credits.statement, "note", "ink", 4, None)] if credits.statement else []
    faces: list[Line] = [("text", f"{names}: {said}", "note", "ink", 6, None) for names, said in _together(credits.consents)]
    lines: list[Line] = []
    for title, below in (("The world", world), ("On the use of models", models), ("Likeness and voice", faces)):
        lines += [("heading", title, "card", "mark", 26, None), *below] if below else []
    return lines


def _kept_open(threads: tuple[str, ...]) -> list[Line]:
    """The promises that the story did not keep."""
    if not threads:
        return []
    entries: list[Line] = [("text", text, "motto", "ink", 8, None) for text in threads]
    return [("heading", "What stayed open", "heading", "ink", 0, None), *entries]


def took_words(tally: Tally) -> list[str]:
    """What the telling took, as sentences for a player; none of what there is nothing to say of."""
    out = []
    if tally.requests:
        times = "once" if tally.requests == 1 else f"{tally.requests:,} times"
        known = f", {tally.cached:,} of them known to it from before" if tally.cached else ""
        out.append(f"The model was asked {times}. It read {tally.prompt:,} tokens{known}, and wrote {tally.reply:,}.")
    if tally.hits:
        picks = tally.hits + tally.misses
        out.append(f"Of {picks:,} scenes, {tally.hits:,} had been begun before you chose{_saved(tally.saved)}.")
    if tally.wasted:
        out.append(f"{tally.wasted:,} tokens went into scenes that you did not choose.")
    return out


def _saved(seconds: float) -> str:
    if seconds < 2:
        return ""
    spared = f"{round(seconds)} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"
    return f", which spared you {spared} of waiting"


def writer(share: Share) -> str:
    """A writer, in words."""
    if share.by == "player":
        return "You"
    if share.by == "model":
        client, _, model = share.via.partition("/")
        return f"The model {model}, through {client}" if model else f"A model, through {client}"
    return "The authors, told by the offline storyteller" if share.via == "stub" else "The authors"


def _together(consents: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Those of whom the same is said, in one line."""
    names: dict[str, list[str]] = {}
    for name, words in consents:
        names.setdefault(words, []).append(name)
    return [(", ".join(each), words) for words, each in names.items()]


def _dusk(canvas: Canvas, widget: Widget) -> None:
    canvas.veil(0.2)
    canvas.dusk(0.8)


def _percent(part: float) -> str:
    return "under 1 %" if 0 < part < 0.01 else f"{round(part * 100)} %"


def _inside(style: str, ink: str, share: float | None, canvas: Canvas, widget: Widget) -> None:
    """Painted only on the sheet."""
    if widget.box.bottom < PAGE.y or widget.box.y > PAGE.bottom:
        return
    whole = canvas.surface.get_clip()
    canvas.surface.set_clip(canvas.fit.pixels(PAGE))
    looks.text(style, ink)(canvas, widget)
    if share is not None:
        bar = Box(widget.box.x, widget.box.bottom - 8, widget.box.w, 6)
        canvas.bar(bar, mix(canvas.theme.sheet, canvas.theme.ink, 0.12))
        canvas.bar(Box(bar.x, bar.y, bar.w * share, bar.h), canvas.theme.mark)
    canvas.surface.set_clip(whole)
