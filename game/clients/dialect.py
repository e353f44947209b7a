"""What is known of an endpoint, and how it is learnt at the first use: which form of schema it takes, and what else it does not.

Pure: from a complaint, or from what was heard of a reply, to what is known next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from game.clients.client import Capabilities, SchemaDialect

Form = Literal["json_schema_strict", "json_schema", "json_object_schema", "json_object", "none"]
"""How the schema of a reply is sent. In `json_object_schema` it stands beside the type `json_object`, as llama-cpp-python and
older llama.cpp want it."""

Quirk = Literal["temperature", "seed", "stream_options", "max_tokens", "system", "prose", "thinks", "whole"]
"""What an endpoint does not take: a parameter of this name (`max_tokens` has a newer one), or messages of the system. `prose`:
it lets a schema pass without a word and answers as it likes. `thinks`: before it answers, for tokens of the reply. `whole`: it
answers in one piece."""

CLOUD: tuple[Form, ...] = ("json_schema_strict", "json_object", "none")
NEARBY: tuple[Form, ...] = ("json_schema", "json_schema_strict", "json_object_schema", "json_object", "none")
"""The forms to try, the tightest first. Servers on one's own machine mostly make a grammar of the schema, bounds and all."""

GRAMMAR_ONLY = frozenset({"minLength", "maxLength", "minItems", "maxItems", "pattern", "format", "minimum", "maximum"})
"""Keywords that a grammar can enforce, and that a strict endpoint may refuse."""

KEYWORDS = GRAMMAR_ONLY | {"additionalProperties", "uniqueItems", "const", "default", "title", "description", "examples"}
"""Keywords that a schema can do without, one by one, where an endpoint names them in a complaint."""

_DIALECTS: Mapping[Form, SchemaDialect] = {
    "json_schema_strict": "json_schema_strict",
    "json_schema": "json_schema",
    "json_object_schema": "json_object",
    "json_object": "json_object",
    "none": "none",
}
_SCHEMA_FORMS: tuple[Form, ...] = ("json_schema_strict", "json_schema", "json_object_schema")
_ABOUT_SCHEMA = ("response_format", "json_schema", "json_object", "json mode", "schema", "grammar", "structured output")
_PARAMETERS: tuple[Quirk, ...] = ("temperature", "seed", "stream_options", "max_tokens")
_QUOTED = {name: re.compile(rf"['\"`]{name.lower()}['\"`]") for name in KEYWORDS}
_HABITS: Mapping[str, str] = {
    "prose": "ignores the schema, so it is asked in words too",
    "thinks": "thinks before it answers",
    "whole": "answers in one piece",
    "system": "takes no system message",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """An HTTP error as far as it matters here. `text` is all that the body says, in lower case; `param` what it points at."""

    status: int
    text: str
    param: str = ""


@dataclass(frozen=True, slots=True)
class Manners:
    """What is known of an endpoint: the forms it may still take, what it was found not to take, and the keywords of a schema
    that it complained of."""

    forms: tuple[Form, ...]
    quirks: frozenset[Quirk] = field(default=frozenset())
    dropped: frozenset[str] = field(default=frozenset())

    @property
    def form(self) -> Form:
        return self.forms[0]

    @property
    def dialect(self) -> SchemaDialect:
        return _DIALECTS[self.form]

    @property
    def left_away(self) -> frozenset[str]:
        """Keywords that are not sent."""
        return self.dropped | GRAMMAR_ONLY if self.form == "json_schema_strict" else self.dropped

    @property
    def in_words(self) -> bool:
        """Whether the prompt must say what the schema says: only a schema that is enforced can do without."""
        return self.form in ("json_object_schema", "json_object", "none") or "prose" in self.quirks

    @property
    def told(self) -> tuple[str, ...]:
        """The quirks as `Capabilities` has them, sorted; a keyword as `schema:maxLength`."""
        return tuple(sorted([*self.quirks, *(f"schema:{name}" for name in self.dropped)]))

    def after(self, complaint: Complaint) -> "Manners | None":
        """How to ask after this complaint, which says what the matter is; None when asking otherwise would not help."""
        if complaint.status not in (400, 404, 422, 500):
            return None
        if quirk := self._quirk(complaint):
            return self.learnt(quirk)
        if keyword := self._keyword(complaint):
            return replace(self, dropped=self.dropped | {keyword})
        if self.form != "none" and any(word in f"{complaint.param} {complaint.text}" for word in _ABOUT_SCHEMA):
            return replace(self, forms=self.forms[1:])
        return None

    def without_schema(self) -> "Manners | None":
        """How to ask a server that may have choked on the schema; None when it was not sent one."""
        if self.form not in _SCHEMA_FORMS:
            return None
        return replace(self, forms=tuple(name for name in self.forms if name in ("json_object", "none")))

    def learnt(self, quirk: Quirk) -> "Manners":
        return replace(self, quirks=self.quirks | {quirk})

    def merged(self, other: "Manners") -> "Manners":
        """What two requests at once have learnt."""
        forms = min(self.forms, other.forms, key=len)
        return Manners(forms, self.quirks | other.quirks, self.dropped | other.dropped)

    def _quirk(self, complaint: Complaint) -> Quirk | None:
        if "system" not in self.quirks and "system role" in complaint.text:
            return "system"
        if complaint.status == 500:
            return None
        for name in _PARAMETERS:
            if name not in self.quirks and (complaint.param == name or (not complaint.param and name in complaint.text)):
                return name
        return None

    def _keyword(self, complaint: Complaint) -> str | None:
        """The keyword that it names in quotes, of those that it was sent."""
        if self.form not in _SCHEMA_FORMS:
            return None
        return next((name for name in sorted(KEYWORDS - self.left_away) if _QUOTED[name].search(complaint.text)), None)


def describe(can: Capabilities) -> str:
    """What is known of a client, in one line for a person: how it is asked, what it does not take, where the text goes."""
    where = "text leaves this machine" if can.networked else "nothing leaves this machine"
    if not can.reads_prompt:
        return f"writes without a prompt; {where}"
    how = {"none": "asked for JSON in words alone"}.get(can.schema, f"asked by {can.schema}")
    clauses = [
        how,
        f"a window of {can.window} tokens",
        "one request at a time" if can.parallel == 1 else f"up to {can.parallel} requests at once",
        "counts tokens itself" if can.counts else "tokens are estimated",
        *(words for quirk, words in _HABITS.items() if quirk in can.quirks),
    ]
    if refused := [quirk.removeprefix("schema:") for quirk in can.quirks if quirk not in _HABITS]:
        clauses.append(f"does not take {', '.join(refused)}")
    return "; ".join([*clauses, where])
