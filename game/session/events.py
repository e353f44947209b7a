"""What the session tells a front end."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from game.packs import Diagnostic, Pack
from game.session.credits import Credits
from game.story import Beat, Mark, Scene, StoryMap, StoryState


@dataclass(frozen=True, slots=True)
class PackCard:
    """A pack on the shelf: `pack` to paint its cover from, or None and what is wrong with it."""

    ref: str
    title: str
    pack: Pack | None
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class SaveCard:
    """A playthrough on the shelf. `changed` is its file's modification time, seconds since the epoch. `damaged`: its file is, and
    this is how its newest backup has it, which takes its place when it is continued. At turn 0 there is none."""

    journal: Path
    pack_id: str
    pack_title: str
    scene_title: str
    place: str
    turn: int
    ended: bool
    changed: float
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class ShelfReady:
    packs: tuple[PackCard, ...]
    saves: tuple[SaveCard, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A playthrough is open. `networked` is whether text will leave this machine."""

    pack: Pack
    client: str
    model: str
    seed: int
    journal: Path | None
    continued: bool
    networked: bool
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class CannotStart:
    """Nothing was begun; `message` is one line for the player. `problems`: all that is wrong with the pack, where that is why."""

    message: str
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """What a scene costs in tokens, told before the first networked call: the first request as counted, the reply at its most."""

    prompt_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True)
class SceneBegan:
    """A scene is being written. `writer` is who: the client's name and model, in words."""

    turn: int
    key: str
    title: str
    place: str
    present: tuple[str, ...]
    writer: str


@dataclass(frozen=True, slots=True)
class BeatGrew:
    """Beat `index` of the current scene now reads `beat.text`; it is in the journal already and is never taken back.

    A beat only grows; `done` when it is whole.
    """

    turn: int
    index: int
    beat: Beat
    done: bool


@dataclass(frozen=True, slots=True)
class Branches:
    """Where a scene stands in the tree: the `telling`-th (from 0) of so many `tellings` of it that can be flipped through; the
    slots behind which a scene was told already (`told`), and the one of them that *forward* takes (empty: none). `recorded` is,
    while a recording is played, the slot that was picked then."""

    telling: int = 0
    tellings: int = 1
    told: tuple[str, ...] = ()
    forward: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class SceneReady:
    """The scene is whole and committed. `state` is what its choices are dealt in.

    `recalled`: it was read from the journal. Not `settled`: its choice was made already, and the scene that follows comes next.
    """

    scene: Scene
    state: StoryState
    recalled: bool = False
    settled: bool = True
    branches: Branches = Branches()


@dataclass(frozen=True, slots=True)
class Past:
    """The way to the scene that comes next was not just read: these are the scenes on it, the latest of them at the most, oldest
    first, each with the slot that was picked in it. All that was read before them is no longer on the way."""

    scenes: tuple[tuple[Scene, str], ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """A beat of the scene with this key now reads `beat.text`, wherever it is read."""

    scene: str
    index: int
    beat: Beat


@dataclass(frozen=True, slots=True)
class MarkCard:
    """A scene that is kept under a name or in a slot, and what it is."""

    mark: Mark
    title: str
    place: str
    turn: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All that is kept of this playthrough: slots by number ("quick" first), then names, the latest first."""

    cards: tuple[MarkCard, ...]


@dataclass(frozen=True, slots=True)
class MapReady:
    """The tree of all that was told. `endings` are the titles of those that were found, by id; `unfound` is how many were not."""

    map: StoryMap
    endings: Mapping[str, str]
    unfound: int


@dataclass(frozen=True, slots=True)
class Picked:
    turn: int
    slot: str
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the player should know, quietly: a stable `code` and one sentence. `fault` when it is the client's."""

    code: str
    words: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What a playthrough took of its client, in tokens, and what writing ahead brought of it.

    `hits` and `misses` count the picks whose scene was, and was not, begun before it was picked; `wasted` are the tokens of what
    was written ahead and never read. `saved` is in seconds: how much earlier the first words of those scenes could be shown.
    """

    requests: int = 0
    prompt: int = 0
    reply: int = 0
    cached: int = 0
    hits: int = 0
    misses: int = 0
    wasted: int = 0
    saved: float = 0.0


@dataclass(frozen=True, slots=True)
class Ended:
    """The story is over. Its last scene has been told by `SceneReady`. `open_threads` are the promises that it did not keep, in
    the author's words; `tally` is empty for a client that takes no tokens."""

    ending: str
    title: str
    scenes: int
    credits: Credits
    open_threads: tuple[str, ...] = ()
    tally: Tally = Tally()


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The pack was read again, and is in place from here on: names and looks at once, what happens from the next scene on.

    `pack` has all that was met in this playthrough, too, and is no longer in it. `files` are those that changed, came or went, by
    their paths inside the pack: none where it is as it was. `again`: the scene on the page would read otherwise by it, and comes
    next, told once more.
    """

    pack: Pack
    files: tuple[str, ...]
    warnings: tuple[Diagnostic, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class NotReloaded:
    """The pack as it is now cannot be played; the old one goes on."""

    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class PackTried:
    """What is at a path that was tried: its `ref` is that path."""

    card: PackCard


@dataclass(frozen=True, slots=True)
class TellerTried:
    ok: bool
    words: str


@dataclass(frozen=True, slots=True)
class Left:
    journal: Path | None


@dataclass(frozen=True, slots=True)
class ClientFailed:
    """With `require_client`: the client could not write, so the story stops here. What was read is saved."""

    message: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The program itself is at fault. `message` is one line for a bug report; the story up to here is saved."""

    message: str


Event = (
    ShelfReady
    | Started
    | CannotStart
    | Priced
    | SceneBegan
    | BeatGrew
    | SceneReady
    | Past
    | Edited
    | Marks
    | MapReady
    | Picked
    | Notice
    | Ended
    | Reloaded
    | NotReloaded
    | PackTried
    | TellerTried
    | Left
    | ClientFailed
    | Broken
)
