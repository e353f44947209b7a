"""Which rules a scene was read from."""

from game.story import Beat, Scene, Source, rules_in


def scene(*sources: Source) -> Scene:
    return Scene("k", 1, "T", "p", tuple(Beat("narration", "x", source) for source in sources))


def test_beats_and_expansions_are_told_apart() -> None:
    assert rules_in(scene(Source("author", "stub", "fog.3 fog.3 night.1"))) == {"fog.3", "#fog.3", "#night.1"}


def test_what_a_model_wrote_is_not_remembered() -> None:
    assert rules_in(scene(Source("model", "local/x", "0123"), Source("player", "edit", "model local/x 0123"))) == frozenset()


def test_what_the_player_rewrote_was_read_as_it_was() -> None:
    assert rules_in(scene(Source("player", "edit", "author stub a.1 fog.2"))) == {"a.1", "#fog.2"}


def test_what_the_player_wrote_alone_is_no_rule() -> None:
    assert rules_in(scene(Source("player", "edit", ""))) == frozenset()
