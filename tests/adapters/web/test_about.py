"""Whoever may not come in can read what the bot is, who runs it, and what becomes of their data."""

import re
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest

from adapters.web.about import PAGES
from adapters.web.adapter import WebAdapter
from adapters.web.checks import operator_check
from bot.bootstrap import application
from bot.domain.introductions import Introduction
from bot.domain.typed import plainly, spelled
from bot.process import running
from bot.settings import Settings
from tests.adapters.web.conftest import OpenRoom

NAME, CONTACT = "Study <Hall> & Co", "help_desk@example.org"


@pytest.fixture
async def open_room(make_settings: Any, stack: AsyncExitStack) -> Any:
    async def opened(**settings: object) -> OpenRoom:
        app = await stack.enter_async_context(application(make_settings(**settings)))
        adapter = WebAdapter(app)
        room = OpenRoom(app, adapter, await stack.enter_async_context(running(app, [adapter], heartbeat=False)))

        async def leave() -> None:
            for client in room.people:
                await client.close()

        stack.push_async_callback(leave)
        return room

    return opened


@pytest.fixture
async def room(open_room: Any) -> OpenRoom:
    return await open_room(operator_name=NAME, operator_contact=CONTACT, retention_days=7)


def matrix(text: str) -> str:
    """Spell commands for a platform where they begin in another way."""
    return spelled(text, lambda one: f"!{one.command}")


@pytest.mark.parametrize("path", PAGES)
async def test_each_page_names_the_operator_and_asks_for_nothing(room: OpenRoom, path: str) -> None:
    stranger = await room.person()
    response = await stranger.get(path)
    assert response.status == 200
    assert "Set-Cookie" not in response.headers
    assert NAME in stranger.text
    assert f'href="mailto:{CONTACT}"' in stranger.page
    assert "<form" not in stranger.page
    for other in PAGES:
        assert f'href="{other}"' in stranger.page


async def test_the_landing_page_has_a_button_for_each_platform_that_can_be_joined(room: OpenRoom) -> None:
    stranger = await room.person()
    await stranger.get("/about")
    assert "Add to" not in stranger.text.replace("Add Quizbot to", "")
    room.app.introductions["Matrix"] = Introduction(spell=matrix, invitation="https://chat.example.org/?to=1&by=bot")
    room.app.introductions["IRC"] = Introduction(spell=plainly)
    await stranger.get("/about")
    assert re.search(r'href="https://chat.example.org/\?to=1&amp;by=bot">\s*Add to Matrix<', stranger.page)
    assert "Add to IRC" not in stranger.text
    assert "type “!daily set” on Matrix, “/quiz daily set” on IRC." in stranger.text


async def test_the_policy_says_for_how_long_and_how_to_delete(room: OpenRoom) -> None:
    stranger = await room.person()
    await stranger.get("/privacy")
    assert room.app.settings.retention == timedelta(days=7)
    assert "kept for 7 days" in stranger.text
    assert "who set up each daily question" in stranger.text, "hosts needn't be players"
    assert "everything that is stored about you: “/quiz privacy export”" in stranger.text
    assert "out of earlier posts: “/quiz privacy delete”" in stranger.text


async def test_a_web_page_may_be_the_contact(open_room: Any) -> None:
    room = await open_room(operator_name=NAME, operator_contact="https://example.org/help")
    stranger = await room.person()
    await stranger.get("/terms")
    assert 'href="https://example.org/help"' in stranger.page


@pytest.mark.parametrize("only", [{}, {"operator_name": NAME}, {"operator_contact": CONTACT}])
async def test_pages_that_nobody_filled_in_are_not_shown(open_room: Any, only: dict[str, str]) -> None:
    stranger = await (await open_room(**only)).person()
    for path in PAGES:
        assert (await stranger.get(path)).status == 404
        assert "hasn't filled in this page yet" in stranger.text


def test_the_doctor_notices_that_one_of_both_settings_is_missing() -> None:
    assert operator_check(Settings()) == []
    (half,) = operator_check(Settings(operator_name=NAME))
    assert not half.ok
    assert "QUIZBOT_OPERATOR_CONTACT" in half.mend
    (whole,) = operator_check(Settings(operator_name=NAME, operator_contact=CONTACT))
    assert whole.ok
