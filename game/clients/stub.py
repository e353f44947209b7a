"""The offline storyteller: tells a scene from what the author wrote, with no model, no key and no network.

Seeded by the brief, so that the same place in the same story always reads the same. It answers in the format that models
answer in, and names for each beat the rule it came from (`r`), so that the text is credited to the author.
"""

from collections.abc import AsyncIterator, Iterator

import orjson

from game.clients.client import Capabilities, ClientOptions, Delta, SceneRequest
from game.clients.plain import plain_moment, plain_storylet
from game.packs import LEFT, Pack, Telling, builtin_symbols
from game.packs.telling import NEUTRAL
from game.story import Brief, Conditions, StubBeat, StubBeats, StubGroup, draw

Row = dict[str, str]

FEWEST = 2
"""Beats of an improvised scene, where the pack has so many kinds of them."""


class StubClient:
    """A whole scene in one piece; whoever asked sets the pace at which it is read."""

    name = "stub"
    model = "stub"
    capabilities = Capabilities(
        schema="none", window=1 << 20, streaming=False, schema_in_prefix=False, networked=False, reads_prompt=False, authored=True
    )

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._conditions = Conditions(pack.declared)

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        yield Delta(self.reply(request))

    def reply(self, request: SceneRequest) -> str:
        """The scene, or what is missing of it after `request.shown`, as a reply."""
        rows = self._tell(request.brief)
        if request.purpose == "tail":
            rows = rows[min(len(request.shown), len(rows) - 1) :]
        return orjson.dumps({"beats": rows}).decode()

    async def aclose(self) -> None:
        pass

    def _tell(self, brief: Brief) -> list[Row]:
        told = self._telling(brief)
        beats = (*brief.then, *_with_left(self._beats(brief), tuple(beat for _, beat in brief.left)))
        rows = [self._row(beat, told) for beat in beats_told(beats, told)]
        return [row for row in rows if row["t"]] or [self._place_itself(brief)]

    def _telling(self, brief: Brief) -> Telling:
        symbols = {**builtin_symbols(brief.player), "place": self._pack.places[brief.place].name}
        key = brief.first or brief.key
        return Telling(brief.seed, key, brief.state, self._conditions, symbols, brief.telling, brief.said)

    def _beats(self, brief: Brief) -> StubBeats:
        """The author's beats; for a storylet without any, and for an improvised scene, what the pack says of such a moment."""
        if brief.storylet is not None:
            storylet = self._pack.storylets[brief.storylet]
            return storylet.beats or plain_storylet(self._pack, brief, storylet.must_happen)
        rules = self._pack.grammar.rules
        named = (brief.place, "any", *brief.present)
        used = [name for name in named if f"improvise_{name}" in rules]
        if not used:
            return plain_moment(self._pack, brief)
        members = tuple((StubBeat((f"#improvise_{name}#",), rule=f"improvise.{name}"),) for name in used)
        take = FEWEST + draw(brief.seed, brief.first or brief.key, "improvise", max(1, len(used) - FEWEST + 1))
        return (StubGroup(members, take, rule="improvise"),)

    def _row(self, beat: StubBeat, told: Telling) -> Row:
        text, rule = told.text_of(beat)
        speaker, expression = beat.speaker, beat.expression
        if speaker is None:
            spoken = self._pack.grammar.spoken(text, told)
            text, speaker, expression = spoken.text, spoken.speaker, spoken.expression
            told.mood = expression or told.mood
        text = self._pack.grammar.expand(text, told)
        who = "narrator" if speaker is None else f"{speaker}/{expression or NEUTRAL}"
        return {"s": who, "t": text, "r": told.credit(rule) if text else ""}

    def _place_itself(self, brief: Brief) -> Row:
        return {"s": "narrator", "t": self._pack.places[brief.place].description, "r": f"places.{brief.place}"}


def beats_told(beats: StubBeats, told: Telling) -> Iterator[StubBeat]:
    """The beats that are told now, in their order: the groups drawn from, what has a condition that does not hold left out."""
    for each in beats:
        if told.holds(each):
            if isinstance(each, StubBeat):
                yield each
            else:
                for member in told.members(each):
                    yield from beats_told(member, told)


def _with_left(own: StubBeats, left: StubBeats) -> StubBeats:
    """What becomes of the threads that an ending leaves open: where the author put `#left#`, else before the last beat."""
    marked = (n for n, beat in enumerate(own) if isinstance(beat, StubBeat) and beat.texts == (LEFT,))
    at = next(marked, len(own) - 1)
    return own[:at] + left + own[at:]


def open_stub(options: ClientOptions) -> StubClient:
    """The entry point's factory."""
    return StubClient(options.pack)
