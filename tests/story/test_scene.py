"""Scenes: through JSON and back, and who wrote them."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import SLOTS, Author, Beat, Choice, Scene, Source, beat_from_json, canonical, scene_from_json

text = st.text(max_size=20)
sources = st.builds(Source, by=st.sampled_from(get_args(Author)), via=text, ref=text)
narrations = st.builds(lambda words, source: Beat("narration", words, source), text, sources)
lines = st.builds(lambda words, source, who, look: Beat("line", words, source, who, look), text, sources, text, text)
beats = narrations | lines
choices = st.builds(Choice, slot=st.sampled_from(SLOTS), outcome=text, text=text, source=sources)
scenes = st.builds(
    Scene,
    key=text,
    turn=st.integers(0, 10**6),
    title=text,
    place=text,
    beats=st.lists(beats, max_size=5).map(tuple),
    choices=st.lists(choices, max_size=4).map(tuple),
    ending=st.none() | text,
    storylet=st.none() | text,
    notes=st.lists(text, max_size=3).map(tuple),
    repairs=st.lists(text, max_size=3).map(tuple),
    fallback=st.none() | text,
)


@given(scenes)
def test_a_scene_survives_json(scene: Scene) -> None:
    assert scene_from_json(scene.to_json()) == scene


@given(scenes)
def test_a_scene_written_again_is_the_same_bytes(scene: Scene) -> None:
    assert canonical(scene_from_json(scene.to_json()).to_json()) == canonical(scene.to_json())


@given(beats)
def test_a_beat_survives_json(beat: Beat) -> None:
    assert beat_from_json(beat.to_json()) == beat


@given(narrations)
def test_a_narration_says_nothing_of_a_speaker(beat: Beat) -> None:
    assert beat.to_json().keys() == {"kind", "text", "source"}


@given(beats, text)
def test_a_text_is_changed_and_its_source_is_not(beat: Beat, words: str) -> None:
    assert beat.with_text(words) == replace(beat, text=words)


def scene_by(*authors: Author) -> Scene:
    return Scene("k", 1, "T", "hall", tuple(Beat("narration", "x", Source(author, "stub", "r")) for author in authors))


@pytest.mark.parametrize(
    ("authors", "writer"),
    [
        (("author", "model", "model"), "model"),
        (("author", "model"), "author"),
        (("model", "author"), "model"),
        (("player",), "player"),
        ((), "author"),
    ],
)
def test_the_writer_is_who_wrote_most_of_the_beats_or_the_first(authors: tuple[Author, ...], writer: Author) -> None:
    assert scene_by(*authors).writer == writer


def test_a_choice_is_found_by_its_slot() -> None:
    choice = Choice("b", "leave", "Leave", Source("author", "stub", "r"))
    scene = replace(scene_by("author"), choices=(choice,))
    assert scene.choice("b") is choice
    assert scene.choice("a") is None


def test_a_scene_with_a_key_missing_is_refused() -> None:
    data = scene_by("author").to_json()
    del data["beats"]
    with pytest.raises(KeyError, match="beats"):
        scene_from_json(data)
