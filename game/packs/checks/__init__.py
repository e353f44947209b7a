"""What must hold between the files of a pack, once each is right for itself."""

from game.packs.checks.consents import check_consents
from game.packs.checks.groups import check_groups
from game.packs.checks.ids import check_ids
from game.packs.checks.phrases import check_grammar
from game.packs.checks.plays import check_plays
from game.packs.checks.rules import check_rules
from game.packs.checks.structure import check_structure
from game.packs.checks.wording import check_templates
from game.packs.checks.words import check_words
from game.packs.compile import PackFiles
from game.packs.findings import Findings

__all__ = ["check_files"]


_CHECKS = (
    check_ids,
    check_consents,
    check_rules,
    check_words,
    check_groups,
    check_grammar,
    check_templates,
    check_structure,
    check_plays,
)


def check_files(files: PackFiles, found: Findings) -> None:
    """Add to `found` everything that does not fit together."""
    for check in _CHECKS:
        check(files, found)
