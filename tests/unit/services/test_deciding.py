"""What a host decides about a question on the desk, with a click or in a form; desks are made again from traces."""

from dataclasses import replace

import pytest

from bot.domain.desk import At, Desk, Trace, at_in, laid, laid_again, opened, traces
from bot.domain.drafts import FindingCode
from bot.domain.errors import BadInput
from bot.domain.images import ChoicePicture, Image
from bot.domain.mending import Mending, Portion, as_read, fingerprint
from bot.domain.writing import LONGEST, Miswritten
from bot.services.banks import mending
from bot.services.banks.deciding import as_written, row_at, with_key, with_written
from bot.testing import card, document, draft, number, statement

UNKEYED = replace(draft("Which runs code?", "Lambda", "Glacier", key=[]), findings=(FindingCode.UNKEYED,))
FIRST = At(0, 0)


def desk_of(*drafts):
    return opened(document(*drafts), [Portion(sources=(one,)) for one in drafts])


def the_one(desk):
    (row,) = laid(desk)
    return row


def test_a_click_sets_the_key_and_settles_the_question():
    row = the_one(with_key(desk_of(UNKEYED), FIRST, 1))
    assert (row.draft.key, row.draft.select, row.waits, row.is_ready) == ((1,), 1, False, True)


def test_a_click_says_whether_a_statement_is_true():
    ice = replace(statement("Ice sinks."), key=(), findings=(FindingCode.UNKEYED,))
    assert the_one(desk_of(ice)).needs_key
    assert the_one(with_key(desk_of(ice), FIRST, 1)).draft.key == (1,)


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (UNKEYED, True),
        (replace(UNKEYED, select=2), False),
        (replace(UNKEYED, choices=("Lambda",)), False),
        (replace(draft(), findings=(FindingCode.KEY_CONFLICTS_EXPLANATION,)), True),
        (replace(draft(), findings=(FindingCode.NEEDS_FIGURE,)), False),
        (number("How many?"), False),
    ],
)
def test_a_letter_is_offered_only_where_one_right_choice_settles_the_question(source, needs):
    assert the_one(desk_of(source)).needs_key is needs


def test_a_question_without_a_key_or_with_too_few_choices_cant_be_kept_as_it_is():
    for source in (UNKEYED, draft("What?", "one")):
        assert not the_one(desk_of(source)).can_be_kept
    assert the_one(desk_of(replace(draft(), findings=(FindingCode.NEEDS_FIGURE,)))).can_be_kept


@pytest.mark.parametrize("source", [number("How many?"), card("Front", "Back")])
def test_a_key_that_isnt_picked_cant_be_clicked_or_written(source):
    desk = desk_of(source)
    with pytest.raises(BadInput):
        with_key(desk, FIRST, 0)
    with pytest.raises(BadInput, match="once they are stored"):
        as_written(the_one(desk))


def test_a_position_without_a_choice_is_refused():
    with pytest.raises(BadInput, match="one of the choices"):
        with_key(desk_of(UNKEYED), FIRST, 2)


@pytest.mark.parametrize("source", [draft("Which?", "a", "b", key=[1]), statement(true=False)])
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing_but_settles(source):
    doubtful = replace(source, findings=(FindingCode.NEEDS_FIGURE,))
    desk = desk_of(doubtful)
    assert the_one(with_written(desk, FIRST, as_written(the_one(desk)))).draft == source


def test_pictures_stay_with_their_choices():
    pictures = tuple(ChoicePicture(image=Image(digest=sign, media_type="image/png", alt=sign)) for sign in "abc")
    desk = desk_of(replace(draft("Which?", "one", "two", "three"), choice_pictures=pictures))
    written = as_written(the_one(desk))
    told = [
        [picture and picture.image.digest for picture in row.draft.choice_pictures]
        for answers in ("* one\nTWO\nthree", "three\n* one", "four\n* one\ntwo\nthree")
        for row in laid(with_written(desk, FIRST, replace(written, answers=answers)))
    ]
    assert told == [["a", "b", "c"], ["c", "a"], [None, "a", "b", "c"]]


def test_a_mistake_and_a_text_that_is_too_long_are_refused():
    desk = desk_of(UNKEYED)
    with pytest.raises(Miswritten, match="Which choice is right"):
        with_written(desk, FIRST, as_written(the_one(desk)))
    with pytest.raises(BadInput, match="too long for a form"):
        as_written(the_one(desk_of(replace(UNKEYED, stem="x" * (LONGEST + 1)))))


def test_the_next_question_is_the_first_that_needs_somebody_and_fits_into_a_form():
    unready = replace(number("How many?"), findings=(FindingCode.UNKEYED,))
    assert row_at(desk_of(draft(), unready, UNKEYED), None).at == At(2, 0)
    with pytest.raises(BadInput):
        row_at(desk_of(draft()), None)
    with pytest.raises(BadInput):
        row_at(desk_of(draft()), At(1, 0))


@pytest.mark.parametrize("at", [At(0, 0), At(12, 3)])
def test_what_names_a_question_is_read_as_it_is_written(at):
    assert at_in(str(at)) == at


@pytest.mark.parametrize("text", ["", "3", "3.", ".3", "3.0.0", "-1.0", "1e3.0", "1234567890.0", "٣.0"])
def test_anything_else_names_no_question(text):
    assert at_in(text) is None


SOURCES = tuple(replace(draft(f"Question {n}?", "a", "b", key=[0]), line=6 * n + 1) for n in range(5))


def mended_desk() -> Desk:
    """A desk on which something of everything was done."""
    before = Mending(sources=(fingerprint(draft("Earlier?")),), outcome=(as_read(draft("Earlier?")),))
    portions = [*(Portion(sources=(one,)) for one in SOURCES[:4]), Portion(sources=SOURCES[4:], before=before)]
    desk = mending.join(opened(document(*SOURCES), portions), At(1, 0))
    return with_key(mending.drop(desk, At(0, 0)), At(3, 0), 1)


def test_a_desk_is_made_again_from_its_traces():
    desk = mended_desk()
    assert [one.portion for one in traces(desk)] == [0, 1, 3, 4]
    assert laid_again(document(*SOURCES), traces(desk), desk.version) == desk


def test_traces_dont_fit_a_file_that_is_read_in_another_way():
    desk = mended_desk()
    changed = (*SOURCES[:3], replace(SOURCES[3], stem="Changed?"), SOURCES[4])
    for other in (changed, SOURCES[:3], ()):
        assert laid_again(document(*other), traces(desk), desk.version) is None
    assert laid_again(document(*SOURCES), [Trace(portion=9)], 0) is None
