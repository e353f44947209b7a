"""Scenes written ahead while the player reads, over real HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.clients import Capabilities
from game.journal import Journal
from game.session import Begin, Ended, Event, Library, LookAt, Pick, SceneReady, Session, Set, StopWaiting, Teller
from game.session.opening import written_ahead
from game.settings import Settings
from game.story import Scene
from tests.server import ModelServer

Open = Callable[..., "Player"]


class Player:
    """Somebody who plays a threaded session by hand. Everything that happened is in `events`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []

    def scene(self, turn: int) -> Scene:
        """The scene of this turn, waited for."""
        return self._until(lambda event: isinstance(event, SceneReady) and event.scene.turn == turn).scene

    def end(self) -> Ended:
        return self._until(lambda event: isinstance(event, Ended))

    def _until(self, wanted: Callable[[Event], bool]) -> Event:
        while not (found := [event for event in self.events if wanted(event)]):
            fresh = self.session.wait(10)
            assert fresh, "nothing happened"
            self.events += fresh
        return found[0]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.0) as server:
        yield server


@pytest.fixture
def play(server: ModelServer, tmp_path: Path) -> Iterator[Open]:
    sessions: list[Session] = []

    def start(mode: str = "ok", pack: str = "bench/endless", **settings: object) -> Player:
        library = Library(Settings(timeout=5, **settings), tmp_path)
        session = Session(library)
        sessions.append(session)
        journal = tmp_path / f"{len(sessions)}.journal"
        session.submit(Begin(pack, Teller("openai", mode, server.url), seed=7, journal=journal))
        return Player(session)

    yield start
    for session in sessions:
        session.close()


def test_the_scene_behind_the_choice_in_view_is_written_before_it_is_picked(server: ModelServer, play: Open) -> None:
    player = play(prefetch="likely")
    first = player.scene(1)
    assert server.wait_for_requests(2)
    player.session.submit(Pick("a", first.key))
    scene = player.scene(2)
    assert scene.writer == "model"
    asked = [body["messages"][-1]["content"] for body in server.asked[:2]]
    assert "Scene 2" in asked[1]
    assert sum("Scene 2" in body["messages"][-1]["content"] for body in server.asked) == 1


def test_all_choices_are_written_one_after_another_where_one_is_served_at_a_time(server: ModelServer, play: Open) -> None:
    player = play(prefetch="all")
    count = len(player.scene(1).choices)
    assert server.wait_for_requests(1 + count)
    assert server.wait_until_idle()
    assert max(server.open_at_once) == 1


def test_a_pick_ends_the_requests_of_the_other_choices(server: ModelServer, play: Open) -> None:
    player = play("ok,stall,ok", prefetch="likely")
    first = player.scene(1)
    assert server.wait_for_requests(2)
    player.session.submit(Pick("b", first.key))
    assert player.scene(2).fallback is None
    assert max(server.open_at_once) == 1, "the wanted request came after the unwanted one had ended"


def test_the_eye_of_the_player_says_which_choice_comes_first(server: ModelServer, play: Open) -> None:
    player = play("ok,mute,ok", prefetch="likely")
    first = player.scene(1)
    assert server.wait_for_requests(2)
    player.session.submit(LookAt("b", first.key))
    assert server.wait_for_requests(3)
    player.session.submit(Pick("b", first.key))
    assert player.scene(2).fallback is None
    assert len(server.asked) == 3 or "Scene 3" in server.asked[3]["messages"][-1]["content"]


def test_off_asks_for_nothing_that_was_not_picked(server: ModelServer, play: Open) -> None:
    player = play(prefetch="off")
    first = player.scene(1)
    player.session.submit(Pick("a", first.key))
    player.scene(2)
    assert len(server.asked) == 2


def test_writing_ahead_never_changes_a_story(server: ModelServer, play: Open) -> None:
    stories = []
    for policy in ("off", "likely", "all"):
        player = play(prefetch=policy)
        for turn, slot in ((1, "a"), (2, "b"), (3, "a"), (4, "a")):
            scene = player.scene(turn)
            player.session.submit(Pick(slot, scene.key))
        stories.append([player.scene(turn) for turn in (1, 2, 3, 4, 5)])
    assert stories[0] == stories[1] == stories[2]


def test_what_was_written_ahead_is_in_the_journal_only_when_it_was_picked(
    server: ModelServer, play: Open, tmp_path: Path
) -> None:
    player = play(prefetch="all")
    first = player.scene(1)
    server.wait_for_requests(1 + len(first.choices))
    server.wait_until_idle()
    player.session.submit(Pick("b", first.key))
    player.scene(2)
    player.session.close()
    journal = Journal.open(tmp_path / "1.journal")
    assert [node.slot for node in journal.children(first.key)] == ["b"]
    uses = [spent.use for spent in journal.spending() if spent.key != first.key]
    journal.close()
    assert uses.count("ahead") == 1
    assert uses.count("wasted") >= len(first.choices) - 1


@pytest.mark.parametrize("cap", [1, 2500, 6000])
def test_the_cap_is_kept(server: ModelServer, play: Open, tmp_path: Path, cap: int) -> None:
    player = play(prefetch="all", prefetch_tokens=cap)
    for turn in range(1, 5):
        scene = player.scene(turn)
        assert cap == 1 or server.wait_for_requests(2)
        server.wait_until_idle()
        player.session.submit(Pick(scene.choices[0].slot, scene.key))
    player.scene(5)
    player.session.close()
    journal = Journal.open(tmp_path / "1.journal")
    spending = journal.spending()
    journal.close()
    ahead = [spent.prompt + spent.reply for spent in spending if spent.use != "read"]
    assert sum(ahead) <= cap
    assert bool(ahead) == (cap > 1)


def test_what_is_written_ahead_can_be_set_while_a_story_is_played(server: ModelServer, play: Open) -> None:
    player = play(prefetch="off")
    first = player.scene(1)
    player.session.submit(Set(Settings(prefetch="likely")))
    player.session.submit(Pick("a", first.key))
    player.scene(2)
    assert server.wait_for_requests(3)


def test_once_it_is_set_to_off_nothing_more_is_begun(server: ModelServer, play: Open) -> None:
    player = play(prefetch="likely")
    first = player.scene(1)
    assert server.wait_for_requests(2)
    assert server.wait_until_idle()
    player.session.submit(Set(Settings(prefetch="off")))
    player.session.submit(LookAt("b", first.key))
    player.session.submit(Pick("c", first.key))
    player.scene(2)
    player.session.close()
    assert len(server.asked) == 3


def test_a_scene_that_failed_ahead_leaves_its_place_to_the_others(server: ModelServer, play: Open) -> None:
    player = play("ok,cut,ok", prefetch="all")
    assert server.wait_for_requests(1 + len(player.scene(1).choices))


def test_a_player_who_will_not_wait_for_the_scene_just_picked_need_not(server: ModelServer, play: Open) -> None:
    player = play("ok,stall", prefetch="likely")
    first = player.scene(1)
    assert server.wait_for_requests(2)
    player.session.submit(Pick("a", first.key))
    player.session.submit(StopWaiting())
    assert player.scene(2).fallback == "stopped"


def test_only_the_scene_that_is_being_told_is_not_waited_for(server: ModelServer, play: Open) -> None:
    player = play("ok,stall,ok", prefetch="off")
    player.session.submit(Pick("a", player.scene(1).key))
    assert server.wait_for_requests(2)
    player.session.submit(StopWaiting())
    second = player.scene(2)
    player.session.submit(Pick("a", second.key))
    assert [second.fallback, player.scene(3).fallback] == ["stopped", None]


def test_leaving_ends_what_is_being_written_ahead(server: ModelServer, play: Open) -> None:
    player = play("ok,stall", prefetch="likely")
    player.scene(1)
    assert server.wait_for_requests(2)
    player.session.close()
    assert server.wait_until_idle()


def test_a_scene_that_failed_ahead_is_asked_for_again_only_when_it_is_wanted(server: ModelServer, play: Open) -> None:
    player = play("ok,500,ok", prefetch="likely")
    first = player.scene(1)
    assert server.wait_for_requests(2)
    assert server.wait_until_idle()
    assert len(server.asked) == 2
    player.session.submit(Pick("a", first.key))
    assert player.scene(2).fallback is None


@pytest.mark.parametrize(
    ("capabilities", "tokens", "policy"),
    [
        (Capabilities(networked=True), 0, "off"),
        (Capabilities(networked=True), 5000, "all"),
        (Capabilities(networked=False), 0, "all"),
        (Capabilities(networked=False, reads_prompt=False), 5000, "off"),
    ],
)
def test_a_service_elsewhere_is_asked_ahead_only_within_a_cap(capabilities: Capabilities, tokens: int, policy: str) -> None:
    assert written_ahead(Settings(prefetch="all", prefetch_tokens=tokens), capabilities) == policy
