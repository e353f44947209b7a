"""What a playthrough costs as it grows: at 100, 1,000 and 10,000 scenes with 5, 50 and 500 forks, on a real file.

The scenes, their effects and what was asked for them are those that the offline storyteller gave for the endless pack, told
again and again from the states that they lead to.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Run
from game.journal import Header, Journal, LoggedAttempt, Node
from game.story import ROOT, SLOTS, Scene, draw, node_key, replay

Figure = tuple[str, str, str, float | None]

SIZES = (100, 1_000, 10_000)
SAMPLE = 300
"""Scenes that the offline storyteller tells; the others repeat them."""
TRUNK, BRANCH = 16, 4
"""After so many scenes on the trunk, a branch of so many that leaves it somewhere above."""
COMMITS = 300
OPENINGS = 7
MEMORY = """
import sys, tracemalloc
from pathlib import Path
from game.journal import Journal
tracemalloc.start()
journal = Journal.open(Path(sys.argv[1]))
opened = tracemalloc.get_traced_memory()[1]
tracemalloc.reset_peak()
journal.map()
print(opened / 1e6, tracemalloc.get_traced_memory()[1] / 1e6)
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """Scenes of a real playthrough, to be told again."""

    header: Header
    scenes: tuple[tuple[Node, tuple[LoggedAttempt, ...]], ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """What one size costs, in milliseconds; `bytes` a scene, and in MB the most `memory` that opening it took, and seeing its
    map."""

    commits: tuple[float, ...]
    open: float
    back_one: float
    back_to_start: float
    jump: float
    map: float
    quit: float
    steps: tuple[float, ...]
    bytes: float
    memory: tuple[float, ...]


def measure() -> Iterator[Figure]:
    """The table, with ratios of the largest to the smallest."""
    with TemporaryDirectory() as folder:
        files = built(_sample(Path(folder) / "sample.journal"), Path(folder))
        costs = {size: _costs(file) for size, file in files.items()}
    yield from rows(costs)


def rows(costs: Mapping[int, Costs]) -> Iterator[Figure]:
    """Each cost at all sizes."""

    def row(what: str, wanted: str, unit: str, cost: Callable[[Costs], float], digits: int = 1) -> Figure:
        found = {size: cost(each) for size, each in costs.items()}
        sizes = sorted(found)
        words = ", ".join(f"{found[size]:,.{digits}f} {unit} at {size:,}" for size in sizes)
        ratio = f" (x {found[sizes[-1]] / found[sizes[0]]:.1f})" if found[sizes[0]] else ""
        return what, wanted, words + ratio, found[sizes[-1]]

    yield row("commit with fsync, p50", "x 1.5 at the most", "ms", lambda cost: statistics.median(cost.commits))
    yield row("commit with fsync, p99", "", "ms", lambda cost: _p99(cost.commits))
    yield row("open", "what a file of 4 MB takes, at the most", "ms", lambda cost: cost.open)
    yield row("rewind by one", "x 2 at the most", "ms", lambda cost: cost.back_one, 2)
    yield row("rewind to the start", "x 2 at the most", "ms", lambda cost: cost.back_to_start, 2)
    yield row("jump to another branch", "with the length of the way there", "ms", lambda cost: cost.jump, 2)
    yield row("map", "<= 200 ms, as large as the tree", "ms", lambda cost: cost.map)
    yield row("quit", "x 2 at the most", "ms", lambda cost: cost.quit, 2)
    yield row("looking through it while it is played, all steps", "", "ms", lambda cost: sum(cost.steps))
    yield row("the longest of those steps but the first", "a few ms", "ms", lambda cost: max(cost.steps[1:], default=0.0))
    yield row("bytes a scene", "x 1.2 at the most", "bytes", lambda cost: cost.bytes, 0)
    yield row("memory to open it", "what a file of 4 MB takes, at the most", "MB", lambda cost: cost.memory[0], 2)
    yield row("memory to see its map", "as large as the tree", "MB", lambda cost: cost.memory[1])


def built(sample: Sample, folder: Path) -> dict[int, Path]:
    """One story that grows in memory, and is copied into a file at each size."""
    journal = Journal.create(None, sample.header)
    files = {}
    for count, _ in enumerate(islice(_grown(journal, sample), max(SIZES)), 1):
        if count in SIZES:
            files[count] = folder / f"{count}.journal"
            journal.backup(files[count])
    journal.close()
    return files


def _grown(journal: Journal, sample: Sample) -> Iterator[Node]:
    """Scene after scene: a trunk, and branches that leave it."""
    told = cycle(sample.scenes)
    trunk: list[Node] = []
    while True:
        for _ in range(TRUNK):
            trunk.append(_tell(journal, trunk[-1] if trunk else None, *next(told)))
            yield trunk[-1]
        node = trunk[draw(7, trunk[-1].key, "fork", len(trunk) - 1)]
        for _ in range(BRANCH):
            node = _tell(journal, node, *next(told))
            yield node
        journal.go(trunk[-1].key)


def _tell(journal: Journal, parent: Node | None, like: Node, attempts: Sequence[LoggedAttempt]) -> Node:
    """Play one turn as the session does, with the scene, the effects and the attempts of another."""
    node = _next(journal, parent, like)
    journal.begin(node.parent, node.slot)
    for logged in attempts:
        for n, beat in enumerate(node.scene.beats):
            journal.show(node.key, [(n, beat)], "")
        journal.attempted(node.key, node.key, b"", logged.purpose, logged.attempt)
    journal.commit(node)
    return node


def _next(journal: Journal, parent: Node | None, like: Node) -> Node:
    """The scene that would follow behind the first free slot."""
    above, before = (parent.key, parent.state) if parent else (ROOT, journal.header.initial)
    slot = next(slot for slot in SLOTS if journal.child(above, slot) is None) if parent else ""
    key = node_key(above, slot)
    state = replay(before, like.effects)
    scene: Scene = replace(like.scene, key=key, turn=state.turn)
    return Node(key, above, slot, 0, like.effects, state, scene)


def _sample(file: Path) -> Sample:
    run = Run(file)
    run.play(SAMPLE)
    run.close()
    journal = Journal.open(file)
    head = journal.head
    nodes = journal.path_to(head.key) if head else ()
    sample = Sample(journal.header, tuple((node, journal.attempts(node.key)) for node in nodes))
    journal.close()
    return sample


def _costs(file: Path) -> Costs:
    opened, closed = zip(*(_opened_and_closed(file) for _ in range(OPENINGS)), strict=True)
    memory = subprocess.run([sys.executable, "-c", MEMORY, file], capture_output=True, check=True, text=True).stdout
    journal = Journal.open(file)
    halfway = journal.count // 2 // (TRUNK + BRANCH) * (TRUNK + BRANCH)
    branch = journal.node(journal.map().scenes[halfway - 1].key)
    try:
        return Costs(
            back_one=_moved(journal, lambda: journal.back(1)),
            back_to_start=_moved(journal, lambda: journal.back(journal.count)),
            jump=_moved(journal, lambda: branch),
            map=statistics.median(_timed(journal.map) for _ in range(OPENINGS)),
            steps=tuple(_steps(journal)),
            bytes=file.stat().st_size / journal.count,
            commits=tuple(_commits(journal)),
            open=statistics.median(opened),
            quit=statistics.median(closed),
            memory=tuple(map(float, memory.split())),
        )
    finally:
        journal.close()


def _opened_and_closed(file: Path) -> tuple[float, float]:
    """With a scene told in between, so that there is something to settle."""
    found: list[Journal] = []
    opened = _timed(lambda: found.append(Journal.open(file)))
    _go_on(found[0], 1)
    return opened, _timed(found[0].close)


def _moved(journal: Journal, target: Callable[[], Node | None]) -> float:
    """Seeking the scene and going there, from the end of the trunk and back to it again each time."""
    tip = _here(journal).key
    took = []
    for _ in range(15):
        took.append(_timed(lambda: journal.go(_there(target()).key)))
        journal.go(tip)
    return statistics.median(took)


def _steps(journal: Journal) -> Iterator[float]:
    look = journal.look_through()
    before = time.perf_counter()
    for _ in look:
        yield (time.perf_counter() - before) * 1000
        before = time.perf_counter()


def _commits(journal: Journal) -> Iterator[float]:
    """Each on the file, down to the disk."""
    for node in _ahead(journal, COMMITS):
        journal.begin(node.parent, node.slot)
        journal.show(node.key, list(enumerate(node.scene.beats)), "")
        yield _timed(partial(journal.commit, node))


def _go_on(journal: Journal, scenes: int) -> None:
    for node in _ahead(journal, scenes):
        journal.begin(node.parent, node.slot)
        journal.commit(node)


def _ahead(journal: Journal, scenes: int) -> Iterator[Node]:
    """What would be told next: what was told last, again."""
    for _ in range(scenes):
        here = _here(journal)
        yield _next(journal, here, here)


def _here(journal: Journal) -> Node:
    return _there(journal.head)


def _there(node: Node | None) -> Node:
    if node is None:
        raise ValueError("nothing was told yet")
    return node


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100)[98]
