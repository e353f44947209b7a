"""A playthrough without a player, a model or a journal: the stub tells, draws pick. For looking at the requests of a pack."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from game.clients import Message, SceneRequest
from game.clients.stub import StubClient
from game.director import Director, Step
from game.narrator.budget import DEFAULT_RATE, Profile, profile_for
from game.narrator.prompt import Past, Prompter
from game.narrator.recap import rule_recap
from game.narrator.reply import NARRATOR, BeatPart, ReplyReader, reply_schema
from game.packs import Pack
from game.story import REMEMBERED, ROOT, Beat, Brief, Choice, Recap, Scene, Shape, Source, canonical, draw, node_key, rules_in


@dataclass(frozen=True, slots=True)
class Sheet:
    """A request that a model would be sent: for which brief, after what, how it is laid out, and its schema as JSON."""

    brief: Brief
    past: Past
    profile: Profile
    shape: Shape
    recap: Recap | None
    messages: tuple[Message, ...]
    schema: str

    def behind(self, n: int) -> Past:
        """The last n scenes before it."""
        return self.past[-n:] if n else ()

    @property
    def text(self) -> str:
        """All of it as a server reads it: the schema, then the messages, each with its role before it."""
        return self.schema + "".join(f"<{message.role}>{message.content}" for message in self.messages)


def rehearse(pack: Pack, seed: int, opening: int | None = None, voice: int | None = None) -> Iterator[tuple[Brief, Scene]]:
    """The scenes of a playthrough to its ending, each with its brief: the same that a random bot plays with this seed.

    With `opening` the bot's first pick is that choice, from 0. With `voice` the same way is told as another seed tells it.
    """
    director, stub = Director(pack), StubClient(pack)
    key, state, step = node_key(ROOT, ""), pack.initial, Step()
    read: deque[frozenset[str]] = deque(maxlen=REMEMBERED)
    while True:
        plan = director.plan(key, seed, state, step, pack.player, said=frozenset().union(*read))
        brief = plan.brief if voice is None else replace(plan.brief, seed=voice)
        scene = told_offline(stub, brief)
        read.append(rules_in(scene))
        yield brief, scene
        if not scene.choices:
            return
        drawn = draw(seed, key, "bot", len(scene.choices))
        choice = scene.choices[drawn if opening is None or brief.turn > 1 else opening]
        key, state = node_key(key, choice.slot), plan.brief.state
        step = Step(director.outcome(scene.storylet, choice.outcome), choice.text, scene.storylet)


def sheets(pack: Pack, seed: int, window: int, via: str = "stub/stub") -> Iterator[Sheet]:
    """The requests of that playthrough, for a window of so many tokens; recaps are by rule."""
    prompter, profile = Prompter(pack, pack.player), profile_for(window)
    told: list[tuple[Brief, Scene]] = []
    shape: Shape | None = None
    recap: Recap | None = None
    for brief, scene in rehearse(pack, seed):
        behind = tuple(told[-_MOST:])

        def past(n: int, behind: Past = behind) -> Past:
            return behind[-n:] if n else ()

        shape = prompter.shape(brief, past, profile, via, DEFAULT_RATE, shape, recap)
        if shape.start > 1 and not (recap and recap.upto >= shape.start - 1):
            upto = recap.upto if recap else 0
            recap = rule_recap(pack, [row for row in behind if upto < row[0].turn < shape.start], recap)
            shape = replace(shape, recap=recap.id)
        messages = prompter.scene(brief, past, profile, shape, recap)
        schema = canonical(reply_schema(pack, len(brief.slots), profile.max_beats, profile.max_chars))
        yield Sheet(brief, behind, profile, shape, recap, messages, schema)
        told.append((brief, scene))


def turns_words(first: int, last: int) -> str:
    """Turns in words."""
    return f"turn {first}" if first == last else f"turns {first} to {last}"


def common(one: str, other: str) -> int:
    """Characters that two texts have in common from their start."""
    return next((n for n, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))


def shared(before: str, now: str) -> float:
    """How much of a request comes again at the beginning of the next one, in percent."""
    return 100 * common(before, now) / max(len(before), 1)


_MOST = 400
"""Scenes kept; no window that a profile knows holds more."""


def told_offline(stub: StubClient, brief: Brief) -> Scene:
    """The scene of a brief as the stub tells it, with the author's own words for the choices."""
    rule = brief.storylet or "improvise"
    parts = ReplyReader().feed(stub.reply(SceneRequest(brief)))
    return Scene(
        key=brief.key,
        turn=brief.turn,
        title=brief.title,
        place=brief.place,
        beats=tuple(_beat(part, rule) for part in parts if isinstance(part, BeatPart)),
        choices=tuple(
            Choice(slot.letter, slot.outcome, slot.text, Source("author", "stub", f"{rule}.{slot.outcome}"))
            for slot in brief.slots
        ),
        ending=brief.ending,
        storylet=brief.storylet,
    )


def _beat(part: BeatPart, rule: str) -> Beat:
    who, _, mood = part.speaker.partition("/")
    text, source = " ".join(part.text.split()), Source("author", "stub", part.rule or rule)
    return Beat("narration", text, source) if who == NARRATOR else Beat("line", text, source, who, mood)
