"""Beats that are given another text: by the player, or as they were when a recording was made. Nothing but the text moves."""

from functools import partial

from game.journal import Journal
from game.session.behind import Behind
from game.session.commands import EditBeat
from game.session.events import Edited, Notice
from game.session.handwriting import LONGEST_BEAT, tidied
from game.session.moves import NO_SUCH_SCENE
from game.session.recorded import Recorded
from game.session.scribe import Emit, Scribe

HALF_TOLD = Notice("half_told", "A scene that follows is half told, and was begun with the words as they are; finish it first.")
NO_SUCH_BEAT = Notice("no_such_beat", "There is nothing to rewrite there.")
NO_WORDS = Notice("no_such_beat", "There is no word in it; a text is needed, or none at all for the one that was told.")


class Rewriting:
    """Rewrites the scenes of one playthrough. What is kept goes into the journal through `scribe`."""

    def __init__(self, scribe: Scribe, behind: Behind, recorded: Recorded, emit: Emit) -> None:
        self._scribe = scribe
        self._behind = behind
        self._recorded = recorded
        self._emit = emit

    def by_the_player(self, asked: EditBeat) -> bool:
        """Give a beat the text that is asked for; whether that could be done. If not, why not is said."""
        refused = self._refused(asked)
        if refused:
            self._emit(refused)
            return False
        self._reads_otherwise(asked.scene, asked.beat)
        return True

    def as_recorded(self) -> None:
        """What was rewritten when this was recorded, before it went on from here."""
        for edit in self._recorded.due(self._scribe.journal):
            self._scribe.keep(partial(Journal.edit, key=edit.key, beat=edit.beat, text=edit.text))
            self._reads_otherwise(edit.key, edit.beat)

    def _refused(self, asked: EditBeat) -> Notice | None:
        """Store it; why not, if it cannot be."""
        try:
            told = self._scribe.journal.told(asked.scene)
            text = tidied(asked.text, LONGEST_BEAT) if asked.text else told.beats[asked.beat].text
            if not text:
                return NO_WORDS
            self._scribe.keep(lambda journal: journal.edit(asked.scene, asked.beat, text))
        except KeyError:
            return NO_SUCH_SCENE
        except IndexError:
            return NO_SUCH_BEAT
        except ValueError:
            return HALF_TOLD
        return None

    def _reads_otherwise(self, scene: str, beat: int) -> None:
        self._behind.revised()
        self._emit(Edited(scene, beat, self._scribe.journal.node(scene).scene.beats[beat]))
