"""The terminal front end."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from game.session import Begin, Library, Session
from game.terminal import Terminal


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(Library(folder=tmp_path))
    yield session
    session.close()


def play(session: Session, answers: list[str], begin: Begin | None = None) -> tuple[int, str]:
    """Exit code and all that was printed, for a player who gives these answers and then closes the input."""
    out = io.StringIO()
    given = iter(answers)

    def ask(prompt: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    console = Console(file=out, width=80, force_terminal=False, highlight=False)
    return Terminal(session, console, ask).play(begin or Begin("last_keeper", seed=7)), out.getvalue()


def test_a_whole_story_is_played_to_its_credits(session: Session) -> None:
    code, text = play(session, ["1"] * 30)
    assert code == 0
    assert "words by the author, via stub" in text
    assert "Unwritten contributors" in text


def test_lines_fit_the_terminal(session: Session) -> None:
    _, text = play(session, ["1"] * 30)
    assert max(map(len, text.splitlines())) <= 80


def test_nothing_is_redrawn(session: Session) -> None:
    _, text = play(session, ["1", "2"])
    assert not set("\r\x1b\b") & set(text)


def test_the_end_of_the_input_leaves_and_saves(session: Session) -> None:
    code, text = play(session, [])
    assert code == 0
    assert text.rstrip().endswith("Saved.")


def test_it_says_who_wrote_what(session: Session) -> None:
    _, text = play(session, ["s"])
    assert "by the author, via stub, from arrival" in " ".join(text.split())


def test_an_answer_that_is_no_choice_gets_the_help(session: Session) -> None:
    _, text = play(session, ["9"])
    assert text.count("A number picks a choice") == 2


def test_what_cannot_start_is_one_line_and_exit_2(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = play(session, [], Begin("no_such_pack"))
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
