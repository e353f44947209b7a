"""An author at a terminal changes the pack that is played there."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.session import Begin, Continue, Library, Session
from game.terminal import Terminal
from tests.fronts.test_terminal import in_one_line, sheet
from tests.packs.workshop import GOOD
from tests.session.test_reload import FIRST, change

Said = str | Callable[[], str]
"""What is typed, or what is done before it is."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "ferry")


class Ticks:
    """A clock for a session: each wait is over at once, and `passed` returns when many more were waited."""

    def __init__(self) -> None:
        self._count = 0
        self._more = threading.Condition()

    async def sleep(self, seconds: float) -> None:
        with self._more:
            self._count += 1
            self._more.notify_all()
        await asyncio.sleep(0)

    def passed(self) -> None:
        with self._more:
            until = self._count + 300
            assert self._more.wait_for(lambda: self._count >= until, 10)


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(Library(folder=tmp_path / "data"))
    yield session
    session.close()


@pytest.fixture
def watchful(tmp_path: Path, ticks: Ticks) -> Iterator[Session]:
    """A session that looks at the files again and again."""
    session = Session(Library(folder=tmp_path / "data"), sleep=ticks.sleep)
    yield session
    session.close()


def play(session: Session, begin: Begin | Continue, *answers: Said) -> str:
    """All that was printed, until the player has nothing more to say."""
    given = iter(answers)

    def ask(prompt: str) -> str:
        said = next(given, None)
        if said is None:
            raise EOFError
        return said if isinstance(said, str) else said()

    console, out = sheet()
    assert Terminal(session, console, ask).play(begin) == 0
    return in_one_line(out.getvalue())


def changing(folder: Path, old: str, new: str, said: str = "reload", then: Callable[[], None] = lambda: None) -> Said:
    """Change the first storylets, and type that."""

    def do() -> str:
        change(folder, FIRST, old, new)
        then()
        return said

    return do


def test_what_was_read_again_is_named_and_the_page_is_told_once_more(session: Session, folder: Path) -> None:
    text = play(session, Begin(str(folder), seed=7), changing(folder, "rings, once.", "rings, twice."), "t")
    first, again, back = text.split("The bell rings, ")[1:]
    assert first.startswith("once.")
    assert "Read again: storylets/first.toml." in first
    assert again.startswith("twice.")
    assert back.startswith("once.")


def test_what_changed_elsewhere_leaves_the_page_and_the_choice_is_taken(session: Session, folder: Path) -> None:
    text = play(session, Begin(str(folder), seed=7), changing(folder, "holds on.", "lets go."), "1")
    assert text.count("The bell rings, once.") == 1
    assert text.partition("Read again: storylets/first.toml.")[2].count("lets go.") == 1


def test_what_is_wrong_stands_with_its_file_and_line_and_the_story_goes_on(session: Session, folder: Path) -> None:
    text = play(session, Begin(str(folder), seed=7), changing(folder, 'place = "raft"', 'place = "rafd"'), "1")
    told = text.partition("The pack cannot be played as it is now; until it can, the story goes on with it as it was. ")[2]
    line = (folder / FIRST).read_text("utf-8").split("\n").index('place = "rafd"') + 1
    assert told.startswith(f"storylets/first.toml:{line}: PACK301: ")
    assert 'Did you mean "raft"?' in told
    assert "The raft" in told
    assert "PACK609" not in told


def test_a_pack_that_nobody_changed_is_as_it_was(session: Session, folder: Path) -> None:
    text = play(session, Begin(str(folder), seed=7), "reload", "1")
    assert "The pack is as it was." in text
    assert "The Rope" in text


def test_what_is_only_read_keeps_its_pack_and_can_be_read_on(session: Session, folder: Path, tmp_path: Path) -> None:
    play(session, Begin(str(folder), seed=7, journal=tmp_path / "one.journal"), "1", "q")
    text = play(session, Continue(tmp_path / "one.journal", pack=str(folder), read_only=True), "reload", "b")
    assert "keeps the pack that it has." in text
    assert "The bell rings, once." in text


def test_a_change_is_told_before_the_next_prompt(watchful: Session, ticks: Ticks, folder: Path) -> None:
    answer = changing(folder, "holds on.", "lets go.", said="1", then=ticks.passed)
    text = play(watchful, Begin(str(folder), seed=7), answer)
    assert "lets go." in text.partition("Read again: storylets/first.toml.")[2]


@pytest.mark.parametrize(
    ("new", "told"),
    [("rings, twice.", "Read again: storylets/first.toml."), ('rings, " twice.', "cannot be played as it is now")],
)
def test_what_is_read_again_by_itself_just_then_is_not_asked_for_once_more(
    watchful: Session, ticks: Ticks, folder: Path, new: str, told: str
) -> None:
    text = play(watchful, Begin(str(folder), seed=7), changing(folder, "rings, once.", new, then=ticks.passed), "1")
    assert text.count(told) == 1
    assert "before that was read" not in text
    assert "The pack is as it was." not in text
    assert "The Rope" in text


def test_what_was_said_of_a_page_that_reads_otherwise_by_then_takes_no_choice(
    watchful: Session, ticks: Ticks, folder: Path
) -> None:
    answer = changing(folder, "rings, once.", "rings, twice.", said="1", then=ticks.passed)
    text = play(watchful, Begin(str(folder), seed=7), answer)
    assert "The bell rings, twice." in text.partition("Read again: storylets/first.toml.")[2]
    assert "The scene was told anew before that was read." in text
    assert "The Rope" not in text


def test_one_can_leave_while_the_page_is_told_once_more(watchful: Session, ticks: Ticks, folder: Path) -> None:
    answer = changing(folder, "rings, once.", "rings, twice.", said="q", then=ticks.passed)
    text = play(watchful, Begin(str(folder), seed=7), answer)
    assert text.endswith("Not saved: this playthrough has no file.")
