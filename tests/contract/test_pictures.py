"""Pictures: kept once, shown with their question, and gone with the last that showed them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot import storage
from bot.domain.errors import BadInput
from bot.domain.images import PictureEdit, choice_picture, image_file
from bot.services.banks.storing import bank_questions, import_document, pictures
from bot.services.banks.writing import illustrate
from bot.services.forgetting import forget_departed
from bot.services.platforms.arriving import depart
from bot.services.rounds.asking import question_key, result_key
from bot.storage import tables as t
from bot.storage.database import Database
from bot.storage.unit import SqlUnit
from bot.testing import application_on, document, draft
from tests.contract.stored_schema import drift
from tests.pictures import png

pytestmark = pytest.mark.sqlite_first

BLACK, WHITE = image_file(png(0)), image_file(png(255))
PICTURED = replace(draft("Which is it?", "A queue", "A topic", line=1), image=BLACK, image_alt="A black box")
DRAWN = (
    choice_picture(BLACK, "A black box", alone=True),
    choice_picture(WHITE, "A white box"),
    None,
)
CHOICES = replace(draft("Which one floats?", "A black box", "A topic", "A queue", line=1), choice_pictures=DRAWN)


async def questions(game, bank="bank"):
    return (await bank_questions(game.app, bank))[1]


async def kept(game):
    """The digests of all pictures there are."""
    return set(await game.app.storage.read_raw(lambda c: c.scalars(sa.select(t.images.c.digest))))


async def test_a_picture_comes_back_as_it_went_in(game):
    await game.imports(PICTURED)
    (question,) = await questions(game)
    assert (question.image.media_type, question.image.alt) == ("image/png", "A black box")
    assert await game.app.storage.read(lambda unit: unit.images.find(question.image.digest)) == BLACK
    assert await pictures(game.app, [question]) == {question.image.file_name: BLACK.data}


async def test_there_is_no_picture_under_another_name(game):
    await game.imports(PICTURED)
    assert await game.app.storage.read(lambda unit: unit.images.find(WHITE.digest)) is None


async def test_a_picture_that_many_show_is_kept_once(game):
    await game.imports(PICTURED, replace(PICTURED, stem="And which is that?", line=9))
    await game.imports(PICTURED, bank="other")
    assert await kept(game) == {BLACK.digest}


async def test_the_same_picture_again_changes_nothing(game):
    await game.imports(PICTURED)
    again = await game.imports(PICTURED)
    assert (again.new, again.edited, again.unchanged) == (0, 0, 1)


@pytest.mark.parametrize("change", [{"image": WHITE}, {"image_alt": "A dark box"}, {"image": None}])
async def test_another_picture_or_other_words_for_it_are_a_revision(game, change):
    await game.imports(PICTURED)
    (before,) = await questions(game)
    assert (await game.imports(replace(PICTURED, **change))).edited == 1
    (now,) = await questions(game)
    assert (now.id, now.revision) == (before.id, 2)
    assert now.image != before.image
    assert await game.app.storage.read(lambda unit: unit.banks.question(now.id, 1)) == before


async def test_questions_that_differ_in_their_picture_alone_stay_who_they_are_in_any_order(game):
    other = replace(PICTURED, image=WHITE, line=9)
    await game.imports(PICTURED, other)
    report = await game.imports(replace(other, line=1), replace(PICTURED, line=9))
    assert (report.new, report.edited, report.unchanged) == (0, 0, 2)


async def test_a_dry_run_keeps_no_picture(game):
    await game.imports(PICTURED, dry_run=True)
    assert await kept(game) == set()


async def test_a_question_shows_its_picture_before_and_after_its_close_and_the_result_does_not_repeat_it(game):
    await game.imports(PICTURED)
    round_ = await game.asks()
    (question,) = await questions(game)

    async def shown(key):
        return (await game.app.storage.read(lambda unit: unit.outbox.find(key))).view.image

    assert await shown(question_key(round_.id)) == question.image
    await game.closes(round_)
    assert await shown(question_key(round_.id)) == question.image
    assert await shown(result_key(round_.id)) is None


async def test_a_space_that_is_forgotten_takes_along_the_pictures_that_nobody_else_shows(game):
    await game.imports(PICTURED, replace(PICTURED, image=WHITE, line=9), bank="theirs", space_id=game.space.id)
    await game.imports(PICTURED, bank="shared")
    await depart(game.app, "web", "local")
    game.clock.advance(days=31)
    await forget_departed(game.app, timedelta(days=30))
    assert await kept(game) == {BLACK.digest}


async def test_pictures_of_choices_come_back_as_they_went_in_and_are_kept_once(game):
    assert (await game.imports(CHOICES)).new == 1
    assert (await game.imports(CHOICES)).unchanged == 1
    (question,) = await questions(game)
    assert [(choice.text, choice.image, choice.picture_alone) for choice in question.choices] == [
        ("A black box", DRAWN[0].image, True),
        ("A topic", DRAWN[1].image, False),
        ("A queue", None, False),
    ]
    assert await pictures(game.app, [question]) == {DRAWN[n].image.file_name: DRAWN[n].file.data for n in (0, 1)}
    await game.imports(CHOICES, bank="other")
    assert await kept(game) == {BLACK.digest, WHITE.digest}


@pytest.mark.parametrize(
    "first",
    [
        None,
        choice_picture(WHITE, "A black box", alone=True),
        choice_picture(BLACK, "A dark box", alone=True),
        choice_picture(BLACK, "A black box"),
    ],
)
async def test_another_picture_of_a_choice_or_other_words_for_it_are_a_revision(game, first):
    await game.imports(CHOICES)
    (before,) = await questions(game)
    assert (await game.imports(replace(CHOICES, choice_pictures=(first, *DRAWN[1:])))).edited == 1
    (now,) = await questions(game)
    assert (now.id, now.revision, now.order) == (before.id, 2, before.order)
    assert await game.app.storage.read(lambda unit: unit.banks.question(now.id, 1)) == before


async def test_questions_that_differ_in_their_choices_pictures_alone_stay_who_they_are_in_any_order(game):
    other = replace(CHOICES, choice_pictures=(choice_picture(WHITE, "A black box", alone=True), *DRAWN[1:]), line=9)
    await game.imports(CHOICES, other)
    report = await game.imports(replace(other, line=1), replace(CHOICES, line=9))
    assert (report.new, report.edited, report.unchanged) == (0, 0, 2)


async def test_a_question_and_its_result_show_the_pictures_of_its_choices_in_the_order_of_the_round(game):
    await game.imports(CHOICES)
    round_ = await game.asks()
    (question,) = await questions(game)
    await game.closes(round_)
    for key in (question_key(round_.id), result_key(round_.id)):
        options = (await game.app.storage.read(lambda unit, key=key: unit.outbox.find(key))).view.options
        assert [(option.letter, option.image) for option in options] == [
            (round_.letter(choice_id), question.choice(choice_id).image) for choice_id in round_.order
        ]


@pytest.mark.both_databases
async def test_a_forgotten_space_takes_along_the_pictures_of_its_choices_but_for_those_that_others_show(game):
    await game.imports(CHOICES, bank="theirs", space_id=game.space.id)
    await game.imports(replace(CHOICES, choice_pictures=(DRAWN[0], None, None)), bank="shared")
    await depart(game.app, "web", "local")
    game.clock.advance(days=31)
    await forget_departed(game.app, timedelta(days=30))
    assert await kept(game) == {BLACK.digest}


async def upgraded(empty_url, revision):
    """An empty database of an earlier version."""

    def upgrade(connection):
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
        command.upgrade(config, revision)

    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade))
    return old


@pytest.mark.both_databases
async def test_choices_from_before_they_had_pictures_are_kept(empty_url, clock):
    old = await upgraded(empty_url, "0015")
    choices = '[{"id": 0, "text": "A", "why": "First"}, {"id": 1, "text": "B", "why": ""}]'
    revision = "question_id, revision, made_at, stem, kind, choices, key, selects, explanation, tags, line, findings"
    for table, columns, values in (
        (
            "banks",
            "id, name, folded_name, title, version, starter, notes, findings",
            "1, 'old', 'old', 'Old', 1, FALSE, '[]', '[]'",
        ),
        (
            "questions",
            "id, bank_id, revision, position, withdrawn, status, kind",
            "2, 1, 1, 7, FALSE, 'ready', 'choice'",
        ),
        ("revisions", revision, f"2, 1, 0, 'Which?', 'choice', '{choices}', 1, 1, '', '[]', 7, '[]'"),
    ):
        row = f"{table} ({columns}) VALUES ({values})"
        await old.write_raw(lambda connection, row=row: connection.exec_driver_sql(f"INSERT INTO {row}"))
    await old.close()
    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        (question,) = (await bank_questions(app, "old"))[1]
    assert [(choice.text, choice.explanation, choice.image) for choice in question.choices] == [
        ("A", "First", None),
        ("B", "", None),
    ]


@pytest.mark.both_databases
async def test_questions_from_before_there_were_pictures_are_kept(empty_url, clock):
    old = await upgraded(empty_url, "0002")
    choices = '[{"id": 0, "text": "A", "why": ""}, {"id": 1, "text": "B", "why": ""}]'
    for row in (
        "banks VALUES (1, 'old', 'old', 'Old', 1, NULL, FALSE, '[]', '[]')",
        "questions VALUES (2, 1, 1, 7, NULL, FALSE, 'ready', NULL, NULL)",
        f"revisions VALUES (2, 1, 0, 'Which?', '{choices}', 1, 1, '', NULL, NULL, NULL, '[]', 7, '[]', NULL)",
    ):
        await old.write_raw(lambda connection, row=row: connection.exec_driver_sql(f"INSERT INTO {row}"))
    await old.close()
    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        (question,) = (await bank_questions(app, "old"))[1]
    assert (question.stem, question.key, question.image) == ("Which?", frozenset({0}), None)


async def test_a_host_gives_a_question_pictures_and_its_past_keeps_the_old_ones(game):
    pictured = replace(PICTURED, choices=("A", "B"))
    await import_document(game.app, document(pictured), bank="own", space_id=game.space.id)
    (known,) = (await bank_questions(game.app, "own", game.space.id))[1]
    edits = {
        None: PictureEdit(file=WHITE, alt="A white box"),
        known.order[1]: PictureEdit(file=BLACK, alt="A dark one"),
    }
    host = game.caller(is_host=True)
    stored = await illustrate(game.app, host, known.id, edits, seen=known.revision)
    (new,) = (await bank_questions(game.app, "own", game.space.id))[1]
    assert (stored.changed, stored.question) == (True, new)
    assert (new.image.digest, new.choices[1].image.digest) == (WHITE.digest, BLACK.digest)
    assert await kept(game) == {BLACK.digest, WHITE.digest}
    assert not (await illustrate(game.app, host, known.id, edits, seen=new.revision)).changed
    assert await game.app.storage.read(lambda unit: unit.images.size_of(new.bank_id)) == len(BLACK.data + WHITE.data)
    with pytest.raises(BadInput, match="changed this question meanwhile"):
        await illustrate(game.app, host, known.id, {None: PictureEdit(removed=True)}, seen=known.revision)
    past = await game.app.storage.read(lambda unit: unit.banks.question(known.id, known.revision))
    assert past.image.digest == BLACK.digest


@pytest.mark.both_databases
async def test_the_pictures_of_a_bank_have_a_limit_in_the_room_too(game, monkeypatch):
    await import_document(game.app, document(PICTURED), bank="own", space_id=game.space.id)
    (known,) = (await bank_questions(game.app, "own", game.space.id))[1]
    edits = {None: PictureEdit(file=WHITE, alt="White")}
    monkeypatch.setattr("bot.services.banks.writing.MOST_OF_A_BANK_MB", len(BLACK.data) * 1.5 / 1024**2)
    with pytest.raises(BadInput, match="would have more than"):
        await illustrate(game.app, game.caller(is_host=True), known.id, edits, seen=known.revision)
    assert await kept(game) == {BLACK.digest}
