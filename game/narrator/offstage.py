"""What is no part of a story: a refusal written as prose, and the marks and labels of a reply's form."""

import re

from game.narrator.rule import Rule, phrase

_CANNOT = r"can(?:not|['’]t|\s+not)|won['’]t|will\s+not|(?:am|['’]m)\s+(?:not\s+able|unable)\s+to|must\s+decline\s+to"
_TALE = (
    r"(?:that|this|the|your|such|any)\s+(?:kind\s+of\s+)?(?:requests?|story|scene|content|narrative|prompt|material|role-?play)"
)
_TASK = (
    rf"(?:help\s+(?:you\s+)?with|assist\s+(?:you\s+)?(?:with|in)|continue(?:\s+with)?|write|create|produce|provide|fulfil+|comply\s+with"
    rf"|proceed\s+with|engage\s+(?:in|with)|generate|depict)\s+{_TALE}|continue\s+writing|generate\s+\w+|create\s+content|role-?play"
)
_WIDELY = r"help|assist|continue|write|create|generate|fulfil+|comply|provide|engage|depict|describe|proceed"


def _one(*parts: str, cues: tuple[str, ...]) -> Rule:
    full, partial = phrase(*parts, ignore_case=True)
    return Rule("refusal", full, partial, in_speech=True, cues=cues)


_I = (r"I(?:['’]m)?", "(?:am)??")
REFUSALS = (
    _one(
        "as",
        "an?",
        "AI|artificial|large|language|virtual|assistant|responsible",
        "(?:language)??",
        "(?:model|assistant|intelligence|AI)??",
        cues=("as",),
    ),
    _one(*_I, "(?:just|only|sorry,?)??", "an?", "AI|language|chatbot|virtual", "(?:model|assistant)??", cues=("i",)),
    _one(*_I, "(?:really|simply|afraid|sorry,?)??", f"(?:{_CANNOT})", r"(?:really|help\s+but)??", f"(?:{_TASK})", cues=("i",)),
    _one(
        *_I,
        "(?:very|so|really|truly)??",
        "(?:sorry|afraid|unable)[,;]?",
        "(?:but|that|to)??",
        "(?:I)??",
        f"(?:{_CANNOT})??",
        f"(?:{_TASK})",
        cues=("i",),
    ),
    _one("against", "(?:my|the|our)", r"(?:\w+)??", "(?:guidelines|policy|policies|programming)", cues=("against",)),
    _one("content|usage|safety", "policy|policies|guidelines", cues=("content", "usage", "safety")),
)
"""A model that speaks of itself, whoever is made to say it. A character's own "I'm sorry, I can't" is none."""

IN_NARRATION = (
    Rule(
        "refusal",
        re.compile(
            rf"^(?:I(?:['’]m|\s+am)\s+(?:(?:very|so|really|truly)\s+)?(?:sorry|unable|afraid)|I\s+apologi[sz]e|Sorry|Unfortunately)\b"
            rf".*?\bI?\s*(?:{_CANNOT}|unable\s+to)|^I\s+(?:{_CANNOT})\s+(?:\w+ly\s+)?(?:{_WIDELY})\b"
        ),
        re.compile(r"^(?:I|I['’]m|Sorry|Unfortunately)\b.*$"),
    ),
)

LEAKS = (
    Rule("markup", re.compile(r"[{}\[\]]|\"[a-z]+\":"), in_speech=True),
    Rule(
        "markup",
        re.compile(
            r"^\W*(?:narrat(?:or|ion)|scene|beats?|choices?|options?|notes?|output|response|assistant|user|system)\s*(?:\d+|[a-d])?\s*:"
            r"|\b[a-z_]+/[a-z]+\s*:|\\n|\\u[0-9a-f]{4}",
            re.IGNORECASE,
        ),
        re.compile(
            r"^\W*(?:narrat(?:or|ion)|scene|beats?|choices?|options?|notes?|output|response|assistant|user|system)\b\s*\S*$"
            r"|\b[a-z_]+/[a-z]*\s*$",
            re.IGNORECASE,
        ),
        in_speech=True,
    ),
)
