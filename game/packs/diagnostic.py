"""What is wrong with a pack, said to its author: what, where, and what to do."""

from dataclasses import dataclass
from typing import Literal

from game.story import Json

Severity = Literal["error", "warning"]

MAX_MESSAGE = 400
_PRINTED = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def one_line(text: str, most: int = MAX_MESSAGE) -> str:
    """`text` as any terminal can print it, whatever a pack's files hold: no line ends, no control characters, not too long."""
    clean = "".join(char if char.isprintable() else " " for char in text[: 4 * most])
    return clean if len(clean) <= most else f"{clean[:most]}…"


def printable(text: str) -> str:
    """`text` as any terminal can print it, with its line ends: whatever is in a stranger's file, it moves no cursor and paints
    nothing. As long as it was."""
    return text.translate(_PRINTED)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable and documented in docs/diagnostics.md; `line` counts from 1, 0 when there is none."""

    code: str
    severity: Severity
    file: str
    line: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        advice = f" {self.suggestion}" if self.suggestion else ""
        return f"{where}: {self.code}: {self.message}{advice}"

    def to_json(self) -> dict[str, Json]:
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "message": self.message,
            "suggestion": self.suggestion,
        }


class PackError(Exception):
    """A pack cannot be played. `str(error)` is one line; `diagnostics` holds them all, at least one of them an error."""

    def __init__(self, pack: str, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = [item for item in diagnostics if item.severity == "error"]
        more = f" (and {len(errors) - 1} more; run `unwritten check {pack}`)" if len(errors) > 1 else ""
        super().__init__(f"the pack {pack} cannot be played: {errors[0]}{more}")
        self.diagnostics = diagnostics


class UnknownPack(PackError):
    """There is no such pack; `suggestion`, a sentence, says what there is instead."""

    def __init__(self, ref: str, suggestion: str) -> None:
        Exception.__init__(
            self, f'no pack is called "{one_line(ref, 80)}", and there is no such folder or zip. {suggestion}'.strip()
        )
        self.diagnostics = ()
