"""The import desk: what needs somebody comes first and is mended there; nothing is stored before a yes."""

import re
from typing import Any

import aiohttp
import pytest

from bot.services.banks.storing import bank_questions

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any

FILE = """\
1. Which service <b>stores</b> objects?
A. Amazon S3
B. Amazon EC2
Answer: A
Explanation: S3 is object storage.

2. Which of these runs code?
A. Lambda
B. Glacier

3. Which one is a queue?
A. SNS
B. SQS
Answer: B
"""


async def upload(person: Person, text: str = FILE, name: str = "exam.txt") -> str:
    """Have a file read; return the address of its page."""
    await person.get("/import")
    form = aiohttp.FormData({"csrf": person.csrf})
    form.add_field("file", text.encode(), filename=name)
    response = await person.post("/import", form)
    assert response.status == 200
    return str(response.url.path)


def sheet_of(person: Person, line: int) -> str:
    """The form of the question that begins on a line."""
    return next(
        one
        for one in re.findall(r'<article class="card sheet".*?</article>', person.page, re.DOTALL)
        if f">Line {line}<" in one
    )


async def does(person: Person, where: str, what: str, at: str = "1.0", **fields: Any) -> Any:
    """Send the form of a question with one of its buttons."""
    portion, position = at.split(".")
    version = re.search(r'name="version" value="(\d+)"', person.page)
    known = {"version": version[1] if version else "0", "portion": portion, "position": position, "do": what}
    form = aiohttp.FormData([("csrf", person.csrf)])
    for name, value in (known | fields).items():
        for one in value if isinstance(value, list) else [value]:
            form.add_field(name, one)
    return await person.post(f"{where}/mend", form)


LAMBDA = {"stem": "Which of these runs code?", "choice-0": "Lambda", "choice-1": "Glacier", "picks": "one"}


async def stored(room: OpenRoom, bank: str = "exam") -> list[Any]:
    _bank, questions = await bank_questions(room.app, bank, await room.space_id())
    return questions


async def test_what_needs_somebody_comes_first_beside_its_lines_in_words(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await upload(ada)
    assert "3 questions found: 2 ready, 1 needs you" in ada.text
    assert ada.page.count('class="card sheet"') == 1
    sheet = sheet_of(ada, 7)
    assert "The source gives no answer" in sheet
    rows = re.findall(r'rowheader">(\d+)</th><td class="role".*?>(.*?)</td><td.*?>(.*?)</td>', sheet)
    assert rows == [
        ("5", "explanation", "Explanation: S3 is object storage."),
        ("6", "blank", ""),
        ("7", "question", "2. Which of these runs code?"),
        ("8", "choice", "A. Lambda"),
        ("9", "choice", "B. Glacier"),
        ("10", "blank", ""),
        ("11", "question", "3. Which one is a queue?"),
    ]
    assert "How it was read Questions: numbered (3)." in ada.text
    assert ada.page.index("card sheet") < ada.page.index("card draft")


async def test_the_right_letter_is_clicked_and_nothing_is_stored_before_a_yes(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    assert (await does(ada, where, "save", **LAMBDA, right="0")).status == 200
    assert "Mended the question on line 7." in ada.text
    assert "3 questions found: 3 ready, 0 need you" in ada.text
    summaries = await room.app.storage.read(lambda unit: unit.banks.summaries())
    assert [one.bank.name for one in summaries] == ["first", "starter"]
    await ada.post(where)
    questions = await stored(room)
    assert [one.status for one in questions] == ["ready"] * 3
    assert (questions[1].stem, set(questions[1].key)) == ("Which of these runs code?", {0})


async def test_texts_are_mended_and_choices_removed_and_added(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    texts = {"stem": "Which run <i>code</i>?", "choice-0": "", "choice-1": "Fargate", "choice-2": "Lambda"}
    await does(
        ada, where, "save", **texts, right=["1", "2"], picks="all", explanation=" Both do. ", **{"why-2": "Yes."}
    )
    assert "<i>code" not in ada.page
    await ada.post(where)
    mended = (await stored(room))[1]
    assert (mended.stem, [choice.text for choice in mended.choices]) == (
        "Which run <i>code</i>?",
        ["Fargate", "Lambda"],
    )
    assert (set(mended.key), mended.select, mended.explanation) == ({0, 1}, "all", "Both do.")
    assert [choice.explanation for choice in mended.choices] == ["", "Yes."]


async def test_a_question_without_a_key_stays_first_until_somebody_says_it_is_fine(
    room: OpenRoom,
) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await does(ada, where, "save", **LAMBDA, right="")
    assert "The question on line 7 still needs you." in ada.text
    assert "1 needs you" in ada.text
    await does(ada, where, "accept", **LAMBDA, right="")
    assert "2 ready, 0 need you, 1 stays as it is" in ada.text
    await ada.post(where)
    assert [one.status for one in await stored(room)] == ["ready", "unkeyed", "ready"]


async def test_what_was_clicked_counts_whichever_button_is_pressed(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await does(ada, where, "accept", **LAMBDA, right="1")
    assert "3 ready, 0 need you" in ada.text
    await ada.post(where)
    assert set((await stored(room))[1].key) == {1}


async def test_a_dropped_question_is_not_stored_and_can_be_brought_back(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await does(ada, where, "drop")
    assert "2 questions found: 2 ready, 0 need you" in ada.text
    assert "Dropped: these won't be stored" in ada.text
    await does(ada, where, "undo")
    assert "3 questions found: 2 ready, 1 needs you" in ada.text
    await does(ada, where, "drop")
    await ada.post(where)
    assert [one.line for one in await stored(room)] == [1, 11]


async def test_a_question_is_joined_with_the_next_and_has_to_be_looked_at(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await does(ada, where, "join", **LAMBDA)
    assert "2 questions found: 1 ready, 1 needs you" in ada.text
    assert "It was put together just now" in sheet_of(ada, 7)
    assert "Which of these runs code?\n\nWhich one is a queue?" in ada.page
    whole = {"stem": "Both?", "choice-0": "Lambda", "choice-3": "SQS", "picks": "one"}
    await does(ada, where, "save", **whole, right="3")
    await ada.post(where)
    questions = await stored(room)
    assert [(one.line, one.stem, one.status) for one in questions[1:]] == [(7, "Both?", "ready")]
    assert [questions[1].choice(choice).text for choice in questions[1].key] == ["SQS"]


async def test_a_question_is_split_at_a_line_and_both_parts_have_to_be_looked_at(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await ada.get(f"{where}?mend=0.0")
    assert re.findall(r'<option value="(\d+)">', sheet_of(ada, 1)) == ["2", "3", "4", "5"]
    await does(ada, where, "split", at="0.0", line="3")
    assert "4 questions found: 1 ready, 3 need you" in ada.text
    assert "B. Amazon EC2" in sheet_of(ada, 3)
    await does(ada, where, "undo", at="0.0")
    assert "3 questions found: 2 ready, 1 needs you" in ada.text


async def test_a_ready_question_is_mended_on_request(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await ada.get(f"{where}?mend=2.0")
    assert "SQS" in sheet_of(ada, 11)
    changed = {"stem": "Which is a topic?", "choice-0": "SNS", "choice-1": "SQS", "picks": "one"}
    await does(ada, where, "save", at="2.0", **changed, right="0")
    await ada.post(where)
    assert [(one.stem, set(one.key)) for one in await stored(room)][2] == ("Which is a topic?", {0})


@pytest.mark.parametrize(
    ("what", "at", "fields"),
    [
        ("save", "9.0", LAMBDA),
        ("save", "1.7", LAMBDA),
        ("save", "-1.0", LAMBDA),
        ("save", "1.0", LAMBDA | {"right": "5"} | {"choice-0": "", "choice-1": ""}),
        ("save", "1.0", LAMBDA | {"stem": "x" * 40_001}),
        ("split", "1.0", LAMBDA | {"line": "11"}),
        ("split", "1.0", LAMBDA | {"line": "x"}),
        ("join", "2.0", {}),
        ("accept", "1.0", {"stem": "Which?", "choice-0": "One"}),
        ("undo", "7.0", {}),
        ("explode", "1.0", {}),
    ],
)
async def test_what_no_page_sends_changes_nothing(room: OpenRoom, what: str, at: str, fields: dict[str, str]) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    assert (await does(ada, where, what, at=at, **fields)).status == 400
    assert 'role="alert"' in ada.page
    await ada.get(where)
    assert "3 questions found: 2 ready, 1 needs you" in ada.text
    assert 'name="version" value="0"' in ada.page


async def test_what_was_filled_in_stays_on_the_page_if_it_cannot_be_taken(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    fields = {"stem": "Mine alone", "choice-0": "Only one", "picks": "many", "explanation": "Why not"}
    assert (await does(ada, where, "accept", **fields, right="0")).status == 400
    sheet = sheet_of(ada, 7)
    assert "too few choices" in sheet
    assert "Mine alone" in sheet
    assert "Only one" in sheet
    assert "Why not" in sheet
    assert 'type="checkbox" name="right" value="0" checked' in sheet


async def test_an_old_page_changes_nothing(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await does(ada, where, "save", **LAMBDA, right="0")
    assert (await does(ada, where, "drop", version="0")).status == 400
    assert "another window" in ada.text
    assert "3 questions found: 3 ready" in ada.text


async def test_a_desk_is_its_owners_alone(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    where = await upload(ada)
    await bob.get("/import")
    assert (await does(bob, where, "drop")).status == 403
    await bob.post("/host", {"token": room.adapter.invitation.token})
    await bob.get("/import")
    assert (await does(bob, where, "drop")).status == 404
    csrf, ada.csrf = ada.csrf, "guessed"
    assert (await does(ada, where, "drop")).status == 400
    ada.csrf = csrf
    await ada.get(where)
    assert "3 questions found" in ada.text


TYPED = """\
format: quizbot-bank/2
questions:
  - {kind: true_false, stem: Ice floats.}
  - {kind: number, stem: How long is a marathon?, unit: km}
"""


async def test_statements_are_marked_and_other_kinds_shown_with_where_to_edit_them(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada, TYPED, name="kinds.yaml")
    assert "2 questions found: 0 ready, 2 need you" in ada.text
    assert '<a href="/questions/add">Edit it after storing</a>' in ada.page
    await does(ada, where, "save", at="0.0", stem="Ice floats.", right="0")
    await does(ada, where, "accept", at="1.0")
    assert "1 ready, 0 need you, 1 stays as it is" in ada.text
    await ada.post(where)
    assert [(one.kind, one.status) for one in await stored(room, "kinds")] == [
        ("true_false", "ready"),
        ("number", "unkeyed"),
    ]


async def test_what_was_mended_survives_the_next_import_of_the_edited_file(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    where = await upload(ada)
    await does(ada, where, "save", **LAMBDA | {"stem": "Which one runs code?"}, right="0")
    await does(ada, where, "drop", at="0.0")
    await ada.post(where)
    (first, second) = await stored(room)
    where = await upload(ada, f"0. Which is new?\nA. This\nB. That\nAnswer: A\n\n{FILE}".replace("queue", "good queue"))
    assert "3 questions found: 3 ready, 0 need you" in ada.text
    assert "Dropped: these won't be stored" in ada.text
    await ada.post(where)
    questions = await stored(room)
    assert [(one.id, one.stem) for one in questions[1:]] == [
        (first.id, "Which one runs code?"),
        (second.id, "Which one is a good queue?"),
    ]
    where = await upload(ada, FILE.replace("Glacier", "Amazon Glacier"))
    assert "the file has changed since" in sheet_of(ada, 7)
    await does(ada, where, "save", **LAMBDA, right="1")
    await ada.post(where)
    mended = next(one for one in await stored(room) if one.id == first.id)
    assert (mended.stem, set(mended.key), mended.status) == ("Which of these runs code?", {1}, "ready")
