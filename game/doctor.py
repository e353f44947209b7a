"""What this machine has for playing: display, clients, packs, files. For the player, and for a bug report."""

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from game import __version__
from game.clients.registry import client_names
from game.packs import Pack
from game.packs.shelf import shelf, user_folder
from game.session import Library, Session, Tally, Teller, TellerTried, TryTeller
from game.settings import Settings, settings_file

PACKAGES = ("pygame-ce", "openai", "pydantic", "jinja2", "common-expression-language", "xllamacpp")


def report(settings: Settings, teller: Teller | None) -> Iterator[tuple[str, str]]:
    """Pairs of a subject and what there is to say of it. With `teller`, also whether that client answers."""
    yield "unwritten", f"{__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield "packages", ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    yield "display", _display()
    yield "clients", f"{', '.join(client_names())}; set: {settings.client}"
    yield "model", settings.model or "not set"
    yield "service", settings.base_url or "not set"
    yield "key", "set" if settings.key_for(settings.base_url) else "not set"
    for ref, found in shelf():
        yield "pack", f"{ref}: {len(found.storylets)} storylets" if isinstance(found, Pack) else str(found)
    yield "packs", f"your own go into {user_folder()}"
    yield "settings", str(settings_file().parent)
    library = Library(settings)
    yield "saves", f"{library.folder} ({'can be written' if _writable(library.folder) else 'CANNOT be written'})"
    tally = library.tally()
    if tally.requests:
        yield "requests", f"{tally.requests:,} in all saved stories: {tally.prompt:,} tokens read, {tally.reply:,} written"
        yield "ahead", _ahead(settings, tally)
    if teller:
        yield "answer", _try(library, teller)


def _try(library: Library, teller: Teller) -> str:
    session = Session(library, threaded=False)
    try:
        session.submit(TryTeller(teller))
        return next((event.words for event in session.poll() if isinstance(event, TellerTried)), "no answer")
    finally:
        session.close()


def _ahead(settings: Settings, tally: Tally) -> str:
    """What writing ahead brought so far."""
    picks = tally.hits + tally.misses
    share = f" ({100 * tally.hits // picks} %)" if picks else ""
    return (
        f"{settings.prefetch}; {tally.hits} of {picks} picks were written ahead{share}, {tally.saved:.1f} s saved, "
        f"{tally.wasted:,} tokens wasted"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _display() -> str:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "none: `unwritten` plays in the terminal here"
    return os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "the system's own"


def _writable(folder: Path) -> bool:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return os.access(existing, os.W_OK)
