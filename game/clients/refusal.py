"""Whether a model declined in prose, where something else was asked for. It is judged by the reply's first words alone."""

import re

LOOKED_AT = 240
"""Characters at the head of a reply; a refusal says so at once."""

_CANNOT = (
    r"\b(i|we)(\s+(can['’]?t|cannot|can not|am unable|am not able|won['’]?t|will not|must decline)|['’]m (unable|not able))\b"
)
_SORRY = re.compile(
    r"^\W*((i['’]m sorry|i am sorry|sorry|i apologi[sz]e|my apologies|unfortunately|as an ai( language model)?|i['’]m afraid)\b"
    rf".{{0,80}}?{_CANNOT}|es tut mir leid\b.{{0,80}}\bnicht\b|je suis désolée?\b.{{0,80}}\bpas\b|lo siento\b.{{0,80}}\bno\b)",
    re.IGNORECASE | re.DOTALL,
)
_FLATLY = re.compile(
    rf"^\W*{_CANNOT}.{{0,40}}?\b(help|assist|comply|continue|write|create|generate|provide|produce|fulfil|engage|participate|do)",
    re.IGNORECASE | re.DOTALL,
)


def declines(text: str, prose: bool) -> bool:
    """Whether this is a refusal: it begins like one, and no object of a reply follows. `prose`: prose was asked for, in which
    somebody may well be unable to help; so it must be sorry as well."""
    head = text[:LOOKED_AT]
    if "{" in text:
        return False
    return _SORRY.search(head) is not None or (not prose and _FLATLY.search(head) is not None)
