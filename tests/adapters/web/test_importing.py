"""A file is read, looked at, and stored only after a yes."""

from typing import Any

import aiohttp
import pytest

from adapters.web.paging import page_of
from bot.domain.drafts import ParsedDocument
from bot.services.banks.importing import PASTED, bank_name

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any

DUMP = """\
1. Which service `<b>stores</b>` objects?
A. Amazon S3
B. Amazon EC2
C. Amazon SQS
D. Amazon SNS
Answer: A
Explanation: S3 is object storage.

2. Which of these has no key?
A. One
B. Two
C. Three
D. Four
"""


async def upload(person: Person, text: str | bytes, name: str = "my-dump.txt", **fields: str) -> Any:
    await person.get("/import")
    form = aiohttp.FormData({"csrf": person.csrf, **fields})
    form.add_field("file", text.encode() if isinstance(text, str) else text, filename=name)
    return await person.post("/import", form)


async def banks(room: OpenRoom) -> list[str]:
    summaries = await room.app.storage.read(lambda unit: unit.banks.summaries())
    return [summary.bank.name for summary in summaries]


async def test_the_preview_shows_everything_and_stores_nothing(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    response = await upload(ada, DUMP)
    assert response.status == 200
    assert "Found in my-dump.txt" in ada.text
    assert "Which service <b>stores</b> objects?" in ada.text
    assert "Amazon S3 ✓ key" in ada.text
    assert "unkeyed" in ada.text
    assert "Line 9" in ada.text
    assert await banks(room) == ["first", "starter"]


async def test_a_yes_stores_and_the_next_question_comes_from_it(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    response = await upload(ada, DUMP, bank="dump")
    await ada.post(response.url.path)
    assert "Imported into “dump”" in ada.text
    assert await banks(room) == ["dump", "first", "starter"]
    await ada.say("/quiz")
    assert "Which service" in ada.text.split("Quick question")[1]
    assert (await ada.post(response.url.path)).status == 404


async def test_a_no_stores_nothing(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    response = await upload(ada, DUMP)
    await ada.post(f"{response.url.path}/drop")
    assert await banks(room) == ["first", "starter"]
    assert (await ada.get(response.url.path)).status == 404


async def test_pasted_text_is_read_too(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get("/import")
    await ada.post("/import", {"text": DUMP})
    assert "Store in “Pasted questions”" in ada.text


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\xff" * 400])
async def test_what_cant_be_read_is_said_on_the_same_page(room: OpenRoom, data: bytes) -> None:
    ada = await room.person("Ada")
    assert (await upload(ada, data)).status == 400
    assert "Import questions" in ada.text
    assert 'role="alert"' in ada.page


async def test_a_preview_is_its_makers_alone(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    response = await upload(ada, DUMP)
    assert (await bob.get(response.url.path)).status == 403
    assert (await bob.post(response.url.path)).status == 403
    await bob.post("/host", {"token": room.adapter.invitation.token})
    assert (await bob.get(response.url.path)).status == 404


@pytest.mark.parametrize(
    ("file", "title", "name"),
    [
        ("my dump (2).txt", None, "my dump (2)"),
        ("a/../<x>.txt", None, "x"),
        ("x.txt", "A title of its own", "x"),
        (PASTED, "AWS: 100% *real*", "AWS 100 real"),
        ("???.txt", None, "Imported questions"),
    ],
)
def test_a_bank_is_named_after_its_source(file: str, title: str | None, name: str) -> None:
    assert bank_name(file, ParsedDocument(format="numbered", title=title)) == name


@pytest.mark.parametrize(("wanted", "number"), [(None, 1), ("2", 2), ("9", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1)])
def test_a_page_is_always_one_that_there_is(wanted: str | None, number: int) -> None:
    page = page_of(range(25), wanted, 10)
    assert (page.number, page.pages, page.first) == (number, 3, number * 10 - 9)
    assert len(page_of([], wanted, 10).items) == 0


TYPED = """\
format: quizbot-bank/2
questions:
  - {kind: true_false, stem: Ice floats., answer: true}
  - {kind: number, stem: How long is a marathon?, accepted: [{value: 42, tolerance: 0.5}], unit: km}
  - kind: short
    stem: Which service runs a function for each event?
    accepted: [AWS Lambda, "<b>Lambda</b>"]
    exact: true
    near_misses: [{text: "Far*gate*", hint: Fargate runs **containers**.}]
  - {kind: blanks, stem: Ice is ___ ___., accepted: [[frozen], [water, "<i>rain</i>"]]}
"""


async def test_the_preview_shows_what_typed_questions_accept(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert (await upload(ada, TYPED, name="kinds.yaml")).status == 200
    assert "Ice floats. True ✓ key False" in ada.text
    assert "42 ± 0.5 km ✓ key" in ada.text
    assert "AWS Lambda ✓ key <b>Lambda</b> ✓ key Far*gate* ✗ wrong Fargate runs containers ." in ada.text
    assert "Capital letters, accents and punctuation count." in ada.text
    assert "Ice is ____ (1) ____ (2)." in ada.text
    assert "(1) frozen ✓ key (2) water | <i>rain</i> ✓ key" in ada.text
    assert "<b>Lambda" not in ada.page
    assert "<i>rain" not in ada.page
