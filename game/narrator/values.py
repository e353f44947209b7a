"""What the templates are given: the values of a brief and of the pack's head, cut to what a profile has room for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from game.narrator.budget import Profile, head, latest, shared, size
from game.narrator.lore import Lore
from game.packs import Pack
from game.packs.pack import CastMember
from game.story import Brief, Player

Values = Mapping[str, object]
Render = Callable[[str, Values], str]
"""From a template's name and its values to the text."""

LEAST_DETAIL = 120
"""Characters of room from which a member of the cast is told with what they want."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part that there was no room for: characters kept of so many."""

    part: str
    kept: int
    of: int


def system_values(pack: Pack, player: Player, profile: Profile, example: str, render: Render) -> tuple[Values, tuple[Cut, ...]]:
    """The values of the `system` template, and what of them was cut. Who may speak is never cut."""
    members = list(pack.cast.values())
    always = [entry.text for entry in sorted(pack.lore.values(), key=lambda entry: -entry.priority) if entry.always]
    frame: dict[str, object] = {
        "title": pack.title,
        "world": "",
        "language": pack.language,
        "rating": pack.rating,
        "player": player.to_json(),
        "cast": [_member(member, 0) for member in members],
        "lore": [],
        "example": example,
        "compact": profile.compact,
    }
    room = max(0, profile.system_chars - size(render("system", frame)))
    detail = [size(member.voice) + size(member.wants) + DETAIL_FRAME for member in members]
    world, cast, lore = shared(room, [(size(pack.world), 5), (sum(detail), 4), (sum(map(size, always)) + 3 * len(always), 2)])
    each = shared(cast, [(wish, 1) for wish in detail])
    kept = _fitting(always, lore)
    frame |= {
        "world": head(pack.world.strip(), world),
        "cast": [_member(member, share) for member, share in zip(members, each, strict=True)],
        "lore": kept,
    }
    return frame, _system_cuts(pack, frame, sum(detail), each, always)


DETAIL_FRAME = 20
"""The template's own words around how somebody talks and what they want."""


def _system_cuts(
    pack: Pack, values: Mapping[str, object], detail: int, each: Sequence[int], always: Sequence[str]
) -> tuple[Cut, ...]:
    lore = values["lore"]
    assert isinstance(lore, list)
    wanted = [
        Cut("world", size(str(values["world"])), size(pack.world.strip())),
        Cut("cast: voices and wants", sum(each), detail),
        Cut("lore that is always true", sum(map(size, lore)), sum(map(size, always))),
    ]
    return tuple(cut for cut in wanted if cut.kept < cut.of)


def _member(member: CastMember, room: int) -> dict[str, str]:
    """Who somebody is; how they talk and what they want, within `room`. Where there is little, only how they talk."""
    whole = size(member.voice) + size(member.wants) + DETAIL_FRAME
    longest = size(member.wants) if room >= min(LEAST_DETAIL, whole) else 0
    wants, voice = shared(room - DETAIL_FRAME, [(longest, 1), (size(member.voice), 2)])
    return {
        "id": member.id,
        "name": member.name,
        "pronouns": member.pronouns,
        "voice": head(member.voice, voice) if voice > 0 else "",
        "wants": head(member.wants, wants) if wants > 0 else "",
    }


def _fitting(texts: Sequence[str], room: int) -> list[str]:
    out = []
    for text in texts:
        if size(text) + 3 <= room:
            out.append(text)
            room -= size(text) + 3
    return out


def scene_values(
    pack: Pack, brief: Brief, profile: Profile, lore: Lore, described: bool = False
) -> tuple[Values, tuple[Cut, ...]]:
    """The values of the `scene` template, and what of them was cut: of the place its details, of the ledger and of what was
    revealed the oldest. A place that stands `described` in the request already is only named."""
    place = pack.places[brief.place]
    looks = "" if described else place.description
    slots = [{"letter": slot.letter, "hint": head(slot.hint or slot.text, 200)} for slot in brief.slots]
    goal = head(brief.goal, profile.brief_chars // 3)
    must = _fitting(brief.must_happen, profile.brief_chars // 4)
    fixed = FRAME + size(goal) + sum(size(text) + 3 for text in must) + sum(size(slot["hint"]) + 4 for slot in slots)
    fixed += sum(size(pack.cast[name].name) + len(name) + 5 for name in brief.present)
    fixed += size(brief.steer) + STEER_FRAME if brief.steer else 0
    room = max(0, profile.brief_chars - fixed - sum(size(entry.text) + 3 for entry in lore.told))
    wishes = [_length(brief.ledger), _length(brief.secrets), size(looks)]
    ledger_room, secrets_room, place_room = shared(room, list(zip(wishes, (5, 3, 2), strict=True)))
    description = head(looks, place_room)
    ledger, secrets = _ledger(brief, ledger_room), latest(list(brief.secrets), secrets_room)
    values: Values = {
        "turn": brief.turn,
        "title": brief.title,
        "place": {"name": place.name, "description": description},
        "present": [{"id": name, "name": pack.cast[name].name} for name in brief.present],
        "goal": goal,
        "must_happen": must,
        "ledger": ledger,
        "secrets": secrets,
        "lore": [entry.text for entry in lore.told],
        "slots": slots,
        "min_beats": min(brief.length.min_beats, profile.max_beats),
        "max_beats": min(brief.length.max_beats, profile.max_beats),
        "picked": brief.picked or "",
        "left": [beat.texts[0] for _, beat in brief.left],
        "ending": pack.endings[brief.ending].title if brief.ending else "",
        "compact": profile.compact,
    }
    wanted = [
        Cut("goal", size(goal), size(brief.goal)),
        Cut("must happen", _length(must), _length(brief.must_happen)),
        Cut("ledger", _length(ledger), _length(brief.ledger)),
        Cut("revealed", _length(secrets), _length(brief.secrets)),
        Cut("place", size(description), size(looks)),
    ]
    return values, tuple(cut for cut in wanted if cut.kept < cut.of)


FRAME = 420
"""The scene template's own words, and the title and the choice that led here."""


STEER_FRAME = 240
"""The steer template's own words."""


def _length(lines: Sequence[str]) -> int:
    return sum(size(line) + 3 for line in lines)


def _ledger(brief: Brief, room: int) -> list[str]:
    """The ledger within `room`: free notes are left out first, the oldest first; then what stands first."""
    lines = list(brief.ledger)
    droppable = [line for line in lines if line in brief.state.notes]
    for line in [*droppable, *(line for line in lines if line not in droppable)]:
        if _length(lines) <= room:
            break
        lines.remove(line)
    return lines
