"""A pack is tried wherever it lies, and one that cannot be played says all that is wrong with it."""

import shutil
from pathlib import Path

import pytest

from game.packs import load_pack
from game.session import Begin, CannotStart, Continue, Leave, Pick, SceneReady, Session, TryPack
from tests.packs.workshop import GOOD
from tests.session.test_reload import FIRST, ask, begun, change, of


@pytest.fixture
def packed(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_pack_from_anywhere_is_tried(session: Session, folder: Path, packed: Path, kind: str) -> None:
    path = str(folder if kind == "folder" else packed)
    (tried,) = ask(session, TryPack(path))
    assert (tried.card.ref, tried.card.title, tried.card.problems) == (path, "The Ferry", ())
    assert tried.card.pack == load_pack(GOOD)
    assert of(ask(session, Begin(tried.card.ref)), SceneReady)


def test_what_is_wrong_with_a_pack_that_is_tried_is_told_with_its_file_and_line(session: Session, folder: Path) -> None:
    change(folder, FIRST, 'place = "raft"', 'place = "rafd"')
    (tried,) = ask(session, TryPack(str(folder)))
    assert (tried.card.title, tried.card.pack) == ("ferry", None)
    assert [(each.code, each.file) for each in tried.card.problems if each.severity == "error"] == [("PACK301", FIRST)]
    assert tried.card.problems[0].line


@pytest.mark.parametrize(
    "path",
    ["", ".", "/", "no/such/pack", "a\0b", "~nobody/pack", "x" * 5000, "\ud800", "/dev/zero", "/dev/null", __file__, "\x1b[2J"],
    ids=repr,
)
def test_a_path_that_leads_to_no_pack_is_a_card_with_a_problem(session: Session, path: str) -> None:
    (tried,) = ask(session, TryPack(path))
    assert (tried.card.ref, tried.card.pack) == (path, None)
    assert tried.card.problems
    assert tried.card.title.isprintable()


def test_a_story_is_told_on_while_a_pack_is_tried(session: Session, folder: Path, packed: Path) -> None:
    begun(session, folder)
    assert of(ask(session, TryPack(str(packed)), Pick("a")), SceneReady)


def test_what_cannot_be_begun_for_its_pack_says_all_that_is_wrong_with_it(session: Session, folder: Path) -> None:
    change(folder, FIRST, 'place = "raft"', 'place = "rafd"')
    change(folder, FIRST, "courage + 1", "courage + 9")
    (refused,) = of(ask(session, Begin(str(folder))), CannotStart)
    assert {each.code for each in refused.problems if each.severity == "error"} == {"PACK301", "PACK406"}


def test_what_cannot_be_taken_up_for_the_pack_that_was_named_says_all_that_is_wrong_with_it(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    begun(session, folder, tmp_path / "one.journal")
    ask(session, Leave())
    change(folder, FIRST, 'place = "raft"', 'place = "rafd"')
    (refused,) = of(ask(session, Continue(tmp_path / "one.journal", pack=str(folder))), CannotStart)
    assert [each.code for each in refused.problems if each.severity == "error"] == ["PACK301"]
