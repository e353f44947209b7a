"""Every text of a pack that a player or a model may come to read, and when: from the start, with a storylet, at a place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game.packs.compile import PackFiles
from game.packs.files import OutcomeFile
from game.packs.locate import KeyPath

Moment = tuple[str, ...]
"""When a text is read: `("start",)`; `("storylet", id)`; `("outcome", storylet, id)` where it is offered and
`("then", storylet, id)` once it was picked, of improvised scenes with `improvise` for the storylet; `("place", id)`, and likewise
`fact`, `thread`, `item`, `ending` and `lore`."""
IMPROVISE = "improvise"
START: Moment = ("start",)

_SYMBOL = re.compile(r"#(?:\[[^\]#]*\])*([a-z][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, where it stands, when it is read, and the conditions that must hold then."""

    file: str
    path: KeyPath
    text: str
    moment: Moment
    whens: tuple[str, ...] = ()


def texts_of(files: PackFiles) -> Iterator[Text]:
    """All of them. A text of the grammar comes once for each moment in which a text asks for its symbol."""
    own = [*_head(files), *_declared(files), *_storylets(files), *_outcomes(files), *_beats(files)]
    yield from own
    yield from _grammar(files, own)


def _head(files: PackFiles) -> Iterator[Text]:
    yield Text("world.md", (), files.world, START)
    if files.pack is not None:
        for key in ("title", "tagline"):
            yield Text("pack.toml", (key,), getattr(files.pack, key), START)
        yield Text("pack.toml", ("player", "role"), files.pack.player.role, START)
        waiting = files.pack.waiting
        for key, lines in (("words", waiting.words), ("pauses", waiting.pauses)):
            yield from (Text("pack.toml", ("waiting", key, n), line, START) for n, line in enumerate(lines))
    for name, member in files.cast.items():
        yield from (Text("cast.toml", (name, key), getattr(member, key), START) for key in ("name", "voice", "wants"))


def _declared(files: PackFiles) -> Iterator[Text]:
    for name, place in files.places.items():
        yield from (Text("places.toml", (name, key), getattr(place, key), ("place", name)) for key in ("name", "description"))
    for name, entry in files.lore.items():
        yield Text("lore.toml", (name, "text"), entry.text, START if entry.always else ("lore", name))
    if files.pack is None:
        return
    for name, item in files.pack.items.items():
        yield from (Text("pack.toml", ("items", name, key), getattr(item, key), ("item", name)) for key in ("name", "text"))
    for name, thread in files.pack.threads.items():
        yield Text("pack.toml", ("threads", name, "text"), thread.text, ("thread", name))
        yield Text("pack.toml", ("threads", name, "left"), thread.left, ("ending", ""))
    for name, fact in files.pack.facts.items():
        yield Text("pack.toml", ("facts", name, "text"), fact.text, ("fact", name))
    for name, ending in files.pack.endings.items():
        yield from (
            Text("pack.toml", ("endings", name, key), getattr(ending, key), ("ending", name)) for key in ("title", "text")
        )


def _storylets(files: PackFiles) -> Iterator[Text]:
    for name, storylet in files.storylets.items():
        file, moment = files.homes[name], ("storylet", name)
        yield Text(file, (name, "title"), storylet.title, moment)
        yield Text(file, (name, "goal"), storylet.goal, moment)
        yield from (Text(file, (name, "must_happen", n), text, moment) for n, text in enumerate(storylet.must_happen))


def _outcomes(files: PackFiles) -> Iterator[Text]:
    for file, path, outcome in files.outcomes():
        moment = ("outcome", str(path[0]), outcome.id)
        yield Text(file, (*path, "text"), outcome.text, moment)
        yield Text(file, (*path, "hint"), outcome.hint, moment)


def _beats(files: PackFiles) -> Iterator[Text]:
    groups = {(file, path): group.when for file, path, group in files.groups() if group.when is not None}
    outcomes: dict[tuple[str, KeyPath], OutcomeFile] = {(file, path): outcome for file, path, outcome in files.outcomes()}
    for file, path, beat in files.beats():
        around = (groups.get((file, path[:n])) for n in range(len(path)))
        whens = tuple(when for when in (*around, beat.when) if when is not None)
        then = path.index("then") if "then" in path[1:] else 0
        own = ("then", str(path[0]), outcomes[file, path[:then]].id) if then else ("storylet", str(path[0]))
        yield from (Text(file, (*path, "text", n), text, own, whens) for n, text in enumerate(beat.text))


def _grammar(files: PackFiles, own: Iterable[Text]) -> Iterator[Text]:
    moments: dict[str, dict[Moment, None]] = {name: {} for name in files.grammar}
    for name in files.grammar:
        if name.startswith("improvise_"):
            moments[name]["storylet", IMPROVISE] = None
    for text in own:
        for symbol in _symbols(text.text, files):
            moments[symbol][text.moment] = None
    for symbol, rules in files.grammar.items():
        for n, rule in enumerate(rules):
            whens = (rule.when,) if rule.when is not None else ()
            yield from (Text("grammar.toml", (symbol, n), rule.text, moment, whens) for moment in moments[symbol])


def _symbols(text: str, files: PackFiles) -> list[str]:
    """The symbols that a text asks for, and those that these ask for."""
    found = [name for name in dict.fromkeys(_SYMBOL.findall(text)) if name in files.grammar]
    for name in found:
        inner = dict.fromkeys(each for rule in files.grammar[name] for each in _SYMBOL.findall(rule.text))
        found.extend(each for each in inner if each in files.grammar and each not in found)
    return found
