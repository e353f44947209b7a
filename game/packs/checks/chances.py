"""What can never be: conditions that nothing can fulfil, effects that never change anything, ways that lead nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from game.packs.checks.proofs import Course, Later, changes, possible
from game.packs.checks.reach import Element, Reach, Worth, effects_of
from game.packs.compile import PackFiles
from game.packs.files import OutcomeFile, PackFile, StoryletFile
from game.packs.findings import Findings
from game.packs.locate import KeyPath
from game.story import Condition, Effect, compile_condition


def check_chances(files: PackFiles, found: Findings) -> frozenset[KeyPath]:
    """Add everything that is proved to be impossible. Gives where the storylets and outcomes stand that can never come; of a pack
    in which something else is wrong nothing is proved."""
    if files.pack is None or not files.are_whole or found.fatal:
        return frozenset()
    chances = _Chances(files.pack, files, found)
    chances.check()
    return frozenset(chances.never)


@dataclass(slots=True)
class _Chances:
    head: PackFile
    files: PackFiles
    found: Findings
    reach: Reach = field(init=False)
    led_to: set[str] = field(init=False)
    courses: dict[str, Course] = field(init=False, default_factory=dict)
    """How each storylet that can be told comes to be told; by "" the improvised scenes."""

    never: set[KeyPath] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.reach = Reach(self.head, self.files)
        self.led_to = {outcome.leads_to for _, _, outcome in self.files.outcomes() if outcome.leads_to}

    def check(self) -> None:
        self.courses[""] = Course()
        for name, storylet in self.files.storylets.items():
            self._storylet(name, storylet)
        for file, path, outcome in self.files.outcomes():
            owner = "" if path[0] == "improvise" else str(path[0])
            if owner in self.courses:
                self._outcome(self.courses[owner], file, path, outcome)
        self._texts()

    def _storylet(self, name: str, storylet: StoryletFile) -> None:
        file, own = self.files.homes[name], self._own(name, storylet)
        course = Course((), self._narrowed(name, storylet)).then(_condition(storylet.when))
        if not possible(course, self.reach):
            self._never(file, (name,), f'"{name}" can never be told', storylet.when)
            self.never.add((name,))
            return
        for effect in own:
            course = course.then(effect)
        self.courses[name] = course
        self._effects(course, storylet.effects, file, (name, "effects"))

    def _outcome(self, course: Course, file: str, path: KeyPath, outcome: OutcomeFile) -> None:
        asked, stands_in = course.then(_condition(outcome.when)), self._stands_in(path)
        if not possible(asked, self.reach):
            what = f'"{outcome.id}" can never be on offer'
            self._never(file, path, f"{what} but where nothing else is" if stands_in else what, outcome.when)
            if not stands_in:
                self.never.add(path)
                return
        course = course if stands_in else asked
        led = self.files.storylets.get(outcome.leads_to or "")
        course = course.then(*effects_of(outcome.effects))
        self._effects(course, outcome.effects, file, (*path, "effects"))
        if led is not None:
            unseen = compile_condition(f"!seen_{outcome.leads_to}") if led.once else None
            when = _condition(led.when)
            if not possible(course.then(unseen, Later(when) if when else None), self.reach):
                message = f'"{outcome.id}" leads to "{outcome.leads_to}", which can never be told then.'
                advice = "Compare its condition with what holds after this choice, or lead somewhere else."
                self.found.add("PACK804", file, (*path, "leads_to"), message=message, suggestion=advice)

    def _stands_in(self, path: KeyPath) -> bool:
        """Whether an outcome is the first of those that all have a condition: where none holds, it is on offer all the same."""
        siblings = self.files.storylets[str(path[0])].outcomes if path[0] != "improvise" else []
        return path[-1] == 0 and all(outcome.when is not None for outcome in siblings)

    def _effects(self, course: Course, texts: list[str], file: str, path: KeyPath) -> None:
        """The effects at the end of a course, each on its own; `texts` as their author wrote them."""
        start = len(course.steps) - len(texts)
        for n, effect in enumerate(course.steps[start:]):
            before = Course(course.steps[: start + n], course.narrowed)
            if isinstance(effect, Effect) and not changes(before, effect, self.reach):
                message = f'"{texts[n]}" never changes anything: whenever it comes, things already are as it would make them.'
                advice = "Take it away, or look for what should have come before."
                self.found.add("PACK803", file, (*path, n), message=message, suggestion=advice)

    def _texts(self) -> None:
        """Beats and expansions that no reader can come to."""
        for file, path, beat in chain(self.files.beats(), self.files.groups()):
            own = str(path[0]) if path[1] == "beats" else None
            if own is None or own in self.courses:
                self._text(self.courses[own] if own else Course(), file, path, beat.when)
        for symbol, rules in self.files.grammar.items():
            for n, rule in enumerate(rules):
                self._text(Course(), "grammar.toml", (symbol, n), rule.when)

    def _text(self, course: Course, file: str, path: KeyPath, when: str | None) -> None:
        if when is not None and not possible(course.then(compile_condition(when)), self.reach):
            message = f"this text is never told: {_quoted(when)} never holds here."
            self.found.add("PACK802", file, (*path, "when"), message=message, suggestion=self._why(when))

    def _never(self, file: str, path: KeyPath, what: str, when: str | None) -> None:
        message = f"{what}: {_quoted(when)} never holds here, whatever is picked."
        self.found.add("PACK801", file, (*path, "when"), message=message, suggestion=self._why(when))

    def _why(self, when: str | None) -> str:
        """What the names of a condition can come to, where it is impossible by itself; else where to look."""
        condition = _condition(when)
        if condition is None or possible(Course((condition,)), self.reach):
            return "It contradicts what holds here: this storylet's own condition, place, cast and effects."
        limits = {name: words for name in sorted(condition.names) if (words := self.reach.in_words(name))}
        known = ", ".join(f'"{name}" {words}' for name, words in limits.items())
        return f"By all that the pack's effects do, {known}." if known else "It contradicts itself."

    def _narrowed(self, name: str, storylet: StoryletFile) -> dict[Element, tuple[Worth, ...]]:
        """What is less than everything where a storylet is chosen: it has not been told, and it is in its own acts."""
        out: dict[Element, tuple[Worth, ...]] = {}
        if storylet.once:
            out["seen", name] = (False,)
        if name not in self.led_to and storylet.ending is None:
            if storylet.act:
                out["act",] = tuple(act for act in self.reach.domain(("act",)) if act in storylet.act)
            if storylet.opening:
                out["turn",] = (1,)
        return out

    def _own(self, name: str, storylet: StoryletFile) -> Iterator[Effect]:
        """What a storylet changes by being told, as the director has it: where the story is, who is there, its own effects."""
        yield Effect("seen", name)
        if storylet.place is not None:
            yield Effect("go", storylet.place)
        if storylet.cast is not None:
            yield from (Effect("leave", member) for member in sorted(self.files.declared.cast - set(storylet.cast)))
            yield from (Effect("enter", member) for member in storylet.cast)
        yield from effects_of(storylet.effects)


def _condition(text: str | None) -> Condition | None:
    return None if text is None else compile_condition(text)


def _quoted(when: str | None) -> str:
    return f'"{when}"'
