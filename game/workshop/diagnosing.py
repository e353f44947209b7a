"""All that is wrong with a pack, for its author: what reading it shows, and what only playing it does."""

from pathlib import Path

from game.packs import Diagnostic, Pack
from game.packs.checks.chances import check_chances
from game.packs.checks.texts import Text, texts_of
from game.packs.compile import PackFiles
from game.packs.findings import Findings, nearest
from game.packs.load import study
from game.packs.shelf import locate
from game.workshop.leaks import Watch
from game.workshop.survey import survey
from game.workshop.unreached import Unreached
from game.workshop.windows import check_windows

PLAYS = 1000
"""Random plays by which it is judged what a pack comes to."""


def diagnose(ref: str, plays: int = PLAYS) -> tuple[Diagnostic, ...]:
    """All that is wrong with the pack that `ref` means, errors first. What needs a pack that can be played is looked for in one
    that can.

    Raises:
        UnknownPack: there is none.
    """
    return diagnose_path(locate(ref), plays)


def diagnose_path(path: Path, plays: int = PLAYS) -> tuple[Diagnostic, ...]:
    """The same of a folder or a zip."""
    pack, files, found = study(path)
    if pack is not None and files is not None:
        _play(pack, files, plays, found)
    return found.all


def _play(pack: Pack, files: PackFiles, plays: int, found: Findings) -> None:
    texts = list(texts_of(files))
    never = check_chances(files, found)
    watch = Watch(files, texts)
    counted = survey(pack, plays, watch=watch.play)
    watch.report(plays, found)
    Unreached(pack, files, counted, never).report(found)
    _check_rating(pack, texts, found)
    check_windows(pack, found)
    _check_fonts(pack, found)


def _check_rating(pack: Pack, texts: list[Text], found: Findings) -> None:
    """By the words that the gate would not let a model say."""
    from game.narrator.language import over_rating

    words = over_rating(pack.rating)
    for text in texts if words else ():
        match = words.search(text.text) if words else None
        if match:
            message = f'"{match[0]}" is more than the rating "{pack.rating}" promises.'
            advice = 'Say it otherwise, or raise the "rating" in pack.toml.'
            line = text.text.count("\n", 0, match.start()) + 1 if not text.path else 0
            found.add("PACK822", text.file, text.path, message=message, suggestion=advice, line=line)


def _check_fonts(pack: Pack, found: Findings) -> None:
    import fontpkg

    installed = {slug: family.name for slug, family in fontpkg.families().items()}
    for key in ("display", "text"):
        name = getattr(pack.type, key)
        slug = fontpkg.slugify(name)
        if slug not in installed:
            near = nearest(slug, installed)
            advice = f'Did you mean "{installed[near]}"?' if near else f'Install "fontpkg-{slug}", or use another.'
            message = f'the font "{name}" is not installed; the house\'s own is shown instead.'
            found.add("PACK824", "pack.toml", ("type", key), message=message, suggestion=advice)
