"""That every group of beats has something to draw from, and no more is taken than there is."""

from game.packs.compile import PackFiles, members_of
from game.packs.files import ShuffledFile
from game.packs.findings import Findings

MAX_GROUPS = 3
"""Groups within groups."""


def check_groups(files: PackFiles, found: Findings) -> None:
    """Groups that are empty, nested too deep, or take more than they have."""
    for file, path, group in files.groups():
        members = members_of(group)
        depth = sum(key in ("one_of", "shuffled") for key in path)
        if depth == MAX_GROUPS:
            message = f"this group stands in {depth} others, {MAX_GROUPS - 1} are the most."
            found.add("PACK517", file, path, message=message, suggestion="Write its sequences into the group around it.")
        if not members:
            found.add("PACK515", file, path, message="there is nothing in this group.", suggestion="Give it beats.")
        for n, member in enumerate(members):
            if not member:
                where = (*path, "shuffled" if isinstance(group, ShuffledFile) else "one_of", n)
                found.add("PACK515", file, where, message="there is nothing in this sequence.")
        if isinstance(group, ShuffledFile) and members and (group.take or 0) > len(members):
            message = f"{group.take} are to be taken here, and there are {len(members)}."
            found.add("PACK516", file, (*path, "take"), message=message, suggestion="Leave take out to tell all of them.")
