"""The way that a recording took: what was picked in each scene, how often it was told, and what was changed in it by whom."""

from collections.abc import Sequence

from game.journal import Journal, LoggedAttempt, Pending, Recording, Revision
from game.story import ROOT, node_key


class Recorded:
    """A recording as it is gone along. Without one, and wherever the player goes another way, it knows of nothing."""

    def __init__(self, recording: Recording | None) -> None:
        self._recording = recording
        self._told = {scene.key for scene in recording.scenes} if recording else set()
        self._picks: dict[str, tuple[str, int]] = {}
        self._made: set[int] = set()
        key = ROOT
        for slot, telling in recording.picks if recording else ():
            self._picks[key] = slot, telling
            key = node_key(key, slot, telling)

    def slot(self, key: str) -> str:
        """What was picked in the scene `key`; empty when nothing was, or the recording did not come here."""
        return self._picks.get(key, ("", 0))[0]

    def asked(self, parent: str, slot: str) -> tuple[int, str]:
        """Which telling of the scene behind this slot was read, and in which words it was asked for."""
        picked, telling = self._picks.get(parent, ("", 0))
        if self._recording is None or picked != slot:
            return 0, ""
        return telling, self._recording.steers.get(node_key(parent, slot, telling), "")

    def log(self, pending: Pending) -> tuple[Sequence[LoggedAttempt], bool]:
        """The attempts at a scene that are there already, and whether they are all that there will be."""
        if pending.attempts or self._recording is None:
            return pending.attempts, False
        return self._recording.attempts.get(pending.key, ()), pending.key in self._told

    def due(self, journal: Journal) -> list[Revision]:
        """What was changed in the scenes on the way before the scene that comes next was told, and reads otherwise in `journal`
        still: of each beat the last text that it was given. Each comes once: what the player of now makes of it since, stays."""
        if self._recording is None or not self._recording.edits:
            return []
        told = journal.head.scene.turn if journal.head else 0
        last = {(edit.key, edit.beat): edit for edit in self._recording.edits if edit.after <= told}
        here = [
            (edit, text) for edit in last.values() if edit.n not in self._made and (text := _reads(journal, edit)) is not None
        ]
        self._made.update(edit.n for edit, _ in here)
        return [edit for edit, text in here if text != edit.text]


def _reads(journal: Journal, edit: Revision) -> str | None:
    """The text of that beat now; None when there is no such scene here."""
    try:
        return journal.node(edit.key).scene.beats[edit.beat].text
    except LookupError:
        return None
