"""From the files of a pack, read and valid each for itself, to one `Pack`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from game.packs.files import (
    BeatFile,
    CastFile,
    GroupFile,
    LoreFile,
    OneOfFile,
    OutcomeFile,
    PackFile,
    PlaceFile,
    PlayFile,
    RuleFile,
    StoryletFile,
    VariableFile,
)
from game.packs.grammar import Grammar, Rule
from game.packs.locate import KeyPath
from game.packs.pack import CastMember, Pack, Place, Secret
from game.story import (
    Bounds,
    Condition,
    Declarations,
    Outcome,
    Player,
    Storylet,
    StoryState,
    StubBeat,
    StubBeats,
    StubGroup,
    compile_condition,
    parse_effect,
)


@dataclass(frozen=True, slots=True)
class PackFiles:
    """All files of a pack, parsed. `declared` and `endings` also name what is declared wrongly; `homes`: each storylet's file."""

    pack: PackFile | None
    declared: Declarations
    endings: frozenset[str]
    world: str
    cast: Mapping[str, CastFile]
    places: Mapping[str, PlaceFile]
    lore: Mapping[str, LoreFile]
    storylets: Mapping[str, StoryletFile]
    homes: Mapping[str, str]
    grammar: Mapping[str, list[RuleFile]]
    templates: Mapping[str, str]
    plays: Mapping[str, list[PlayFile]]
    hash: str

    @property
    def are_whole(self) -> bool:
        """Whether no table was left out as invalid, so that what is not here is really missing."""
        return self.pack is not None and self.storylets.keys() == self.homes.keys()

    def outcomes(self) -> Iterator[tuple[str, KeyPath, OutcomeFile]]:
        """Every outcome, with its file and where it stands there."""
        for n, outcome in enumerate(self.pack.improvise if self.pack else ()):
            yield "pack.toml", ("improvise", n), outcome
        for name, storylet in self.storylets.items():
            for n, outcome in enumerate(storylet.outcomes):
                yield self.homes[name], (name, "outcomes", n), outcome

    def beats(self) -> Iterator[tuple[str, KeyPath, BeatFile]]:
        """Every beat of a storylet or an outcome, with its file and where it stands there."""
        for file, path, each in self._told():
            if isinstance(each, BeatFile):
                yield file, path, each

    def groups(self) -> Iterator[tuple[str, KeyPath, GroupFile]]:
        """Every group of beats, likewise; each before those that are in it."""
        for file, path, each in self._told():
            if not isinstance(each, BeatFile):
                yield file, path, each

    def _told(self) -> Iterator[tuple[str, KeyPath, BeatFile | GroupFile]]:
        for file, path, outcome in self.outcomes():
            yield from ((file, *each) for each in _within(outcome.then, (*path, "then")))
        for name, storylet in self.storylets.items():
            yield from ((self.homes[name], *each) for each in _within(storylet.beats, (name, "beats")))


def _within(beats: Iterable[BeatFile | GroupFile], path: KeyPath) -> Iterator[tuple[KeyPath, BeatFile | GroupFile]]:
    """Beats and groups, and what is in the groups, each with where it stands. A sequence of one may stand there without a list:
    of what is said to be in it, the line is found all the same."""
    for n, each in enumerate(beats):
        yield (*path, n), each
        if not isinstance(each, BeatFile):
            key = "one_of" if isinstance(each, OneOfFile) else "shuffled"
            for m, member in enumerate(members_of(each)):
                yield from _within(member, (*path, n, key, m))


def members_of(group: GroupFile) -> list[list[BeatFile | GroupFile]]:
    """The sequences of a group."""
    return group.one_of if isinstance(group, OneOfFile) else group.shuffled


def bounds_of(variable: VariableFile) -> Bounds | None:
    """None for a bool."""
    if isinstance(variable.start, bool):
        return None
    low = variable.min if variable.min is not None else 0
    high = variable.max if variable.max is not None else max(low, variable.start)
    return Bounds(low, high, variable.step)


def compile_pack(head: PackFile, files: PackFiles) -> Pack:
    """The pack made of files in which nothing is wrong."""
    return Pack(
        id=head.id,
        title=head.title,
        tagline=head.tagline,
        version=head.version,
        language=head.language,
        rating=head.rating,
        content_notes=tuple(head.content_notes),
        acts=head.acts,
        scenes=(head.length.min, head.length.max),
        player=Player(**head.player.model_dump(exclude={"ask"})),
        asks_player=head.player.ask,
        world=files.world,
        declared=files.declared,
        initial=initial_state(head),
        items=head.items,
        threads=head.threads,
        endings=head.endings,
        improvise=tuple(_outcome("improvise", outcome) for outcome in head.improvise),
        cast={name: _cast(name, member) for name, member in files.cast.items()},
        places={name: _place(name, place) for name, place in files.places.items()},
        lore=files.lore,
        storylets={name: _storylet(name, storylet, files.cast) for name, storylet in files.storylets.items()},
        grammar=Grammar({symbol: tuple(map(_rule, rules)) for symbol, rules in files.grammar.items()}),
        templates={path.partition("/")[2].removesuffix(".j2"): text for path, text in files.templates.items()},
        palette=head.palette,
        type=head.type,
        authors=tuple(head.authors),
        licence=head.licence,
        ai_policy=head.ai_policy,
        waiting=head.waiting,
        cover=head.cover,
        hash=files.hash,
        tests=tuple(play for plays in files.plays.values() for play in plays),
    )


def initial_state(head: PackFile, turn: int = 0) -> StoryState:
    """The state before the first scene."""
    variables = {name: variable.start for name, variable in head.variables.items()}
    return StoryState(turn=turn, place=head.start, present=frozenset(head.present), variables=variables)


def _condition(text: str | None) -> Condition | None:
    return None if text is None else compile_condition(text)


def _outcome(home: str, outcome: OutcomeFile) -> Outcome:
    return Outcome(
        id=outcome.id,
        text=outcome.text,
        hint=outcome.hint or outcome.text,
        when=_condition(outcome.when),
        effects=tuple(map(parse_effect, outcome.effects)),
        leads_to=outcome.leads_to,
        then=_beats(f"{home}.{outcome.id}", outcome.then),
    )


def _beats(home: str, beats: Iterable[BeatFile | GroupFile]) -> StubBeats:
    """Beats and groups; the rule of each is where it stands, counted from 1: `arrival.3`, `arrival.3.2.1` in a member."""
    return tuple(_beat_or_group(f"{home}.{n + 1}", each) for n, each in enumerate(beats))


def _beat_or_group(rule: str, each: BeatFile | GroupFile) -> StubBeat | StubGroup:
    when = _condition(each.when)
    if isinstance(each, BeatFile):
        return StubBeat(tuple(each.text), each.speaker, each.expression, when, rule)
    members = tuple(_beats(f"{rule}.{n + 1}", member) for n, member in enumerate(members_of(each)))
    return StubGroup(members, 1 if isinstance(each, OneOfFile) else each.take or len(members), when, rule)


def _rule(rule: RuleFile) -> Rule:
    return Rule(rule.text, _condition(rule.when), rule.weight, rule.speaker, rule.expression)


def _storylet(name: str, storylet: StoryletFile, cast: Mapping[str, CastFile]) -> Storylet:
    return Storylet(
        id=name,
        title=storylet.title,
        goal=storylet.goal,
        must_happen=tuple(storylet.must_happen),
        outcomes=tuple(_outcome(name, outcome) for outcome in storylet.outcomes),
        beats=_beats(name, storylet.beats),
        when=_condition(storylet.when),
        acts=frozenset(storylet.act),
        place=storylet.place,
        cast=None if storylet.cast is None else tuple(storylet.cast),
        once=storylet.once,
        weight=storylet.weight,
        opening=storylet.opening,
        effects=tuple(map(parse_effect, storylet.effects)),
        threads=tuple(storylet.threads),
        ending=storylet.ending,
        reveals=tuple(_revealed(name, cast.values())),
    )


def _revealed(storylet: str, cast: Iterable[CastFile]) -> list[str]:
    return [secret.text for member in cast for secret in member.secrets if secret.revealed_by == storylet]


def _cast(name: str, member: CastFile) -> CastMember:
    secrets = tuple(Secret(secret.text, secret.revealed_by) for secret in member.secrets)
    return CastMember(
        id=name,
        name=member.name,
        pronouns=member.pronouns,
        voice=member.voice,
        wants=member.wants,
        expressions=tuple(member.expressions),
        look=member.look,
        consent=member.consent,
        secrets=secrets,
    )


def _place(name: str, place: PlaceFile) -> Place:
    return Place(name, place.name, place.description, tuple(place.exits), place.ambience, place.look)
