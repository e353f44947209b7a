"""Moves while a scene is being told: it is broken off, and gone on with when its slot is taken again."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.clients import Capabilities, Delta, SceneRequest
from game.journal import Journal, read_recording
from game.packs import Pack
from game.session import (
    BeatGrew,
    Begin,
    Bookmark,
    Continue,
    EditBeat,
    Edited,
    Event,
    Flip,
    Forward,
    GoTo,
    Leave,
    Left,
    Library,
    LookAtMap,
    MapReady,
    Marks,
    Notice,
    Past,
    Pick,
    Retell,
    Rewind,
    SceneBegan,
    SceneReady,
    Session,
)
from game.session.playthrough import Playthrough
from game.settings import Settings
from game.story import Scene
from tests.conftest import REPOSITORY
from tests.playing import playthrough
from tests.scripted import good_reply

ENDLESS = str(REPOSITORY / "bench" / "endless")


class Slow:
    """A model that stops in mid-scene at the requests with these numbers (from 0), for ever: `silent` is set then. One that is
    `stubborn` does not let go when it is told to, until `let_go` is called; and then it writes on as if nothing had been."""

    name = "slow"
    model = "slow-1"
    capabilities = Capabilities(networked=False)

    def __init__(self, *stops: int, stubborn: bool = False) -> None:
        self.stops = set(stops)
        self.requests: list[SceneRequest] = []
        self.silent = threading.Event()
        self._stubborn = stubborn
        self._let_go = asyncio.Event()

    async def stream(self, request: SceneRequest):
        n, text = len(self.requests), good_reply(request.brief)
        third = text.index("}, {", text.index("}, {") + 1)
        self.requests.append(request)
        if n not in self.stops:
            yield Delta(text)
            return
        yield Delta(text[: third + 1])
        self._loop = asyncio.get_running_loop()
        self.silent.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if not self._stubborn:
                raise
            await self._let_go.wait()
        yield Delta(text[third + 1 :])

    async def aclose(self) -> None:
        pass

    def let_go(self) -> None:
        self._loop.call_soon_threadsafe(self._let_go.set)

    def asked(self) -> list[str]:
        """What each request asked for last."""
        return [request.messages[-1].content for request in self.requests]


class Thoughtful(Slow):
    """A model that needs a moment before it begins."""

    async def stream(self, request: SceneRequest):
        for _ in range(20):
            await asyncio.sleep(0)
        async for delta in super().stream(request):
            yield delta


class Player:
    """Somebody at a session with a thread. What has come and was not looked at yet is in `events`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []

    def do(self, *commands) -> None:
        for command in commands:
            self.session.submit(command)

    def until(self, wanted: Callable[[Event], bool]) -> list[Event]:
        """All events up to the first such one."""
        while not any(map(wanted, self.events)):
            fresh = self.session.wait(10)
            assert fresh, f"nothing happened after {[type(event).__name__ for event in self.events]}"
            self.events += fresh
        end = next(n for n, event in enumerate(self.events) if wanted(event)) + 1
        seen, self.events = self.events[:end], self.events[end:]
        return seen

    def scene(self) -> SceneReady:
        """The next scene that is ready."""
        return self.until(lambda event: isinstance(event, SceneReady))[-1]

    def half(self, client: Slow) -> list[Event]:
        """Wait until a scene stands still behind its second beat; what was shown of it."""
        assert client.silent.wait(10)
        client.silent.clear()
        return self.until(lambda event: isinstance(event, BeatGrew) and event.index == 1 and event.done)

    def midway(self, client: Slow) -> tuple[Scene, dict[int, str]]:
        """Take the first choice of the first scene, and wait until what follows stands still; that first scene, and what was
        shown of the other."""
        first = self.scene().scene
        self.do(Pick("a"))
        return first, grown(self.half(client))


Open = Callable[..., Player]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Open]:
    sessions: list[Session] = []

    def open_(client: Slow, prefetch: str = "off", pack: str = ENDLESS) -> Player:
        monkeypatch.setattr("game.session.opening.open_client", lambda name, options: client)
        session = Session(Library(Settings(prefetch=prefetch), tmp_path / "data"))
        sessions.append(session)
        session.submit(Begin(pack, seed=7, journal=tmp_path / f"{len(sessions)}.journal"))
        return Player(session)

    yield open_
    for session in sessions:
        session.close()


def kinds(events: list[Event]) -> list[type]:
    return [type(event) for event in events]


def grown(events: list[Event]) -> dict[int, str]:
    return {event.index: event.beat.text for event in events if isinstance(event, BeatGrew)}


def test_going_back_leaves_the_scene_that_is_being_told(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    first, _ = player.midway(client)
    player.do(Rewind())
    seen = player.until(lambda event: isinstance(event, SceneReady))
    assert kinds(seen) == [Past, SceneReady]
    assert (seen[-1].scene, seen[-1].settled, seen[-1].branches.told) == (first, True, ())


def test_what_was_shown_of_a_scene_is_shown_again_and_gone_on_with(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    _, shown = player.midway(client)
    player.do(Rewind())
    player.scene()
    player.do(Pick("a"))
    again = player.until(lambda event: isinstance(event, SceneReady))
    texts = [beat.text for beat in again[-1].scene.beats]
    assert all(texts[index].startswith(text) for index, text in shown.items())
    assert grown(again)[0] == shown[0] == texts[0]
    assert [request.purpose for request in client.requests] == ["scene", "scene", "tail"]


def test_another_choice_can_be_taken_instead(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    first, _ = player.midway(client)
    player.do(Rewind(), Pick("b", first.key))
    player.scene()
    other = player.scene()
    assert other.scene.fallback is None
    assert client.requests[-1].purpose == "scene"
    player.do(Rewind())
    assert player.scene().branches.told == ("b",)


def test_a_pick_and_a_step_back_before_it_is_told_lead_to_the_same_scene(start: Open) -> None:
    client = Slow()
    player = start(client)
    first = player.scene().scene
    player.do(Pick("a"))
    second = player.scene().scene
    player.do(Pick("a", second.key), Rewind(), LookAtMap())
    seen = player.until(lambda event: isinstance(event, MapReady))
    assert seen[-1].map.head == second.key
    assert first.key in seen[-1].map.line
    assert not [event for event in seen if isinstance(event, BeatGrew | SceneBegan)]


def test_moves_one_upon_the_other_are_all_made(start: Open) -> None:
    client = Slow(3)
    player = start(client)
    scenes = [player.scene().scene]
    for _ in range(2):
        player.do(Pick("a"))
        scenes.append(player.scene().scene)
    player.do(Pick("a"))
    player.half(client)
    player.do(Rewind(), Rewind(), Rewind(), Forward())
    assert [player.scene().scene for _ in range(4)] == [scenes[2], scenes[1], scenes[0], scenes[1]]


@pytest.mark.parametrize("move", [Forward(), Flip(), GoTo("nowhere")])
def test_a_move_that_leads_nowhere_breaks_nothing_off(start: Open, move: Forward | Flip | GoTo) -> None:
    client = Slow(1)
    player = start(client)
    player.midway(client)
    player.do(move)
    player.until(lambda event: isinstance(event, Notice))
    player.do(Rewind())
    assert player.scene().scene.turn == 1
    assert len(client.requests) == 2, "it was the same request all the while"


def test_before_the_first_scene_is_whole_there_is_nothing_to_go_back_to(start: Open) -> None:
    client = Slow(0)
    player = start(client)
    player.half(client)
    player.do(Rewind())
    assert player.until(lambda event: isinstance(event, Notice))[-1].code == "first_scene"
    assert len(client.requests) == 1


def test_a_move_that_turns_out_to_lead_nowhere_lets_the_story_go_on(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    player.midway(client)
    # The second is asked for while the first is on its way still, so nobody can know yet.
    player.do(Rewind(), Rewind())
    player.scene()
    assert player.until(lambda event: isinstance(event, Notice))[-1].code == "first_scene"
    player.do(Pick("a"))
    assert player.scene().scene.turn == 2


def test_a_scene_that_is_gone_on_with_after_such_a_move_is_asked_for_from_where_it_was(start: Open, tmp_path: Path) -> None:
    client = Slow(1)
    player = start(client)
    _, shown = player.midway(client)
    # What waits for the scene to be whole keeps the move from being answered beside it.
    player.do(Bookmark("here"), Forward())
    scene = player.scene().scene
    assert [scene.beats[index].text for index in shown] == list(shown.values())
    assert [request.purpose for request in client.requests] == ["scene", "scene", "tail"]
    player.session.close()
    recording = read_recording(tmp_path / "1.journal")
    assert [logged.attempt.ended for logged in recording.attempts[scene.key]] == ["interrupted", "done"]


def test_a_move_that_leads_nowhere_and_one_that_does_not_tell_nothing_between_them(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    player.midway(client)
    # In one go, as two keys that are pressed within a frame.
    player.session._loop.call_soon_threadsafe(lambda: [player.session._start(each) for each in (Forward(), Rewind())])
    assert kinds(player.until(lambda event: isinstance(event, SceneReady))) == [Notice, Past, SceneReady]
    player.do(Pick("a"))
    assert player.scene().scene.turn == 2
    assert [request.purpose for request in client.requests] == ["scene", "scene", "tail"]


def test_the_map_is_there_while_a_scene_is_being_told(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    first, _ = player.midway(client)
    player.do(LookAtMap(), Bookmark("Here", scene=first.key))
    seen = player.until(lambda event: isinstance(event, Marks))
    assert kinds(seen) == [MapReady, Marks]


def test_a_scene_that_is_told_again_is_first_finished_offline(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    _, shown = player.midway(client)
    player.do(Retell("less grim"))
    finished, again = player.scene(), player.scene()
    assert finished.scene.fallback == "stopped"
    assert finished.scene.beats[0].text == shown[0]
    assert again.scene.fallback is None
    assert (again.branches.telling, again.branches.tellings) == (1, 2)
    assert "<wish>less grim</wish>" in client.asked()[-1]
    player.do(Flip())
    assert player.scene().scene == finished.scene


def test_a_retelling_that_is_refused_hurries_no_other_scene(pack: Pack) -> None:
    client = Thoughtful()

    async def go(play: Playthrough) -> None:
        # As the session does, when something is on its way still and no scene is being told.
        play.stop(soon=True)
        await play.move(Retell())
        await play.take_up()

    with playthrough(pack, client) as (play, played):
        asyncio.run(go(play))
    assert played.notices == ["half_told"]
    assert (played.scenes[0].fallback, len(client.requests)) == (None, 1)


def test_one_may_turn_back_from_a_scene_that_is_being_told_again(start: Open) -> None:
    client = Slow(2)
    player = start(client)
    first = player.scene().scene
    player.do(Pick("a"))
    second = player.scene().scene
    player.do(Retell())
    player.half(client)
    player.do(Flip())
    assert player.scene().scene == second
    player.do(Retell())
    assert player.scene().scene.turn == 2
    assert [request.purpose for request in client.requests] == ["scene", "scene", "scene", "tail"]
    player.do(Rewind())
    assert player.scene().scene == first


def test_going_back_from_a_scene_that_is_being_told_again_leads_to_the_one_before(start: Open) -> None:
    client = Slow(2)
    player = start(client)
    first = player.scene().scene
    player.do(Pick("a"))
    player.scene()
    player.do(Retell())
    player.half(client)
    player.do(Rewind())
    assert player.scene().scene == first


def test_a_telling_that_was_left_knows_how_it_was_asked_for(start: Open, tmp_path: Path) -> None:
    client = Slow(1)
    player = start(client)
    first = player.scene().scene
    player.do(Retell("less grim"))
    shown = grown(player.half(client))
    player.do(Leave())
    player.until(lambda event: isinstance(event, Left))
    player.do(Continue(tmp_path / "1.journal", pack=ENDLESS))
    seen = player.until(lambda event: isinstance(event, SceneReady))
    scene = seen[-1].scene
    assert [event.scenes for event in seen if isinstance(event, Past)] == [()]
    assert scene.key != first.key
    assert scene.beats[0].text == shown[0]
    assert "<wish>less grim</wish>" in " ".join(message.content for message in client.requests[-1].messages)
    assert not [event for event in seen if isinstance(event, Notice)]


def test_a_telling_that_is_asked_for_otherwise_is_another(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    player.scene()
    player.do(Retell("less grim"))
    player.half(client)
    player.do(Flip())
    player.scene()
    player.do(Retell("shorter"))
    player.scene()
    assert client.requests[-1].purpose == "scene"
    assert client.asked()[-1].count("<wish>") == client.asked()[-1].count("<wish>shorter</wish>") == 1


def test_a_scene_under_one_that_is_half_told_cannot_be_rewritten(start: Open) -> None:
    client = Slow(1)
    player = start(client)
    first, _ = player.midway(client)
    player.do(Rewind())
    player.scene()
    player.do(EditBeat(first.key, 0, "The gate is open."))
    assert player.until(lambda event: isinstance(event, Notice))[-1].code == "half_told"
    player.do(Pick("a"))
    player.scene()
    player.do(EditBeat(first.key, 0, "The gate is open."))
    assert player.until(lambda event: isinstance(event, Edited))[-1].beat.text == "The gate is open."


def test_a_client_that_does_not_let_go_keeps_nobody_from_moving(start: Open) -> None:
    client = Slow(1, stubborn=True)
    player = start(client)
    player.midway(client)
    player.do(Rewind())
    assert player.scene().scene.turn == 1
    client.let_go()
    player.do(Pick("b"))
    seen = player.until(lambda event: isinstance(event, SceneReady) and event.scene.turn == 2)
    began = next(n for n, event in enumerate(seen) if isinstance(event, SceneBegan))
    assert not [event for event in seen[:began] if isinstance(event, BeatGrew)]
    assert {beat.source.by for beat in seen[-1].scene.beats} == {"model"}
    player.do(LookAtMap())
    tree = player.until(lambda event: isinstance(event, MapReady))[-1].map
    assert [(scene.turn, scene.slot) for scene in tree.scenes] == [(1, ""), (2, "b")]


def test_what_a_scene_took_until_it_was_broken_off_is_counted(start: Open, tmp_path: Path) -> None:
    client = Slow(1)
    player = start(client)
    player.midway(client)
    player.do(Rewind())
    player.scene()
    player.session.close()
    journal = Journal.open(tmp_path / "1.journal")
    spending = journal.spending()
    journal.close()
    assert [(spent.use, spent.reply > 0) for spent in spending] == [("read", True), ("read", True)]


def test_a_move_ends_what_was_written_ahead(start: Open, tmp_path: Path) -> None:
    client = Slow(2)
    player = start(client, "likely")
    first = player.scene().scene
    player.do(Pick(first.choices[0].slot))
    second = player.scene().scene
    assert client.silent.wait(10)
    player.do(Rewind())
    assert player.scene().scene == first
    player.session.close()
    journal = Journal.open(tmp_path / "1.journal")
    assert journal.attempts(second.key)
    assert journal.children(second.key) == ()
    assert "wasted" in [spent.use for spent in journal.spending()]
    journal.close()


def test_an_edit_ends_what_was_written_ahead_of_the_text_of_before(start: Open) -> None:
    client = Slow(1)
    player = start(client, "likely")
    first = player.scene().scene
    assert client.silent.wait(10)
    player.do(EditBeat(first.key, 0, "The gate is open."))
    player.until(lambda event: isinstance(event, Edited))
    player.do(Pick("a"))
    assert player.scene().scene.fallback is None
    told = " ".join(message.content for message in client.requests[2].messages)
    assert "The gate is open." in told


def test_writing_ahead_and_moving_about_do_not_disturb_each_other(start: Open) -> None:
    """Forks, tellings and the scenes ahead of them: the same story, whatever is written when."""

    def story(prefetch: str) -> list[Scene]:
        player = start(Slow(), prefetch)
        scenes = [player.scene().scene]
        for command in (
            Pick("a"),
            Pick("a"),
            Rewind(),
            Pick("b"),
            Retell("softly"),
            Pick("a"),
            Rewind(2),
            Retell(),
            Pick("b"),
            Rewind(),
            Flip(),
        ):
            player.do(command)
            scenes.append(player.scene().scene)
        return scenes

    assert story("off") == story("likely") == story("all")
