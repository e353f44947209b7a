"""An audit of a playthrough's states, which shares no code with the director and the effects of the engine.

Between two scenes a state may differ by what the picked outcome declares, by what the storylet that came declares, and by the
engine's own bookkeeping: one turn more, an act that only rises, who is present and where, as the storylet says. Anything else is
told, as "turn 4: items".
"""

from collections.abc import Iterable, Iterator, Sequence

from game.packs import Pack
from game.story import Effect, Outcome, Scene, Storylet, StoryState
from game.story.changes import MAX_NOTES


def audit(pack: Pack, scenes: Sequence[Scene], states: Sequence[StoryState], picks: Sequence[str]) -> list[str]:
    """What cannot be explained in a whole playthrough: the state of each scene, and the outcomes that its choices offer.

    `picks` are the slots taken, one fewer than there are scenes, or as many.
    """
    found: list[str] = []
    before, outcome = pack.initial, None
    for n, (scene, after) in enumerate(zip(scenes, states, strict=True)):
        storylet = pack.storylets.get(scene.storylet or "")
        wrong = [*unexplained(pack, before, after, outcome, storylet), *_undeclared(pack, scene, storylet)]
        found += [f"turn {n + 1}: {what}" for what in wrong]
        before = after
        choice = scene.choice(picks[n]) if n < len(picks) else None
        outcome = next((each for each in _outcomes(pack, storylet) if choice and each.id == choice.outcome), None)
    return found


def unexplained(
    pack: Pack, before: StoryState, after: StoryState, outcome: Outcome | None, storylet: Storylet | None
) -> tuple[str, ...]:
    """The parts of the state after that differ from what they may be after `outcome` and `storylet`, by name."""
    effects = [*(outcome.effects if outcome else ()), *(storylet.effects if storylet else ())]
    turn = before.turn + 1
    may = {
        "turn": after.turn == turn,
        "act": before.act <= after.act <= max(pack.acts, before.act),
        "place": after.place == _place(before.place, outcome, storylet),
        "present": after.present == _present(before.present, outcome, storylet),
        "variables": dict(after.variables) == _variables(pack, before, effects),
        "items": after.items == _shelf(before.items, effects, "gain", "lose"),
        "threads": dict(after.threads) == _threads(before, effects, turn),
        "closed": after.closed == _shelf(before.closed, effects, "close", "open", opened=before.threads),
        "facts": after.facts == _facts(pack, before, effects),
        "notes": after.notes == _notes(before, effects),
        "known": _known(after.known) == _told(before, effects) | _known(before.known),
        "seen": dict(after.seen) == {**before.seen, **({storylet.id: turn} if storylet else {})},
    }
    return tuple(name for name, holds in may.items() if not holds)


def _outcomes(pack: Pack, storylet: Storylet | None) -> tuple[Outcome, ...]:
    return (*(storylet.outcomes if storylet else ()), *pack.improvise)


def _undeclared(pack: Pack, scene: Scene, storylet: Storylet | None) -> Iterator[str]:
    names = {outcome.id for outcome in _outcomes(pack, storylet)}
    yield from (f"outcome {choice.outcome}" for choice in scene.choices if choice.outcome not in names)
    if scene.ending != (storylet.ending if storylet else None):
        yield f"ending {scene.ending}"


def _place(place: str, outcome: Outcome | None, storylet: Storylet | None) -> str:
    for effect in outcome.effects if outcome else ():
        place = effect.name if effect.kind == "go" else place
    place = (storylet.place if storylet else None) or place
    for effect in storylet.effects if storylet else ():
        place = effect.name if effect.kind == "go" else place
    return place


def _present(present: frozenset[str], outcome: Outcome | None, storylet: Storylet | None) -> frozenset[str]:
    present = _shelf(present, outcome.effects if outcome else (), "enter", "leave")
    if storylet and storylet.cast is not None:
        present = frozenset(storylet.cast)
    return _shelf(present, storylet.effects if storylet else (), "enter", "leave")


def _variables(pack: Pack, before: StoryState, effects: Iterable[Effect]) -> dict[str, object]:
    """Each variable in its bounds, moved by steps that are within theirs."""
    values: dict[str, object] = dict(before.variables)
    for effect in effects:
        if effect.kind not in ("set", "add"):
            continue
        bounds = pack.declared.variables[effect.name]
        if bounds is None:
            values[effect.name] = bool(effect.value)
            continue
        wished = int(effect.value or 0)
        if effect.kind == "add":
            wished = int(str(values[effect.name])) + min(max(wished, -bounds.step), bounds.step)
        values[effect.name] = min(max(wished, bounds.low), bounds.high)
    return values


def _shelf(held: frozenset[str], effects: Iterable[Effect], puts: str, takes: str, opened: Iterable[str] = ()) -> frozenset[str]:
    """A set that one kind of effect adds to and another takes from. What is `opened` already is not taken by opening it again."""
    out, still_open = set(held), set(opened)
    for effect in effects:
        if effect.kind == puts:
            out.add(effect.name)
            still_open.discard(effect.name)
        elif effect.kind == takes and effect.name not in still_open:
            out.discard(effect.name)
    return frozenset(out)


def _threads(before: StoryState, effects: Iterable[Effect], turn: int) -> dict[str, int]:
    threads = dict(before.threads)
    for effect in effects:
        if effect.kind == "open":
            threads.setdefault(effect.name, turn)
        elif effect.kind == "close":
            threads.pop(effect.name, None)
    return threads


def _facts(pack: Pack, before: StoryState, effects: Iterable[Effect]) -> frozenset[str]:
    """A fact takes the place of every other that says something of the same subject and predicate."""
    declared, true = pack.declared.facts, set(before.facts)
    for effect in effects:
        if effect.kind == "fact":
            new = declared[effect.name]
            same = {name for name, fact in declared.items() if (fact.subject, fact.predicate) == (new.subject, new.predicate)}
            true = (true - same) | {effect.name}
    return frozenset(true)


def _notes(before: StoryState, effects: Iterable[Effect]) -> tuple[str, ...]:
    notes = list(before.notes)
    notes += [effect.name for effect in effects if effect.kind == "note" and effect.name not in notes]
    return tuple(notes[-MAX_NOTES:])


def _known(known: object) -> set[tuple[str, str]]:
    assert isinstance(known, dict)
    return {(member, fact) for member, facts in known.items() for fact in facts}


def _told(before: StoryState, effects: Iterable[Effect]) -> set[tuple[str, str]]:
    pairs = [effect.name.partition(" ") for effect in effects if effect.kind == "tell"]
    return {(member, fact) for member, _, fact in pairs}
