"""The offline storyteller: tells a scene from what the author wrote, with no model, no key and no network.

Seeded by the brief, so that the same place in the same story always reads the same. It answers in the format that models
answer in, and names for each beat the rule it came from (`r`), so that the text is credited to the author.
"""

from collections.abc import AsyncIterator, Iterator, Mapping

import orjson

from game.clients.client import Capabilities, ClientOptions, Delta, SceneRequest
from game.packs import LEFT, Pack, Telling, builtin_symbols
from game.story import Brief, Conditions, StubBeat, StubBeats

Row = dict[str, str]


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
        symbols = self._symbols(brief)
        told = Telling(brief.seed, brief.first or brief.key, brief.state, self._conditions, symbols, brief.telling)
        beats = (*brief.then, *_with_left(self._beats(brief), tuple(beat for _, beat in brief.left)))
        rows = [self._row(beat, told) for beat in _told(beats, told)]
        return [row for row in rows if row["t"]] or [self._place_itself(brief)]

    def _symbols(self, brief: Brief) -> Mapping[str, str]:
        place = self._pack.places[brief.place]
        return builtin_symbols(brief.player) | {"place": place.name}

    def _beats(self, brief: Brief) -> StubBeats:
        """The author's beats; for a storylet without any, and for an improvised scene, what the pack says of such a moment."""
        if brief.storylet is not None:
            storylet = self._pack.storylets[brief.storylet]
            texts = (self._pack.places[brief.place].description, *storylet.must_happen)
            return storylet.beats or tuple(StubBeat((text,), rule=f"{brief.storylet}.{n + 1}") for n, text in enumerate(texts))
        rules = self._pack.grammar.rules
        named = (f"improvise_{brief.place}", "improvise_any", *(f"improvise_{member}" for member in brief.present))
        used = (symbol for symbol in named if symbol in rules)
        return tuple(StubBeat((f"#{symbol}#",), rule=f"improvise.{n + 1}") for n, symbol in enumerate(used))

    def _row(self, beat: StubBeat, told: Telling) -> Row:
        choice = told.turn(f"beat:{beat.rule}", len(beat.texts))
        text = self._pack.grammar.expand(beat.texts[choice], told)
        rule = f"{beat.rule}.{choice + 1}" if len(beat.texts) > 1 else beat.rule
        who = "narrator" if beat.speaker is None else f"{beat.speaker}/{beat.expression or 'neutral'}"
        return {"s": who, "t": text, "r": rule}

    def _place_itself(self, brief: Brief) -> Row:
        return {"s": "narrator", "t": self._pack.places[brief.place].description, "r": f"places.{brief.place}"}


def _told(beats: StubBeats, told: Telling) -> Iterator[StubBeat]:
    """The beats that are told now, in their order: the groups drawn from, what has a condition that does not hold left out."""
    for each in beats:
        if told.holds(each.when):
            if isinstance(each, StubBeat):
                yield each
            else:
                for member in told.members(each):
                    yield from _told(member, told)


def _with_left(own: StubBeats, left: StubBeats) -> StubBeats:
    """What becomes of the threads that an ending leaves open: where the author put `#left#`, else before the last beat."""
    marked = (n for n, beat in enumerate(own) if isinstance(beat, StubBeat) and beat.texts == (LEFT,))
    at = next(marked, len(own) - 1)
    return own[:at] + left + own[at:]


def open_stub(options: ClientOptions) -> StubClient:
    """The entry point's factory."""
    return StubClient(options.pack)
