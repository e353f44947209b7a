"""Who wrote what was read, counted from the sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from game.packs import Pack
from game.story import Scene, Source


@dataclass(frozen=True, slots=True)
class Share:
    """One writer's part: `by`, through what, and how many texts (beats and choices) and words."""

    by: str
    via: str
    texts: int
    words: int


@dataclass(frozen=True, slots=True)
class Credits:
    """`authors` are (name, role) pairs from the pack; `shares` the largest first."""

    authors: tuple[tuple[str, str], ...]
    licence: str
    statement: str
    consents: tuple[tuple[str, str], ...]
    shares: tuple[Share, ...]


def credits_of(pack: Pack, scenes: Iterable[Scene]) -> Credits:
    """The credits of a playthrough of `pack` that read these scenes."""
    count: dict[tuple[str, str], tuple[int, int]] = {}
    for source, text in (pair for scene in scenes for pair in _texts(scene)):
        texts, words = count.get((source.by, source.via), (0, 0))
        count[source.by, source.via] = (texts + 1, words + len(text.split()))
    shares = [Share(by, via, texts, words) for (by, via), (texts, words) in count.items()]
    return Credits(
        authors=tuple((author.name, author.role) for author in pack.authors),
        licence=pack.licence,
        statement=pack.ai_policy.statement,
        consents=tuple((member.name, member.consent) for member in pack.cast.values() if member.consent),
        shares=tuple(sorted(shares, key=lambda share: (-share.words, share.by, share.via))),
    )


def _texts(scene: Scene) -> list[tuple[Source, str]]:
    return [(beat.source, beat.text) for beat in scene.beats] + [(choice.source, choice.text) for choice in scene.choices]
