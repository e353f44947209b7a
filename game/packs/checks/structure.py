"""That the story can begin, go on and end."""

from game.packs.checks.reach import effects_of
from game.packs.compile import PackFiles, initial_state
from game.packs.files import PackFile, StoryletFile
from game.packs.findings import Findings
from game.packs.locate import KeyPath
from game.story import SLOTS, ConditionError, Conditions, Effect, compile_condition


def check_structure(files: PackFiles, found: Findings) -> None:
    """Endings, openings, outcomes, and what can be reached."""
    for name, storylet in files.storylets.items():
        _check_storylet(name, storylet, files.homes[name], found)
    if files.pack is not None:
        _check_head(files.pack, found)
    if files.pack is not None and files.are_whole:
        _check_endings(files.pack, files, found)
        _check_opening(files.pack, files, found)
        _check_places(files.pack, files, found)
        _check_threads(files.pack, files, found)


def _check_storylet(name: str, storylet: StoryletFile, file: str, found: Findings) -> None:
    if storylet.ending is None and not storylet.outcomes:
        advice = "Give it an outcome, or name the ending that it tells."
        found.add("PACK605", file, (name,), message=f'"{name}" has neither outcomes nor an ending.', suggestion=advice)
    if storylet.ending is not None and storylet.outcomes:
        advice = "Take away the outcomes, or the ending."
        message = f'"{name}" ends the story, so its outcomes can never be picked.'
        found.add("PACK606", file, (name, "outcomes"), message=message, suggestion=advice)
    always = [n for n, outcome in enumerate(storylet.outcomes) if outcome.when is None]
    _check_slots(always, file, (name, "outcomes"), found)


def _check_slots(always: list[int], file: str, path: KeyPath, found: Findings) -> None:
    if len(always) > len(SLOTS):
        message = f"{len(always)} outcomes are always on offer here, and there are {len(SLOTS)} slots."
        advice = "Give the others a condition, or divide the scene."
        found.add("PACK607", file, (*path, always[len(SLOTS)]), message=message, suggestion=advice)


def _check_endings(head: PackFile, files: PackFiles, found: Findings) -> None:
    defaults = [name for name, ending in head.endings.items() if ending.default]
    told = {storylet.ending for storylet in files.storylets.values()}
    if not defaults:
        advice = "Write default = true in the one that comes when no other has been earned."
        found.add("PACK601", "pack.toml", ("endings",), message="no ending is the default.", suggestion=advice)
    for name in defaults[1:]:
        message = f'"{defaults[0]}" is the default ending already.'
        advice = "Take default = true away from one of the two."
        found.add("PACK602", "pack.toml", ("endings", name, "default"), message=message, suggestion=advice)
    for name in head.endings:
        if name in defaults:
            if not any(one.ending == name and one.when is None for one in files.storylets.values()):
                message = f'no storylet tells the default ending "{name}" whatever has happened.'
                advice = f'Write one with ending = "{name}" and without a "when".'
                found.add("PACK603", "pack.toml", ("endings", name), message=message, suggestion=advice)
        elif name not in told:
            found.add(
                "PACK610",
                "pack.toml",
                ("endings", name),
                message=f'no storylet tells the ending "{name}".',
                suggestion=f'Write one with ending = "{name}".',
            )


def _check_opening(head: PackFile, files: PackFiles, found: Findings) -> None:
    openings = {name: storylet for name, storylet in files.storylets.items() if storylet.opening}
    if not openings:
        message = "no storylet opens the story."
        found.add("PACK604", "pack.toml", message=message, suggestion="Write opening = true in the one that is told first.")
    elif not any(_may_open(storylet, head, files) for storylet in openings.values()):
        name = min(openings)
        message = f'"{name}" opens the story, but can never be told first.'
        advice = "Its act must be 1, and its condition must hold at the start."
        found.add("PACK604", files.homes[name], (name,), message=message, suggestion=advice)


def _may_open(storylet: StoryletFile, head: PackFile, files: PackFiles) -> bool:
    if storylet.ending is not None or (storylet.act and 1 not in storylet.act):
        return False
    try:
        condition = compile_condition(storylet.when) if storylet.when is not None else None
    except ConditionError:
        return True  # said already, by what checks conditions
    return Conditions(files.declared).holds(condition, initial_state(head, turn=1))


def _check_head(head: PackFile, found: Findings) -> None:
    if head.length.min > head.length.max:
        message = f"a story has at least {head.length.min} scenes and at most {head.length.max}: that cannot be."
        found.add("PACK611", "pack.toml", ("length",), message=message, suggestion='Make "max" larger, or "min" smaller.')
    always = [n for n, outcome in enumerate(head.improvise) if outcome.when is None]
    _check_slots(always, "pack.toml", ("improvise",), found)
    if not head.improvise:
        advice = "Without [[improvise]] outcomes there are no quiet scenes between the storylets."
        found.add("PACK608", "pack.toml", message="there is nothing to improvise with.", suggestion=advice)


def _check_places(head: PackFile, files: PackFiles, found: Findings) -> None:
    gone_to = {effect.name for effect in _all_effects(files) if effect.kind == "go"}
    _check_exits(head.start, files, found)
    reached = {head.start, *(storylet.place for storylet in files.storylets.values()), *gone_to}
    for name in sorted(files.declared.places - reached):
        message = f'nobody can get to "{name}": no storylet is set there, and no effect goes there.'
        advice = f'Write place = "{name}" in a storylet, or "go {name}" among effects.'
        found.add("PACK609", "places.toml", (name,), message=message, suggestion=advice)


def _check_exits(start: str, files: PackFiles, found: Findings) -> None:
    """Places with ways out of them, and none that leads in. One without exits lies apart: one is only ever taken there."""
    near, ways = {start}, [start]
    for name in ways:
        fresh = [exit_ for exit_ in (files.places[name].exits if name in files.places else ()) if exit_ not in near]
        near.update(fresh)
        ways.extend(dict.fromkeys(fresh))
    for name in (name for name, place in files.places.items() if place.exits and name not in near):
        message = f'no way leads from "{start}" to "{name}" over the exits of places.'
        advice = f'Add "{name}" to the exits of a place next to it, or leave its own exits empty if it lies apart.'
        found.add("PACK613", "places.toml", (name,), message=message, suggestion=advice)


def _check_threads(head: PackFile, files: PackFiles, found: Findings) -> None:
    """Threads that nothing opens or closes; and those that an ending may find open, with no word of what becomes of them."""
    effects = _all_effects(files)
    opened, closed = ({effect.name for effect in effects if effect.kind == kind} for kind in ("open", "close"))
    for name in (name for name in head.threads if name not in opened):
        advice = f'Write "open {name}" among the effects of what raises it, or take the thread away.'
        found.add("PACK615", "pack.toml", ("threads", name), message=f'nothing opens the thread "{name}".', suggestion=advice)
    answered = {thread for storylet in files.storylets.values() if storylet.ending for thread in storylet.threads}
    for name in (name for name in head.threads if name in opened - closed - answered):
        message = f'the thread "{name}" is opened, no effect ever closes it, and no ending takes it up: it stays a promise.'
        advice = f'Write "close {name}" among the effects of what answers it.'
        found.add("PACK614", "pack.toml", ("threads", name), message=message, suggestion=advice)
    endings = {name: storylet for name, storylet in files.storylets.items() if storylet.ending is not None}
    for name in (name for name, thread in head.threads.items() if name in opened and not thread.left):
        silent = next((ending for ending, storylet in endings.items() if not _speaks_of(storylet, name)), None)
        if silent is not None:
            message = f'the thread "{name}" may be open at the ending told by "{silent}", and then nothing is said of it.'
            advice = 'Give the thread a "left": what became of it.'
            found.add("PACK612", "pack.toml", ("threads", name), message=message, suggestion=advice)


def _speaks_of(ending: StoryletFile, thread: str) -> bool:
    """Whether an ending takes a thread up, or closes it."""
    closes = Effect("close", thread)
    return thread in ending.threads or closes in effects_of(ending.effects)


def _all_effects(files: PackFiles) -> tuple[Effect, ...]:
    texts = [text for storylet in files.storylets.values() for text in storylet.effects]
    texts += [text for _, _, outcome in files.outcomes() for text in outcome.effects]
    return effects_of(texts)
