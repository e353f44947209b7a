"""The story tree through the session: to and fro, forks, tellings, edits, bookmarks, the map."""

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from game.clients import Capabilities, Delta, SceneRequest
from game.journal import Journal
from game.narrator.read import sentences_of
from game.session import (
    BeatGrew,
    Begin,
    Bookmark,
    Branches,
    Continue,
    DropBookmark,
    EditBeat,
    Edited,
    Ended,
    Event,
    Flip,
    Forward,
    GoTo,
    Leave,
    Library,
    LookAtMap,
    MapReady,
    Marks,
    Notice,
    Past,
    Pick,
    Picked,
    Retell,
    Rewind,
    SceneBegan,
    SceneReady,
    Session,
    Started,
    Teller,
)
from game.session.tally import tally_of
from game.story import Scene, draw
from tests.conftest import REPOSITORY
from tests.scripted import good_reply

ENDLESS = str(REPOSITORY / "bench" / "endless")


class Writer:
    """A model that writes well, and keeps what it was asked."""

    name = "writer"
    model = "writer-1"
    capabilities = Capabilities(networked=False)

    def __init__(self) -> None:
        self.requests: list[SceneRequest] = []

    async def stream(self, request: SceneRequest):
        self.requests.append(request)
        yield Delta(good_reply(request.brief))

    async def aclose(self) -> None:
        pass

    def asked(self, n: int = -1) -> str:
        """What was asked last of a request."""
        return self.requests[n].messages[-1].content


class Play:
    """A session without a thread, and what it says."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(Library(folder=folder), threaded=False)
        self.all: list[Event] = []
        self.last: tuple[Event, ...] = ()

    def do(self, *commands) -> tuple[Event, ...]:
        """Ask for this; what the last of it brought."""
        for command in commands:
            self.session.submit(command)
            self.last = self.session.poll()
            self.all += self.last
        return self.last

    def of(self, kind: type) -> list:
        """What the last command brought of a kind."""
        return [event for event in self.last if isinstance(event, kind)]

    def of_all(self, kind: type) -> list:
        """All of a kind."""
        return [event for event in self.all if isinstance(event, kind)]

    @property
    def ready(self) -> SceneReady:
        """The scene that is read now."""
        return self.of_all(SceneReady)[-1]

    @property
    def scene(self) -> Scene:
        return self.ready.scene

    @property
    def codes(self) -> list[str]:
        return [notice.code for notice in self.of(Notice)]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    play = Play(tmp_path / "data")
    yield play
    play.session.close()


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Writer:
    writer = Writer()
    monkeypatch.setattr("game.session.opening.open_client", lambda name, options: writer)
    return writer


def begin(play: Play, picks: str = "", pack: str = ENDLESS, **how: object) -> list[Scene]:
    """The scenes of a playthrough with these picks."""
    play.do(Begin(pack, seed=7, **how))
    scenes = [play.scene]
    for slot in picks:
        play.do(Pick(slot))
        scenes.append(play.scene)
    return scenes


def kinds(events: tuple[Event, ...]) -> list[type]:
    return [type(event) for event in events if not isinstance(event, BeatGrew)]


# ------------------------------------------------------------------ to and fro


def test_going_back_shows_the_way_and_the_scene_that_it_leads_to(play: Play) -> None:
    scenes = begin(play, "aba")
    assert kinds(play.do(Rewind())) == [Past, SceneReady]
    assert play.of(Past) == [Past(((scenes[0], "a"), (scenes[1], "b")))]
    assert (play.scene, play.ready.recalled, play.ready.settled) == (scenes[2], True, True)
    assert play.ready.branches == Branches(told=("a",), forward="a")


def test_going_back_by_several_scenes_ends_at_the_first(play: Play) -> None:
    scenes = begin(play, "aba")
    play.do(Rewind(2))
    assert play.scene == scenes[1]
    play.do(Rewind(100))
    assert play.scene == scenes[0]
    assert play.of(Past) == [Past(())]


def test_before_the_first_scene_there_is_none(play: Play) -> None:
    begin(play)
    assert kinds(play.do(Rewind())) == [Notice]
    assert play.codes == ["first_scene"]


def test_forward_leads_where_the_player_was_last(play: Play) -> None:
    begin(play, "aa")
    play.do(Rewind(2))
    other = begin_again(play, "ba")
    play.do(Rewind(2), Forward())
    assert play.scene == other[0]
    play.do(Forward(100))
    assert play.scene == other[1]
    play.do(Forward())
    assert play.codes == ["nothing_ahead"]


def begin_again(play: Play, picks: str) -> list[Scene]:
    scenes = []
    for slot in picks:
        play.do(Pick(slot))
        scenes.append(play.scene)
    return scenes


def test_going_back_and_forward_outlives_closing(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    scenes = begin(play, "aba", journal=path)
    play.do(Rewind(2), Leave())
    play.do(Continue(path, pack=ENDLESS))
    assert play.scene == scenes[1]
    assert kinds(play.last) == [Started, Marks, Past, SceneReady]
    play.do(Rewind(1), Forward(3))
    assert play.scene == scenes[3]


def test_any_scene_can_be_gone_to(play: Play) -> None:
    scenes = begin(play, "aa")
    play.do(Rewind(2))
    begin_again(play, "b")
    play.do(GoTo(scenes[2].key))
    assert play.scene == scenes[2]
    assert play.of(Past)[0].scenes == ((scenes[0], "a"), (scenes[1], "a"))
    play.do(GoTo("nowhere"))
    assert play.codes == ["no_such_scene"]


def test_of_a_long_way_the_latest_hundred_scenes_are_shown(play: Play) -> None:
    scenes = begin(play, "a" * 104)
    play.do(Rewind(0), Rewind(1))
    assert [scene for scene, _ in play.of(Past)[0].scenes] == scenes[3:103]


def test_an_ending_can_be_gone_back_from_and_reached_again(play: Play) -> None:
    play.do(Begin("last_keeper", seed=7))
    while not play.of(Ended):
        play.do(Pick(play.scene.choices[draw(1, play.scene.key, "bot", len(play.scene.choices))].slot))
    ended = play.of(Ended)
    assert kinds(play.do(Rewind())) == [Past, SceneReady]
    assert kinds(play.do(Forward())) == [Past, SceneReady, Ended]
    assert play.of(Ended) == ended


# ------------------------------------------------------------------ the same slot, and others


def test_the_same_slot_again_is_read_again_and_asks_nothing(play: Play, writer: Writer) -> None:
    scenes = begin(play, "ab")
    play.do(Rewind(2))
    assert kinds(play.do(Pick("a"))) == [Picked, SceneReady]
    assert (play.scene, play.ready.recalled, play.ready.branches.forward) == (scenes[1], True, "b")
    assert len(writer.requests) == 3


def test_another_slot_is_another_branch_and_the_first_stays(play: Play, writer: Writer) -> None:
    scenes = begin(play, "ab")
    play.do(Rewind(1), Pick("a"))
    fork = play.scene
    assert not play.ready.recalled
    assert fork.key != scenes[2].key
    play.do(Rewind())
    assert play.ready.branches == Branches(told=("a", "b"), forward="a")
    play.do(Pick("b"))
    assert play.scene == scenes[2]
    assert len(writer.requests) == 4


def test_a_branch_is_what_it_would_be_without_the_others(play: Play, writer: Writer, tmp_path: Path) -> None:
    begin(play, "aaa")
    play.do(Rewind(3))
    branch = begin_again(play, "ba")
    alone = Play(tmp_path)
    assert begin(alone, "ba")[1:] == branch
    alone.session.close()


# ------------------------------------------------------------------ tellings


def test_a_scene_told_again_is_the_same_in_other_words(play: Play, writer: Writer) -> None:
    before = begin(play, "ab")[-1], play.ready.state.hash
    assert kinds(play.do(Retell())) == [Past, SceneBegan, SceneReady]
    scene = play.scene
    assert scene.key != before[0].key
    assert scene.beats != before[0].beats
    assert (scene.storylet, scene.title, scene.place) == (before[0].storylet, before[0].title, before[0].place)
    assert [choice.outcome for choice in scene.choices] == [choice.outcome for choice in before[0].choices]
    assert play.ready.state.hash == before[1]
    assert not play.ready.recalled
    assert play.ready.branches == Branches(telling=1, tellings=2)


def test_tellings_are_turned_like_pages_and_each_keeps_what_follows_it(play: Play, writer: Writer) -> None:
    first = begin(play, "ab")
    play.do(Rewind(1), Retell())
    second = play.scene
    assert play.ready.branches.told == ()
    play.do(Retell())
    third = play.scene
    asked = len(writer.requests)
    for by, scene, telling in ((1, first[1], 0), (1, second, 1), (-1, first[1], 0), (-1, third, 2), (4, first[1], 0)):
        play.do(Flip(by))
        assert (play.scene, play.ready.branches.telling, play.ready.branches.tellings) == (scene, telling, 3)
    assert play.ready.branches.forward == "b"
    play.do(Forward())
    assert play.scene == first[2]
    assert len(writer.requests) == asked


def test_the_slot_leads_to_the_telling_that_was_read_last(play: Play) -> None:
    begin(play, "a")
    play.do(Retell())
    second = play.scene
    play.do(Flip(), Flip(), Rewind(), Pick("a"))
    assert play.scene == second


def test_a_scene_that_was_told_once_has_no_other_telling(play: Play) -> None:
    begin(play, "a")
    play.do(Flip())
    assert play.codes == ["no_other_telling"]


def test_the_first_scene_can_be_told_again(play: Play) -> None:
    first = begin(play)[0]
    play.do(Retell())
    assert play.of(Past) == [Past(())]
    assert play.scene.key != first.key
    play.do(Flip())
    assert play.scene == first


def test_what_happens_in_the_scenes_after_a_telling_is_drawn_anew(play: Play) -> None:
    begin(play, "aaaa")
    play.do(Rewind(3), Retell())
    begin_again(play, "aaa")
    play.do(LookAtMap())
    scenes = play.of(MapReady)[0].map.scenes
    assert len({scene.key for scene in scenes}) == len(scenes) == 9


def test_a_scene_whose_storylet_the_pack_has_no_longer_is_not_told_again(play: Play, tmp_path: Path) -> None:
    pack, path = tmp_path / "endless", tmp_path / "one.journal"
    shutil.copytree(ENDLESS, pack)
    storylet = begin(play, "", str(pack), journal=path)[0].storylet
    play.do(Leave())
    file = pack / "storylets" / "crossing.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"[{storylet}]", "[another]").replace(f"[[{storylet}.", "[[another."), "utf-8")
    play.do(Continue(path, pack=str(pack)))
    kept = play.ready
    assert kinds(play.do(Retell())) == [Notice]
    assert play.codes == ["not_in_pack"]
    play.do(GoTo(kept.scene.key))
    assert play.scene == kept.scene


# ------------------------------------------------------------------ how it is asked for


def test_how_the_player_would_like_it_stands_last_in_the_request_and_nowhere_else(play: Play, writer: Writer) -> None:
    begin(play, "a")
    before, state = writer.asked(), play.ready.state.hash
    play.do(Retell("less grim"))
    assert writer.asked().startswith(before)
    assert writer.asked()[len(before) :].count("<wish>less grim</wish>") == 1
    assert writer.requests[-1].messages[:-1] == writer.requests[-2].messages[:-1]
    assert play.ready.state.hash == state
    steered = writer.requests[-1]
    play.do(Flip(), Retell())
    assert writer.asked() == before
    assert [request.brief.slots for request in writer.requests[-2:]] == [steered.brief.slots] * 2


def test_the_wish_stays_where_it_stood_for_the_scenes_that_follow(play: Play, writer: Writer) -> None:
    begin(play, "a")
    play.do(Retell("less grim"), Pick("a"))
    assert [message.content for message in writer.requests[-1].messages[:-2]] == [
        message.content for message in writer.requests[-2].messages
    ]


def test_a_wish_is_kept_short_and_on_one_line(play: Play, writer: Writer) -> None:
    begin(play)
    play.do(Retell(" less\n\n\x07grim " + "and so on " * 100))
    wish = writer.asked().partition("<wish>")[2].partition("</wish>")[0]
    assert wish.startswith("less grim and so on")
    assert len(wish) <= 200
    assert "\n" not in wish


def test_the_offline_storyteller_says_that_it_cannot_be_told_how(play: Play) -> None:
    begin(play, "a")
    assert kinds(play.do(Retell("less grim"))) == [Notice, Past, SceneBegan, SceneReady]
    assert play.codes == ["no_steer"]
    play.do(Retell())
    assert play.codes == []


def test_a_scene_told_again_counts_as_neither_ahead_nor_late(play: Play, writer: Writer, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    begin(play, "a", journal=path)
    play.do(Retell(), Retell(), Leave())
    journal = Journal.open(path)
    tally = tally_of(journal.spending())
    journal.close()
    assert (tally.requests, tally.hits, tally.misses) == (4, 0, 1)


# ------------------------------------------------------------------ edits


def test_an_edit_changes_a_text_and_keeps_all_that_follows(play: Play, writer: Writer) -> None:
    scenes, state = begin(play, "ab"), play.ready.state.hash
    assert kinds(play.do(EditBeat(scenes[1].key, 1, "The  gate\nis open."))) == [Edited]
    beat, origin = play.of(Edited)[0].beat, scenes[1].beats[1].source
    assert (beat.text, beat.kind, beat.speaker) == ("The gate is open.", scenes[1].beats[1].kind, scenes[1].beats[1].speaker)
    assert (beat.source.by, beat.source.via, beat.source.ref) == ("player", "edit", f"{origin.by} {origin.via} {origin.ref}")
    play.do(Rewind())
    assert play.scene.beats == (scenes[1].beats[0], beat, *scenes[1].beats[2:])
    assert play.scene.choices == scenes[1].choices
    play.do(Forward())
    assert (play.scene, play.ready.state.hash) == (scenes[2], state)


def test_later_prompts_read_an_edited_scene_as_it_reads_now(play: Play, writer: Writer) -> None:
    scenes = begin(play, "a")
    play.do(EditBeat(scenes[0].key, 0, "The gate is open."), Pick("b"))
    told = " ".join(message.content for message in writer.requests[-1].messages)
    assert "The gate is open." in told
    assert scenes[0].beats[0].text not in told


def test_what_an_edit_says_may_not_be_said_again_and_what_it_took_out_may(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    class Repeats(Writer):
        """Says one sentence in each scene from the second on."""

        said = ""

        async def stream(self, request: SceneRequest):
            reply = good_reply(request.brief)
            self.requests.append(request)
            yield Delta(reply.replace('"t": "', f'"t": "{self.said} ', 1) if self.said else reply)

    client = Repeats()
    monkeypatch.setattr("game.session.opening.open_client", lambda name, options: client)
    scenes = begin(play, "aa")
    old, new = sentences_of(scenes[0].beats[1].text)[0], "Nine yellow buckets stood along the harbour wall at noon."
    play.do(EditBeat(scenes[0].key, 1, new))
    client.said = new
    play.do(Pick("a"))
    assert new not in " ".join(beat.text for beat in play.scene.beats)
    client.said = old
    play.do(Pick("a"))
    assert old in " ".join(beat.text for beat in play.scene.beats)


def test_an_edit_is_given_back_by_the_text_that_was_told_or_by_none(play: Play) -> None:
    scene = begin(play)[0]
    for text in (scene.beats[0].text, ""):
        play.do(EditBeat(scene.key, 0, "The gate is open."), EditBeat(scene.key, 0, text))
        assert play.of(Edited) == [Edited(scene.key, 0, scene.beats[0])]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda key: EditBeat("nowhere", 0, "x"), "no_such_scene"),
        (lambda key: EditBeat("nowhere", 0, ""), "no_such_scene"),
        (lambda key: EditBeat(key, 99, "x"), "no_such_beat"),
        (lambda key: EditBeat(key, 99, ""), "no_such_beat"),
        (lambda key: EditBeat(key, -1, "x"), "no_such_beat"),
        (lambda key: EditBeat(key, 0, " \x00\u200b\n"), "no_such_beat"),
    ],
)
def test_an_edit_that_cannot_be_says_why(play: Play, change: Callable[[str], EditBeat], code: str) -> None:
    scene = begin(play)[0]
    assert kinds(play.do(change(scene.key))) == [Notice]
    assert play.codes == [code]
    play.do(Rewind(0), GoTo(scene.key))
    assert play.scene == scene


def test_an_edited_text_has_no_control_characters_and_an_end(play: Play) -> None:
    scene = begin(play)[0]
    play.do(EditBeat(scene.key, 0, "A \x1b[31mred\u202e gate.\u2028" + "long " * 1000))
    text = play.of(Edited)[0].beat.text
    assert text.startswith("A [31mred gate. long")
    assert len(text) <= 2000


def test_the_credits_of_an_ending_name_the_player_who_rewrote_it(play: Play) -> None:
    play.do(Begin("last_keeper", seed=7))
    while not play.of(Ended):
        play.do(Pick(play.scene.choices[draw(1, play.scene.key, "bot", len(play.scene.choices))].slot))
    play.do(EditBeat(play.scene.key, 0, "The lamp goes out."), GoTo(play.scene.key))
    shares = [(share.by, share.via, share.texts, share.words) for share in play.of(Ended)[0].credits.shares]
    assert ("player", "edit", 1, 4) in shares


# ------------------------------------------------------------------ bookmarks and the map


def test_what_is_kept_is_told_when_a_story_is_taken_up_and_after_each_change(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    scenes = begin(play, "a", journal=path)
    assert [event.cards for event in play.all if isinstance(event, Marks)] == [()]
    play.do(
        Bookmark(), Bookmark(slot="12", scene=scenes[0].key), Bookmark("Before the door", "2"), Bookmark("One"), Bookmark("Two")
    )
    cards = play.of(Marks)[0].cards
    assert [(card.mark.slot, card.mark.name, card.turn) for card in cards] == [
        ("quick", "", 2),
        ("2", "Before the door", 2),
        ("12", "", 1),
        ("", "Two", 2),
        ("", "One", 2),
    ]
    assert (cards[2].title, cards[2].place, cards[2].ended) == (scenes[0].title, scenes[0].place, False)
    play.do(DropBookmark("One"), DropBookmark(slot="2"), Bookmark(scene=scenes[0].key), Leave())
    play.do(Continue(path, pack=ENDLESS))
    assert [(card.mark.slot, card.mark.name, card.turn) for card in play.of(Marks)[0].cards] == [
        ("quick", "", 1),
        ("12", "", 1),
        ("", "Two", 2),
    ]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Bookmark(slot="0"), "no_such_slot"),
        (Bookmark(slot="first"), "no_such_slot"),
        (Bookmark(scene="nowhere"), "no_such_scene"),
        (DropBookmark("Nothing"), "no_such_mark"),
    ],
)
def test_what_cannot_be_kept_or_dropped_is_told(play: Play, command: Bookmark | DropBookmark, code: str) -> None:
    begin(play)
    assert kinds(play.do(command)) == [Notice]
    assert play.codes == [code]


def test_the_map_shows_all_that_was_told_and_how_many_endings_were_not_found(play: Play) -> None:
    begin(play, "ab", "last_keeper")
    play.do(Rewind(), Pick("a"), Retell(), LookAtMap())
    ready = play.of(MapReady)[0]
    assert [(scene.turn, scene.slot, scene.telling) for scene in ready.map.scenes] == [
        (1, "", 0),
        (2, "a", 0),
        (3, "b", 0),
        (3, "a", 0),
        (3, "a", 1),
    ]
    assert ready.map.head == play.scene.key
    assert (ready.endings, ready.unfound) == ({}, len(play.of_all(Started)[0].pack.endings))


def test_an_ending_that_was_found_is_on_the_map_by_its_title(play: Play) -> None:
    play.do(Begin("last_keeper", seed=7))
    while not play.of(Ended):
        play.do(Pick(play.scene.choices[draw(1, play.scene.key, "bot", len(play.scene.choices))].slot))
    ended = play.of(Ended)[0]
    play.do(LookAtMap())
    ready = play.of(MapReady)[0]
    assert ready.endings == {ended.ending: ended.title}
    assert ready.unfound == len(play.of_all(Started)[0].pack.endings) - 1


def test_without_a_story_there_is_nothing_to_move_in(play: Play) -> None:
    for command in (Rewind(), Retell(), EditBeat("x", 0, "x"), Bookmark(), LookAtMap()):
        play.do(command)
        assert play.codes == ["no_story"]


def test_moves_told_one_after_another_agree_with_the_way_that_they_show(play: Play) -> None:
    """Whatever is done, `Past` and the scene that follows it are one way, each scene picked from the one before."""
    begin(play, "aaab")
    play.do(Rewind(2), Retell(), Pick("b"), Rewind(), Flip(), Forward(9), GoTo(play.scene.key), Rewind(1))
    for event, ready in pairwise(event for event in play.all if isinstance(event, Past | SceneReady)):
        if isinstance(event, Past):
            turns = [scene.turn for scene, _ in event.scenes]
            assert turns == list(range(1, ready.scene.turn))
            assert all(scene.choice(slot) for scene, slot in event.scenes)


@pytest.mark.parametrize("teller", [Teller(), Teller("chaos:stub", chaos_seed=3)])
def test_the_same_moves_give_the_same_events(tmp_path: Path, teller: Teller) -> None:
    def played(folder: Path) -> list[Event]:
        play = Play(folder)
        begin(play, "aab", teller=teller)
        play.do(Rewind(2), Retell("softly"), Pick("b"), EditBeat(play.scene.key, 0, "It rains."), Pick("a"), Flip(), Forward(2))
        play.session.close()
        return play.all

    assert played(tmp_path / "one") == played(tmp_path / "two")
