"""Hints are spelled as they are typed here."""

import pytest

from adapters.discord.hints import respelled


@pytest.mark.parametrize(
    ("elsewhere", "here"),
    [
        ("Set one: /quiz daily set 09:00 Europe/Berlin", "Set one: /daily set time:09:00 zone:Europe/Berlin"),
        ("study: `/quiz daily set 09:00 Europe/Berlin`. Any", "study: `/daily set time:09:00 zone:Europe/Berlin`. Any"),
        (
            "Set it: `/quiz daily set 9:00 America/New_York days=mon,tue topic='deep nets'`",
            "Set it: `/daily set time:9:00 zone:America/New_York days:mon,tue topic:deep nets`",
        ),
        ("Paused. /quiz daily resume goes on.", "Paused. /daily resume goes on."),
        ("Found one: /quiz team create NAME", "Found one: /team create name:NAME"),
        ("Join it: /quiz team join The Owls", "Join it: /team join name:The Owls"),
        ("How many teams? /quiz team draw 3", "How many teams? /team draw teams:3"),
        ("today: `/quiz team draw 3 confirm`", "today: `/team draw teams:3 confirm:True`"),
        ("today: `/quiz team draw 3 confirm House`", "today: `/team draw teams:3 confirm:True prefix:House`"),
        ("Begin one: /quiz league season start NAME", "Begin one: /league season action:start name:NAME"),
        ("Which bank? /quiz bank review NAME", "Which bank? /bank review name:NAME"),
        ("a look: `/bank review my exam`", "a look: `/bank review name:my exam`"),
        ("import some: /quiz bank import", "import some: /bank import"),
        ("a question now; /quiz TOPIC asks", "a question now; /quiz topic:TOPIC asks"),
        ("`/quiz leaderboard` leads", "`/leaderboard` leads"),
        ("Everybody sees their own figures only: /quiz stats", "Everybody sees their own figures only: /stats"),
        ("`/quiz privacy export` everything", "`/privacy export` everything"),
        ("type:\n\n`/quiz league join 7QJ2-0XKD-1111-2222`", "type:\n\n`/league join code:7QJ2-0XKD-1111-2222`"),
        ("Which code? /quiz league join CODE. Those", "Which code? /league join code:CODE. Those"),
        ("Say which: /quiz league confirm NAME", "Say which: /league confirm name:NAME"),
        ("`/quiz league confirm`, or", "`/league confirm`, or"),
        ("Change it: /quiz league set account_age=7d card=dark", "Change it: /league set account_age:7d card:dark"),
        ("type `/quiz link 7QJ2-0XKD-1111`", "type `/link code:7QJ2-0XKD-1111`"),
        ("with one: /quiz link", "with one: /link"),
        ("`/quiz unlink` undoes", "`/unlink` undoes"),
        ("Would you rather not? /quiz privacy race off", "Would you rather not? /privacy race show:off"),
        ("Be the first: /quiz", "Be the first: /quiz"),
        ("Try /quiz for a first question!", "Try /quiz for a first question!"),
        ("nothing to type", "nothing to type"),
    ],
)
def test_a_hint_names_the_slash_command(elsewhere, here):
    assert respelled(elsewhere) == here


def test_a_hint_that_names_the_slash_command_stays():
    assert respelled(respelled("Join it: /quiz team join The Owls")) == "Join it: /team join name:The Owls"
