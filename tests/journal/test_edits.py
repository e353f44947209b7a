"""What the player changes in a text: the scene reads so from now on, and what was told stays."""

from dataclasses import replace

import pytest

from game.journal import Journal, Revision, read_recording
from game.story import DONE, ROOT, Attempt, Source
from tests.journal.stories import HEADER, SHAPE, SOURCE, beat, tell, tell_many

BY_PLAYER = Source("player", "edit", f"{SOURCE.by} {SOURCE.via} {SOURCE.ref}")


def test_an_edit_changes_a_beat_and_its_source_and_nothing_else(journal):
    first, second = tell_many(journal, 2)
    now = journal.edit(first.key, 1, "You said nothing — «nothing».")
    changed = replace(first.scene.beats[1], text="You said nothing — «nothing».", source=BY_PLAYER)
    assert now == replace(first, scene=replace(first.scene, beats=(first.scene.beats[0], changed)))
    assert journal.node(first.key) == journal.recent(second.key, 2)[0] == journal.path_to(first.key)[0] == now
    assert journal.children(first.key) == (second,)
    assert journal.told(first.key) == first.scene


def test_the_latest_edit_of_a_beat_holds_and_its_source_keeps_the_first_origin(journal):
    (first,) = tell_many(journal, 1)
    journal.edit(first.key, 0, "Once.")
    journal.edit(first.key, 1, "Beside.")
    assert [each.text for each in journal.edit(first.key, 0, "Twice.").scene.beats] == ["Twice.", "Beside."]
    assert journal.head.scene.beats[0].source == BY_PLAYER


def test_the_text_as_it_was_told_gives_the_beat_back(journal):
    (first,) = tell_many(journal, 1)
    journal.edit(first.key, 0, "Changed.")
    assert journal.edit(first.key, 0, first.scene.beats[0].text) == first == journal.head


def test_edits_come_in_order_each_with_how_many_scenes_there_were(journal):
    first, second = tell_many(journal, 2)
    journal.edit(second.key, 1, "One.")
    tell(journal)
    journal.edit(first.key, 0, "Two.")
    journal.edit(first.key, 0, "Two.")
    assert journal.edits() == (Revision(1, second.key, 1, "One.", 2), Revision(2, first.key, 0, "Two.", 3))


def test_an_edit_holds_in_the_next_opening_and_in_a_copy_in_memory(path):
    journal = Journal.create(path, HEADER)
    first, _ = tell_many(journal, 2)
    now = journal.edit(first.key, 0, "Changed.")
    assert journal.detached().node(first.key) == now
    journal.close()
    again = Journal.open(path)
    assert again.node(first.key) == now
    again.close()


def test_a_retelling_is_not_changed_by_an_edit_of_the_telling_before(journal):
    first, second = tell_many(journal, 2)
    journal.edit(second.key, 0, "Changed.")
    again = tell(journal, "b", "told again", first, 1)
    assert [node.scene.beats[0].text for node in journal.tellings(second.key)] == ["Changed.", again.scene.beats[0].text]


def test_what_cannot_be_edited_is_told(journal):
    (first,) = tell_many(journal, 1)
    with pytest.raises(KeyError):
        journal.edit("nowhere", 0, "Changed.")
    for beyond in (2, -1):
        with pytest.raises(IndexError):
            journal.edit(first.key, beyond, "Changed.")
    assert journal.edits() == ()


def asked(journal, key):
    journal.asking(key, "h", b"asked", "scene", SHAPE)


def shown(journal, key):
    journal.show(key, [(0, beat("Half"))])


def attempted(journal, key):
    journal.attempted(key, "h", b"", "scene", Attempt("", DONE))


@pytest.mark.parametrize("come", [asked, shown, attempted])
def test_above_a_scene_that_is_half_told_nothing_is_edited(journal, come):
    trunk = tell_many(journal, 4)
    side = tell(journal, "c", "another way", trunk[0])
    come(journal, journal.begin(trunk[3].key, "a"))
    journal.go(side.key)
    for above in (trunk[0], trunk[2], trunk[3]):
        with pytest.raises(ValueError, match="half told"):
            journal.edit(above.key, 0, "Changed.")
    assert journal.edit(side.key, 0, "Changed.") == journal.head
    assert len(journal.edits()) == 1


def test_a_first_scene_that_is_told_again_is_below_no_scene(journal):
    (first,) = tell_many(journal, 1)
    shown(journal, journal.begin(ROOT, "", 1))
    assert journal.edit(first.key, 0, "Changed.").scene.beats[0].text == "Changed."


def test_after_a_pick_for_which_nothing_was_asked_yet_the_scene_can_be_edited(journal):
    (first,) = tell_many(journal, 1)
    journal.begin(first.key, "a")
    journal.edit(first.key, 0, "Changed.")
    assert len(journal.edits()) == 1


def test_a_recording_has_the_scenes_as_they_were_told_and_the_edits_on_the_way(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 3)
    side = tell(journal, "c", "another way", trunk[0])
    again = tell(journal, "a", "told again", trunk[1], 1, steer="less grim")
    journal.edit(trunk[0].key, 0, "Changed.")
    journal.edit(side.key, 0, "Elsewhere.")
    journal.edit(again.key, 1, "Changed, too.")
    journal.close()
    recording = read_recording(path)
    assert recording.scenes == tuple(node.scene for node in (trunk[0], trunk[1], again))
    assert recording.edits == (
        Revision(1, trunk[0].key, 0, "Changed.", 3),
        Revision(3, again.key, 1, "Changed, too.", 3),
    )
    assert recording.steers == {again.key: "less grim"}
    assert recording.picks[-1] == ("a", 1)
