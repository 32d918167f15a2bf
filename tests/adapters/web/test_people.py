"""Hosts rename people, sign them out and invite others."""

import re
from typing import Any

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


async def names(room: OpenRoom) -> list[str]:
    space_id = await room.space_id()
    return sorted(await room.app.storage.read(lambda unit: unit.people.names_in(space_id)))


async def test_a_renamed_member_stays_who_they_are(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.say("/quiz metrics")
    await room.deliver()
    round_id = (await room.rounds())[-1]
    await bob.answer(round_id, await room.right_pick(round_id))
    await ada.get("/people")
    await ada.post("/people", {"do": "rename", "member": "bob", "name": "  Robert "})
    assert "Bob is now called Robert." in ada.text
    await bob.get()
    assert "Robert" in bob.text
    await bob.get("/standings")
    assert "Robert" in bob.text
    assert "Bob" not in bob.text
    await bob.say("/stats")
    assert await names(room) == ["Ada", "Robert"]
    await ada.post("/people", {"do": "rename", "member": "bob", "name": "Bob"})
    assert await names(room) == ["Ada", "Bob"], "a name of one's own is free for oneself"


async def test_a_name_that_cant_be_stays_in_its_field(room: OpenRoom) -> None:
    ada, _bob = await room.person("Ada"), await room.person("Bob")
    for name, told in (("ADA", "in the room already"), ("x" * 33, "shorter name"), ("\u200b", "others can see")):
        assert (await ada.post("/people", {"do": "rename", "member": "bob", "name": name})).status == 400
        field = re.search(r'<input id="name-2"[^>]*aria-describedby="wrong-2"[^>]*>', ada.page)
        assert field
        assert f'value="{name}"' in field[0]
        assert told in ada.page.split('id="wrong-2"')[1].split("</p>")[0]
    assert await names(room) == ["Ada", "Bob"]


async def test_the_name_that_somebody_had_is_taken_by_nobody_else(room: OpenRoom) -> None:
    ada, _bob, carl = await room.person("Ada"), await room.person("Bob"), await room.person()
    await ada.post("/people", {"do": "rename", "member": "bob", "name": "Robert"})
    assert (await carl.join("Bob")).status == 400
    assert (await ada.post("/people", {"do": "rename", "member": "ada", "name": "Bob"})).status == 400
    assert (await carl.join("Carl")).status == 200


async def test_what_a_host_decides_is_said_once(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    for do, said in (
        ("give", "Bob is a host now."),
        ("take", "Bob isn't a host any more."),
        ("sign-out", "Bob is signed out in every browser."),
        ("remove", "Bob is removed from the room."),
    ):
        await ada.post("/people", {"do": do, "member": "bob"})
        assert said in ada.text
        await ada.get("/people")
        assert said not in ada.text
        if do == "sign-out":
            await bob.get()
            assert "Your name" in bob.text
    assert (await ada.post("/people", {"do": "rename", "member": "bob", "name": "Robert"})).status == 404
    assert "This person isn't in the room any more." in ada.text


async def test_the_only_host_is_told_on_the_page_what_to_do_first(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert (await ada.post("/people", {"do": "take", "member": "ada"})).status == 400
    assert "You are the only host. Make somebody else host first." in ada.text
    assert "Invite people" in ada.text


async def test_the_link_for_others_is_the_rooms_address(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get("/people")
    assert f'<input id="invite" value="{room.base}" readonly' in ada.page
    assert "Only this computer can open that address." in ada.text


async def test_chat_and_the_page_know_the_same_hosts(room: OpenRoom) -> None:
    ada, bob, _eve = await room.person("Ada"), await room.person("Bob"), await room.person("Eve")
    await bob.say("/host add Eve")
    assert "Only a host" in bob.text
    await ada.say("/host add @BOB here")
    assert "Bob is a host now." in ada.text, "the room has but one channel"
    assert (await bob.get("/people")).status == 200
    await bob.say("/host list")
    assert "- Ada" in bob.text or "Ada Bob" in bob.text
    await bob.post("/people", {"do": "take", "member": "ada"})
    await ada.say("/daily pause")
    assert "Only a host" in ada.text
    await bob.say("/host remove Bob")
    assert "You are the only host." in bob.text
    assert (await bob.get("/people")).status == 200


async def test_a_host_is_named_by_the_name_that_the_room_shows(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.post("/people", {"do": "rename", "member": "bob", "name": "Robert B"})
    for nobody in ("Bob", "Carl", "&owls"):
        await ada.say(f"/host add {nobody}")
        assert "Nobody in the room is called" in ada.text
    await ada.say("/host add Robert B")
    assert "Robert B is a host now." in ada.text
    await ada.post("/people", {"do": "remove", "member": "bob"})
    await ada.say("/host add Robert B")
    assert "Nobody in the room is called" in ada.text
    await bob.get("/people")
    assert "Your name" in bob.text
