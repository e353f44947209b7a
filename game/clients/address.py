"""The address of a service: whether it is one, whether it is on this machine, and how it may be shown."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from game.clients.errors import Unreachable

OPENAI = "https://api.openai.com/v1"


def shown(base_url: str) -> str:
    """The address as it may be shown: without a name and password, a query and a fragment."""
    parts = urlsplit(base_url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))


def root(base_url: str) -> str:
    """Where the server itself answers: the address without the `/v1` at its end."""
    parts = urlsplit(base_url)
    path = parts.path.rstrip("/").removesuffix("/v1")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def is_loopback(base_url: str) -> bool:
    """Whether text sent there goes to a program on this machine. What that program does with it cannot be known."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_address(base_url: str) -> None:
    """Raises Unreachable when it is no address of a service."""
    try:
        parts = urlsplit(base_url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        told = base_url.rpartition("@")[2].partition("?")[0]
        raise Unreachable(f'"{told}" is no address of a service; write one like http://127.0.0.1:8080/v1')
