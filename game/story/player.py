"""Who the player is in the story."""

from dataclasses import dataclass

from game.story.canonical import Json


@dataclass(frozen=True, slots=True)
class Player:
    """Fixed for a playthrough. `role` is who they are in this world, in a few words."""

    name: str = ""
    pronouns: str = "they"
    person: str = "second"
    tense: str = "present"
    role: str = ""

    def to_json(self) -> dict[str, Json]:
        return {
            "name": self.name,
            "pronouns": self.pronouns,
            "person": self.person,
            "tense": self.tense,
            "role": self.role,
        }
