"""A playthrough that is left: what was begun for it ends, and its file is free again, whatever else is asked meanwhile."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from game.clients import Capabilities, Delta, SceneRequest
from game.narrator import Heard, Narrator, Report, Trail
from game.packs import Pack
from game.session import Begin, CannotStart, Continue, Event, Leave, Library, SceneReady, Session, Started, Teller
from game.settings import Settings
from game.story import Brief
from tests.scripted import STALL, ScriptedClient, good_reply, in_pieces


class SlowToHangUp:
    """Writes the first scene, and is silent at all others; told to end, it takes its time the first time, until it is let go."""

    name = "slow"
    model = "slow-1"
    capabilities = Capabilities(networked=False)

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.hanging_up = threading.Event()
        self.closed = threading.Event()
        self._first = True

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        if self._first:
            self._first = False
            yield Delta(good_reply(request.brief))
            return
        self.loop, self.let_go = asyncio.get_running_loop(), asyncio.Event()
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            if not self.hanging_up.is_set():
                self.hanging_up.set()
                await self.let_go.wait()

    async def aclose(self) -> None:
        self.closed.set()


def until(session: Session, events: list[Event], *kinds: type) -> Event:
    """The next event of one of these kinds."""
    while not (found := [event for event in events if isinstance(event, kinds)]):
        fresh = session.wait(10)
        assert fresh, "nothing happened"
        events += fresh
    events.remove(found[0])
    return found[0]


def test_a_story_can_be_taken_up_while_it_is_still_being_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    client = SlowToHangUp()
    monkeypatch.setattr("game.session.opening.open_client", lambda name, options: client)
    session, events = Session(Library(Settings(prefetch="likely"), tmp_path)), []
    session.submit(Begin("last_keeper", Teller("slow"), seed=7, journal=tmp_path / "a.journal"))
    until(session, events, Started)
    until(session, events, SceneReady)
    assert client.asked.wait(10)
    session.submit(Leave())
    assert client.hanging_up.wait(10)
    session.submit(Continue(tmp_path / "a.journal", Teller("slow")))
    client.loop.call_soon_threadsafe(client.let_go.set)
    assert isinstance(until(session, events, Started, CannotStart), Started)
    assert client.closed.is_set()
    session.close()


def test_a_scene_ahead_ends_though_whoever_took_it_could_not_go_on(pack: Pack, brief: Brief) -> None:
    client = ScriptedClient([[*in_pieces(good_reply(brief)[:-40]), STALL]])

    def full(report: Report) -> None:
        if isinstance(report, Heard):
            raise OSError("no room")

    async def go() -> bool:
        narrator = Narrator(pack, pack.player, client)
        ahead = narrator.ahead("likely", None, lambda slot, took: None)
        ahead.begin(["a"], lambda slot: narrator.telling(brief, Trail(), ahead=True))
        while not client.requests:
            await asyncio.sleep(0)
        lane = ahead.take("a")
        assert lane
        assert lane.task
        await asyncio.sleep(0)
        with pytest.raises(OSError, match="no room"):
            await narrator.go_on(lane, full)
        ahead.take("")
        await ahead.quiet()
        return lane.task.cancelled()

    assert asyncio.run(go())
