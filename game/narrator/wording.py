"""Filling in the templates of a pack, or the default ones: every value is made inert on its way."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from game.narrator.inert import inert_lines, inert_values
from game.narrator.sections import Section, marked, sections_of
from game.narrator.values import Values
from game.packs.templates import TemplateError, names_in, render

_LINES = ("world", "recap")
"""Values that keep their line ends."""
_OWN = "example"
"""The one value that is the engine's own, and JSON."""


class Wording:
    """The templates of one pack, by name."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    @property
    def reads_now(self) -> bool:
        """Whether the pack's own system template reads what is true at the moment, so that it is another text each turn."""
        try:
            return "now" in names_in(self._templates.get("system", ""))
        except TemplateError:
            return False

    def render(self, name: str, values: Values, mark: Callable[[Values], dict[str, object]] = dict) -> str:
        """The pack's own template `name`, filled in; the default one where there is none, or where it fails on these values."""
        safe = _safe(values)
        own = self._templates.get(name)
        if own is not None:
            try:
                return render(own, mark(safe)).strip()
            except TemplateError:
                pass
        return render(_default(name), mark(safe)).strip()

    def sections(self, name: str, values: Values, own: str) -> tuple[Section, ...]:
        """The parts of what the template `name` makes of its values, by the value that they come from; `own`: its own words."""
        return sections_of(self.render(name, values, marked), own)


def _safe(values: Values) -> dict[str, object]:
    out = inert_values({key: value for key, value in values.items() if key not in (*_LINES, _OWN)})
    out |= {key: inert_lines(str(values[key])) for key in _LINES if key in values}
    return out | ({_OWN: values[_OWN]} if _OWN in values else {})


@cache
def _default(name: str) -> str:
    return (files("game.narrator") / "templates" / f"{name}.j2").read_text("utf-8")
