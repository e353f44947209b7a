"""The shape of the file: its tables, and the numbers that tell a journal from any other SQLite file."""

APPLICATION_ID = 0x556E7772
"""`PRAGMA application_id`: "Unwr" in ASCII."""
SCHEMA = 1
"""`PRAGMA user_version`. A later schema adds tables or columns by a migration; no row that was written is rewritten."""
SNAPSHOT_EVERY = 32
"""Scenes along a path between two stored states; the states between are folded from the effects."""

_KEPT = ("header", "picks", "nodes", "attempts", "requests")
"""Tables whose rows are written once."""

_TABLES = (
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
)

_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in _KEPT
    for verb in ("UPDATE", "DELETE")
)

THINGS = (*_TABLES, *_GUARDS)
"""All that a journal's database is made of, each as the file itself repeats it."""

STATEMENTS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA}",
    *THINGS,
    "INSERT INTO pointer (one) VALUES (1)",
)
"""Make an empty database a journal that lacks only its header."""
