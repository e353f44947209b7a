"""Who writes: the offline storyteller, a model on this machine, or a service. It says plainly what leaves the machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from pydantic import SecretStr

from game.packs import Pack
from game.session import Event, Teller, TellerTried, TryTeller
from game.stage import looks
from game.stage.box import Box
from game.stage.inputs import Edit, Input, Pressed, Typed
from game.stage.screen import House, Tick, View
from game.stage.transition import STAY, TAKEN, Pop, Transition
from game.stage.widgets import Widget, dialog

SHEET = Box(90, 30, 1100, 660)
LEFT = Box(SHEET.x + 50, SHEET.y + 104, 460, 420)
RIGHT = Box(SHEET.x + 560, SHEET.y + 104, 490, 420)
LONGEST = 400
LINES = 4
"""Of a storyteller's answer to being tried."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of storyteller: the client behind it, its name, what it is, what leaves the machine, and its fields."""

    client: str
    label: str
    note: str
    privacy: str
    fields: tuple[tuple[str, str], ...] = ()


KINDS = (
    Kind(
        "stub",
        "Offline storyteller",
        "Tells the author's own words, a little different each time. Needs no model, no key and no network.",
        "Nothing leaves this machine. Nothing is downloaded.",
    ),
    Kind(
        "local",
        "A model file on this machine",
        "A GGUF file that you have. It is run here, on this machine's processor, in a process of its own.",
        "Nothing leaves this machine: the model answers from a process of its own, which is closed with the game.",
        (("model", "Model file (.gguf)"),),
    ),
    Kind(
        "openai",
        "A service",
        "Any service that speaks the OpenAI protocol, on the internet or in your own house.",
        "For every scene, the pack's texts and what happened in your story so far are sent to the address above. "
        "Its owner may charge you for it. The key is used for that and nothing else, and is in no save and no log.",
        (("base_url", "Address (base URL)"), ("model", "Model"), ("api_key", "Key")),
    ),
)


def teller_words(teller: Teller) -> str:
    """The storyteller, in a few words."""
    if teller.client == "stub":
        return "the offline storyteller"
    name = teller.model.replace("\\", "/").rpartition("/")[2]
    return f"{name or 'a model'} ({teller.client})"


def edited(text: str, change: Edit, longest: int) -> str:
    """A field's text after something was typed or erased at its end. What cannot be printed is left out."""
    if isinstance(change, Typed):
        return (text + "".join(letter for letter in change.text if letter.isprintable()))[:longest]
    return "" if change.whole else text[:-1]


class Storyteller:
    """Holds a draft; it is taken over by *Use this storyteller*, and tried by *Test* as it stands."""

    def __init__(self, house: House, pack: Pack | None) -> None:
        self._house = house
        self._pack = pack
        teller = house.teller
        self._kind = next((kind for kind in KINDS if kind.client == teller.client), KINDS[0])
        key = teller.api_key.get_secret_value() if teller.api_key else ""
        self._drafts = {"model": teller.model, "base_url": teller.base_url, "api_key": key}
        self._trying = False
        self._result: TellerTried | None = None

    @property
    def pack(self) -> Pack | None:
        return self._pack

    @property
    def teller(self) -> Teller:
        """The draft, with only the fields that its kind has."""
        used = {name: self._drafts[name].strip() for name, _ in self._kind.fields}
        key = used.get("api_key", "")
        return Teller(self._kind.client, used.get("model", ""), used.get("base_url", ""), SecretStr(key) if key else None)

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, TellerTried) and self._trying:
            self._trying, self._result = False, event
        if isinstance(event, Pressed) and event.key == "back":
            return Pop()
        return STAY

    def tree(self, view: View) -> Widget:
        if self._trying:
            view.stir()
        return dialog(
            "Storyteller",
            Widget("group", "", SHEET, look=looks.sheet(12, seed=131)),
            Widget("heading", "Who tells the story?", Box(LEFT.x, SHEET.y + 36, 800, 50), look=looks.text("heading", "ink")),
            *(self._option(n, kind) for n, kind in enumerate(KINDS)),
            *self._fields(),
            *self._privacy(view),
            *self._outcome(view),
            Widget("button", "Test", Box(RIGHT.x, SHEET.bottom - 90, 120, 48), press=self._try, look=looks.button),
            Widget(
                "button",
                "Use this storyteller",
                Box(SHEET.right - 300, SHEET.bottom - 90, 250, 48),
                press=self._use,
                look=looks.primary,
            ),
            Widget("button", "Back", Box(LEFT.x, SHEET.bottom - 90, 120, 48), press=Pop, look=looks.button),
            look=looks.veil(0.72),
        )

    def _option(self, n: int, kind: Kind) -> Widget:
        chosen = kind is self._kind
        box = Box(LEFT.x, LEFT.y + n * 126, LEFT.w, 112)
        look = partial(looks.option, chosen, kind.note)
        return Widget("option", kind.label, box, "chosen" if chosen else "", press=partial(self._choose, kind), look=look)

    def _fields(self) -> list[Widget]:
        out = []
        for n, (name, label) in enumerate(self._kind.fields):
            text = self._drafts[name]
            shown = "•" * len(text) if name == "api_key" else text
            box = Box(RIGHT.x, RIGHT.y + n * 78, RIGHT.w, 68)
            out.append(Widget("field", label, box, shown, edit=partial(self._type, name), look=looks.field))
        return out

    def _privacy(self, view: View) -> list[Widget]:
        y = RIGHT.y + len(self._kind.fields) * 78 + (10 if self._kind.fields else 0)
        height = view.type.height(self._kind.privacy, "note", RIGHT.w)
        return [
            Widget("heading", "What leaves this machine", Box(RIGHT.x, y, RIGHT.w, 22), look=looks.text("small_bold", "mark")),
            Widget("text", self._kind.privacy, Box(RIGHT.x, y + 26, RIGHT.w, height), look=looks.text("note", "ink")),
        ]

    def _outcome(self, view: View) -> list[Widget]:
        if self._trying:
            words, ink = "Asking it for a few words", "faint"
        elif self._result:
            words, ink = self._result.words, "ink" if self._result.ok else "mark"
        else:
            return []
        lines = min(LINES, len(view.type.broken(words, "note", RIGHT.w)))
        box = Box(RIGHT.x, SHEET.bottom - 102 - lines * 24, RIGHT.w, lines * 24)
        return [Widget("status", words, box, key="outcome", look=looks.text("note", ink, lines=LINES))]

    def _choose(self, kind: Kind) -> Transition:
        self._kind, self._result, self._trying = kind, None, False
        return TAKEN

    def _type(self, name: str, change: Edit) -> Transition:
        self._drafts[name] = edited(self._drafts[name], change, LONGEST)
        self._result = None
        return TAKEN

    def _try(self) -> Transition:
        self._trying, self._result = True, None
        self._house.session.submit(TryTeller(self.teller))
        return TAKEN

    def _use(self) -> Transition:
        self._house.teller = self.teller
        return Pop()
