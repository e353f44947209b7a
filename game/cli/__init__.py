"""The command line: reads what the player wants, opens the front end, and says in one line what cannot be done.

Front ends are imported when they are needed, so that the window opens fast and headless runs need no screen.
"""

import io
import os
import sys

import typer

from game.cli import authoring, playing
from game.cli.common import say

app = typer.Typer(
    name="unwritten",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Stories that are written while you play them.",
)
app.callback(invoke_without_command=True)(playing.root)
app.command()(playing.play)
app.command()(playing.replay)
app.command()(playing.seal)
app.command("map")(playing.map_)
app.command()(authoring.packs)
app.command()(authoring.check)
app.command("test")(authoring.run_tests)
app.command()(authoring.transcript)
app.command("import")(authoring.import_)
app.command()(authoring.new)
app.command()(authoring.schema)
app.command()(authoring.prompt)
app.command()(playing.doctor)


def main() -> None:
    """The console script. No traceback reaches a user, and the same bytes come out under every locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        code = app(standalone_mode=False, prog_name="unwritten")
    except typer.TyperException as error:
        say(error.format_message())
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as error:
        say(f"a fault in the program: {type(error).__name__}: {error}; please report it with what you did")
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
