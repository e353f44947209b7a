"""What a story is: its types, its rules and its randomness. Pure: no files, no clocks, no network, no screen."""

from game.story.attempt import DONE, INTERRUPTED, Attempt, Recap, Shape, recap_from_json, shape_from_json
from game.story.brief import Brief, Length, Slot
from game.story.canonical import Json, canonical, digest
from game.story.chance import ROOT, draw, node_key, pick, pick_weighted
from game.story.conditions import WORDS, Condition, ConditionError, Conditions, compile_condition, knowledge_names, known_names
from game.story.effect import Effect, effect_from_json
from game.story.effects import (
    Bounds,
    Declarations,
    EffectError,
    Fact,
    acts_on,
    apply,
    check_declared,
    knows,
    replay,
)
from game.story.letters import readable
from game.story.memory import EXPANSION, REMEMBERED, rules_in
from game.story.notation import parse_effect
from game.story.outcome import Outcome, Storylet, StubBeat, StubBeats, StubGroup, all_beats
from game.story.player import Player
from game.story.scene import SLOTS, Author, Beat, BeatKind, Choice, Scene, Source, beat_from_json, scene_from_json
from game.story.state import StoryState, Value, state_from_json
from game.story.storymap import MapScene, Mark, StoryMap

__all__ = [
    "DONE",
    "EXPANSION",
    "INTERRUPTED",
    "REMEMBERED",
    "ROOT",
    "SLOTS",
    "WORDS",
    "Attempt",
    "Author",
    "Beat",
    "BeatKind",
    "Bounds",
    "Brief",
    "Choice",
    "Condition",
    "ConditionError",
    "Conditions",
    "Declarations",
    "Effect",
    "EffectError",
    "Fact",
    "Json",
    "Length",
    "MapScene",
    "Mark",
    "Outcome",
    "Player",
    "Recap",
    "Scene",
    "Shape",
    "Slot",
    "Source",
    "StoryMap",
    "StoryState",
    "Storylet",
    "StubBeat",
    "StubBeats",
    "StubGroup",
    "Value",
    "acts_on",
    "all_beats",
    "apply",
    "beat_from_json",
    "canonical",
    "check_declared",
    "compile_condition",
    "digest",
    "draw",
    "effect_from_json",
    "knowledge_names",
    "known_names",
    "knows",
    "node_key",
    "parse_effect",
    "pick",
    "pick_weighted",
    "readable",
    "recap_from_json",
    "replay",
    "rules_in",
    "scene_from_json",
    "shape_from_json",
    "state_from_json",
]
