"""Slack's payloads as the core understands them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import inbound
from adapters.slack.text.blocks import MOST_SEEDED, SIGNS, position, sign
from bot.domain.errors import BadInput
from bot.domain.questions import MAX_CHOICES


def body(value: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "channel": {"id": "C1"},
        "user": {"id": "U1", "username": "ada"},
        "response_url": "https://hooks.example/1",
        "actions": [{"action_id": "pick:2", "value": value, "action_ts": "1772524800.000123"}],
    } | more


def click(payload: dict[str, Any]) -> inbound.Click:
    return inbound.click(payload, inbound.source(payload))


def test_a_click_says_who_where_what_and_when() -> None:
    clicked = click(body("17:2"))
    assert clicked.source == inbound.From("T1", "C1", "U1", "ada", "https://hooks.example/1")
    assert (clicked.round_id, clicked.given, clicked.event_id) == (17, {2}, "1772524800.000123")
    assert clicked.at == datetime(2026, 3, 3, 8, 0, 0, 123, tzinfo=UTC)


def test_a_submission_takes_what_is_ticked_in_its_own_question() -> None:
    options = [{"value": "0"}, {"value": "3"}]
    values = {
        "round:17:choose": {"choose": {"selected_options": options}},
        "round:18:choose": {"choose": {"selected_options": [{"value": "1"}]}},
    }
    assert click(body("17", state={"values": values})).given == {0, 3}


def test_nothing_ticked_is_an_empty_answer() -> None:
    assert click(body("17")).given == frozenset()


@pytest.mark.parametrize("value", ["", "x", "-1:0", "1:-1", "1:1:1", "9" * 30, "1: 2", "٣:٤", "1:²", "1.0:1"])
def test_a_value_that_is_none_of_ours_is_refused(value: str) -> None:
    with pytest.raises(BadInput):
        click(body(value))


@given(st.text(max_size=40))
def test_no_value_breaks_it(value: str) -> None:
    try:
        clicked = click(body(value))
    except BadInput:
        return
    assert 0 <= clicked.round_id < 2**63


@pytest.mark.parametrize("stamp", ["", "x", "1.x", "-5.0", "99999999999999.0"])
def test_a_time_that_is_none_is_refused(stamp: str) -> None:
    with pytest.raises(BadInput):
        inbound.moment(stamp)


def test_a_reaction_says_which_choice_and_whether_it_was_put_on() -> None:
    item = {"type": "message", "channel": "C1", "ts": "1.5"}
    event = {"type": "reaction_removed", "user": "U1", "reaction": "two", "item": item, "event_ts": "1772524800.5"}
    reaction = inbound.reaction(event)
    assert reaction
    assert (reaction.channel, reaction.message_ref, reaction.position, reaction.on) == ("C1", "1.5", 1, False)
    assert reaction.at == datetime(2026, 3, 3, 8, 0, 0, 500_000, tzinfo=UTC)


@pytest.mark.parametrize(("name", "kind"), [("tada", "message"), ("one", "file")])
def test_other_reactions_mean_nothing(name: str, kind: str) -> None:
    item = {"type": kind, "channel": "C1", "ts": "1.5"}
    event = {"type": "reaction_added", "user": "U1", "reaction": name, "item": item, "event_ts": "1.0"}
    assert inbound.reaction(event) is None


def test_every_choice_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS)) == len(SIGNS) >= MAX_CHOICES
    assert [position(sign(at).strip(":")) for at in range(MAX_CHOICES)] == list(range(MAX_CHOICES))
    assert MOST_SEEDED == 23


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("daily set 09:00 Europe/Berlin", "/quiz daily set 09:00 Europe/Berlin"),
        ("", "/quiz "),
        ("a &lt;b&gt; &amp; c", "/quiz a <b> & c"),
        ("host add <@U123|ada> here", "/quiz host add @U123 here"),
        ("team map <!subteam^S1|@owls> “Night Owls”", '/quiz team map &S1 "Night Owls"'),
    ],
)
def test_a_command_reads_as_it_was_typed(text: str, command: str) -> None:
    assert inbound.command_text({"text": text}) == command


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ({"team": {"id": "T1"}, "user": {"id": "U1"}}, ("T1", "U1")),
        ({"team": None, "user": {"id": "U1", "team_id": "T2"}}, ("T2", "U1")),
        ({"team": {"domain": "x"}, "user": {"id": "U1"}}, ("", "U1")),
        ({"team": "T1", "user": {"id": "U1"}}, ("T1", "U1")),
        ({"team_id": "T1", "user_id": "U1", "command": "/quiz"}, ("T1", "U1")),
        ({"team_id": "T1", "event": {"user": "U1"}}, ("T1", "U1")),
        ({"team_id": "T1", "event": {"user": {"id": "U1"}}}, ("T1", "")),
        ({}, ("", "")),
    ],
)
def test_whose_a_payload_is_is_read_from_every_kind(body: dict[str, Any], who: tuple[str, str]) -> None:
    assert inbound.whose(body) == who
