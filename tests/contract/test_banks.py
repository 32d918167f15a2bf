"""Banks: imported again, edited, drawn from."""

import asyncio
from dataclasses import replace

import pytest

from bot import importers
from bot.domain.drafts import FindingCode, NoteSection, QuestionDraft
from bot.domain.errors import BadInput, NotFound
from bot.domain.revisions import draft_of
from bot.domain.rounds import Reveal
from bot.ports import QuestionFilter
from bot.services.banks import storing
from bot.services.banks.correcting import correct_key, withdraw
from bot.services.banks.storing import bank_questions, import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.rounds.asking import ask_now
from bot.storage.banks import SqlBanks
from bot.testing import Conversation, document, draft
from tests.contract.locking import held_up

pytestmark = pytest.mark.sqlite_first

CAPITALS = draft("What is the capital of France?", "Paris", "Rome", "Oslo", line=1)
RIVERS = draft("Which river flows through Berlin?", "Spree", "Seine", "Thames", line=9)


async def questions(game, bank="bank"):
    return (await bank_questions(game.app, bank))[1]


async def candidates(game, space=None, **which):
    wanted = QuestionFilter(space_id=(space or game.space).id, **which)
    return await game.app.storage.read(lambda unit: unit.banks.candidates(wanted))


async def test_the_same_file_again_changes_nothing(game):
    first = await game.imports(CAPITALS, RIVERS)
    assert (first.new, first.edited, first.unchanged, first.ready) == (2, 0, 0, 2)
    before = await bank_questions(game.app, "bank")
    again = await game.imports(CAPITALS, RIVERS, bank="BANK")
    assert (again.new, again.edited, again.unchanged, again.ready) == (0, 0, 2, 2)
    assert await bank_questions(game.app, "bank") == before


async def test_notes_that_changed_alone_are_stored(game):
    first, edited = (NoteSection(line=20, heading="Capitals", text=text) for text in ("Large towns.", "Not always."))
    versions = []
    for notes in (first, edited, edited):
        read = replace(document(CAPITALS), notes=(notes,))
        await import_document(game.app, read, bank="bank")
        bank, _questions = await bank_questions(game.app, "bank")
        assert await game.app.storage.read(lambda unit, b=bank, n=notes: unit.banks.has_notes(b.id, [n]))
        versions.append(bank.version)
    assert versions == [1, 2, 2]


async def test_an_edited_question_becomes_a_revision_with_the_same_choice_ids(game):
    await game.imports(CAPITALS, RIVERS)
    known = (await questions(game))[0]
    other = replace(CAPITALS, stem="Which town lies on the Seine?", choices=("Oslo", "Paris, France", "Rome"), key=(1,))
    report = await game.imports(replace(CAPITALS, choices=("Oslo", "Paris", "Rome"), key=(1,)), RIVERS)
    assert (report.new, report.edited, report.unchanged) == (0, 1, 1)
    report = await game.imports(other, RIVERS)
    assert (report.new, report.edited) == (1, 0), "another stem and other choices are another question"
    now = next(question for question in await questions(game) if question.id == known.id)
    assert now.revision == 2
    assert {choice.text: choice.id for choice in now.choices} == {choice.text: choice.id for choice in known.choices}
    old = await game.app.storage.read(lambda unit: unit.banks.question(known.id, 1))
    assert old == known, "a revision never changes"


async def test_a_mended_stem_is_the_same_question(game):
    await game.imports(CAPITALS, RIVERS)
    report = await game.imports(replace(CAPITALS, stem="What's the capital of France?"), RIVERS)
    assert (report.new, report.edited, report.unchanged) == (0, 1, 1)


async def test_a_question_that_vanished_from_its_file_stays(game):
    await game.imports(CAPITALS, RIVERS)
    report = await game.imports(RIVERS)
    assert (report.new, report.edited, report.unchanged, report.ready) == (0, 0, 1, 2)
    assert len(await questions(game)) == 2


async def test_a_question_that_stands_twice_in_a_file_is_stored_twice_and_asked_once(game):
    twice = replace(CAPITALS, line=20, findings=(FindingCode.DUPLICATE,))
    first = await game.imports(CAPITALS, RIVERS, twice)
    assert (first.new, first.ready, first.needs_attention) == (3, 2, 1)
    again = await game.imports(CAPITALS, RIVERS, twice)
    assert (again.new, again.edited, again.unchanged) == (0, 0, 3)
    assert len(await candidates(game)) == 2


async def test_choices_that_read_alike_change_nothing_either(game):
    odd = draft("Which?", "same", "same", "other", key=(1,))
    await game.imports(odd)
    assert (await game.imports(odd)).unchanged == 1


async def test_the_sources_own_id_decides_even_when_all_words_changed(game):
    await game.imports(replace(CAPITALS, source_id="q1"), replace(RIVERS, source_id="q2"))
    known = {question.stem: question.id for question in await questions(game)}
    report = await game.imports(replace(RIVERS, source_id="q1"), replace(CAPITALS, source_id="q2"))
    assert report.edited == 2
    assert {question.stem: question.id for question in await questions(game)} == {
        RIVERS.stem: known[CAPITALS.stem],
        CAPITALS.stem: known[RIVERS.stem],
    }


async def test_a_question_under_another_id_keeps_its_past_where_it_names_the_old_one(game):
    await game.imports(replace(CAPITALS, source_id="paris"), replace(RIVERS, source_id="q2"))
    known = await questions(game)
    renamed = replace(CAPITALS, source_id="capital", former_ids=("france", "paris"))
    again = await game.imports(renamed, replace(RIVERS, source_id="q2"))
    assert (again.new, again.edited, again.unchanged) == (0, 0, 2)
    other = replace(renamed, stem="Where is the Louvre?", choices=("Here", "There"), key=(1,))
    report = await game.imports(other, replace(RIVERS, source_id="q2"))
    assert (report.new, report.edited, report.unchanged) == (0, 1, 1)
    assert [question.id for question in await questions(game)] == [question.id for question in known]
    assert (await game.imports(replace(other, former_ids=()))).unchanged == 1, "the new id is known by then"


async def test_an_exported_bank_comes_back_as_the_same_questions(game):
    drafts = (replace(CAPITALS, source_id="capitals"), RIVERS)
    await game.imports(*drafts)
    known = await questions(game)
    exported = importers.parse(importers.export(known, "quizbot").encode(), name="bank.yaml")
    again = await game.imports(*exported.questions)
    assert (again.new, again.edited, again.unchanged) == (0, 0, 2)
    edited = [replace(exported_draft, stem="Quite other words") for exported_draft in exported.questions]
    again = await game.imports(*edited)
    assert (again.new, again.edited, again.unchanged) == (0, 2, 0)
    again = await game.imports(*(replace(draft_, stem="Quite other words") for draft_ in drafts))
    assert (again.new, again.edited, again.unchanged) == (0, 0, 2), "the file that they came from is theirs still"


async def test_an_id_that_a_file_uses_twice_makes_no_new_question_at_every_import(game):
    drafts = [replace(CAPITALS, source_id="q"), replace(RIVERS, source_id="q")]
    await game.imports(*drafts)
    again = await game.imports(*drafts)
    assert (again.new, again.edited, again.unchanged) == (0, 0, 2)


async def test_a_key_corrected_by_hand_survives_the_same_file_and_keeps_the_sources_id(game):
    await game.imports(replace(CAPITALS, source_id="q1"))
    known = (await questions(game))[0]
    await correct_key(game.app, known.id, "B", reason="the source is wrong", actor="test")
    again = await game.imports(replace(CAPITALS, source_id="q1"))
    assert (again.new, again.edited, again.unchanged) == (0, 0, 1)
    (now,) = await questions(game)
    assert (now.key, now.revision, now.source_key) == ({1}, 2, {0})


async def test_a_withdrawn_question_stays_out_whatever_its_file_says(game):
    await game.imports(CAPITALS)
    known = (await questions(game))[0]
    await withdraw(game.app, known.id, reason="unclear", actor="test")
    await game.imports(replace(CAPITALS, explanation="It has been since 987."))
    assert [question.status for question in await questions(game)] == ["withdrawn"]
    assert await candidates(game) == []


async def test_a_dry_run_tells_the_same_and_stores_nothing(game):
    told = await game.imports(CAPITALS, dry_run=True)
    assert (told.new, told.ready) == (1, 1)
    with pytest.raises(NotFound):
        await bank_questions(game.app, "bank")
    assert await game.imports(CAPITALS) == told


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 81, "new\nline"])
async def test_an_unusable_name_is_refused(game, name):
    with pytest.raises(BadInput, match="can't be a bank's name"):
        await game.imports(CAPITALS, bank=name)


async def test_a_file_with_nothing_in_it_is_refused(game):
    with pytest.raises(BadInput, match="nothing to import"):
        await import_document(game.app, document(), bank="bank")


async def test_what_cannot_be_asked_is_left_out_and_counted(game):
    broken = draft("One choice?", "only", line=2)
    many = draft("Too many?", *(f"c{n}" for n in range(26)), line=3)
    report = await game.imports(CAPITALS, broken, many)
    assert (report.new, report.left_out) == (1, 2)


@pytest.mark.both_databases
async def test_two_imports_at_once_make_one_bank(game):
    reports = await asyncio.gather(*(game.imports(CAPITALS, RIVERS) for _ in range(4)))
    assert sorted(report.new for report in reports) == [0, 0, 0, 2]
    assert len(await questions(game)) == 2


async def test_the_starter_bank_is_drawn_from_only_while_nothing_else_is_ready(game):
    await game.imports(draft("Starter?", topic="Old"), bank="starter", starter=True)
    assert len(await candidates(game)) == 1
    await game.imports(replace(CAPITALS, key=()), bank="unkeyed")
    assert len(await candidates(game)) == 1, "a bank without a ready question doesn't push it out"
    await game.imports(replace(RIVERS, topic="Water"), bank="own")
    (only,) = await candidates(game)
    assert (await game.app.storage.read(lambda unit: unit.banks.question(only.question_id))).stem == RIVERS.stem
    assert await candidates(game, topic="Old") == []
    assert len(await candidates(game, bank="STARTER")) == 1, "unless it is asked for by name"
    assert await game.app.storage.read(lambda unit: unit.banks.topics(game.space.id)) == ["Water"]


async def test_unkeyed_and_doubtful_questions_are_never_drawn(game):
    await game.imports(replace(CAPITALS, key=()), replace(RIVERS, findings=(FindingCode.NEEDS_FIGURE,)))
    assert await candidates(game) == []
    with pytest.raises(NotFound, match="No question is ready"):
        await game.asks()


async def test_a_kind_that_is_not_asked_is_stored_as_it_is_and_never_drawn(game):
    findings = (FindingCode.KIND_NOT_ASKED,)
    essay = QuestionDraft(line=1, stem="Why?", choices=(), kind="essay", kept='{"words": 100}', findings=findings)
    await game.imports(essay)
    (stored,) = await questions(game)
    assert draft_of(stored) == essay
    assert (await game.imports(essay)).unchanged == 1
    assert (await game.imports(replace(essay, kept='{"words": 200}'))).edited == 1
    assert await candidates(game) == []


async def test_a_bank_of_one_space_is_drawn_there_alone(game):
    other = await ensure_space(game.app, "web", "other", "Others", "UTC")
    await game.imports(CAPITALS, space_id=other.id)
    assert await candidates(game) == []
    assert len(await candidates(game, other)) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("asked", ["Übung", "übung", "ÜBUNG"])
async def test_a_topic_is_found_whatever_its_case(game, asked):
    await game.imports(replace(CAPITALS, topic="Übung"), replace(RIVERS, topic="Fluss"))
    assert len(await candidates(game, topic=asked)) == 1


async def test_an_unknown_topic_names_those_there_are(game):
    await game.imports(replace(CAPITALS, topic="Cities"), replace(RIVERS, topic="Rivers"))
    with pytest.raises(NotFound, match=r"“Seas”. There are: Cities, Rivers"):
        await game.asks(topic="Seas")


async def test_a_bank_without_topics_says_so(game):
    await game.imports()
    with pytest.raises(NotFound, match=r"“Seas”: none of the ready questions has a topic"):
        await game.asks(topic="Seas")


async def test_asking_now_gives_no_verdict_away_that_an_open_round_keeps_back(game):
    await game.imports(CAPITALS, RIVERS)
    daily = await game.daily(reveal=Reveal.AT_CLOSE)
    other = await game.asks()
    assert daily.question_id != other.question_id
    await withdraw(game.app, other.question_id, reason="", actor="host")
    with pytest.raises(NotFound, match="open already"):
        await game.asks()
    await game.closes(daily)
    assert (await game.asks()).question_id == daily.question_id


async def test_questions_come_round_without_repeating(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(4)))
    asked = []
    for _ in range(8):
        round_ = await game.asks()
        await game.closes(round_)
        asked.append(round_.question_id)
        game.clock.advance(minutes=1)
    assert len(set(asked[:4])) == 4
    assert asked[4:] == asked[:4], "once all were asked, the one asked longest ago comes"


async def test_several_at_once_are_different_questions(game):
    await game.imports(CAPITALS, RIVERS)
    rounds = await ask_now(game.app, game.caller(), count=2)
    assert len({round_.question_id for round_ in rounds}) == 2
    with pytest.raises(BadInput, match="1 to 5"):
        await ask_now(game.app, game.caller(), count=6)


async def test_summaries_count_every_state(game):
    await game.imports(CAPITALS, replace(RIVERS, key=()), draft("Figure?", key=(0,), line=30))
    withdrawn = next(q for q in await questions(game) if q.stem == "Figure?")
    await withdraw(game.app, withdrawn.id, reason="", actor="test")
    (summary,) = await game.app.storage.read(lambda unit: unit.banks.summaries())
    assert (summary.ready, summary.unkeyed, summary.needs_attention, summary.withdrawn) == (1, 1, 0, 1)


async def test_a_bank_of_one_space_is_not_shown_to_another(game):
    await game.imports(CAPITALS, bank="common")
    other = await ensure_space(game.app, "web", "other", "Other", "UTC")
    await game.imports(replace(RIVERS, key=()), bank="theirs", space_id=other.id)
    ours = Conversation(game.app, game.space, is_host=True)
    await ours.follows(
        [
            ("/quiz bank review theirs", "There is no bank named “theirs”. There are: common."),
            ("/quiz daily set 09:00 UTC bank=theirs", "There is no bank named “theirs”."),
        ]
    )
    assert "theirs" not in str(await ours.says("/quiz bank list"))
    theirs = Conversation(game.app, other, is_host=True)
    await theirs.follows([("/quiz bank list", "common…theirs"), ("/quiz bank review theirs", RIVERS.stem[:-1])])


_BANK = "format: quizbot-bank/1\nquestions: [{{stem: {stem}, select: {select}, choices: [{{text: a}}, {{text: b}}]}}]"
ODD = [
    _BANK.format(stem='"who\\0?"', select=1),
    _BANK.format(stem="Who?", select=10**30),
    _BANK.format(stem="Who?", select="2.0"),
    "1. Who\0 is \x01 it?\nA. \x1b[1mShe\nB. He\nAnswer: A",
    "999999999999999999. Who?\nA. She\nB. He\n\nAnswers\n999999999999999998. B\n999999999999999999. A",
]


@pytest.mark.parametrize("text", ODD)
async def test_whatever_can_be_read_can_be_stored(game, text):
    try:
        read = importers.parse(text.encode())
    except BadInput:
        return
    report = await import_document(game.app, read, bank="odd")
    assert report.new == 1
    assert (await import_document(game.app, read, bank="odd")).unchanged == 1


@pytest.mark.both_databases
async def test_two_imports_at_once_into_one_bank_lose_nothing(game):
    await asyncio.gather(game.imports(draft("Who?", "Ada", "Bob")), game.imports(draft("What?")))
    _, questions = await bank_questions(game.app, "bank")
    assert {question.stem for question in questions} == {"Who?", "What?"}


@pytest.mark.both_databases
async def test_the_same_file_twice_at_once_is_stored_once_in_a_bank_that_is_there(game, monkeypatch):
    """The second import comes at the very moment when the first has begun to write."""
    await game.imports(draft("Who?", "Ada", "Bob"))
    save = SqlBanks.save
    writing = asyncio.Event()

    async def save_and_dawdle(*args):
        monkeypatch.setattr(SqlBanks, "save", save)
        writing.set()
        await held_up(game.app, second)
        await save(*args)

    async def again():
        await writing.wait()
        return await game.imports(draft("What?"))

    monkeypatch.setattr(SqlBanks, "save", save_and_dawdle)
    second = asyncio.create_task(again())
    await game.imports(draft("What?"))
    assert (await second).unchanged == 1
    _, questions = await bank_questions(game.app, "bank")
    assert [question.stem for question in questions] == ["Who?", "What?"]


@pytest.mark.both_databases
async def test_a_correction_while_an_import_is_planned_is_kept(game, monkeypatch):
    await game.imports(draft("What is 6 x 7?", "42", "36"))
    _, [question] = await bank_questions(game.app, "bank")
    planned = storing._planned

    async def corrected_meanwhile(*args, **options):
        plan = await planned(*args, **options)
        monkeypatch.setattr(storing, "_planned", planned)
        await correct_key(game.app, question.id, "B", reason="test", actor="test")
        return plan

    monkeypatch.setattr(storing, "_planned", corrected_meanwhile)
    await game.imports(draft("What is 6 x 7, please?", "42", "36"))
    _, [edited] = await bank_questions(game.app, "bank")
    assert (edited.stem, edited.revision) == ("What is 6 x 7, please?", 3)
    assert edited.key.spelled(edited.order) == ("B",)
