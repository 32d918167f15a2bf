"""Coming into the room, coming back to it, and being its host."""

import re
from typing import Any

import pytest

from adapters.web.sessions import COOKIE
from bot.process import running
from bot.services.leagues.spaces import ensure_space
from bot.testing import Conversation

OpenRoom = Any  # the fixture's class: test folders aren't packages


async def test_whoever_comes_is_asked_for_a_name_and_is_in(room: OpenRoom) -> None:
    ada = await room.person()
    await ada.get()
    assert "Your name" in ada.text
    assert " required " not in ada.page  # or screen readers call the field invalid before anything is typed
    response = await ada.join("Ada")
    assert (response.status, response.url.path) == (200, "/")
    assert "Which" in ada.text


async def test_the_first_to_join_is_host_and_nobody_else(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    assert "Host" in ada.text
    assert "Host" not in bob.text
    assert (await ada.get("/import")).status == 200
    assert (await bob.get("/import")).status == 403
    assert "Only a host" in bob.text


@pytest.mark.parametrize("twin", ["Ada", " ADA ", "ａｄａ", "A\u200dda"])
async def test_a_taken_name_is_refused_with_one_that_is_free(room: OpenRoom, twin: str) -> None:
    await room.person("Ada")
    other = await room.person()
    response = await other.join(twin)
    assert response.status == 400
    assert "is in the room already" in other.text
    assert 'value="' in other.page
    assert (await other.join("Ada 2")).status == 200
    assert "Ada 2" in other.text


async def test_what_is_wrong_with_a_name_is_said_at_its_field(room: OpenRoom) -> None:
    await room.person("Ada")
    other = await room.person()
    await other.join("Ada")
    (field,) = re.findall(r'<input id="name"[^>]*>', other.page)
    assert ' aria-invalid="true" aria-describedby="problem"' in field


async def test_a_name_is_text(room: OpenRoom) -> None:
    name = "<script>x</script> *b*"
    mallory = await room.person(name)
    assert name in mallory.text
    assert "<script>x" not in mallory.page
    await mallory.say("/leaderboard")
    assert "<script>x" not in mallory.page


async def test_a_session_outlives_a_restart(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    again = type(room.adapter)(room.app)
    async with running(room.app, [again], heartbeat=False) as ada.base:
        await ada.get()
        assert "Host" in ada.text
        assert "Your name" not in ada.text


async def test_a_forged_session_is_none(room: OpenRoom) -> None:
    await room.person("Ada")
    mallory = await room.person()
    mallory.client.cookie_jar.update_cookies({COOKIE: "eyJtZW1iZXJfaWQiOiJhZGEifQ.x.y"})
    await mallory.get()
    assert "Your name" in mallory.text


async def test_the_host_link_works_once_and_only_for_a_member(room: OpenRoom) -> None:
    await room.person("Ada")
    link = f"/host?token={room.adapter.invitation.token}"
    passer_by, bob, eve = await room.person(), await room.person("Bob"), await room.person("Eve")
    await passer_by.get(link)
    assert "host's link" in passer_by.text
    await bob.get(link)
    await bob.post("/host", {"token": room.adapter.invitation.token})
    assert "Host" in bob.text
    assert (await eve.get(link)).status == 400
    assert "used already" in eve.text
    await eve.get()
    assert "Host" not in eve.text


async def test_somebody_new_joins_as_host_through_the_link(room: OpenRoom) -> None:
    await room.person("Ada")
    bob = await room.person()
    await bob.get(f"/host?token={room.adapter.invitation.token}")
    await bob.post("/join", {"name": "Bob", "token": room.adapter.invitation.token})
    assert "Host" in bob.text


async def test_a_guessed_host_token_is_worth_nothing(room: OpenRoom) -> None:
    await room.person("Ada")
    eve = await room.person("Eve")
    for token in ("", "x", "é"):
        assert (await eve.get("/host", params={"token": token})).status == 400


async def test_who_was_deleted_is_out_and_the_next_of_that_name_starts_afresh(room: OpenRoom) -> None:
    await room.person("Host")
    ada = await room.person("Ada")
    await ada.say("/stats")
    await ada.insists("/privacy delete")
    await ada.get()
    assert "Your name" in ada.text
    namesake = await room.person("Ada")
    assert "You typed" not in namesake.text
    await ada.get()
    assert "Your name" in ada.text


async def test_who_was_deleted_is_in_no_reply_that_others_still_see(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.say("/team create Owls")
    await bob.say("/team list")
    await bob.get()
    assert "Owls" in bob.text
    await ada.insists("/privacy delete")
    await bob.get()
    assert "Owls" not in bob.text


async def test_whoever_links_an_account_that_is_known_for_longer_stays_in_the_room_and_host(room: OpenRoom) -> None:
    elsewhere = await ensure_space(room.app, "slack", "T1", "Slack group", "UTC")
    known = Conversation(room.app, elsewhere, speaker="Lovelace")
    told = await known.says("/quiz link")
    code = re.search(r"/quiz link (\S+?)`", told or "")
    assert code
    ada = await room.person("Ada")
    await ada.say(f"/link {code[1]}")
    await known.says("/quiz link confirm")
    await ada.say("/link confirm")
    assert "You are one player now" in ada.text
    assert (await ada.get("/import")).status == 200
    await ada.say("/unlink")
    assert (await ada.get("/import")).status == 200
    bob = await room.person("Bob")
    assert (await bob.get("/import")).status == 403


async def test_a_host_who_parts_from_another_account_leaves_it_no_rights(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.say("/link")
    code = re.search(r"/quiz link (\S{14})", bob.text)
    assert code
    await ada.say(f"/link {code[1]}")
    await bob.say("/link confirm")
    await ada.say("/link confirm")
    assert "You are one player now" in ada.text
    assert (await bob.get("/import")).status == 403
    await ada.say("/unlink")
    assert (await ada.get("/import")).status == 200
    assert (await bob.get("/import")).status == 403
