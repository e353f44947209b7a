"""Collecting what is wrong with a pack: each finding with its file and line, and with the name that was probably meant."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from game.packs.codes import CODES
from game.packs.diagnostic import Diagnostic, one_line
from game.packs.locate import KeyPath, Locator

NEAR = 70
"""How alike two names are, of 100, for one to be suggested for the other."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like `word`, if one is like it."""
    best = process.extractOne(word.lower(), sorted(known), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return best[0] if best else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean "…"?`, or nothing."""
    near = nearest(word, known)
    return f'Did you mean "{near}"?' if near else ""


class Findings:
    """The diagnostics so far, those of `before` the first. `texts` are the pack's files, decoded: lines are found in them."""

    def __init__(self, before: Iterable[Diagnostic] = ()) -> None:
        self.texts: Mapping[str, str] = {}
        self._locators: dict[str, Locator] = {}
        self._list: list[Diagnostic] = list(before)

    def add(self, code: str, file: str, path: KeyPath = (), *, message: str, suggestion: str = "", line: int = 0) -> None:
        """Note a finding, at the line of the key `path` in `file` unless `line` says it."""
        severity, _ = CODES[code]
        line = line or self._line(file, path)
        self._list.append(Diagnostic(code, severity, one_line(file), line, one_line(message), one_line(suggestion)))

    def _line(self, file: str, path: KeyPath) -> int:
        if not path or file not in self.texts:
            return 0
        if file not in self._locators:
            self._locators[file] = Locator(self.texts[file])
        return self._locators[file].line(path)

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        """Errors before warnings, each in the order of files and lines."""
        unique = dict.fromkeys(self._list)
        return tuple(sorted(unique, key=lambda item: (item.severity, item.file, item.line, item.code)))

    @property
    def unread(self) -> bool:
        """Whether a file could not be read at all, so that what it declares is not known."""
        return any(item.severity == "error" and item.code.startswith("PACK1") for item in self._list)

    @property
    def fatal(self) -> bool:
        return any(item.severity == "error" for item in self._list)
