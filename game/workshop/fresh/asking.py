"""Asks an author, in the terminal, what the new pack should be like."""

from collections.abc import Callable, Mapping

from game.workshop.fresh.answers import QUESTIONS, NotWritten, checked, default


def ask(name: str, given: Mapping[str, str], bare: bool, read: Callable[[], str], say: Callable[[str], None]) -> dict[str, str]:
    """Puts each question whose answer is not `given`, and of the bare pack only those that it has a use for.

    `read` gives the next line with its end, or nothing when there are no more: then the defaults are taken. An answer that cannot
    be used is asked for again.
    """
    answers = dict(given)
    for question in QUESTIONS:
        if answers.get(question.key) or (bare and question.story):
            continue
        usual = default(question, name)
        choices = f" ({', '.join(question.options)})" if question.options else ""
        while True:
            say(f"{question.words}{choices} [{usual}] ")
            line = read()
            try:
                answers[question.key] = checked(question, line.strip() or usual)
                break
            except NotWritten as error:
                say(f"{error}\n")
    return answers
