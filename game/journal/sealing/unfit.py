"""Why something is no sealed playthrough, or cannot be made one."""

from game.journal.entry import JournalError

AGAIN = "ask for it again where it came from"


class Unfit(Exception):
    """What is wrong inside, without the file's name: a clause, and what to do."""

    def __init__(self, what: str, advice: str = AGAIN) -> None:
        super().__init__(f"{what}; {advice}")
        self.what = what
        self.advice = advice


class SealError(JournalError):
    """A sealed playthrough cannot be read, or a journal not be sealed. One line: what, where, what to do."""
