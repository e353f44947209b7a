"""That conditions and effects are in their languages, and stay within what is declared."""

from collections.abc import Iterator

from game.packs.compile import PackFiles, bounds_of
from game.packs.files import VariableFile
from game.packs.findings import Findings, did_you_mean, nearest
from game.packs.locate import KeyPath
from game.story import (
    WORDS,
    Bounds,
    ConditionError,
    Conditions,
    Effect,
    EffectError,
    acts_on,
    compile_condition,
    knowledge_names,
    known_names,
    parse_effect,
)

PREFIXES = ("has_", "seen_", "at_", "present_", "open_", "closed_", "fact_", "knows_", *WORDS)
RESERVED = frozenset(
    ("turn", "act", "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function")
)
RESERVED |= {"if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
"""Names that the engine reads, and words that conditions keep for themselves."""
_BOUNDED = {
    "add": 'Change it by less, or write a larger "step" in pack.toml.',
    "set": "Its bounds stand in pack.toml.",
    "act": 'How many "acts" there are stands in pack.toml.',
}
_VERBS = ("gain", "lose", "go", "enter", "leave", "open", "close", "fact", "tell", "act", "note")


def check_rules(files: PackFiles, found: Findings) -> None:
    """Variables, every `when`, and every effect."""
    _check_variables(files, found)
    _check_knowledge(files, found)
    _check_conditions(files, found)
    for file, path, text in _effects(files):
        _check_effect(files, found, file, path, text)


def _check_variables(files: PackFiles, found: Findings) -> None:
    for name, variable in (files.pack.variables if files.pack else {}).items():
        if name in RESERVED or name.startswith(PREFIXES):
            message = f'the name "{name}" is taken: conditions read it as something else.'
            found.add("PACK408", "pack.toml", ("variables", name), message=message, suggestion="Give the variable another name.")
        if wrong := _wrong_bounds(variable):
            found.add("PACK407", "pack.toml", ("variables", name), message=f'"{name}" {wrong}.')


def _check_knowledge(files: PackFiles, found: Findings) -> None:
    """`knows_<cast member>_<fact>` must be one pair only: ids may have underscores of their own."""
    seen: dict[str, tuple[str, str]] = {}
    for name, member, fact in knowledge_names(files.declared):
        first = seen.setdefault(name, (member, fact))
        if first != (member, fact):
            message = f'"{name}" would be both that {first[0]} knows {first[1]} and that {member} knows {fact}.'
            found.add("PACK409", "pack.toml", ("facts", fact), message=message, suggestion="Give one of them another id.")


def _wrong_bounds(variable: VariableFile) -> str:
    if isinstance(variable.start, bool):
        given = variable.model_fields_set & {"min", "max", "step"}
        return f"is true or false, and has no {min(given)}" if given else ""
    bounds = bounds_of(variable)
    if variable.max is None:
        return "is a number, and needs a max"
    if bounds and not bounds.low <= variable.start <= bounds.high:
        return f"starts at {variable.start}, which is not within {bounds.low} to {bounds.high}"
    return ""


def _check_conditions(files: PackFiles, found: Findings) -> None:
    conditions = Conditions(files.declared)
    known = known_names(files.declared)
    for file, path, text in _whens(files):
        try:
            condition = compile_condition(text)
        except ConditionError as error:
            found.add("PACK401", file, path, message=f"{error}.", suggestion=_operators(text))
            continue
        unknown = sorted(condition.names - known)
        for name in unknown:
            message = f'this condition reads "{name}", which is not declared.'
            found.add("PACK402", file, path, message=message, suggestion=did_you_mean(name, known))
        if same := _said_twice(text):
            message = f'this condition asks for "{same}" twice.'
            found.add("PACK410", file, path, message=message, suggestion="Leave one out; or one of the two was to be another.")
        if not unknown:
            try:
                conditions.check_kind(condition)
            except ConditionError as error:
                found.add("PACK403", file, path, message=f"{error}.")


def _said_twice(text: str) -> str:
    """What a plain chain of && or of || has in it more than once; of one with parentheses nothing is said."""
    for operator in ("&&", "||"):
        parts = [" ".join(part.split()) for part in text.split(operator)]
        if "(" not in text and len(set(parts)) < len(parts):
            return max(parts, key=parts.count)
    return ""


def _operators(text: str) -> str:
    """Advice for who writes another language's operators."""
    words = text.split()
    if {"and", "or", "not", "AND", "OR", "NOT", "&", "|"} & set(words):
        return "Write && for and, || for or, ! for not."
    return "Write == to compare." if "=" in words else ""


def _whens(files: PackFiles) -> Iterator[tuple[str, KeyPath, str]]:
    for name, storylet in files.storylets.items():
        if storylet.when is not None:
            yield files.homes[name], (name, "when"), storylet.when
    for file, path, outcome in files.outcomes():
        if outcome.when is not None:
            yield file, (*path, "when"), outcome.when
    for file, path, told in (*files.beats(), *files.groups()):
        if told.when is not None:
            yield file, (*path, "when"), told.when
    for symbol, rules in files.grammar.items():
        for n, rule in enumerate(rules):
            if rule.when is not None:
                yield "grammar.toml", (symbol, n, "when"), rule.when
    for file, plays in files.plays.items():
        for n, play in enumerate(plays):
            yield from ((file, ("play", n, "expect", "holds", m), text) for m, text in enumerate(play.expect.holds))


def _effects(files: PackFiles) -> Iterator[tuple[str, KeyPath, str]]:
    for name, storylet in files.storylets.items():
        for n, text in enumerate(storylet.effects):
            yield files.homes[name], (name, "effects", n), text
    for file, path, outcome in files.outcomes():
        for n, text in enumerate(outcome.effects):
            yield file, (*path, "effects", n), text


def _check_effect(files: PackFiles, found: Findings, file: str, path: KeyPath, text: str) -> None:
    try:
        effect = parse_effect(text)
    except EffectError as error:
        verb, _, rest = text.strip().partition(" ")
        near = nearest(verb, _VERBS)
        advice = f'Did you mean "{near} {rest}"?' if near and rest and near != verb else ""
        found.add("PACK404", file, path, message=f"{error}.", suggestion=advice)
        return
    unknown = [(what, name, names) for what, name, names in acts_on(effect, files.declared) if name not in names]
    for what, name, names in unknown:
        found.add("PACK405", file, path, message=f'no {what} is called "{name}".', suggestion=did_you_mean(name, names))
    if not unknown and (wrong := _beyond(effect, files)):
        found.add(
            "PACK406", file, path, message=f"{wrong}.", suggestion="" if "true or false" in wrong else _BOUNDED[effect.kind]
        )


def _beyond(effect: Effect, files: PackFiles) -> str:
    """How the effect asks for more than may be, if it does."""
    if effect.kind == "act":
        acts = files.declared.acts
        return "" if 1 <= int(effect.value or 0) <= acts else f"the acts go from 1 to {acts}"
    if effect.kind not in ("set", "add"):
        return ""
    bounds = files.declared.variables[effect.name]
    is_bool = isinstance(effect.value, bool)
    if bounds is None:
        return "" if is_bool else f'"{effect.name}" is true or false, not a number'
    if is_bool:
        return f'"{effect.name}" is a number, not true or false'
    return _beyond_numbers(effect, bounds)


def _beyond_numbers(effect: Effect, bounds: Bounds) -> str:
    value = int(effect.value or 0)
    if effect.kind == "add" and abs(value) > bounds.step:
        return f'"{effect.name}" changes by {bounds.step} at most, not by {abs(value)}'
    if effect.kind == "set" and not bounds.low <= value <= bounds.high:
        return f'"{effect.name}" goes from {bounds.low} to {bounds.high}, not to {value}'
    return ""
