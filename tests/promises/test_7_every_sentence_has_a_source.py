"""7. Every sentence has a source: by whom, through what, from what."""

import pytest

from game.packs import Pack
from tests.faults import faulty
from tests.playing import play_to_the_end
from tests.scripted import ScriptedClient, reply

LINES = [
    "The fog lies down on the planks like a dog that has been told to stay.",
    "Somewhere below, a chain counts its own links and loses the number.",
    "A gull looks at the bag, decides against it, and walks away on foot.",
]


@pytest.mark.parametrize("seed", range(6))
def test_each_text_of_a_mixed_story_names_its_true_source(pack: Pack, seed: int) -> None:
    client = faulty(pack, seed)
    played = play_to_the_end(pack, client, seed)
    sources = [beat.source for scene in played.scenes for beat in scene.beats]
    sources += [choice.source for scene in played.scenes for choice in scene.choices]
    assert {(source.by, source.via) for source in sources} <= {("author", "stub"), ("model", "chaos:good/best-1")}
    assert all(source.ref for source in sources)


def test_an_authors_text_stands_in_the_pack(pack: Pack) -> None:
    played = play_to_the_end(pack, faulty(pack, 2), 2)
    own = {outcome.text for storylet in pack.storylets.values() for outcome in storylet.outcomes}
    own |= {outcome.text for outcome in pack.improvise}
    texts = {choice.text for scene in played.scenes for choice in scene.choices if choice.source.by == "author"}
    assert texts <= own


def test_a_models_text_is_credited_to_the_request_that_brought_it(pack: Pack) -> None:
    client = ScriptedClient([[reply(*[("narrator", line) for line in LINES])]])
    played = play_to_the_end(pack, client)
    hashes = {request.hash for request in client.requests}
    model = [beat for scene in played.scenes for beat in scene.beats if beat.source.by == "model"]
    assert {beat.text for beat in model} <= set(LINES)
    assert {beat.source.ref for beat in model} <= hashes
