"""Where the reader is, without any screen."""

from __future__ import annotations

import pytest

from game.packs import Pack
from game.session import Edited, Past, Picked
from game.stage.reading import Reading
from tests.stage.scripted_session import began, grew, line, narration, ready, scene

FOG = narration("The fog came in.")
MAREN = line("maren", "Mind the third plank.")


@pytest.fixture
def reading() -> Reading:
    """A scene has begun; nothing of it has come."""
    out = Reading()
    out.hear(began())
    return out


def end(reading: Reading) -> int:
    return len(reading.beat.text) if reading.beat else 0


def test_before_the_first_beat_the_scene_is_opening(reading: Reading) -> None:
    assert reading.phase(0) == "opening"


def test_text_is_uncovered_as_time_passes(reading: Reading) -> None:
    reading.hear(grew(0, FOG))
    reading.tick(4, end(reading))
    assert (reading.shown, reading.phase(end(reading))) == (4, "writing")


def test_of_a_growing_beat_no_half_word_is_shown(reading: Reading) -> None:
    reading.hear(grew(0, narration("The fog ca"), done=False))
    reading.tick(100, end(reading))
    assert FOG.text[: int(reading.shown)] == "The fog "


def test_what_is_shown_stays_when_the_beat_grows(reading: Reading) -> None:
    reading.hear(grew(0, narration("The fog ca"), done=False))
    reading.tick(100, end(reading))
    reading.hear(grew(0, FOG))
    assert reading.shown == len("The fog ")


def test_advancing_first_completes_the_page(reading: Reading) -> None:
    reading.hear(grew(0, FOG))
    reading.hear(grew(1, MAREN))
    reading.advance(end(reading))
    assert (reading.at, reading.shown) == (0, len(FOG.text))


def test_advancing_again_goes_to_the_next_beat(reading: Reading) -> None:
    reading.hear(grew(0, FOG))
    reading.hear(grew(1, MAREN))
    reading.advance(end(reading))
    reading.advance(end(reading))
    assert (reading.beat, reading.shown) == (MAREN, 0)


def test_a_beat_longer_than_a_page_is_read_in_pages(reading: Reading) -> None:
    reading.hear(grew(0, FOG))
    reading.advance(8)
    assert reading.phase(8) == "held"
    reading.advance(8)
    assert (reading.at, reading.start, reading.shown) == (0, 8, 8)


def test_one_who_has_read_all_waits_for_more(reading: Reading) -> None:
    reading.hear(grew(0, FOG))
    reading.advance(end(reading))
    assert reading.phase(end(reading)) == "waiting"


def test_a_whole_scene_that_is_read_offers_its_choices(reading: Reading, pack: Pack) -> None:
    reading.hear(grew(0, FOG))
    reading.hear(ready(pack, scene(FOG)))
    reading.advance(end(reading))
    assert reading.phase(end(reading)) == "choosing"


def test_a_whole_ending_that_is_read_is_over(reading: Reading, pack: Pack) -> None:
    reading.hear(ready(pack, scene(FOG, ending="blank")))
    reading.advance(end(reading))
    assert reading.phase(end(reading)) == "over"


def test_the_scene_being_whole_takes_nothing_back(reading: Reading, pack: Pack) -> None:
    reading.hear(grew(0, FOG))
    reading.tick(6, end(reading))
    reading.hear(ready(pack, scene(FOG, MAREN)))
    assert (reading.at, reading.shown) == (0, 6)


def test_a_recalled_scene_is_read_from_its_start(pack: Pack) -> None:
    reading = Reading()
    reading.hear(ready(pack, scene(FOG, MAREN, turn=4), recalled=True))
    assert (reading.turn, reading.title, reading.beat) == (4, "The Landing", FOG)


def test_the_backlog_ends_with_what_is_in_view(reading: Reading) -> None:
    reading.hear(grew(0, FOG))
    reading.hear(grew(1, MAREN))
    assert [read.text for read in reading.backlog] == ["The Landing", FOG.text]


def test_the_backlog_keeps_the_scene_and_the_choice_that_led_on(reading: Reading, pack: Pack) -> None:
    reading.hear(ready(pack, scene(FOG)))
    reading.hear(Picked(1, "a", 0, "Go in"))
    reading.hear(began(turn=2))
    assert [(read.kind, read.text) for read in reading.backlog[:3]] == [
        ("heading", "The Landing"),
        ("beat", FOG.text),
        ("pick", "Go in"),
    ]


def test_after_a_pick_nothing_can_be_picked_until_the_session_answers(reading: Reading, pack: Pack) -> None:
    reading.hear(ready(pack, scene(FOG)))
    reading.advance(end(reading))
    reading.leave()
    assert reading.phase(end(reading)) == "waiting"


def test_a_face_is_that_of_the_latest_line_read(reading: Reading) -> None:
    reading.hear(grew(0, line("maren", "No.", "angry")))
    reading.hear(grew(1, line("maren", "Well.", "warm")))
    assert reading.face("maren") == "angry"
    assert reading.face("hob") == "neutral"


def test_what_was_read_before_is_what_the_way_there_says(reading: Reading, pack: Pack) -> None:
    reading.hear(ready(pack, scene(FOG)))
    reading.hear(Picked(1, "a", 0, "Go in"))
    reading.hear(Past(((scene(MAREN), "b"),)))
    assert [(read.kind, read.text) for read in reading.backlog] == [
        ("heading", "The Landing"),
        ("beat", MAREN.text),
        ("pick", "Stay out"),
    ]


def test_words_of_a_scene_that_was_broken_off_are_not_heard(reading: Reading, pack: Pack) -> None:
    reading.hear(Past(()))
    reading.hear(grew(0, FOG))
    assert reading.beats == []
    reading.hear(ready(pack, scene(FOG), recalled=True))
    reading.hear(grew(0, MAREN, turn=2))
    assert reading.beats == [FOG]


def test_an_edited_beat_reads_so_where_it_is_and_where_it_was(reading: Reading, pack: Pack) -> None:
    reading.hear(ready(pack, scene(FOG, MAREN)))
    reading.hear(Picked(1, "a", 0, "Go in"))
    reading.hear(ready(pack, scene(FOG, MAREN, turn=2), recalled=True))
    reading.hear(Edited(scene(turn=1).key, 1, narration("Earlier.")))
    reading.hear(Edited(scene(turn=2).key, 0, narration("Now.")))
    assert [read.text for read in reading.backlog if read.kind == "beat"] == [FOG.text, "Earlier.", "Now."]
    assert reading.beat == narration("Now.")


def test_a_scene_is_gone_on_with_at_the_last_page_that_was_read_of_it(pack: Pack) -> None:
    reading = Reading()
    half_read = scene(FOG, MAREN, FOG, turn=4)
    reading.hear(ready(pack, half_read, recalled=True))
    reading.advance(end(reading))
    reading.advance(end(reading))
    reading.hear(Past(()))
    reading.hear(ready(pack, half_read, recalled=True))
    while reading.resume(end(reading)):
        pass
    assert (reading.at, reading.phase(end(reading))) == (1, "held")


def test_a_scene_that_was_never_read_is_opened_at_its_first_page(pack: Pack) -> None:
    reading = Reading()
    reading.hear(ready(pack, scene(FOG, MAREN), recalled=True))
    assert not reading.resume(8)
    assert (reading.at, reading.start, reading.shown) == (0, 0, 0)
