"""Which part of an open story answers what is asked of it."""

from game.session.commands import Bookmark, DropBookmark, EditBeat, LookAtMap, Move, Pick, Reload
from game.session.playthrough import Playthrough

Asked = Pick | Move | EditBeat | Bookmark | DropBookmark | LookAtMap | Reload


async def answer(play: Playthrough, command: Asked) -> None:
    """Do it; what comes of it are events. What a playthrough that is only read refuses is not done."""
    match command:
        case Pick(slot, scene):
            await play.pick(slot, scene)
        case _ if play.refuses(command):
            pass
        case EditBeat():
            await play.edit(command)
        case Bookmark():
            play.marking.keep(command)
        case DropBookmark():
            play.marking.drop(command)
        case LookAtMap():
            play.marking.map()
        case Reload():
            await play.reload()
        case _:
            await play.move(command)
