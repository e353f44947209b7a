"""The parts of the story screen: the text window, the choices, the sign with the scene's name, the tabs. Each gives widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from game.packs import Pack
from game.session import Branches
from game.stage import looks
from game.stage.box import HEIGHT, STAGE, WIDTH, Box
from game.stage.canvas import Canvas
from game.stage.reading import Phase, Reading
from game.stage.screen import View
from game.stage.slip import SIDES, slip
from game.stage.theme import mix
from game.stage.transition import Transition
from game.stage.widgets import Widget, group
from game.story import Choice

LINES = 4
"""Lines on a page of the text window."""
WAVE = 26
"""How far the page's swinging edge may lie below the top of its box."""
SIGN = 3.4
"""Seconds that the sign with the scene's name hangs."""
LETTERS = 24.0
"""How many letters of what is heard keep it there for a second more."""

Act = Callable[[], Transition]


def window_box(view: View) -> Box:
    """Where the text is: a page across the whole stage, whose foot is below it whatever the size of the text."""
    height = LINES * view.type.leading("body") + 64
    return Box(0, HEIGHT - height, WIDTH, height)


def text_box(view: View) -> Box:
    box = window_box(view)
    across = 900 if view.settings.text_size <= 115 else 1060
    return Box((WIDTH - across) / 2, box.y + 42, across, box.h - 48)


def page(view: View, reading: Reading) -> tuple[tuple[str, ...], int]:
    """The lines of the page in view, and where in the beat it ends."""
    if reading.beat is None:
        return (), 0
    rest = reading.beat.text[reading.start :]
    lines = view.type.broken(rest, "body", text_box(view).w)[:LINES]
    end = reading.start + len("".join(lines))
    return lines, min(end, len(reading.beat.text))


def text_window(view: View, pack: Pack, reading: Reading, lines: tuple[str, ...], phase: Phase, advance: Act | None) -> Widget:
    """The paper with the text, the speaker's name, and the mark that there is more."""
    box = window_box(view)
    beat = reading.beat
    shown = int(reading.shown) - reading.start
    text = "".join(lines)
    body = Widget(
        "text",
        "Story",
        text_box(view),
        value=text[:shown],
        press=advance,
        key="story",
        look=lambda canvas, widget: canvas.written(lines, shown, "body", widget.box, canvas.theme.ink),
    )
    parts = [Widget("group", "Text window", box, look=_ground), body]
    if beat and beat.speaker:
        parts.append(_plate(view, pack, beat.speaker))
    if phase in ("held", "over"):
        parts.append(Widget("status", "More", Box(body.box.right + 26, box.bottom - 46, 16, 16), look=_more))
    return group(*parts)


def _ground(canvas: Canvas, widget: Widget) -> None:
    """The page, cut as the nearest hill of the landscape, two others behind it."""
    box = widget.box
    theme = canvas.theme
    if not theme.plain:
        canvas.sheet(canvas.below(box.y - 29), mix(theme.night, theme.under, 0.3), 10, "wave", 5)
        canvas.sheet(canvas.below(box.y - 13), theme.under, 8, "wave", 3)
    canvas.sheet(canvas.below(box.y - 4), theme.sheet, 8, "wave", 2)


def _plate(view: View, pack: Pack, speaker: str) -> Widget:
    name = pack.cast[speaker].name if speaker in pack.cast else speaker
    plate = Box(text_box(view).x - 26, window_box(view).y - 20, view.type.width(name, "plate") + 52, 46)
    return Widget("text", "Speaker", plate, value=name, look=_name)


def _name(canvas: Canvas, widget: Widget) -> None:
    canvas.sheet(widget.box, canvas.theme.mark, 5, seed=23)
    y = widget.box.y + (widget.box.h - canvas.type.leading("plate")) / 2 - 1
    canvas.words(widget.value, "plate", widget.box.middle[0], y, canvas.theme.sheet, "middle")


def _more(canvas: Canvas, widget: Widget) -> None:
    looks.lozenge(canvas, *widget.box.middle, 7, canvas.theme.mark)


def source_spot(view: View) -> Box:
    """Where the sign stands that says whose words are on the page."""
    return Box(text_box(view).right + 21, window_box(view).y + 44, 26, 26)


def choices(
    view: View, offered: tuple[Choice, ...], branches: Branches, read_only: bool, dealt: float, pick: Callable[[str], Transition]
) -> Widget:
    """The slots, as slips of paper at the right above the text. Those behind which a scene was told are marked; while nothing new
    is told, only they can be taken."""
    boxes = choice_boxes(view, tuple(choice.text for choice in offered))
    slips = []
    for n, (choice, box) in enumerate(zip(offered, boxes, strict=True)):
        appeared = 1.0 if view.still else view.ease(dealt + 0.07 * n, 0.4)
        told, recorded = choice.slot in branches.told, choice.slot == branches.recorded
        key = f"slot:{choice.slot}"
        note = "as recorded" if recorded else "told before" if told and view.focus == key else ""
        value = ", ".join(filter(None, (str(n + 1), "as recorded" if recorded else "", "told" if told else "")))
        press = partial(pick, choice.slot) if told or not read_only else None
        look = partial(slip, n + 1, appeared, told, note)
        slips.append(Widget("choice", choice.text, box, value, press=press, first=recorded, look=look, key=key))
    return group(*slips, label="Choices")


def choice_boxes(view: View, texts: tuple[str, ...]) -> tuple[Box, ...]:
    """Above the text window: as wide, and then as tight, as they must be to have room there."""
    foot = window_box(view).y - 38
    for width, padding, gap, ceiling in (
        (612.0, 30.0, 14.0, 64.0),
        (720.0, 30.0, 14.0, 64.0),
        (900.0, 24.0, 10.0, 46.0),
        (1168.0, 14.0, 6.0, 42.0),
    ):
        heights = [view.type.height(text, "choice", width - SIDES) + padding for text in texts]
        spare = foot - ceiling - sum(heights) - gap * (len(texts) - 1)
        if spare >= 0:
            break
    top = ceiling + max(0.0, spare * 0.62)
    boxes = []
    for height in heights:
        boxes.append(Box(WIDTH - 56 - width, top, width, height))
        top += height + gap
    return tuple(boxes)


def place_name(pack: Pack, place: str) -> str:
    """What a place is called. A scene may have been told at one that a changed pack no longer has."""
    return pack.places[place].name if place in pack.places else place.replace("_", " ")


def sign(view: View, pack: Pack, reading: Reading, since: float, small: bool) -> Widget:
    """The scene's name on a strip of paper that hangs in from above, and later only the place's, small. Where a place is entered,
    what is heard there stands on the strip too."""
    place = place_name(pack, reading.place)
    place = place[:1].upper() + place[1:]
    heard = _heard(pack, reading)
    hangs = SIGN + len(heard) / LETTERS
    shown = view.ease(since, 0.7) * (1 - view.ease(since + hangs, 0.6))
    if small or view.now - since > hangs + 0.6:
        box = Box(40, -8, view.type.width(place, "tab") + 40, 42)
        return Widget("text", "Place", box, value=place, look=_small_sign)
    width = max(view.type.width(reading.title, "heading"), view.type.width(place, "subheading"), 400 if heard else 0) + 88
    below = view.type.height(heard, "aside", width - 88) + 6 if heard else 0.0
    drop = 0.0 if view.still else (1 - shown) * (-150 - below)
    box = Box(40, -14 + drop, width, 142 + below)
    alpha = shown if view.still else 1.0
    text = Box(box.x + 45, box.y + 124, width - 88, below)
    caption = [Widget("text", "Heard", text, value=heard, key="heard", look=partial(_caption, alpha))] if heard else []
    return Widget("heading", reading.title, box, value=place, look=partial(_sign, alpha), children=tuple(caption))


def _heard(pack: Pack, reading: Reading) -> str:
    """What a place sounds like, as a sentence, when it is entered."""
    if not reading.entered or reading.place not in pack.places:
        return ""
    words = pack.places[reading.place].ambience
    return words[:1].upper() + words[1:]


def _sign(alpha: float, canvas: Canvas, widget: Widget) -> None:
    box = widget.box
    canvas.sheet(box, canvas.theme.night, 9, seed=31, alpha=alpha)
    canvas.words(widget.label, "heading", box.x + 44, box.y + 34, canvas.theme.pale, alpha=alpha)
    canvas.words(widget.value, "subheading", box.x + 45, box.y + 84, canvas.theme.dusk, alpha=alpha)


def _caption(alpha: float, canvas: Canvas, widget: Widget) -> None:
    lines = canvas.type.broken(widget.value, "aside", widget.box.w)
    canvas.block(lines, "aside", widget.box, canvas.theme.dusk, alpha=alpha)


def _small_sign(canvas: Canvas, widget: Widget) -> None:
    canvas.sheet(widget.box, canvas.theme.night, 3, seed=31, alpha=1.0 if canvas.theme.plain else 0.7)
    canvas.words(widget.value, "tab", widget.box.middle[0], 6, canvas.theme.pale, "middle")


def tabs(acts: Mapping[str, Act]) -> Widget:
    """The words at the upper right: what each says, and what it opens."""
    parts, right = [], WIDTH - 40.0
    for label, act in reversed(tuple(acts.items())):
        width = TAB_WIDTHS.get(label, 84)
        parts.append(Widget("button", label, Box(right - width, -8, width, 42), press=act, look=looks.tab))
        right -= width + 6
    return group(*reversed(parts))


TAB_WIDTHS = {"Read back": 112, "Ledger": 90}


def curtain(view: View, since: float) -> Widget:
    """What is seen while a story is being opened."""
    words = "Opening the book"
    box = Box(0, 330, WIDTH, 40)
    view.stir()
    alpha = view.fade(since + 0.25, 0.5)
    text = Widget("status", words, box, look=looks.text("motto", "pale", "middle", alpha))
    return group(text, box=STAGE, look=lambda canvas, _: canvas.veil(1.0))
