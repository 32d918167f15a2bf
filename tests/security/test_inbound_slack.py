"""Whatever comes from Slack is understood, refused in words, or left; it breaks nothing and stores nothing wrong."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.slack import drafting, forms, inbound
from adapters.slack.entrance import EVENTS
from adapters.slack.outbound import CHOOSE
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadInput
from bot.domain.views import LONGEST_TYPED
from bot.services.banks.storing import import_document
from tests.adapters.slack.conftest import (  # noqa: F401 - the fixtures are asked for by name
    slack_settings,
    stack,
    start,
)
from tests.adapters.stages.questions import SHORT
from tests.security.mutating import Json, Mutations, parses_or_refuses
from tests.security.rows import rows_of

Bot = Any  # the fixtures' class: test folders aren't packages

PAYLOADS = 3_000
SOAKED = 300_000
"""Rounds of four payloads each."""
OVER_HTTP, SOAKED_OVER_HTTP = 30, 4_000
"""Rounds of payloads that go through Bolt."""
OVER_A_SOCKET, SOAKED_OVER_A_SOCKET = 20, 1_000
AT_ONCE = 5
"""Rounds that wait together, also where a busy machine works them off slowly."""
TAKEN = (200, 404)
"""What Bolt answers to what has Slack's form; 404 to an event that nobody listens to."""
PARTS = ("event", "view", "message", "state", "team", "channel", "user", "container", "command", "authorizations")
"""What payloads of one kind or another have."""
UNKNOWN_WORKSPACE = "Authorization"
FORGED_ADDRESS = "response_url_failed            reason=Foreign"
"""The logger by which Bolt tells that a payload names a workspace without the bot."""
NO_ENVELOPES = ("", "{", "null", "[]", '"hello"', "7", '{"type": []}', "[" * 50_000, '{"envelope_id": "1"}')


def press(value: str, ticked: list[str], *, team: str = "T1", channel: str = "C1", user: str = "U1") -> Json:
    """A button that was pressed, beside boxes that are ticked."""
    values = {f"round:{value}:{CHOOSE}": {CHOOSE: {"selected_options": [{"value": one} for one in ticked]}}}
    return {
        "type": "block_actions",
        "team": {"id": team},
        "channel": {"id": channel},
        "user": {"id": user, "username": "eve", "team_id": team},
        "container": {"channel_id": channel},
        "trigger_id": f"1.{value}",
        "actions": [{"action_id": "pick:0", "block_id": "b", "value": value, "action_ts": "1772524800.000123"}],
        "state": {"values": values},
    }


def typed(text: str, *, team: str = "T1", channel: str = "C1", user: str = "U1", trigger: str = "1") -> Json:
    """A slash command."""
    where = {"team_id": team, "channel_id": channel, "user_id": user, "user_name": "eve", "trigger_id": trigger}
    return {"command": "/quiz", "text": text, **where}


def reacted(name: str, *, team: str = "T1", channel: str = "C1", user: str = "U1", ts: str = "1.2") -> Json:
    """A reaction as an event."""
    item = {"type": "message", "channel": channel, "ts": ts}
    event = {"type": "reaction_added", "user": user, "reaction": name, "item": item, "event_ts": "1772524800.000123"}
    return {"type": "event_callback", "team_id": team, "event_id": "E1", "event": event}


def drafted(stem: str, choices: str, right: str, *, team: str = "T1", user: str = "U1") -> Json:
    """A form that was filled in."""
    fields = {"stem": stem, "choices": choices, "right": right, "why": ""}
    values = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in fields.items()}
    view = {"type": "modal", "callback_id": drafting.CALLBACK, "private_metadata": "C1 ", "state": {"values": values}}
    who = {"team": {"id": team}, "user": {"id": user, "username": "eve"}, "trigger_id": "1.d"}
    return {"type": "view_submission", "view": view, **who}


def shortcut(text: str, *, team: str = "T1", channel: str = "C1", user: str = "U1") -> Json:
    """“Make a quiz question”, chosen at a message."""
    where = {"team": {"id": team}, "channel": {"id": channel}, "user": {"id": user, "username": "eve"}}
    asked = {"type": "message_action", "callback_id": drafting.SHORTCUT, "trigger_id": "1.s"}
    return asked | where | {"message": {"type": "message", "text": text, "ts": "1.2"}}


def written(text: str, number: int, **where: str) -> Json:
    """A message to the bot."""
    return {"type": "message" if "channel_type" in where else "app_mention", "text": text, "ts": f"{number}.1", **where}


def happened(event: Json, team: str) -> Json:
    """Something that nobody asks the bot for."""
    told_to = [{"team_id": team, "enterprise_id": None, "user_id": "U0BOT", "is_bot": True}]
    return {"type": "event_callback", "team_id": team, "event_id": "E1", "authorizations": told_to, "event": event}


def filled_in(asked: str, text: str, *, team: str = "T1", user: str = "U1", trigger: str = "1") -> Json:
    """A form with an answer that was filled in; ``asked`` is what it remembers."""
    values = {"field0": {"field0": {"type": "plain_text_input", "value": text}}}
    view = {"type": "modal", "callback_id": forms.CALLBACK, "private_metadata": asked, "state": {"values": values}}
    who = {"team": {"id": team}, "user": {"id": user, "username": "eve"}, "trigger_id": trigger}
    return {"type": "view_submission", "view": view, **who}


def test_what_people_write_in_a_payload_is_understood_or_refused_in_words(soak: bool) -> None:
    for number in range(SOAKED if soak else PAYLOADS):
        some = Mutations(number)
        pressed = press(some.text("17", "17:"), [some.text("1"), some.text()])
        pressed["user"]["username"] = some.text()
        pressed["actions"][0]["action_ts"] = some.text("1772524800.")
        source = inbound.source(pressed)
        assert source.user_name.strip()
        try:
            clicked = inbound.click(pressed, source)
        except BadInput:
            pass
        else:
            assert 0 <= clicked.round_id < 2**63
            assert all(0 <= position < 1_000 for position in clicked.given)
        parses_or_refuses(inbound.command_text(typed(some.text("daily ", "team join ", "league "))))
        found = inbound.reaction(reacted(some.text("one", "regional_indicator_a"))["event"])
        assert found is None or 0 <= found.position < 26
        view = drafted(some.text("What?"), f"{some.text('a')}\n{some.text('b')}", some.text("A"))["view"]
        try:
            question = drafting.filled_in(view["state"]["values"])
        except drafting.Unusable:
            pass
        else:
            assert question.stem.strip()
            assert all(position < len(question.choices) for position in question.key)
        values = {f"field{at}": {f"field{at}": {"value": some.text()}} for at in range(some.chance.randrange(9))}
        texts = forms.texts_in(values)
        assert len(texts) == min(len(values), 5)
        assert all(isinstance(text, str) for text in texts)
        drafting.message_text(some.text("<http://x|", "<@U1>"))


@pytest.mark.parametrize("broken", [False, True], ids=["people's texts", "broken payloads"])
async def test_what_is_signed_breaks_nothing_and_stores_nothing_wrong(
    start: Callable[..., Any],  # noqa: F811 - the fixture from above
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    soak: bool,
    broken: bool,
) -> None:
    bot = await start(http=True)
    asked = await bot.daily()
    round_id = (await bot.round(asked)).id
    words, form = await _ask_for_words(bot)
    await bot.settled()
    bob = {"team": bot.team.id, "channel": bot.channel.id, "user": bot.bob.id}
    before = _kept(tmp_path)
    for number in range(SOAKED_OVER_HTTP if soak else OVER_HTTP):
        some = Mutations(number)
        for payload in _payloads(some, bob, round_id, asked.ts, form, number):
            sent = some.broken(payload, *PARTS) if broken else payload
            status = await _post(bot, sent)
            assert status < 500 if broken else status in TAKEN, (status, sent)
    texts = (await bot.answers(words)).values()
    assert all(len(text) <= LONGEST_TYPED for text in texts)
    assert broken or texts
    right = await bot.right(asked)
    assert "points" in await bot.clicks(bot.ada, asked, right)
    await bot.leave()
    assert _kept(tmp_path) == before, "Bob may ask and answer, and no more"
    told = _nothing_broke(capsys, caplog)
    assert broken or "role_refused" in told


@pytest.mark.parametrize("broken", [False, True], ids=["people's texts", "broken payloads"])
async def test_what_comes_by_socket_breaks_nothing_and_keeps_the_connection(
    start: Callable[..., Any],  # noqa: F811 - the fixture from above
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    soak: bool,
    broken: bool,
) -> None:
    bot = await start()
    asked = await bot.daily()
    round_id = (await bot.round(asked)).id
    _words, form = await _ask_for_words(bot)
    await bot.settled()
    bob = {"team": bot.team.id, "channel": bot.channel.id, "user": bot.bob.id}
    before = _kept(tmp_path)
    for frame in NO_ENVELOPES if broken else ():
        await bot.server.socket.send_as_it_is(frame)
    for number in range(SOAKED_OVER_A_SOCKET if soak else OVER_A_SOCKET):
        some = Mutations(number)
        if number % AT_ONCE == 0:  # so that no more waits than is acknowledged in time
            await (await bot.ada.press(asked, "A")).acked()
        for payload in _payloads(some, bob, round_id, asked.ts, form, number):
            envelope = {"type": _sent_as(payload), "envelope_id": f"{number}", "payload": payload}
            await bot.server.socket.send_as_it_is(json.dumps(some.broken(envelope) if broken else envelope))
    right = await bot.right(asked)
    assert "points" in await bot.clicks(bot.ada, asked, right)
    assert bot.server.socket.opened == 1
    await bot.leave()
    assert _kept(tmp_path) == before, "Bob may ask and answer, and no more"
    told = _nothing_broke(capsys, caplog)
    assert broken or "payload_malformed" not in told


@pytest.mark.parametrize("kind", ["tokens_revoked", "app_uninstalled", "message"])
async def test_an_event_that_names_no_workspace_is_acknowledged_and_ends_nothing(
    start: Callable[..., Any],  # noqa: F811 - the fixture from above
    kind: str,
) -> None:
    bot = await start(http=True)
    event = {"type": kind, "tokens": {"bot": ["U0BOT"]}}
    whole = {"type": "event_callback", "enterprise_id": "E1", "event_id": "Ev1", "event": event}
    assert await _post(bot, whole) == 200
    assert await _post(bot, whole | {"team_id": None}) == 200
    assert "points" in await bot.clicks(bot.ada, asked := await bot.daily(), await bot.right(asked))


async def test_a_payload_that_nobody_listens_to_may_have_no_view(
    start: Callable[..., Any],  # noqa: F811 - the fixture from above
) -> None:
    bot = await start(http=True)
    await bot.settled()
    sent = press("1:0", [], team=bot.team.id, channel=bot.channel.id, user=bot.bob.id) | {"type": "x", "view": None}
    assert await _post(bot, sent) == 404


async def _ask_for_words(bot: Any) -> tuple[Any, str]:
    """Ask for a short answer; return the message, and what a form for it remembers."""
    await import_document(bot.app, ParsedDocument(format="test", questions=(SHORT,)), bank="typed")
    words = await bot.asks(SHORT.topic)
    return words, f"{(await bot.round(words)).id} {bot.channel.id} "


def _nothing_broke(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> str:
    told = "".join(capsys.readouterr())
    assert "never retrieved" not in told
    assert "failed" not in told.replace(FORGED_ADDRESS, "")
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert not [record for record in errors if not record.name.endswith(UNKNOWN_WORKSPACE)]
    return told


def _payloads(some: Mutations, bob: dict[str, str], round_id: int, ts: str, form: str, number: int) -> list[Json]:
    """One payload of each kind that the bot listens to."""
    team, user = bob["team"], bob["user"]
    return [
        press(some.text(f"{round_id}:", str(round_id)), [some.text("1")], **bob),
        typed(some.text("daily set ", "daily stop ", "league leave ", "bank review "), trigger=f"t{number}", **bob),
        reacted(some.text("one"), ts=ts, **bob),
        drafted(some.text("What?"), some.text("a\nb"), some.text("A"), team=team, user=user),
        filled_in(some.text(form), some.text("x"), team=team, user=user, trigger=f"f{number}"),
        filled_in(form, some.text("x"), team=team, user=user, trigger=f"g{number}"),
        shortcut(some.text("What?"), **bob),
        happened({"type": "app_home_opened", "user": user, "tab": some.text("home")}, team),
        happened(written(some.text("help"), number, channel=bob["channel"], user=user), team),
        happened(written(some.text("<@U0BOT> "), number, channel="D0", user=user, channel_type="im"), team),
        happened({"type": "channel_archive", "channel": "C0ELSEWHERE", "user": user}, team),
        happened({"type": "tokens_revoked", "tokens": {"oauth": [user]}}, team),
        happened({"type": some.text("team_join"), "channel": {"id": bob["channel"]}}, team),
    ]


def _sent_as(payload: Json) -> str:
    if "command" in payload:
        return "slash_commands"
    return "events_api" if "event" in payload else "interactive"


async def _post(bot: Bot, payload: Json) -> int:
    """Send a payload as Slack does, signed; what is answered."""
    if payload.get("command"):
        body, kind = urlencode(payload, errors="replace"), "application/x-www-form-urlencoded"
    elif "event" in payload:
        body, kind = json.dumps(payload), "application/json"
    else:
        body, kind = urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
    headers = bot.server.transport._signed(body) | {"Content-Type": kind}
    async with bot.server.session.post(bot.address + EVENTS, data=body, headers=headers) as response:
        return int(response.status)


def _kept(folder: Any) -> list[tuple[object, ...]]:
    """Everything but what asking, answering and being seen leave behind."""
    kept = {"series", "banks", "questions", "leagues", "teams", "spaces", "seasons"}
    return sorted((row for row in rows_of(folder / "quizbot.db") if row[0] in kept), key=repr)
