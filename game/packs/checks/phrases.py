"""That every text of the grammar can be expanded, comes to an end, and stays short."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from game.packs.checks.bindings import Bindings, actions_in, check_bindings
from game.packs.compile import PackFiles
from game.packs.findings import Findings, did_you_mean
from game.packs.grammar import BUILT_IN, MODIFIERS
from game.packs.locate import KeyPath
from game.packs.notation import Action, Part, Stray, Symbol, parts_of

MAX_DEPTH = 12
MAX_EXPANSION = 2000
"""Characters that an expanded text may have, if the longest rule is drawn each time."""
SHOWN = 14
"""Symbols of a circle that are named."""
_LONGEST_NAME = 40
_LOOKED_AT = 100_000
"""Steps that are gone to show the way round from each symbol; behind them the way round from one is enough."""

Spot = tuple[str, KeyPath, str]


def check_grammar(files: PackFiles, found: Findings) -> None:
    """Symbols and modifiers that are missing, symbols that go round in circles, texts that grow without measure."""
    rules = {symbol: [rule.text for rule in own] for symbol, own in files.grammar.items()}
    spots = list(_spots(files))
    sizes = _Sizes(rules, _bound(text for _, _, text in spots))
    bindings = Bindings((text for _, _, text in spots), rules, sizes.settled)
    for spot in spots:
        _check_text(spot, {*rules, *bindings.names}, found)
    check_bindings(files, bindings, found)
    for symbol in rules:
        _check_symbol(symbol, files, sizes, found)
    for file, path, text in spots:
        if file != "grammar.toml" and sizes.text_is_too_long(text):
            found.add("PACK507", file, path, message=f"this text may grow beyond {MAX_EXPANSION} characters.")
        for name in sorted({action.name for action in actions_in(text)} - rules.keys()):
            if (circle := sizes.circle(name)) and name == min(circle):
                message = f'"{name}" is bound to what leads back to it: {_way(circle)}.'
                found.add("PACK502", file, path, message=message, suggestion="Bind another name to the longer text.")
    if files.are_whole:
        _check_unused(files, spots, found)


def _spots(files: PackFiles) -> Iterator[Spot]:
    """Every text that the stub may expand."""
    for file, path, beat in files.beats():
        for n, text in enumerate(beat.text):
            yield file, (*path, "text", n), text
    for name, storylet in files.storylets.items():
        for n, text in enumerate(storylet.must_happen):
            yield files.homes[name], (name, "must_happen", n), text
    for name, thread in (files.pack.threads if files.pack else {}).items():
        yield "pack.toml", ("threads", name, "left"), thread.left
    for name, place in files.places.items():
        yield "places.toml", (name, "description"), place.description
    for symbol, rules in files.grammar.items():
        for n, rule in enumerate(rules):
            yield "grammar.toml", (symbol, n), rule.text


def _check_text(spot: Spot, known: Collection[str], found: Findings) -> None:
    file, path, text = spot
    for part in _all_parts(text):
        if isinstance(part, Stray):
            _check_stray(part, file, path, found)
        elif isinstance(part, Action) and part.name in BUILT_IN:
            message = f'"{part.name}" is built in, and cannot be bound.'
            found.add("PACK518", file, path, message=message, suggestion="Bind another name.")
        elif isinstance(part, Symbol):
            _check_use(part, file, path, known, found)


def _check_stray(part: Stray, file: str, path: KeyPath, found: Findings) -> None:
    if part.text == "#":
        advice = r'A symbol is written "#name#", in small letters; a plain # is written "\\#".'
        found.add("PACK504", file, path, message="there is a # here that belongs to no symbol.", suggestion=advice)
    else:
        advice = r'A name is bound by "[name:text]"; a plain [ is written "\\[".'
        found.add("PACK519", file, path, message="there is a [ here that binds no name.", suggestion=advice)


def _check_use(part: Symbol, file: str, path: KeyPath, known: Collection[str], found: Findings) -> None:
    if part.name not in known and part.name not in BUILT_IN:
        message = f'no symbol is called "{part.name}".'
        found.add("PACK501", file, path, message=message, suggestion=did_you_mean(part.name, (*known, *BUILT_IN)))
    for modifier in part.modifiers:
        if modifier not in MODIFIERS:
            advice = did_you_mean(modifier, MODIFIERS) or f"There are: {', '.join(MODIFIERS)}."
            found.add("PACK503", file, path, message=f'no modifier is called "{modifier}".', suggestion=advice)


def _all_parts(text: str) -> Iterator[Part]:
    """The parts of a text, and those of the texts in its actions."""
    for part in parts_of(text):
        yield part
        if isinstance(part, Symbol):
            yield from part.actions
    for action in actions_in(text):
        for inner in action.texts:
            yield from parts_of(inner)


def _bound(texts: Iterable[str]) -> Mapping[str, list[str]]:
    """What each name that is bound may stand for. One that is bound to itself, to stay so, grows by next to nothing."""
    out: dict[str, list[str]] = {}
    for action in (action for text in texts for action in actions_in(text)):
        out.setdefault(action.name, []).extend(text for text in action.texts if not _is_only(action.name, text))
    return out


def _is_only(name: str, text: str) -> bool:
    """Whether a text is nothing but this name, with or without modifiers."""
    parts = parts_of(text)
    return len(parts) == 1 and isinstance(parts[0], Symbol) and parts[0].name == name and not parts[0].actions


def _way(circle: list[str]) -> str:
    return " -> ".join(circle if len(circle) <= SHOWN else [*circle[: SHOWN - 1], "...", circle[-1]])


def _check_symbol(symbol: str, files: PackFiles, sizes: "_Sizes", found: Findings) -> None:
    where = ("grammar.toml", (symbol,))
    rules = files.grammar[symbol]
    if symbol in BUILT_IN:
        found.add("PACK506", *where, message=f'"{symbol}" is built in.', suggestion="Give the symbol another name.")
    if not rules:
        found.add("PACK505", *where, message=f'"{symbol}" has no expansions.')
    elif all(rule.when is not None for rule in rules):
        advice = "Add one without a condition: when none holds, any of them is taken."
        found.add("PACK509", *where, message=f'every expansion of "{symbol}" has a condition.', suggestion=advice)
    circle = sizes.circle(symbol)
    if circle and symbol == min(circle):
        found.add("PACK502", *where, message=f'"{symbol}" leads back to itself: {_way(circle)}.')
    elif sizes.depth(symbol) == MAX_DEPTH + 1:
        found.add("PACK502", *where, message=f'"{symbol}" leads more than {MAX_DEPTH} symbols deep.')
    elif sizes.is_too_long(symbol):
        found.add("PACK507", *where, message=f'"{symbol}" may grow beyond {MAX_EXPANSION} characters.')


def _check_unused(files: PackFiles, spots: list[Spot], found: Findings) -> None:
    used = {part.name for _, _, text in spots for part in _all_parts(text) if isinstance(part, Symbol)}
    moments = {f"improvise_{name}" for name in ("any", *files.declared.places, *files.declared.cast)}
    for symbol in files.grammar.keys() - used - moments:
        near = did_you_mean(symbol, moments) if symbol.startswith("improvise_") else ""
        found.add("PACK508", "grammar.toml", (symbol,), message=f'nothing uses the symbol "{symbol}".', suggestion=near)


class _Sizes:
    """How deep each symbol leads and how long it may become, found without expanding anything."""

    def __init__(self, rules: Mapping[str, list[str]], bound: Mapping[str, list[str]]) -> None:
        """`bound`: what names may stand for that texts bind; a name may be that of a symbol, too."""
        rules = {name: [*rules.get(name, ()), *bound.get(name, ())] for name in (*rules, *(bound.keys() - rules.keys()))}
        self._uses = {
            symbol: {name for text in texts for name in _names(text) if name in rules} for symbol, texts in rules.items()
        }
        self._rules = rules
        self._depths: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        self.settled = list(self._settled())
        for symbol in self.settled:
            self._depths[symbol] = 1 + max((self.depth(name) for name in self._uses[symbol]), default=0)
            self._lengths[symbol] = max((self.of_text(text) for text in rules[symbol]), default=0)
        self._circles = self._found_circles([symbol for symbol in rules if symbol not in self._depths])

    def circle(self, symbol: str) -> list[str]:
        """The way from a symbol back to itself, the shortest one; empty if there is none."""
        return self._circles.get(symbol, [])

    def depth(self, symbol: str) -> int:
        return self._depths.get(symbol, 0)

    def of_symbol(self, symbol: str) -> int:
        return _LONGEST_NAME if symbol in BUILT_IN else self._lengths.get(symbol, 0)

    def is_too_long(self, symbol: str) -> bool:
        """Whether it is this symbol that grows too long, and not one of those it uses."""
        return self.of_symbol(symbol) > MAX_EXPANSION and all(
            self.of_symbol(name) <= MAX_EXPANSION for name in self._uses[symbol]
        )

    def of_text(self, text: str) -> int:
        """Characters at most."""
        return sum(self._of_part(part) for part in parts_of(text))

    def _of_part(self, part: Part) -> int:
        if isinstance(part, Symbol):
            return self.of_symbol(part.name)
        return 0 if isinstance(part, Action) else len(part if isinstance(part, str) else part.text)

    def text_is_too_long(self, text: str) -> bool:
        return self.of_text(text) > MAX_EXPANSION and all(self.of_symbol(name) <= MAX_EXPANSION for name in _names(text))

    def _found_circles(self, endless: list[str]) -> dict[str, list[str]]:
        """The ways back, of symbols none of which comes to an end: each uses another one of them."""
        among, left, out = frozenset(endless), _LOOKED_AT, {}
        for symbol in endless:
            if left <= 0:
                break
            out[symbol], steps = self._back_to(symbol, among, left)
            left -= steps
        if endless and not any(out.values()):
            circle = self._any_circle(endless[0], among)
            out[circle[0]] = circle
        return out

    def _back_to(self, symbol: str, among: frozenset[str], most: int) -> tuple[list[str], int]:
        """The shortest way back to a symbol; and the steps that were gone to find it, no more than about `most`."""
        came, reached, steps = {symbol: symbol}, [symbol], 0
        for at in reached:
            steps += 1 + len(self._uses[at])
            if steps > most:
                break
            for name in sorted(self._uses[at] & among):
                if name == symbol:
                    return _along(came, at, symbol), steps
                if name not in came:
                    came[name] = at
                    reached.append(name)
        return [], steps

    def _any_circle(self, start: str, among: frozenset[str]) -> list[str]:
        """A circle that is come to from `start`, from its first symbol by name."""
        at: dict[str, int] = {}
        name = start
        while name not in at:
            at[name] = len(at)
            name = min(self._uses[name] & among)
        circle = list(at)[at[name] :]
        first = circle.index(min(circle))
        return [*circle[first:], *circle[: first + 1]]

    def _settled(self) -> Iterator[str]:
        """The symbols that come to an end, each after those that it uses."""
        users: dict[str, list[str]] = {}
        for symbol, uses in self._uses.items():
            for name in uses:
                users.setdefault(name, []).append(symbol)
        waits = {symbol: len(uses) for symbol, uses in self._uses.items()}
        ready = [symbol for symbol, count in waits.items() if not count]
        for symbol in ready:
            yield symbol
            for user in users.get(symbol, ()):
                waits[user] -= 1
                if not waits[user]:
                    ready.append(user)


def _along(came: Mapping[str, str], at: str, symbol: str) -> list[str]:
    """The way from `symbol` over `at` back to it; `came` is from where one first came to each."""
    way = [symbol]
    while at != symbol:
        way.append(at)
        at = came[at]
    return [symbol, *reversed(way)]


def _names(text: str) -> Iterator[str]:
    return (part.name for part in _all_parts(text) if isinstance(part, Symbol))
