"""Writes down what the narrator reports, before the player hears of it: drafts, requests, attempts, recaps, what they cost."""

from collections.abc import Callable

from game.clients import SceneRequest, Usage
from game.journal import Journal, Node, Recording, Spent, UnwritableJournal
from game.narrator import Asked, Attempted, Heard, Narrator, Recapped, Report, Strayed, Trail, Trouble
from game.narrator.breaker import RESTING
from game.session.events import BeatGrew, Event, Notice, Priced
from game.session.straying import straying
from game.session.trace import Trace
from game.story import INTERRUPTED, Attempt, Brief, Shape, canonical

Emit = Callable[[Event], None]

RETOLD = "again"
"""What the requests of a scene that was told before are put down as: nobody picked it, so it was neither ahead nor late."""


class Scribe:
    """Keeps the journal of one playthrough; what is for the player goes through `emit`."""

    def __init__(
        self, journal: Journal, narrator: Narrator, emit: Emit, recording: Recording | None = None, trace: Trace | None = None
    ) -> None:
        self.journal = journal
        self.trace = trace
        self._narrator = narrator
        self._emit = emit
        self._recording = recording
        self._told_faults: set[str] = set()
        self._saved: float | None = None
        self._retold = False
        self._under_way: tuple[Brief, SceneRequest, list[str]] | None = None
        self._priced = not narrator.client.capabilities.networked

    def begin(self, retold: bool) -> None:
        """What is heard next is of another scene; `retold`: it was told before."""
        self._retold, self._under_way = retold, None

    def broken_off(self) -> None:
        """Nothing more is heard of the scene. What came of its last request is an attempt, and what it took is counted."""
        self.keep(Journal.interrupt)
        under_way, self._under_way = self._under_way, None
        if under_way:
            brief, request, pieces = under_way
            self._spend(brief, Attempted(request, Attempt("".join(pieces), INTERRUPTED), False, None))
        self._saved = None

    async def price(self, brief: Brief, trail: Trail) -> None:
        """Tell what a scene takes, before anything is asked of a client elsewhere for the first time."""
        if not self._priced:
            self._priced = True
            self._emit(Priced(*await self._narrator.price(brief, trail)))

    def commit(self, node: Node, writer: str) -> None:
        """The scene is whole."""
        self.keep(lambda journal: journal.commit(node))
        if self.trace:
            self.trace.scene(node.scene)
        if not node.scene.fallback:
            self._wrote(writer)

    def found_ahead(self, slot: str, took: Usage, saved: float) -> None:
        """The scene that is heard next was begun ahead, and that many seconds were saved."""
        self._saved = saved
        if self.trace:
            self.trace.ahead(slot, took.total, True)

    def wasted(self, slot: str, took: Usage) -> None:
        """A scene that was written ahead is not wanted."""
        if self.trace:
            self.trace.ahead(slot, took.total, False)
        row = Spent("", "scene", took.prompt, took.reply, took.cached, "wasted")
        self.keep(lambda journal: journal.spend(row))

    def hear(self, brief: Brief, report: Report, copying: bool = False) -> None:
        """Something of the scene of `brief`. What comes from its own log is in the journal already, unless it is `copying`."""
        if self.trace:
            self.trace.report(brief, report)
        match report:
            case Heard():
                if self._under_way:
                    self._under_way[2].append(report.piece)
                self._grow(brief, report)
            case Asked(request, shape, recorded):
                self._under_way = None if recorded else (brief, request, [])
                if shape and (copying or not recorded):
                    self._copy_recap(shape)
                    wire = canonical(request.wire()).encode()
                    self.keep(lambda journal: journal.asking(brief.key, request.hash, wire, request.purpose, shape))
            case Attempted(request, attempt, recorded):
                self._under_way = None
                if copying or not recorded:
                    self.keep(lambda journal: journal.attempted(brief.key, request.hash, b"", request.purpose, attempt))
                self._spend(brief, report)
            case Recapped(recap):
                self.keep(lambda journal: journal.keep_recap(recap))
            case Trouble():
                self._trouble(report)
            case Strayed(request, was):
                known = self._recording.requests.get(was) if self._recording else None
                if self._recording:
                    self._trouble(Trouble("strayed", straying(request, known)))

    def _copy_recap(self, shape: Shape) -> None:
        """A recap that stood in a recorded request is in the recording, and not yet in this journal."""
        if self._recording and (recap := self._recording.recaps.get(shape.recap)):
            self.keep(lambda journal: journal.keep_recap(recap))

    def hear_aside(self, brief: Brief, report: Report) -> None:
        """Something of a request that no scene waits for."""
        if self.trace:
            self.trace.report(brief, report)
        if isinstance(report, Attempted):
            self._spend(brief, report)

    def _grow(self, brief: Brief, report: Heard) -> None:
        if report.grown or report.piece:
            rows = [(grown.index, grown.beat) for grown in report.grown]
            self.keep(lambda journal: journal.show(brief.key, rows, report.piece))
        for grown in report.grown:
            self._emit(BeatGrew(brief.turn, grown.index, grown.beat, grown.whole))

    def _spend(self, brief: Brief, report: Attempted) -> None:
        if report.recorded or not report.request.messages:
            return
        usage, saved = report.usage, self._saved
        took = usage or self._narrator.took(report.request, report.attempt)
        self._saved = None
        purpose, key = RETOLD if self._retold else report.request.purpose, brief.key
        if saved is None:
            row = Spent(key, purpose, took.prompt, took.reply, took.cached, "read")
        else:
            row = Spent(key, purpose, took.prompt, took.reply, took.cached, "ahead", saved)
        self.keep(lambda journal: journal.spend(row))

    def keep(self, write: Callable[[Journal], object]) -> None:
        """Write to the journal. When its file takes no more, the story goes on in memory, and the player is told."""
        try:
            write(self.journal)
        except UnwritableJournal as error:
            file = self.journal
            self.journal = file.detached()
            file.close()
            self._emit(Notice("not_kept", f"{str(error).rstrip('.')}. The story goes on; what comes now is not kept."))
            write(self.journal)

    def _trouble(self, trouble: Trouble) -> None:
        """Each kind of fault is told once, until the client has written again."""
        if trouble.code not in self._told_faults:
            self._told_faults.add(trouble.code)
            # That an endpoint rests is no fault of its own: the fault was told when it happened.
            self._emit(Notice(trouble.code, _sentence(trouble.words), fault=trouble.code != RESTING))

    def _wrote(self, writer: str) -> None:
        """The client has written a scene again; said once after faults were told."""
        if self._told_faults - {"strayed"}:
            self._told_faults &= {"strayed"}
            self._emit(Notice("writer_back", _sentence(f"{writer} writes again")))


def _sentence(words: str) -> str:
    """What a client says, as a sentence of its own. An address, or a name of more than letters, is left as it is."""
    said = words[:1].upper() + words[1:] if words.partition(" ")[0].isalpha() else words
    return said if said.endswith((".", "?", "!", "…")) else f"{said}."
