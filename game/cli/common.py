"""What the commands share: how a word is said to the player, what cannot be used, the settings, options of more than one."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from game.settings import Settings

USAGE = 2
"""The exit code of what cannot be used."""

PackOption = Annotated[str, typer.Option("--pack", metavar="ID|PATH", help="A pack's id, folder or zip.")]
PackArgument = Annotated[str, typer.Argument(help="A pack's id, folder or zip.")]
ChaosSeed = Annotated[int, typer.Option(help="What goes wrong with --client chaos:NAME, and when.", min=0, max=(1 << 63) - 1)]


def say(message: str) -> None:
    print(f"unwritten: {' '.join(message.split())}", file=sys.stderr)


def settings_with(**flags: object) -> "Settings":
    from game.settings import SettingsError, load_settings

    try:
        return load_settings(**flags)
    except SettingsError as error:
        raise Unusable(str(error)) from None


class Unusable(typer.TyperException):
    exit_code = USAGE
