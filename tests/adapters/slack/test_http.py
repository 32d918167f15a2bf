"""HTTP mode: what is signed by Slack is taken, by whichever process gets it, and nothing else."""

import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession
from prometheus_client import REGISTRY

from adapters.slack.commands import COMMANDS_HEARD
from adapters.slack.entrance import EVENTS
from adapters.slack.settings import SlackSettings
from adapters.web import create as create_web
from bot.domain.errors import BadInput
from bot.settings import Settings
from tests.platforms.slack.signed_http import Signature

Bot = Any  # the fixtures' classes: test folders aren't packages


@pytest.fixture
async def bot(start: Callable[..., Any]) -> Bot:
    """A running bot in HTTP mode."""
    return await start(http=True)


async def test_slacks_question_whether_the_address_is_an_apps_is_answered(bot: Bot) -> None:
    assert await bot.server.transport.challenge()


async def test_a_question_is_asked_and_answered(bot: Bot) -> None:
    question = await bot.daily()
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))
    await bot.asks("daily now")
    assert "Right answer" in bot.server.render(await bot.result(question))


async def test_reactions_arrive(bot: Bot) -> None:
    question = await bot.daily("answer_with=reactions close_after=1h")
    await bot.round(question)
    await (await bot.bob.react(question, "two")).acked()
    await bot.until_answers(question, {"Bob": "B"})


async def test_a_topic_that_bolt_takes_for_a_payload_is_still_a_topic(bot: Bot) -> None:
    assert "No question is ready on “payload”" in await bot.says("payload")


async def test_a_refused_payload_is_logged_by_what_is_wrong_and_counted(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("quizbot_malformed_total", {"adapter": "slack"}) or 0

    question, before = await bot.daily(), counted()
    forged = await bot.ada.forge(question, {"action_id": "pick:0", "value": ["secret"]})
    assert (await forged.refused()).status == 400
    told = "".join(capsys.readouterr())
    assert "payload_malformed" in told
    assert "block_actions: actions.0.value" in told
    assert "secret" not in told
    assert counted() == before + 1


@pytest.mark.parametrize("signature", [Signature.TAMPERED, Signature.STALE, Signature.MISSING])
async def test_what_is_not_signed_now_by_slack_is_refused(bot: Bot, signature: Signature) -> None:
    question = await bot.asks("metrics")
    await bot.round(question)
    bot.server.transport.signature = signature
    pressed = await bot.bob.press(question, "A")
    assert (await pressed.refused()).status == 401
    typed = await bot.bob.slash("/quiz", "metrics", bot.channel)
    assert (await typed.refused()).status == 401
    assert await bot.answers(question) == {}
    assert len(bot.questions()) == 1


@pytest.mark.parametrize("body", [b"{", b"payload=%7B", b"\xff\xfe", b"", b"payload=" + b"[" * 100_000])
async def test_nothing_is_read_before_its_signature(bot: Bot, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    address = bot.address + EVENTS
    now = str(int(time.time()))
    stamps = ("soon", "9" * 400, "9" * 5000, "1e9", "-1", "")
    for stamp, signature in (("", ""), (now, "v0=00"), (now, "v0=é"), *((stamp, "v0=00") for stamp in stamps)):
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        async with bot.server.session.post(address, data=body, headers=headers) as response:
            assert (response.status, await response.text()) == (401, "")
    assert caplog.records == []


NOT_SLACKS = (
    "payload=",
    "payload=text",
    "payload=%5B%5D",
    "payload=7",
    "payload=null",
    "payload=%7B%22type%22%3A%22block_actions%22%7D",
    "payload=%7B%22type%22%3A%22view_submission%22%2C%22user%22%3A7%7D",
    "command=%2Fquiz&user_id=U1",
    '{"type": "event_callback", "event": {"type": "reaction_added"}}',
    '{"type": "event_callback", "team_id": ["T1"], "event": 7}',
    '{"type": {"of": "a type"}}',
    '{"type": "block_suggestion", "view": 7}',
    (
        '{"type": "event_callback", "team_id": "T1", "event": {"type": "reaction_added", "user": "U1", "reaction": "x",'
        ' "event_ts": "soon", "item": {"type": "message", "channel": "C1", "ts": "1.2"}}}'
    ),
)


@pytest.mark.parametrize("body", NOT_SLACKS)
async def test_what_is_signed_and_not_in_slacks_form_is_refused_and_no_error(
    bot: Bot, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    headers = bot.server.transport._signed(body) | {"Content-Type": kind}
    async with bot.server.session.post(bot.address + EVENTS, data=body, headers=headers) as response:
        assert 400 <= response.status < 500
    assert not caplog.records


@pytest.mark.parametrize("body", ["{", "[1]", '"text"', "null", "payload=%7B", "payload=[1]"])
async def test_what_is_signed_and_broken_is_refused_without_a_word_of_it_in_the_log(
    bot: Bot, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    kind = "application/x-www-form-urlencoded" if "=" in body else "application/json"
    headers = bot.server.transport._signed(body) | {"Content-Type": kind}
    async with bot.server.session.post(bot.address + EVENTS, data=body, headers=headers) as response:
        assert response.status in {400, 404}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"\xff\xfe", {}),
        (b"payload=%ff", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"text=quiz", {"Content-Type": "application/x-www-form-urlencoded; charset=nonsense"}),
        (b"text=quiz", {"Content-Encoding": "gzip"}),
        (b"{", {"Content-Type": "application/json"}),
        (b"[1]", {"Content-Type": "application/json"}),
        (b"payload=[1]", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"payload=null", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b'payload={"team": 1, "user": [], "channel": "x"}', {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"--x\r\n", {"Content-Type": "multipart/form-data; boundary=x"}),
        (b"x" * 3_000_000, {}),
    ],
)
async def test_nonsense_is_refused_with_the_headers_that_every_answer_carries(
    bot: Bot, body: bytes, headers: dict[str, str]
) -> None:
    async with (
        ClientSession() as client,
        client.post(bot.address + EVENTS, data=BytesIO(body), headers=headers) as response,
    ):
        assert 400 <= response.status < 500
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in response.headers


async def test_two_processes_on_one_database_serve_one_channel(
    bot: Bot, stack: AsyncExitStack, slack_settings: Callable[..., Settings]
) -> None:
    other = await bot.twin(stack)
    question = await bot.daily("reveal=at_close close_after=1h")
    await bot.round(question)
    bot.server.post_to(other.address + EVENTS)
    assert "Saved: A" in await bot.clicks(bot.ada, question, "A")
    bot.server.post_to(bot.address + EVENTS)
    assert "Saved: B" in await bot.clicks(bot.bob, question, "B")
    bot.server.post_to(other.address + EVENTS)
    assert "Changed to C" in await bot.clicks(bot.bob, question, "C")
    await bot.until_answers(question, {"Ada": "A", "Bob": "C"})
    await bot.asks("daily now")
    await bot.result(question)
    assert len(bot.questions()) == 2
    assert len(question.replies) == 1


async def test_a_process_that_is_ending_leaves_what_comes_to_another(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.round(question)
    await bot.adapter.stop()  # its address is still open, for who has a connection to it already
    for what in (await bot.bob.press(question, "A"), await bot.ada.slash("/quiz", "metrics", bot.channel)):
        assert (await what.refused()).status == 503
    assert await bot.answers(question) == {}


async def test_the_web_room_beside_it_leaves_slack_its_address(
    start: Callable[..., Any], slack_settings: Callable[..., Settings]
) -> None:
    bot = await start(http=True, beside=create_web)
    assert await bot.server.transport.challenge()
    assert await bot.asks("metrics")


@pytest.mark.parametrize(
    ("tokens", "missing"),
    [
        ({"slack_bot_token": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"slack_client_id": "1.2", "slack_client_secret": "s"}, "SLACK_SIGNING_SECRET"),
        ({"slack_client_id": "1.2", "slack_signing_secret": "s"}, "SLACK_CLIENT_SECRET"),
        ({"slack_client_id": "1.2", "slack_client_secret": "s", "slack_signing_secret": "s"}, "SLACK_TOKEN_KEY"),
        ({"slack_app_token": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xapp-1", "slack_app_token": "xoxb-1"}, "mixed up"),
    ],
)
async def test_what_is_missing_is_named_before_anything_starts(
    bot: Bot, slack_settings: Callable[..., Settings], tokens: dict[str, str], missing: str
) -> None:
    await bot.leave()
    bot.settings = slack_settings(bot.server, **tokens)
    with pytest.raises(BadInput, match=missing) as told:
        await bot.come()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", COMMANDS_HEARD)
async def test_every_command_of_the_manifest_is_heard(start: Callable[..., Any], name: str) -> None:
    bot = await start(http=True)
    typed = await bot.bob.slash(name, "help", bot.channel)
    await typed.acked()
    assert "What you can type" in bot.server.render(await typed.reply())


async def test_a_command_of_ones_own_is_heard_and_named_wherever_commands_are(start: Callable[..., Any]) -> None:
    bot = await start(http=True, slack_command="/study-quiz")
    typed = await bot.ada.slash("/study-quiz", "help", bot.channel)
    await typed.acked()
    told = bot.server.render(await typed.reply())
    assert "/study-quiz daily show" in told
    assert "/quiz" not in told
    await bot.ada.opens_home()
    await bot.team.direct(bot.ada).sees("/study-quiz daily set")  # the welcome, which the outbox posts
    assert "/quiz" not in bot.server.render(bot.team.direct(bot.ada).messages[0])


@pytest.mark.parametrize("name", ["quiz", "/Quiz", "/quiz me", "/", f"/{32 * 'q'}"])
def test_a_command_that_slack_would_not_take_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="write it like /quizbot"):
        SlackSettings(slack_command=name)
