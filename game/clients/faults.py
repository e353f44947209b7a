"""The catalogue of all that the chaos client does wrong; `python -m game.clients.faults` prints it as it stands in the docs."""

from collections.abc import Iterator, Mapping

from game.clients.bad_form import FORM
from game.clients.bad_prose import PROSE
from game.clients.bad_service import SERVICE
from game.clients.fault import Family, Fault

FAMILIES: tuple[Family, ...] = (FORM, PROSE, SERVICE)

FAULTS: Mapping[str, Fault] = {name: fault for family in FAMILIES for name, fault in family.faults.items()}
"""Every fault by its name."""


def catalogue() -> Iterator[str]:
    """The lines of the catalogue, as Markdown: a table a family."""
    for family in FAMILIES:
        yield from (f"### {family.title}", "", "| fault | what it imitates |", "|---|---|")
        for fault in family.faults.values():
            words = fault.imitates.replace("|", "\\|")
            yield f"| `{fault.name}` | {words} |"
        yield ""


def main() -> None:
    print("\n".join(catalogue()).rstrip())


if __name__ == "__main__":
    main()
