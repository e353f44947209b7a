"""A corpus of scenes, good and bad, written by hand; what the narrator's checks make of them, and how often they are right."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from game.narrator.checks import choices_of
from game.narrator.draft import Draft
from game.narrator.gate import Read, gate_rules
from game.narrator.reply import ReplyReader
from game.packs import Pack, load_pack
from game.story import Beat, Brief, Length, Slot, Source, StoryState

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PACKS = {"last_keeper": ROOT / "prompts" / "last_keeper", "endless": ROOT / "bench" / "endless", "glass_orchard": HERE / "pack"}
SOURCE = Source("model", "corpus/1", "0")


@dataclass(frozen=True)
class Case:
    """One scene as a model might write it, where it stands in a story, and the code it must be caught with (None: it is good)."""

    name: str
    pack: str
    place: str
    present: tuple[str, ...]
    beats: tuple[tuple[str, str], ...]
    slots: Mapping[str, str] = field(default_factory=dict)
    dealt: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    picked: str | None = None
    before: Mapping[str, Any] | None = None
    max_chars: int = 900
    expect: str | None = None
    gone: tuple[str, ...] = ()

    @property
    def reply(self) -> str:
        beats = [{"s": who, "t": text} for who, text in self.beats]
        return json.dumps({"beats": beats, **self.slots, "notes": []}, ensure_ascii=False)


@dataclass(frozen=True)
class Told:
    """What became of a case: what was shown, the choices, and the codes of all that was repaired."""

    beats: tuple[Beat, ...]
    choices: tuple[str, ...]
    codes: frozenset[str]


@cache
def pack_of(name: str) -> Pack:
    return load_pack(PACKS[name])


def cases() -> Iterator[Case]:
    """All of them, file by file."""
    for file in sorted((HERE / "cases").glob("*.toml")):
        data = tomllib.loads(file.read_text("utf-8"))
        for row in data["case"]:
            beats = tuple(tuple(part.strip() for part in beat.split("|", 1)) for beat in row.pop("beats"))
            lists = {key: tuple(row.pop(key)) for key in ("present", "facts", "items", "earlier", "gone") if key in row}
            yield Case(pack=data["pack"], beats=beats, **lists, **row)  # type: ignore[arg-type]


def brief_of(case: Case) -> Brief:
    pack = pack_of(case.pack)
    state = StoryState(turn=2, place=case.place, present=frozenset(case.present), items=frozenset(case.items))
    state = StoryState(**{**_fields(state), "facts": frozenset(case.facts)})
    return Brief(
        key="00",
        seed=1,
        state=state,
        storylet=None,
        title="",
        goal="",
        must_happen=(),
        place=case.place,
        present=tuple(sorted(case.present)),
        slots=tuple(Slot(letter, f"outcome_{letter}", hint, hint) for letter, hint in case.dealt.items()),
        ledger=(),
        length=Length(),
        player=pack.player,
        picked=case.picked,
    )


def _fields(state: StoryState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__dataclass_fields__}


def tell(case: Case, size: int = 9) -> Told:
    """The case told through the narrator's own reader, gate and checks, in pieces of so many characters."""
    pack, brief = pack_of(case.pack), brief_of(case)
    before = None
    if case.before:
        before = brief_of(Case("", case.pack, case.before["place"], tuple(case.before["present"]), ()))
    rules = gate_rules(brief.player, pack.rating, pack.language, case.max_chars)
    draft = Draft(pack, brief, rules, Read(case.earlier), before)
    reader = ReplyReader()
    for start in range(0, len(case.reply), size):
        draft.take(reader.feed(case.reply[start : start + size]), SOURCE, authored=False)
    draft.end_attempt()
    choices, replaced = choices_of(brief, draft.slots, rules, authored=False)
    return Told(tuple(draft.beats), tuple(choice.text for choice in choices), frozenset(draft.repairs | replaced))


@dataclass
class Score:
    """For one code: cases rightly caught, wrongly caught, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def scores() -> dict[str, Score]:
    """By code; under the empty one, all of them together."""
    out: dict[str, Score] = {"": Score()}
    for case in cases():
        codes = tell(case).codes
        for code in codes | ({case.expect} if case.expect else set()):
            for score in (out[""], out.setdefault(code, Score())):
                score.right += code in codes and code == case.expect
                score.wrong += code in codes and code != case.expect
                score.missed += code not in codes
    return out


def table() -> str:
    """Precision and recall a code, and the cases that went wrong, as text."""
    found = scores()
    rows = [f"{'code':<20} {'cases':>5} {'right':>5} {'wrong':>5} {'missed':>6}  precision  recall"]
    for code in [*sorted(found.keys() - {""}), ""]:
        score = found[code]
        rows.append(
            f"{code or 'all':<20} {score.right + score.missed:>5} {score.right:>5} {score.wrong:>5} {score.missed:>6}"
            f"  {score.precision:>8.1%}  {score.recall:>6.1%}"
        )
    every = list(cases())
    good = [case for case in every if case.expect is None]
    untouched = sum(is_untouched(case) for case in good)
    rows.append(f"{len(good)} good scenes, {untouched} untouched; {len(every) - len(good)} bad ones")
    return "\n".join(rows)


def is_untouched(case: Case) -> bool:
    """Whether every word of it was shown as it stands, and nothing repaired."""
    told = tell(case)
    return not told.codes and [beat.text for beat in told.beats] == [text for _, text in case.beats]
