"""Answers that weren't accepted: a host looks through them and decides with a click, the same everywhere."""

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.services.banks.storing import import_document
from bot.testing import short
from tests.adapters.stages import Stage
from tests.adapters.stages.questions import SHORT
from tests.adapters.test_every_platform_holds import hostile, on_one_line

LAMBDA = short("Which service runs code without servers?", "Lambda")


async def own(stage: Stage, *drafts: QuestionDraft) -> None:
    """Questions come into a bank of this space."""
    space = await stage.bot.space()
    await import_document(
        stage.bot.app, ParsedDocument(format="numbered", questions=drafts), bank="own", space_id=space.id
    )


async def played(stage: Stage, *texts: str) -> None:
    """A question is asked, somebody else types each of these texts, and it closes."""
    await stage.quiz()
    for number, text in enumerate(texts):
        assert "isn't it" in await (await stage.person(f"P{number}")).types(text)
    await stage.closes()


async def test_a_host_accepts_one_answer_and_sets_another_aside(stage: Stage):
    await own(stage, LAMBDA)
    await played(stage, "AWS Lambda", "aws lambda", "Batch")
    boss = await stage.boss()
    told = await boss.says("/quiz question answers")
    for words in ("1. “AWS Lambda”: 2 people", LAMBDA.stem, "Right so far: Lambda", "2. “Batch”: 1 person"):
        assert words in told
    assert "“AWS Lambda” now counts as right: 2 people get the points" in await boss.clicks("Accept 1")
    await stage.shows("Good news: “AWS Lambda” counts as right, too, and 2 people get the points.")
    assert await stage.points() == {"P0": 10, "P1": 10, "P2": 0}
    assert "No such answer is waiting" in await boss.clicks("Accept 1")
    assert "“Batch” stays wrong, and I won't ask you about it again." in await boss.clicks("Set aside 2")
    assert "Nothing to decide" in await boss.says("/quiz question answers")
    assert stage.pings() == []


async def test_a_click_is_understood_after_a_restart(stage: Stage):
    await own(stage, LAMBDA)
    await played(stage, "AWS Lambda")
    boss = await stage.boss()
    await boss.says("/quiz question answers")
    await stage.restart()
    assert "“AWS Lambda” now counts as right: 1 person gets the points" in await boss.clicks("Accept 1")


async def test_a_forged_click_does_what_its_sender_may_do_and_no_more(stage: Stage):
    await own(stage, LAMBDA)
    await played(stage, "AWS Lambda")
    boss = await stage.boss()
    await boss.says("/quiz question answers")
    for forged, said in (
        ("/quiz question accept 7 answer=0", "No such answer is waiting"),
        (f"/quiz question accept {2**63} AWS Lambda", "There is no question"),
        ("/quiz question accept", "Which question, and which answer?"),
        ("/quiz bank import", "file"),
        ("/nonsense", "I don't know “/nonsense”."),
    ):
        assert said in await boss.clicks("Accept 1", forged=forged), forged
    assert await stage.points() == {"P0": 0}


async def test_whoever_is_no_host_sees_and_decides_nothing(stage: Stage):
    await own(stage, LAMBDA)
    await played(stage, "AWS Lambda")
    boss = await stage.boss()
    await boss.says("/quiz question answers")
    for told in (
        await stage.watcher.says("/quiz question answers"),
        await stage.watcher.clicks("Accept 1", of=boss),
        await stage.watcher.clicks("Set aside 1", of=boss),
    ):
        assert "Only a host can do that." in told
    assert await stage.points() == {"P0": 0}
    assert "“AWS Lambda”: 1 person" in await boss.says("/quiz question answers")


async def test_the_operators_bank_is_shown_and_its_answers_can_only_be_set_aside(stage: Stage):
    await stage.imports(SHORT)
    await played(stage, "dropout")
    boss = await stage.boss()
    assert "Whoever runs me can accept the answer" in await boss.says("/quiz question answers")
    assert "stays wrong" in await boss.clicks("Set aside 1")


async def test_what_people_typed_is_shown_to_hosts_as_typed_and_pings_nobody(stage: Stage):
    text = hostile(stage)
    await own(stage, LAMBDA)
    await played(stage, text)
    boss = await stage.boss()
    assert text in on_one_line(await boss.says("/quiz question answers")), "a host reads all of it, however long it is"
    shown = text[:79].rstrip() + "…" if len(text) > 80 else text
    assert shown not in on_one_line(await stage.watcher.sees())
    assert shown in on_one_line(await boss.clicks("Accept 1"))
    await stage.shows("Good news:")
    assert stage.pings() == []


async def test_ten_long_answers_fit_into_one_reply(stage: Stage):
    await own(stage, short("x" * 400 + "?", *(f"{'y' * 290} {number}" for number in range(5))))
    letters = "abcdefghijk"
    await played(stage, *(f"{letter * 290}" for letter in letters))
    boss = await stage.boss()
    told = await boss.says("/quiz question answers")
    assert all(f"{number}. “" in told for number in range(1, 11))
    assert "In full: " in told
    assert "1 more is waiting after these." in told
    assert "stays wrong" in await boss.clicks("Set aside 10")
