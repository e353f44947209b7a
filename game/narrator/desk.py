"""What all tellings of one playthrough share: the client and its breaker, how requests are laid out, and what was read."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from game.clients import ClientError, Delta, LLMClient, Malformed, PackReader, SceneRequest, TokenCounter, Truncated, Usage
from game.clients.stub import StubClient
from game.narrator.breaker import Breaker
from game.narrator.gate import gate_rules
from game.narrator.prompt import DEFAULT_RATE, EXAMPLE_TEXTS, Past, Profile, Prompter, calibrate, profile_for, size, tokens
from game.narrator.recap import LONGEST_RECAP, recap_schema, rule_recap
from game.narrator.reply import reply_schema
from game.narrator.trail import Memory, Trail
from game.packs import Pack
from game.story import DONE, Attempt, Brief, Player, Recap, Shape, canonical, draw

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]

COUNTED = 4096
"""Texts whose tokens are remembered."""
NEARLY_FULL = 75
"""Of a hundred parts of the window: from here on a recap is asked for, so that it is there when the window is full."""
RECAP_TOKENS = 480
RECALLED = 300
"""Scenes at the most that a recap by rule is made from; of a longer way it would keep no more."""
LONGEST_BEAT = 900
"""Characters; a beat ends with the sentence that passes them."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, as JSON can escape it: no file and no window can take it."""


class Desk:
    """Lays out the requests of one playthrough to one client, and keeps what they taught. `fault` is why the last one failed, in
    words."""

    def __init__(
        self, pack: Pack, player: Player, client: LLMClient, sleep: Sleep = asyncio.sleep, clock: Clock = time.monotonic
    ) -> None:
        self.client = client
        self.stub = client if isinstance(client, StubClient) else StubClient(pack)
        self.sleep = sleep
        self.clock = clock
        self.breaker = Breaker(clock)
        self.fault = ""
        self.memory = Memory(EXAMPLE_TEXTS)
        self._player = player
        self._take(pack)
        self._rate = 0
        self._counts: dict[str, int] = {}

    def read_again(self, pack: Pack) -> None:
        """What is told from here on is of this pack. What was learnt of the client, and what was read, stays."""
        self._take(pack)
        offline, self.stub = self.client is self.stub, StubClient(pack)
        if offline:
            self.client = self.stub
        elif isinstance(self.client, PackReader):
            self.client.read_again(pack)

    def _take(self, pack: Pack) -> None:
        self.pack = pack
        self.rules = gate_rules(self._player, pack.rating, pack.language, LONGEST_BEAT)
        self._prompter = Prompter(pack, self._player)

    @property
    def via(self) -> str:
        """Through what a text comes, as its source says it."""
        return f"{self.client.name}/{self.client.model}"

    @property
    def prompts(self) -> Prompter:
        return self._prompter

    async def lay(self, brief: Brief, trail: Trail) -> tuple[SceneRequest, Shape | None, Recap | None]:
        """The request for the scene of `brief`, how it was laid out, and the recap that was made for it, if one was."""
        if not self.client.capabilities.reads_prompt:
            return SceneRequest(brief), None if self.client.capabilities.authored else Shape(self.via, 0, 0), None
        profile = profile_for(self._prompter.window(self.client.capabilities))
        before = trail.shape if trail.shape and trail.shape.via == self.via else None
        self._rate = self._rate or (before.rate if before else DEFAULT_RATE)
        await self._count(self._prompter.texts(brief, trail.past, profile, before))
        shape = self._prompter.shape(brief, trail.past, profile, self.via, self._rate, before, trail.recap, self._measure)
        made = self._recap_for(shape, brief, trail)
        if made:
            shape = replace(shape, recap=made.id)
        recap = made or (trail.recaps(shape.recap) if shape.recap else None)
        return self._request(brief, trail, profile, shape, recap), shape, made

    def lay_again(self, brief: Brief, trail: Trail, shape: Shape) -> SceneRequest:
        """The request as it was laid out once."""
        if not shape.window:
            return SceneRequest(brief)
        recap = trail.recaps(shape.recap) if shape.recap else None
        return self._request(brief, trail, profile_for(shape.window), shape, recap)

    def first(self, brief: Brief) -> SceneRequest:
        """The request for the first scene of a story."""
        if not self.client.capabilities.reads_prompt:
            return SceneRequest(brief)
        return self.lay_again(brief, Trail(), Shape(self.via, self._prompter.window(self.client.capabilities), DEFAULT_RATE))

    def recap_due(self, brief: Brief, trail: Trail) -> bool:
        """Whether the window will be full before long, and no recap waits that was made since it last was."""
        shape = trail.shape
        if not self.client.capabilities.reads_prompt or shape is None or shape.via != self.via:
            return False
        if trail.recap and trail.recap.id != shape.recap:
            return False
        profile = profile_for(shape.window)
        taken = sum(self._measure(text) for text in self._prompter.texts(brief, trail.past, profile, shape))
        return taken > profile.prompt_tokens * NEARLY_FULL // 100

    def recap_request(self, brief: Brief, told: Past, before: Recap | None) -> SceneRequest:
        """The request for a recap of `told`, which follows the scenes of `before`; `brief` is that of the last scene."""
        profile = profile_for(self._prompter.window(self.client.capabilities))
        return SceneRequest(
            brief=brief,
            messages=self._prompter.recap(told, before, profile),
            schema=recap_schema(),
            max_tokens=RECAP_TOKENS,
            max_chars=4 * LONGEST_RECAP,
            seed=draw(brief.seed, brief.key, "recap", 1 << 31),
            purpose="recap",
        )

    async def deltas(self, request: SceneRequest) -> AsyncGenerator[Delta]:
        """The client's stream, of whole characters, and no longer than was asked for. A client that breaks its promise and raises
        something else has only failed at this request."""
        room = request.max_chars
        try:
            async with aclosing(self.client.stream(request)) as stream:  # type: ignore[type-var]
                async for delta in stream:
                    room -= len(delta.text)
                    if room < 0 and not self.client.capabilities.authored:
                        raise Truncated("the reply was longer than a scene may be")
                    yield Delta(_HALF.sub("\ufffd", delta.text), delta.usage)
        except ClientError:
            raise
        except Exception as error:
            raise ClientError(f"{self.client.name} failed: {type(error).__name__}: {error}") from error

    def learn(self, request: SceneRequest, attempt: Attempt, usage: Usage | None) -> None:
        """What an attempt taught: of the endpoint, and of the length of a token."""
        if attempt.ended == DONE or (attempt.reply and attempt.ended != Malformed.code):
            self.breaker.worked()
        else:
            self.fault = attempt.message
            self.breaker.failed(attempt.ended)
        if usage and usage.prompt and request.messages:
            chars = sum(size(message.content) for message in request.messages)
            if self.client.capabilities.schema_in_prefix:
                chars += size(canonical(request.schema))
            self._rate = calibrate(self._rate or DEFAULT_RATE, chars, usage.prompt)

    def cost(self, text: str) -> int:
        """Tokens of a text, about."""
        return tokens(text, self._rate or DEFAULT_RATE)

    def _recap_for(self, shape: Shape, brief: Brief, trail: Trail) -> Recap | None:
        """A recap by rule, where scenes were folded and no recap stands for them."""
        known = trail.recaps(shape.recap) if shape.recap else None
        if shape.start == 1 or (known and known.upto >= shape.start - 1):
            return None
        upto = known.upto if known else 0
        behind = trail.past(min(brief.turn - 1 - upto, RECALLED))
        return rule_recap(self.pack, [(each, scene) for each, scene in behind if upto < each.turn < shape.start], known)

    def _request(self, brief: Brief, trail: Trail, profile: Profile, shape: Shape, recap: Recap | None) -> SceneRequest:
        return SceneRequest(
            brief=brief,
            messages=self._prompter.scene(brief, trail.past, profile, shape, recap),
            schema=reply_schema(self.pack, len(brief.slots), profile.max_beats, profile.max_chars),
            max_tokens=profile.reply_tokens,
            seed=draw(brief.seed, brief.key, "sampling", 1 << 31),
        )

    def _measure(self, text: str) -> int:
        return self._counts.get(text) or tokens(text, self._rate or DEFAULT_RATE)

    async def _count(self, texts: Sequence[str]) -> None:
        """Have the client count what was not counted yet, if it counts."""
        if not isinstance(self.client, TokenCounter):
            return
        for text in texts:
            if text in self._counts:
                continue
            if not self.client.capabilities.counts:
                return
            count = await self.client.count(text)
            if count is None:
                return
            if len(self._counts) >= COUNTED:
                self._counts.pop(next(iter(self._counts)))
            self._counts[text] = count
