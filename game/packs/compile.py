"""From the files of a pack, read and valid each for itself, to one `Pack`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from game.packs.files import (
    BeatFile,
    CastFile,
    LoreFile,
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
        for file, path, outcome in self.outcomes():
            for n, beat in enumerate(outcome.then):
                yield file, (*path, "then", n), beat
        for name, storylet in self.storylets.items():
            for n, beat in enumerate(storylet.beats):
                yield self.homes[name], (name, "beats", n), beat


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
        improvise=tuple(map(_outcome, head.improvise)),
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


def _outcome(outcome: OutcomeFile) -> Outcome:
    return Outcome(
        id=outcome.id,
        text=outcome.text,
        hint=outcome.hint or outcome.text,
        when=_condition(outcome.when),
        effects=tuple(map(parse_effect, outcome.effects)),
        leads_to=outcome.leads_to,
        then=tuple(map(_beat, outcome.then)),
    )


def _beat(beat: BeatFile) -> StubBeat:
    return StubBeat(tuple(beat.text), beat.speaker, beat.expression, _condition(beat.when))


def _rule(rule: RuleFile) -> Rule:
    return Rule(rule.text, _condition(rule.when), rule.weight)


def _storylet(name: str, storylet: StoryletFile, cast: Mapping[str, CastFile]) -> Storylet:
    return Storylet(
        id=name,
        title=storylet.title,
        goal=storylet.goal,
        must_happen=tuple(storylet.must_happen),
        outcomes=tuple(map(_outcome, storylet.outcomes)),
        beats=tuple(map(_beat, storylet.beats)),
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
