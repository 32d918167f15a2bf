"""The tables. Migrations in ``migrations/`` make them; a test compares the two."""

from bot.storage.tables.base import metadata
from bot.storage.tables.leagues import (
    closed_channels,
    former_leagues,
    hosts,
    in_charge,
    league_requests,
    leagues,
    season_names,
    seasons,
    spaces,
)
from bot.storage.tables.people import (
    codes,
    later_players,
    link_wishes,
    members,
    players,
    team_groups,
    team_members,
    teams,
)
from bot.storage.tables.posts import audit, post_names, posts
from bot.storage.tables.questions import (
    banks,
    choice_images,
    images,
    questions,
    readings,
    revisions,
    suggestions,
    waiting_imports,
)
from bot.storage.tables.rounds import answers, rounds, series, set_aside, shared_questions, totals

__all__ = [
    "answers",
    "audit",
    "banks",
    "choice_images",
    "closed_channels",
    "codes",
    "former_leagues",
    "hosts",
    "images",
    "in_charge",
    "later_players",
    "league_requests",
    "leagues",
    "link_wishes",
    "members",
    "metadata",
    "players",
    "post_names",
    "posts",
    "questions",
    "readings",
    "revisions",
    "rounds",
    "season_names",
    "seasons",
    "series",
    "set_aside",
    "shared_questions",
    "spaces",
    "suggestions",
    "team_groups",
    "team_members",
    "teams",
    "totals",
    "waiting_imports",
]
