"""Typed commands, as a table of what is said and what is understood."""

import pytest

from bot.domain.errors import BadInput
from bot.domain.typed import typed
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import is_command, parse_command

UNDERSTOOD = [
    ("/quiz", "quiz", {}),
    ("/QUIZ", "quiz", {}),
    ("  /quiz  ", "quiz", {}),
    ("/quiz feature engineering", "quiz", {"topic": "feature engineering"}),
    ('/quiz "feature engineering"', "quiz", {"topic": "feature engineering"}),
    ("/quiz What's up", "quiz", {"topic": "What's up"}),
    ("/quiz Übung", "quiz", {"topic": "Übung"}),
    (
        "/quiz topic=s3 difficulty=hard count=2 private=yes",
        "quiz",
        {"topic": "s3", "difficulty": "hard", "count": "2", "private": "yes"},
    ),
    ("/quiz leaderboard", "leaderboard", {}),
    ("/leaderboard", "leaderboard", {}),
    ("/quiz leaderboard week team", "leaderboard", {"window": "week", "by": "team"}),
    ("/quiz leaderboard Teams ALL", "leaderboard", {"window": "all", "by": "team"}),
    ("/leaderboard window=month by=player", "leaderboard", {"window": "month", "by": "player"}),
    ("/quiz stats", "stats", {}),
    ("/help", "help", {}),
    ("/quiz help", "help", {}),
    ("/team", "team list", {}),
    ("/quiz team join Night Owls", "team join", {"name": "Night Owls"}),
    ("/quiz team join name=Owls", "team join", {"name": "Owls"}),
    ('/team create "Night Owls"', "team create", {"name": "Night Owls"}),
    ("/quiz team leave", "team leave", {}),
    ("/daily", "daily show", {}),
    ("/quiz daily set 09:00 Europe/Berlin", "daily set", {"time": "09:00", "zone": "Europe/Berlin"}),
    (
        '/quiz daily set 9:00 UTC answer_with=reactions days=mon,tue bank="My bank" close_after=8h',
        "daily set",
        {
            "time": "9:00",
            "zone": "UTC",
            "answer_with": "reactions",
            "days": "mon,tue",
            "bank": "My bank",
            "close_after": "8h",
        },
    ),
    ("/daily set time=09:00 UTC", "daily set", {"time": "09:00", "zone": "UTC"}),
    ("/daily set TIME=09:00 zone=Etc/GMT+1", "daily set", {"time": "09:00", "zone": "Etc/GMT+1"}),
    ("/daily now", "daily now", {}),
    ("/daily preview 9:00 UTC every=2", "daily preview", {"time": "9:00", "zone": "UTC", "every": "2"}),
    ("/daily pause until=2027-01-07 NAME=x", "daily pause", {"until": "2027-01-07", "name": "x"}),
    ("/daily stop name=evening", "daily stop", {"name": "evening"}),
    ("/bank", "bank list", {}),
    ("/quiz bank review Exam dump", "bank review", {"name": "Exam dump"}),
    ("/privacy", "privacy export", {}),
    ("/quiz privacy delete", "privacy delete", {}),
    ("/quiz reminders", "reminders", {}),
    ("/reminders off", "reminders", {"turn": "off"}),
    ("/quiz digest", "digest", {}),
    ("/digest on", "digest", {"turn": "on"}),
    ("/quiz privacy race", "privacy race", {}),
    ("/quiz privacy race off", "privacy race", {"show": "off"}),
    ("/privacy race show=on", "privacy race", {"show": "on"}),
    ("/quiz topic=s3 storage", "quiz", {"topic": "s3 storage"}),
    ("/quiz feature difficulty=hard engineering", "quiz", {"topic": "feature engineering", "difficulty": "hard"}),
    ("/quiz a=b", "quiz", {"topic": "a=b"}),
    ("/quiz team join name=Night Owls", "team join", {"name": "Night Owls"}),
    ("/quiz team join Night name=Owls", "team join", {"name": "Night name=Owls"}),
    ("/quiz team draw 3", "team draw", {"teams": "3"}),
    (
        "/quiz team draw House 3 Confirm Park 2",
        "team draw",
        {"teams": "3", "confirm": "yes", "prefix": "House Park 2"},
    ),
    ("/team draw teams=3 prefix=House", "team draw", {"teams": "3", "prefix": "House"}),
    ("/team map @owls Night Owls", "team map", {"group": "@owls", "name": "Night Owls"}),
    ("/team map @owls", "team map", {"group": "@owls"}),
    ("/league", "league show", {}),
    ("/league join 7QJ2 0XKD-1111", "league join", {"code": "7QJ20XKD-1111"}),
    ("/link code=7QJ2 0XKD", "link", {"code": "7QJ20XKD"}),
    ("/unlink now", "unlink", {}),
    ("/league season start Winter term", "league season", {"action": "start", "name": "Winter term"}),
    ("/league season", "league season", {}),
    ("/league public ON please", "league public", {"show": "ON"}),
    ("/league set weekly=monday 09:00 card=dark", "league set", {"weekly": "monday 09:00", "card": "dark"}),
    ("/quiz bank import My bank", "bank import", {"name": "My bank"}),
    ("/night start count:10 seconds=30 Topic:s3", "night start", {"count": "10", "seconds": "30", "topic": "s3"}),
    ("/quiz daily set time:09:00 zone:Etc/GMT+1", "daily set", {"time": "09:00", "zone": "Etc/GMT+1"}),
    ('/daily set 9:00 UTC bank:"My bank"', "daily set", {"time": "9:00", "zone": "UTC", "bank": "My bank"}),
    ("/quiz a:b", "quiz", {"topic": "a:b"}),
    ("/quiz topic=a:b", "quiz", {"topic": "a:b"}),
    ("/quiz topic:a=b storage", "quiz", {"topic": "a=b storage"}),
    ("/quiz the topic: storage", "quiz", {"topic": "the topic: storage"}),
    ("/quiz team join Night name:Owls", "team join", {"name": "Night name:Owls"}),
]

REFUSED = [
    ("/", "I don't know “/”"),
    ("/quizzes", "I don't know “/quizzes”"),
    ("/team fly", "“team fly” isn't a command. There are: team create"),
    ("/quiz daily tomorrow", "There are: daily set"),
    ("/quiz daily set 09:00 UTC what", "I don't understand “what”"),
    ("/quiz daily set colour=red", "“colour” isn't an option"),
    ("/quiz league set card=dark 09:00", "I don't understand “09:00”. Write options like card=dark."),
    ("/quiz league set weekly=monday foo=bar", "“foo” isn't an option. There are: account_age, join_age"),
    ("/quiz daily stop evening", "I don't understand “evening”. Write options like name=evening."),
    ("/quiz stats member=ada", "You can only see your own figures: /quiz stats"),
    ("/quiz leaderboard decade", "“decade” isn't a window"),
    ("/quiz leaderboard window=decade", "“decade” isn't a window"),
    ("/quiz leaderboard window:decade", "“decade” isn't a window"),
    ("/quiz privacy forget", "There are: privacy export, privacy delete"),
]


@pytest.mark.parametrize(("text", "name", "options"), UNDERSTOOD, ids=[text for text, *_ in UNDERSTOOD])
def test_what_is_understood(text, name, options):
    command = parse_command(text)
    assert (command.name, command.options) == (name, options)


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_refused_says_what_there_is(text, message):
    with pytest.raises(BadInput) as refused:
        parse_command(text)
    assert message in str(refused.value)


BY_NAME = [(command, option) for command in COMMANDS.values() for option in command.typed_options]


@pytest.mark.parametrize(("command", "option"), BY_NAME, ids=[f"{one.name} {option.name}" for one, option in BY_NAME])
def test_a_colon_after_an_options_name_is_as_good_as_an_equals_sign(command, option):
    value = option.choices[0] if option.choices else "7"
    given = parse_command(f"/quiz {command.name.removeprefix('quiz')} {option.name}:{value}")
    assert (given.name, given.options) == (command.name, {option.name: value})


def test_only_a_slash_makes_a_command():
    assert is_command("  /quiz")
    assert not is_command("either/or")
    assert not is_command("")


def test_signs_that_would_make_a_command_of_what_is_typed_are_taken_out():
    assert parse_command(f"/quiz team join {typed('daily stop')}").options == {"name": "daily stop"}
