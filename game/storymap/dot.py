"""The map as a graph for Graphviz: `dot -Tpng` draws it."""

from collections.abc import Iterator, Sequence

from game.story import MapScene, Mark, StoryMap
from game.storymap.layout import Layout, lay_out
from game.storymap.names import Names, choice_number, line, mark_name, marks_by_key


def as_dot(story: StoryMap, names: Names) -> str:
    """One node a telling, the tellings of a scene in a cluster, one edge a step; the player's line is bold."""
    return "\n".join(_lines(story, names)) + "\n"


def _lines(story: StoryMap, names: Names) -> Iterator[str]:
    plan = lay_out(story)
    own = frozenset(story.line)
    marks = marks_by_key(story.marks)
    yield "digraph story {"
    yield f"  label={_quoted(line(names.title))}; labelloc=t; rankdir=LR;"
    yield '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif"];'
    for n, spot in enumerate(plan.spots):
        nodes = []
        for scene in spot.tellings:
            look = _attributes(names, scene, marks.get(scene.key, []), scene.key in own, scene.key == story.head)
            nodes.append(f"{_quoted(scene.key)} {look};")
        if len(nodes) == 1:
            yield f"  {nodes[0]}"
        else:
            label = _quoted(f"{len(nodes)} tellings")
            yield f"  subgraph cluster_{n} {{ label={label}; style=dashed; {' '.join(nodes)} }}"
    for scene in story.scenes:
        if scene.parent in plan.where:
            yield f"  {_edge(plan, scene, scene.key in own and scene.parent in own)}"
    yield "}"


def _edge(plan: Layout, scene: MapScene, strong: bool) -> str:
    step = f"{_quoted(scene.parent)} -> {_quoted(scene.key)}"
    look = ["penwidth=3"] if strong else []
    if plan.spots[plan.where[scene.parent]].forks:
        look.append(f"label={_quoted(choice_number(scene.slot))}")
    return f"{step} [{', '.join(look)}];" if look else f"{step};"


def _attributes(names: Names, scene: MapScene, marks: Sequence[Mark], strong: bool, here: bool) -> str:
    ending = [f"◆ {names.ending(scene.ending)}"] if scene.ending else []
    flags = [f"⚑ {mark_name(mark)}" for mark in marks]
    said = ["you are here"] if here else []
    label = "\n".join([f"{scene.turn}. {line(scene.title)}", names.place(scene), *ending, *flags, *said])
    look = [f"label={_quoted(label)}"]
    look += ["penwidth=3"] if strong else []
    look += ["peripheries=2"] if scene.ending else []
    look += ["fillcolor=lightyellow"] if here else []
    return f"[{', '.join(look)}]"


def _quoted(text: str) -> str:
    """A string of the language; a line feed begins a new line in the picture."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
