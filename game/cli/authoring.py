"""Commands for who writes a pack: what is wrong with it, its tests, its prompts; a new one, and what one has elsewhere."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game.cli.common import PackArgument, Unusable

if TYPE_CHECKING:
    from game.workshop.report import Report


def packs() -> None:
    """What can be played."""
    from game.packs import Pack
    from game.packs.shelf import shelf

    for ref, found in shelf():
        if isinstance(found, Pack):
            print(f"{ref}  {found.title} — {found.tagline} ({found.scenes[0]} to {found.scenes[1]} scenes, {found.rating})")
        else:
            print(f"{ref}  {found}")


def check(
    pack: PackArgument,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a finding.")] = False,
    cache: Annotated[
        bool, typer.Option("--cache", help="Instead, see how much of each prompt a cache has seen already.")
    ] = False,
    turns: Annotated[int, typer.Option(help="With --cache: scenes to play.", min=2, max=5000)] = 30,
    window: Annotated[int, typer.Option(help="With --cache: tokens of the model's window.", min=1024)] = 8192,
) -> None:
    """Say what is wrong with a pack; exit 1 if it cannot be played."""
    import json

    from game.packs import PackError
    from game.workshop.diagnosing import diagnose

    if cache:
        raise typer.Exit(_check_cache(pack, turns, window))
    try:
        found = diagnose(pack)
    except PackError as error:
        raise Unusable(str(error)) from None
    for item in found:
        print(json.dumps(item.to_json(), ensure_ascii=False) if as_json else f"{item.severity}: {item}")
    errors = sum(item.severity == "error" for item in found)
    if not as_json:
        print(f"{pack}: {_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}")
    raise typer.Exit(1 if errors else 0)


def run_tests(
    pack: PackArgument,
    plays: Annotated[int, typer.Option(help="Random plays for the coverage.", min=1, max=100_000)] = 200,
    seed: Annotated[int, typer.Option(help="Of the first random play; the next have the next.", min=0, max=1 << 62)] = 0,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as a page, to be looked at.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="A figure above its mark fails, too.")] = False,
) -> None:
    """Run a pack's own plays and many random ones, with the stub, and take its figures; exit 1 if a play fails."""
    from game.packs import PackError
    from game.workshop.report import take

    try:
        report = take(pack, plays, seed)
    except PackError as error:
        raise Unusable(str(error)) from None
    _show_report(report, html, as_json)
    raise typer.Exit(0 if report.ok(strict) else 1)


def transcript(
    pack: PackArgument,
    play: Annotated[str, typer.Argument(help="Which of its plays; left out, the first that is marked to be written out.")] = "",
    into: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Instead, write all that are marked there.")] = None,
) -> None:
    """Write one of a pack's own plays out, as Markdown to be read: what was told, offered and picked."""
    from game.packs import PackError
    from game.workshop import transcripts

    try:
        if into is None:
            print(transcripts.write_out(pack, play), end="")
        else:
            print(*transcripts.write_all(pack, into), sep="\n")
    except (PackError, transcripts.NoSuchPlay) as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"{into} cannot be written: {error.strerror}") from None


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A character card (PNG or JSON), or a lorebook (JSON).")],
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder of your pack.")] = Path("."),
    consent: Annotated[str, typer.Option(help="Whose likeness and voice this is, and that they agreed.")] = "",
) -> None:
    """Take a SillyTavern character card into a pack as cast and lore, or a lorebook as lore; list what cannot come along."""
    from game.workshop.importing import NotImported, bring, report

    try:
        brought, found = bring(file, into, consent)
    except NotImported as error:
        raise Unusable(str(error)) from None
    print("\n".join(report(brought, found)))


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it; its folder and its id are made of that.")],
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder to put it into.")] = Path("."),
    bare: Annotated[bool, typer.Option("--bare", help="The least that plays, instead of a small whole story.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what is usual.")] = False,
    title: Annotated[str, typer.Option(help="The story's title.")] = "",
    author: Annotated[str, typer.Option(help="Your name, for the credits.")] = "",
    ask: Annotated[bool | None, typer.Option(help="Whether players may say who they are.")] = None,
    tense: Annotated[str, typer.Option(metavar="present|past", help="The tense it is told in.")] = "",
    place: Annotated[str, typer.Option(help="The town, or other place, that it is set in.")] = "",
    thing: Annotated[str, typer.Option(help="What is missing there.")] = "",
    owner: Annotated[str, typer.Option(help="Who comes to ask after it.")] = "",
    pronouns: Annotated[str, typer.Option(metavar="she|he|they", help="The pronouns of that person.")] = "",
) -> None:
    """Make a pack of your own, which plays already: a few questions, or an option for each."""
    from game.workshop.fresh import NotWritten, make, what_now

    given = {"title": title, "author": author, "tense": tense, "place": place, "thing": thing, "owner": owner}
    given |= {"pronouns": pronouns, "ask": "" if ask is None else "yes" if ask else "no"}
    try:
        folder = make(name, into, given, bare, asked=sys.stdin.isatty() and not yes)
    except NotWritten as error:
        raise Unusable(str(error)) from None
    print(what_now(folder))


def schema(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them.")] = Path(".schemas"),
) -> None:
    """Write the JSON Schemas of a pack's files, by which an editor completes its keys and says what they are for."""
    from game.workshop.schemas import write_schemas

    try:
        files = write_schemas(folder)
    except OSError as error:
        raise Unusable(f"{folder} cannot be written: {error.strerror}") from None
    print("\n".join(file.as_posix() for file in files))


def prompt(
    pack: PackArgument,
    turn: Annotated[int, typer.Option(help="The scene that is asked for.", min=1, max=5000)] = 1,
    seed: Annotated[int, typer.Option(help="Of the playthrough before it.", min=0, max=(1 << 63) - 1)] = 7,
    window: Annotated[int, typer.Option(help="Tokens of the model's window.", min=1024)] = 8192,
    client: Annotated[str, typer.Option(help="Whose prompt it is called.")] = "stub",
    model: Annotated[str, typer.Option(help="Its model.")] = "stub",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print what a model would be sent for a scene: its parts, their tokens, what was cut, what is new."""
    import json

    from rich.console import Console

    from game import promptview
    from game.packs import PackError

    try:
        found = promptview.view(pack, turn, seed, window, f"{client}/{model}")
    except (PackError, promptview.NoSuchTurn) as error:
        raise Unusable(str(error)) from None
    if as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False))
    else:
        promptview.show(found, Console(soft_wrap=not sys.stdout.isatty()))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _check_cache(pack: str, turns: int, window: int) -> int:
    from rich.console import Console

    from game import cachecheck
    from game.packs import PackError

    try:
        verdict = cachecheck.cache_check(pack, turns, window=window)
    except PackError as error:
        raise Unusable(str(error)) from None
    cachecheck.show(verdict, Console(soft_wrap=not sys.stdout.isatty()))
    return 0 if verdict.ok else 1


def _show_report(report: "Report", html: Path | None, as_json: bool) -> None:
    import json

    from rich.console import Console

    from game.workshop.page import page
    from game.workshop.table import show

    if html is not None:
        try:
            html.write_text(page(report), "utf-8", newline="\n")
        except OSError as error:
            raise Unusable(f"{html} cannot be written: {error.strerror}") from None
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        show(report, Console(highlight=False))
