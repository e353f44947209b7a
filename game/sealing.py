"""Sealing a playthrough: one file that plays it again anywhere, and what is in it, in words."""

import sys
from pathlib import Path
from typing import TextIO

from game.journal import JournalError, read_recording
from game.journal.sealing import Manifest, Unfit, put, sealed
from game.packs import Pack, PackError
from game.packs.shelf import find_texts
from game.session import Exit


def seal(journal: Path, out: Path, pack: str = "", say: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Seal the playthrough in `journal` into the new file `out`, and tell what is in it; the exit code.

    `pack` is where the pack that it was begun with lies now; empty looks for it by its id.
    """
    try:
        recording = read_recording(journal)
        found, texts = find_texts(pack or recording.header.pack_id)
        manifest, data = sealed(recording, found, texts)
        put(out, data)
    except Unfit as unfit:
        return _refuse(f"{journal}: cannot be sealed: {unfit}", err)
    except (JournalError, PackError) as error:
        return _refuse(str(error), err)
    for line in _lines(manifest, found, len(data)):
        print(line, file=say)
    return Exit.PLAYED


def _refuse(message: str, err: TextIO) -> int:
    print(f"unwritten: {message}", file=err)
    return Exit.UNUSABLE


def _lines(manifest: Manifest, pack: Pack, size: int) -> tuple[str, ...]:
    """What was sealed, what is in the file, and the seal."""
    many = f"{manifest.scenes} scenes" if manifest.scenes > 1 else "1 scene"
    ending = pack.endings.get(manifest.ending or "")
    where = f', to its ending "{ending.title}"' if ending else ", not ended"
    files = sum(name.startswith("pack/") for name in manifest.members)
    story = len(manifest.members) - files
    return (
        f"{manifest.pack.title} {manifest.pack.version}, seed {manifest.seed}: {many}{where}",
        f"{size} bytes: the way, the replies and the scenes ({story} files), and the pack ({files} files)",
        f"seal {manifest.seal}",
    )
