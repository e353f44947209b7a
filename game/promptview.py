"""What a model would be sent at a turn of a pack, for its author to read: part by part, what was cut, and what is new."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from game.narrator.budget import MESSAGE_TOKENS, tokens
from game.narrator.prompt import Prompter
from game.narrator.rehearsal import Sheet, shared, sheets, turns_words
from game.narrator.sections import Section
from game.narrator.span import Span
from game.narrator.values import Cut
from game.packs.shelf import find_pack
from game.story import Json

_SYSTEM = {
    "title": "rules",
    "language": "rules",
    "rating": "rules",
    "lore": "always true",
}
_BRIEF = {
    **dict.fromkeys(("turn", "title", "min_beats", "max_beats", "ending"), "frame"),
    "must_happen": "must happen",
    "secrets": "revealed",
}
"""What the parts are called where the templates' names say too little."""


class NoSuchTurn(ValueError):
    """The story ends before the turn that was asked for; the message is one line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the request, in the message of `role`."""

    role: str
    name: str
    text: str

    @property
    def tokens(self) -> int:
        """How many it takes, about."""
        return tokens(self.text)


@dataclass(frozen=True, slots=True)
class View:
    """A request, opened. `shared` is how much of the request before comes again, in percent; `None` at the first turn.
    `brief_diff` are the lines of the brief against the brief before, as `difflib` marks them."""

    sheet: Sheet
    parts: tuple[Part, ...]
    cuts: tuple[tuple[str, str], ...]
    lore: tuple[tuple[str, str], ...]
    shared: int | None
    news: tuple[str, ...]
    brief_diff: tuple[str, ...]

    @property
    def tokens(self) -> int:
        """Tokens of the messages together, about."""
        return sum(tokens(message.content) + MESSAGE_TOKENS for message in self.sheet.messages)

    def to_json(self) -> dict[str, Json]:
        shape, profile = self.sheet.shape, self.sheet.profile
        return {
            "turn": self.sheet.brief.turn,
            "shape": shape.to_json(),
            "tokens": self.tokens,
            "room": profile.prompt_tokens,
            "reply": profile.reply_tokens,
            "sections": [{"role": part.role, "name": part.name, "tokens": part.tokens, "text": part.text} for part in self.parts],
            "cut": [{"what": what, "words": words} for what, words in self.cuts],
            "lore": [{"id": name, "words": words} for name, words in self.lore],
            "diff": {"shared": self.shared, "news": list(self.news), "brief": list(self.brief_diff)},
        }


def view(ref: str, turn: int, seed: int = 7, window: int = 8192, via: str = "stub/stub") -> View:
    """The request for turn `turn` of the pack `ref`, played by draws with the stub.

    Raises:
        PackError: the pack cannot be played.
        NoSuchTurn: the story ends before.
    """
    pack = find_pack(ref)
    before, sheet = None, None
    for each in islice(sheets(pack, seed, window, via), turn):
        before, sheet = sheet, each
    if sheet is None or sheet.brief.turn < turn:
        last = sheet.brief.turn if sheet else 0
        raise NoSuchTurn(f"with seed {seed} the story ends at turn {last}; there is no turn {turn}")
    prompter = Prompter(pack, pack.player)
    span = prompter.span(sheet.brief, sheet.behind, sheet.profile, sheet.shape)
    return View(
        sheet=sheet,
        parts=tuple(_parts(prompter, sheet, span)),
        cuts=tuple(_cuts(prompter, sheet, span)),
        lore=tuple(_lore(span)),
        shared=int(shared(before.text, sheet.text)) if before else None,
        news=tuple(_news(before, sheet)) if before else (),
        brief_diff=tuple(_brief_diff(before, sheet)) if before else (),
    )


def _parts(prompter: Prompter, sheet: Sheet, span: Span) -> Iterator[Part]:
    """All of the messages, in their order; those of the past by turn."""
    head = prompter.head(sheet.brief, sheet.profile)
    yield from _named("system", prompter.wording.sections("system", head.values, "rules"), _SYSTEM)
    told = 2 * len(span.told)
    for message in sheet.messages[1 : len(sheet.messages) - told - 1]:
        yield Part(message.role, "recap", message.content)
    for turn in span.told:
        yield Part("user", f"turn {turn.turn}: brief", turn.asked)
        yield Part("assistant", f"turn {turn.turn}: told", turn.told)
    yield from _named("user", prompter.wording.sections("scene", span.last.values, "frame"), _BRIEF)


def _named(role: str, sections: Sequence[Section], names: dict[str, str]) -> Iterator[Part]:
    """The sections under their names for people; those of one name together."""
    together: dict[str, list[str]] = {}
    for section in sections:
        together.setdefault(names.get(section.name, section.name), []).append(section.text)
    for name, texts in together.items():
        yield Part(role, name, "\n".join(text.strip("\n") for text in texts))


def _cuts(prompter: Prompter, sheet: Sheet, span: Span) -> Iterator[tuple[str, str]]:
    """What there was no room for, and how much of it is there."""
    if sheet.shape.start > 1:
        by = "rule" if sheet.recap and sheet.recap.source.by == "author" else "the model"
        kept = f"a recap by {by}" if sheet.recap else "nothing"
        yield turns_words(1, sheet.shape.start - 1), f"folded: {kept} stands for what was told"
    cuts: tuple[Cut, ...] = (*prompter.head(sheet.brief, sheet.profile).cuts, *span.last.cuts)
    for cut in cuts:
        yield cut.part, f"{cut.kept} of {cut.of} characters"
    for entry in span.last.lore.cut:
        yield f"lore {entry.id}", f"fired by “{entry.key}”, no room"


def _lore(span: Span) -> Iterator[tuple[str, str]]:
    """What the lore does at this turn."""
    last = span.last.lore
    since = {entry.id: turn.turn for turn in span.told for entry in turn.lore.told}
    for entry in last.told:
        yield entry.id, f"told now, for “{entry.key}”"
    for entry in last.standing:
        yield entry.id, f"stands since turn {since[entry.id]}, called again by “{entry.key}”"
    for entry in last.cut:
        yield entry.id, f"cut: “{entry.key}” called it, there was no room"


def _news(before: Sheet, now: Sheet) -> Iterator[str]:
    """What is different from the request before, in sentences."""
    if before.schema != now.schema:
        yield f"The schema is another: {len(now.brief.slots)} choices after {len(before.brief.slots)}."
    if before.messages[0] != now.messages[0]:
        yield "The system message is another."
    if now.shape.start != before.shape.start:
        yield f"Folded: {turns_words(before.shape.start, now.shape.start - 1)}, no longer in full."
    if now.shape.recap != before.shape.recap:
        yield "The recap is another."
    same = next((n for n, (one, other) in enumerate(zip(before.messages, now.messages, strict=False)) if one != other), None)
    added = now.messages[len(before.messages) if same is None else same :]
    size = sum(tokens(message.content) for message in added)
    if same is not None:
        yield f"What is shared ends in message {same + 1}."
    yield f"{'Appended' if same is None else 'New from there on'}: {len(added)} messages, about {size} tokens."


def _brief_diff(before: Sheet, now: Sheet) -> list[str]:
    old, new = before.messages[-1].content.splitlines(), now.messages[-1].content.splitlines()
    return [line for line in difflib.ndiff(old, new) if line[:1] in "+-"]


def show(found: View, console: Console) -> None:
    """Print it: the messages as they are sent, then a table of their parts, what was cut, the lore, and what is new."""
    for n, message in enumerate(found.sheet.messages, 1):
        console.print(Rule(f"{n}. {message.role}, {tokens(message.content)} tokens", align="left", characters="─"))
        console.print(Text(message.content))
    for block in _summary(found):
        console.print(block)


def _summary(found: View) -> Iterator[RenderableType]:
    profile, shape = found.sheet.profile, found.sheet.shape
    table = Table("part", "message", "tokens", title=f"Turn {found.sheet.brief.turn}, {shape.via}, a window of {profile.window}")
    table.columns[2].justify = "right"
    for part in found.parts:
        table.add_row(part.name, part.role, str(part.tokens))
    table.add_section()
    table.add_row("all messages, about", "", f"{found.tokens} of {profile.prompt_tokens}")
    table.add_row("schema", "", str(tokens(found.sheet.schema)))
    table.add_row("the reply, at most", "", str(profile.reply_tokens))
    yield table
    yield from _list("Cut", found.cuts, "nothing")
    yield from _list("Lore", found.lore, "none fired")
    if found.shared is not None:
        turn = found.sheet.brief.turn - 1
        yield from _list("Against turn before", [(f"turn {turn}", f"{found.shared} % of its request comes again")], "")
        yield from (Text(f"  {line}") for line in found.news)
        yield from _list("The brief against the one before", (), "")
        yield from (Text(f"  {line}") for line in found.brief_diff)


def _list(title: str, rows: Sequence[tuple[str, str]], none: str) -> Iterator[Text]:
    yield Text(f"\n{title}" + (f": {none}" if none and not rows else ""))
    yield from (Text(f"  {what}: {words}") for what, words in rows)
