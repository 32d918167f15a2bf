"""Hosts decide about seasons, teams, the weekly post, other spaces and the public link on a page."""

import re
from typing import Any

import pytest

from bot.services.leagues.spaces import ensure_space
from bot.testing import Conversation

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


@pytest.fixture
async def ada(room: OpenRoom) -> Person:
    ada = await room.person("Ada")
    await ada.get("/hosting/league")
    return ada


async def does(person: Person, do: str, **fields: str) -> int:
    return int((await person.post("/hosting/league", {"do": do, **fields})).status)


def beside(person: Person, field: str) -> str:
    """What is said to be wrong in a field."""
    assert f'aria-describedby="wrong-{field}"' in person.page or f" wrong-{field}" in person.page
    return re.sub("<[^>]+>", "", person.page.split(f'id="wrong-{field}"')[1].split("</p>")[0])


async def test_a_season_begins_and_ends_after_being_asked_about(ada: Person) -> None:
    assert "Season 1" in ada.text
    await does(ada, "season", season="Winter <b>term</b>")
    assert "Winter <b>term</b> is on:" in ada.text
    await ada.get("/hosting/league/ask?do=season-end")
    assert "Today will be the last day of Winter <b>term</b>." in ada.text
    await does(ada, "season-end")
    assert "Winter <b>term</b> ends today." in ada.text
    assert "No season is running." in ada.text
    await ada.get("/hosting/league/ask?do=season-end")
    assert "No season is running." in ada.text
    assert await does(ada, "season-end") == 400
    assert "No season is running." in ada.text
    assert await does(ada, "season", season="x" * 41) == 400
    assert "1 to 40 characters" in beside(ada, "season")
    assert "x" * 41 in ada.page
    assert await does(ada, "season", season="x" * 6_001) == 400
    assert "That is too long" in beside(ada, "season")


async def test_teams_are_made_joined_left_and_drawn_in_two_steps(room: OpenRoom, ada: Person) -> None:
    await does(ada, "team", team="Owls")
    assert "Team Owls is created, and you are in it." in ada.text
    assert "Leave it : Owls" in ada.text
    assert await does(ada, "team", team="0wls") == 400
    assert "Owls" in beside(ada, "team")
    await does(ada, "team-leave")
    assert "You left Owls." in ada.text
    await does(ada, "team-join", join_team="Owls")
    assert "You play for Owls now." in ada.text
    assert await does(ada, "draw", teams="many") == 400
    assert "How many teams?" in beside(ada, "teams")
    await ada.say("/quiz metrics")
    await room.deliver()
    round_id = (await room.rounds())[-1]
    for name in ("Bob", "Carl", "Dora"):
        await (await room.person(name)).answer(round_id, 0)
    assert await does(ada, "draw", teams="2") == 200
    assert "Proposed teams" in ada.text
    assert "Make these teams" in ada.text
    await does(ada, "draw-now", teams="2")
    assert "The teams are drawn." in ada.text
    assert "Owls" not in ada.text


async def test_the_weekly_post_and_the_rules_are_saved_or_refused_at_their_field(ada: Person) -> None:
    await does(ada, "weekly", weekly_day="fri", weekly_time="17:45", card="dark")
    assert "The weekly post is saved." in ada.text
    assert '<option value="fri" selected>' in ada.page
    assert 'value="17:45"' in ada.page
    assert await does(ada, "weekly", weekly_day="fri", weekly_time="25:00", card="dark") == 400
    assert "isn't a time of day" in beside(ada, "weekly_time").replace("&#39;", "'")
    rules = {"team_race_on_demand": "yes", "name_unanswered": "yes", "streak_freeze": "yes"}
    await does(ada, "rules", account_age="7", join_age="1", **rules)
    assert "The rules are saved." in ada.text
    for name in rules:
        menu = ada.page.partition(f'name="{name}"')[2].partition("</select>")[0]
        assert re.findall(r'value="(\w+)" selected', menu) == ["yes"]
    assert await does(ada, "rules", account_age="7", join_age="soon", team_race_on_demand="yes") == 400
    assert "isn't a number of days" in beside(ada, "join_age").replace("&#39;", "'")
    assert 'value="soon"' in ada.page


async def test_two_spaces_come_together_and_part_again(room: OpenRoom, ada: Person) -> None:
    other = Conversation(room.app, await ensure_space(room.app, "slack", "T1", "Slack group", "UTC"), is_host=True)
    await does(ada, "invite")
    code = re.search(r"league join ([0-9A-Z-]{9,})", ada.text)
    assert code
    await other.says(f"/league join {code[1]}")
    await ada.get("/hosting/league")
    assert "Slack group asks to play in your league." in ada.text
    await does(ada, "decline", space="Slack group")
    assert "I have told Slack group, kindly." in ada.text
    await does(ada, "invite")
    again = re.search(r"league join ([0-9A-Z-]{9,})", ada.text)
    assert again
    await other.says(f"/league join {again[1]}")
    await does(ada, "confirm", space="Slack group")
    assert "Study room, Slack group" in ada.text
    await ada.get("/hosting/league/ask?do=leave")
    assert "which it shares with 1 space (Slack group)" in ada.text
    await does(ada, "leave")
    assert "This space has its own league again." in ada.text
    assert await does(ada, "code", code="wrong") in {400, 404}
    assert beside(ada, "code")
    code = (await other.says("/league invite")).split("league join ")[1].split("`")[0]
    await does(ada, "code", code=code)
    await ada.get("/hosting/league/ask?do=leave")
    assert "no longer asks to join another league" in ada.text
    await does(ada, "leave")


async def test_the_public_link_is_made_and_closed(room: OpenRoom, ada: Person) -> None:
    await does(ada, "public-on")
    link = re.search(r'id="link" value="[^"]*(/public/[^"]+)"', ada.page)
    assert link
    assert "The public link is made." in ada.text
    stranger = await room.person()
    assert (await stranger.get(link[1])).status == 200
    await does(ada, "public-off")
    assert "The public link is closed." in ada.text
    assert (await stranger.get(link[1])).status == 404


async def test_what_no_form_of_the_page_sends_is_refused(ada: Person) -> None:
    assert await does(ada, "privacy delete") == 400
