"""What comes out of a stream of chat completion chunks: text, usage, and how it ended. Chunks are believed nothing."""

from game.clients.client import Usage
from game.clients.errors import Malformed, Refused, Truncated
from game.clients.thinking import ThoughtFilter

ENOUGH_THINKING = 4
"""Times the bound on the reply that a model may think before it answers."""


class Intake:
    """Takes the chunks of one reply of at most `max_chars` characters."""

    def __init__(self, max_chars: int) -> None:
        self._left = max_chars
        self._patience = max_chars * (1 + ENOUGH_THINKING)
        self._thoughts = ThoughtFilter()
        self._finish = ""
        self.began = False
        self.usage: Usage | None = None

    @property
    def finished(self) -> bool:
        """Whether the model has said that the reply ends here; only the usage may still come."""
        return bool(self._finish)

    def take(self, chunk: object) -> str:
        """The text that this chunk adds; empty for one that adds none.

        Raises:
            Refused: the model declined.
            Truncated: the reply, or the thinking before it, is longer than it may be.
        """
        self.usage = _usage(getattr(chunk, "usage", None)) or self.usage
        choices = getattr(chunk, "choices", None)
        choice = choices[0] if isinstance(choices, list) and choices else None
        delta = getattr(choice, "delta", None)
        if _text(delta, "refusal"):
            raise Refused("the model declined to write this")
        self._finish = _text(choice, "finish_reason") or self._finish
        content = _text(delta, "content")
        self._spend(len(content) + len(_text(delta, "reasoning_content")) + len(_text(delta, "reasoning")))
        return self._bounded(self._thoughts.feed(content))

    def rest(self) -> str:
        """At the end of the stream: the text that was still held back. Raises Truncated as `take` does."""
        return self._bounded(self._thoughts.rest())

    def judge(self) -> None:
        """At the end of the stream: whether it was a reply.

        Raises:
            Refused: a content filter ended it.
            Truncated: it ran out of tokens, or was cut.
            Malformed: nothing came.
        """
        if self._finish == "content_filter":
            raise Refused("a content filter ended the reply")
        if self._finish == "length":
            raise Truncated("the reply was longer than the tokens it was given")
        if not self.began:
            raise Malformed("an answer came, but no text in it")
        if not self._finish:
            raise Truncated("the reply broke off")

    def _spend(self, chars: int) -> None:
        self._patience -= max(1, chars)
        if self._patience < 0:
            raise Truncated("the model thought, and did not come to an answer")

    def _bounded(self, text: str) -> str:
        self.began = self.began or bool(text.strip())
        if len(text) > self._left:
            raise Truncated("the reply was longer than a scene may be")
        self._left -= len(text)
        return text


def _text(holder: object, name: str) -> str:
    value = getattr(holder, name, None)
    return value if isinstance(value, str) else ""


def _usage(found: object) -> Usage | None:
    if found is None:
        return None
    details = getattr(found, "prompt_tokens_details", None)
    return Usage(_count(found, "prompt_tokens"), _count(found, "completion_tokens"), _count(details, "cached_tokens"))


def _count(holder: object, name: str) -> int:
    value = getattr(holder, name, None)
    return value if isinstance(value, int) and value > 0 else 0
