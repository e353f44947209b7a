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
    """Start a playthrough, or continue the one in `journal` if that file exists; answered by `Started`, or `CannotStart`.

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

    `pack` overrides where its pack is looked for.
    """

    journal: Path
    teller: Teller = Teller()
    pack: str | None = None
    require_client: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """Take a choice of the current scene. `scene` is its key: an answer to another scene than the current one is refused."""

    slot: str
    scene: str = ""


@dataclass(frozen=True, slots=True)
class LookAt:
    """The player's eye is on this choice of the current scene: what it leads to may be written ahead first."""

    slot: str
    scene: str = ""


@dataclass(frozen=True, slots=True)
class StopWaiting:
    """Do not wait for the model any longer: the understudy finishes this scene."""


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


Command = LookAround | Begin | Continue | Pick | LookAt | StopWaiting | TryTeller | Set | Leave
