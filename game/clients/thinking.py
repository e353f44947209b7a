"""What a model thinks before it answers, when that comes in the answer itself: between tags at its head, and never prose."""

TAGS = ("think", "thinking", "reasoning")

_OPENING = {f"<{tag}>": f"</{tag}>" for tag in TAGS}


class ThoughtFilter:
    """Feed it a text in pieces; it gives the text without the thoughts at its head, as soon as that is certain.

    `met`: whether there was a thought.
    """

    def __init__(self) -> None:
        self.met = False
        self._held = ""
        self._closing = ""
        self._past_head = False

    def feed(self, piece: str) -> str:
        """What of the text so far is no thought and was not given yet."""
        if self._past_head:
            return piece
        self._held += piece
        while self._step():
            pass
        if not self._past_head:
            return ""
        return self.rest()

    def rest(self) -> str:
        """At the end of the text: what was held because a tag might have come of it. A thought never finished gives nothing."""
        text, self._held = "" if self._closing else self._held, ""
        return text

    def _step(self) -> bool:
        """Go past one tag, if the held text has one whole; else settle whether the head is over."""
        return self._leave() if self._closing else self._enter()

    def _leave(self) -> bool:
        before, tag, after = self._held.partition(self._closing)
        if not tag:
            self._held = before[-len(self._closing) :]
            return False
        self._held, self._closing = after, ""
        return True

    def _enter(self) -> bool:
        head = self._held.lstrip()
        for opening, closing in _OPENING.items():
            if head.startswith(opening):
                self._held, self._closing = head[len(opening) :], closing
                self.met = True
                return True
        self._past_head = bool(head) and not any(opening.startswith(head) for opening in _OPENING)
        return False
