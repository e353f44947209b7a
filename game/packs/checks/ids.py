"""That every id that is used is declared."""

from collections.abc import Collection, Iterable

from game.packs.compile import PackFiles
from game.packs.files import BeatFile, OutcomeFile, RuleFile
from game.packs.findings import Findings, did_you_mean
from game.packs.locate import KeyPath

_KINDS = {
    "PACK301": "place",
    "PACK302": "cast member",
    "PACK305": "storylet",
    "PACK306": "thread",
    "PACK307": "ending",
    "PACK308": "fact",
}


def check_ids(files: PackFiles, found: Findings) -> None:
    """Places, cast, expressions, storylets, threads and endings that are named and do not exist; ids that are given twice."""
    _Ids(files, found).check()


class _Ids:
    def __init__(self, files: PackFiles, found: Findings) -> None:
        self._files = files
        self._found = found
        self._known = files.declared

    def check(self) -> None:
        self._head()
        for name, place in self._files.places.items():
            for n, exit_ in enumerate(place.exits):
                self._one("PACK301", exit_, self._known.places, "places.toml", (name, "exits", n))
        self._cast()
        self._storylets()
        for file, path, outcome in self._files.outcomes():
            self._one("PACK305", outcome.leads_to, self._known.storylets, file, (*path, "leads_to"))
        for file, path, beat in self._files.beats():
            self._spoken(file, path, beat)
            self._speaker_is_there(file, path, beat.speaker)
        for symbol, rules in self._files.grammar.items():
            for n, rule in enumerate(rules):
                self._spoken("grammar.toml", (symbol, n), rule)

    def _one(self, code: str, name: str | None, known: Collection[str], file: str, path: KeyPath) -> None:
        if name is not None and name not in known:
            message = f'no {_KINDS[code]} is called "{name}".'
            self._found.add(code, file, path, message=message, suggestion=did_you_mean(name, known))

    def _head(self) -> None:
        head = self._files.pack
        if head is None:
            return
        self._one("PACK301", head.start, self._known.places, "pack.toml", ("start",))
        for n, member in enumerate(head.present):
            self._one("PACK302", member, self._known.cast, "pack.toml", ("present", n))
        self._one("PACK301", head.cover.place, self._known.places, "pack.toml", ("cover", "place"))
        self._one("PACK302", head.cover.cast, self._known.cast, "pack.toml", ("cover", "cast"))
        self._twice(head.improvise, "pack.toml", ("improvise",))

    def _cast(self) -> None:
        for name, member in self._files.cast.items():
            if "neutral" not in member.expressions:
                message = f'the expressions of {name} lack "neutral", which is shown when nothing else is said.'
                self._found.add("PACK303", "cast.toml", (name, "expressions"), message=message)
            for n, fact in enumerate(member.knows):
                self._one("PACK308", fact, self._known.facts, "cast.toml", (name, "knows", n))
            for n, secret in enumerate(member.secrets):
                path = (name, "secrets", n, "revealed_by")
                self._one("PACK305", secret.revealed_by, self._known.storylets, "cast.toml", path)

    def _storylets(self) -> None:
        for name, storylet in self._files.storylets.items():
            file = self._files.homes[name]
            self._one("PACK301", storylet.place, self._known.places, file, (name, "place"))
            self._one("PACK307", storylet.ending, self._files.endings, file, (name, "ending"))
            for n, member in enumerate(storylet.cast or ()):
                self._one("PACK302", member, self._known.cast, file, (name, "cast", n))
            for n, act in enumerate(storylet.act):
                self._act(act, file, (name, "act", n))
            for n, thread in enumerate(storylet.threads):
                self._one("PACK306", thread, self._known.threads, file, (name, "threads", n))
            self._twice(storylet.outcomes, file, (name, "outcomes"))

    def _act(self, act: int, file: str, path: KeyPath) -> None:
        if act > self._known.acts:
            message = f"there is no act {act}: the acts go from 1 to {self._known.acts}."
            self._found.add("PACK311", file, path, message=message, suggestion='Write another, or more "acts" in pack.toml.')

    def _twice(self, outcomes: Iterable[OutcomeFile], file: str, path: KeyPath) -> None:
        seen: set[str] = set()
        for n, outcome in enumerate(outcomes):
            if outcome.id in seen:
                message = f'there is an outcome "{outcome.id}" here already.'
                self._found.add("PACK207", file, (*path, n, "id"), message=message, suggestion="Give one of them another id.")
            seen.add(outcome.id)

    def _spoken(self, file: str, path: KeyPath, beat: BeatFile | RuleFile) -> None:
        if beat.speaker is None:
            if beat.expression is not None:
                message = "this has an expression, and nobody who has it."
                self._found.add("PACK303", file, (*path, "expression"), message=message, suggestion="Name its speaker.")
            return
        self._one("PACK302", beat.speaker, self._known.cast, file, (*path, "speaker"))
        member = self._files.cast.get(beat.speaker)
        if member and beat.expression and beat.expression not in member.expressions:
            message = f'{beat.speaker} has no expression "{beat.expression}".'
            advice = did_you_mean(beat.expression, member.expressions) or f"There are: {', '.join(member.expressions)}."
            self._found.add("PACK303", file, (*path, "expression"), message=message, suggestion=advice)

    def _speaker_is_there(self, file: str, path: KeyPath, speaker: str | None) -> None:
        """In a storylet that says who is there. What comes of an improvised outcome is told wherever the story is."""
        storylet = self._files.storylets.get(str(path[0])) if file != "pack.toml" else None
        if storylet is None or storylet.cast is None or speaker is None:
            return
        if speaker in storylet.cast or speaker not in self._known.cast:
            return
        if f"enter {speaker}" not in (" ".join(effect.split()) for effect in storylet.effects):
            message = f"{speaker} speaks here, and is not in the cast of this storylet."
            advice = did_you_mean(speaker, storylet.cast) or f'Add "{speaker}" to its cast.'
            self._found.add("PACK304", file, (*path, "speaker"), message=message, suggestion=advice)
