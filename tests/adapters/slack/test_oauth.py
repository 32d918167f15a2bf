"""Many workspaces install the bot by themselves, and each is served with a token of its own."""

import asyncio
import base64
import sqlite3
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, closing
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar
from cryptography.fernet import Fernet
from pydantic import SecretStr
from yarl import URL

from adapters.slack.settings import SlackSettings
from adapters.slack.web_api.installations import InstallationStore, Unreadable, cipher
from adapters.slack.web_api.oauth import stores_of
from adapters.slack.web_api.stores import States
from bot.domain.errors import BadInput
from bot.ports import MessengerError

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # the SDK still uses it

OTHER_KEY = base64.urlsafe_b64encode(b"x" * 32).decode()

Bot = Any  # the fixtures' classes: test folders aren't packages


@pytest.fixture
async def bot(start: Callable[..., Any]) -> Bot:
    """A running bot that no workspace has installed yet."""
    return await start(oauth=True)


async def install(
    bot: Bot, team: Any, installer: Any, *, language: str = "", for_organisation: bool = False
) -> ClientResponse:
    """Go through an installation in a browser."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        page = await browser.get(f"{bot.address}/slack/install", allow_redirects=False)
        assert page.status == 302  # as for an app that is installed right from Slack's Marketplace
        link = URL(page.headers["Location"])
        assert link.path == "/oauth/v2/authorize"
        code = bot.server.oauth_code(
            team, installer, scopes=link.query["scope"].split(","), for_organisation=for_organisation
        )
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        back = f"{bot.address}/slack/oauth_redirect?code={code}&state={link.query['state']}"
        page = await browser.get(back, headers={"Cookie": cookie, "Accept-Language": language})
        await page.text()
        return page


@pytest.mark.parametrize("body", ["{", "[1]", "null", "payload=[1]", '{"team": 7}'])
@pytest.mark.parametrize("route", ["install", "oauth_redirect", "oauth_redirect?code=1&state=2"])
async def test_a_body_that_anybody_sends_along_breaks_no_page(bot: Bot, route: str, body: str) -> None:
    headers = {"Content-Type": "application/json" if body[0] in "{[n" else "application/x-www-form-urlencoded"}
    async with ClientSession() as browser:
        page = await browser.get(f"{bot.address}/slack/{route}", data=body, headers=headers, allow_redirects=False)
        assert page.status < 500


async def test_two_workspaces_install_it_and_each_has_its_own_game(bot: Bot) -> None:
    assert (await install(bot, bot.team, bot.ada)).status == 200
    other = bot.server.add_team("Chess", installed=False)
    channel, eve = other.add_channel("openings"), other.add_user("Eve", admin=True)
    assert (await install(bot, other, eve)).status == 200
    question = await bot.asks("metrics")
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))
    typed = await eve.slash("/quiz", "leaderboard", channel)
    assert "No answers in this period yet" in bot.server.render(await typed.reply())


async def test_with_an_app_token_their_events_come_by_socket(start: Callable[..., Any]) -> None:
    bot = await start(oauth=True, sockets=True)
    await install(bot, bot.team, bot.ada)
    question = await bot.asks("metrics")
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))


async def test_the_installer_is_welcomed(bot: Bot) -> None:
    await install(bot, bot.team, bot.bob)
    await bot.team.direct(bot.bob).sees("Hello!")


def welcomes(bot: Bot) -> int:
    """How often the installer was welcomed."""
    return len([m for m in bot.team.direct(bot.ada).messages if "Hello!" in bot.server.render(m)])


async def welcomed_once(bot: Bot) -> None:
    await bot.team.direct(bot.ada).sees("Hello!")
    assert await bot.says("help")
    assert welcomes(bot) == 1
    assert [space.name for space in await bot.app.storage.read(lambda unit: unit.spaces.present("slack"))] == ["Study"]


@pytest.fixture
def unfinished(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """An installation whose process ends once the token is stored: the bot never arrives by it."""

    async def half() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(bot.adapter._workspaces, "arrive", killed)
            assert (await install(bot, bot.team, bot.ada)).status == 500

    async def killed(_team_id: str) -> None:
        raise MessengerError("killed")

    return half


@pytest.mark.parametrize("first", ["command", "shortcut", "home"])
async def test_what_comes_right_after_the_token_is_served_and_welcomed_once(
    bot: Bot, unfinished: Callable[[], Any], first: str
) -> None:
    await unfinished()
    if first == "command":
        assert await bot.asks("metrics")
    elif first == "home":
        await (await bot.ada.opens_home()).acked()
        await bot.server.until(lambda: bot.ada.home, "a home")
    else:
        message = bot.channel.write(bot.bob, "What is two and two?")
        await (await bot.ada.shortcut("make_question", message)).acked()
        await bot.server.until(lambda: bot.ada.modal, "a form")
    await welcomed_once(bot)


async def test_commands_and_an_installation_at_the_same_time_make_one_space_and_one_welcome(
    bot: Bot, unfinished: Callable[[], Any]
) -> None:
    await unfinished()
    commands = (bot.ada.slash("/quiz", "leaderboard", bot.channel) for _ in range(5))
    _page, *typed = await asyncio.gather(install(bot, bot.team, bot.ada), *commands)
    for one in typed:
        assert "No answers in this period yet" in bot.server.render(await one.reply())
    await welcomed_once(bot)


async def test_tokens_are_unreadable_in_the_database(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    with closing(sqlite3.connect(URL(bot.settings.database_url).path)) as database:
        dump = "\n".join(database.iterdump())
    assert "slack_installations" in dump
    assert bot.team.bot_token not in dump


async def test_whoever_installed_it_and_is_forgotten_is_in_no_table_and_the_bot_goes_on(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    question = await bot.asks("metrics")
    await bot.clicks(bot.ada, question, await bot.right(question))
    file = URL(bot.settings.database_url).path

    def dump() -> str:
        with closing(sqlite3.connect(file)) as database:
            return "\n".join(database.iterdump())

    assert bot.ada.id in dump()
    assert "Done" in await bot.insists("privacy delete", "Delete it for good")
    assert bot.ada.id not in dump()
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))


async def test_after_a_restart_the_installations_are_still_there(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    await bot.leave()
    await bot.come()
    bot.server.post_to(f"{bot.address}/slack/events")
    assert await bot.asks("metrics")


async def test_a_process_serves_what_was_installed_through_another(bot: Bot, stack: AsyncExitStack) -> None:
    other = await bot.twin(stack)
    await install(bot, bot.team, bot.ada)
    bot.server.post_to(f"{other.address}/slack/events")
    question = await bot.asks("metrics")
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))


async def test_uninstalling_forgets_the_token_and_installing_again_goes_on(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    await (await bot.server.uninstall(bot.team)).acked()
    stores = stores_of(bot.settings.of(SlackSettings), bot.settings.database_url)
    assert await stores.installations.find(bot.team.id) is None
    await stores.engine.dispose()
    assert (await bot.space()).left_at is not None
    await install(bot, bot.team, bot.ada)
    assert (await bot.space()).left_at is None
    assert await bot.asks("metrics")


async def test_an_uninstallation_told_again_after_a_new_installation_removes_nothing(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    uninstalled = await bot.server.uninstall(bot.team)
    await uninstalled.acked()
    await install(bot, bot.team, bot.ada)
    late = await uninstalled.again()
    await bot.server.until(lambda: late.after is not None, "an acknowledgement")
    assert (await bot.space()).left_at is None
    assert await bot.asks("metrics")


async def test_an_installation_while_an_uninstallation_is_taken_note_of_stands(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await install(bot, bot.team, bot.ada)
    forget, begun, goes_on = InstallationStore.forget, asyncio.Event(), asyncio.Event()

    async def slowly(*arguments: Any) -> Any:
        begun.set()
        await goes_on.wait()
        return await forget(*arguments)

    monkeypatch.setattr(InstallationStore, "forget", slowly)
    uninstalled = await bot.server.uninstall(bot.team)
    await begun.wait()
    again = asyncio.create_task(install(bot, bot.team, bot.ada))
    await bot.server.until(lambda: len(bot.server.calls("oauth.v2.access")) == 2, "another token")
    await bot.server.until(lambda: stored_installations(bot) == 2, "it in the database")
    goes_on.set()
    await uninstalled.acked()
    assert (await again).status == 200
    assert (await bot.space()).left_at is None
    assert await bot.asks("metrics")


def stored_installations(bot: Bot) -> int:
    with closing(sqlite3.connect(URL(bot.settings.database_url).path)) as database:
        return database.execute("SELECT count(*) FROM slack_installations").fetchone()[0]


async def test_what_was_uninstalled_while_the_bot_was_away_is_noticed(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    await bot.leave()
    bot.team.grant.refusal = "account_inactive"
    await bot.come()
    assert (await bot.space()).left_at is not None


async def test_a_link_from_elsewhere_installs_nothing(bot: Bot) -> None:
    code = bot.server.oauth_code(bot.team, bot.ada)
    async with ClientSession() as browser:
        back = await browser.get(f"{bot.address}/slack/oauth_redirect?code={code}&state=stolen")
    assert back.status == 400
    assert await bot.app.storage.read(lambda unit: unit.spaces.known_as("slack", bot.team.id)) is None


async def test_slack_is_asked_about_a_token_once(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    question = await bot.asks("metrics")
    before = len(bot.server.calls("auth.test"))
    for who in (bot.ada, bot.bob):
        await bot.clicks(who, question, "A")
    assert len(bot.server.calls("auth.test")) - before <= 1


async def test_a_slack_that_cannot_say_whose_a_token_is_gets_no_acknowledgement(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    await bot.team.direct(bot.ada).sees("Hello!")
    bot.adapter._workspaces._close(bot.team.id)  # as after a restart
    bot.server.fail_next("internal_error", "auth.test", times=1_000)  # the command isn't the only one that asks
    typed = await bot.ada.slash("/quiz", "metrics", bot.channel)
    assert (await typed.refused()).status == 500
    bot.server.faults.planned.clear()
    assert await bot.asks("metrics")


def rename_tables(bot: Bot, names: dict[str, str]) -> None:
    """Rename tables of the bot's database; in the loop, it would wait for a writer that waits for the loop."""
    with closing(sqlite3.connect(URL(bot.settings.database_url).path)) as database, database:
        for old, new in names.items():
            database.execute(f"ALTER TABLE {old} RENAME TO {new}")


async def test_a_database_that_cannot_be_read_is_not_taken_for_an_uninstalled_bot(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    question = await bot.asks("metrics")
    await bot.round(question)
    bot.adapter._workspaces._trusted.clear()  # as after half a minute
    away = {"slack_bots": "bots_away", "slack_installations": "installations_away"}
    await asyncio.to_thread(rename_tables, bot, away)
    pressed = await bot.bob.press(question, "A")
    assert (await pressed.refused()).status == 500
    await asyncio.to_thread(rename_tables, bot, {new: old for old, new in away.items()})
    assert await bot.clicks(bot.bob, question, "A")


async def test_a_workspace_that_is_not_installed_is_told_so(bot: Bot) -> None:
    bot.server.install(bot.team, ["commands"])  # at Slack alone, not through the bot
    typed = await bot.ada.slash("/quiz", "help", bot.channel)
    assert "not installed in this workspace" in bot.server.render(await typed.reply())


async def test_who_opens_the_page_of_consent_and_never_comes_back_leaves_nothing(bot: Bot) -> None:
    await bot.settled()

    def stored() -> list[str]:
        with closing(sqlite3.connect(URL(bot.settings.database_url).path)) as database:
            return list(database.iterdump())

    before = await asyncio.to_thread(stored)
    async with ClientSession() as browser:
        for _visit in range(3):
            await browser.get(f"{bot.address}/slack/install", allow_redirects=False)
    assert await asyncio.to_thread(stored) == before


@pytest.mark.parametrize(("age", "is_ours"), [(0, True), (590, True), (610, False)])
async def test_a_state_lasts_ten_minutes(age: int, is_ours: bool) -> None:
    fernet = cipher(OTHER_KEY)
    states = States(fernet)
    made = fernet.decrypt(await states.async_issue())
    assert await states.async_consume(fernet.encrypt_at_time(made, int(time.time()) - age).decode()) is is_ours


async def test_what_another_key_made_or_what_has_another_purpose_is_no_state() -> None:
    fernet = cipher(OTHER_KEY)
    states, others = States(fernet), States(cipher(Fernet.generate_key().decode()))
    for state in (await others.async_issue(), fernet.encrypt(b"xoxb-1").decode(), "", "é", "=", "x" * 9_000):
        assert not await states.async_consume(state)


async def test_another_key_reads_no_tokens(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    stores = stores_of(bot.settings.of(SlackSettings), bot.settings.database_url)
    other = InstallationStore(bot.server.app.client_id, stores.engine, cipher(OTHER_KEY))
    with pytest.raises(Unreadable, match="SLACK_TOKEN_KEY"):
        await other.find(bot.team.id)
    await stores.engine.dispose()


async def test_a_start_with_another_key_takes_nobody_for_gone(bot: Bot) -> None:
    await install(bot, bot.team, bot.ada)
    await bot.leave()
    right = bot.settings
    other = right.of(SlackSettings).model_copy(update={"slack_token_key": SecretStr(OTHER_KEY)})
    bot.settings = right.beside(other)
    await bot.come()
    (check,) = [one for one in await bot.adapter.check() if one.name == "slack Study"]
    assert "SLACK_TOKEN_KEY" in check.found
    await bot.leave()
    bot.settings = right
    await bot.come()
    bot.server.post_to(f"{bot.address}/slack/events")
    assert (await bot.space()).left_at is None
    assert await bot.asks("metrics")


def test_a_key_that_is_none_is_explained() -> None:
    with pytest.raises(BadInput, match="SLACK_TOKEN_KEY"):
        cipher("short")


async def test_the_landing_page_is_told_where_to_install_it(start: Callable[..., Any], bot: Bot) -> None:
    assert bot.app.introductions["Slack"].invitation == f"{bot.app.site_url}/slack/install"
    assert (await start(http=True)).app.introductions["Slack"].invitation == ""
