"""Clicks on Slack, from what Slack sends to an acknowledgement that is on disk, beside Bolt with an empty listener.

The whole way that a click takes through the adapter, its receipt put into words; only its calls to Slack are left out:
the receipt's, and the question who somebody is, which comes once an hour. In Socket Mode Bolt comes with slack_sdk's
own client, from a frame's text to the text of its answer.
"""

import asyncio
import hashlib
import hmac
import json
import re
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from aiohttp import ClientSession, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.adapter import SlackAdapter
from adapters.slack.entrance import take_post
from adapters.slack.socket_mode import Link
from adapters.slack.web_api.people import People
from bot.application import Application
from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import RoundId, Space
from bot.services.banks.storing import import_document
from tests.all_settings import settings_of
from tests.bench.figures import Figure, against
from tests.bench.league import open_round
from tests.bench.sizes import Size
from tests.platforms.slack import SlackServer, Team

_AT_ONCE = 200
_GOAL = 1.3
_IDLE_GOAL_MS = 2.0

Click = dict[str, Any]
Way = Callable[[Click], Awaitable[None]]
"""Hands a click in, and waits for its acknowledgement."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A started adapter and a Bolt app that does nothing, each as a click comes to them by socket and over HTTP."""

    app: Application
    players: int
    space: Space
    team: Team
    ours: dict[str, Way]
    empty: dict[str, Way]


def slack_clicks(size: Size) -> Iterator[Figure]:
    """What a click costs in Socket Mode and over HTTP, and how long an acknowledgement takes when all is quiet."""
    with tempfile.TemporaryDirectory() as folder:
        yield from asyncio.run(_all(Path(folder), size))


async def _all(folder: Path, size: Size) -> list[Figure]:
    async with _bench(folder, size.players // 5) as bench:
        figures = []
        for name, ours in bench.ours.items():
            await _burst(ours, await _clicks(bench))  # from here on every player is known
            value, baseline = await _compare(bench, ours, bench.empty[name], size.slack_s / 2)
            figures.append(
                against(
                    f"slack_{name}_click_us",
                    value * 1e6,
                    "us",
                    baseline=baseline * 1e6,
                    of="Bolt, empty listener",
                    goal=_GOAL,
                    at_most=True,
                )
            )
        figures.append(await _idle(bench))
    return figures


async def _compare(bench: Bench, ours: Way, empty: Way, seconds: float) -> tuple[float, float]:
    """Seconds a click, ours and Bolt's own, measured in turns so that both meet the same machine."""
    waits: tuple[list[float], list[float]] = ([], [])
    ends = time.perf_counter() + seconds
    while not waits[0] or time.perf_counter() < ends:
        clicks = await _clicks(bench)
        waits[0].append(await _burst(ours, clicks))
        waits[1].append(await _burst(empty, clicks))
    return median(waits[0]), median(waits[1])


async def _burst(way: Way, clicks: Sequence[Click]) -> float:
    """Let many click at once; seconds a click."""
    upcoming = iter(clicks)

    async def caller() -> None:
        for click in upcoming:
            await way(click)

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(_AT_ONCE)))
    return (time.perf_counter() - began) / len(clicks)


async def _idle(bench: Bench) -> Figure:
    """One click at a time."""
    waits: tuple[list[float], list[float]] = ([], [])
    for click in (await _clicks(bench))[:300]:
        for kept, way in zip(waits, (bench.ours["socket"], bench.empty["socket"]), strict=True):
            began = time.perf_counter()
            await way(click)
            kept.append(time.perf_counter() - began)
    return Figure(
        name="slack_idle_ack_p50_ms",
        value=median(waits[0]) * 1e3,
        unit="ms",
        baseline=median(waits[1]) * 1e3,
        baseline_of="Bolt, empty listener",
        goal=_IDLE_GOAL_MS,
        at_most=True,
    )


class _Frames:
    """Envelopes that wait for their acknowledgement."""

    def __init__(self, hand_in: Callable[[str], Awaitable[None]]) -> None:
        self._hand_in = hand_in
        self._waiting: dict[str, asyncio.Future[None]] = {}

    async def send(self, click: Click) -> None:
        """Hand a click in as Slack's frame, and wait for the one that answers it."""
        envelope_id = click["trigger_id"]
        self._waiting[envelope_id] = acked = asyncio.get_running_loop().create_future()
        envelope = {
            "type": "interactive",
            "envelope_id": envelope_id,
            "payload": click,
            "accepts_response_payload": True,
        }
        await self._hand_in(json.dumps(envelope))
        await acked

    async def send_str(self, text: str) -> None:
        """Take an acknowledgement."""
        self._waiting.pop(json.loads(text)["envelope_id"]).set_result(None)


def _our_socket(adapter: SlackAdapter) -> Way:
    assert adapter._sockets is not None
    link = Link(frames := _Frames(None))  # type: ignore[arg-type]  # as much of a socket as is used
    sockets = adapter._sockets

    async def hand_in(text: str) -> None:
        sockets._take(link, json.loads(text))

    frames._hand_in = hand_in
    return frames.send


def _sdk_socket(handler: AsyncSocketModeHandler) -> Way:
    frames = _Frames(handler.client.enqueue_message)
    handler.client.send_message = frames.send_str  # type: ignore[method-assign]  # there is no connection
    return frames.send


def _over_http(take: Callable[[str, dict[str, str]], Awaitable[BoltResponse]], secret: str) -> Way:
    async def send(click: Click) -> None:
        body, stamp = urlencode({"payload": json.dumps(click)}), str(int(time.time()))
        digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        response = await take(body, headers)
        assert response.status == 200

    return send


def _our_http(adapter: SlackAdapter, secret: str) -> Way:
    assert adapter._intake is not None
    intake, verifier = adapter._intake, SignatureVerifier(secret)

    async def take(body: str, headers: dict[str, str]) -> BoltResponse:
        return await take_post(intake, verifier, body.encode(), headers)

    return _over_http(take, secret)


def _bolts_http(bolt: AsyncApp, secret: str) -> Way:
    async def take(body: str, headers: dict[str, str]) -> BoltResponse:
        return await bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers))

    return _over_http(take, secret)


async def _clicks(bench: Bench) -> list[Click]:
    """One click of each player in a new round, as Slack sends it."""
    round_id = await open_round(bench.app, bench.space)
    return [_click(bench.team, round_id, number) for number in range(bench.players)]


def _click(team: Team, round_id: RoundId, number: int) -> Click:
    pick = number % 4
    return {
        "type": "block_actions",
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": f"U{number}", "username": f"player{number}", "team_id": team.id},
        "channel": {"id": "study", "name": "study"},
        "container": {"type": "message", "message_ts": "1772524800.000100", "channel_id": "study"},
        "state": {"values": {}},
        "trigger_id": f"{number}.1",
        "response_url": "https://hooks.slack.example/1",
        "actions": [
            {
                "type": "button",
                "block_id": f"round:{round_id}",
                "action_id": f"pick:{pick}",
                "value": f"{round_id}:{pick}",
                "action_ts": f"{time.time():.6f}",
            }
        ],
    }


@asynccontextmanager
async def _bench(folder: Path, players: int) -> AsyncIterator[Bench]:
    async with SlackServer() as server, ClientSession() as session:
        team = server.add_team("Bench")
        settings = settings_of(
            database_url=f"sqlite+aiosqlite:///{folder / 'quizbot.db'}",
            slack_bot_token=team.bot_token,
            slack_app_token=server.app.app_token,
            slack_signing_secret=server.app.signing_secret,
            slack_api_base=server.api_base,
        )
        async with application(settings) as app:
            drafts = tuple(
                QuestionDraft(line=n, stem=f"What is {n}?", choices=("a", "b", "c", "d"), key=(1,))
                for n in range(1, 101)
            )
            await import_document(app, ParsedDocument(format="bench", questions=drafts), bank="bench")
            adapter = SlackAdapter(app)
            with patch("adapters.slack.answering.reply", _nothing), patch.object(People, "wants_to_meet", _known):
                await adapter.start(web.Application())
                space = await app.storage.read(lambda unit: unit.spaces.known_as("slack", team.id))
                assert space is not None
                secret = server.app.signing_secret
                bolt = _empty_bolt(AsyncWebClient(team.bot_token, server.api_base, session=session), secret)
                handler = AsyncSocketModeHandler(bolt, server.app.app_token)
                ours = {"socket": _our_socket(adapter), "http": _our_http(adapter, secret)}
                empty = {"socket": _sdk_socket(handler), "http": _bolts_http(bolt, secret)}
                yield Bench(app, players, space, team, ours, empty)
                await handler.client.close()
                await adapter.stop()


async def _nothing(*_receipt: object) -> None:
    """In place of the receipt's call."""


def _known(*_somebody: object) -> bool:
    """Nobody needs to be asked about."""
    return False


def _empty_bolt(client: AsyncWebClient, secret: str) -> AsyncApp:
    bolt = AsyncApp(client=client, signing_secret=secret)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    bolt.action(re.compile("pick:"))(nothing)
    return bolt
