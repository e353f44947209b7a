"""What comes to the stage from outside of it: files that are dropped on the window, packs that are read again.

Says what is to happen on the stack of screens. Knows no widgets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from functools import partial

from game.packs import Diagnostic
from game.session import Begin, Continue, Event, NotReloaded, PackCard, PackTried, Reload, Reloaded, ShelfReady, Teller, TryPack
from game.stage.dropped import Found, look_at
from game.stage.screen import House, Screen
from game.stage.screens.message import Confirm, Message
from game.stage.screens.problems import Problems, counted
from game.stage.screens.story import Story
from game.stage.screens.threshold import broken
from game.stage.screens.title import Title
from game.stage.transition import Focus, Home, Push, Replace, Transition

NAMED = 3
"""Files that are named when they were read again."""
NOTHING = "is no pack (a folder or a zip), no saved story and no sealed one."

Next = Callable[[], Transition]


class Arrivals:
    """`due` gives what happens next, one after another, on the stack as it is then."""

    def __init__(self, house: House, errands: Executor) -> None:
        self._house = house
        self._errands = errands
        self._looking: deque[Future[Found]] = deque()
        self._awaited: set[str] = set()
        self._due: deque[Next] = deque()
        self._asked: Screen | None = None
        self._looks_again = False
        self._shows = False
        self._warned = False

    def drop(self, path: str) -> None:
        """See what this is, beside the drawing thread."""
        self._looking.append(self._errands.submit(look_at, path))

    def reload(self, stack: Sequence[Screen]) -> None:
        """The player asks for what is there now: of the pack that is played, or on the shelf."""
        if _story(stack):
            self._shows = self._warned
            self._house.session.submit(Reload())
        else:
            self._looks_again = True
            self._house.look_around()

    def due(self, stack: Sequence[Screen]) -> Transition | None:
        """What is to happen now; None: nothing any more."""
        while self._looking and self._looking[0].done():
            self._found(self._looking.popleft().result(), stack)
        return self._due.popleft()() if self._due else None

    def hear(self, event: Event, stack: Sequence[Screen]) -> None:
        """What the session says."""
        match event:
            case ShelfReady():
                self._house.shelve(event)
                self._shelved(event, stack)
            case PackTried(card):
                self._tried(card, stack)
            case Reloaded(_, files, warnings):
                self._reloaded(files, warnings, stack)
            case NotReloaded(problems):
                if not _shown(stack, ""):
                    self._show(self._of_this_story(problems, stack), stack)
            case _:
                pass

    def _found(self, found: Found, stack: Sequence[Screen]) -> None:
        path = str(found.path)
        match found.kind:
            case "pack":
                self._awaited.add(path)
                self._house.session.submit(TryPack(path))
            case "journal":
                self._enter(found.path.name, Continue(found.path, self._house.teller), stack)
            case "sealed":
                self._enter(found.path.name, Begin("", Teller("replay", path), journal="memory"), stack)
            case "unreadable":
                self._tell(f"{found.path.name} cannot be read from here.", stack)
            case "nothing":
                self._tell(f"{found.path.name} {NOTHING}", stack)

    def _tell(self, words: str, stack: Sequence[Screen]) -> None:
        self._show(Message(self._house, "This cannot be opened", words, stack[-1].pack), stack)

    def _tried(self, card: PackCard, stack: Sequence[Screen]) -> None:
        """A pack from elsewhere is looked into: one that was dropped comes into view, or what is wrong with it does."""
        dropped = card.ref in self._awaited
        if card.pack or any(each.ref == card.ref for each in self._house.brought):
            self._house.bring(card, first=dropped)
        if dropped and card.pack:
            self._awaited.discard(card.ref)
            self._go(card.title, lambda: Focus(Title.key_of(card)), stack)
        elif dropped and not _shown(stack, card.ref):
            self._show(broken(self._house, card), stack)

    def _enter(self, name: str, command: Begin | Continue, stack: Sequence[Screen]) -> None:
        self._go(name, lambda: Push(Story(self._house, command)), stack)

    def _go(self, name: str, then: Next, stack: Sequence[Screen]) -> None:
        """To the title, and on from there; a story that is open is left for it only when the player says so."""
        story = _story(stack)
        if story is None:
            self._due.extend((Home, then))
            return
        words = "Your place in it is kept; you can take it up again from the title."
        lost = "This playthrough is not kept in a file. What you have read so far will be gone."
        act = partial(self._leave, then)
        title = f"Leave this story for “{name}”?"
        self._show(Confirm(title, words if story.saved else lost, "Go on reading", "Leave", act, story.pack), stack)

    def _leave(self, then: Next) -> Transition:
        self._house.leave()
        self._due.append(then)
        return Home()

    def _show(self, screen: Screen, stack: Sequence[Screen]) -> None:
        """Over all others; instead of what was shown before, if that was not answered."""
        waits = stack[-1] is self._asked
        self._due.append(lambda: Replace(screen) if waits else Push(screen))
        self._asked = screen

    def _reloaded(self, files: tuple[str, ...], warnings: tuple[Diagnostic, ...], stack: Sequence[Screen]) -> None:
        """Say quietly what was read again. What is only warned of is shown to one who asks once more."""
        if self._shows and warnings and not files:
            self._show(self._of_this_story(warnings, stack), stack)
        elif story := _story(stack):
            story.say(read_again_words(files, warnings))
        self._warned, self._shows = bool(warnings), False

    def _of_this_story(self, problems: tuple[Diagnostic, ...], stack: Sequence[Screen]) -> Problems:
        fatal = any(problem.severity == "error" for problem in problems)
        title = "The pack cannot be read again" if fatal else "What the pack could do better"
        words = f"{counted(problems)}. {'Your story goes on with the pack as it was.' if fatal else 'It is played all the same.'}"
        return Problems(title, words, problems, partial(self._house.session.submit, Reload()), stack[-1].pack)

    def _shelved(self, shelf: ShelfReady, stack: Sequence[Screen]) -> None:
        title = stack[0]
        if self._looks_again and isinstance(title, Title):
            self._looks_again = False
            title.say(shelf_words(self._house.shelf or shelf))


def read_again_words(files: tuple[str, ...], warnings: tuple[Diagnostic, ...]) -> str:
    """What was read again, in a sentence or two."""
    more = f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
    words = f"Read again: {', '.join(files[:NAMED])}{more}." if files else "The pack is as it was."
    return f"{words} {counted(warnings)}: F5 shows what." if warnings else words


def shelf_words(shelf: ShelfReady) -> str:
    """What is on the shelf, in a sentence or two."""
    good = sum(card.pack is not None for card in shelf.packs)
    bad = len(shelf.packs) - good
    words = f"The shelf was looked through again: {good} {'story' if good == 1 else 'stories'} can be played"
    return f"{words}, {bad} cannot." if bad else f"{words}."


def _story(stack: Sequence[Screen]) -> Story | None:
    """The story that is open."""
    return next((screen for screen in stack if isinstance(screen, Story)), None)


def _shown(stack: Sequence[Screen], ref: str) -> bool:
    return any(isinstance(screen, Problems) and screen.ref == ref for screen in stack)
