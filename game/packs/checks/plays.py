"""That a pack's own playthroughs speak of what the pack has."""

from game.packs.compile import PackFiles
from game.packs.files import PlayFile
from game.packs.findings import Findings, did_you_mean
from game.packs.locate import KeyPath
from game.story import SLOTS, known_names


def check_plays(files: PackFiles, found: Findings) -> None:
    """The names, choices, preferences and expectations of every play."""
    outcomes = {outcome.id for _, _, outcome in files.outcomes()}
    seen: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for file, plays in files.plays.items():
        for n, play in enumerate(plays):
            if play.name in seen:
                message = f'a play in {seen[play.name]} is called "{play.name}" already.'
                found.add("PACK703", file, ("play", n, "name"), message=message, suggestion="Give one of them another name.")
            seen.setdefault(play.name, file)
            if play.transcript and slugs.setdefault(play.slug, play.name) != play.name:
                message = f'the transcripts of "{play.name}" and of "{slugs[play.slug]}" would be one file.'
                found.add("PACK705", file, ("play", n, "name"), message=message, suggestion="Give one of them another name.")
            if files.are_whole:
                _check_choices(play, outcomes, file, ("play", n), found)
            _check_expected(play, files, file, ("play", n, "expect"), found)


def _check_choices(play: PlayFile, outcomes: set[str], file: str, path: KeyPath, found: Findings) -> None:
    for n, choice in enumerate(play.choices):
        if choice not in outcomes and choice not in SLOTS:
            message = f'no outcome is called "{choice}", and it is no slot.'
            found.add("PACK701", file, (*path, "choices", n), message=message, suggestion=did_you_mean(choice, outcomes))
    for n, choice in enumerate(play.prefer):
        if choice not in outcomes:
            message = f'no outcome is called "{choice}".'
            found.add("PACK701", file, (*path, "prefer", n), message=message, suggestion=did_you_mean(choice, outcomes))


def _check_expected(play: PlayFile, files: PackFiles, file: str, path: KeyPath, found: Findings) -> None:
    ending = play.expect.ending
    if ending is not None and ending not in files.endings:
        message = f'no ending is called "{ending}".'
        found.add("PACK702", file, (*path, "ending"), message=message, suggestion=did_you_mean(ending, files.endings))
    known = known_names(files.declared)
    for name in play.expect.state:
        if name not in known:
            message = f'"{name}" is nothing that a condition could read.'
            found.add("PACK702", file, (*path, "state", name), message=message, suggestion=did_you_mean(name, known))
    for n, name in enumerate(play.expect.visits):
        if name not in files.declared.storylets:
            advice = did_you_mean(name, files.declared.storylets)
            found.add("PACK702", file, (*path, "visits", n), message=f'no storylet is called "{name}".', suggestion=advice)
    _check_possible(play, file, path, found)


def _check_possible(play: PlayFile, file: str, path: KeyPath, found: Findings) -> None:
    """That what is expected does not contradict itself."""
    for n, text in enumerate(play.expect.never):
        if any(text in wanted for wanted in play.expect.text):
            message = f'"{text}" must be read, and must not be.'
            found.add("PACK704", file, (*path, "never", n), message=message, suggestion="Leave it out of text, or of never.")
    if play.expect.scenes is not None and play.expect.scenes <= len(play.choices):
        message = f"{len(play.choices)} choices take {len(play.choices) + 1} scenes, and {play.expect.scenes} may be told."
        found.add("PACK704", file, (*path, "scenes"), message=message)
