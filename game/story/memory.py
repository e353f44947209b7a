"""What a player has read on the way, by the author's rules that it came from: what a later scene need not say again."""

from collections.abc import Iterator

from game.story.scene import Scene, Source

REMEMBERED = 24
"""Scenes back that are remembered: more than most stories have, and a bound on what a turn costs in those that have no end."""

EXPANSION = "#"
"""What the names of grammar expansions begin with among rules that were read, so that no storylet's beat is taken for one."""


def rules_in(scene: Scene) -> frozenset[str]:
    """The rules that its text came from: `arrival.2` of beats, `#fog.3` of grammar expansions. A text that the player rewrote was
    read as it was before; of a model's nothing is remembered."""
    return frozenset(rule for beat in scene.beats for rule in _rules(beat.source))


def _rules(source: Source) -> Iterator[str]:
    by, via, ref = (*source.ref.split(" ", 2), "", "")[:3] if source.via == "edit" else (source.by, source.via, source.ref)
    if by == "author" and via:
        beat, *expansions = ref.split(" ")
        yield beat
        for name in expansions:
            yield EXPANSION + name
