"""The one door for every client: the entry points of the group `unwritten.clients`."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint, entry_points

from rapidfuzz import process

from game.clients.client import ClientFactory, ClientOptions, LLMClient
from game.clients.errors import ClientError

GROUP = "unwritten.clients"
CHAOS = "chaos:"
"""Before a client's name: that client, with faults."""
OURS = "unwritten"
"""The distribution whose clients nobody else can take the names of."""

PARTS = ("name", "model", "capabilities", "stream", "aclose")


class UnknownClient(ClientError):
    """No client has this name."""

    code = "unknown_client"


class _Gate:
    """Whether clients that send text out of this machine may be opened."""

    networked = True


def client_names() -> tuple[str, ...]:
    """The names of all installed clients, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def open_client(name: str, options: ClientOptions) -> LLMClient:
    """The client `name`, made from `options`; `chaos:NAME` is the client NAME with faults.

    Raises:
        UnknownClient: no client has this name.
        ClientError: it cannot be made from these options, or its factory is broken.
    """
    if name.startswith(CHAOS):
        from game.clients.chaos import ChaosClient

        return ChaosClient(open_client(name.removeprefix(CHAOS), options), options.pack, options.chaos_seed)
    point = _find(name)
    client = _make(point, options)
    if client.capabilities.networked and not _Gate.networked:
        raise ClientError(f'the client "{name}" would send text out of this machine, which is forbidden here')
    return client


@contextmanager
def forbid_networked_clients() -> Iterator[None]:
    """While this lasts, in all threads, no client opens that would send text out of this machine."""
    before, _Gate.networked = _Gate.networked, False
    try:
        yield
    finally:
        _Gate.networked = before


def _find(name: str) -> EntryPoint:
    found = sorted(entry_points(group=GROUP, name=name), key=lambda point: _distribution(point) != OURS)
    if found:
        return found[0]
    names = client_names()
    if not names:
        raise UnknownClient(f"no clients are installed, not even {OURS}'s own; install it with: python -m pip install {OURS}")
    near = process.extractOne(name, names, score_cutoff=60)
    advice = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(names)}"
    raise UnknownClient(f'no client is called "{name}"; {advice}')


def _make(point: EntryPoint, options: ClientOptions) -> LLMClient:
    """What the factory makes; whatever else it does is told in one line."""
    blame = f'the client "{point.name}" (from {_distribution(point)})'
    try:
        factory: ClientFactory = point.load()
        client = factory(options)
        missing = [part for part in PARTS if not hasattr(client, part)]
    except ClientError:
        raise
    except Exception as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        raise ClientError(f"{blame} cannot be opened: {words}") from error
    if missing:
        raise ClientError(f"{blame} is no client: it has no {', no '.join(missing)}")
    return client


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "somewhere"
