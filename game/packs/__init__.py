"""What an author wrote: packs found, read, checked and frozen."""

from game.packs.diagnostic import Diagnostic, PackError, UnknownPack
from game.packs.grammar import LEFT, builtin_symbols
from game.packs.load import examine, load_pack
from game.packs.pack import CastMember, Pack, Place
from game.packs.telling import Telling

__all__ = [
    "LEFT",
    "CastMember",
    "Diagnostic",
    "Pack",
    "PackError",
    "Place",
    "Telling",
    "UnknownPack",
    "builtin_symbols",
    "examine",
    "load_pack",
]
