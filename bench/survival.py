"""What became of the scenes that met faults: counted a pack and a fault, and told as tables."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from game.clients.chaos import Met
from game.journal import Journal
from game.packs import Pack
from game.session import Picked, SceneReady
from game.story import ROOT, Scene, canonical
from tests.audit import audit
from tests.playing import Played


@dataclass
class Fate:
    """How often a fault was met, and what came of it; `codes` are what was repaired in scenes that stood after it."""

    met: int = 0
    again: int = 0
    tail: int = 0
    mended: int = 0
    unhurt: int = 0
    understudy: int = 0
    recap: int = 0
    codes: Counter[str] = field(default_factory=Counter)


@dataclass
class Survival:
    """What came of the scenes of one pack, or of one mode of the server."""

    stories: int = 0
    scenes: int = 0
    unended: int = 0
    unplayable: int = 0
    taken_back: int = 0
    lost: int = 0
    undeclared: int = 0
    sourceless: int = 0
    by_model: int = 0
    repaired: int = 0
    understudy: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, pack: Pack, played: Played, file: Path, limit: int) -> None:
        """One story more, which was kept in `file`."""
        picks = [event.slot for event in played.of(Picked)]
        self.stories += 1
        self.scenes += len(played.scenes)
        self.unended += played.ending is None and len(played.scenes) < limit
        self.taken_back += len(played.taken_back())
        self.lost += lost(played, file)
        self.undeclared += len(audit(pack, played.scenes, played.states, picks))
        for scene in played.scenes:
            self._scene(scene)

    @property
    def broken(self) -> int:
        """Promises that were not kept."""
        return self.unended + self.unplayable + self.taken_back + self.lost + self.undeclared + self.sourceless

    def _scene(self, scene: Scene) -> None:
        self.unplayable += not scene.beats or bool(scene.choices) == bool(scene.ending)
        texts = [*(beat.source for beat in scene.beats), *(choice.source for choice in scene.choices)]
        self.sourceless += sum(not source.ref for source in texts)
        self.by_model += scene.writer == "model"
        self.repaired += bool(scene.repairs)
        self.understudy += bool(scene.fallback)
        self.codes.update(scene.repairs)
        self.reasons.update([scene.fallback] if scene.fallback else [])


def lost(played: Played, file: Path) -> int:
    """How many scenes and picks that the player was told of are not in the journal as they were told."""
    journal = Journal.open(file)
    try:
        head = journal.head
        nodes = {node.scene.turn: node for node in journal.recent(head.key, head.scene.turn)} if head else {}
        told: list[SceneReady] = [event for event in played.of(SceneReady) if not event.recalled]
        picked: list[Picked] = played.of(Picked)
        kept = {(node.scene.turn, canonical(node.scene.to_json()), node.state.hash) for node in nodes.values()}
        missing = sum((e.scene.turn, canonical(e.scene.to_json()), e.state.hash) not in kept for e in told)
        slots = {turn - 1: node.slot for turn, node in nodes.items() if node.parent != ROOT}
        return missing + sum(slots.get(event.turn) != event.slot for event in picked)
    finally:
        journal.close()


def follow(met: Iterable[Met], scenes: Sequence[Scene], fates: dict[str, Fate]) -> None:
    """What came of each fault of a story, by what was asked next for its scene, or by how the scene stood."""
    by_key: dict[str, list[Met]] = {}
    for each in met:
        by_key.setdefault(each.key, []).append(each)
    for scene in scenes:
        asks = [each for each in by_key.get(scene.key, []) if each.purpose != "recap"]
        for each, after in zip(asks, [*asks[1:], None], strict=True):
            if each.fault:
                _settle(fates.setdefault(each.fault, Fate()), after, scene)
    for each in met:
        if each.fault and each.purpose == "recap":
            fates.setdefault(each.fault, Fate()).met += 1
            fates[each.fault].recap += 1


def _settle(fate: Fate, after: Met | None, scene: Scene) -> None:
    fate.met += 1
    if after is not None:
        fate.tail += after.purpose == "tail"
        fate.again += after.purpose != "tail"
    elif scene.fallback:
        fate.understudy += 1
    else:
        fate.mended += bool(scene.repairs)
        fate.unhurt += not scene.repairs
        fate.codes.update(scene.repairs)


PROMISES = "not ended | not playable | shown and taken back | lost | state beyond declared outcomes | texts without a source"


def promises(count: Survival) -> str:
    return f"{count.unended} | {count.unplayable} | {count.taken_back} | {count.lost} | {count.undeclared} | {count.sourceless}"


def packs_table(counts: Mapping[str, Survival]) -> list[str]:
    lines = [f"| pack | stories | scenes | {PROMISES} |", "|---" * 9 + "|"]
    return lines + [f"| {name} | {count.stories} | {count.scenes} | {promises(count)} |" for name, count in counts.items()]


def faults_table(fates: Mapping[str, Fate]) -> list[str]:
    head = "fault | met | asked again | tail asked for | unhurt | repaired in place | understudy | what was repaired"
    lines = [f"| {head} |", "|---" * 8 + "|"]
    for name, fate in fates.items():
        codes = ", ".join(f"`{code}` {times}" for code, times in fate.codes.most_common(4))
        numbers = f"{fate.met} | {fate.again} | {fate.tail} | {fate.unhurt} | {fate.mended} | {fate.understudy}"
        lines.append(f"| `{name}` | {numbers} | {codes} |")
    return lines


def modes_table(counts: Mapping[str, Survival]) -> list[str]:
    head = f"mode | scenes | by the model | repaired in place | understudy | why | {PROMISES}"
    lines = [f"| {head} |", "|---" * 12 + "|"]
    for name, count in counts.items():
        why = ", ".join(f"`{reason}` {times}" for reason, times in count.reasons.most_common(3))
        numbers = f"{count.scenes} | {count.by_model} | {count.repaired} | {count.understudy} | {why}"
        lines.append(f"| `{name}` | {numbers} | {promises(count)} |")
    return lines
