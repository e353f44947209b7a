"""Making a sealed playthrough: the same recording and pack give the same bytes, on every platform."""

import io
import zipfile
from collections.abc import Mapping

from game.journal.recording import Recording
from game.journal.sealing.harmless import harmless
from game.journal.sealing.manifest import NAME, Manifest, make_manifest
from game.journal.sealing.story import write_story
from game.journal.sealing.unfit import Unfit
from game.packs import Pack

PACK = "pack/"
"""The folder of the pack's files."""

_THEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell: when something was sealed is not in it."""
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def sealed(recording: Recording, pack: Pack, texts: Mapping[str, str]) -> tuple[Manifest, bytes]:
    """The sealed playthrough, and its manifest. `texts` are the files of `pack`, which must be the one that it was begun with.

    Raises:
        Unfit: the pack is another one, there is no scene yet, or something is too long.
    """
    header = recording.header
    if (pack.id, pack.hash, pack.initial) != (header.pack_id, header.pack_hash, header.initial):
        known = f"{header.pack_title} {header.pack_version}, {header.pack_hash[:8]}"
        found = f"{pack.title} {pack.version}, {pack.hash[:8]}"
        raise Unfit(f"it was begun with another pack ({known}) than this one ({found})", "name that one by --pack")
    if not recording.scenes:
        raise Unfit("no scene of it was told yet", "play it first")
    kept = harmless(recording)
    members = {**write_story(kept), **{f"{PACK}{name}": text.encode() for name, text in texts.items()}}
    manifest = make_manifest(kept.header, kept.scenes, dict(sorted(members.items())))
    return manifest, _zip({NAME: manifest.to_bytes(), **dict(sorted(members.items()))})


def _zip(members: Mapping[str, bytes]) -> bytes:
    """Nothing in it is packed: what packing makes of the same bytes depends on the library that does it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _THEN)
            info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(info, data)
    return out.getvalue()
