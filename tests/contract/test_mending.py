"""What was mended before it was stored survives the next import, on every database."""

from dataclasses import replace

from bot.domain.drafts import FindingCode
from bot.domain.mending import Mended, Portion, as_read
from bot.services.banks.storing import bank_questions, import_document, recall
from bot.testing import document, draft, number

ONE = draft("Which one stores objects?", "S3", "EC2", "SQS", line=1)
TWO = replace(draft("Which one runs code?", "Lambda", "Glacier", key=[], line=7), findings=(FindingCode.UNKEYED,))
THREE = draft("Which one is a queue?", "SNS", "SQS", "SES", key=[1], line=13)


def mended(source, **parts):
    return Portion(sources=(source,), outcome=(replace(as_read(source), **{"findings": ()} | parts),))


async def imports(app, *drafts, portions=None):
    return await import_document(app, document(*drafts), bank="exam", portions=portions)


async def questions(app):
    return (await bank_questions(app, "exam"))[1]


async def by_stem(app):
    return {one.stem: one for one in await questions(app)}


async def test_a_mended_question_stays_mended_while_its_source_is_unchanged(app):
    await imports(app, ONE, TWO, portions=[Portion(sources=(ONE,)), mended(TWO, stem="What runs code?", key=(0,))])
    before = await by_stem(app)
    report = await imports(app, replace(ONE, explanation="New."), replace(TWO, line=40, section="Elsewhere"))
    assert (report.new, report.edited) == (0, 2)
    after = (await by_stem(app))["What runs code?"]
    assert (after.id, set(after.key), after.status) == (before["What runs code?"].id, {0}, "ready")
    assert (
        await imports(app, replace(ONE, explanation="New."), replace(TWO, line=40, section="Elsewhere"))
    ).unchanged == 2


async def test_a_dropped_question_stays_away(app):
    await imports(app, ONE, TWO, portions=[Portion(sources=(ONE,)), Portion(sources=(TWO,), outcome=())])
    assert (await imports(app, TWO, ONE, THREE)).new == 1
    assert [one.stem for one in await questions(app)] == [ONE.stem, THREE.stem]


async def test_a_question_that_was_stored_before_it_was_mended_is_revised(app):
    await imports(app, ONE, TWO)
    before = (await by_stem(app))[TWO.stem]
    report = await imports(app, TWO, portions=[mended(TWO, stem="Quite another text", key=(1,))])
    assert (report.new, report.edited) == (0, 1)
    assert (await by_stem(app))["Quite another text"].id == before.id


async def test_joined_and_split_questions_stay_so(app):
    whole = replace(as_read(ONE), stem="Both", findings=())
    parts = (as_read(THREE), replace(as_read(THREE), stem="The other half of it", offset=2))
    portions = [Portion(sources=(ONE, TWO), outcome=(whole,)), Portion(sources=(THREE,), outcome=parts)]
    await imports(app, ONE, TWO, THREE, portions=portions)
    stems = ["Both", THREE.stem, "The other half of it"]
    assert [one.stem for one in await questions(app)] == stems
    assert (await imports(app, ONE, TWO, THREE)).unchanged == 3
    assert [one.stem for one in await questions(app)] == stems


async def test_a_question_whose_source_changed_takes_it_and_has_to_be_looked_at(app):
    await imports(app, ONE, TWO, portions=[Portion(sources=(ONE,)), mended(TWO, stem="What runs code?", key=(0,))])
    before = (await by_stem(app))["What runs code?"]
    edited = replace(TWO, stem="Which one runs your code?")
    for _time in range(2):
        await imports(app, ONE, edited)
        after = (await by_stem(app))[edited.stem]
        assert (after.id, bool(after.key), after.status) == (before.id, False, "needs attention")
        assert FindingCode.MENDED_BEFORE in after.findings
    (_one, portion) = await recall(app, document(ONE, edited), bank="exam")
    assert (portion.outcome, portion.before.outcome[0].stem) == (None, "What runs code?")
    outcome = (replace(as_read(edited), key=(0,), findings=()),)
    await imports(app, ONE, edited, portions=[Portion(sources=(ONE,)), replace(portion, outcome=outcome)])
    await imports(app, ONE, edited)
    assert (await by_stem(app))[edited.stem].status == "ready"
    assert len(await questions(app)) == 2


async def test_a_new_question_is_not_taken_for_a_changed_one(app):
    await imports(app, TWO, portions=[mended(TWO, key=(0,))])
    await imports(app, TWO, THREE, ONE)
    assert [one.status for one in await questions(app)] == ["ready"] * 3


async def test_what_is_undone_is_as_in_the_file_again(app):
    await imports(app, ONE, TWO, portions=[mended(ONE, stem="Mine"), mended(TWO, key=(0,))])
    await imports(app, ONE, TWO, portions=[Portion(sources=(ONE,)), mended(TWO, key=(0,))])
    await imports(app, ONE, TWO)
    assert {one.stem: one.status for one in await questions(app)} == {ONE.stem: "ready", TWO.stem: "ready"}


async def test_what_is_mended_once_more_is_the_same_question(app):
    await imports(app, TWO, portions=[mended(TWO, stem="Once", key=(0,))])
    before = (await questions(app))[0]
    await imports(app, TWO, portions=[mended(TWO, stem="Something else altogether", key=(0,))])
    assert [(one.id, one.stem) for one in await questions(app)] == [(before.id, "Something else altogether")]


async def test_another_file_of_the_bank_forgets_nothing(app):
    await imports(app, TWO, portions=[mended(TWO, key=(0,))])
    await imports(app, THREE, portions=[Portion(sources=(THREE,))])
    assert (await imports(app, TWO)).ready == 2


async def test_questions_with_ids_are_recognised_by_them(app):
    source = replace(TWO, source_id="q7")
    await imports(app, source, portions=[mended(source, stem="What runs code?", key=(0,))])
    await imports(app, replace(source, stem="A completely different wording", choices=("Lambda", "Glacier", "S3")))
    (one,) = await questions(app)
    assert FindingCode.MENDED_BEFORE in one.findings


async def test_other_kinds_are_remembered_too(app):
    source = replace(number("How long is it?"), findings=(FindingCode.UNKEYED,))
    kept = replace(as_read(source), settled=True)
    await imports(app, source, portions=[Portion(sources=(source,), outcome=(kept,))])
    (portion,) = await recall(app, document(source), bank="exam")
    assert portion.outcome == (kept,)
    assert isinstance(portion.outcome[0], Mended)
