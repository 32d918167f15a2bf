"""Nothing is left out when people and spaces are forgotten: neither a column of a person nor a table of a space."""

import re

import pytest
import sqlalchemy as sa

from bot.storage import tables as t
from bot.storage.forgetting.people import BLANKED, NAMING_A_PLAYER, OF_A_PLAYER, OF_AN_ACCOUNT
from bot.storage.forgetting.spaces import OF_A_SPACE
from bot.storage.types import Instant

LISTED = {
    *OF_A_PLAYER,
    *OF_AN_ACCOUNT,
    *NAMING_A_PLAYER,
    *(column.table.c[name] for column, blank in BLANKED for name in blank),
}
OF_SOMEBODY = re.compile(r"player|member|account|person|people|user|author|actor|host|ask|private|external|name|by$")
ELSEWHERE = {
    "a row of the person's own, which `forget_lost_accounts` or `forget_player` deletes": {
        "players.id",
        "players.name",
        "members.player_id",
        "members.external_id",
        "members.name",
    },
    "a step of linking, deleted once it leads to nobody": {"later_players.player_id", "later_players.later_id"},
    "goes with the answer's player": {"answers.account"},
    "a number that leads to nobody any more": {"audit.actor"},
    "a space's or a group's id on a platform": {"spaces.external_id", "team_groups.external_id", "hosts.group_id"},
    "a space or a process": {"teams.brought_by", "posts.claimed_by"},
    "a rule of a league": {"leagues.min_account_days"},
    "what a thing is called": {
        "banks.name",
        "banks.folded_name",
        "leagues.name",
        "readings.name",
        "readings.folded_name",
        "seasons.name",
        "series.name",
        "shared_questions.name",
        "spaces.name",
        "teams.name",
        "teams.folded_name",
        "teams.own_name",
    },
}


def may_hold_somebody(column):
    """Whether a column refers to players or accounts, or is called as if it named somebody."""
    refers = any(key.column.table in {t.players, t.members} for key in column.foreign_keys)
    says_little = isinstance(column.type, sa.Boolean | Instant)
    return refers or column is t.players.c.id or (bool(OF_SOMEBODY.search(column.name)) and not says_little)


def left_out(metadata):
    holds = [column for table in metadata.sorted_tables for column in table.c if may_hold_somebody(column)]
    elsewhere = set().union(*ELSEWHERE.values())
    return {str(column) for column in holds if column not in LISTED} - elsewhere


def test_every_column_that_may_hold_somebody_is_forgotten():
    """Add a new one to a tuple in `bot.storage.forgetting.people`, or give a reason here."""
    assert left_out(t.metadata) == set()


def test_no_reason_is_given_for_a_column_that_is_gone():
    known = {str(column) for table in t.metadata.sorted_tables for column in table.c}
    assert set().union(*ELSEWHERE.values()) - known == set()


@pytest.mark.parametrize("name", ["player_id", "reported_by", "member", "nickname", "private_to"])
def test_a_column_that_was_left_out_is_noticed(name):
    metadata = sa.MetaData()
    sa.Table("reports", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column(name, sa.Text))
    assert left_out(metadata) == {f"reports.{name}"}


def test_a_reference_to_players_is_noticed_whatever_it_is_called():
    column = sa.Column("whose", sa.ForeignKey(t.players.c.id))
    sa.Table("reports", sa.MetaData(), column)
    assert may_hold_somebody(column)


def test_every_table_of_a_space_is_deleted_with_it():
    """A team and a bank may stay: they lose the space instead."""
    of_spaces = {
        column.table for table in t.metadata.sorted_tables for column in table.c if column.references(t.spaces.c.id)
    }
    assert of_spaces - {t.teams, t.banks} == set(OF_A_SPACE)
