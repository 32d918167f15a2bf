"""The slash commands, as they are registered with Discord."""

from collections.abc import Sequence

from adapters.discord.controls import Json
from bot.domain.league_options import CHANNELS, THEMES
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import WEEKDAYS
from bot.domain.standings import Ranked, Window
from bot.i18n import gettext as _
from bot.services.asking import MOST_AT_ONCE
from bot.services.team_draw import MOST_TEAMS

_SUB, _STRING, _INTEGER, _BOOLEAN, _USER, _ROLE, _FILE = 1, 3, 4, 5, 6, 8, 11
_IN_SERVERS, _IN_DIRECT_MESSAGES = 0, 1
_INSTALLED_IN_SERVERS = 0
_MANAGE_SERVER = str(1 << 5)
_DIFFICULTIES = ("easy", "medium", "hard")


def commands() -> list[Json]:
    """All commands, described in the current language."""
    return [
        _command("quiz", _("Ask a question now"), _quiz_options()),
        _command(
            "leaderboard",
            _("Who leads"),
            [
                _option("window", _("Over which time (this week unless told)"), one_of=tuple(Window)),
                _option("by", _("Players or teams"), one_of=tuple(Ranked)),
            ],
        ),
        _command(
            "stats",
            _("Accuracy by topic, and the streak"),
            [_option("member", _("Whom to look at (yourself unless told)"), _USER)],
        ),
        _command("team", _("Teams"), _team()),
        _command("league", _("The league of this place"), _league()),
        _command(
            "link",
            _("One player, several accounts: get a code, or type the one of your other account"),
            [_option("code", _("What your other account was given"))],
        ),
        _command("unlink", _("Let this account be a player of its own again")),
        _command("daily", _("The daily question of this channel"), _daily(), manage=True),
        _command("bank", _("Question banks"), _bank(), manage=True),
        _command("privacy", _("What is stored about you"), _privacy(), direct=True),
        _command("help", _("What you can type"), direct=True),
    ]


def _command(
    name: str, description: str, options: Sequence[Json] = (), *, manage: bool = False, direct: bool = False
) -> Json:
    return {
        "type": 1,
        "name": name,
        "description": description,
        "options": list(options),
        "default_member_permissions": _MANAGE_SERVER if manage else None,
        "contexts": [_IN_SERVERS, _IN_DIRECT_MESSAGES] if direct else [_IN_SERVERS],
        "integration_types": [_INSTALLED_IN_SERVERS],
    }


def _sub(name: str, description: str, *options: Json) -> Json:
    return {"type": _SUB, "name": name, "description": description, "options": list(options)}


def _option(
    name: str,
    description: str,
    kind: int = _STRING,
    *,
    required: bool = False,
    completed: bool = False,
    one_of: Sequence[str] = (),
) -> Json:
    option: Json = {"type": kind, "name": name, "description": description, "required": required}
    if completed:
        option["autocomplete"] = True
    if one_of:
        option["choices"] = [{"name": word.replace("_", " "), "value": str(word)} for word in one_of]
    return option


def _quiz_options() -> list[Json]:
    return [
        _option("topic", _("What it is about"), completed=True),
        _option("difficulty", _("How hard it is, where the bank says so"), one_of=_DIFFICULTIES),
        _option("count", _("How many questions (one unless told)"), _INTEGER)
        | {"min_value": 1, "max_value": MOST_AT_ONCE},
        _option("private", _("For you alone"), _BOOLEAN),
    ]


def _team() -> list[Json]:
    return [
        _sub("create", _("Found a team"), _option("name", _("What it is called"), required=True)),
        _sub("join", _("Play for a team"), _option("name", _("Which one"), required=True, completed=True)),
        _sub("leave", _("Leave your team")),
        _sub(
            "map",
            _("Let a role stand for a team (for admins)"),
            _option("group", _("Whoever has this role …"), _ROLE, required=True),
            _option("name", _("… plays for this team; none: the role stands for no team any more"), completed=True),
        ),
        _sub(
            "draw",
            _("Draw teams that are as strong as each other (for admins)"),
            _option("teams", _("How many"), _INTEGER, required=True) | {"min_value": 2, "max_value": MOST_TEAMS},
            _option("confirm", _("Draw them now, as they were shown"), _BOOLEAN),
            _option("prefix", _("The first word of their names instead of Team")),
        ),
        _sub("list", _("The teams and who is in them")),
    ]


def _daily() -> list[Json]:
    name = _option("name", _("Which one, where it has a name (all of this channel unless told)"))
    return [
        _sub("set", _("A question every day in this channel"), *_series_options()),
        _sub("preview", _("When it would come, before you set it"), *_series_options()),
        _sub("show", _("What is set in this channel"), name),
        _sub(
            "pause",
            _("Ask nothing until it is resumed"),
            name,
            _option("until", _("The date on which it goes on by itself, like 2027-01-07")),
        ),
        _sub("resume", _("Go on asking"), name),
        _sub("now", _("Ask the next question at once"), name),
        _sub("stop", _("End it; points and past questions stay"), name),
    ]


def _series_options() -> list[Json]:
    return [
        _option("time", _("Local time, like 09:00"), required=True),
        _option("zone", _("Time zone, like Europe/Berlin"), required=True, completed=True),
        _option("days", _("On some weekdays only, like mon-fri or mon,wed")),
        _option("every", _("Every so many days, like 2 for every second day")),
        _option("holidays", _("Dates to leave out, like 2026-12-24..2027-01-06,2027-04-02")),
        _option("name", _("A word that tells it from other series of this channel")),
        _option("bank", _("From one bank only"), completed=True),
        _option("topic", _("On one topic only"), completed=True),
        _option("weights", _("Shares of topics, like data:20,modeling:36")),
        _option("difficulty", _("easy, medium, hard, adaptive, or a mix like easy:50,hard:50")),
        _option("answer_with", _("How people answer (buttons unless told)"), one_of=tuple(AnswerWith)),
        _option("reveal", _("When people learn the verdict (at once unless told)"), one_of=tuple(Reveal)),
        _option("close_after", _("How long it stays open, like 30m, 8h or 1d (until the next one unless told)")),
        _option("thread", _("Open a thread under each question to talk about it"), one_of=("yes", "no")),
        _option("together", _("Series of your league with the same word here ask the same question")),
    ]


def _league() -> list[Json]:
    code = _option("code", _("What those who invite you were given"), required=True)
    which = _option("name", _("Which place, where several asked"))
    return [
        _sub("show", _("Who shares your league, and what it agreed on")),
        _sub("invite", _("A code with which another place can join your league (for admins)")),
        _sub("join", _("Play in the league of another place (for admins)"), code),
        _sub("confirm", _("Let a place that asked play in your league (for admins)"), which),
        _sub("decline", _("Don't let it (for admins)"), which),
        _sub("leave", _("Take this place out of its league; its points go along (for admins)")),
        _sub("set", _("What the league agrees on (for admins)"), *_league_options()),
        _sub(
            "season",
            _("The season that runs, and those before; admins begin and end them"),
            _option("action", _("What to do (show unless told)"), one_of=("show", "start", "end")),
            _option("name", _("What the new season is called")),
        ),
        _sub(
            "public",
            _("A link with which everybody can read the standings (for admins)"),
            _option("show", _("on or off"), required=True, one_of=("on", "off")),
        ),
    ]


def _league_options() -> list[Json]:
    return [
        _option("account_age", _("How old an account must be to answer, like 7d; 0 for any")),
        _option("join_age", _("How long somebody must have been here to answer, like 1d; 0 for any")),
        _option("team_race_on_demand", _("Whether /quiz counts in the teams' race"), one_of=("yes", "no")),
        _option("card", _("How the weekly card looks"), one_of=THEMES),
        _option("weekly_day", _("On which day last week's leaderboard is posted"), one_of=WEEKDAYS),
        _option("weekly_time", _("When, like 09:00, in the league's time zone")),
        _option("weekly_channel", _("In this channel, or where the daily question is"), one_of=CHANNELS),
    ]


def _bank() -> list[Json]:
    return [
        _sub("list", _("The banks and how many questions are ready")),
        _sub(
            "import", _("Bring your own questions"), _option("file", _("A file of up to 10 MB"), _FILE, required=True)
        ),
        _sub(
            "review",
            _("Questions that aren't asked, and why"),
            _option("name", _("Which bank"), required=True, completed=True),
        ),
    ]


def _privacy() -> list[Json]:
    return [
        _sub("export", _("Everything stored about you")),
        _sub("delete", _("Forget you for good: name, answers, points")),
        _sub(
            "race",
            _("Whether results may name you among the fastest"),
            _option("show", _("on or off (how it is now unless told)"), one_of=("on", "off")),
        ),
    ]
