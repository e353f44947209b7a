"""Names that texts bind: that each is bound wherever it is used, whatever is drawn before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.packs.compile import PackFiles, members_of
from game.packs.files import BeatFile, GroupFile
from game.packs.findings import Findings, did_you_mean
from game.packs.grammar import BUILT_IN
from game.packs.locate import KeyPath
from game.packs.notation import Action, Symbol, parts_of

Names = frozenset[str]
NONE: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a text `needs` bound before it, and what it surely `binds` for what follows."""

    needs: Names = NONE
    binds: Names = NONE


def actions_in(text: str) -> Iterator[Action]:
    """Every action of a text, those in other actions too."""
    for part in parts_of(text):
        actions = (part,) if isinstance(part, Action) else part.actions if isinstance(part, Symbol) else ()
        for action in actions:
            yield action
            for inner in action.texts:
                yield from actions_in(inner)


class Bindings:
    """What is bound where. `settled` are the symbols that come to an end, each after those that it uses."""

    def __init__(self, texts: Iterable[str], rules: Mapping[str, list[str]], settled: Iterable[str]) -> None:
        actions = [action for text in texts for action in actions_in(text)]
        self.names: Names = frozenset(action.name for action in actions)
        self._given_back: Names = frozenset(action.name for action in actions if not action.texts)
        self._rules = rules
        self._symbols: dict[str, Effect] = {}
        for symbol in settled:
            if symbol in rules:
                self._symbols[symbol] = _of_any([self.of_text(text) for text in rules[symbol]])

    def of_text(self, text: str) -> Effect:
        """Names that are never bound anywhere are not counted: of those it is said that there is no such symbol."""
        needs, bound = self._run(text, NONE)
        return Effect(needs, bound)

    def _run(self, text: str, bound: Names) -> tuple[Names, Names]:
        """What `text` needs beside `bound`, and what is bound after it."""
        needs: Names = NONE
        for part in parts_of(text):
            if isinstance(part, Action):
                more, bound = self._act(part, bound)
                needs |= more
            elif isinstance(part, Symbol):
                within = bound
                for action in part.actions:
                    more, within = self._act(action, within)
                    needs |= more
                own = self._symbols.get(part.name, Effect())
                needs |= own.needs - within
                bound = (bound - self._given_back if part.name in self._rules else bound) | own.binds
                if part.name not in self._rules and part.name not in BUILT_IN:
                    needs |= ({part.name} & self.names) - within
        return needs, bound

    def _act(self, action: Action, bound: Names) -> tuple[Names, Names]:
        needs: Names = NONE
        for text in action.texts:
            needs |= self._run(text, bound)[0]
        return needs, (bound | {action.name} if action.texts else bound - {action.name})

    def beats(self, beats: Sequence[BeatFile | GroupFile], path: KeyPath, bound: Names) -> Iterator[tuple[KeyPath, Names]]:
        """The texts that need what is not bound when they are told, each with the names."""
        for n, each in enumerate(beats):
            if not isinstance(each, BeatFile):
                key = "one_of" if "one_of" in type(each).model_fields else "shuffled"
                for m, member in enumerate(members_of(each)):
                    yield from self.beats(member, (*path, n, key, m), bound)
                continue
            effects = [self.of_text(text) for text in each.text]
            for m, effect in enumerate(effects):
                if missing := effect.needs - bound:
                    yield (*path, n, "text", m), missing
            if each.when is None:
                bound |= _of_any(effects).binds - self._given_back


def _of_any(effects: Sequence[Effect]) -> Effect:
    """Of texts of which one is drawn."""
    if not effects:
        return Effect()
    return Effect(frozenset().union(*(each.needs for each in effects)), frozenset.intersection(*(each.binds for each in effects)))


def check_bindings(files: PackFiles, bindings: Bindings, found: Findings) -> None:
    """Beats, and the other texts that are told by themselves, that use a name before it is bound."""
    for file, path, missing in _unbound(files, bindings):
        for name in sorted(missing):
            message = f'"{name}" may not be bound yet when this is told.'
            advice = did_you_mean(name, files.grammar) or f"Write [{name}:...] before it, where it is always told."
            found.add("PACK501", file, path, message=message, suggestion=advice)


def _unbound(files: PackFiles, bindings: Bindings) -> Iterator[tuple[str, KeyPath, Names]]:
    for file, path, outcome in files.outcomes():
        yield from ((file, *each) for each in bindings.beats(outcome.then, (*path, "then"), NONE))
    for name, storylet in files.storylets.items():
        yield from ((files.homes[name], *each) for each in bindings.beats(storylet.beats, (name, "beats"), NONE))
        for n, text in enumerate(storylet.must_happen):
            yield files.homes[name], (name, "must_happen", n), bindings.of_text(text).needs
    for name, thread in (files.pack.threads if files.pack else {}).items():
        yield "pack.toml", ("threads", name, "left"), bindings.of_text(thread.left).needs
    for name, place in files.places.items():
        yield "places.toml", (name, "description"), bindings.of_text(place.description).needs
    for symbol in files.grammar:
        if symbol.startswith("improvise_"):
            yield "grammar.toml", (symbol,), bindings.of_text(f"#{symbol}#").needs
