"""The pack of a playthrough, and what is made of it: one thing that all its parts hold, so that another can take its place."""

from game.director import Director
from game.journal import Journal
from game.packs import Pack
from game.session.carried import pack_to_read


class World:
    """`pack` is what is played by, and planned by its `director`. `to_read` has, beside that, all that was met in the journal and
    is no longer in it: what was told may speak of it."""

    def __init__(self, pack: Pack, journal: Journal) -> None:
        self.pack = pack
        self.director = Director(pack)
        self.to_read = pack_to_read(pack, journal)

    def take(self, pack: Pack, journal: Journal) -> None:
        """`pack`, which is another by now, takes the place of the one before."""
        self.pack = pack
        self.director = Director(pack)
        self.to_read = pack_to_read(pack, journal, met_others=True)
