"""Hosts look through their banks, correct and withdraw questions, take a bank along and delete it."""

import re
import threading
from dataclasses import replace
from typing import Any

import pytest

from adapters.web.hosting import bank
from bot.domain.drafts import FindingCode, ParsedDocument
from bot.services.banks.storing import bank_questions, import_document
from tests.adapters.web.conftest import QUESTIONS

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


@pytest.fixture
async def ada(room: OpenRoom) -> Person:
    """A host of a room that has a bank of its own."""
    document = ParsedDocument(format="numbered", questions=QUESTIONS)
    await import_document(room.app, document, bank="Ours", space_id=await room.space_id())
    return await room.person("Ada")


async def ids(room: OpenRoom) -> list[int]:
    _bank, questions = await bank_questions(room.app, "Ours", await room.space_id())
    return [question.id for question in questions]


async def asked(room: OpenRoom, ada: Person) -> int:
    """Have a question of the bank asked and answered rightly; return its id."""
    await ada.say("/quiz metrics")
    await room.deliver()
    round_id = (await room.rounds())[-1]
    await ada.answer(round_id, await room.right_pick(round_id))
    round_ = await room.app.storage.read(lambda unit: unit.rounds.find(round_id))
    return int(round_.question_id)


async def points(ada: Person) -> bool:
    await ada.get("/standings?window=all")
    return "10" in ada.page.partition("<tbody")[2]


async def test_banks_are_listed_with_their_counts_and_the_operators_lead_nowhere(room: OpenRoom, ada: Person) -> None:
    await ada.get("/hosting/banks")
    assert "Ours 2 ready" in ada.text
    assert "For every space" in ada.text
    assert "/hosting/bank?bank=starter" not in ada.page
    assert (await ada.get("/hosting/bank?bank=starter")).status == 403
    assert (await ada.get("/hosting/bank?bank=none")).status == 404


async def test_a_large_bank_is_looked_through_beside_the_loop(
    room: OpenRoom, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_in: list[threading.Thread] = []
    has = bank._has

    def noted(*given: Any) -> bool:
        looked_in.append(threading.current_thread())
        return has(*given)

    monkeypatch.setattr(bank, "_has", noted)
    await ada.get("/hosting/bank?bank=Ours&words=variance")
    assert looked_in
    assert threading.main_thread() not in looked_in


async def test_questions_are_found_by_words_and_state(room: OpenRoom, ada: Person) -> None:
    await ada.get("/hosting/bank?bank=Ours")
    assert "2 questions" in ada.text
    await ada.get("/hosting/bank?bank=Ours&words=DROPOUT")
    assert "1 question " in ada.text
    assert "reduce variance" in ada.text
    await ada.get("/hosting/bank?bank=Ours&state=withdrawn&page=7")
    assert "0 questions" in ada.text


async def test_what_a_question_lacks_is_said_in_words(room: OpenRoom, ada: Person) -> None:
    doubtful = replace(QUESTIONS[0], stem="Which is on the picture?", findings=(FindingCode.NEEDS_FIGURE,))
    document = ParsedDocument(format="numbered", questions=(doubtful,))
    await import_document(room.app, document, bank="Doubtful", space_id=await room.space_id())
    await ada.get("/hosting/bank?bank=Doubtful")
    assert "needs a look: it needs a picture" in ada.text
    found = re.search(r"/hosting/question\?id=\d+", ada.page)
    assert found
    await ada.get(found[0])
    assert "It isn't asked until somebody has edited and stored it: it needs a picture." in ada.text


async def test_a_bank_is_taken_along_in_every_format(room: OpenRoom, ada: Person) -> None:
    await ada.get("/hosting/bank?bank=Ours")
    formats = re.findall(r'<option value="(\w+)">\w+: ', ada.page)
    assert {"quizbot", "anki", "moodle"} <= set(formats)
    for name in formats:
        response = await ada.get(f"/hosting/bank/export?bank=Ours&format={name}")
        assert response.status == 200
        assert re.fullmatch(r"attachment; filename\*=UTF-8''Ours\.\w+", response.headers["Content-Disposition"])
        assert response.headers["Cache-Control"] == "no-store"
        assert len(await response.read()) > 50
    assert (await ada.get("/hosting/bank/export?bank=Ours&format=exe")).status == 400


async def test_a_key_is_corrected_and_past_answers_count_differently(room: OpenRoom, ada: Person) -> None:
    number = await asked(room, ada)
    await ada.get(f"/hosting/question?id={number}")
    assert "Right answer: A" in ada.text
    for key, told in (("", "names no choice"), ("Z", "names no choice"), ("x" * 4001, "That is too long")):
        response = await ada.post(f"/hosting/question?id={number}", {"key": key, "reason": "R&D"})
        assert response.status == 400
        assert told in ada.page.split('id="wrong-key"')[1].split("</p>")[0]
        assert 'value="R&amp;D"' in ada.page
    await ada.post(f"/hosting/question?id={number}", {"key": "b", "reason": "a slip"})
    assert "The key is corrected. 1 answer from before counts differently now." in ada.text
    assert "Right answer: B" in ada.text


async def test_a_question_is_withdrawn_after_being_asked_about(room: OpenRoom, ada: Person) -> None:
    first, second = await ids(room)
    await ada.get(f"/hosting/question/withdraw?id={second}")
    assert "Withdraw this question?" in ada.text
    await ada.post(f"/hosting/question/withdraw?id={second}")
    assert "The question is withdrawn. It hadn't been asked yet." in ada.text
    await ada.get(f"/hosting/question?id={second}")
    assert "it is never asked again" in ada.text
    assert "Correct the key" not in ada.text
    await ada.get(f"/hosting/question?id={first}")
    assert f"/questions/edit?id={first}" in ada.page


async def test_a_bank_is_deleted_after_being_asked_about_and_points_stay(room: OpenRoom, ada: Person) -> None:
    await asked(room, ada)
    await ada.say("/daily set 9:00 UTC name=ours bank=ours")
    await ada.get("/hosting/bank/delete?bank=Ours")
    assert "Delete “Ours”?" in ada.text
    assert "Its 2 questions are never asked again." in ada.text
    assert "1 daily question draws from this bank alone" in ada.text
    assert await points(ada)
    await ada.post("/hosting/bank/delete", {"bank": "ours"})
    assert "“ours” is deleted. 1 question that was asked stays stored with its answers." in ada.text
    assert "None yet." in ada.text
    assert "former" not in ada.text
    assert await points(ada)
    assert (await ada.post("/hosting/bank/delete", {"bank": "Ours"})).status == 404
    await ada.say("/quiz ensembles")
    await ada.say("/bank list")
    assert "former" not in ada.text


async def test_a_bank_that_was_never_asked_from_is_gone_whole_and_its_name_is_free(room: OpenRoom, ada: Person) -> None:
    await ada.post("/hosting/bank/delete", {"bank": "Ours"})
    assert "“Ours” is deleted." in ada.text
    document = ParsedDocument(format="numbered", questions=QUESTIONS)
    report = await import_document(room.app, document, bank="Ours", space_id=await room.space_id())
    assert report.new == 2


async def test_questions_of_others_are_out_of_reach(room: OpenRoom, ada: Person) -> None:
    _bank, (question, *_rest) = await bank_questions(room.app, "starter", None)
    for path in ("/hosting/question", "/hosting/question/withdraw"):
        assert (await ada.get(f"{path}?id={question.id}")).status == 403
        assert (await ada.post(f"{path}?id={question.id}", {"key": "B"})).status == 403
        for number in ("7", "x", "9" * 30, ""):
            assert (await ada.get(f"{path}?id={number}")).status == 404
