"""The seam between the engine and whatever writes: one request in, a stream of text out.

A client sees no journal, no screen and no story rules.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol, runtime_checkable

from pydantic import SecretStr

from game.packs import Pack
from game.story import Attempt, Beat, Brief, Json, canonical, digest

Role = Literal["system", "user", "assistant"]
Purpose = Literal["scene", "tail", "recap"]
SchemaDialect = Literal["none", "json_object", "json_schema", "json_schema_strict"]

DEFAULT_WINDOW = 8192
"""Tokens that a request and its reply are fitted into, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a client can do. `window` is in tokens.

    `reads_prompt` is False for one that works from the brief alone. `authored` is True for one that only passes on what the
    pack's author wrote and names the rule for each beat. `parallel` is how many requests it serves at once. `quirks` are what
    the endpoint was found not to take, and `counts` whether it counts tokens (see `TokenCounter`): both as far as is known.
    """

    schema: SchemaDialect = "json_schema_strict"
    window: int = DEFAULT_WINDOW
    streaming: bool = True
    schema_in_prefix: bool = True
    networked: bool = True
    reads_prompt: bool = True
    authored: bool = False
    parallel: int = 1
    quirks: tuple[str, ...] = ()
    counts: bool = False


@dataclass(frozen=True)
class SceneRequest:
    """One thing to be written.

    `messages` come most stable first. `max_tokens` and `max_chars` bound the reply. `shown` are the beats that the player has
    already read of this scene (a `tail` goes on from there). `brief` is what the stub works from.
    """

    brief: Brief
    messages: tuple[Message, ...] = ()
    schema: Mapping[str, Json] = field(default_factory=dict)
    max_tokens: int = 900
    max_chars: int = 65_536
    temperature: float = 0.8
    seed: int = 0
    purpose: Purpose = "scene"
    shown: tuple[Beat, ...] = ()

    def wire(self) -> dict[str, Json]:
        """What the reply depends on, as JSON: the messages, the schema and the bounds."""
        return {
            "messages": [{"role": message.role, "content": message.content} for message in self.messages],
            "schema": self.schema,
            "max_tokens": self.max_tokens,
            "temperature": f"{self.temperature:g}",
            "seed": self.seed,
            "purpose": self.purpose,
        }

    @cached_property
    def hash(self) -> str:
        """The request's identity, 32 hex characters. For a request without messages, of the brief's key and the purpose."""
        if not self.messages:
            return digest("request", self.brief.key, self.purpose, str(len(self.shown)))
        return digest("request", canonical(self.wire()))


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, as the server counted them. `cached` is the part of `prompt` that it did not have to read again."""

    prompt: int = 0
    reply: int = 0
    cached: int = 0

    @property
    def total(self) -> int:
        return self.prompt + self.reply


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of the reply; the last one of a stream may carry the usage instead of text."""

    text: str = ""
    usage: Usage | None = None


class LLMClient(Protocol):
    """Whatever writes scenes. `stream` raises nothing but `ClientError`; closing its iterator early really ends the request."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def stream(self, request: SceneRequest) -> AsyncIterator[Delta]: ...

    async def aclose(self) -> None: ...


@runtime_checkable
class TokenCounter(Protocol):
    """A client that can count, by the model's own tokenizer. Asked only while `capabilities.counts` holds."""

    async def count(self, text: str) -> int | None:
        """Tokens of a text; None when the endpoint does not say. Raises nothing."""
        ...


@runtime_checkable
class PackReader(Protocol):
    """A client that looks things up in its pack."""

    def read_again(self, pack: Pack) -> None:
        """The author changed the pack: what is asked for from here on is of this one."""
        ...


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """What a client is made from. A key is a secret: it prints as stars, and goes nowhere but into a request's header.

    `timeout` is the longest silence, in seconds. `window` is in tokens; 0 leaves it to the client, as `threads` 0 does.
    """

    pack: Pack
    model: str = ""
    base_url: str = ""
    api_key: SecretStr | None = None
    timeout: float = 30.0
    window: int = 0
    threads: int = 0
    seed: int = 0
    chaos_seed: int = 0
    attempts: Mapping[str, tuple[Attempt, ...]] = field(default_factory=dict)


ClientFactory = Callable[[ClientOptions], LLMClient]
"""What an entry point of the group `unwritten.clients` names. Raises `ClientError` when the options cannot work."""
