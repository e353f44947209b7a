"""Characters that are no prose: control and formatting characters, mark-up, reasoning tags. A filter over a growing text."""

import re

_SPECIAL = re.compile("[<*_`#~\x00-\x1f\x7f\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
_TAG = re.compile(r"</?[A-Za-z!|][^<>]{0,120}>")
_MAYBE_TAG = re.compile(r"<(?:/?(?:[A-Za-z!|][^<>]{0,120})?)?$")
_THOUGHT = re.compile(r"<(think|thinking|reasoning)\b[^<>]{0,40}>", re.IGNORECASE)
_WHITE = "\t\n\r\x0b\x0c\u00a0\u2028\u2029"
_MARKS = "*_`#~"


class Cleaner:
    """Feed it text as it comes; it gives the clean text that is certain. What it took out is in `found`, as repair codes."""

    def __init__(self) -> None:
        self._carry = ""
        self._thinking = ""
        self._after_space = True
        self.found: set[str] = set()

    def feed(self, piece: str) -> str:
        if not self._carry and not self._thinking and not _SPECIAL.search(piece):
            return self._spaced(piece)
        text, self._carry = self._carry + piece, ""
        out: list[str] = []
        position = 0
        while position < len(text):
            position = self._think(text, position) if self._thinking else self._step(text, position, out)
        return self._spaced("".join(out))

    def close(self) -> str:
        """The rest, now that nothing more comes: a tag left open is no tag."""
        rest, self._carry, self._thinking = self._carry, "", ""
        return self._spaced(rest.lstrip("<"))

    def _step(self, text: str, position: int, out: list[str]) -> int:
        special = _SPECIAL.search(text, position)
        if special is None:
            out.append(text[position:])
            return len(text)
        out.append(text[position : special.start()])
        if special[0] == "<":
            return self._tag(text, special.start())
        if special[0] in _WHITE:
            out.append(" ")
        elif special[0] in _MARKS:
            self.found.add("markup")
        else:
            self.found.add("control_characters")
        return special.end()

    def _tag(self, text: str, position: int) -> int:
        if tag := _TAG.match(text, position):
            thought = _THOUGHT.match(text, position)
            self.found.add("reasoning" if thought else "markup")
            if thought:
                self._thinking = thought[1].lower()
            return tag.end()
        if _MAYBE_TAG.match(text, position):
            self._carry = text[position:]
            return len(text)
        self.found.add("markup")
        return position + 1

    def _think(self, text: str, position: int) -> int:
        end = f"</{self._thinking}>"
        found = text.lower().find(end, position)
        if found < 0:
            self._carry = text[max(position, len(text) - len(end)) :]
            return len(text)
        self._thinking = ""
        return found + len(end)

    def _spaced(self, text: str) -> str:
        """One space at a time, none at the start."""
        if not text:
            return text
        if "  " in text or (self._after_space and text[0] == " "):
            text = re.sub(" +", " ", text)
            if self._after_space:
                text = text.lstrip(" ")
        if text:
            self._after_space = text[-1] == " "
        return text
