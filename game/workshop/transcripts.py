"""A play written out, as Markdown that a person reads from start to end: what was told, what was on offer, what was picked."""

import re
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from game.packs import Pack
from game.packs.diagnostic import one_line, printable
from game.packs.files import PlayFile
from game.packs.findings import did_you_mean
from game.packs.shelf import find_pack
from game.session import Ended
from game.story import Beat, Choice
from game.workshop.expectations import Turn
from game.workshop.plays import Playthrough, play_through

_MARKUP = re.compile(r"[\\`*_\[\]<>~|&]|^(?:#+|[-+=]|\d+(?=[.)]))")
"""What Markdown would take for its own: some characters anywhere, some at the start of a line."""


class NoSuchPlay(ValueError):
    """The pack has no play of this name, or none at all; the message is one line."""


def write_out(ref: str, name: str = "") -> str:
    """One play of the pack `ref` as Markdown; without a name the first that is to be written out, or the first of all.

    Raises:
        PackError: the pack cannot be played.
        NoSuchPlay: there is no such play.
    """
    pack = find_pack(ref)
    play = _play(pack, name)
    return _markdown(pack, play_through(ref, play))


def write_all(ref: str, folder: Path) -> list[Path]:
    """Write every play of the pack `ref` that says `transcript = true` into a file of its own, and take away what other plays of
    this pack left there. Gives the files. Raises PackError, and OSError where they cannot be written."""
    pack = find_pack(ref)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for play in (play for play in pack.tests if play.transcript):
        path = folder / file_name(pack, play)
        path.write_text(_markdown(pack, play_through(ref, play)), "utf-8", newline="\n")
        written.append(path)
    for old in set(folder.glob(f"{pack.id}-*.md")).difference(written):
        old.unlink()
    return written


def file_name(pack: Pack, play: PlayFile) -> str:
    """What a play's transcript is called."""
    return f"{pack.id}-{play.slug}.md"


def _play(pack: Pack, name: str) -> PlayFile:
    plays = {key: play for play in pack.tests for key in (play.name, play.slug)}
    if not plays:
        raise NoSuchPlay(f"{pack.id} has no plays; write one in tests/")
    if not name:
        return next((play for play in pack.tests if play.transcript), pack.tests[0])
    if name not in plays:
        names = [play.name for play in pack.tests]
        advice = did_you_mean(name, names) or f"There are: {', '.join(names)}."
        raise NoSuchPlay(f'no play of {pack.id} is called "{one_line(name, 80)}". {one_line(advice)}')
    return plays[name]


def _markdown(pack: Pack, told: Playthrough) -> str:
    return "\n\n".join(_blocks(pack, told)) + "\n"


def _blocks(pack: Pack, told: Playthrough) -> Iterator[str]:
    """The paragraphs of a transcript."""
    play = told.play
    yield f"# {_text(pack.title)}: {_text(play.name)}"
    if play.intent:
        yield f"*{_text(play.intent)}*"
    yield f"{_text(pack.title)} {pack.version}, with seed {play.seed}, told by the offline storyteller."
    for turn in told.turns:
        yield from _scene(pack, turn)
    if told.stopped:
        yield f"The play stops here: {_text(told.stopped.words)}"
    yield "---"
    if told.ended:
        yield from _ending(pack, told.ended)
    yield f"Written out by `unwritten transcript {pack.id} {quote(play.slug)}`."


def _scene(pack: Pack, turn: Turn) -> Iterator[str]:
    scene = turn.scene
    yield f"## {scene.turn}. {_text(scene.title)}"
    place = pack.places[scene.place].name
    if place != scene.title:
        yield f"*{_text(place)}*"
    yield from (_beat(pack, beat) for beat in scene.beats)
    if scene.choices:
        yield "\n".join(_choice(choice, choice.slot == turn.picked) for choice in scene.choices)


def _beat(pack: Pack, beat: Beat) -> str:
    if beat.speaker is None:
        return _text(beat.text)
    mood = f" ({beat.expression})" if beat.expression not in (None, "neutral") else ""
    return f"**{_text(pack.cast[beat.speaker].name)}**{mood}: {_text(beat.text)}"


def _choice(choice: Choice, picked: bool) -> str:
    return f"- **→ {_text(choice.text)}**" if picked else f"- {_text(choice.text)}"


def _ending(pack: Pack, ended: Ended) -> Iterator[str]:
    """How it ended, what it left open, and whose words these were."""
    ending = pack.endings[ended.ending]
    yield f"**The end: {_text(ending.title)}.** {_text(ending.text)}".rstrip()
    if ended.open_threads:
        yield "What stayed open:"
        yield "\n".join(f"- {_text(thread)}" for thread in ended.open_threads)
    credits_ = ended.credits
    authors = "; ".join(f"{_text(role)}: {_text(name)}" for name, role in credits_.authors)
    words = "; ".join(f"{share.words:,} words by the {share.by}, via the {share.via}" for share in credits_.shares)
    yield f"{authors[:1].upper()}{authors[1:]}. Licence: {_text(credits_.licence)}. {ended.scenes} scenes, {words}."
    if credits_.statement:
        yield _text(credits_.statement)


def _text(text: str) -> str:
    """A pack's words as Markdown shows them: on one line, with nothing in them taken for markup."""
    return _MARKUP.sub(
        lambda found: "\\" + found[0] if not found[0].isdigit() else found[0] + "\\", " ".join(printable(text).split())
    )
