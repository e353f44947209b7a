"""The map of a playthrough from its file, as a command prints it: as text, or as SVG, DOT or JSON."""

from pathlib import Path
from typing import Literal

from game.journal import read_map
from game.packs import Pack, PackError
from game.packs.shelf import find_pack
from game.storymap import as_dot, as_json, as_svg, as_text, names_of

Form = Literal["text", "svg", "dot", "json"]


def view(path: Path, form: Form, ref: str = "", width: int = 80, encoding: str = "utf-8") -> str:
    """The map of the journal at `path`, which is only read. `ref` is its pack; empty looks for the one that it was played with,
    and does without names and colours where that is not at hand. `width` (columns) and `encoding` are those of a text.

    Raises:
        JournalError: there is no journal, or it cannot be read.
        PackError: `ref` is no pack that can be read.
    """
    header, story = read_map(path)
    pack = find_pack(ref) if ref else _at_hand(header.pack_id)
    names = names_of(story, pack, header.pack_title)
    if form == "svg":
        return as_svg(story, names, pack.palette if pack else None)
    if form == "text":
        return as_text(story, names, width, encoding)
    return as_dot(story, names) if form == "dot" else as_json(story, names)


def _at_hand(pack_id: str) -> Pack | None:
    """A pack that lies where packs are kept. An id in a file may be any text, so it is not taken for a path."""
    try:
        return find_pack(pack_id) if pack_id.isidentifier() else None
    except PackError:
        return None
