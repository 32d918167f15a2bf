"""User groups stand for teams, and files that somebody shares become banks."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from tests.patience import PATIENCE_S
from tests.platforms.slack.workspace import File

Bot = Any  # the fixtures' classes: test folders aren't packages


class Linked(File):
    """A file that is kept elsewhere."""

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"url_private_download": "https://elsewhere.example/exam.txt"}


class Deleted(File):
    """What a message keeps of a file that was deleted."""

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "mode": "tombstone"}


EXAM = b"1. Which service keeps objects in buckets?\nA. Amazon EBS\nB. Amazon S3\nAnswer: B\n"


def replaced(shared: Any, kind: type[File]) -> None:
    """Make another kind of file of the one in a message."""
    shared.files[0] = kind(**{name: getattr(shared.files[0], name) for name in ("id", "team", "name", "content")})


async def test_whoever_is_in_a_mapped_group_plays_for_its_team(bot: Bot) -> None:
    group = bot.team.add_group("owls", [bot.bob])
    await bot.says("team create Owls")
    assert "plays for Owls" in await bot.says(f"team map <!subteam^{group.id}|@owls> Owls")
    question = await bot.asks("metrics")
    await bot.clicks(bot.bob, question, "A")

    async def in_team() -> bool:
        return "Bob" in await bot.says("team list")

    async with asyncio.timeout(PATIENCE_S):
        while not await in_team():
            pass


async def test_when_a_whole_group_answers_at_once_slack_is_asked_about_it_once(bot: Bot) -> None:
    people = [bot.team.add_user(f"Owl {number}") for number in range(30)]
    group = bot.team.add_group("owls", people)
    await bot.says("team create Owls")
    await bot.says(f"team map <!subteam^{group.id}|@owls> Owls")
    question = await bot.asks("metrics")
    with bot.server.stuck("usergroups.users.list"):
        for person in people:
            await person.press(question, "A")
    async with asyncio.timeout(PATIENCE_S):
        shown = ""
        while not all(person.name in shown for person in people):
            shown = await bot.says("team list")
    assert len(bot.server.calls("usergroups.users.list")) == 1


async def test_whoever_is_forgotten_while_slack_is_asked_about_their_group_stays_forgotten(bot: Bot) -> None:
    group = bot.team.add_group("owls", [bot.bob])
    await bot.says("team create Owls")
    await bot.says(f"team map <!subteam^{group.id}|@owls> Owls")
    question = await bot.asks("metrics")
    with bot.server.stuck("usergroups.users.list"):
        await bot.clicks(bot.bob, question, "A")
        await bot.server.until(lambda: bot.server.calls("usergroups.users.list"), "a question about the group")
        asked = await (await bot.types("privacy delete", bot.bob)).reply()
        assert "Done" in await bot.clicks(bot.bob, asked, "Delete it for good")
    await bot.adapter._background.finish(PATIENCE_S)
    assert await bot.app.storage.read(lambda unit: unit.people.accounts("slack", bot.bob.id)) == []


async def test_the_file_that_a_host_shared_last_becomes_a_bank(bot: Bot) -> None:
    await bot.ada.uploads("old.txt", b"nothing", bot.channel)
    await bot.ada.uploads("exam.txt", EXAM, bot.channel)
    await bot.bob.uploads("other.txt", EXAM, bot.channel)
    assert "Found in “exam.txt”" in await bot.says("bank import anyway=yes")


async def test_where_others_can_open_the_file_that_is_said_first(bot: Bot) -> None:
    await bot.ada.uploads("exam.txt", EXAM, bot.channel)
    warning = await (await bot.types("bank import Our exam")).reply()
    told = bot.server.render(warning)
    assert warning.ephemeral_to is bot.ada
    assert "Everybody in this conversation can open “exam.txt”, and read the right answers in it." in told
    assert "files:read" not in bot.server.scopes_used
    pressed = await bot.ada.press(warning, "Import it anyway")
    await pressed.acked()
    assert "They go into the bank “Our exam”." in bot.server.render(await pressed.reply())


async def test_a_file_that_is_shared_with_the_bot_alone_is_read_at_once(bot: Bot) -> None:
    alone = bot.team.direct(bot.ada)
    await bot.ada.uploads("exam.txt", EXAM, alone)
    typed = await bot.ada.slash("/quiz", "bank import", alone)
    await typed.acked()
    desk = await typed.reply()
    assert "1 question found: 1 ready." in bot.server.render(desk)
    pressed = await bot.ada.press(desk, "Import 1 question")
    await pressed.acked()
    assert await pressed.reply() is desk
    assert "Imported into “exam”" in bot.server.render(desk)
    assert "Import 1 question" not in bot.server.render(desk)


async def test_in_a_direct_message_only_hosts_bring_files(bot: Bot) -> None:
    alone = bot.team.direct(bot.bob)
    await bot.bob.uploads("exam.txt", EXAM, alone)
    typed = await bot.bob.slash("/quiz", "bank import", alone)
    await typed.acked()
    assert "Only a host can do that." in bot.server.render(await typed.reply())


async def test_without_a_file_it_says_how_to_import_one(bot: Bot) -> None:
    assert "quizbot bank import FILE" in await bot.says("bank import")


async def test_a_file_that_holds_nothing_is_explained(bot: Bot) -> None:
    await bot.ada.uploads("empty.txt", b"", bot.channel)
    shown = await bot.says("bank import anyway=yes")
    assert "Found" not in shown
    assert shown.strip()


async def test_a_file_that_was_deleted_leaves_the_one_before_it(bot: Bot) -> None:
    await bot.ada.uploads("exam.txt", EXAM, bot.channel)
    replaced(await bot.ada.uploads("mistake.txt", b"nothing", bot.channel), Deleted)
    assert "Found in “exam.txt”" in await bot.says("bank import anyway=yes")


async def test_where_only_a_proxy_leads_out_the_file_comes_through_it(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[str] = []

    async def forward(request: web.Request) -> web.Response:
        passed.append(request.url.path)
        async with ClientSession() as session:
            body = await request.read()
            answer = await session.request(request.method, request.url, headers=request.headers, data=body)
            return web.Response(body=await answer.read(), status=answer.status, content_type=answer.content_type)

    proxy = web.Application()
    proxy.router.add_route("*", "/{path:.*}", forward)
    async with TestServer(proxy) as server:
        monkeypatch.setenv("HTTP_PROXY", str(server.make_url("/")))
        bot = await start(http=True)
        await bot.ada.uploads("exam.txt", EXAM, bot.channel)
        assert "Found in “exam.txt”" in await bot.says("bank import anyway=yes")
        await bot.leave()
    assert [path for path in passed if path.startswith("/files-pri/")]


async def test_a_file_that_is_only_linked_gets_no_token(bot: Bot) -> None:
    replaced(await bot.ada.uploads("exam.txt", EXAM, bot.channel), Linked)
    assert "isn't kept in Slack" in await bot.says("bank import anyway=yes")
