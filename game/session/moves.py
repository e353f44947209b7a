"""Where a move in the tree leads. Knows the journal, and changes nothing in it."""

from game.journal import Journal, Node
from game.session.commands import Flip, Forward, GoTo, Rewind
from game.session.events import Notice

FIRST_SCENE = Notice("first_scene", "This is the first scene.")
NOTHING_AHEAD = Notice("nothing_ahead", "Nothing has been told beyond this scene yet.")
NO_SUCH_SCENE = Notice("no_such_scene", "No such scene was told in this story.")
NO_OTHER_TELLING = Notice("no_other_telling", "This scene was told once only.")

Step = Rewind | Forward | GoTo | Flip
"""A move to a scene that was told."""


def destination(journal: Journal, step: Step) -> Node | Notice:
    """The scene that a move leads to, or why it leads nowhere. Of more scenes than there are it takes all."""
    match step:
        case Rewind(scenes):
            return _back(journal, scenes)
        case Forward(scenes):
            return _ahead(journal, scenes)
        case GoTo(scene):
            try:
                return journal.node(scene)
            except KeyError:
                return NO_SUCH_SCENE
        case Flip(by):
            return _page(journal, by)


def _back(journal: Journal, scenes: int) -> Node | Notice:
    head, pending = journal.head, journal.pending
    if head is None:
        return FIRST_SCENE
    if pending and pending.parent == head.key:
        # The scene that is being told is one of them.
        scenes -= 1
    found = journal.back(max(0, scenes))
    return FIRST_SCENE if found is None or (found.key == head.key and pending is None) else found


def _ahead(journal: Journal, scenes: int) -> Node | Notice:
    here, found = journal.head, None
    while here and scenes > 0 and journal.pending is None and (here := journal.forward(here.key)):
        found, scenes = here, scenes - 1
    return found or NOTHING_AHEAD


def _page(journal: Journal, by: int) -> Node | Notice:
    head, pending = journal.head, journal.pending
    if head is None or (pending and pending.parent == head.key):
        return NO_OTHER_TELLING
    tellings = journal.tellings(head.key)
    if pending:
        # What is being told stands among them; on from it comes the one that follows its place.
        place = sum(each.telling < pending.telling for each in tellings)
        return tellings[(place + (by - 1 if by > 0 else by)) % len(tellings)]
    if len(tellings) == 1:
        return NO_OTHER_TELLING
    return tellings[([each.key for each in tellings].index(head.key) + by) % len(tellings)]
