"""How much a pack has to tell: figures of whole playthroughs, told by the offline storyteller and read as a player reads them."""

from dataclasses import replace
from itertools import islice

import orjson

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.narrator.rehearsal import rehearse
from game.packs import Pack

PLAYS, SCENES = 12, 16
"""Random playthroughs, and scenes of each at the most, that are told again."""


def same_when_told_again(pack: Pack) -> int:
    """Of a hundred beats, how many are the same, word for word, when the offline storyteller tells their scene once more."""
    stub, beats, same = StubClient(pack), 0, 0
    for brief, scene in (told for seed in range(PLAYS) for told in islice(rehearse(pack, seed), SCENES)):
        again = stub.reply(SceneRequest(replace(brief, first=brief.key, telling=1)))
        words = {beat["t"] for beat in orjson.loads(again)["beats"]}
        beats += len(scene.beats)
        same += sum(beat.text in words for beat in scene.beats)
    return round(100 * same / beats) if beats else 0
