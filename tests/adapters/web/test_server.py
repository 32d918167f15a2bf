"""Where the room listens, and what it says when it can't."""

import sqlite3
import stat
from contextlib import AsyncExitStack, closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.web.adapter import WebAdapter
from bot.bootstrap import application
from bot.domain.errors import BadInput
from bot.process import running
from tests.adapters.stages.running import GoingClock

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
MakeSettings = Any


async def start(make_settings: MakeSettings, stack: AsyncExitStack, **changes: object) -> None:
    app = await stack.enter_async_context(application(make_settings(**changes), clock=GoingClock(), random=Random(2)))
    await stack.enter_async_context(running(app, [WebAdapter(app)], heartbeat=False))


async def test_a_taken_port_is_one_clear_line(
    room: OpenRoom, make_settings: MakeSettings, stack: AsyncExitStack
) -> None:
    port = int(room.base.rsplit(":", 1)[1])
    with pytest.raises(BadInput, match=rf"^Port {port} on 127.0.0.1 is taken.*QUIZBOT_WEB_PORT.*\.$"):
        await start(make_settings, stack, web_port=port)


async def test_a_host_of_elsewhere_is_one_clear_line(make_settings: MakeSettings, stack: AsyncExitStack) -> None:
    with pytest.raises(BadInput, match="isn't an address of this machine"):
        await start(make_settings, stack, web_host="192.0.2.1", web_secret="x" * 20)


async def test_a_reachable_host_needs_the_secret(make_settings: MakeSettings, stack: AsyncExitStack) -> None:
    with pytest.raises(BadInput, match="QUIZBOT_WEB_SECRET"):
        await start(make_settings, stack, web_host="0.0.0.0")  # noqa: S104 - what the test is about


async def test_the_key_for_sessions_is_the_owners_alone(room: OpenRoom) -> None:
    path = room.app.settings.var_dir / "web-session.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text()) > 40


async def test_health_is_told(room: OpenRoom, tmp_path: Path) -> None:
    probe = await room.person()
    assert (await probe.get("/healthz")).status == 200
    assert (await probe.get("/readyz")).status == 200
    assert "quizbot_web_open_pages 0.0" in await (await probe.get("/metrics")).text()

    with closing(sqlite3.connect(tmp_path / "quizbot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = await probe.get("/readyz")
        assert response.status == 503
        assert "database: Another program has locked the database" in await response.text()
        assert (await probe.get("/healthz")).status == 200
        other.execute("ROLLBACK")
    assert (await probe.get("/readyz")).status == 200


async def test_the_room_is_announced_with_the_host_link(room: OpenRoom) -> None:
    greeting = room.adapter.greeting("http://127.0.0.1:8080")
    assert f"http://127.0.0.1:8080/host?token={room.adapter.invitation.token}" in greeting
