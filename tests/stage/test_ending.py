"""The end of a story: the promises it did not keep, and what its telling took."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.packs import Pack
from game.session import Credits, Ended, Notice, Share, Tally
from game.stage.pilot import Pilot
from game.stage.screens.ending import took_words
from tests.stage.scripted_session import ScriptedSession, began, grew, narration, ready, scene

FOG = narration("The fog came in.")
CREDITS = Credits(
    shares=(Share("author", "stub", 9, 120),), authors=(("Somebody", "words"),), licence="CC-BY-4.0", statement="", consents=()
)

NOTHING = Tally()

End = Callable[..., list[str]]


@pytest.fixture
def end(story: Pilot, session: ScriptedSession, pack: Pack) -> End:
    """Reads a story to its end; what stands in its credits then."""

    def read(threads: tuple[str, ...] = (), tally: Tally = NOTHING, credits: Credits = CREDITS) -> list[str]:
        ended = Ended("blank", "A Blank in the Report", 9, credits, threads, tally)
        session.say(began(), grew(0, FOG), ready(pack, scene(FOG, ending="blank")), ended)
        story.frame()
        story.until(lambda: story.tree.label == "Ending" or bool(story.press("space")), seconds=2)
        return [each.label for each in story.tree.walk() if each.id.startswith("credit:")]

    return read


def test_the_promises_that_were_not_kept_stand_first(end: End) -> None:
    assert end(threads=("Jory is still out.", "Nobody has counted the graves."))[:3] == [
        "What stayed open",
        "Jory is still out.",
        "Nobody has counted the graves.",
    ]


def test_a_story_that_kept_its_promises_says_nothing_of_them(end: End) -> None:
    lines = end()
    assert lines[0] == "Who wrote this"
    assert "What stayed open" not in lines


def test_of_a_pack_that_is_gone_nothing_stands_there_empty(end: End) -> None:
    lines = end(credits=Credits(authors=(), licence="", statement="", consents=(), shares=CREDITS.shares))
    assert lines == ["Who wrote this", "The authors, told by the offline storyteller: 120 words, 100 %"]


def test_what_is_said_by_the_way_does_not_lie_on_the_credits(end: End, story: Pilot, session: ScriptedSession) -> None:
    end(threads=("Jory is still out.",))
    session.say(Notice("not_in_pack", "The pack is not here; this can be read, and not gone on with. Put it into your folder."))
    story.frame()
    notice = next(each for each in story.tree.find_all("status") if each.id.startswith("notice:"))
    assert notice.box.right < story.tree.find("group", "Credits").box.x


def test_a_press_meant_for_the_last_words_does_not_turn_the_last_page(end: End, story: Pilot) -> None:
    end()
    story.press("space")
    assert story.tree.label == "Ending"
    story.wait(1)
    story.press("space")
    story.frame()
    assert story.tree.label != "Ending"


def test_a_telling_that_took_nothing_is_not_counted(end: End) -> None:
    assert "What the telling took" not in end()


def test_what_a_models_telling_took_is_told_in_words(end: End) -> None:
    lines = end(tally=Tally(19, 61_240, 7_930, 52_610, 9, 3, 3_480, 34.4))
    start = lines.index("What the telling took") + 1
    assert lines[start : start + 3] == [
        "The model was asked 19 times. It read 61,240 tokens, 52,610 of them known to it from before, and wrote 7,930.",
        "Of 12 scenes, 9 had been begun before you chose, which spared you 34 seconds of waiting.",
        "3,480 tokens went into scenes that you did not choose.",
    ]


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(requests=1, prompt=10, reply=2), ["The model was asked once. It read 10 tokens, and wrote 2."]),
        (Tally(misses=4), []),
        (Tally(hits=1, misses=1, saved=0.4), ["Of 2 scenes, 1 had been begun before you chose."]),
        (Tally(hits=2, saved=200), ["Of 2 scenes, 2 had been begun before you chose, which spared you 3 minutes of waiting."]),
        (Tally(wasted=7), ["7 tokens went into scenes that you did not choose."]),
    ],
)
def test_only_what_there_is_to_say_is_said(tally: Tally, words: list[str]) -> None:
    assert took_words(tally) == words
