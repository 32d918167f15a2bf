"""A host gives a question and its choices pictures in the room: what is stored, shown and refused."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from adapters.web.writing import PICTURES
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.images import LONGEST_ALT, LONGEST_WORDS
from bot.domain.questions import Question
from bot.services.banks.storing import bank_questions, import_document, pictures
from bot.services.rounds.closing import close_round
from bot.testing import document, draft
from tests.pictures import png

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any

SPOTS = re.compile(r'name="picture-([a-z0-9-]+)"')
DARK, GREY, LIGHT = png(0), png(128), png(255)
BANK = "Ours"
SHORT = QuestionDraft(line=2, stem="And now?", choices=(), kind="short", accepted=("then",))


@pytest.fixture
async def ada(room: OpenRoom) -> Person:
    """A host, after a bank of the room's own was stored."""
    one = await room.person("Ada")
    drawn = draft("Which <b>queue</b> is *drawn*?", "First in", "Last in", topic="drawn")
    await import_document(room.app, document(drawn, SHORT), bank=BANK, space_id=await room.space_id())
    return one


async def stored(room: OpenRoom) -> Question:
    """The first question of the bank."""
    _bank, questions = await bank_questions(room.app, BANK, await room.space_id())
    return min(questions, key=lambda question: question.id)


async def fills_in(
    person: Person, question: Question, files: dict[str, bytes], **fields: str
) -> aiohttp.ClientResponse:
    """Send the page's form; names have underscores for dashes."""
    await person.get(f"{PICTURES}?id={question.id}")
    form = aiohttp.FormData()
    form.add_field("csrf", person.csrf)
    form.add_field("revision", str(question.revision))
    spots = SPOTS.findall(person.page)
    assert set(files) <= set(spots)
    for spot in spots:
        data = files.get(spot, b"")
        form.add_field(f"picture-{spot}", BytesIO(data), filename=f"{spot}.png" if data else "")
    for name, value in fields.items():
        form.add_field(name.replace("_", "-"), value)
    return await person.post(f"{PICTURES}?id={question.id}", form)


async def test_a_question_and_a_choice_get_pictures_that_everybody_sees(room: OpenRoom, ada: Person) -> None:
    question = await stored(room)
    sent = await fills_in(
        ada,
        question,
        {"question": DARK, "choice-1": LIGHT},
        alt_question="A dark box",
        alt_choice_1="A light box",
    )
    assert sent.url.path == "/"
    reply = ada.page.partition("Stored!")[2]
    assert 'alt="A dark box"' in reply
    assert 'alt="A light box"' in reply
    after = await stored(room)
    assert (after.id, after.revision, after.key) == (question.id, question.revision + 1, question.key)
    assert after.image is not None
    assert after.image.alt == "A dark box"
    assert [choice.image.alt if choice.image else None for choice in after.choices] == [None, "A light box"]
    assert [choice.text for choice in after.choices] == ["First in", "Last in"]
    assert set((await pictures(room.app, [after])).values()) == {DARK, LIGHT}

    bob = await room.person("Bob")
    await bob.say("/quiz drawn")
    await room.deliver()
    await bob.get()
    assert bob.page.count('alt="A dark box"') == bob.page.count('alt="A light box"') == 1


async def test_pictures_are_replaced_described_again_and_removed(room: OpenRoom, ada: Person) -> None:
    await fills_in(
        ada, await stored(room), {"question": DARK, "choice-0": GREY}, alt_question="Dark", alt_choice_0="Grey"
    )
    question = await stored(room)
    await ada.get(f"{PICTURES}?id={question.id}")
    assert question.image is not None
    assert f'<img class="picture" src="/images/{question.image.digest}" alt="Dark">' in ada.page
    assert 'value="Grey"' in ada.page
    await fills_in(ada, question, {"question": LIGHT}, alt_question="Light", alt_choice_0="Grey", remove_choice_0="yes")
    after = await stored(room)
    assert after.image is not None
    assert (after.image.alt, after.revision) == ("Light", question.revision + 1)
    assert after.choices[0].image is None
    await fills_in(ada, after, {}, alt_question="As light as can be")
    last = await stored(room)
    assert last.image is not None
    assert (last.image.digest, last.image.alt) == (after.image.digest, "As light as can be")
    await fills_in(ada, last, {}, alt_question="As light as can be")
    assert "Nothing has changed" in ada.text
    assert (await stored(room)).revision == last.revision


async def test_an_open_round_keeps_what_it_asked(room: OpenRoom, ada: Person) -> None:
    await ada.say("/quiz drawn")
    await fills_in(ada, await stored(room), {"question": DARK}, alt_question="A dark box")
    assert (await stored(room)).revision == 2
    await close_round(room.app, (await room.rounds())[-1])
    await room.deliver()
    await ada.get()
    assert ada.page.count("A dark box") == 1, "in the reply alone"


@pytest.mark.parametrize(
    ("files", "fields", "said"),
    [
        ({"question": DARK}, {}, "Describe the picture for people who can't see it."),
        ({}, {"alt_question": "A box"}, "There is no picture to describe."),
        ({"question": b"<svg onload=alert(1)>"}, {"alt_question": "A box"}, "isn't a PNG, JPEG, GIF or WebP picture"),
        ({"question": DARK}, {"alt_question": " "}, "Describe the picture for people who can't see it."),
        ({"question": DARK[:20]}, {"alt_question": "A box"}, "is damaged"),
        ({"question": b"GIF89a<script>"}, {"alt_question": "A box"}, "is damaged"),
        ({"question": DARK}, {"alt_question": "x" * (LONGEST_ALT + 1)}, f"the limit is {LONGEST_ALT}"),
        ({"choice-0": DARK}, {"alt_choice_0": "x" * (LONGEST_WORDS + 1)}, f"the limit is {LONGEST_WORDS}"),
        ({"question": png(width=10_000, height=10_000)}, {"alt_question": "Huge"}, "million pixels"),
        ({"question": DARK + b"0" * 5 * 1024**2}, {"alt_question": "Heavy"}, "is larger than 5 MB"),
    ],
)
async def test_what_cannot_be_used_is_said_at_its_place_and_the_words_stay(
    room: OpenRoom, ada: Person, files: dict[str, bytes], fields: dict[str, str], said: str
) -> None:
    question = await stored(room)
    words = {"alt_choice_1": "", **fields}
    refused = await fills_in(ada, question, files, **words)
    assert refused.status == 400
    assert said in ada.text
    assert "Please choose your pictures again" in ada.text
    for value in fields.values():
        assert f'value="{value}"' in ada.page
    assert await stored(room) == question


async def test_after_a_mistake_the_ticks_are_there_too(room: OpenRoom, ada: Person) -> None:
    await fills_in(ada, await stored(room), {"question": DARK}, alt_question="Dark")
    question = await stored(room)
    await fills_in(ada, question, {"choice-0": b"?"}, alt_choice_0="Grey", remove_question="yes")
    assert 'name="remove-question" value="yes" checked' in ada.page
    assert await stored(room) == question


async def test_what_somebody_else_has_changed_meanwhile_stays(room: OpenRoom, ada: Person) -> None:
    old = await stored(room)
    await fills_in(ada, old, {"question": DARK}, alt_question="Dark")
    new = await stored(room)
    refused = await fills_in(ada, old, {"question": LIGHT}, alt_question="Light")
    assert (refused.status, await stored(room)) == (400, new)
    assert "Somebody has changed this question meanwhile" in ada.text
    assert 'name="revision" value="2"' in ada.page, "the page shows what it is now"


async def test_a_name_of_a_file_is_shown_short_and_clean(room: OpenRoom, ada: Person) -> None:
    question = await stored(room)
    await ada.get(f"{PICTURES}?id={question.id}")
    form = aiohttp.FormData(quote_fields=False)
    for name, value in (("csrf", ada.csrf), ("revision", str(question.revision))):
        form.add_field(name, value)
    form.add_field("picture-question", BytesIO(b"no picture"), filename=f"<b>\u202e{'x' * 250}.png")
    assert (await ada.post(f"{PICTURES}?id={question.id}", form)).status == 400
    assert "“&lt;b&gt;xxx" in ada.page
    assert "x" * 61 not in ada.page


async def test_long_words_of_many_accents_are_refused_soon(room: OpenRoom, ada: Person) -> None:
    question = await stored(room)
    accents = "a" + "\u0301\u0323" * 100_000
    refused = await fills_in(ada, question, {"question": DARK}, alt_question=accents)
    assert refused.status == 400
    assert "The description has 200001 characters; the limit is 1000." in ada.text
    assert len(ada.page) < 40_000


async def test_pictures_that_are_too_much_together_are_refused(room: OpenRoom, ada: Person) -> None:
    question, large = await stored(room), png(width=5_000, height=5_000)
    words = {"alt_question": "Large", "alt_choice_0": "Large, too"}
    await fills_in(ada, question, {"question": large}, alt_question="Large")
    first = await stored(room)
    assert first.image is not None
    refused = await fills_in(ada, question, {"choice-0": png(9, width=5_000, height=5_000)}, **words)
    assert (refused.status, await stored(room)) == (400, first)
    assert "million pixels together" in ada.text


async def test_only_hosts_give_pictures_and_only_what_is_chosen_has_its_own(room: OpenRoom, ada: Person) -> None:
    _bank, questions = await bank_questions(room.app, BANK, await room.space_id())
    short = max(questions, key=lambda question: question.id)
    await ada.get(f"{PICTURES}?id={short.id}")
    assert SPOTS.findall(ada.page) == ["question"]
    for number in ("1", "x", "", str(2**70)):
        assert (await ada.get(f"{PICTURES}?id={number}")).status == 404
    bob = await room.person("Bob")
    assert (await bob.get(f"{PICTURES}?id={short.id}")).status == 403
    assert (await bob.post(f"{PICTURES}?id={short.id}", {"revision": "1", "alt-question": "x"})).status == 403
    await import_document(room.app, document(draft("Everybody's?")), bank="operators")
    _bank, (operators,) = await bank_questions(room.app, "operators")
    assert (await ada.get(f"{PICTURES}?id={operators.id}")).status == 403


async def test_a_finding_that_a_picture_is_missing_is_settled_by_it(room: OpenRoom, ada: Person) -> None:
    needs = replace(draft("What does the diagram show?"), findings=(FindingCode.NEEDS_FIGURE,))
    await import_document(room.app, document(needs), bank=BANK, space_id=await room.space_id())
    _bank, questions = await bank_questions(room.app, BANK, await room.space_id())
    (question,) = [one for one in questions if one.stem.startswith("What does") and not one.withdrawn]
    assert question.status == "needs attention"
    await fills_in(ada, question, {"question": DARK}, alt_question="A queue")
    after = await room.app.storage.read(lambda unit: unit.banks.question(question.id))
    assert (after.status, after.findings) == ("ready", ())
