"""Putting a sealed playthrough on the disk: whole and readable, or not at all, and never over something that is there."""

import os
from contextlib import suppress
from pathlib import Path

from game.journal.sealing.read import open_sealed
from game.journal.sealing.unfit import SealError


def put(path: Path, data: bytes) -> None:
    """Write it beside its place, see that it opens, and move it there.

    Raises:
        SealError: there is something at `path`, or the place cannot be written.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        raise SealError(f"{path}: there is a file already; name another one, or move it away") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    placed = False
    try:
        beside.write_bytes(data)
        open_sealed(beside)
        os.replace(beside, path)
        placed = True
    except SealError as error:
        raise SealError(f"{path}: cannot be made, it would not open again ({error.__cause__})") from error
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if not placed:
            for each in (beside, path):
                with suppress(OSError):
                    each.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> SealError:
    return SealError(f"{path}: cannot be written ({error.strerror or type(error).__name__}); free the place, or name another")
