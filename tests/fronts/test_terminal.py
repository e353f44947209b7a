"""The terminal front end."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from game.packs import Pack
from game.scroll import MEASURE
from game.session import (
    BeatGrew,
    Begin,
    Command,
    Ended,
    Event,
    Library,
    Notice,
    Pick,
    Rewind,
    SaveCard,
    SceneReady,
    Session,
    ShelfReady,
    Started,
    StopWaiting,
    Tally,
    Teller,
)
from game.session.credits import Credits
from game.story import Choice, Scene
from game.terminal import HELP, Terminal
from game.terminal.answers import OWN
from game.typed import TREE
from tests.stage.scripted_session import BY_AUTHOR, began, narration


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(Library(folder=tmp_path))
    yield session
    session.close()


def sheet() -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=80, force_terminal=False, highlight=False), out


def answering(answers: list[str]) -> Callable[[str], str]:
    """A player who gives these answers and then closes the input."""
    given = iter(answers)

    def ask(prompt: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    return ask


def play(session: Session, answers: list[str], begin: Begin | None = None, offer_saves: bool = False) -> tuple[int, str]:
    """Exit code and all that was printed."""
    console, out = sheet()
    terminal = Terminal(session, console, answering(answers))
    return terminal.play(begin or Begin("last_keeper", seed=7), offer_saves), out.getvalue()


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_whole_story_is_played_to_its_credits(session: Session) -> None:
    code, text = play(session, ["1"] * 30)
    assert code == 0
    assert "words by the author, via stub" in text
    assert "Unwritten contributors" in text


def test_lines_fit_the_terminal(session: Session) -> None:
    _, text = play(session, ["1", "l"] * 30)
    assert max(map(len, text.splitlines())) <= 80


def test_nothing_is_redrawn(session: Session) -> None:
    _, text = play(session, ["1", "2"])
    assert not set("\r\x1b\b") & set(text)


def test_the_end_of_the_input_leaves_and_says_where_it_is_saved(session: Session, tmp_path: Path) -> None:
    code, text = play(session, [], Begin("last_keeper", seed=7, journal=tmp_path / "mine.journal"))
    assert code == 0
    assert "".join(text.split()).endswith(f"Savedin{tmp_path}/mine.journal")


def test_what_has_no_file_is_not_said_to_be_saved(session: Session) -> None:
    _, text = play(session, ["q"])
    assert "Saved" not in text
    assert text.rstrip().endswith("Not saved: this playthrough has no file.")


def test_it_says_who_wrote_what(session: Session) -> None:
    _, text = play(session, ["s"])
    assert "by the author, via stub, from arrival" in in_one_line(text)


def test_the_ledger_is_there_for_the_asking(session: Session) -> None:
    _, text = play(session, ["l"])
    after = in_one_line(text.partition("True now")[2])
    assert "- The islanders say that Mr Tallow drowned three nights ago. Carried - the Board's letter:" in after
    assert "Still open - The letter must go into the keeper's own hand." in after


def test_an_answer_that_is_no_word_gets_the_help(session: Session) -> None:
    _, text = play(session, ["north"])
    assert text.count("A number picks a choice") == 2


def test_a_number_that_is_no_choice_is_told_which_is_the_last(session: Session) -> None:
    _, text = play(session, ["9"])
    assert "There is no choice 9 here; the last is 4." in in_one_line(text)
    assert text.count("A number picks a choice") == 1


def test_what_a_word_is_for_stands_in_a_column_of_its_own() -> None:
    lines = HELP.splitlines()[1:]
    column = lines[0].index("go back by a scene")
    assert max(map(len, lines)) <= MEASURE
    assert all(line[column - 2 : column] == "  " and not line[column].isspace() for line in lines)


def test_a_saved_playthrough_is_taken_up_where_it_was_left(session: Session) -> None:
    play(session, ["1"], Begin("last_keeper", seed=7, journal="library"))
    code, text = play(session, ["1"], Begin("last_keeper", seed=8, journal="library"), offer_saves=True)
    assert code == 0
    assert "1. The Last Keeper: Size Eleven (scene 2)" in text
    assert "\nSize Eleven\n" in text
    assert "The Landing" not in text


def test_a_damaged_playthrough_says_so_and_where_its_backup_stands() -> None:
    card = SaveCard(
        Path("keeper-1.journal"), "last_keeper", "The Last Keeper", "Size Eleven", "jetty", 2, False, 0.0, damaged=True
    )
    lost = SaveCard(Path("keeper-2.journal"), "", "", "", "", 0, False, 0.0, damaged=True)
    slow = Slow(ShelfReady((), (card, lost)))
    console, out = sheet()
    Terminal(slow, console, answering([]), slow.clock).play(Begin("last_keeper"), offer_saves=True)  # type: ignore[arg-type]
    said = in_one_line(out.getvalue())
    assert "1. The Last Keeper: Size Eleven (scene 2; damaged, its last backup is taken up)" in said
    assert "2. keeper-2: damaged, and no backup of it is left" in said


def test_with_enter_a_new_one_begins(session: Session) -> None:
    play(session, ["1"], Begin("last_keeper", seed=7, journal="library"))
    _, text = play(session, [""], Begin("last_keeper", seed=7, journal="library"), offer_saves=True)
    assert "\nThe Landing\n" in text


def test_where_nothing_is_saved_nothing_is_asked(session: Session) -> None:
    _, text = play(session, [], Begin("last_keeper", seed=7), offer_saves=True)
    assert "Saved playthroughs" not in text
    assert "\nThe Landing\n" in text


def test_what_cannot_start_is_one_line_and_exit_2(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = play(session, [], Begin("no_such_pack"))
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


class Slow:
    """A session that says nothing of its own. Each step of the script is what one wait brings: an event, an interruption, or so
    many seconds in which nothing came. When the script is over, the player interrupts until the program closes."""

    def __init__(self, *script: Event | float | type[KeyboardInterrupt]) -> None:
        self.script = list(script)
        self.asked: list[Command] = []
        self.now = 100.0

    def submit(self, command: Command) -> None:
        self.asked.append(command)

    def poll(self) -> tuple[Event, ...]:
        return ()

    def wait(self, timeout: float | None = None) -> tuple[Event, ...]:
        step = self.script.pop(0) if self.script else KeyboardInterrupt
        if isinstance(step, float):
            self.now += step
            return ()
        if isinstance(step, type):
            raise step
        return (step,)

    def clock(self) -> float:
        return self.now


def told_slowly(pack: Pack, *script: Event | float | type[KeyboardInterrupt], journal: Path | None = None) -> tuple[Slow, str]:
    """What is printed once a scene has begun and then this happens."""
    slow = Slow(Started(pack, "openai", "sparrow-1", 7, journal, False, True), began(turn=3), *script)
    console, out = sheet()
    assert Terminal(slow, console, answering([]), slow.clock).play(Begin("last_keeper")) == 0  # type: ignore[arg-type]
    return slow, out.getvalue().partition("the jetty\n")[2].strip()


def scene(pack: Pack) -> SceneReady:
    choice = Choice("a", "go", "Go on", BY_AUTHOR)
    ready = Scene("3" * 32, 3, "The Landing", "jetty", (narration("It is late."),), (choice,), None, "arrival", ())
    return SceneReady(ready, pack.initial)


def test_while_it_is_quiet_the_packs_own_words_say_who_writes(pack: Pack) -> None:
    _, text = told_slowly(pack, 2.5)
    assert in_one_line(text).startswith(f"{pack.waiting.words[3]}… sparrow-1 (openai) is writing. Ctrl-C: do not wait for it.")


def test_nothing_is_said_of_a_short_silence(pack: Pack) -> None:
    _, text = told_slowly(pack, 1.0)
    assert pack.waiting.words[3] not in text


def test_then_come_moments_of_its_world_each_once_and_in_their_order(pack: Pack) -> None:
    _, text = told_slowly(pack, *[1.0] * 21)
    said = in_one_line(text)
    places = [said.find(words) for words in (pack.waiting.words[3], *pack.waiting.pauses[3:6])]
    assert -1 not in places
    assert places == sorted(places)
    assert pack.waiting.pauses[6] not in said


def test_however_often_it_was_quiet_before_a_new_silence_is_filled_as_soon(pack: Pack) -> None:
    waits = [1.0] * 21
    _, text = told_slowly(pack, *waits, BeatGrew(3, 0, narration("The lamp is out."), True), *[1.0] * 9)
    assert pack.waiting.pauses[6] in in_one_line(text).partition("The lamp is out.")[2]


def test_what_is_said_in_the_midst_of_a_beat_has_a_line_of_its_own_and_the_beat_goes_on(pack: Pack) -> None:
    half, whole = narration("The lamp"), narration("The lamp is out.")
    _, text = told_slowly(pack, BeatGrew(3, 0, half, False), 2.5, BeatGrew(3, 0, whole, True))
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "The lamp"
    assert "is out." in lines[2:]


def test_an_interruption_stops_the_waiting_and_a_second_one_leaves(pack: Pack) -> None:
    slow, text = told_slowly(pack, KeyboardInterrupt, KeyboardInterrupt, journal=Path("kept.journal"))
    assert slow.asked == [Begin("last_keeper"), StopWaiting()]
    assert text.endswith("Ctrl-C again: leave.\nSaved in kept.journal")


def test_in_the_next_scene_an_interruption_stops_the_waiting_again(pack: Pack) -> None:
    slow, _ = told_slowly(pack, KeyboardInterrupt, began(turn=4), KeyboardInterrupt)
    assert slow.asked.count(StopWaiting()) == 2


def test_a_notice_is_one_quiet_line(pack: Pack) -> None:
    _, text = told_slowly(pack, Notice("writer_back", "Sparrow-1 (openai) writes again."))
    assert text.splitlines()[0] == "Sparrow-1 (openai) writes again."


def test_after_the_file_took_no_more_it_is_not_said_to_be_saved(pack: Pack) -> None:
    _, text = told_slowly(pack, Notice("not_kept", "The disk is full."), scene(pack), journal=Path("one.journal"))
    assert "Saved" not in text
    assert in_one_line(text).endswith("Not saved to the end: what was read before its file took no more is in one.journal")


def test_the_end_says_what_stayed_open_and_what_the_telling_took(pack: Pack) -> None:
    credits = Credits((), "", "", (), ())
    tally = Tally(requests=12, prompt=9000, reply=2000, cached=7000, hits=8, misses=3, wasted=500, saved=21.4)
    _, text = told_slowly(pack, Ended("blank", "A Blank", 12, credits, ("Who rang?", "Who paid?"), tally))
    said = in_one_line(text)
    assert "What stayed open - Who rang? - Who paid?" in said
    assert "12 requests: 9,000 tokens read (7,000 of them known to it from before), 2,000 written." in said
    assert "8 of 11 scenes were begun before you chose: 21 s less to wait." in said
    assert "500 tokens went into scenes that you did not choose." in said


def test_where_no_scene_was_begun_ahead_none_is_counted(pack: Pack) -> None:
    tally = Tally(requests=12, prompt=9000, reply=2000, misses=11)
    _, text = told_slowly(pack, Ended("blank", "A Blank", 12, Credits((), "", "", (), ()), (), tally))
    assert "before you chose" not in text


def test_of_a_teller_that_takes_no_tokens_nothing_is_counted(pack: Pack) -> None:
    _, text = told_slowly(pack, Ended("blank", "A Blank", 12, Credits((), "", "", (), ())))
    assert "tokens" not in text
    assert "stayed open" not in text


def test_the_help_names_every_word(session: Session) -> None:
    _, text = play(session, ["?"])
    assert [word.written for word in (*TREE, *OWN) if word.written not in text] == []


def after(text: str, words: str) -> str:
    """What was printed after these words, in one line."""
    before, found, rest = in_one_line(text).partition(words)
    assert found, before
    return rest


def test_one_goes_back_and_the_whole_scene_is_read_again(session: Session) -> None:
    _, text = play(session, ["1", "back"])
    scenes = [part.strip() for part in text.split("\nThe Landing\n")[1:]]
    assert len(scenes) == 2
    assert in_one_line(scenes[1]).startswith(in_one_line(scenes[0])[:200])


def test_what_was_told_behind_a_choice_is_marked_and_said(session: Session) -> None:
    _, text = play(session, ["2", "b"])
    again = text.split("\nThe Landing\n")[2]
    assert [line[:5] for line in again.splitlines() if line[2:5] in ("1. ", "2. ", "3. ")] == ["  1. ", "· 2. ", "  3. "]
    assert "You have been here: choices marked · were told." in again


def test_forward_leads_where_one_came_from(session: Session) -> None:
    _, text = play(session, ["1", "b", "f"])
    assert text.count("\nSize Eleven\n") == 2


def test_where_nothing_was_told_forward_says_so_and_play_goes_on(session: Session) -> None:
    _, text = play(session, ["forward 3", "1"])
    assert "Size Eleven" in after(text, "Nothing has been told beyond this scene yet.")


def test_a_scene_is_told_again_and_its_tellings_are_flipped_through(session: Session) -> None:
    _, text = play(session, ["again", "t", "t"])
    assert text.count("Telling 2 of 2. t: the next.") == 2
    assert text.count("Telling 1 of 2. t: the next.") == 1


def test_a_paragraph_that_was_rewritten_says_who_wrote_it_first(session: Session) -> None:
    _, text = play(session, ["edit 1 Rain, and NOBODY about.", "s", "r"])
    said = after(text, "Paragraph 1 now reads:")
    assert said.startswith(" Rain, and NOBODY about.")
    assert "“Rain, and NOBODY about.” edited by you; first by the author (stub arrival" in said
    assert "Rain, and NOBODY about." in said.partition("The Landing")[2]


def test_what_is_kept_is_listed_and_found_again(session: Session) -> None:
    _, text = play(session, ["keep 3 The Letter", "1", "1", "slots", "go the letter"])
    assert text.count("- slot 3, “The Letter”: The Landing, the jetty (scene 1)") == 2
    assert text.count("\nThe Landing\n") == 2


def test_what_is_dropped_is_kept_no_longer(session: Session) -> None:
    _, text = play(session, ["keep", "drop", "slots"])
    assert text.count("Nothing is kept yet.") == 2


def test_one_goes_to_a_scene_by_its_number_in_both_directions(session: Session) -> None:
    _, text = play(session, ["1", "1", "go 1", "go 2"])
    assert text.count("\nThe Landing\n") == 2
    assert text.count("\nSize Eleven\n") == 2


def test_the_map_is_drawn_with_where_one_is(session: Session) -> None:
    _, text = play(session, ["1", "b", "2", "m"])
    drawn = text.partition("The Last Keeper: 3 scenes, 1 fork")[2]
    assert "you are here" in drawn
    assert "Endings found: none." in drawn
    assert max(map(len, drawn.splitlines())) <= 80


def test_a_word_that_says_too_little_is_answered_by_how_it_is_written(session: Session) -> None:
    _, text = play(session, ["edit", "back home", "1"])
    assert "write edit N [TEXT]." in in_one_line(text)
    assert "Size Eleven" in after(text, "write back [N].")


def test_from_an_ending_one_goes_back_into_the_story(session: Session) -> None:
    _, text = play(session, ["1"] * 30 + ["b"])
    turns = after(text, "b: back to the choice before.")
    assert "You have been here" in turns


def test_a_recorded_choice_is_marked_and_taken_by_nothing_said(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "told.journal"
    play(session, ["2", "1"], Begin("last_keeper", seed=7, journal=path))
    _, text = play(session, [""], Begin("", Teller("replay", str(path))))
    first, _, second = text.partition("\n> ")
    assert "* 2. " in first
    assert "Enter takes it." in first
    assert "* 1. " in second


def test_a_move_that_the_session_refuses_leaves_the_player_where_they_are(pack: Pack) -> None:
    here = scene(pack)
    slow = Slow(Started(pack, "stub", "stub", 7, None, False, False), here, Notice("first_scene", "This is the first scene."))
    console, _ = sheet()
    Terminal(slow, console, answering(["back", "1"]), slow.clock).play(Begin("last_keeper"))  # type: ignore[arg-type]
    assert slow.asked == [Begin("last_keeper"), Rewind(1), Pick("a", here.scene.key), StopWaiting()]
