"""The import desk by example: a host marks one question, and the file is read like it."""

import re
from typing import Any

import aiohttp

from bot.services.banks.reading import kept_readings
from bot.services.banks.storing import bank_questions

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any

FILE = """\
Aufgabe 1 // Welches Tier legt Eier?
a» Kuh
b» Huhn <=
c» Hund

Aufgabe 2 // Welches Tier gibt Milch?
a» Kuh <=
b» Huhn
c» Hund
"""
FIRST = {1: "question", 2: "choice", 3: "right", 4: "choice"}


async def upload(person: Person, text: str = FILE, name: str = "tiere.txt") -> str:
    """Have a file read; return the address of its page."""
    await person.get("/import")
    form = aiohttp.FormData({"csrf": person.csrf})
    form.add_field("file", text.encode(), filename=name)
    response = await person.post("/import", form)
    assert response.status == 200
    return str(response.url.path)


async def marks(person: Person, where: str, lines: dict[int, str]) -> Any:
    """Mark lines as an example, and send them."""
    await person.get(f"{where}/example")
    form = {"csrf": person.csrf} | {f"line-{number}": mark for number, mark in lines.items()}
    return await person.post(f"{where}/example", form)


async def test_a_file_that_is_not_understood_is_read_like_a_marked_question(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    assert "2 questions found: 0 ready" in ada.text
    await ada.get(f"{where}/example")
    assert re.findall(r'<td class="quoted"[^>]*>([^<]*)</td>', ada.page)[:3] == [
        "Aufgabe 1 // Welches Tier legt Eier?",
        "a» Kuh",
        "b» Huhn &lt;=",
    ]
    assert (await marks(ada, where, FIRST)).status == 200
    assert "2 questions found: 2 ready" in ada.text
    assert "Read like your example" in ada.text
    await ada.post(f"{where}/keep", {"csrf": ada.csrf, "name": "Tiere"})
    assert "Kept as “Tiere”." in ada.text
    await ada.post(where, {"csrf": ada.csrf})
    _bank, questions = await bank_questions(room.app, "tiere", await room.space_id())
    assert [question.stem for question in questions] == ["Welches Tier legt Eier?", "Welches Tier gibt Milch?"]
    assert list(await kept_readings(room.app, await room.space_id())) == ["Tiere"]


async def test_the_next_file_of_the_source_is_read_like_it(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await marks(ada, where, FIRST)
    await ada.post(f"{where}/keep", {"csrf": ada.csrf, "name": "Tiere"})
    await upload(ada, FILE.replace("Tier", "Vieh"), "vieh.txt")
    assert "Read like “Tiere”" in ada.text
    assert "2 questions found: 2 ready" in ada.text


async def test_marks_that_make_no_question_are_refused_and_kept(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    response = await marks(ada, where, {2: "choice", 3: "right"})
    assert response.status == 400
    assert "Mark one line where the question begins." in ada.text
    assert re.search(r'name="line-3".*?<option value="right" selected>', ada.page, re.DOTALL)
    assert (await marks(ada, where, FIRST | {5: "answer"})).status == 400
    assert "There is no text on line 5." in ada.text
    assert (await marks(ada, where, FIRST | {6: "question"})).status == 400
    assert (await marks(ada, where, {1: "question", 2: "right", 3: "choice"})).status == 400
    assert "Nothing marks the choices" in ada.text


async def test_a_long_file_is_marked_page_by_page(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    text = "".join(f"Aufgabe {n} // Was ist {n}?\na» Zahl <=\nb» Tier\n\n" for n in range(1, 60))
    where = await upload(ada, text)
    await ada.get(f"{where}/example")
    assert "Lines below" in ada.text
    assert "Lines above" not in ada.text
    await ada.get(f"{where}/example?from=0")
    assert "Aufgabe 1 " in ada.text
    await ada.get(f"{where}/example?from=41")
    assert "Aufgabe 11" in ada.text
    await ada.get(f"{where}/example?from=9999999")
    assert "Aufgabe 59" not in ada.text or "Lines below" not in ada.text
    assert (await marks(ada, where, {41: "question", 42: "right", 43: "choice"})).status == 200
    assert "59 questions found: 59 ready" in ada.text


async def test_a_large_file_is_not_kept_for_it(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await upload(ada, FILE + f"{'x' * 99}\n" * 2_800)
    assert "Show one question as an example" not in ada.text
