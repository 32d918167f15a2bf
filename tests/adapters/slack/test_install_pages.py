"""The pages that an installation ends on, and installations in an Enterprise Grid organisation."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from adapters.slack.web_api.installations import InstallationStore
from tests.adapters.slack.test_oauth import Bot, install, stored_installations
from tests.platforms.slack import Organisation

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # the SDK still uses it


@pytest.fixture
async def bot(start: Callable[..., Any]) -> Bot:
    """A running bot that no workspace has installed yet."""
    return await start(oauth=True)


async def test_the_page_at_the_end_says_what_comes_next_and_leads_back_to_slack(bot: Bot) -> None:
    """https://docs.slack.dev/interactivity/deep-linking tells the address that opens an app."""
    bot.team.name = "Study <i>& Co</i>"
    page = await install(bot, bot.team, bot.ada)
    shown = await page.text()
    assert "<h1>Quizbot is now in Study &lt;i&gt;&amp; Co&lt;/i&gt;</h1>" in shown
    for command in ("/quiz daily set 09:00 Europe/Berlin", "/quiz help", "/invite @Quizbot"):
        assert command in shown
    app = bot.server.app.id
    assert f'href="https://slack.com/app_redirect?app={app}&amp;team={bot.team.id}"' in shown
    assert "Max-Age=0" in page.headers["Set-Cookie"] or "expires=Thu, 01 Jan 1970" in page.headers["Set-Cookie"]


async def test_the_page_at_the_end_is_in_the_visitors_language_and_names_the_operators_contact(
    start: Callable[..., Any],
) -> None:
    bot = await start(oauth=True, operator_name="Study Hall", operator_contact="help@example.org")
    page = await install(bot, bot.team, bot.ada, language="xx, de;q=0.9")
    shown = await page.text()
    assert '<html lang="de">' in shown
    assert "Los geht’s" in shown
    assert 'href="mailto:help@example.org"' in shown


async def test_the_page_at_the_end_may_load_nothing_but_its_own_style(bot: Bot) -> None:
    page = await install(bot, bot.team, bot.ada)
    style = (await page.text()).partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("error=access_denied&state=1", "You cancelled on Slack"),
        ("code=1&state=used-up", "This link has expired or was already used."),
        ("error=invalid_team_for_non_distributed_app", "Slack says: invalid_team_for_non_distributed_app"),
        ("error=Call+0900+now!", "Slack says: unknown_error"),
    ],
)
async def test_a_visitor_who_installs_nothing_is_told_why_and_how_to_start_again(
    bot: Bot, query: str, told: str
) -> None:
    async with ClientSession() as browser:
        page = await browser.get(f"{bot.address}/slack/oauth_redirect?{query}")
        shown = await page.text()
    assert page.status in {200, 400, 401}
    assert "<h1>Nothing was installed</h1>" in shown
    assert told in shown
    assert 'href="/slack/install"' in shown
    assert "Call" not in shown


async def test_the_log_repeats_no_reason_that_a_visitor_made_up(bot: Bot) -> None:
    with capture_logs() as logged:
        async with ClientSession() as browser:
            await browser.get(f"{bot.address}/slack/oauth_redirect?error=%1b[2J{'x' * 5000}")
    assert [entry["reason"] for entry in logged if entry["event"] == "not_installed"] == ["unknown_error"]


async def test_an_error_during_an_installation_ends_on_a_page(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_arguments: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(InstallationStore, "async_save", breaks)
    page = await install(bot, bot.team, bot.ada)
    assert page.status == 500
    assert "Please try again in a few minutes." in await page.text()


async def test_an_installation_for_a_whole_organisation_is_refused_and_leaves_no_token(
    start: Callable[..., Any],
) -> None:
    """https://docs.slack.dev/enterprise-grid/organization-ready-apps: such an app must opt in, and Quizbot doesn't."""
    bot = await start(oauth=True, organisation=Organisation())
    page = await install(bot, bot.team, bot.ada, for_organisation=True)
    assert page.status == 400
    assert "Quizbot can&#39;t be installed for a whole organization" in await page.text()
    (grant,) = bot.server.grants.values()
    assert grant.refusal == "token_revoked"
    assert stored_installations(bot) == 0
    assert (await install(bot, bot.team, bot.ada)).status == 200
    assert await bot.asks("metrics")


async def test_a_workspace_of_an_organisation_plays_like_any_other(start: Callable[..., Any]) -> None:
    """Ids of people begin with W there: https://docs.slack.dev/enterprise-grid/developing-for-enterprise-grid."""
    bot = await start(oauth=True, organisation=Organisation())
    await install(bot, bot.team, bot.ada)
    await bot.team.direct(bot.ada).sees("Hello!")
    question = await bot.asks("metrics")
    assert bot.bob.id.startswith("W")
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))
    assert "1 of 1 right" in await bot.says("stats", bot.bob)
    assert " is a host now" in await bot.says(f"host add <@{bot.bob.id}|bob>")
    await (await bot.bob.opens_home()).acked()
    await bot.server.until(lambda: bot.bob.home, "a home")
    assert "The daily question is set" in await bot.says("daily set 09:00 Europe/Berlin topic=metrics")
