"""Faults of form: a good scene in a reply that is no orderly JSON object, or breaks off."""

import json
from collections.abc import Iterable

from game.clients.fault import Case, Family, Row, Step, written

FORM = Family("The form of a reply")


@FORM.fault(whole=True)
def bare_brace(case: Case) -> Iterable[Step]:
    """A model that ends its answer after the first brace, as small ones do under a grammar."""
    return ["{"]


@FORM.fault(whole=True)
def empty(case: Case) -> Iterable[Step]:
    """An answer of status 200 with nothing in it."""
    return []


@FORM.fault(whole=True)
def only_space(case: Case) -> Iterable[Step]:
    """A grammar that allows white space without end, and a model that takes it: 10 MB of it."""
    return (" \n" * (1 << 15) for _ in range(160))


@FORM.fault()
def space_inside(case: Case) -> Iterable[Step]:
    """The same in the middle of a reply, between two beats."""
    head, comma, tail = case.told.partition("}, ")
    return [head + comma, *([" \n" * 2000] * 4), tail]


@FORM.fault()
def duplicate_keys(case: Case) -> Iterable[Step]:
    """A model that writes a key again because it has lost count, the second time with other words."""
    first = json.dumps(str(case.rows[0].get("t")), ensure_ascii=False)
    rest = written(case.rows[1:], case.letters)[len('{"beats": [') :]
    return [f'{{"beats": [{{"s": "narrator", "s": "narrator", "t": {first}, "t": "Twice."}}, {rest[:-1]}, "beats": []}}']


@FORM.fault()
def prose_before(case: Case) -> Iterable[Step]:
    """A model that is polite first and answers then."""
    return ["Sure! Here is the next scene, as one JSON object:\n\n", case.reply]


@FORM.fault()
def prose_after(case: Case) -> Iterable[Step]:
    """A model that asks how it did."""
    return [case.reply, "\n\nWould you like me to make it darker, or shall I go on?"]


@FORM.fault()
def fenced(case: Case) -> Iterable[Step]:
    """JSON in a Markdown fence, the habit of most chat models where no schema binds them."""
    return ["```json\n", case.reply, "\n```\n"]


@FORM.fault()
def two_objects(case: Case) -> Iterable[Step]:
    """A model that answers, and then answers again."""
    return [case.reply, "\n", written([{"s": "narrator", "t": "All of this was a dream."}], case.letters)]


@FORM.fault()
def draft_first(case: Case) -> Iterable[Step]:
    """A model that plans in an object of its own before the one that was asked for."""
    return ['{"plan": ["open on the weather", "end on a question"]}\n', case.reply]


@FORM.fault()
def comments(case: Case) -> Iterable[Step]:
    """JSON with comments in it, as in the code that the model has read."""
    return [case.told.replace('{"s"', '// the next beat\n{"s"').replace("]", "] /* then the choices */", 1)]


@FORM.fault()
def trailing_commas(case: Case) -> Iterable[Step]:
    """A comma after the last thing in a list and in an object, as JavaScript allows it."""
    return [case.told.replace("}]", "},]", 1)[:-1] + ",}"]


@FORM.fault()
def single_quotes(case: Case) -> Iterable[Step]:
    """A Python dict printed in place of JSON."""
    return [repr(json.loads(written(case.rows, case.letters)))]


@FORM.fault()
def smart_quotes(case: Case) -> Iterable[Step]:
    """Typographic quotes for the quotes of JSON, by a keyboard or a model that knows better."""
    pairs = case.reply.split('"')
    return ["".join(f"{part}{'“' if n % 2 == 0 else '”'}" for n, part in enumerate(pairs[:-1])) + pairs[-1]]


@FORM.fault()
def bare_newlines(case: Case) -> Iterable[Step]:
    """Line breaks in a string without an escape, which no strict reader takes."""
    return [case.told.replace(". ", ".\n\n").replace(", ", ",\n")]


@FORM.fault()
def bare_quotes(case: Case) -> Iterable[Step]:
    """Speech in a beat whose quotes are not escaped, so that the string ends too early."""
    rows: list[Row] = [{"s": "narrator", "t": "QUOTE is the word on the sign, and nobody has painted it over."}, *case.rows]
    return [written(rows, case.letters).replace("QUOTE", '"Closed"', 1)]


@FORM.fault()
def cut_in_key(case: Case) -> Iterable[Step]:
    """The stream ends in the middle of a key, and nobody says why."""
    return [_until(case, '"t"', 1)[:-1]]


@FORM.fault()
def cut_in_escape(case: Case) -> Iterable[Step]:
    """The stream ends after a backslash."""
    return [_until(case, '"t": "', 1) + "The fog comes in. It says\\"]


@FORM.fault()
def cut_in_character(case: Case) -> Iterable[Step]:
    """The stream ends in the first half of a character that JSON writes as two."""
    return [_until(case, '"t": "', 1) + "The fog comes in. A star\\ud83d\\u"]


@FORM.fault()
def cut_in_beat(case: Case) -> Iterable[Step]:
    """The stream ends in the middle of a word."""
    text = json.dumps(case.sentence, ensure_ascii=False)
    return [_until(case, '"t": ', 1) + text[: 2 * len(text) // 3]]


@FORM.fault()
def cut_between_beats(case: Case) -> Iterable[Step]:
    """The stream ends where a beat has ended and the next has not begun."""
    return [written(case.rows[: 1 + case.draw("beats", len(case.rows))], {})[:-2] + ","]


@FORM.fault()
def cut_among_slots(case: Case) -> Iterable[Step]:
    """The stream ends in the text of a choice, after the whole scene has been told."""
    return [written(case.rows, {})[:-1] + ', "a": "Go up the sta']


@FORM.fault()
def last_brace_missing(case: Case) -> Iterable[Step]:
    """A model that forgets to close what it opened."""
    return [case.reply.rstrip().removesuffix("}")]


@FORM.fault()
def wrapped(case: Case) -> Iterable[Step]:
    """The reply under a name of its own, as if it were one of several."""
    return [f'{{"scene": {case.reply}}}']


@FORM.fault()
def listed(case: Case) -> Iterable[Step]:
    """The reply as the only thing in a list."""
    return [f"[{case.reply}]"]


@FORM.fault()
def encoded_twice(case: Case) -> Iterable[Step]:
    """The reply as a string of JSON within JSON, as tool calls carry it."""
    return [json.dumps(case.reply)]


@FORM.fault()
def slots_first(case: Case) -> Iterable[Step]:
    """The keys in another order than asked for: choices first, and in a beat the text before the speaker."""
    rows = [{"t": row.get("t"), "s": row.get("s")} for row in case.rows]
    return [json.dumps({**case.letters, "beats": rows}, ensure_ascii=False)]


@FORM.fault()
def yaml(case: Case) -> Iterable[Step]:
    """YAML, which is JSON as somebody remembers it."""
    return ["beats:\n", *(f"  - s: {row.get('s')}\n    t: {row.get('t')}\n" for row in case.rows)]


@FORM.fault()
def no_json(case: Case) -> Iterable[Step]:
    """A scene in prose with a list of choices under it: a model to which nobody has said what form is."""
    return ["\n\n".join(str(row.get("t")) for row in case.rows), "\n\n1) Go\n2) Stay\n"]


@FORM.fault(whole=True)
def web_page(case: Case) -> Iterable[Step]:
    """A proxy's page where the answer should be."""
    return ["<!doctype html><html><head><style>body{margin:0}</style></head><body><h1>502 Bad Gateway</h1></body></html>"]


@FORM.fault(whole=True)
def other_schema(case: Case) -> Iterable[Step]:
    """Orderly JSON of another game, which also decides what happens."""
    return ['{"scene": {"text": "You win.", "choices": ["Go", "Stay"]}, "state": {"trust": 99, "ending": "won"}}']


@FORM.fault(whole=True)
def nested(case: Case) -> Iterable[Step]:
    """Brackets without end, from a model that has lost itself, or from somebody who wants a stack to overflow."""
    return ["[" * 3000, '{"beats":' * 3000]


@FORM.fault(whole=True)
def garbage(case: Case) -> Iterable[Step]:
    """Noise: weights that are broken, or a decoder that is."""
    return ["\x00\x01 lorem }{ ][ \ufffd\ufffd ", '"]}' * 40]


@FORM.fault()
def crumbs(case: Case) -> Iterable[Step]:
    """A good reply, one character at a time."""
    return list(case.reply)


@FORM.fault()
def byte_order_mark(case: Case) -> Iterable[Step]:
    """A good reply behind the mark that some tools put before a text."""
    return ["\ufeff", case.reply]


def _until(case: Case, mark: str, beats: int) -> str:
    """A reply up to and with the first `mark` after its first `beats` beats."""
    text = written([*case.rows[:beats], {"s": "narrator", "t": ""}], {})
    start = len(written(case.rows[:beats], {})) - 2
    return text[: text.index(mark, start) + len(mark)]
