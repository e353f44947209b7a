"""What a front end may ask of the session."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from game.settings import Settings
from game.story import Player

Storage = Literal["memory", "library"]


@dataclass(frozen=True, slots=True)
class Teller:
    """Which client writes, as the player chose it: `stub`, `openai`, `local`, `replay`, or a third party's name; any of them
    through a storm of faults as `chaos:NAME`. For `replay`, `model` is the journal that is the recording."""

    client: str = "stub"
    model: str = ""
    base_url: str = ""
    api_key: SecretStr | None = None
    chaos_seed: int = 0


@dataclass(frozen=True, slots=True)
class LookAround:
    """List the packs and the saved playthroughs; answered by `ShelfReady`."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Start a playthrough, or continue the one in `journal` if that file exists (an empty `pack`: the one that it is of);
    answered by `Started`, or `CannotStart`.

    `journal`: a file, `library` for a new one in the user's data folder, or `memory`. `seed` None draws one.
    """

    pack: str
    teller: Teller = Teller()
    seed: int | None = None
    journal: Path | Storage = "memory"
    player: Player | None = None
    require_client: bool = False


@dataclass(frozen=True, slots=True)
class Continue:
    """Take up a saved playthrough where it was left; answered by `Started`, then the scene that it stands at.

    `pack` overrides where its pack is looked for. `read_only`: what was told can be read on every way, and nothing new is told.
    """

    journal: Path
    teller: Teller = Teller()
    pack: str | None = None
    require_client: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """Take a choice of the current scene. Where a scene follows it already, that one is read again, and nothing is asked.

    `scene` is the current one's key: an answer to another scene is refused.
    """

    slot: str
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Rewind:
    """Go back by so many scenes on the way to the current one; a scene that is being told counts as one, and is broken off.
    Answered, like every move in the tree, by `Past` and `SceneReady`."""

    scenes: int = 1


@dataclass(frozen=True, slots=True)
class Forward:
    """Go on by so many scenes that were told already, on the way that was last taken from here."""

    scenes: int = 1


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go to any scene that was ever told, by its key."""

    scene: str


@dataclass(frozen=True, slots=True)
class Retell:
    """Have the current scene told once more, as a sibling; `steer` says in a few words how. The other tellings stay."""

    steer: str = ""


@dataclass(frozen=True, slots=True)
class Flip:
    """Turn to another telling of the current scene: the next (1) or the one before (-1), round and round."""

    by: int = 1


@dataclass(frozen=True, slots=True)
class EditBeat:
    """Change the text of a beat of a scene, and nothing else; the text as it was told, or none at all, gives that back.
    Answered by `Edited`."""

    scene: str
    beat: int
    text: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Keep the current scene (or the one with the key `scene`) under a name, or in a slot ("quick", "1", "2", ...), whose name
    may be empty; what was kept there before gives way. Answered by `Marks`."""

    name: str = ""
    slot: str = ""
    scene: str = ""


@dataclass(frozen=True, slots=True)
class DropBookmark:
    """Keep it no longer. Answered by `Marks`."""

    name: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class LookAtMap:
    """See the tree of all that was told; answered by `MapReady`."""


@dataclass(frozen=True, slots=True)
class LookAt:
    """The player's eye is on this choice of the current scene: what it leads to may be written ahead first."""

    slot: str
    scene: str = ""


@dataclass(frozen=True, slots=True)
class StopWaiting:
    """Do not wait for the model any longer: the understudy finishes this scene."""


@dataclass(frozen=True, slots=True)
class Reload:
    """Read the pack of the open playthrough again, for its author may have changed it; answered by `Reloaded`, or `NotReloaded`.

    It waits for the scene that is being told. When the folder of a pack changes, it is done without being asked for.
    """


@dataclass(frozen=True, slots=True)
class TryPack:
    """See whether the folder or zip at `path` is a pack that can be played; answered by `PackTried`."""

    path: str


@dataclass(frozen=True, slots=True)
class TryTeller:
    """See whether a client answers; answered by `TellerTried`."""

    teller: Teller = field(default_factory=Teller)


@dataclass(frozen=True, slots=True)
class Set:
    """Settings hold from now on: what is written ahead in the open story, too."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Leave:
    """Close the playthrough (it is saved); answered by `Left`."""


Move = Rewind | Forward | GoTo | Retell | Flip
"""What leads elsewhere in the tree."""

Command = (
    LookAround
    | Begin
    | Continue
    | Pick
    | Move
    | EditBeat
    | Bookmark
    | DropBookmark
    | LookAtMap
    | LookAt
    | StopWaiting
    | Reload
    | TryPack
    | TryTeller
    | Set
    | Leave
)
