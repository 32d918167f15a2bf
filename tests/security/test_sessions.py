"""Sessions end: by time, by signing out, by a host, and in every process."""

import re
from datetime import timedelta
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer
from itsdangerous.encoding import base64_decode
from structlog.testing import capture_logs
from yarl import URL

from adapters.web import events
from adapters.web.sessions import COOKIE, signing_key
from tests.adapters.stages.running import GoingClock
from tests.patience import PATIENCE_S, until

OpenARoom = Any  # the fixtures' classes: test folders aren't packages
OpenRoom = Any
Person = Any


def is_in(person: Person) -> bool:
    return "Your name" not in person.text


async def test_over_https_the_cookie_belongs_to_this_host_alone(open_room: OpenARoom) -> None:
    room = await open_room(public_url="https://quiz.example.org")
    cookie = (await (await room.person()).get()).headers["Set-Cookie"]
    assert cookie.startswith("__Host-quizbot_session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_cookies_are_signed_with_sha_256(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (cookie,) = [one.value for one in ada.client.cookie_jar if one.key == COOKIE]
    assert len(base64_decode(cookie.rpartition(".")[2])) == 256 // 8


async def test_a_cookie_that_was_signed_with_sha_1_before_is_no_forgery(open_room: OpenARoom) -> None:
    room = await open_room()
    person = await room.person("Ada")
    (morsel,) = [one for one in person.client.cookie_jar if one.key == COOKIE]
    signer = URLSafeSerializer(signing_key(room.app.settings), salt="quizbot web session")
    _valid, session = signer.loads_unsafe(morsel.value)
    person.client.cookie_jar.clear()
    person.client.cookie_jar.update_cookies({COOKIE: signer.dumps(session)})
    with capture_logs() as logs:
        await person.get()
    assert is_in(person)
    assert not [line for line in logs if line["event"] == "cookie_forged"]


async def test_a_session_lasts_as_long_as_it_is_used(open_room: OpenARoom) -> None:
    clock = GoingClock()
    room = await open_room(clock=clock, session_days=30)
    ada, bob = await room.person("Ada"), await room.person("Bob")
    for _ in range(3):
        clock.advance(timedelta(days=20))
        await ada.get()
        assert is_in(ada)
    await bob.get()
    assert not is_in(bob)


async def test_signing_out_ends_this_browser_alone(room: OpenRoom) -> None:
    await room.person("Ada")
    bob = await room.person("Bob")
    cookie = bob.client.cookie_jar.filter_cookies(URL(bob.base))[COOKIE].value
    other = await room.person()
    other.client.cookie_jar.update_cookies({COOKIE: cookie})
    await bob.get("/me")
    await bob.post("/sign-out", {"where": "here"})
    assert not is_in(bob)
    await other.get()
    assert is_in(other)


async def test_signing_out_everywhere_ends_copies_of_the_cookie_in_every_process(
    room: OpenRoom, open_room: OpenARoom
) -> None:
    twin = await open_room()
    await room.person("Ada")
    bob = await room.person("Bob")
    cookie = bob.client.cookie_jar.filter_cookies(URL(bob.base))[COOKIE].value
    other = await twin.person()
    other.client.cookie_jar.update_cookies({COOKIE: cookie})
    await other.get()
    assert is_in(other)
    await bob.post("/sign-out", {"where": "everywhere"})
    for person in (bob, other):
        await person.get()
        assert not is_in(person)


async def test_signing_out_needs_the_rooms_own_form(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert (await ada.post("/sign-out", {"csrf": "x"})).status == 400
    assert (await ada.get("/sign-out")).status in {404, 405}
    await ada.get()
    assert is_in(ada)


async def test_a_host_removes_a_member_whose_name_and_points_stay(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.say("/quiz metrics")
    await room.deliver()
    round_id = (await room.rounds())[-1]
    await bob.answer(round_id, await room.right_pick(round_id))
    await ada.get("/people")
    assert "2 people" in ada.text
    await ada.post("/people", {"do": "remove", "member": "bob"})
    assert "1 person" in ada.text
    await bob.get()
    assert not is_in(bob)
    assert (await bob.join("Bob")).status == 400
    await ada.get("/standings")
    assert "Bob" in ada.text


async def test_a_code_from_a_host_brings_a_member_back_once(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    assert (await bob.post("/people", {"do": "return", "member": "ada"})).status == 403
    await ada.post("/people", {"do": "remove", "member": "bob"})
    await ada.post("/people", {"do": "return", "member": "bob"})
    code = re.search(r"<code>([0-9A-Z-]{14})</code>", ada.page)
    assert code
    await bob.get()
    assert (await bob.post("/return", {"code": "0000-0000-0000"})).status == 400
    await bob.post("/return", {"code": code[1].lower()})
    assert is_in(bob)
    assert "Bob" in bob.text
    eve = await room.person()
    await eve.get()
    assert (await eve.post("/return", {"code": code[1]})).status == 400
    assert not is_in(eve)


async def test_a_code_for_somebody_who_was_deleted_is_worth_nothing(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.post("/people", {"do": "return", "member": "bob"})
    code = re.search(r"<code>([0-9A-Z-]{14})</code>", ada.page)
    assert code
    await bob.insists("/privacy delete")
    await bob.get()
    assert (await bob.post("/return", {"code": code[1]})).status == 400


async def test_the_hosts_right_is_given_and_taken_but_never_the_last(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    assert (await ada.post("/people", {"do": "take", "member": "ada"})).status == 400
    assert "only host" in ada.text
    await ada.post("/people", {"do": "give", "member": "bob"})
    assert (await bob.get("/people")).status == 200
    await bob.post("/people", {"do": "take", "member": "ada"})
    assert (await ada.get("/people")).status == 403
    assert (await ada.post("/people", {"do": "take", "member": "bob"})).status == 403
    assert (await bob.post("/people", {"do": "remove", "member": "bob"})).status == 400


@pytest.mark.parametrize("who", ["nobody", "", "\0", "bob' OR 1=1"])
async def test_decisions_about_nobody_change_nothing(room: OpenRoom, who: str) -> None:
    ada = await room.person("Ada")
    assert (await ada.post("/people", {"do": "remove", "member": who})).status in {400, 404}
    assert (await ada.post("/people", {"do": "conquer", "member": "ada"})).status == 400


async def test_a_zero_character_which_no_database_keeps_is_refused_with_the_form(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert (await ada.post("/people", {"do": "give", "member": "ada\0"})).status == 400
    assert "didn't arrive whole" in ada.text


async def test_opening_the_host_link_changes_nothing_and_pressing_its_button_does(room: OpenRoom) -> None:
    await room.person("Ada")
    bob = await room.person("Bob")
    link = f"/host?token={room.adapter.invitation.token}"
    for _ in range(2):
        response = await bob.get(link)
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert "Become host" in bob.text
    assert (await bob.get("/people")).status == 403
    await bob.get(link)
    assert (await bob.post("/host", {"csrf": "x", "token": room.adapter.invitation.token})).status == 400
    await bob.get(link)
    await bob.post("/host", {"token": room.adapter.invitation.token})
    assert (await bob.get("/people")).status == 200


async def test_what_happens_at_the_door_is_logged_without_names_and_tokens(
    room: OpenRoom, capsys: pytest.CaptureFixture[str]
) -> None:
    token = room.adapter.invitation.token
    with capture_logs() as lines:
        ada, bob = await room.person("Hypatia"), await room.person("Euclid")
        await bob.get("/people")
        await bob.say("/quiz daily stop")
        await bob.post("/say", {"csrf": "wrong-token", "text": "/quiz"})
        await bob.post("/say", {"text": "/quiz"}, headers={"Origin": "https://evil.example"})
        await bob.post("/host", {"token": "guessed-token"})
        await bob.get()
        await bob.post("/host", {"token": token})
        mallory = await room.person()
        mallory.client.cookie_jar.update_cookies({COOKIE: "forged-cookie"})
        await mallory.get()
        await ada.post("/people", {"do": "take", "member": "euclid"})
        await ada.post("/people", {"do": "give", "member": "euclid"})
        await ada.post("/people", {"do": "remove", "member": "euclid"})
        await ada.post("/sign-out", {"where": "everywhere"})
    named = [line["event"] for line in lines]
    assert [name for name in named if name != "request_failed"] == [
        "signed_in",
        "signed_in",
        "role_refused",
        "role_refused",
        "csrf_refused",
        "csrf_refused",
        "host_token_refused",
        "host_token_used",
        "cookie_forged",
        "host_taken",
        "host_given",
        "member_removed",
        "signed_out_everywhere",
    ]
    told = f"{lines}{capsys.readouterr()}".casefold()
    for secret in ("hypatia", "euclid", token.casefold(), "wrong-token", "guessed-token", "forged-cookie"):
        assert secret not in told
    metrics = await (await room.person()).client.get(f"{room.base}/metrics")
    assert re.search(r'quizbot_security_events_total{event="member_removed"} [1-9]', await metrics.text())


@pytest.mark.parametrize("deleted", [True, False], ids=["deleted", "removed"])
async def test_the_stream_of_who_was_let_go_in_another_process_ends(
    room: OpenRoom, open_room: OpenARoom, deleted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.02)
    twin = await open_room()
    ada, bob = await room.person("Ada"), await room.person("Bob")
    stream = await bob.client.get(f"{room.base}/events", headers={"Accept": "text/event-stream"})
    assert (await stream.content.readline()).startswith(b"retry")
    ada.base = bob.base = twin.base
    if deleted:
        await bob.get()
        await bob.insists("/privacy delete")
    else:
        await ada.post("/people", {"do": "remove", "member": "bob"})

    async def is_over() -> bool:
        return len(room.adapter.hub) == 0

    await until(is_over, f"the end of a stream within {PATIENCE_S} s")
    stream.close()
