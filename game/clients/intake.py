"""What comes out of a stream of chat completion chunks: text, usage, and how it ended. Chunks are believed nothing."""

from collections.abc import Mapping

from game.clients.client import Usage
from game.clients.errors import Malformed, Refused, Truncated
from game.clients.refusal import LOOKED_AT, declines
from game.clients.thinking import ThoughtFilter

ENOUGH_THINKING = 4
"""Times the bound on the reply that a model may think before it answers."""

MOST = 1 << 30
"""Tokens that may be counted; beyond, a server does not count but babble."""

FILTERED = frozenset({"content_filter", "safety", "prohibited_content", "refusal"})
"""Reasons to finish that are refusals, as different services say it."""
SPENT = frozenset({"length", "max_tokens", "model_length"})
"""Reasons to finish that mean: no tokens left."""


class Intake:
    """Takes the chunks of one reply of at most `max_chars` characters. `json`: whether one object was asked for, or prose."""

    def __init__(self, max_chars: int, json: bool = True) -> None:
        self._json = json
        self._left = max_chars
        self._patience = max_chars * (1 + ENOUGH_THINKING)
        self._thoughts = ThoughtFilter()
        self._reasoned = False
        self._head = ""
        self._braced = False
        self._finish = ""
        self.heard = 0
        self.usage: Usage | None = None

    @property
    def began(self) -> bool:
        """Whether some text came that is no thought."""
        return bool(self._head)

    @property
    def thought(self) -> bool:
        """Whether the model thought before it answered, in tags or in a field of its own."""
        return self._reasoned or self._thoughts.met

    @property
    def finished(self) -> bool:
        """Whether the model has said that the reply ends here; only the usage may still come."""
        return bool(self._finish)

    @property
    def declined(self) -> bool:
        """Whether what came so far is a refusal in prose."""
        return declines("{" if self._braced else self._head, not self._json)

    @property
    def strayed(self) -> bool:
        """Whether an object was asked for, and something else came: prose, or an object in a fence."""
        return self._json and self.began and not self._head.startswith("{") and not self.declined

    def take(self, chunk: object) -> str:
        """The text that this chunk adds; empty for one that adds none. `heard` grows with each that says something.

        Raises:
            Refused: the model declined.
            Truncated: the reply, or the thinking before it, is longer than it may be.
        """
        self.usage = _usage(chunk) or self.usage
        choices = _field(chunk, "choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        delta = _field(choice, "delta") or _field(choice, "message")
        if _text(delta, "refusal"):
            raise Refused("the model declined to write this")
        self._finish = _text(choice, "finish_reason") or self._finish
        content, thought = _text(delta, "content"), _text(delta, "reasoning_content") or _text(delta, "reasoning")
        self._reasoned = self._reasoned or bool(thought.strip())
        self._spend(len(content) + len(thought))
        return self._bounded(self._thoughts.feed(content))

    def rest(self) -> str:
        """At the end of the stream: the text that was still held back. Raises Truncated as `take` does."""
        return self._bounded(self._thoughts.rest())

    def judge(self) -> None:
        """At the end of the stream: whether it was a reply.

        Raises:
            Refused: a content filter ended it, or it is a refusal in prose.
            Truncated: it ran out of tokens, or was cut.
            Malformed: nothing came.
        """
        finish = self._finish.lower()
        if finish in FILTERED:
            raise Refused("a content filter ended the reply")
        if self.declined:
            raise Refused("the model declined to write this")
        if finish in SPENT and self.thought and not self.began:
            raise Truncated("the model thought until its tokens were spent, and did not come to an answer")
        if finish in SPENT:
            raise Truncated("the reply was longer than the tokens it was given")
        if not self.began:
            raise Malformed("the model thought, and wrote nothing" if self.thought else "an answer came, but no text in it")
        if not finish or finish == "error":
            raise Truncated("the reply broke off")

    def _spend(self, chars: int) -> None:
        self.heard += chars
        self._patience -= max(1, chars)
        if self._patience < 0:
            raise Truncated("the model thought, and did not come to an answer")

    def _bounded(self, text: str) -> str:
        if len(self._head) < LOOKED_AT:
            self._head = (self._head + text).lstrip()[:LOOKED_AT]
        self._braced = self._braced or "{" in text
        if len(text) > self._left:
            raise Truncated("the reply was longer than a scene may be")
        self._left -= len(text)
        return text


def _field(holder: object, name: str) -> object:
    """A part of a chunk: of what the SDK knows an attribute, of what it does not a key."""
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


def _text(holder: object, name: str) -> str:
    value = _field(holder, name)
    return value if isinstance(value, str) else ""


def _usage(chunk: object) -> Usage | None:
    """As OpenAI counts it; what it leaves out as DeepSeek (`prompt_cache_hit_tokens`) and llama.cpp (`timings`) tell it."""
    found, timings = _field(chunk, "usage"), _field(chunk, "timings")
    if found is None and timings is None:
        return None
    details = _field(found, "prompt_tokens_details")
    cached = _count(details, "cached_tokens") or _count(found, "prompt_cache_hit_tokens") or _count(timings, "cache_n")
    prompt = _count(found, "prompt_tokens") or _count(timings, "prompt_n") + _count(timings, "cache_n")
    reply = _count(found, "completion_tokens") or _count(timings, "predicted_n")
    return Usage(prompt, reply, min(cached, prompt)) if prompt or reply else None


def _count(holder: object, name: str) -> int:
    value = _field(holder, name)
    return value if isinstance(value, int) and 0 < value <= MOST else 0
