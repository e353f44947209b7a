"""A small declared world, and strategies for whatever may happen in it."""

from typing import cast

from hypothesis import strategies as st

from game.story import Bounds, Declarations, Effect, Fact, StoryState
from game.story.effect import EffectKind

WORLD = Declarations(
    variables={"trust": Bounds(0, 5, 2), "debt": Bounds(-3, 3, 1), "lit": None},
    items=frozenset(["key", "lamp"]),
    places=frozenset(["hall", "yard"]),
    cast=frozenset(["ann", "bo"]),
    threads=frozenset(["who", "why"]),
    facts={
        "dead": Fact("keeper", "is", "dead", "The keeper is dead."),
        "alive": Fact("keeper", "is", "alive", "The keeper lives."),
        "wet": Fact("yard", "is", "wet", "The yard is wet."),
    },
    knows={"bo": frozenset(["wet"])},
    storylets=frozenset(["start", "end"]),
    acts=3,
)
START = StoryState(place="hall", present=frozenset(["ann"]), variables={"trust": 1, "debt": 0, "lit": False})

_NAMES = {
    "gain": WORLD.items,
    "lose": WORLD.items,
    "go": WORLD.places,
    "enter": WORLD.cast,
    "leave": WORLD.cast,
    "open": WORLD.threads,
    "close": WORLD.threads,
    "fact": frozenset(WORLD.facts),
    "seen": WORLD.storylets,
    "tell": frozenset(f"{member} {fact}" for member in WORLD.cast for fact in WORLD.facts),
}

numbers = st.integers(-(10**12), 10**12)
named = st.sampled_from([Effect(cast(EffectKind, kind), name) for kind, names in _NAMES.items() for name in sorted(names)])
effects = st.one_of(
    named,
    st.builds(lambda name, value: Effect("set", name, value), st.sampled_from(["trust", "debt", "lit"]), numbers | st.booleans()),
    st.builds(lambda name, value: Effect("add", name, value), st.sampled_from(["trust", "debt"]), numbers),
    st.builds(lambda value: Effect("act", "", value), numbers),
    st.builds(lambda value: Effect("turn", "", value), st.integers(0, 10**6)),
    st.builds(lambda text: Effect("note", text), st.text(min_size=1, max_size=20)),
)
histories = st.lists(effects, max_size=60)
