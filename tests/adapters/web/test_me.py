"""A member's own page: another name, all their data, and being forgotten."""

import json
from typing import Any

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


async def test_members_rename_themselves_or_are_told_why_not(room: OpenRoom) -> None:
    _ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.get("/me")
    await bob.post("/me", {"name": "  Robert  "})
    assert "Your name is now Robert." in bob.text
    assert "You are here as Robert." in bob.text
    for name, told in (("ada", "in the room already"), ("x" * 33, "shorter name"), (" ", "others can see")):
        assert (await bob.post("/me", {"name": name})).status == 400
        assert told in bob.page.split('id="problem"')[1].split("</p>")[0]
        assert f'value="{name}"' in bob.page
    await bob.get("/me")
    assert "You are here as Robert." in bob.text


async def test_members_see_and_take_their_data(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob <b>")
    await ada.say("/quiz metrics")
    await room.deliver()
    round_id = (await room.rounds())[-1]
    await bob.answer(round_id, 0)
    await bob.get("/me/data")
    assert '"name": "Bob <b>"' in bob.text
    assert "Bob <b>" not in bob.page
    response = await bob.get("/me/data.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="quizbot.json"'
    data = json.loads(await response.text())
    assert (data["name"], len(data["answers"])) == ("Bob <b>", 1)


async def test_members_are_forgotten_after_being_asked(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.get("/me/delete")
    assert "Delete everything about you?" in bob.text
    assert "You are the only host" not in bob.text
    await bob.get()
    assert "Your name" not in bob.text
    await bob.post("/me/delete")
    assert "Your name" in bob.text
    await ada.get("/people")
    assert "Bob" not in ada.text
    await ada.get("/me/delete")
    assert "You are the only host: without you, nobody could run the room." in ada.text


async def test_linked_accounts_that_stay_are_named_first(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.say("/link")
    code = bob.text.split("/quiz link ")[1].split()[0].strip("`.,")
    await ada.say(f"/link {code}")
    await bob.say("/link confirm")
    await ada.say("/link confirm")
    await bob.get("/me/delete")
    assert "Accounts that are linked with it stay, with what was answered there: Ada in Study room." in bob.text
