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


def _one(*parts: str) -> Rule:
    full, partial = phrase(*parts, ignore_case=True)
    return Rule("refusal", full, partial, in_speech=True)


REFUSALS = (
    _one("as", "an?", r"(?:AI|artificial|(?:large\s+)?language\s+model|virtual\s+assistant|assistant|responsible)"),
    _one(r"I(?:['’]m|\s+am)", r"(?:just|only|sorry,?)??", "an?", r"(?:AI|language\s+model|chatbot|virtual\s+assistant)"),
    _one(r"I(?:['’]m)?", r"(?:really|simply|afraid|sorry,?|am)??", rf"(?:{_CANNOT})", r"(?:really|help\s+but)??", f"(?:{_TASK})"),
    _one(
        r"I(?:['’]m|\s+am)",
        r"(?:very|so|really|truly)??",
        r"(?:sorry|afraid|unable)[,;]?",
        r"(?:but|that|to)??",
        r"(?:I)??",
        rf"(?:{_CANNOT})??",
        f"(?:{_TASK})",
    ),
    _one(
        "(?:goes|go|is|are|be)",
        "against",
        r"(?:my|the|our|OpenAI['’]s)",
        r"(?:\w+)??",
        r"(?:guidelines|polic(?:y|ies)|programming)",
    ),
    _one(r"(?:content|usage|safety)", r"(?:polic(?:y|ies)|guidelines)"),
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
