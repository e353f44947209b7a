"""What came back when a scene was asked for: with the brief, all that a scene is made of."""

from dataclasses import dataclass

DONE = "done"
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The text that came, and how it ended: `done`, `interrupted` (the program was stopped), or the code of a client's error."""

    reply: str
    ended: str
    message: str = ""
    retry_after: float | None = None
