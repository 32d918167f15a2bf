"""A class joins by a code from a screen: with one, nobody else comes in, and nobody guesses it."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import segno
from aiohttp import ClientResponse
from structlog.testing import capture_logs

from bot.services.people.class_codes import CODE_LASTS
from tests.adapters.stages.running import GoingClock

OpenARoom = Any  # the fixtures' classes: test folders aren't packages
OpenRoom = Any
Person = Any

A_CLASS = 30


async def make_code(host: Person) -> str:
    """Make a code; return it as it stands on the screen."""
    await host.get("/people")
    await host.post("/people/code", {"do": "make"})
    found = re.search(r'class="letters"[^>]*>([^<]+)<', host.page)
    assert found
    return str(found[1])


async def join(person: Person, name: str, code: str, **kwargs: Any) -> ClientResponse:
    await person.get("/")
    return await person.post("/join", {"name": name, "class_code": code}, **kwargs)


def is_in(person: Person, name: str) -> bool:
    return f'<bdi class="name">{name}</bdi>' in person.page


async def test_a_class_joins_by_its_code_all_at_once(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    code = await make_code(ada)
    assert room.base.removeprefix("http://") in ada.text
    assert re.fullmatch(r"[A-Z\d]{4} [A-Z\d]{4}", code)
    browsers = [await room.person() for _ in range(A_CLASS)]
    await asyncio.gather(*(join(one, f"Pupil {number}", code) for number, one in enumerate(browsers)))
    assert all(is_in(one, f"Pupil {number}") for number, one in enumerate(browsers))
    await ada.get("/people")
    assert f"{A_CLASS + 1} people are in the room." in ada.text
    assert f"People who join need the code {code} ." in ada.text


async def test_a_phone_reads_the_address_and_the_code_off_the_screen(open_room: OpenARoom) -> None:
    room = await open_room(public_url="http://quiz.example.org")
    ada = await room.person("Ada")
    code = (await make_code(ada)).replace(" ", "")
    drawn = segno.make(f"http://quiz.example.org/join?code={code}", micro=False)
    assert drawn.svg_inline(light="#fff", omitsize=True, lineclass=None, svgclass=None) in ada.page


async def test_an_address_that_no_phone_can_open_is_not_drawn(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await make_code(ada)
    assert "Only this computer can open that address." in ada.text
    assert "<svg" not in ada.page


async def test_without_a_code_anybody_joins_and_none_is_asked_for(room: OpenRoom) -> None:
    await room.person("Ada")
    bob = await room.person()
    await bob.get("/join")
    assert "class_code" not in bob.page
    await join(bob, "Bob", "ANYTHING")
    assert is_in(bob, "Bob")


async def test_with_a_code_nobody_joins_without_it(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person()
    code = await make_code(ada)
    for wrong in ("", "CCCC CCCC", code[:-1], "É" * 8):
        assert (await join(bob, "Bob", wrong)).status == 400
        assert "That isn't the class code." in bob.text
        assert 'value="Bob"' in bob.page
    await join(bob, "Bob", f" {code.lower().replace(' ', '-')} ")
    assert is_in(bob, "Bob")


async def test_an_address_may_hold_the_code(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person()
    code = (await make_code(ada)).replace(" ", "")
    response = await bob.get(f"/join?code={code}")
    assert f'name="class_code" value="{code}"' in bob.page
    assert response.headers["Referrer-Policy"] == "strict-origin"
    await ada.get(f"/join?code={code}")
    assert is_in(ada, "Ada")


async def test_a_new_code_replaces_the_old_one_and_none_opens_the_room(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person()
    first, second = await make_code(ada), await make_code(ada)
    assert (await join(bob, "Bob", first)).status == 400
    await join(bob, "Bob", second)
    assert is_in(bob, "Bob")
    await ada.post("/people/code", {"do": "drop"})
    assert "People can now join without a code." in ada.text
    await ada.get("/people/code")
    assert "Make a class code" in ada.text
    cy = await room.person("Cy")
    assert is_in(cy, "Cy")


async def test_a_code_ends_and_then_nobody_new_joins(open_room: OpenARoom) -> None:
    clock = GoingClock()
    room = await open_room(clock=clock)
    ada, bob = await room.person("Ada"), await room.person()
    code = await make_code(ada)
    clock.advance(CODE_LASTS - timedelta(minutes=1))
    await join(bob, "Bob", code)
    assert is_in(bob, "Bob")
    clock.advance(timedelta(minutes=1))
    cy = await room.person()
    for typed in (code, "CCCC CCCC"):
        assert (await join(cy, "Cy", typed)).status == 400
        assert "The class code has expired" in cy.text
    await bob.get()
    assert is_in(bob, "Bob"), "who is in stays in"
    for page in ("/people", "/people/code"):
        await ada.get(page)
        assert "The class code has expired" in ada.text


async def test_whoever_was_here_before_and_whoever_has_the_host_link_needs_no_code(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await make_code(ada)
    await bob.get("/me")
    await bob.post("/me/link", {"do": "make"})
    key = re.search(r"key=([0-9A-Z-]+)", bob.page)
    assert key
    there = await room.person()
    await there.get("/sign-in")
    await there.post("/sign-in", {"key": key[1]})
    assert is_in(there, "Bob")
    host = await room.person()
    token = room.adapter.invitation.token
    await host.get(f"/host?token={token}")
    assert "class_code" not in host.page
    await host.post("/join", {"name": "Hana", "token": token})
    assert is_in(host, "Hana")


async def test_guesses_are_limited_for_each_address_and_keep_nobody_out_elsewhere(open_room: OpenARoom) -> None:
    room = await open_room(trusted_proxy="127.0.0.1", limit_wrong_codes="3/1h", limit_people_per_address=1)
    code = await make_code(await room.person("Ada"))
    eve = await room.person()

    async def guess(number: int, typed: str) -> int:
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        return int((await join(eve, "Eve", typed, headers=headers)).status)

    for number in range(10):
        assert [await guess(number, "CCCC CCCC") for _ in range(4)] == [400, 400, 400, 429]
    assert "Try again in" in eve.text
    assert await guess(1, code) == 429, "not even the right one, or guessing would go on"
    bob = await room.person()
    await join(bob, "Bob", code, headers={"X-Forwarded-For": "203.0.113.5"})
    assert is_in(bob, "Bob")


async def test_right_codes_and_taken_names_cost_no_guesses(open_room: OpenARoom) -> None:
    room = await open_room(limit_wrong_codes="1/1h", limit_people_per_address=1)
    code = await make_code(await room.person("Ada"))
    bob, cy = await room.person(), await room.person()
    for name in ("Ada", "ADA", "Bob"):
        await join(bob, name, code)
    await join(cy, "Cy", code)
    assert is_in(bob, "Bob")
    assert is_in(cy, "Cy")


async def test_what_happens_to_codes_is_logged_without_them(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person()
    with capture_logs() as lines:
        code = await make_code(ada)
        await join(bob, "Bob", "CCCC CCCC")
        await join(bob, "Bob", code)
        await ada.post("/people/code", {"do": "drop"})
        assert (await ada.post("/people/code", {"do": "conquer"})).status == 400
    assert [line["event"] for line in lines] == [
        "class_code_made",
        "class_code_refused",
        "signed_in",
        "class_code_dropped",
    ]
    assert code.replace(" ", "") not in str(lines)
