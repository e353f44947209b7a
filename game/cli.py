"""The command line: reads what the player wants, opens the front end, and says in one line what cannot be done.

Front ends are imported when they are needed, so that the window opens fast and headless runs need no screen.
"""

import io
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game import __version__

if TYPE_CHECKING:
    from game.session import Begin, Continue, Library
    from game.settings import Settings
    from game.workshop.report import Report

USAGE = 2

app = typer.Typer(
    name="unwritten",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Stories that are written while you play them.",
)

PackOption = Annotated[str, typer.Option("--pack", metavar="ID|PATH", help="A pack's id, folder or zip.")]
ChaosSeed = Annotated[int, typer.Option(help="What goes wrong with --client chaos:NAME, and when.", min=0, max=(1 << 63) - 1)]
DEFAULT_PACK = "last_keeper"


class BotName(StrEnum):
    first = "first"
    random = "random"


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Without a command: open the window, or play in this terminal where there is no display."""
    if version:
        print(f"unwritten {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        raise typer.Exit(_open_stage(_settings(), None))


@app.command()
def play(
    pack: PackOption = "",
    client: Annotated[str, typer.Option(help="stub, openai, local, or a third party's; chaos:NAME breaks its replies.")] = "",
    model: Annotated[str, typer.Option(help="The model's name, or a GGUF file for --client local.")] = "",
    base_url: Annotated[str, typer.Option(help="Where an OpenAI-compatible service answers.")] = "",
    seed: Annotated[
        int | None, typer.Option(help="The same seed and choices give the same story.", min=0, max=(1 << 63) - 1)
    ] = None,
    chaos_seed: ChaosSeed = 0,
    stage: Annotated[bool, typer.Option("--stage", help="Play in a window.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Play in this terminal.")] = False,
    headless: Annotated[bool, typer.Option("--headless", help="Play without a player.")] = False,
    choices: Annotated[str | None, typer.Option(help="Headless: indices from 0, as 0,2,1.")] = None,
    bot: Annotated[BotName | None, typer.Option(help="Headless: who picks.")] = None,
    max_scenes: Annotated[int | None, typer.Option(help="Headless: stop after so many scenes.", min=1)] = None,
    journal: Annotated[Path | None, typer.Option(help="Keep the playthrough in this file; continue it if it exists.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Headless: one JSON object a line.")] = False,
    require_client: Annotated[bool, typer.Option("--require-client", help="Stop when the client cannot write.")] = False,
    prefetch: Annotated[str, typer.Option(metavar="off|likely|all", help="What is written ahead while you read.")] = "",
    prefetch_tokens: Annotated[int | None, typer.Option(help="The most tokens for that in one sitting.", min=0)] = None,
    trace: Annotated[Path | None, typer.Option(help="Tell each request and attempt in this file, as JSON lines.")] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="With --journal: read what was told, and change nothing.")
    ] = False,
) -> None:
    """Play a story."""
    from game.session import Begin, Continue, Library, Teller

    if not headless and (choices is not None or bot or max_scenes or as_json):
        raise _Unusable("--choices, --bot, --max-scenes and --json go with --headless")
    if sum((stage, text, headless)) > 1:
        raise _Unusable("choose one of --stage, --text and --headless")
    if read_only and journal is None:
        raise _Unusable("--read-only goes with --journal")
    settings = _settings(prefetch=prefetch, prefetch_tokens=prefetch_tokens)
    teller = Teller(client or settings.client, model, base_url, chaos_seed=chaos_seed)
    told = teller.client == "replay" or (journal is not None and journal.exists())
    begin: Begin | Continue = Begin(
        pack=pack or ("" if told else DEFAULT_PACK),
        teller=teller,
        seed=seed,
        journal=journal or ("memory" if headless else "library"),
        require_client=require_client,
    )
    if read_only and journal is not None:
        begin = Continue(journal, teller, pack or None, read_only=True)
    if headless:
        raise typer.Exit(_headless(Library(settings, trace=trace), begin, _indices(choices), bot, max_scenes, as_json))
    chosen = pack or journal or client or model or base_url or seed is not None or require_client or trace
    if text:
        raise typer.Exit(_terminal(Library(settings, trace=trace), begin, offer_saves=not chosen))
    raise typer.Exit(_open_stage(settings, begin if chosen else None, trace))


@app.command()
def replay(
    recording: Annotated[Path, typer.Argument(metavar="FILE", help="The journal of a playthrough, or a sealed one.")],
    pack: PackOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    stage: Annotated[bool, typer.Option("--stage", help="In a window, to be read along.")] = False,
    text: Annotated[bool, typer.Option("--text", help="In this terminal, to be read along.")] = False,
) -> None:
    """Play a playthrough again, byte for byte, without a model; exit 1 if a request or a scene is not the recorded one."""
    from game.replaying import replay as play_again
    from game.session import Begin, Library, Session, Teller

    if sum((stage, text, as_json)) > 1:
        raise _Unusable("choose one of --stage, --text and --json")
    settings = _settings()
    begin = Begin(pack, Teller("replay", str(recording)), journal="memory")
    if stage:
        raise typer.Exit(_open_stage(settings, begin))
    if text:
        raise typer.Exit(_terminal(Library(settings), begin, offer_saves=False))
    session = Session(Library(settings), threaded=False)
    try:
        raise typer.Exit(play_again(recording, session, pack, as_json))
    finally:
        session.close()


@app.command()
def seal(
    journal: Annotated[Path, typer.Argument(metavar="JOURNAL", help="The journal of a playthrough.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to make, as told.sealed.")],
    pack: PackOption = "",
) -> None:
    """Put a playthrough and its pack into one file, which `replay` plays anywhere, without a model, a key or the pack."""
    from game.sealing import seal as make

    raise typer.Exit(make(journal, out, pack))


@app.command("map")
def map_(
    journal: Annotated[Path, typer.Argument(metavar="JOURNAL", help="The journal of a playthrough.")],
    pack: PackOption = "",
    svg: Annotated[bool, typer.Option("--svg", help="A picture.")] = False,
    dot: Annotated[bool, typer.Option("--dot", help="A graph for Graphviz.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print the tree of all that was told: its ways, forks, tellings, bookmarks and endings."""
    from game.journal import JournalError
    from game.mapview import Form, view
    from game.packs import PackError

    if sum((svg, dot, as_json)) > 1:
        raise _Unusable("choose one of --svg, --dot and --json")
    form: Form = "svg" if svg else "dot" if dot else "json" if as_json else "text"
    width = min(120, os.get_terminal_size().columns) if sys.stdout.isatty() else 80
    try:
        print(view(journal, form, pack, width, sys.stdout.encoding or "ascii"), end="")
    except (JournalError, PackError) as error:
        raise _Unusable(str(error)) from None


@app.command()
def packs() -> None:
    """What can be played."""
    from game.packs import Pack
    from game.packs.shelf import shelf

    for ref, found in shelf():
        if isinstance(found, Pack):
            print(f"{ref}  {found.title} — {found.tagline} ({found.scenes[0]} to {found.scenes[1]} scenes, {found.rating})")
        else:
            print(f"{ref}  {found}")


@app.command()
def check(
    pack: Annotated[str, typer.Argument(help="A pack's id, folder or zip.")],
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
        raise _Unusable(str(error)) from None
    for item in found:
        print(json.dumps(item.to_json(), ensure_ascii=False) if as_json else f"{item.severity}: {item}")
    errors = sum(item.severity == "error" for item in found)
    if not as_json:
        print(f"{pack}: {_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}")
    raise typer.Exit(1 if errors else 0)


@app.command("test")
def run_tests(
    pack: Annotated[str, typer.Argument(help="A pack's id, folder or zip.")],
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
        raise _Unusable(str(error)) from None
    _show_report(report, html, as_json)
    raise typer.Exit(0 if report.ok(strict) else 1)


@app.command()
def transcript(
    pack: Annotated[str, typer.Argument(help="A pack's id, folder or zip.")],
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
        raise _Unusable(str(error)) from None
    except OSError as error:
        raise _Unusable(f"{into} cannot be written: {error.strerror}") from None


@app.command("import")
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
        raise _Unusable(str(error)) from None
    print("\n".join(report(brought, found)))


@app.command()
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
        raise _Unusable(str(error)) from None
    print(what_now(folder))


@app.command()
def schema(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them.")] = Path(".schemas"),
) -> None:
    """Write the JSON Schemas of a pack's files, by which an editor completes its keys and says what they are for."""
    from game.workshop.schemas import write_schemas

    try:
        files = write_schemas(folder)
    except OSError as error:
        raise _Unusable(f"{folder} cannot be written: {error.strerror}") from None
    print("\n".join(file.as_posix() for file in files))


@app.command()
def prompt(
    pack: Annotated[str, typer.Argument(help="A pack's id, folder or zip.")],
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
        raise _Unusable(str(error)) from None
    if as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False))
    else:
        promptview.show(found, Console(soft_wrap=not sys.stdout.isatty()))


@app.command()
def doctor(
    client: Annotated[str, typer.Option(help="Also see whether this client answers.")] = "",
    model: Annotated[str, typer.Option(help="Its model.")] = "",
    base_url: Annotated[str, typer.Option(help="Where it answers.")] = "",
    chaos_seed: ChaosSeed = 0,
) -> None:
    """What this machine has: display, clients, packs, files."""
    from game.doctor import report
    from game.session import Teller

    for name, words in report(_settings(), Teller(client, model, base_url, chaos_seed=chaos_seed) if client else None):
        print(f"{name:10} {words}")


def main() -> None:
    """The console script. No traceback reaches a user, and the same bytes come out under every locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        code = app(standalone_mode=False, prog_name="unwritten")
    except typer.TyperException as error:
        _say(error.format_message())
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as error:
        _say(f"a fault in the program: {type(error).__name__}: {error}; please report it with what you did")
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str) -> None:
    print(f"unwritten: {' '.join(message.split())}", file=sys.stderr)


def _settings(**flags: object) -> "Settings":
    from game.settings import SettingsError, load_settings

    try:
        return load_settings(**flags)
    except SettingsError as error:
        raise _Unusable(str(error)) from None


class _Unusable(typer.TyperException):
    exit_code = USAGE


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _indices(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not (part.isdecimal() and len(part) == 1 and int(part) <= 3):
            raise _Unusable(f'--choices: "{part}" is not a choice; write indices from 0 to 3, as 0,2,1')
    return tuple(map(int, parts))


def _check_cache(pack: str, turns: int, window: int) -> int:
    from rich.console import Console

    from game import cachecheck
    from game.packs import PackError

    try:
        verdict = cachecheck.cache_check(pack, turns, window=window)
    except PackError as error:
        raise _Unusable(str(error)) from None
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
            raise _Unusable(f"{html} cannot be written: {error.strerror}") from None
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        show(report, Console(highlight=False))


def _headless(
    library: "Library",
    begin: "Begin | Continue",
    choices: tuple[int, ...] | None,
    bot: BotName | None,
    max_scenes: int | None,
    as_json: bool,
) -> int:
    from game.headless import Run, play
    from game.session import Session

    if choices is not None and bot is not None:
        raise _Unusable("choose one of --choices and --bot")
    session = Session(library, threaded=False)
    try:
        return play(Run(begin, choices, bot.value if bot else None, max_scenes, as_json), session)
    finally:
        session.close()


def _terminal(library: "Library", begin: "Begin | Continue", offer_saves: bool) -> int:
    from game.session import Session
    from game.terminal import Terminal

    session = Session(library)
    try:
        return Terminal(session).play(begin, offer_saves)
    finally:
        session.close()


def _open_stage(settings: "Settings", begin: "Begin | Continue | None", trace: Path | None = None) -> int:
    """The window; without a display, the terminal."""
    from game.session import Begin, Library, Session, Teller
    from game.stage import NoDisplay, run_stage

    session = Session(Library(settings, trace=trace))
    try:
        return run_stage(session, settings, begin)
    except NoDisplay as error:
        _say(f"{error}; playing in the terminal")
    finally:
        session.close()
    start = begin or Begin(DEFAULT_PACK, Teller(settings.client), journal="library")
    return _terminal(Library(settings, trace=trace), start, offer_saves=begin is None)
