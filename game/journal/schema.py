"""The shape of the file: its tables, and the numbers that tell a journal from any other SQLite file."""

APPLICATION_ID = 0x556E7772
"""`PRAGMA application_id`: "Unwr" in ASCII."""
SCHEMA = 3
"""`PRAGMA user_version`. A later schema adds tables; none that was written is altered, and no row is rewritten."""
SNAPSHOT_EVERY = 32
"""Scenes along a path between two stored states; the states between are folded from the effects."""


def _guards(*tables: str) -> tuple[str, ...]:
    """The triggers of tables whose rows are written once."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    )


_FIRST = (
    "CREATE TABLE header (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL, seal INTEGER NOT NULL)",
    "CREATE TABLE pointer (one INTEGER PRIMARY KEY CHECK (one = 1), head TEXT, pick INTEGER)",
    """CREATE TABLE picks (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL, parent TEXT NOT NULL, slot TEXT NOT NULL, telling INTEGER NOT NULL
    )""",
    """CREATE TABLE nodes (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, parent TEXT NOT NULL, slot TEXT NOT NULL, telling INTEGER NOT NULL,
        depth INTEGER NOT NULL, effects TEXT NOT NULL, state_hash TEXT NOT NULL, snapshot TEXT,
        scene TEXT NOT NULL, seal INTEGER NOT NULL
    )""",
    "CREATE INDEX nodes_by_parent ON nodes (parent)",
    """CREATE TABLE attempts (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL, purpose TEXT NOT NULL, request_hash TEXT NOT NULL, reply TEXT NOT NULL,
        ended TEXT NOT NULL, message TEXT NOT NULL, retry_after REAL, seal INTEGER NOT NULL
    )""",
    "CREATE INDEX attempts_by_key ON attempts (key)",
    "CREATE TABLE requests (hash TEXT PRIMARY KEY, body BLOB NOT NULL, seal INTEGER NOT NULL)",
    "CREATE TABLE draft_beats (n INTEGER PRIMARY KEY, key TEXT NOT NULL, grown TEXT NOT NULL)",
    "CREATE TABLE draft_pieces (n INTEGER PRIMARY KEY, key TEXT NOT NULL, piece TEXT NOT NULL)",
    *_guards("header", "picks", "nodes", "attempts", "requests"),
)

_SECOND = (
    """CREATE TABLE asked (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL, purpose TEXT NOT NULL, request_hash TEXT NOT NULL, shape TEXT NOT NULL,
        seal INTEGER NOT NULL
    )""",
    "CREATE INDEX asked_by_key ON asked (key)",
    "CREATE TABLE recaps (id TEXT PRIMARY KEY, body TEXT NOT NULL, seal INTEGER NOT NULL)",
    "CREATE TABLE spending (n INTEGER PRIMARY KEY, body TEXT NOT NULL, seal INTEGER NOT NULL)",
    *_guards("asked", "recaps", "spending"),
)

_THIRD = (
    "CREATE TABLE steers (key TEXT PRIMARY KEY, words TEXT NOT NULL, seal INTEGER NOT NULL)",
    """CREATE TABLE edits (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL, beat INTEGER NOT NULL, text TEXT NOT NULL, after INTEGER NOT NULL,
        seal INTEGER NOT NULL
    )""",
    "CREATE INDEX edits_by_key ON edits (key)",
    """CREATE TABLE marks (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, slot TEXT NOT NULL, key TEXT NOT NULL, at REAL NOT NULL,
        seal INTEGER NOT NULL
    )""",
    "CREATE TABLE followed (parent TEXT PRIMARY KEY, child TEXT NOT NULL)",
    *_guards("steers", "edits", "marks"),
)

_ADDED = (_FIRST, _SECOND, _THIRD)
"""What each schema added to the one before."""


def things(schema: int) -> tuple[str, ...]:
    """All that the database of a journal of this schema is made of, each as the file itself repeats it."""
    return sum(_ADDED[:schema], ())


_NOTE_THE_WAY = """INSERT INTO followed (parent, child)
    WITH RECURSIVE up (key, parent, depth) AS (
        SELECT key, parent, depth FROM nodes JOIN pointer ON key = head
        UNION ALL
        SELECT nodes.key, nodes.parent, nodes.depth FROM up JOIN nodes ON nodes.key = up.parent AND nodes.depth = up.depth - 1
    )
    SELECT parent, key FROM up WHERE key <> (SELECT key FROM nodes WHERE parent = up.parent ORDER BY n DESC LIMIT 1)"""
"""From each scene above the head, forward leads to the head."""


def migration(schema: int) -> tuple[str, ...]:
    """Make a journal of an older schema one of this, in one transaction. No row that was written is altered."""
    noted = (_NOTE_THE_WAY,) if schema < 3 else ()
    return (*sum(_ADDED[schema:], ()), *noted, f"PRAGMA user_version = {SCHEMA}")


STATEMENTS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA}",
    *things(SCHEMA),
    "INSERT INTO pointer (one) VALUES (1)",
)
"""Make an empty database a journal that lacks only its header."""
