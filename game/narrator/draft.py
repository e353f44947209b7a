"""A scene in the making: the beats that the gate let through so far, from one attempt or several."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from game.narrator.continuity import bounds_of, dead_in
from game.narrator.events import Grown
from game.narrator.gate import Bounds, Gate, GateRules, Read
from game.narrator.reply import NARRATOR, BeatPart, Note, Part, SlotText
from game.packs import Pack
from game.story import Beat, BeatKind, Brief, Source

NEAR_MISS = 80
"""Similarity, of 100, from which a wrong name counts as a misspelt one."""

ENDS = (".", "!", "?", "…", "”", "’", '"', "'")
"""What a beat may end in."""

Speaker = tuple[BeatKind, str | None, str | None]


class Draft:
    """Takes the parts of a reply as they are read, and keeps what may be shown. `before` is the brief of the scene before: what
    was so in it may still be seen while this one opens."""

    def __init__(self, pack: Pack, brief: Brief, rules: GateRules, read: Read, before: Brief | None = None) -> None:
        self._pack = pack
        self._brief = brief
        self._rules = rules
        self._read = read
        self._before = before
        self._dead = dead_in(pack, brief)
        self._known: dict[bool, Bounds] = {}
        self._open: Gate | None = None
        self._index = -1
        self._dropped = False
        self.beats: list[Beat] = []
        self.slots: dict[str, tuple[str, Source]] = {}
        self.notes: list[str] = []
        self.repairs: set[str] = set()

    @property
    def enough(self) -> bool:
        """Whether the scene may end here."""
        return len(self.beats) >= self._brief.length.min_beats

    def holds(self, shown: Sequence[Beat]) -> bool:
        """Whether all that was shown of the scene is in it, where it was shown."""
        return len(shown) <= len(self.beats) and all(
            (was.kind, was.speaker) == (beat.kind, beat.speaker) and beat.text.startswith(was.text)
            for was, beat in zip(shown, self.beats, strict=False)
        )

    def keep(self, shown: Sequence[Beat]) -> list[Grown]:
        """Begin with what was shown of the scene, as it was shown; a sentence that had not ended does so there."""
        *whole, last = shown
        self.beats = [*whole, last if last.text.endswith(ENDS) else last.with_text(f"{last.text}…")]
        for beat in self.beats:
            self._read.add(beat.text)
        return [Grown(n, beat, True) for n, beat in enumerate(self.beats)]

    def take(self, parts: Iterable[Part], source: Source, authored: bool) -> list[Grown]:
        """Read more of a reply from `source`; what of the scene grew by it."""
        grown: list[Grown] = []
        for part in parts:
            if isinstance(part, SlotText):
                self.slots.setdefault(part.letter, (part.text, source))
            elif isinstance(part, Note):
                self.notes.append(" ".join(part.text.split())[:160])
            elif authored:
                grown += self._pass_on(part, source)
            else:
                grown += self._beat(part, source)
        return grown

    def end_attempt(self) -> list[Grown]:
        """Nothing more comes of this attempt: a beat under way ends where it was shown."""
        grown = self._grow(self._open.close(cut=True), whole=True) if self._open else []
        self._open, self._index, self._dropped = None, -1, False
        return grown

    def _pass_on(self, part: BeatPart, source: Source) -> list[Grown]:
        """What the pack's author wrote needs no gate."""
        kind, speaker, expression = self._speaker_as_written(part.speaker)
        ref = Source(source.by, source.via, part.rule or source.ref)
        self.beats.append(Beat(kind, " ".join(part.text.split()), ref, speaker, expression))
        return [Grown(len(self.beats) - 1, self.beats[-1], True)]

    def _speaker_as_written(self, name: str) -> Speaker:
        who, _, mood = name.partition("/")
        return ("narration", None, None) if who == NARRATOR else ("line", who, mood)

    def _beat(self, part: BeatPart, source: Source) -> list[Grown]:
        if part.index != self._index:
            self._begin(part, source)
        if self._dropped or self._open is None:
            return []
        text = self._open.feed(part.text)
        if not part.whole:
            return self._grow(text)
        grown = self._grow(text + self._open.close(), whole=True)
        self._open = None
        return grown

    def _begin(self, part: BeatPart, source: Source) -> None:
        self._index = part.index
        speaker = self._speaker(part.speaker)
        if speaker and len(self.beats) >= self._brief.length.max_beats:
            self.repairs.add("too_long")
            speaker = None
        self._dropped = speaker is None
        if speaker is None:
            return
        kind, who, mood = speaker
        names = (who, self._pack.cast[who].name) if who else ()
        self._open = Gate(self._rules, self._read, kind, names, self._bounds(kind))
        self._growing = Beat(kind, "", source, who, mood)

    def _bounds(self, kind: BeatKind) -> Bounds:
        opening = kind == "narration" and not any(beat.kind == kind for beat in self.beats)
        if opening not in self._known:
            self._known[opening] = bounds_of(self._pack, self._brief, opening, self._before)
        return self._known[opening]

    def _grow(self, text: str, whole: bool = False) -> list[Grown]:
        """The beat under way, longer by `text`. A beat of which nothing was let through is none."""
        assert self._open is not None
        self.repairs.update(self._open.repairs)
        if text:
            fresh = not self._growing.text
            self._growing = self._growing.with_text(self._growing.text + text)
            shown = self._growing.with_text(self._growing.text.rstrip())
            if fresh:
                self.beats.append(shown)
            self.beats[-1] = shown
        elif not whole:
            return []
        if not self._growing.text:
            return []
        if whole:
            self._read.add(self.beats[-1].text)
        return [Grown(len(self.beats) - 1, self.beats[-1], whole)]

    def _speaker(self, name: str) -> Speaker | None:
        """Who speaks; None, with the reason among the repairs, when nobody may."""
        wanted, _, mood = name.strip().lower().partition("/")
        if wanted in (NARRATOR, "narration", ""):
            return ("narration", None, None)
        if wanted in ("you", "player", "i", self._brief.player.name.lower()):
            self.repairs.add("speaks_for_player")
            return None
        who = self._cast_member(wanted)
        refused = "unknown_speaker" if who is None else self._may_speak(who)
        if who is None or refused:
            self.repairs.add(refused)
            return None
        moods = self._pack.cast[who].expressions
        return ("line", who, mood if mood in moods else moods[0])

    def _cast_member(self, wanted: str) -> str | None:
        names = {member.id: member.id for member in self._pack.cast.values()}
        names |= {member.name.lower(): member.id for member in self._pack.cast.values()}
        if wanted in names:
            return names[wanted]
        near = process.extractOne(wanted, list(names), scorer=fuzz.ratio, score_cutoff=NEAR_MISS)
        if near is None:
            return None
        self.repairs.add("renamed_speaker")
        return names[near[0]]

    def _may_speak(self, who: str) -> str:
        """The code of what forbids it; empty when nothing does."""
        if who in self._dead:
            return "dead_speaker"
        return "" if who in self._brief.present else "absent_speaker"
