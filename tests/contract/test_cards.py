"""Cards: shown in private, judged by their readers, never scored; asked as short answers in a series if they can be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.standings import Ranked
from bot.domain.views import ControlKind, Mark
from bot.services.banks.correcting import accept_answer, correct_key, withdraw
from bot.services.banks.storing import bank_questions
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.cards import show_back
from bot.services.series.choosing import choose, prospect
from bot.services.standings.week_review import review_week
from bot.testing import Conversation, card, draft, plain

pytestmark = pytest.mark.sqlite_first

SHORT = card("Which service runs code without servers?", "AWS Lambda", "Lambda")
LONG = card("What does *idempotent* mean?", "Doing it twice\n\n- changes **nothing** more\n- harms nobody")
KNEW, ALMOST, DID_NOT = (frozenset({position}) for position in range(3))


def speaker(game, name="Ada", **more):
    return Conversation(game.app, game.space, speaker=name, **more)


async def posted(game, key):
    return (await game.app.storage.read(lambda unit: unit.outbox.find(key))).view


async def back(game, round_, name="Ada"):
    return await show_back(game.app, game.member(name), "study", round_.id)


async def left_to_ask(game, **options):
    series = await game.series(**options)
    ahead = await game.app.storage.read(lambda unit: prospect(unit, series, game.space, game.clock.now()))
    stems = {question.id: question.stem for question in (await bank_questions(game.app, "bank"))[1]}
    return {stems[one.question_id] for one in ahead.candidates}


async def test_a_card_is_asked_at_once_judged_and_never_scored(game):
    await game.imports(SHORT)
    round_ = await game.asks()
    asked = await posted(game, question_key(round_.id))
    assert (round_.kind, asked.controls.kind, "Lambda" in plain(asked)) == ("card", ControlKind.CARD, False)
    assert [option.label for option in asked.options] == ["Knew it", "Almost", "Didn't know"]
    assert "This isn't scored. Your first answer stands." in plain(asked)
    assert await speaker(game).answers(round_, KNEW) == "Saved: knew it. This question isn't scored."
    assert await speaker(game).answers(round_, KNEW) == "Saved: knew it. This question isn't scored."
    await game.later(seconds=1)
    assert "Your first answer stands. Saved: knew it." in await speaker(game).answers(round_, DID_NOT)
    await speaker(game, "Bob").answers(round_, DID_NOT)
    await game.closes(round_)
    for by in Ranked:
        assert await game.points(by=by) == {}
    await game.agrees()


async def test_the_result_shows_the_back_and_what_people_said_but_nobody_by_name(game):
    await game.imports(replace(LONG, explanation="It comes from *idem*."))
    round_ = await game.asks()
    for name, said in {"Ada": KNEW, "Bob": DID_NOT, "Cy": KNEW}.items():
        await speaker(game, name).answers(round_, said)
    await game.closes(round_)
    told = await posted(game, result_key(round_.id))
    assert (told.title, told.text) == ("The answer", f"{LONG.back}\n\nIt comes from *idem*.")
    assert [(one.text, one.tally) for one in told.options] == [
        ("Knew it", "2 (67%)"),
        ("Almost", "0 (0%)"),
        ("Didn't know", "1 (33%)"),
    ]
    assert {one.mark for one in told.options} == {Mark.NONE}
    assert told.sections == ()


async def test_a_result_without_answers_shows_the_back_alone(game):
    await game.imports(LONG)
    round_ = await game.asks()
    await game.closes(round_)
    told = await posted(game, result_key(round_.id))
    assert (told.text, told.options) == (LONG.back, ())


async def test_an_answer_changes_until_the_close_where_the_round_lets_it(game):
    await game.imports(LONG)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE, cards=True)
    ada = speaker(game)
    assert await ada.answers(round_, DID_NOT) == "Saved: didn't know. You can change it until the question closes."
    await game.later(seconds=1)
    assert "Changed to almost." in await ada.answers(round_, ALMOST)
    assert (await game.stored(round_))["Ada"].response.given(()) == ALMOST
    await game.closes(round_)
    assert "your answer stands" in await ada.answers(round_, KNEW)
    assert "harms nobody" in await speaker(game, "Bob").answers(round_, KNEW)
    assert (await game.stored(round_)).keys() == {"Ada"}
    await game.agrees()


async def test_the_back_is_shown_in_private_with_what_answers_it(game):
    await game.imports(LONG)
    round_ = await game.asks()
    view = await back(game, round_)
    assert (view.text, view.controls.kind, view.controls.round_id) == (LONG.back, ControlKind.BUTTONS, round_.id)
    assert [option.label for option in view.options] == ["Knew it", "Almost", "Didn't know"]
    assert await game.stored(round_) == {}
    await speaker(game).answers(round_, ALMOST)
    view = await back(game, round_)
    assert (view.text, view.controls, view.options, view.hint) == (LONG.back, None, (), "Your first answer stands.")
    await game.later(hours=1)
    view = await back(game, round_, "Bob")
    assert (view.text, view.controls, view.hint) == (LONG.back, None, "This question has closed.")


async def test_the_back_is_shown_again_to_whoever_may_still_change_their_answer(game):
    await game.imports(LONG)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE, cards=True)
    await speaker(game).answers(round_, ALMOST)
    assert (await back(game, round_)).controls is not None


async def test_the_back_is_shown_only_where_the_card_is(game):
    await game.imports(LONG)
    alone = await game.asks(private=True)
    await back(game, alone)
    with pytest.raises(NotFound):
        await back(game, alone, "Bob")
    with pytest.raises(NotFound):
        await show_back(game.app, game.member("Ada"), "elsewhere", alone.id)
    with pytest.raises(NotFound):
        await show_back(game.app, game.member("Ada"), "study", 404)


async def test_a_key_that_is_asked_for_is_never_shown_as_a_back(game):
    await game.imports(SHORT)
    round_ = await game.daily()
    with pytest.raises(NotFound):
        await back(game, round_)


@pytest.mark.parametrize("given", [frozenset(), frozenset({3}), frozenset({-1}), KNEW | ALMOST, ("Knew it",), ()])
async def test_a_forged_answer_is_refused(game, given):
    await game.imports(LONG)
    round_ = await game.asks()
    assert "buttons below the back" in await speaker(game).answers(round_, given)
    assert await game.stored(round_) == {}


async def test_a_series_asks_a_short_back_as_a_short_answer_that_is_scored(game):
    await game.imports(SHORT)
    round_ = await game.daily()
    assert (round_.kind, (await posted(game, question_key(round_.id))).controls.kind) == ("short", ControlKind.FIELDS)
    assert await game.app.storage.read(lambda unit: unit.rounds.find(round_.id)) == round_
    assert "AWS Lambda (you typed AWS Lamda) is right!" in await speaker(game).answers(round_, ("AWS Lamda",))
    assert "lambda is right!" in await speaker(game, "Bob").answers(round_, ("lambda",))
    assert "The right answer is AWS Lambda or Lambda." in await speaker(game, "Cy").answers(round_, ("EC2",))
    await game.closes(round_)
    assert "Right answer: AWS Lambda or Lambda" in plain(await posted(game, result_key(round_.id)))
    assert await game.points() == {"Ada": 10, "Bob": 10, "Cy": 0}
    await game.agrees()


async def test_a_series_asks_long_backs_only_if_told_to_and_says_how_many_it_leaves_out(game):
    await game.imports(SHORT, LONG, draft())
    ada = speaker(game, is_host=True)
    told = await ada.says("/quiz daily set 09:00 Europe/Berlin")
    assert "This series leaves out 1 card: its back is too long to be typed." in told
    assert await left_to_ask(game) == {SHORT.stem, draft().stem}
    told = await ada.says("/quiz daily set 09:00 Europe/Berlin cards=yes")
    assert "leaves out" not in told
    assert "cards with long backs, too" in told
    assert await left_to_ask(game, cards=True) == {SHORT.stem, LONG.stem, draft().stem}
    told = await ada.says("/quiz daily set 09:00 Europe/Berlin answer_with=reactions")
    assert "This series leaves out 2 questions: they can't be answered with reactions." in told
    assert "cards=yes" not in told
    assert await left_to_ask(game, answer_with=AnswerWith.REACTIONS) == {draft().stem}
    told = await ada.says("/quiz daily set 09:00 Europe/Berlin answer_with=reactions cards=yes")
    assert "Cards can't be answered with reactions." in told


async def test_an_edited_back_is_asked_as_what_it_is_now(game):
    shorter = card(LONG.stem, "Twice does no harm")
    for edit, kinds in ((LONG, set()), (shorter, {shorter.stem}), (LONG, set())):
        await game.imports(edit)
        assert await left_to_ask(game) == kinds


async def test_a_long_back_that_other_spaces_share_is_asked_only_where_cards_are(game):
    await game.imports(LONG, draft())
    asks, leaves = [await game.series(together="exam", cards=cards) for cards in (True, False)]
    now, day = game.clock.now(), game.clock.now().date()

    async def chosen(unit, series):
        return await choose(game.app, unit, series, game.space, now, day)

    first = await game.app.storage.write(lambda unit: chosen(unit, asks))
    other = await game.app.storage.write(lambda unit: chosen(unit, leaves))
    assert other.question.stem == draft().stem
    assert (first.shared_id == other.shared_id) is (first.question.stem == draft().stem)


async def test_correcting_a_card_replaces_its_back_and_grades_short_answers_again(game):
    await game.imports(SHORT)
    typed = await game.daily(reveal=Reveal.AT_CLOSE)
    await speaker(game).answers(typed, ("Lambda",))
    await speaker(game, "Bob").answers(typed, ("Fargate",))
    await game.closes(typed)
    shown = await game.asks()
    await speaker(game).answers(shown, KNEW)
    await game.closes(shown)
    done = await correct_key(game.app, typed.question_id, "Fargate", reason="", actor="test")
    assert (done.question.key.text, done.question.key.accepted, done.rounds, done.answers) == ("Fargate", (), 2, 2)
    assert await game.points() == {"Ada": 0, "Bob": 10}
    assert (await posted(game, result_key(shown.id))).text == "Fargate"
    assert (await game.imports(SHORT)).unchanged == 1  # a correction outlasts the source
    with pytest.raises(BadInput, match="the new back"):
        await correct_key(game.app, typed.question_id, " ", reason="", actor="test")
    await game.agrees()


@pytest.mark.both_databases
async def test_a_text_is_accepted_for_a_short_back_from_now_on_and_before(game):
    await game.imports(SHORT, LONG)
    typed = await game.daily(reveal=Reveal.AT_CLOSE, bank="bank")
    await speaker(game).answers(typed, ("Firecracker",))
    await game.closes(typed)
    assert await game.points() == {"Ada": 0}
    await accept_answer(game.app, typed.question_id, "firecracker", reason="", actor="test")
    assert await game.points() == {"Ada": 10}
    assert (await game.imports(SHORT, LONG)).unchanged == 2
    (long,) = [one for one in (await bank_questions(game.app, "bank"))[1] if one.stem == LONG.stem]
    with pytest.raises(BadInput, match="too long to be typed"):
        await accept_answer(game.app, long.id, "x", reason="", actor="test")


async def test_a_withdrawn_card_has_no_back_any_more(game):
    await game.imports(LONG)
    round_ = await game.asks()
    await speaker(game).answers(round_, KNEW)
    await withdraw(game.app, round_.question_id, reason="", actor="test")
    view = await back(game, round_, "Bob")
    assert (view.text, "withdrawn" in view.hint, view.controls) == ("", True, None)
    await game.closes(round_)
    assert "withdrawn" in (await posted(game, result_key(round_.id))).title
    assert "harms" not in plain(await posted(game, result_key(round_.id)))
    await speaker(game).follows([("/quiz stats", "0 days in a row")])


async def test_cards_count_for_ones_own_streak_and_stats_and_for_nothing_else(game):
    await game.imports(LONG)
    for _day in range(2):
        round_ = await game.asks()
        await speaker(game).answers(round_, KNEW)
        await speaker(game, "Bob").answers(round_, DID_NOT)
        await game.later(days=1)
    await game.imports(draft(), LONG)
    scored = await game.asks(topic=None)
    while scored.kind == "card":
        scored = await game.asks()
    await game.answers(scored, "Ada", 0)
    told = await speaker(game).says("/quiz stats")
    assert "1 of 1 right (100%), 10 points, 3 days in a row." in told
    assert "Knew it: 2" in told
    told = await speaker(game, "Bob").says("/quiz stats")
    assert "Nothing scored yet. Your streak: 2 days in a row." in told
    assert "Didn't know: 2" in told
    assert await game.points() == {"Ada": 10}


async def test_a_streak_of_cards_is_named_in_the_result(game):
    await game.imports(LONG)
    for _day in range(3):
        round_ = await game.asks()
        await speaker(game).answers(round_, KNEW)
        await game.closes(round_)
        await game.later(days=1)
    (section,) = (await posted(game, result_key(round_.id))).sections
    assert (section.title, "Ada" in section.text) == ("Longest streaks", True)


async def test_a_card_is_never_the_hardest_question_nor_anybody_the_fastest_at_it(game):
    await game.imports(LONG)
    round_ = await game.asks()
    for name in ("Ada", "Bob", "Cy"):
        await speaker(game, name).answers(round_, DID_NOT)
    await game.closes(round_)
    league = await game.app.storage.read(lambda unit: unit.leagues.get(game.space.league_id))
    now = game.clock.now()
    (figures,) = await game.app.storage.read(
        lambda unit: unit.rounds.figures(league.id, now - timedelta(days=1), now + timedelta(days=1), 10)
    )
    assert (figures.right, figures.answered) == (0, 0)
    today = league.day(now)
    assert await game.app.storage.read(lambda unit: review_week(unit, league, today, today)) is None


async def test_a_card_is_not_turned_over_on_demand_while_a_series_keeps_its_back_secret(game):
    await game.imports(SHORT)
    typed = await game.daily(reveal=Reveal.AT_CLOSE)
    with pytest.raises(NotFound, match="is open already"):
        await game.asks()
    await game.closes(typed)
    assert (await game.asks()).kind == "card"
