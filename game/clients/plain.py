"""What the stub tells where an author wrote no beats: the author's sentences for other uses, and a few of its own."""

import re
from collections.abc import Iterator, Mapping

from game.packs import Pack
from game.packs.notation import plain
from game.story import Brief, StubBeat, StubBeats, StubGroup

QUIET = 2
"""Sentences of a quiet scene in a pack that has no words for one, beside what is new."""
NEWS = 2
"""Sentences at the most, at the beginning of a scene, of what has come about."""

_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”’\"')]))\s+(?=\W*[A-Z0-9À-Þ])")
_HERE: Mapping[tuple[str, bool], tuple[str, ...]] = {
    ("present", False): ("{} is here.", "{} is close by.", "{} is still here."),
    ("present", True): ("{} are here.", "{} are close by.", "{} are still here."),
    ("past", False): ("{} was there.", "{} was close by.", "{} was still there."),
    ("past", True): ("{} were there.", "{} were close by.", "{} were still there."),
}


def plain_storylet(pack: Pack, brief: Brief, must_happen: tuple[str, ...]) -> StubBeats:
    """A storylet without beats: what has come about, where one is, and round that, in a drawn order, what must happen and who is
    there."""
    name = brief.storylet or ""
    happens = tuple((StubBeat((text,), rule=f"{name}.must_happen.{n + 1}"),) for n, text in enumerate(must_happen))
    members = happens + tuple((beat,) for beat in _company(pack, brief))
    return (*_news(pack, brief), *_place(pack, brief), StubGroup(members, len(members), rule=f"{name}.must_happen"))


def plain_moment(pack: Pack, brief: Brief) -> StubBeats:
    """A quiet scene in a pack whose grammar has nothing for one: what has come about, and some of what is there and in mind."""
    open_ = sorted(brief.state.threads.keys() & pack.threads.keys())
    minds = [StubBeat((plain(pack.threads[name].text),), rule=f"threads.{name}.text") for name in open_]
    unread = [*_place(pack, brief), *_company(pack, brief), *(each for mind in minds for each in _unread(mind, brief))]
    members = tuple((beat,) for beat in unread)
    return (*_news(pack, brief), StubGroup(members, QUIET, rule="improvise"))


def _place(pack: Pack, brief: Brief) -> Iterator[StubBeat]:
    """A sentence about the place that was not read before, while there is one."""
    text = pack.places[brief.place].description
    sentences = (text,) if "[" in text else tuple(_END.split(text))
    yield from _unread(StubBeat(sentences, rule=f"places.{brief.place}"), brief)


def _company(pack: Pack, brief: Brief) -> Iterator[StubBeat]:
    names = [plain(pack.cast[member].name) for member in brief.present]
    if not names:
        return
    english = pack.language.partition("-")[0] == "en"
    joined = ", ".join(names[:-1]) + (" and " if english else ", ") + names[-1] if len(names) > 1 else names[0]
    forms = _HERE[brief.player.tense, len(names) > 1] if english else ("{}.",)
    rule = "company." + "+".join(brief.present)
    yield from _unread(StubBeat(tuple(form.format(joined) for form in forms), rule=rule), brief)


def _news(pack: Pack, brief: Brief) -> list[StubBeat]:
    """What is so by now and was not read yet: facts, and things that are carried."""
    state = brief.state
    facts = [(f"facts.{name}", pack.declared.facts[name].text) for name in sorted(state.facts & pack.declared.facts.keys())]
    things = [(f"items.{name}", pack.items[name].text) for name in sorted(state.items & pack.items.keys())]
    beats = (StubBeat((plain(text),), rule=rule) for rule, text in (*facts, *things) if text and rule not in brief.said)
    return list(beats)[:NEWS]


def _unread(beat: StubBeat, brief: Brief) -> Iterator[StubBeat]:
    rules = [beat.rule] if len(beat.texts) == 1 else [f"{beat.rule}.{n + 1}" for n in range(len(beat.texts))]
    if not brief.said.issuperset(rules):
        yield beat
