"""From a brief to a scene, whatever the client does."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from game.clients import (
    ClientError,
    Delta,
    Malformed,
    RateLimited,
    Refused,
    SceneRequest,
    TimedOut,
    Truncated,
    Unauthorised,
    Unreachable,
)
from game.clients.stub import StubClient
from game.journal import LoggedAttempt
from game.narrator import Asked, Attempted, Heard, Narrator, Report, Trail, Trouble
from game.packs import Pack
from game.story import Attempt, Beat, Brief, Scene, Shape
from tests.scripted import STALL, ScriptedClient, Step, good_reply, in_pieces, offered, reply


@dataclass
class Told:
    """A scene as it was told: what was shown when, which attempts were made, what was said."""

    scene: Scene
    shown: list[tuple[int, Beat]]
    log: list[LoggedAttempt]
    troubles: list[str]
    waits: list[float] = field(default_factory=list)

    @property
    def attempts(self) -> list[Attempt]:
        return [logged.attempt for logged in self.log]


def tell(pack: Pack, brief: Brief, client: ScriptedClient | StubClient, recorded: Sequence[LoggedAttempt] | None = None) -> Told:
    shown: list[tuple[int, Beat]] = []
    log: list[LoggedAttempt] = []
    shapes: list[Shape | None] = []
    troubles: list[str] = []
    waits: list[float] = []

    def hear(report: Report) -> None:
        if isinstance(report, Asked):
            shapes.append(report.shape)
        elif isinstance(report, Heard):
            shown.extend((grown.index, grown.beat) for grown in report.grown)
        elif isinstance(report, Attempted):
            shape = shapes[-1] if shapes else None
            log.append(LoggedAttempt(report.request.hash, report.request.purpose, report.attempt, shape))
        elif isinstance(report, Trouble):
            troubles.append(report.code)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    narrator = Narrator(pack, pack.player, client, sleep)
    telling = narrator.telling(brief, Trail(), recorded or (), sealed=recorded is not None)
    scene = asyncio.run(narrator.finish(telling, hear))
    return Told(scene, shown, log, troubles, waits)


def scripted(*scripts: Sequence[Step]) -> ScriptedClient:
    return ScriptedClient(scripts)


def nothing_was_taken_back(told: Told) -> bool:
    """Each beat only grew, and the scene holds what was shown last."""
    latest: dict[int, Beat] = {}
    for index, beat in told.shown:
        if index in latest and not beat.text.startswith(latest[index].text):
            return False
        latest[index] = beat
    return tuple(latest[index] for index in sorted(latest)) == told.scene.beats


def test_a_good_reply_becomes_the_scene_as_it_stands(pack: Pack, brief: Brief) -> None:
    told = tell(pack, brief, scripted(in_pieces(good_reply(brief))))
    assert told.scene.repairs == ()
    assert told.scene.fallback is None
    assert told.scene.writer == "model"
    assert [choice.text for choice in told.scene.choices] == [offered(slot) for slot in brief.slots]
    assert nothing_was_taken_back(told)


def test_the_choices_are_the_ones_that_were_dealt(pack: Pack, brief: Brief) -> None:
    scene = tell(pack, brief, scripted([good_reply(brief)])).scene
    assert [(choice.slot, choice.outcome) for choice in scene.choices] == [(slot.letter, slot.outcome) for slot in brief.slots]


def test_a_model_text_names_its_request(pack: Pack, brief: Brief) -> None:
    client = scripted([good_reply(brief)])
    scene = tell(pack, brief, client).scene
    assert {(beat.source.by, beat.source.via, beat.source.ref) for beat in scene.beats} == {
        ("model", "scripted/script-1", client.requests[0].hash)
    }


def test_a_stub_text_is_the_authors_and_names_its_rule(pack: Pack, brief: Brief) -> None:
    scene = tell(pack, brief, StubClient(pack)).scene
    assert {(beat.source.by, beat.source.via) for beat in scene.beats} == {("author", "stub")}
    assert all(beat.source.ref.startswith(f"{brief.storylet}.") for beat in scene.beats)


FAULTS: list[tuple[str, list[Step]]] = [
    ("nothing at all", []),
    ("only space", ["   \n  "]),
    ("a bare brace", ["{"]),
    ("a web page", ["<html><body>502 Bad Gateway</body></html>"]),
    ("another schema", ['{"scene":{"text":"It rains."},"options":["go"]}']),
    ("no beats", ['{"beats":[],"a":"Go"}']),
    ("an unknown speaker only", [reply(("dracula/angry", "I bid you welcome to my house."), a="Go")]),
    ("cut in the first beat", in_pieces('{"beats":[{"s":"narrator","t":"The fog lies down on the planks like a dog th')),
    ("unreachable", [Unreachable("nothing answers")]),
    ("unauthorised", [Unauthorised("the key is not taken")]),
    ("limited for long", [RateLimited("too many requests", 3600)]),
    ("refused", [Refused("I can't help with that.")]),
    (
        "timed out after some text",
        [*in_pieces('{"beats":[{"s":"narrator","t":"A gull looks at the bag. It le'), TimedOut("silence")],
    ),
    ("cut by the server", [*in_pieces('{"beats":[{"s":"narrator","t":"A gull looks at the bag. It le'), Truncated("cut")]),
    ("malformed", [Malformed("not an event stream")]),
    ("speaks for the player only", [reply(*[("narrator", '"Hello," you say.')] * 5)]),
]


@pytest.mark.parametrize("script", [script for _, script in FAULTS], ids=[name for name, _ in FAULTS])
def test_whatever_comes_the_scene_can_be_played(pack: Pack, brief: Brief, script: list[Step]) -> None:
    told = tell(pack, brief, scripted(script))
    assert len(told.scene.beats) >= 2
    assert [choice.slot for choice in told.scene.choices] == [slot.letter for slot in brief.slots]
    assert told.scene.fallback
    assert nothing_was_taken_back(told)


@pytest.mark.parametrize("script", [script for _, script in FAULTS], ids=[name for name, _ in FAULTS])
def test_the_same_attempts_give_the_same_scene_without_a_client(pack: Pack, brief: Brief, script: list[Step]) -> None:
    first = tell(pack, brief, scripted(script))
    client = scripted([AssertionError])  # type: ignore[list-item]  # must never be asked
    again = tell(pack, brief, replace(client, scripts=()), first.log)
    assert again.scene == first.scene
    assert again.log == first.log


def test_a_cut_reply_is_mended_in_its_tail(pack: Pack, brief: Brief) -> None:
    cut = in_pieces('{"beats":[{"s":"narrator","t":"A gull looks at the bag. It leaves on foot and the')
    tail = reply(
        ("narrator", "Behind it the tide has begun to count the steps."),
        ("narrator", "It stops at seven."),
        a="Ask about the boots",
    )
    client = scripted(cut, [tail])
    told = tell(pack, brief, client)
    assert client.requests[1].purpose == "tail"
    assert [beat.text for beat in client.requests[1].shown] == ["A gull looks at the bag. It leaves on foot…"]
    assert [beat.text for beat in told.scene.beats][:2] == [
        "A gull looks at the bag. It leaves on foot…",
        "Behind it the tide has begun to count the steps.",
    ]
    assert told.scene.writer == "model"
    assert nothing_was_taken_back(told)


def test_a_short_rate_limit_is_waited_for(pack: Pack, brief: Brief) -> None:
    told = tell(pack, brief, scripted([RateLimited("slow down", 2.0)], [good_reply(brief)]))
    assert told.scene.fallback is None
    assert 2.0 <= told.waits[0] <= 2.2


def test_a_wrong_key_is_tried_once(pack: Pack, brief: Brief) -> None:
    client = scripted([Unauthorised("the key is not taken")])
    told = tell(pack, brief, client)
    assert len(client.requests) == 1
    assert told.troubles == ["unauthorised"]


def test_no_more_requests_are_made_than_the_limit(pack: Pack, brief: Brief) -> None:
    client = scripted([Unreachable("gone")])
    tell(pack, brief, client)
    assert len(client.requests) == 3


def test_an_absent_cast_member_does_not_speak(pack: Pack, brief: Brief) -> None:
    absent = next(name for name in pack.cast if name not in brief.present)
    text = reply((f"{absent}/neutral", "I should not be here at all."), *[("narrator", line) for line in LINES])
    scene = tell(pack, brief, scripted([text])).scene
    assert "absent_speaker" in scene.repairs
    assert not any(beat.speaker == absent for beat in scene.beats)


def test_a_misspelt_name_is_mended(pack: Pack, brief: Brief) -> None:
    present = brief.present[0]
    text = reply((f"{present}n/neutral", "Mind the step there."), *[("narrator", line) for line in LINES])
    scene = tell(pack, brief, scripted([text])).scene
    assert scene.beats[0].speaker == present
    assert "renamed_speaker" in scene.repairs


def test_a_hint_that_was_copied_is_no_choice(pack: Pack, brief: Brief) -> None:
    copied = {slot.letter: slot.hint[:90] for slot in brief.slots}
    assert all(text.startswith("The player ") for text in copied.values())
    scene = tell(pack, brief, scripted(in_pieces(reply(*[("narrator", line) for line in LINES], **copied)))).scene
    assert "slot_unfit" in scene.repairs
    assert [choice.text for choice in scene.choices] == [slot.text for slot in brief.slots]


def test_a_choice_that_ran_into_its_bound_is_the_authors(pack: Pack, brief: Brief) -> None:
    texts = {slot.letter: offered(slot) for slot in brief.slots} | {"a": f"{offered(brief.slots[0])} "[:99].ljust(100, "x")}
    scene = tell(pack, brief, scripted(in_pieces(reply(*[("narrator", line) for line in LINES], **texts)))).scene
    assert scene.choices[0].text == brief.slots[0].text
    assert scene.choices[1].text == texts["b"]


def test_a_text_unlike_its_hint_is_replaced_by_the_authors(pack: Pack, brief: Brief) -> None:
    text = reply(*[("narrator", line) for line in LINES], a="Quantum zebra futures")
    scene = tell(pack, brief, scripted([text])).scene
    assert scene.choices[0].text == brief.slots[0].text
    assert scene.choices[0].source.by == "author"
    assert "slot_unlike_hint" in scene.repairs


def test_twin_texts_are_told_apart(pack: Pack, brief: Brief) -> None:
    same = offered(brief.slots[0])
    text = reply(*[("narrator", line) for line in LINES], a=same, b=same)
    scene = tell(pack, brief, scripted([text])).scene
    assert scene.choices[1].text == brief.slots[1].text


def test_beats_beyond_the_limit_are_left_out(pack: Pack, brief: Brief) -> None:
    many = [("narrator", f"Number {n} of the planks is the {n}th to be loose, they say.") for n in range(30)]
    scene = tell(pack, brief, scripted([reply(*many)])).scene
    assert len(scene.beats) == brief.length.max_beats
    assert "too_long" in scene.repairs


def test_the_player_need_not_wait_for_a_stalled_model(pack: Pack, brief: Brief) -> None:
    async def play() -> Scene:
        narrator = Narrator(
            pack, pack.player, scripted([*in_pieces('{"beats":[{"s":"narrator","t":"A gull looks at the bag. '), STALL])
        )
        telling = asyncio.create_task(narrator.tell(brief, Trail(), lambda report: None))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        narrator.stop()
        return await telling

    scene = asyncio.run(play())
    assert scene.fallback == "stopped"
    assert scene.beats[0].text.startswith("A gull")


def test_a_scene_ahead_that_is_wanted_before_it_began_is_heard_by_whoever_wants_it(pack: Pack, brief: Brief) -> None:
    heard: list[Report] = []

    async def play() -> Scene:
        narrator = Narrator(pack, pack.player, scripted([good_reply(brief)]))
        ahead = narrator.ahead("likely", None, lambda slot, took: None)
        ahead.begin(["a"], lambda slot: narrator.telling(brief, Trail(), ahead=True))
        lane = ahead.take("a")
        assert lane
        return await narrator.go_on(lane, heard.append)

    scene = asyncio.run(play())
    grown = {grown.index: grown.beat for report in heard if isinstance(report, Heard) for grown in report.grown}
    assert tuple(grown.values()) == scene.beats
    assert [report.attempt.ended for report in heard if isinstance(report, Attempted)] == ["done"]


def test_a_scene_ahead_that_failed_before_its_first_word_saves_nothing(pack: Pack, brief: Brief) -> None:
    now = [0.0]

    async def play() -> list[float]:
        narrator = Narrator(pack, pack.player, scripted([Unreachable("nothing answers")]), clock=lambda: now[0])
        ahead = narrator.ahead("likely", None, lambda slot, took: None)
        ahead.begin(["a"], lambda slot: narrator.telling(brief, Trail(), ahead=True))
        lane = ahead.take("a")
        assert lane
        saved = []
        while lane.busy:
            now[0] += 1
            saved.append(narrator.came_of(lane)[1])
            await asyncio.sleep(0)
        ahead.take("")
        await ahead.quiet()
        return [*saved, narrator.came_of(lane)[1]]

    *before, after = asyncio.run(play())
    assert before[0] == 1.0
    assert after == 0.0


@pytest.mark.parametrize("error", [ClientError("odd"), Refused("no")])
def test_a_fault_is_told_in_the_clients_words(pack: Pack, brief: Brief, error: ClientError) -> None:
    assert tell(pack, brief, scripted([error])).troubles[0] == error.code


class Rude(ScriptedClient):
    """A client that breaks the promise of the interface."""

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        self.requests.append(request)
        raise ConnectionResetError("somebody hung up")
        yield Delta()


def test_a_client_that_raises_something_else_does_not_stop_the_story(pack: Pack, brief: Brief) -> None:
    told = tell(pack, brief, Rude([[]]))
    assert told.scene.choices
    assert told.troubles == ["client_error"]


LINES = [
    "The fog lies down on the planks like a dog that has been told to stay.",
    "Somewhere below, a chain counts its own links and loses the number.",
    "A gull looks at the bag, decides against it, and walks away on foot.",
]


def test_stopping_ends_a_wait_for_a_rate_limit(pack: Pack, brief: Brief) -> None:
    async def go() -> Scene:
        waiting = asyncio.Event()

        async def sleep(seconds: float) -> None:
            waiting.set()
            await asyncio.Event().wait()

        narrator = Narrator(pack, pack.player, scripted([RateLimited("slow down", 5.0)]), sleep)
        task = asyncio.create_task(narrator.tell(brief, Trail(), lambda report: None))
        await waiting.wait()
        narrator.stop()
        return await task

    scene = asyncio.run(go())
    assert scene.fallback == "rate_limited"
    assert scene.beats


def test_attempts_of_an_earlier_sitting_do_not_use_up_those_of_this_one(pack: Pack, brief: Brief) -> None:
    async def go(client: ScriptedClient) -> Scene:
        log = [LoggedAttempt("", "scene", Attempt("", "unreachable", "gone"))] * 5
        return await Narrator(pack, pack.player, client).tell(brief, Trail(), lambda report: None, log)

    client = scripted([good_reply(brief)])
    assert asyncio.run(go(client)).fallback is None
    assert len(client.requests) == 1


def test_an_endpoint_that_keeps_failing_is_not_asked_for_each_scene(pack: Pack, brief: Brief) -> None:
    async def no_wait(seconds: float) -> None:
        pass

    async def go(client: ScriptedClient) -> list[Scene]:
        narrator = Narrator(pack, pack.player, client, no_wait, lambda: 0.0)
        return [await narrator.tell(brief, Trail(), lambda report: None) for _ in range(4)]

    client = scripted([Unreachable("nothing answers")])
    assert [scene.fallback for scene in asyncio.run(go(client))] == ["unreachable", *["circuit_open"] * 3]
    assert len(client.requests) == 3


def test_the_usage_behind_a_whole_reply_is_waited_for_only_a_moment(pack: Pack, brief: Brief) -> None:
    told = tell(pack, brief, scripted([good_reply(brief), STALL]))
    assert told.scene.fallback is None
    assert [attempt.ended for attempt in told.attempts] == ["done"]


@pytest.mark.parametrize(
    "words", ["I'm sorry, but I can't write this scene.", "As an AI language model, I cannot continue this story."]
)
def test_a_refusal_inside_a_reply_is_a_refusal_and_is_not_asked_again(pack: Pack, brief: Brief, words: str) -> None:
    client = scripted([reply(("narrator", words), a="Go", b="Stay")])
    told = tell(pack, brief, client)
    assert told.scene.fallback == "refused"
    assert told.troubles == ["refused"]
    assert len(client.requests) == 1
    assert words not in str(told.scene)
