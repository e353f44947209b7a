"""A playthrough without a player, a model or a journal: the stub tells, draws pick. For looking at the prompts of a pack."""

from collections.abc import Iterator

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.director import Director, Plan, Step
from game.narrator.checks import choices_of
from game.narrator.draft import Draft
from game.narrator.gate import Read, gate_rules
from game.narrator.reply import ReplyReader
from game.packs import Pack
from game.story import ROOT, Brief, Scene, Source, draw, node_key


def rehearse(pack: Pack, seed: int) -> Iterator[tuple[Brief, Scene]]:
    """The scenes of a playthrough to its ending, each with its brief: the same that a random bot plays with this seed."""
    director, stub = Director(pack), StubClient(pack)
    key, state, step = node_key(ROOT, ""), pack.initial, Step()
    while True:
        plan = director.plan(key, seed, state, step, pack.player)
        scene = _told(pack, stub, plan)
        yield plan.brief, scene
        if not scene.choices:
            return
        choice = scene.choices[draw(seed, key, "bot", len(scene.choices))]
        key, state = node_key(key, choice.slot), plan.brief.state
        step = Step(director.outcome(scene.storylet, choice.outcome), choice.text, scene.storylet)


def _told(pack: Pack, stub: StubClient, plan: Plan) -> Scene:
    brief = plan.brief
    rules = gate_rules(brief.player, pack.rating, pack.language, brief.length.max_chars)
    draft = Draft(pack, brief, rules, Read())
    source = Source("author", stub.name, brief.storylet or "improvise")
    draft.take(ReplyReader().feed(stub.reply(SceneRequest(brief))), source, authored=True)
    choices, _ = choices_of(brief, draft.slots, rules, authored=True)
    return Scene(
        key=brief.key,
        turn=brief.turn,
        title=brief.title,
        place=brief.place,
        beats=tuple(draft.beats),
        choices=choices,
        ending=brief.ending,
        storylet=brief.storylet,
    )
