"""What is wrong with a file that is not TOML, in an author's words: the parser's own are for programmers."""

import re
from collections.abc import Mapping

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_WORDS: Mapping[str, str] = {
    r"illegal character '\\n'": "a text in quotes does not end on its line; longer ones stand between three quotes",
    r"unterminated string": "a text in quotes is never closed",
    r"unescaped '\\' in a string": r"a \ in a text is written \\, or the text stands in single quotes",
    r"invalid value": 'here is no value; a text stands in straight quotes ("), yes is written true, and no is written false',
    r"expected '=' after a key.*": "a key is followed by = and its value; a text of several lines stands between three quotes",
    r"expected newline or end of document.*": 'there is something behind the value that does not belong there; a " within a text'
    r" is written \"",
    r"unclosed array": 'a list is not closed with ], has no comma between two of its entries, or has a text with a " in it',
    r"unclosed inline table": "a table in braces is not closed with }, has no comma between two of its keys, or has a text with"
    ' a " in it',
    r"expected '\]' at the end of a table.*|expected '\]\]' at the end of an array.*": "the name of a table is not closed with ]",
    r"cannot (?:overwrite a value|mutate immutable.*)|duplicate inline table key .*": "a key is here that is there already",
    r"cannot declare \('(.+)',?\) twice": "the table [{}] is here twice",
    r"invalid (?:statement|initial character for a key part)": "a line begins with neither a key nor the name of a table",
}
"""What the parser says, in small letters, and what it means. What is not here is left in its words."""
_CURLY = re.compile(r"[^\"']*[=\[,{]\s*[“”„‟‘’‚«»]")
_CURLED = 'these quotation marks are curly, as a word processor makes them; a text stands between straight ones: "'
_DOUBLED = "this name stands in two brackets, and further up in one; a list of tables has two each time"


def in_words(error: ValueError, text: str) -> tuple[str, int]:
    """The reason, and the line: the last one that says anything where the parser names none."""
    reason = str(error).partition(" (at ")[0]
    reason = reason[:1].lower() + reason[1:]
    where = _LINE.search(str(error))
    line = int(where[1]) if where else text.rstrip("\n").count("\n") + 1
    stopped = "".join(text.split("\n")[line - 1 : line])
    if _CURLY.match(stopped):
        return _CURLED, line
    if stopped.lstrip().startswith("[[") and reason.startswith("cannot"):
        return _DOUBLED, line
    for pattern, words in _WORDS.items():
        if found := re.fullmatch(pattern, reason):
            return words.replace("{}", "".join(found.groups("")).replace("', '", ".")), line
    return reason, line
