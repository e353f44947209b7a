"""Writes a new pack's folder out of the templates in `story/` and `bare/`, as the answers want them.

In a template «thing» stands for an answer, «Thing» for one that begins a sentence, and ‹takes|took› for a word in either tense.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from game.workshop.fresh.answers import NotWritten
from game.workshop.schemas import write_schemas

_TEMPLATES = Path(__file__).parent
_ANSWER = re.compile(r"«(\w+)»")
_TENSES = re.compile(r"‹([^‹›|]*)\|([^‹›|]*)›")
_THEIR = {"she": "her", "he": "his", "they": "their"}


def write_pack(into: Path, name: str, answers: Mapping[str, str], bare: bool = False) -> Path:
    """Writes the pack `name`, an id, into the folder `into`: the whole story, or the least that plays. Gives its own folder.

    Raises:
        NotWritten: there is something of that name, or the folder cannot be written to.
    """
    folder = into / name
    try:
        folder.mkdir()
    except OSError as error:
        raise NotWritten(f"{folder} cannot be made: {error.strerror}") from None
    try:
        _fill(folder, _words(name, answers), _TEMPLATES / ("bare" if bare else "story"))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # only what was made here, a moment ago
        raise NotWritten(f"{folder} cannot be written: {error.strerror}") from None
    return folder


def _words(name: str, answers: Mapping[str, str]) -> dict[str, str]:
    """What stands in a pack for each word in «»."""
    asked = "true" if answers["ask"] == "yes" else "false"
    plain = {**answers, "id": name, "ask": asked, "they": answers["pronouns"], "their": _THEIR[answers["pronouns"]]}
    return plain | {key.capitalize(): word[:1].upper() + word[1:] for key, word in plain.items()}


def _fill(folder: Path, words: Mapping[str, str], templates: Path) -> None:
    past = words["tense"] == "past"
    for template in sorted(path for path in templates.rglob("*") if path.is_file()):
        text = _TENSES.sub(lambda pair: pair[2 if past else 1], template.read_text(encoding="utf-8"))
        text = _ANSWER.sub(lambda answer: words[answer[1]], text)
        file = folder / template.relative_to(templates)
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    write_schemas(folder / ".schemas")
