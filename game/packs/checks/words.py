"""That only what decides on a text reads how it is spoken and what was read before it: text never moves the story."""

from collections.abc import Iterator

from game.packs.compile import PackFiles
from game.packs.findings import Findings, did_you_mean
from game.packs.locate import KeyPath
from game.packs.telling import NEUTRAL
from game.story import ConditionError, compile_condition


def check_words(files: PackFiles, found: Findings) -> None:
    """Every `mood_` and `said_` in a condition."""
    said = frozenset(f"said_{symbol}" for symbol in files.grammar)
    moods = frozenset(f"mood_{look}" for member in files.cast.values() for look in member.expressions) | {f"mood_{NEUTRAL}"}
    for file, path, words in _words(_of_beats(files)):
        _check(file, path, words, said | moods, found)
    for file, path, words in _words(_of_groups(files)):
        _check(file, path, words, said, found)
    for file, path, words in _words(_of_the_story(files)):
        message = f'"{words[0]}" can only be read where a text is chosen; what happens does not hang on what was said.'
        found.add("PACK402", file, path, message=message, suggestion="Let an effect change a variable, and read that.")


def _check(file: str, path: KeyPath, words: tuple[str, ...], known: frozenset[str], found: Findings) -> None:
    for word in words:
        if word not in known:
            kind, _, name = word.partition("_")
            what = f'no symbol is called "{name}"' if kind == "said" else f'nobody has the expression "{name}" here'
            found.add("PACK402", file, path, message=f'"{word}" is never true: {what}.', suggestion=did_you_mean(word, known))


def _words(whens: Iterator[tuple[str, KeyPath, str | None]]) -> Iterator[tuple[str, KeyPath, tuple[str, ...]]]:
    for file, path, text in whens:
        try:
            words = compile_condition(text).words if text is not None else ()
        except ConditionError:
            continue  # said already, by what checks conditions
        if words:
            yield file, (*path, "when"), words


def _of_beats(files: PackFiles) -> Iterator[tuple[str, KeyPath, str | None]]:
    yield from ((file, path, beat.when) for file, path, beat in files.beats())
    for symbol, rules in files.grammar.items():
        yield from (("grammar.toml", (symbol, n), rule.when) for n, rule in enumerate(rules))


def _of_groups(files: PackFiles) -> Iterator[tuple[str, KeyPath, str | None]]:
    yield from ((file, path, group.when) for file, path, group in files.groups())


def _of_the_story(files: PackFiles) -> Iterator[tuple[str, KeyPath, str | None]]:
    yield from ((files.homes[name], (name,), storylet.when) for name, storylet in files.storylets.items())
    yield from ((file, path, outcome.when) for file, path, outcome in files.outcomes())
