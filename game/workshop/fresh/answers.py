"""What `new` asks an author, and what an answer may be, so that it stands rightly wherever the story says it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from game.packs.shelf import prompts_folder

_ID_LENGTH = 40
_ARTICLE = re.compile(r"(?:an?|the|some|my|our|your|his|her|their|one)\s+(?=\S)", re.IGNORECASE)
_MEANING = '"\\#[]{}|«»‹›'
"""Characters that mean something in the files of a pack, or in the templates that they are made from."""
_YES = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}


class NotWritten(ValueError):
    """A pack cannot be made like this. `str(error)` is one line: what, and what to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the key of its answer, how it is put, what is taken when nothing is said, what may be said."""

    key: str
    words: str
    default: str = ""
    options: tuple[str, ...] = ()
    most: int = 40
    """Characters of the answer."""
    story: bool = True
    """Whether only the whole story asks it, and not the bare one."""


QUESTIONS = (
    Question("title", "What is it called?", most=80, story=False),
    Question("author", "Who writes it, for the credits?", "An unnamed author", most=80, story=False),
    Question("ask", "May players say who they are?", "yes", ("yes", "no"), story=False),
    Question("tense", "In which tense is it told?", "present", ("present", "past"), story=False),
    Question("place", "It begins in a Lost Property Office. Of which town, or other place?", "Saltby"),
    Question("thing", 'What is missing there? (one thing, as it would stand after "the")', "accordion"),
    Question("owner", "Who comes to ask after it? (a name)", "Ida Marlow"),
    Question("pronouns", "With which pronouns?", "she", ("she", "he", "they")),
)


def id_of(name: str) -> str:
    """The id, and the folder, of a pack that is to be called `name`: Café Noir is cafe_noir.

    Raises:
        NotWritten: none can be made of it.
    """
    if "/" in name or "\\" in name or ".." in name:
        raise NotWritten(f"{_shown(name)} is a path; give a name, and with --into the folder to put it into")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "_", re.sub(r"['’]", "", plain).lower()).strip("_")
    if not re.match(r"[a-z]", made):
        raise NotWritten(f"no id can be made of {_shown(name)}: it begins with a Latin letter, as night_ferry; --title takes any")
    if len(made) > _ID_LENGTH:
        raise NotWritten(f"{_shown(name)} is too long for an id, which has {_ID_LENGTH} characters at most; --title takes more")
    if (prompts_folder() / made).exists():
        raise NotWritten(f'a pack called "{made}" comes with the program, and would hide yours; choose another name')
    return made


def title_of(name: str) -> str:
    """What a pack of this name is called if nothing else is said."""
    words = "".join(" " if letter in f"_{_MEANING}" or not letter.isprintable() else letter for letter in name).split()
    return " ".join(words if name != name.lower() else [word[:1].upper() + word[1:] for word in words])


def checked(question: Question, answer: str) -> str:
    """The answer as it goes into the pack.

    Raises:
        NotWritten: it cannot.
    """
    text = " ".join(unicodedata.normalize("NFC", answer).split())
    if question.options:
        return _option(question, text.lower())
    if question.key == "thing":
        text = _ARTICLE.sub("", text.rstrip("."), count=1) if _ARTICLE.match(text) else text.rstrip(".")
    if not any(letter.isalnum() for letter in text):
        raise NotWritten(f"{question.key}: there should be a letter or a figure in it")
    if len(text) > question.most:
        raise NotWritten(f"{question.key}: {_shown(text)} is too long, {question.most} characters are the most")
    if wrong := next((letter for letter in text if letter in _MEANING or not letter.isprintable()), ""):
        instead = "; write ' instead" if wrong == '"' else ""
        sign = wrong if wrong.isprintable() else "a control character"
        raise NotWritten(f"{question.key}: {sign} cannot stand in it: it means something else in the files of a pack{instead}")
    return text


def answered(name: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every answer by its question's key: those `given`, checked, and the defaults.

    Raises:
        NotWritten: one of them cannot be used.
    """
    return {question.key: checked(question, given.get(question.key) or default(question, name)) for question in QUESTIONS}


def default(question: Question, name: str) -> str:
    """What is taken when nothing is said."""
    return question.default or title_of(name)[: question.most]


def _option(question: Question, text: str) -> str:
    said = _YES.get(text, text) if "yes" in question.options else text
    if said not in question.options:
        raise NotWritten(f"{question.key}: {_shown(text)} should be one of {', '.join(question.options)}")
    return said


def _shown(text: str) -> str:
    """What somebody wrote, in quotation marks, on one line and not too long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return f'"{plain[:40]}…"' if len(plain) > _ID_LENGTH else f'"{plain}"'
