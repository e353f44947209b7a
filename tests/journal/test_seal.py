"""A sealed playthrough as a file: what is in it and what is not, where it was changed, and what a stranger may send."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.journal import read_recording
from game.journal.entry import Revision
from game.journal.sealing import SealError, Unfit, open_sealed, put, read_tape, sealed
from game.journal.sealing.harmless import model_name
from game.journal.sealing.read import LIMITS
from game.packs.shelf import find_texts
from game.session import Teller
from game.story import Player
from game.story.canonical import canonical_bytes
from tests.conftest import REPOSITORY
from tests.journal.sealings import MANIFEST, Members, edited, members_of, resealed, seal_of, told, zipped
from tests.packs.workshop import GOOD, good, write_folder
from tests.server import ModelServer

ENDLESS = REPOSITORY / "bench/endless"
FAULTS = "ok,500,ok,cut,ok,429,truncated,ok,refusal,ok"


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story of the offline storyteller, told to its end."""
    path = tmp_path_factory.mktemp("told") / "told.journal"
    told(path)
    return path


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long story of a model, with faults of its service, and with a recap."""
    path = tmp_path_factory.mktemp("spoken") / "told.journal"
    with ModelServer(FAULTS, pace=0.0) as server:
        told(path, Teller("openai", "some-model", server.url), ENDLESS, 5, 60)
    return path


@pytest.fixture(scope="module")
def whole(journal: Path) -> bytes:
    return seal_of(journal)


@pytest.fixture
def members(whole: bytes) -> Members:
    return members_of(whole)


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[bytes], str]:
    """Why a file with these bytes is refused: one line that begins with its name."""

    def refused(data: bytes) -> str:
        path = tmp_path / "strange.sealed"
        path.write_bytes(data)
        with pytest.raises(SealError) as caught:
            open_sealed(path)
        message = str(caught.value)
        assert message.startswith(f"{path}: ")
        assert message.isprintable()
        return message.removeprefix(f"{path}: ")

    return refused


# What is in it


def test_the_recording_and_the_pack_come_out_as_they_went_in(tmp_path: Path, journal: Path, whole: bytes) -> None:
    path = tmp_path / "told.sealed"
    put(path, whole)
    found = open_sealed(path)
    before = read_recording(journal)
    assert found.recording == replace(before, header=replace(before.header, declarations={}))
    assert found.pack == find_texts(str(GOOD))[0]
    assert found.manifest.scenes == len(found.recording.scenes)
    assert found.manifest.ending in found.pack.endings


def test_what_was_asked_comes_out_to_the_byte(tmp_path: Path, spoken: Path) -> None:
    path = tmp_path / "told.sealed"
    put(path, seal_of(spoken, ENDLESS))
    before, after = read_recording(spoken), open_sealed(path).recording
    assert dict(after.requests) == before.requests
    assert after.recaps == before.recaps
    assert len(before.recaps) == 1


def test_a_conversation_that_comes_again_in_each_request_is_kept_once(spoken: Path) -> None:
    members = members_of(seal_of(spoken, ENDLESS))
    kept = sum(len(data) for name, data in members.items() if name.startswith(("requests/", "pieces/")))
    assert 4 * kept < sum(map(len, read_recording(spoken).requests.values()))


def test_the_same_journal_gives_the_same_bytes(journal: Path, whole: bytes) -> None:
    assert seal_of(journal) == whole


def test_a_pack_with_other_line_ends_gives_the_same_bytes(tmp_path: Path, journal: Path, whole: bytes) -> None:
    windows = {name: data.replace(b"\n", b"\r\n") for name, data in good().items()}
    assert seal_of(journal, write_folder(tmp_path / "good", windows)) == whole


def test_its_members_have_no_time_and_are_not_packed(whole: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        infos = archive.infolist()
    assert infos[0].filename == MANIFEST
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}


def test_every_member_is_bounded_however_long_the_story_is(spoken: Path) -> None:
    recording = read_recording(spoken)
    longest = replace(recording.scenes[0].beats[0], text="A long wave. " * 12_000)
    scenes = tuple(replace(scene, beats=(longest, longest)) for scene in recording.scenes)
    members = members_of(sealed(replace(recording, scenes=scenes), *find_texts(str(ENDLESS)))[1])
    assert len([name for name in members if name.startswith("scenes/")]) > 30
    assert max(map(len, members.values())) <= 1 << 20


def test_the_first_bytes_say_whether_it_is_sealed_or_a_journal(tmp_path: Path, journal: Path, whole: bytes) -> None:
    path = tmp_path / "of-any.name"
    path.write_bytes(whole)
    recording, pack = read_tape(path)
    assert pack is not None
    plain, no_pack = read_tape(journal)
    assert (plain.scenes, no_pack) == (recording.scenes, None)


def test_a_pick_that_waits_for_its_scene_is_sealed_with_what_came_of_it(tmp_path: Path, journal: Path) -> None:
    recording = read_recording(journal)
    waiting = replace(recording, scenes=recording.scenes[:-1])
    path = tmp_path / "told.sealed"
    put(path, sealed(waiting, *find_texts(str(GOOD)))[1])
    found = open_sealed(path)
    assert (found.recording.picks, found.recording.scenes) == (waiting.picks, waiting.scenes)
    assert found.recording.attempts == waiting.attempts
    assert found.manifest.ending is None


@pytest.mark.parametrize(
    "text",
    [
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f469\u200d\U0001f680",
        "\U000323b1",
        "\u00e9t\u00e9\nencore",
    ],
)
def test_what_a_player_wrote_in_any_script_comes_out_as_it_was(tmp_path: Path, journal: Path, text: str) -> None:
    recording = read_recording(journal)
    key = recording.scenes[1].key
    written = replace(
        recording,
        steers={key: text},
        edits=(Revision(1, key, 0, text, 2),),
        header=replace(recording.header, player=Player(text)),
    )
    path = tmp_path / "told.sealed"
    put(path, sealed(written, *find_texts(str(GOOD)))[1])
    found = open_sealed(path).recording
    assert (found.steers, found.edits, found.header.player.name) == (written.steers, written.edits, text)


def test_it_is_never_put_over_a_file(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "told.sealed"
    path.write_text("mine")
    with pytest.raises(SealError, match="there is a file already"):
        put(path, whole)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["mine"]


def test_what_would_not_open_again_is_not_left_there(tmp_path: Path, whole: bytes) -> None:
    with pytest.raises(SealError, match="would not open again"):
        put(tmp_path / "told.sealed", whole[:-40])
    assert list(tmp_path.iterdir()) == []


def test_another_pack_than_the_one_it_was_begun_with_is_refused(tmp_path: Path, journal: Path) -> None:
    other = write_folder(tmp_path / "good", good() | {"world.md": b"Another river."})
    with pytest.raises(Unfit, match="begun with another pack"):
        sealed(read_recording(journal), *find_texts(str(other)))


def test_a_story_of_which_nothing_was_told_is_not_sealed(journal: Path) -> None:
    with pytest.raises(Unfit, match="no scene of it was told"):
        sealed(replace(read_recording(journal), scenes=()), *find_texts(str(GOOD)))


# What is not in it


@pytest.mark.parametrize(
    ("via", "told_as"),
    [
        ("stub", "stub"),
        ("edit", "edit"),
        ("local/deep", "local/deep"),
        ("openai/gpt-9", "openai/gpt-9"),
        ("openai/some-body/some-model-8b", "openai/some-body/some-model-8b"),
        ("openai/accounts/fire/models/deep-v3", "openai/accounts/fire/models/deep-v3"),
        ("openai//home/maren/models/deep.gguf", "openai/deep.gguf"),
        ("openai//home/maren/models/deep/", "openai/deep"),
        ("openai/~/models/deep", "openai/deep"),
        ("openai/../maren/deep", "openai/deep"),
        ("openai/maren/models/deep.GGUF", "openai/deep.GGUF"),
        (r"openai/C:\Users\maren\deep.gguf", "openai/deep.gguf"),
        ("openai/C:/Users/maren/deep", "openai/deep"),
        (r"openai/\\host\maren\deep", "openai/deep"),
        ("openai/~maren", "openai/model"),
        ("openai//home/maren", "openai/model"),
        (r"openai/C:\Users\maren", "openai/model"),
        ("openai//", "openai/model"),
        ("openai/http://maren:key@host:1/v1?key=secret", "openai/model"),
    ],
)
def test_a_model_that_is_called_by_a_path_is_told_without_it(via: str, told_as: str) -> None:
    assert model_name(via) == told_as
    assert model_name(told_as) == told_as


def test_what_a_service_said_of_a_fault_is_in_no_scene_and_not_sealed(spoken: Path) -> None:
    recording = read_recording(spoken)
    said = {each.attempt.message for logged in recording.attempts.values() for each in logged} - {""}
    data = seal_of(spoken, ENDLESS)
    assert len(said) > 3
    assert not [words for words in said if canonical_bytes(words)[1:-1] in data]


# Where it was changed


def test_a_reply_that_was_changed_is_told_by_its_scene(members: Members, refusal: Callable[[bytes], str]) -> None:
    changed = edited(members, "attempts/0001.json", '"scene":1,', '"scene":1, ')
    assert "attempts/0001.json was changed" in refusal(zipped(changed))
    rows = json.loads(members["attempts/0001.json"])
    title = json.loads(members["scenes/0001.json"])[1]["title"]
    row = next(row for row in rows if row["scene"] == 1)
    row["reply"] = row["reply"][::-1]
    changed = members | {"attempts/0001.json": canonical_bytes(rows)}
    assert refusal(zipped(changed)).startswith(
        f'attempts/0001.json was changed (scene 2, "{title}": its attempts were changed); '
    )
    assert refusal(resealed(changed)).startswith(f'scene 2, "{title}": its attempts were changed; ')


def test_a_scene_whose_words_were_changed_is_told(members: Members, refusal: Callable[[bytes], str]) -> None:
    rows = json.loads(members["scenes/0001.json"])
    rows[2]["beats"][0]["text"] += " Or not."
    changed = members | {"scenes/0001.json": canonical_bytes(rows)}
    where = f'scene 3, "{rows[2]["title"]}": its words were changed'
    assert refusal(zipped(changed)).startswith(f"scenes/0001.json was changed ({where})")
    assert refusal(resealed(changed)).startswith(where)


@pytest.mark.parametrize(("name", "value"), [("slot", "d"), ("telling", 7)])
def test_a_pick_that_was_changed_is_told(members: Members, refusal: Callable[[bytes], str], name: str, value: object) -> None:
    rows = json.loads(members["way/0001.json"])
    rows[1][name] = value
    title = json.loads(members["scenes/0001.json"])[1]["title"]
    where = f'scene 2, "{title}": its pick was changed'
    assert refusal(resealed(members | {"way/0001.json": canonical_bytes(rows)})).startswith(where)


def test_a_file_of_the_pack_that_was_changed_is_told_by_its_name(members: Members, refusal: Callable[[bytes], str]) -> None:
    changed = members | {"pack/world.md": members["pack/world.md"] + b"\nIt snows."}
    assert refusal(zipped(changed)).startswith("world.md of its pack was changed; ")
    assert refusal(resealed(changed)).startswith("manifest.json was changed: its pack is not the one that is in it; ")


def test_of_several_changes_the_first_is_told_and_the_others_are_counted(
    members: Members, refusal: Callable[[bytes], str]
) -> None:
    changed = members | {"pack/world.md": b"Snow.", "pack/cast.toml": b""}
    assert refusal(zipped(changed)).startswith("cast.toml of its pack was changed, and 1 more; ")


def test_a_member_that_is_missing_is_told(members: Members, refusal: Callable[[bytes], str]) -> None:
    del members["scenes/0001.json"]
    assert refusal(zipped(members)).startswith("scenes/0001.json is missing; ")


def test_a_name_in_the_manifest_is_told_without_control_characters(members: Members, refusal: Callable[[bytes], str]) -> None:
    claimed = members_of(resealed(members | {"\x1b[31m": b""}))
    del claimed["\x1b[31m"]
    assert refusal(zipped(claimed)).startswith(" [31m is missing; ")
    odd = members | {MANIFEST: members[MANIFEST].replace(b'"members":{', b'"members":{"\\u001b[2J":0,')}
    assert "manifest.json cannot be read" in refusal(zipped(odd))


def test_a_manifest_that_does_not_agree_with_itself_is_told(members: Members, refusal: Callable[[bytes], str]) -> None:
    changed = edited(members, MANIFEST, '"seed":2', '"seed":3')
    assert refusal(zipped(changed)).startswith("manifest.json was changed: its digest is not that of what it says; ")


@pytest.mark.parametrize("claim", [{"scenes": 1}, {"ending": None}, {"ending": "no_such"}])
def test_a_manifest_that_does_not_agree_with_the_story_is_told(
    members: Members, refusal: Callable[[bytes], str], claim: dict[str, str | int | None]
) -> None:
    told_of = refusal(resealed(members, **claim))
    assert told_of.startswith("manifest.json was changed: its scenes and its ending are not those that are in it; ")


def test_a_request_that_was_changed_is_told(spoken: Path, refusal: Callable[[bytes], str]) -> None:
    changed = edited(members_of(seal_of(spoken, ENDLESS)), "pieces/0001.json", "ferry", "wherry")
    message = refusal(resealed(changed))
    assert message.startswith("request ")
    assert "was changed" in message


def test_a_newer_format_is_refused_and_says_what_to_do(members: Members, refusal: Callable[[bytes], str]) -> None:
    assert refusal(resealed(members, version=2)).endswith("(version 2; this one reads 1); update to play it")


# A stranger's file


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"PK\x05\x06" + b"\xff" * 18, b"SQLite"])
def test_what_is_no_sealed_playthrough_is_refused(refusal: Callable[[bytes], str], data: bytes) -> None:
    assert refusal(data)


def test_a_pack_in_a_zip_is_no_sealed_playthrough(refusal: Callable[[bytes], str]) -> None:
    assert refusal(zipped(good())).startswith("cast.toml is nothing that a sealed playthrough has; ")


@pytest.mark.parametrize(
    "name",
    ["../out", "/etc/passwd", "C:\\out", "pack/../../out", "pack\\..\\..\\out", "\\\\host\\share\\out", "way/../way/0001.json"],
)
def test_a_name_that_leads_out_is_refused(members: Members, refusal: Callable[[bytes], str], tmp_path: Path, name: str) -> None:
    assert "leads out of the archive" in refusal(resealed(members | {name: b"out"}))
    assert [each.name for each in tmp_path.iterdir()] == ["strange.sealed"]


@pytest.mark.parametrize(
    "name",
    [
        "readme.txt",
        "pack/run.py",
        "pack/.hidden.toml",
        "way/1.json",
        "way/00001.json",
        "way/",
        "pack",
        "Way/0001.json",
        "\x1b[31m",
    ],
)
def test_a_member_that_is_nothing_of_it_is_refused(members: Members, refusal: Callable[[bytes], str], name: str) -> None:
    assert "is nothing that a sealed playthrough has" in refusal(resealed(members | {name: b"[]"}))


def test_a_member_that_comes_twice_is_refused(whole: bytes, refusal: Callable[[bytes], str]) -> None:
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("way/0001.json", b"[]")
    assert refusal(out.getvalue()).startswith("way/0001.json: the archive holds this file twice; ")


def test_a_link_is_refused(whole: bytes, refusal: Callable[[bytes], str]) -> None:
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("pack/storylets/link.toml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "this is a link" in refusal(out.getvalue())


def test_what_is_encrypted_is_refused(whole: bytes, refusal: Callable[[bytes], str]) -> None:
    data = bytearray(whole)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "encrypted" in refusal(bytes(data))


def test_what_is_packed_is_refused(members: Members, refusal: Callable[[bytes], str]) -> None:
    assert "is packed, and nothing in a sealed playthrough is" in refusal(zipped(members, zipfile.ZIP_DEFLATED))


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(members: Members, refusal: Callable[[bytes], str]) -> None:
    bomb = zipped(members | {"scenes/0002.json": b" " * (40 << 20)}, zipfile.ZIP_DEFLATED)
    assert "unpacks to" in refusal(bomb)


def test_an_archive_beyond_its_bounds_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.sealed"
    with path.open("wb") as file:
        file.truncate(LIMITS.archive + 1)
    with pytest.raises(SealError, match="at most"):
        open_sealed(path)


def test_too_many_members_are_refused(refusal: Callable[[bytes], str]) -> None:
    many = {f"scenes/{n:04}.json": b"" for n in range(LIMITS.members + 1)}
    assert "files in this archive" in refusal(zipped(many))


def test_a_member_beyond_its_bound_is_refused(members: Members, refusal: Callable[[bytes], str]) -> None:
    long = b"[" + b" " * (1 << 20) + b"]"
    assert refusal(resealed(members | {"edits/0001.json": long})).startswith("edits/0001.json has more than")


@pytest.mark.parametrize("depth", [100, 250, 5000, 400_000])
def test_json_that_is_nested_is_refused(members: Members, refusal: Callable[[bytes], str], depth: int) -> None:
    nested = b"[" * depth + b"]" * depth
    assert refusal(resealed(members | {"edits/0001.json": nested}))
    assert refusal(zipped(members | {MANIFEST: nested}))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "null",
        "[1]",
        '[{"after":0}]',
        '[{"after":0,"beat":0,"n":1,"scene":0,"text":"x","text":"y"}]',
        '[{"after":0,"beat":0,"n":1,"scene":0,"text":"x","more":1}]',
        '[{"after":0,"beat":0,"n":1,"scene":0,"text":"x"} ]',
        '[{"after":0,"beat":0,"n":1.0,"scene":0,"text":"x"}]',
        '[{"after":0,"beat":0,"n":1e400,"scene":0,"text":"x"}]',
        '[{"after":0,"beat":0,"n":true,"scene":0,"text":"x"}]',
        '[{"after":0,"beat":-1,"n":1,"scene":0,"text":"x"}]',
        '[{"after":0,"beat":0,"n":' + "9" * 100_000 + ',"scene":0,"text":"x"}]',
        '[{"after":0,"beat":0,"n":1,"scene":0,"text":"\\ud800"}]',
        '[{"after":0,"beat":0,"n":1,"scene":0,"text":"\\u001b[31m"}]',
        '[{"after":0,"beat":99,"n":1,"scene":0,"text":"x"}]',
        '[{"after":0,"beat":0,"n":1,"scene":99,"text":"x"}]',
        "\ufeff[]",
        "[" + "1," * 300_000 + "1]",
    ],
)
def test_a_row_that_is_none_is_refused(members: Members, refusal: Callable[[bytes], str], text: str) -> None:
    assert refusal(resealed(members | {"edits/0001.json": text.encode()}))


def test_requests_that_grow_beyond_all_bounds_are_refused(members: Members, refusal: Callable[[bytes], str]) -> None:
    piece = canonical_bytes(["x" * 500_000])
    requests = canonical_bytes([{"hash": "x", "pieces": [0] * 100_000}])
    bomb = members | {"pieces/0001.json": piece, "requests/0001.json": requests}
    assert "is too long" in refusal(resealed(bomb))


def test_a_request_that_is_no_request_is_refused(members: Members, refusal: Callable[[bytes], str]) -> None:
    odd = members | {
        "pieces/0001.json": canonical_bytes(["not JSON"]),
        "requests/0001.json": canonical_bytes([{"hash": "x", "pieces": [0]}]),
    }
    assert refusal(resealed(odd)).startswith("request x cannot be read")


@pytest.mark.parametrize(
    "player",
    [
        {"name": "\x1b[2J", "pronouns": "she", "person": "second", "tense": "past", "role": ""},
        {"name": "x" * 41, "pronouns": "she", "person": "second", "tense": "past", "role": ""},
        {"name": "", "pronouns": "nobody", "person": "second", "tense": "past", "role": ""},
    ],
)
def test_a_player_who_cannot_be_is_refused(members: Members, refusal: Callable[[bytes], str], player: dict[str, str]) -> None:
    assert refusal(resealed(members, player=player)).startswith("manifest.json cannot be read")


def test_a_pack_that_cannot_be_played_is_refused_by_its_first_fault(members: Members, refusal: Callable[[bytes], str]) -> None:
    assert "PACK104" in refusal(resealed(members | {"pack/cast.toml": b"="}))


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_the_one_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("random") / "random.sealed"
    path.write_bytes(b"PK" + data)
    with pytest.raises(SealError):
        open_sealed(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.data())
def test_a_spoiled_file_is_refused_or_is_still_the_same_story(whole: bytes, tmp_path: Path, data: st.DataObject) -> None:
    spoiled = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        # The directory is a hundredth of the file, and all that can go wrong in a zip.
        at = max(at, len(spoiled) - 1 - at // 50) if data.draw(st.booleans()) else at
        cut = data.draw(st.sampled_from(["turn", "drop", "add"]))
        if cut == "turn":
            spoiled[at] = data.draw(st.integers(0, 255))
        elif cut == "drop":
            del spoiled[at : at + data.draw(st.integers(1, 50))]
        else:
            spoiled[at:at] = data.draw(st.binary(min_size=1, max_size=50))
        if not spoiled:
            break
    path = tmp_path / "spoiled.sealed"
    path.write_bytes(spoiled)
    try:
        found = open_sealed(path)
    except SealError:
        return
    path.write_bytes(whole)
    assert found == open_sealed(path)
