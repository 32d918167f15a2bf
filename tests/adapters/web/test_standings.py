"""The standings page: any time, by player, team or question, and for everybody where the host says so."""

import re
from typing import Any

import pytest

from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.services.rounds.asking import ask_now
from bot.services.rounds.closing import close_round

OpenRoom = Any  # the fixture's class: test folders aren't packages


@pytest.fixture
async def played(room: OpenRoom) -> OpenRoom:
    """Ada, who is host, got it; Bob and Cy did not, and Bob has been asked once more."""
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    nobody = Member(space_id=space.id, external_id="nobody", name="Nobody")
    caller = Caller(space=space, channel="study", member=nobody, is_host=False)
    first, second = await ask_now(room.app, caller, count=2)
    await room.deliver()
    room.named = {name: await room.person(name) for name in ("Ada", "Bob", "Cy")}
    for name, person in room.named.items():
        await pick(room, person, first, right=name == "Ada")
    await pick(room, room.named["Bob"], second, right=False)
    for round_ in (first, second):
        await close_round(room.app, round_.id)
    return room


async def pick(room: OpenRoom, person: Any, round_: Any, *, right: bool) -> None:
    picks = sorted(round_.order.index(choice) for choice in round_.key)
    if not right:
        picks = [n for n in range(len(round_.order)) if n not in picks][: len(picks)]
    await person.answer(round_.id, *picks)


def names(page: str) -> list[str]:
    """The second cell of every row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.split("<tbody")[1], re.DOTALL)
    return [re.sub(r"<[^>]+>", "", re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[1]).strip() for row in rows]


async def test_players_stand_by_points_and_the_reader_is_marked(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings")
    assert names(ada.page)[0] == "Ada you"
    assert re.search(r"1\s+Ada\s+you\s+10\s+1\s+1\s+100%", ada.text)


SORTED = {"name": ["Ada", "Bob", "Cy"], "-name": ["Cy", "Bob", "Ada"], "-answered": ["Bob"], "place": ["Ada"]}
"""Who stands first, by what the address asks for."""


async def test_the_table_is_sorted_as_its_address_says(played: OpenRoom) -> None:
    stranger = played.named["Cy"]
    for sort, order in SORTED.items():
        await stranger.get(f"/standings?sort={sort}")
        assert [name.removesuffix(" you") for name in names(stranger.page)][: len(order)] == order, sort
        assert f'aria-sort="{"descending" if sort.startswith("-") else "ascending"}"' in stranger.page, sort


async def test_a_heading_sorts_by_its_column_and_then_the_other_way_round(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings")
    assert "sort=-points" in ada.page
    await ada.get("/standings?sort=-points")
    assert re.search(r"sort=points\b", ada.page)


async def test_questions_stand_by_how_hard_they_were(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings?by=question")
    assert re.search(r"0%\s+1\s+1.*33%\s+3\s+1", ada.text)


async def test_any_week_can_be_asked_for(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings?window=2020-W53")
    assert "28 Dec 2020 to 3 Jan 2021" in ada.text
    assert "No answers in this period yet." in ada.text


async def test_where_there_are_no_teams_it_says_so_until_there_is_one(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings?by=team")
    assert "There are no teams yet. Create one: /quiz team create NAME" in ada.text
    await ada.say("/team create Foxes")
    await ada.get("/standings?by=team&window=2020-W53")
    assert "No answers in this period yet." in ada.text


async def test_an_address_with_a_slip_shows_the_page_all_the_same(played: OpenRoom) -> None:
    for query in ("window=all&by=team", "window=day", "by=nonsense", "sort=nonsense", "page=999", "page=x"):
        assert (await played.named["Ada"].get(f"/standings?{query}")).status == 200, query


async def test_a_time_that_does_not_exist_is_explained(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    for window in ("2026-W77", "season-9", "%27%3B--", "2026-W" + "9" * 400):
        assert (await ada.get(f"/standings?window={window}")).status == 400, window
        assert "That didn't work" in ada.text, window


async def public_link(room: OpenRoom) -> str:
    ada = room.named["Ada"]
    await ada.get("/standings")
    await ada.post("/standings", {"public": "on"})
    return re.search(r'href="[^"]*(/public/[^"]+)"', ada.page)[1]


async def test_a_public_link_shows_the_standings_and_nothing_to_act_on(played: OpenRoom) -> None:
    link = await public_link(played)
    stranger = await played.person()
    response = await stranger.get(link)
    assert names(stranger.page)[0] == "Ada"
    assert "<form" not in stranger.page.replace('<form class="choose" method="get">', "")
    assert "Set-Cookie" not in response.headers
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "/import" not in stranger.page
    assert (await stranger.get(f"{link}?by=question")).status == 200


async def test_a_link_that_was_closed_opens_nothing(played: OpenRoom) -> None:
    link = await public_link(played)
    await played.named["Ada"].post("/standings", {"public": "off"})
    stranger = await played.person()
    assert (await stranger.get(link)).status == 404
    assert (await stranger.get("/public/None")).status == 404


async def test_only_the_host_can_open_the_standings(played: OpenRoom) -> None:
    bob = played.named["Bob"]
    await bob.get("/standings")
    assert "Make a public link" not in bob.text
    await bob.get("/")
    assert (await bob.post("/standings", {"public": "on"})).status == 403


async def test_what_is_neither_on_nor_off_changes_nothing(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings")
    assert (await ada.post("/standings", {"public": "maybe"})).status == 400


async def test_a_week_comes_as_a_card_with_its_words(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings")
    assert re.search(r'alt="[^"]*Ada', ada.page)
    for theme in ("light", "dark"):
        response = await ada.get(f"/standings/card?window=week&theme={theme}")
        assert response.content_type == "image/png"
        assert (await response.read()).startswith(b"\x89PNG")


async def test_a_week_without_answers_has_no_card(played: OpenRoom) -> None:
    ada = played.named["Ada"]
    await ada.get("/standings?window=2020-W01")
    assert "as a card" not in ada.text
    assert (await ada.get("/standings/card?window=2020-W01")).status == 404


async def test_the_card_is_public_with_the_page_alone(played: OpenRoom) -> None:
    link = await public_link(played)
    stranger = await played.person()
    assert (await stranger.get(f"{link}/card")).content_type == "image/png"
    assert (await stranger.get("/standings/card")).content_type == "text/html"
    await played.named["Ada"].post("/standings", {"public": "off"})
    assert (await stranger.get(f"{link}/card")).status == 404
