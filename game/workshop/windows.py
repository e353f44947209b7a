"""Whether a model with a small window gets to read what an author wrote for it."""

from dataclasses import dataclass

from game.narrator.budget import MESSAGE_TOKENS, SMALL_WINDOW, tokens
from game.narrator.prompt import Prompter
from game.narrator.rehearsal import Sheet, sheets
from game.packs import Pack
from game.packs.findings import Findings
from game.packs.locate import KeyPath

PLAYS = 1
"""Random plays whose requests are looked at: most of what is cut is cut in each."""
LEAST = 25
"""Percent of a long part that a model should read: of a part that is told in brief, its head says the most."""
_ABRIDGED = {
    "world": ("world.md", "Say what matters most in its first paragraphs, and move the rest to lore.toml."),
    "cast: voices and wants": ("cast.toml", 'Say "voice" and "wants" in a sentence or two each.'),
    "lore that is always true": ("lore.toml", 'Let more of it wait for its keys, without "always".'),
}
_DEMANDED = {
    "goal": ("goal", "Say it in two or three sentences."),
    "must happen": ("must_happen", "Ask for less in one scene."),
    "revealed": ("goal", "Say the secrets that it reveals in fewer words."),
}
"""Parts of a brief without which a scene is not the author's. The ledger and the look of a place may give way."""


@dataclass(frozen=True, slots=True)
class _Report:
    pack: Pack
    found: Findings

    def sheet(self, prompter: Prompter, sheet: Sheet) -> None:
        """Add what there was no room for in one request."""
        span = prompter.span(sheet.brief, sheet.behind, sheet.profile, sheet.shape)
        for cut in prompter.head(sheet.brief, sheet.profile).cuts:
            if cut.part in _ABRIDGED and 100 * cut.kept < LEAST * cut.of:
                file, advice = _ABRIDGED[cut.part]
                self._cut(file, (), cut.part, cut.kept, cut.of, advice)
        for cut in span.last.cuts:
            if cut.part in _DEMANDED and sheet.brief.storylet:
                key, advice = _DEMANDED[cut.part]
                self._demand(
                    sheet.brief.storylet, key, f'the part "{cut.part}" of this storylet\'s brief', cut.kept, cut.of, advice
                )

    def whole(self, longest: Sheet) -> None:
        """Add that the longest request does not fit, whatever is cut."""
        needed, room = _tokens(longest), longest.profile.prompt_tokens
        if needed > room:
            message = f"the request for scene {longest.brief.turn} takes about {needed:,} tokens, and there is room for {room:,}."
            advice = "Shorten the templates: their own words are never cut."
            self.found.add("PACK823", "pack.toml", message=message, suggestion=advice)

    def _demand(self, storylet: str, key: str, what: str, kept: int, of: int, advice: str) -> None:
        file = next(iter(self._homes(storylet)), "pack.toml")
        self._cut(file, (storylet, key), what, kept, of, advice)

    def _homes(self, storylet: str) -> list[str]:
        return [file for file, text in self.found.texts.items() if file.startswith("storylets/") and f"[{storylet}]" in text]

    def _cut(self, file: str, path: KeyPath, what: str, kept: int, of: int, advice: str) -> None:
        message = f"of {what}, {of:,} characters, a model with a window of {SMALL_WINDOW:,} tokens reads only {kept:,}."
        self.found.add("PACK823", file, path, message=message, suggestion=advice)


def check_windows(pack: Pack, found: Findings) -> None:
    """Add what a model with 4,096 tokens would not get to read."""
    prompter, report = Prompter(pack, pack.player), _Report(pack, found)
    asked = [sheet for seed in range(PLAYS) for sheet in sheets(pack, seed, SMALL_WINDOW)]
    for sheet in asked:
        report.sheet(prompter, sheet)
    report.whole(max(asked, key=_tokens))


def _tokens(sheet: Sheet) -> int:
    """How many a request takes, about."""
    return sum(tokens(message.content) + MESSAGE_TOKENS for message in sheet.messages)
