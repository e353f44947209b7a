"""Finding packs: the bundled ones, those in the user's folder, and any folder or zip by its path."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from platformdirs import user_data_path

from game.packs.diagnostic import Diagnostic, PackError, UnknownPack
from game.packs.findings import Findings, nearest
from game.packs.load import examine, load_pack, load_texts
from game.packs.pack import Pack

_PACKAGE = Path(__file__).parents[1]


def find_pack(ref: str) -> Pack:
    """The pack that `ref` means: an id, a folder, or a zip. An id goes before a path of the same name.

    Raises:
        UnknownPack: there is none.
        PackError: it is there, and cannot be played.
    """
    return load_pack(locate(ref), ref)


def find_texts(ref: str) -> tuple[Pack, Mapping[str, str]]:
    """The same pack, with its files as text, by their paths inside it. Raises like `find_pack`."""
    return load_texts(locate(ref), ref)


def check(ref: str) -> tuple[Diagnostic, ...]:
    """All that is wrong with the pack that `ref` means, errors first.

    Raises:
        UnknownPack: there is none.
    """
    return examine(locate(ref))[1]


def look_into(path: str) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """What lies at a path from anywhere: the pack, if it can be played, and all that is wrong with it."""
    own = _by_path(path)
    if own is None:
        found = Findings()
        found.add("PACK108", path, message="there is no folder and no zip here.")
        return None, found.all
    return examine(own)


def shelf() -> list[tuple[str, Pack | PackError]]:
    """Every pack that can be found by its id, with what `find_pack` takes for it. A broken one is there as its error."""
    found: dict[str, Pack | PackError] = {}
    for name, path in _entries():
        pack = _try(path)
        ref = pack.id if isinstance(pack, Pack) else name
        found[ref if ref not in found else str(path)] = pack
    return list(found.items())


def prompts_folder() -> Path:
    """Where the bundled packs are: inside an installed package, or beside the package in a checkout."""
    return _bundled("prompts")


def assets_folder() -> Path:
    """Where the bundled assets are."""
    return _bundled("assets")


def user_folder() -> Path:
    """Where a user's own packs are kept. It need not exist."""
    return user_data_path("unwritten", appauthor=False) / "packs"


def _bundled(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def _entries() -> Iterator[tuple[str, Path]]:
    """Name and path of all that lies where packs are kept, the bundled first."""
    for folder in (prompts_folder(), user_folder()):
        try:
            paths = sorted(folder.iterdir())
        except OSError:
            continue
        for path in paths:
            if path.suffix.lower() == ".zip" and path.is_file():
                yield path.stem, path
            elif path.is_dir() and not path.name.startswith((".", "_")):
                yield path.name, path


def locate(ref: str) -> Path:
    """Where the pack lies that `ref` means. Raises like `find_pack`, but for what is wrong inside it."""
    entries = list(_entries())
    for name, path in entries:
        if name == ref:
            return path
    if (own := _by_path(ref)) is not None:
        return own
    for _, path in entries:
        pack = _try(path)
        if isinstance(pack, Pack) and pack.id == ref:
            return path
    names = [name for name, _ in entries]
    near = nearest(ref, names)
    raise UnknownPack(ref, f'Did you mean "{near}"?' if near else f"There are: {', '.join(names) or 'none'}.")


def _by_path(ref: str) -> Path | None:
    try:
        path = Path(ref).expanduser()
        return path if ref and (path.is_dir() or path.is_file()) else None
    except (OSError, ValueError, RuntimeError):
        return None


def _try(path: Path) -> Pack | PackError:
    try:
        return load_pack(path)
    except PackError as error:
        return error
