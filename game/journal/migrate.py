"""Older journals are brought to this schema: by adding what it added, never by changing what was written."""

from game.journal.examine import schema_of
from game.journal.schema import SCHEMA, migration
from game.journal.store import Store


def migrate(store: Store) -> None:
    """Bring an open journal to this schema, in one transaction.

    Raises:
        UnwritableJournal: there is no room for it; the journal is as it was.
    """
    schema = schema_of(store)
    if schema == SCHEMA:
        return
    with store:
        for statement in migration(schema):
            store.run(statement)
