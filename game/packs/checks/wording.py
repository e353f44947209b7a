"""That a pack's templates are templates, and can be filled in with what the narrator gives them."""

from collections.abc import Mapping

from game.packs.compile import PackFiles
from game.packs.findings import Findings, did_you_mean
from game.packs.templates import TemplateError, TemplateRefused, names_in, render

_CAST = ({"id": "a", "name": "A", "pronouns": "they", "voice": "Slow.", "wants": "Rest."},)
_SCENE: Mapping[str, object] = {
    "turn": 3,
    "title": "A title",
    "place": {"name": "A place", "description": "It is there."},
    "present": ({"id": "a", "name": "A"},),
    "goal": "Something happens.",
    "must_happen": ("A bell rings.",),
    "ledger": ("It rained.",),
    "secrets": ("She knew.",),
    "lore": ("Bells are old.",),
    "slots": ({"letter": "a", "hint": "Go."}, {"letter": "b", "hint": "Stay."}),
    "min_beats": 3,
    "max_beats": 8,
    "picked": "Wait",
    "ending": "",
    "left": ("Nobody has said who rang.",),
    "compact": True,
}
GIVEN: Mapping[str, Mapping[str, object]] = {
    "system": {
        "title": "A title",
        "world": "A world.",
        "example": "{}",
        "language": "en",
        "rating": "general",
        "player": {"name": "A", "pronouns": "they", "person": "second", "tense": "present", "role": "a guest"},
        "cast": _CAST,
        "lore": ("Bells are old.",),
        "compact": True,
        "now": _SCENE,
    },
    "scene": _SCENE,
    "steer": {"steer": "less grim"},
    "tail": {**_SCENE, "shown": ({"s": "narrator", "t": "It rained."},), "reasons": ("cut off",)},
    "before": {"recap": "It rained.", "shown": ({"s": "narrator", "t": "It rained."},)},
    "recap": {
        "title": "A title",
        "language": "en",
        "before": "It was dry.",
        "scenes": ({"title": "A scene", "place": "A place", "picked": "Wait", "text": "It rained."},),
        "longest": 600,
    },
}
"""What each template is given, as a sample: docs/pack-format.md lists it, and every template of a pack is tried with it."""


def check_templates(files: PackFiles, found: Findings) -> None:
    """Each template of the pack, tried."""
    for path, source in files.templates.items():
        name = path.partition("/")[2].removesuffix(".j2")
        if name not in GIVEN:
            advice = did_you_mean(name, GIVEN) or f"There are: {', '.join(GIVEN)}."
            found.add("PACK111", path, message="nothing reads this template.", suggestion=advice)
            continue
        _check_one(path, source, GIVEN[name], found)


def _check_one(path: str, source: str, given: Mapping[str, object], found: Findings) -> None:
    try:
        names = names_in(source)
    except TemplateRefused as error:
        found.add("PACK512", path, line=error.line, message=f"{error}.")
        return
    except TemplateError as error:
        found.add("PACK511", path, line=error.line, message=f"{error}.")
        return
    for name in sorted(names.keys() - given.keys()):
        message = f'this template is not given any "{name}".'
        found.add("PACK514", path, line=names[name], message=message, suggestion=did_you_mean(name, given))
    for values in (given, dict.fromkeys(given, "")):
        try:
            render(source, values)
        except TemplateError as error:
            found.add("PACK513", path, line=error.line, message=f"filled in with a sample, this fails: {error}.")
            return
