"""What Discord sends becomes what the core understands."""

import re
from datetime import UTC, datetime
from random import Random

import pytest

from adapters.discord import inbound
from adapters.discord.controls import answer_in, components, position_of, round_in, sign
from adapters.discord.fitting import length
from bot.domain.commands import ValueSource
from bot.domain.identity import Space
from bot.domain.views import ControlKind, Controls, OptionView

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ID = str(inbound.snowflake(AT) + 77)
SPACE = Space(id=1, adapter="discord", external_id="9", name="Study group", league_id=2)


def interaction(kind=inbound.COMPONENT, *, guild="9", **data):
    user = {"id": "5", "username": "ada", "global_name": "Ada L."}
    who = {"member": {"user": user, "nick": None, "permissions": "32", "roles": ["8"]}} if guild else {"user": user}
    where = {"guild_id": guild} if guild else {}
    return {"id": ID, "token": "t", "type": kind, "channel_id": "7", "data": data} | who | where


def test_the_time_of_a_click_is_in_its_id():
    assert inbound.origin(interaction()).at == AT
    assert inbound.origin(interaction()).caller(SPACE).member.acted_at == AT


def test_an_id_of_a_time_is_the_smallest():
    assert inbound.moment(str(inbound.snowflake(AT))) == AT
    assert inbound.moment(str(inbound.snowflake(AT) - 1)) < AT


@pytest.mark.parametrize(
    ("nick", "shown", "name"), [("Countess", "Ada L.", "Countess"), (None, "Ada L.", "Ada L."), (None, None, "ada")]
)
def test_people_go_by_the_name_that_the_server_knows(nick, shown, name):
    assert inbound.name_of({"username": "ada", "global_name": shown}, {"nick": nick}) == name


@pytest.mark.parametrize(("may", "manages"), [("8", True), ("32", True), ("40", True), ("2048", False), ("0", False)])
def test_managers_are_those_whom_discord_calls_so(may, manages):
    one = interaction()
    one["member"]["permissions"] = may
    assert inbound.origin(one).manages is manages


def test_in_a_direct_message_nobody_manages():
    who = inbound.origin(interaction(guild=None))
    assert (who.guild, who.manages, who.user) == (None, False, "5")


def test_a_button_means_its_position():
    assert inbound.answer(interaction(custom_id="answer:12:3")) == (12, frozenset({3}))


def test_a_menu_means_all_its_values():
    assert inbound.answer(interaction(custom_id="answers:12", values=["0", "2"])) == (12, frozenset({0, 2}))


@pytest.mark.parametrize(
    "custom_id",
    ["", "answer", "answer:", "answer:1", "answer:1:", "answer:1:x", "answer:-1:0", "answer:1:999", "answers:1:2",
     f"answer:{2**63}:0", "answer:99999999999999999999:0", "answer:1:0 ", " answer:1:0", "answer:1:0\n", "answer:١:0"],
)  # fmt: skip
def test_what_nobody_gave_out_means_nothing(custom_id):
    assert answer_in(custom_id, ()) is None


def test_values_that_nobody_gave_out_mean_nothing():
    assert answer_in("answers:1", ["0", "x"]) is None


def test_a_thousand_random_ids_mean_nothing_or_a_number():
    random = Random(1)
    for _number in range(1_000):
        text = "answer" + "".join(random.choices("0123456789:s-x ", k=random.randint(0, 30)))
        found = answer_in(text, ())
        assert found is None or re.fullmatch(r"answers?:\d+(:\d+)?", text)


def test_a_choice_in_a_menu_is_cut_as_discord_counts():
    options = [OptionView(letter="A", text="😀" * 90), OptionView(letter="B", text="b")]
    (row,) = components(Controls(kind=ControlKind.SELECT, round_id=1, fewest=1, most=2), options)
    label = row["components"][0]["options"][0]["label"]
    assert label.endswith("…")
    assert length(label) <= 100


@pytest.mark.parametrize("first_counts", [False, True])
@pytest.mark.parametrize("kind", [ControlKind.BUTTONS, ControlKind.SELECT])
def test_a_round_is_found_again_in_its_controls(kind, first_counts):
    options = [OptionView(letter=letter, text=letter) for letter in "ABCDEFG"]
    rows = components(Controls(kind=kind, round_id=2**63 - 1, fewest=1, most=2, first_counts=first_counts), options)
    assert round_in(rows) == 2**63 - 1
    assert all(len(control["custom_id"]) <= 100 for row in rows for control in row["components"])


def test_signs_and_positions_are_each_others():
    assert [position_of(sign(position)) for position in range(26)] == list(range(26))
    assert [position_of(other) for other in ("🦆", "", "A", "🇦🇧", "ab")] == [None] * 5


def test_a_command_has_its_options_as_text():
    options = [
        {"name": "topic", "type": 3, "value": " metrics "},
        {"name": "count", "type": 4, "value": 3},
        {"name": "private", "type": 5, "value": True},
    ]
    command = inbound.command(interaction(inbound.COMMAND, name="quiz", options=options))
    assert (command.name, command.options) == ("quiz", {"topic": "metrics", "count": "3", "private": "true"})


def test_a_command_in_a_group_is_named_with_it():
    inner = [{"name": "name", "type": 3, "value": "Owls"}]
    options = [{"name": "join", "type": 1, "options": inner}]
    command = inbound.command(interaction(inbound.COMMAND, name="team", options=options))
    assert (command.name, command.options) == ("team join", {"name": "Owls"})


@pytest.mark.parametrize(
    ("name", "sub", "field", "source"),
    [
        ("team", "join", "name", ValueSource.TEAMS),
        ("bank", "review", "name", ValueSource.BANKS),
        ("daily", "set", "zone", ValueSource.ZONES),
    ],
)
def test_the_option_that_is_being_typed_says_where_its_values_come_from(name, sub, field, source):
    inner = [{"name": "other", "type": 3, "value": "x"}, {"name": field, "type": 3, "value": "Ber", "focused": True}]
    options = [{"name": sub, "type": 1, "options": inner}]
    option, typed = inbound.completion(interaction(inbound.AUTOCOMPLETE, name=name, options=options))
    assert (option.name, option.completed_from, typed) == (field, source, "Ber")


def test_nothing_is_offered_for_what_the_table_does_not_know():
    """A client may still have the commands of an older version."""
    focused = [{"name": "colour", "type": 3, "value": "r", "focused": True}]
    for name in ("quiz", "gone"):
        assert inbound.completion(interaction(inbound.AUTOCOMPLETE, name=name, options=focused)) is None


def test_without_a_focus_nothing_is_being_typed():
    assert inbound.completion(interaction(inbound.AUTOCOMPLETE, name="quiz")) is None


def test_an_answer_tells_since_when_the_account_exists_and_is_here():
    one = interaction(custom_id="answer:12:3")
    one["member"]["user"]["id"] = str(inbound.snowflake(AT) + 5)
    one["member"]["joined_at"] = "2026-03-01T08:00:00.000000+00:00"
    submitted = inbound.submission(inbound.origin(one), SPACE, 12, frozenset({3}))
    assert (submitted.account_since, submitted.joined_at) == (AT, datetime(2026, 3, 1, 8, tzinfo=UTC))


def test_of_a_guest_discord_does_not_tell_since_when():
    one = interaction(custom_id="answer:12:3")
    one["member"]["joined_at"] = None
    assert inbound.origin(one).joined_at is None
    assert inbound.origin(interaction(guild=None)).joined_at is None
