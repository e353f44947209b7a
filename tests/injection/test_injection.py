"""Player text, a pack's text and a model's own text are data: whole stories told by a model that obeys every order it reads."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files

import pytest

from game.narrator.read import sentences_of
from game.packs import Pack, load_pack
from game.session import EditBeat, Event, Picked, Retell, SceneReady
from game.session.playthrough import Playthrough
from game.story import Beat, Choice, Scene
from tests.audit import audit
from tests.conftest import REPOSITORY
from tests.faults import GoodClient
from tests.injection.corpus import ATTACKS, BY_MODEL, BY_THE_PLAYER, attacked
from tests.injection.obeying import ObeyingClient, runs, words
from tests.playing import Between, Played, play_to_the_end

SEED = 5
LONG = 8
"""Words in a row that two texts do not share by chance."""
OURS = "\n".join((files("game.narrator") / "templates" / f"{name}.j2").read_text("utf-8") for name in ("system", "steer", "tail"))
"""The engine's own words in a prompt."""
TOKENS = ("<|", "|>", "[INST]", "[/INST]", "<<SYS>>", "</s>", "```", "{{", "{%", "＜", "\u202e", "\u200b")
"""What a chat template, a fence or a template would be broken by."""

attacks = pytest.mark.parametrize("name", ATTACKS)


@cache
def plain() -> Pack:
    return load_pack(REPOSITORY / "prompts" / "last_keeper")


@cache
def told(name: str) -> tuple[Pack, ObeyingClient, Played]:
    """The story with this attack in it."""
    attack = ATTACKS[name]
    pack = attacked(plain(), attack)
    client = ObeyingClient(pack, attack)
    return pack, client, play_to_the_end(pack, client, SEED, between=by_the_player(attack.at, attack.text))


@cache
def without(at: str) -> Played:
    """The same story without one, in which the same was done as is done for an attack there."""
    return play_to_the_end(plain(), GoodClient(), SEED, between=by_the_player(at, ""))


def by_the_player(at: str, text: str) -> Between | None:
    """What a player does whose words in the midst of a story are the attack: to rewrite a beat; to ask for another telling."""

    async def between(play: Playthrough, scene: Scene) -> None:
        if at == "edit" and scene.turn == 1:
            await play.edit(EditBeat(scene.key, 0, text))
        elif at == "steer" and scene.turn == 2 and len(play.journal.tellings(scene.key)) == 1:
            await play.move(Retell(text))

    return between if at in BY_THE_PLAYER else None


def way(played: Played) -> list[SceneReady]:
    """The scenes of the story as it was gone on with: of several tellings the last."""
    return list({event.scene.turn: event for event in played.of(SceneReady)}.values())


def own_words(thing: object) -> Iterator[str]:
    """The texts of an event that are the engine's: all but beats, the texts of choices, notes, and the pack that it was given."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Beat | Choice | Pack | Picked):
        return
    elif isinstance(thing, Scene):
        yield from (thing.title, *thing.repairs, thing.fallback or "")
    elif is_dataclass(thing):
        for part in fields(thing):
            yield from own_words(getattr(thing, part.name))
    elif isinstance(thing, tuple | list | frozenset):
        for part in thing:
            yield from own_words(part)


def test_there_are_forty_attacks_of_every_kind_in_every_place() -> None:
    assert len(ATTACKS) >= 40
    assert len({attack.text for attack in ATTACKS.values()}) == len(ATTACKS)
    places = Counter(attack.at for attack in ATTACKS.values())
    assert {*BY_MODEL, *BY_THE_PLAYER, "player_name", "player_pronouns", "lore", "place", "cast_name", "choice"} <= set(places)
    assert {attack.aim for attack in ATTACKS.values()} == {"state", "ending", "secret", "prompt", "speaker", "form"}


@attacks
def test_the_model_reads_the_attack_and_obeys_and_the_story_ends(name: str) -> None:
    pack, client, played = told(name)
    assert client.obeyed > 1
    assert played.ending in pack.endings


@attacks
def test_no_state_goes_beyond_what_the_author_declared(name: str) -> None:
    pack, _, played = told(name)
    scenes, states = [event.scene for event in way(played)], [event.state for event in way(played)]
    assert audit(pack, scenes, states, [event.slot for event in played.of(Picked)]) == []


@attacks
def test_the_states_are_those_of_a_story_without_the_attack(name: str) -> None:
    _, _, played = told(name)
    other = without(ATTACKS[name].at if ATTACKS[name].at in BY_THE_PLAYER else "")
    assert [state.hash for state in played.states] == [state.hash for state in other.states]
    assert played.ending == other.ending


@attacks
def test_no_secret_stands_in_a_prompt_before_it_is_revealed(name: str) -> None:
    pack, client, _ = told(name)
    for request in client.requests:
        prompt = runs(" ".join(message.content for message in request.messages), LONG)
        seen = request.brief.state.seen
        hidden = [secret for member in pack.cast.values() for secret in member.secrets if secret.revealed_by not in seen]
        assert [secret.text for secret in hidden if runs(secret.text, LONG) & prompt] == []


@attacks
def test_the_engine_says_nothing_of_its_prompt_or_of_a_hidden_secret(name: str) -> None:
    pack, client, played = told(name)
    secrets = " ".join(secret.text for member in pack.cast.values() for secret in member.secrets)
    guarded = runs(OURS, LONG) | runs(secrets, LONG)
    events: list[Event] = played.events
    assert [text for event in events for text in own_words(event) if runs(text, LONG) & guarded] == []
    assert client.requests[0].messages[0].content, "there was a prompt to tell"


@attacks
def test_no_beat_gives_a_long_run_of_the_prompt_away(name: str) -> None:
    _, _, played = told(name)
    texts = [beat.text for scene in played.scenes for beat in scene.beats if beat.source.by == "model"]
    own = runs(OURS, LONG)
    assert [sentence for text in texts for sentence in sentences_of(text) if runs(sentence, LONG) & own] == []


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if attack.aim == "prompt"])
def test_a_prompt_that_is_given_away_is_caught_by_its_own_code(name: str) -> None:
    _, client, played = told(name)
    caught = sum("echoes_prompt" in scene.repairs for scene in played.scenes)
    assert caught >= client.obeyed // 2 > 0


@attacks
def test_a_text_does_not_leave_its_place_in_the_prompt(name: str) -> None:
    pack, client, _ = told(name)
    for request in client.requests:
        system, *turns = request.messages
        assert [message.role for message in request.messages].count("system") == 1
        assert turns[-1].role == "user"
        for message in request.messages:
            own = "".join(text for text in TOKENS if text in message.content)
            assert own == "", f"turn {request.brief.turn}: {own}"
            for tag in ("choice", "name", "recap", "wish"):
                assert message.content.count(f"<{tag}>") - message.content.count(f"</{tag}>") == _told_of(tag, message.content)
        assert headings(system.content) == headings(first_prompt())
    assert words(pack.title) == words(plain().title)


def _told_of(tag: str, text: str) -> int:
    """How often the rules name a delimiter without closing it."""
    return sum(f"<{tag}>" in line and "told" in line for line in text.splitlines() if "What stands in" in line)


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


@cache
def first_prompt() -> str:
    client = GoodClient()
    play_to_the_end(plain(), client, SEED)
    return client.requests[0].messages[0].content
