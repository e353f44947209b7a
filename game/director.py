"""The drama manager: which storylet comes next, how fast the acts turn, and that every story ends.

Knows no prompts and writes no text: from a state it makes a brief.
"""

from dataclasses import dataclass

from game.ledger import ledger_lines, left_open, open_threads
from game.packs import Pack
from game.packs.carried import within
from game.story import (
    SLOTS,
    Brief,
    Conditions,
    Effect,
    Length,
    Outcome,
    Player,
    Slot,
    Storylet,
    StoryState,
    StubBeat,
    apply,
    draw,
    pick_weighted,
    replay,
)

IMPROVISED = Length(min_beats=2, max_beats=5)
HERE = 2
"""A storylet at the present place is this many times likelier."""
IMPROVISE_ONE_IN = 8
"""How often a quiet moment comes between two storylets, where one may."""


Said = frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """How the story came here: the outcome picked and its text as read; the storylet before (None: improvised, or the start)."""

    outcome: Outcome | None = None
    text: str | None = None
    storylet: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The next scene: its brief, and the effects as applied that lead to the brief's state."""

    brief: Brief
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """The next scene as the rules know it: its storylet (None: improvised), the state it is told in, the effects as applied."""

    storylet: Storylet | None
    state: StoryState
    effects: tuple[Effect, ...]


class Director:
    """Plans the scenes of one pack. Without memory of its own: all that it knows of a playthrough is in the state."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._conditions = Conditions(pack.declared)
        self._outcomes = {outcome.id: outcome for outcome in pack.improvise}
        self._endings = [storylet for storylet in pack.storylets.values() if storylet.ending]
        self._plots = [storylet for storylet in pack.storylets.values() if not storylet.ending]
        later = [storylet for storylet in self._plots if not storylet.opening]
        self._later = {act: [each for each in later if not each.acts or act in each.acts] for act in range(1, pack.acts + 1)}
        self._takers = {name: [each.id for each in self._plots if name in each.threads] for name in pack.threads}

    def plan(
        self, key: str, seed: int, state: StoryState, step: Step, player: Player, first: str = "", said: Said = frozenset()
    ) -> Plan:
        """The scene `key`, which follows `state` by `step`. `first` is the key of its first telling, where `key` is another: what
        comes next is drawn by that, so that telling a scene again never makes it another one."""
        state, moved = self._within(state)
        turn = self.turn(first or key, seed, state, step)
        return Plan(self.brief(key, seed, turn.state, turn.storylet, step, player, said), (*moved, *turn.effects))

    def turn(self, key: str, seed: int, state: StoryState, step: Step) -> Turn:
        """What happens next, without a word of how to tell it: for whoever only wants to know where a story goes. `state` is one
        that the pack can have."""
        now = state.turn + 1
        came = step.outcome.effects if step.outcome else ()
        state, applied = self._apply(state, (Effect("turn", "", now), *came, Effect("act", "", self._act_by_pace(now))))
        storylet, state, raised = self._choose(key, seed, state, step)
        state, own = self._apply(state, _own_effects(storylet, state))
        return Turn(storylet, state, (*applied, *raised, *own))

    def offered(self, storylet: Storylet | None, state: StoryState) -> tuple[Outcome, ...]:
        """The outcomes of `storylet` (None: the improvised ones) that stand in the slots, in their order; none at an ending."""
        if storylet and storylet.ending:
            return ()
        own = storylet.outcomes if storylet else self._pack.improvise
        offered = [outcome for outcome in own if self._conditions.holds(outcome.when, state)]
        return tuple((offered or list(own[:1]) or list(self._pack.improvise[:1]))[: len(SLOTS)])

    def brief(
        self,
        key: str,
        seed: int,
        state: StoryState,
        storylet: Storylet | None,
        step: Step,
        player: Player,
        said: Said = frozenset(),
    ) -> Brief:
        """The brief for telling `storylet` (None: an improvised scene) in `state`, after `said` was read (see `Brief`)."""
        place = self._pack.places.get(state.place) or self._pack.places[self._pack.initial.place]
        return Brief(
            key=key,
            seed=seed,
            state=state,
            storylet=storylet.id if storylet else None,
            title=storylet.title if storylet else place.name,
            goal=storylet.goal if storylet else self._quiet_goal(state),
            must_happen=self._must_happen(storylet, state),
            place=place.id,
            present=tuple(sorted(state.present & self._pack.cast.keys())),
            slots=tuple(
                Slot(letter, outcome.id, outcome.hint, outcome.text)
                for letter, outcome in zip(SLOTS, self.offered(storylet, state), strict=False)
            ),
            ledger=ledger_lines(self._pack, state),
            length=Length() if storylet else IMPROVISED,
            player=player,
            ending=storylet.ending if storylet else None,
            picked=step.text,
            then=step.outcome.then if step.outcome else (),
            secrets=self._secrets(state),
            left=self._left(storylet, state),
            said=said,
        )

    def outcome(self, storylet: str | None, name: str) -> Outcome | None:
        """The outcome `name` of `storylet`, or of the improvised ones; None when the pack no longer has it."""
        known = self._pack.storylets.get(storylet or "")
        own = known.outcomes if known else ()
        return next((outcome for outcome in own if outcome.id == name), self._outcomes.get(name))

    def _within(self, state: StoryState) -> tuple[StoryState, tuple[Effect, ...]]:
        """A state of an older pack, moved to what this one still has: the effects are kept like any others."""
        moved = within(state, self._pack)
        return (replay(state, moved), moved) if moved else (state, moved)

    def _apply(self, state: StoryState, effects: tuple[Effect, ...]) -> tuple[StoryState, tuple[Effect, ...]]:
        return apply(state, effects, self._pack.declared)

    def _act_by_pace(self, turn: int) -> int:
        """The act that the clock asks for: each has an equal share of the longest playthrough."""
        return 1 + (turn - 1) * self._pack.acts // max(self._pack.scenes[1], 1)

    def _choose(
        self, key: str, seed: int, state: StoryState, step: Step
    ) -> tuple[Storylet | None, StoryState, tuple[Effect, ...]]:
        """What comes next. When an act has nothing more to tell, the next one begins."""
        if state.turn >= self._pack.scenes[1]:
            return self._ending(key, seed, state), state, ()
        raised: tuple[Effect, ...] = ()
        while True:
            chosen = self._next(key, seed, state, step)
            if chosen is not None:
                return chosen, state, raised
            if step.storylet is not None and self._can_improvise(state):
                return None, state, raised
            if state.act >= self._pack.acts:
                return self._ending(key, seed, state), state, raised
            state, more = self._apply(state, (Effect("act", "", state.act + 1),))
            raised += more

    def _next(self, key: str, seed: int, state: StoryState, step: Step) -> Storylet | None:
        led = self._pack.storylets.get(step.outcome.leads_to or "") if step.outcome else None
        if led and self._may(led, state, in_any_act=True):
            return led
        candidates = self._candidates(state)
        due = self._due(candidates, state)
        if not due and (not candidates or self._rests(key, seed, state, step)):
            return None
        return pick_weighted(seed, key, "storylet", [(storylet, self._weight(storylet, state)) for storylet in due or candidates])

    def _candidates(self, state: StoryState) -> list[Storylet]:
        if state.turn == 1:
            plots = [storylet for storylet in self._plots if self._may(storylet, state)]
            return [storylet for storylet in plots if storylet.opening] or plots
        return [storylet for storylet in self._later[state.act] if self._may(storylet, state)] + self._timely_endings(state)

    def _may(self, storylet: Storylet, state: StoryState, in_any_act: bool = False) -> bool:
        if storylet.once and storylet.id in state.seen:
            return False
        if not in_any_act and storylet.acts and state.act not in storylet.acts:
            return False
        return self._conditions.holds(storylet.when, state)

    def _timely_endings(self, state: StoryState) -> list[Storylet]:
        """Endings that the player has earned, once the story is long enough and in its last act."""
        if state.turn < self._pack.scenes[0] or state.act < self._pack.acts:
            return []
        return [storylet for storylet in self._endings if storylet.when is not None and self._may(storylet, state)]

    def _ending(self, key: str, seed: int, state: StoryState) -> Storylet:
        """An ending that has been earned; else the one that always is."""
        earned = [
            storylet for storylet in self._endings if storylet.when is not None and self._may(storylet, state, in_any_act=True)
        ]
        if earned:
            return pick_weighted(seed, key, "ending", [(storylet, storylet.weight) for storylet in earned])
        default = self._pack.default_ending
        return next(storylet for storylet in self._endings if storylet.ending == default and storylet.when is None)

    def _rests(self, key: str, seed: int, state: StoryState, step: Step) -> bool:
        """Whether to let a quiet moment pass: not at the start, never twice running, and only now and then."""
        if step.storylet is None or state.turn <= 2 or not self._can_improvise(state):
            return False
        return draw(seed, key, "rest", IMPROVISE_ONE_IN) == 0

    def _can_improvise(self, state: StoryState) -> bool:
        return any(self._conditions.holds(outcome.when, state) for outcome in self._pack.improvise)

    def _weight(self, storylet: Storylet, state: StoryState) -> int:
        return storylet.weight * (HERE if storylet.place == state.place else 1)

    def _due(self, candidates: list[Storylet], state: StoryState) -> list[Storylet]:
        """Those that take up the thread whose time has run out first; none when no thread that is overdue can be taken up now.

        The earliest deadline goes first, and taking a thread up sets a new one: each waits for every other once at the most.
        """
        for thread in sorted(self._overdue(state), key=lambda thread: (self._deadline(thread, state), thread)):
            if own := [storylet for storylet in candidates if thread in storylet.threads and not storylet.ending]:
                return own
        return []

    def _overdue(self, state: StoryState) -> list[str]:
        return [thread for thread in open_threads(self._pack, state) if self._deadline(thread, state) <= state.turn]

    def _deadline(self, thread: str, state: StoryState) -> int:
        """The turn by which an open thread should be taken up: so long after it was opened, or was last taken up."""
        taken_up = [state.seen[name] for name in self._takers[thread] if name in state.seen]
        return max(state.threads[thread], *taken_up, 0) + self._pack.threads[thread].due

    def _quiet_goal(self, state: StoryState) -> str:
        """What an improvised scene is for. What is overdue, and has no storylet left that could tell of it, is felt at least."""
        goal = "Let a quiet moment pass here; show what the last choice did, and change nothing else."
        overdue = self._overdue(state)
        return f"{goal} Let this be felt again, unanswered: {self._pack.threads[overdue[0]].text}" if overdue else goal

    def _must_happen(self, storylet: Storylet | None, state: StoryState) -> tuple[str, ...]:
        """What the author demands; of an ending also that no open thread is dropped in silence."""
        if storylet is None:
            return ()
        still_open = open_threads(self._pack, state) if storylet.ending else ()
        return (*storylet.must_happen, *(f"Say what becomes of this: {self._pack.threads[name].text}" for name in still_open))

    def _left(self, storylet: Storylet | None, state: StoryState) -> tuple[tuple[str, StubBeat], ...]:
        if storylet is None or not storylet.ending:
            return ()
        threads = self._pack.threads
        return tuple(
            (name, StubBeat((threads[name].left,), rule=f"threads.{name}"))
            for name in left_open(self._pack, state, storylet.id)
            if threads[name].left
        )

    def _secrets(self, state: StoryState) -> tuple[str, ...]:
        """What has been revealed: the secrets of the storylets told, and of no other."""
        told = [name for name in state.seen if name in self._pack.storylets]
        return tuple(text for name in told for text in self._pack.storylets[name].reveals)


def _own_effects(storylet: Storylet | None, state: StoryState) -> tuple[Effect, ...]:
    """What a storylet itself changes: where the story is, who is there, and its own effects."""
    if storylet is None:
        return ()
    effects: list[Effect] = [Effect("seen", storylet.id)]
    if storylet.place:
        effects.append(Effect("go", storylet.place))
    if storylet.cast is not None:
        effects += [Effect("leave", name) for name in sorted(state.present - set(storylet.cast))]
        effects += [Effect("enter", name) for name in storylet.cast if name not in state.present]
    return (*effects, *storylet.effects)
