"""The import desk without a page: questions are mended, joined, split, dropped and put back."""

from dataclasses import replace

import pytest

from bot.domain.desk import At, laid, opened
from bot.domain.drafts import Finding, FindingCode
from bot.domain.errors import BadInput
from bot.domain.excerpts import lines_around
from bot.domain.images import ChoicePicture, Image
from bot.domain.mending import Portion
from bot.importers import parse
from bot.importers.excerpts import MOST
from bot.services.banks import mending
from bot.services.banks.mending import Edit
from bot.testing import card, document, draft, in_order, statement

FILE = """\
# Exam

1. Which service stores objects?
A. Amazon S3
B. Amazon EC2
Answer: A

2. Which of these runs code?
A. Lambda
B. Glacier
"""


def desk_of(*drafts):
    return opened(document(*drafts), [Portion(sources=(one,)) for one in drafts])


def read(text):
    found = parse(text.encode(), name="exam.txt")
    return opened(found, [Portion(sources=(one,)) for one in found.questions])


def drafts(desk):
    return [row.draft for row in laid(desk)]


def filled(stem="Which?", choices=("One", "Two"), key=(0,), **parts):
    told = ("",) * len(choices)
    values = {"explanation": "", "choice_explanations": told, "rows": tuple(range(len(choices)))} | parts
    return Edit(stem=stem, choices=tuple(choices), key=key, **values)


UNKEYED = replace(draft("Which runs code?", "Lambda", "Glacier", key=[], line=7), findings=(FindingCode.UNKEYED,))


def test_a_desk_gives_back_what_nobody_touched():
    source = replace(draft(), source_id="a", tags=("x",), former_ids=("b",))
    assert drafts(desk_of(source)) == [source]


def test_a_clicked_letter_makes_a_question_ready_and_keeps_its_findings_no_longer():
    desk = desk_of(UNKEYED)
    assert [row.waits for row in laid(desk)] == [True]
    desk = mending.edit(desk, At(0, 0), filled(UNKEYED.stem, UNKEYED.choices, (1,)))
    (row,) = laid(desk)
    assert (row.waits, row.mended, row.draft.key, row.draft.findings, row.problems) == (False, True, (1,), (), ())


def test_saving_hides_nothing_that_is_still_wrong():
    pointing = replace(draft("Which one is in the figure above?"), findings=(FindingCode.NEEDS_FIGURE,))
    desk = mending.edit(desk_of(pointing), At(0, 0), filled(pointing.stem, pointing.choices, pointing.key))
    assert laid(desk)[0].waits
    desk = mending.accept(desk, At(0, 0))
    assert [(row.waits, row.draft.findings) for row in laid(desk)] == [(False, ())]


def test_what_an_edit_makes_wrong_is_not_accepted_unseen():
    desk = mending.accept(desk_of(UNKEYED), At(0, 0), filled("Which two? (Choose two.)", ("One", "Two", "Three"), (0,)))
    (row,) = laid(desk)
    assert (row.waits, row.draft.findings) == (True, (FindingCode.SELECT_MISMATCH,))
    assert not laid(mending.accept(desk, At(0, 0)))[0].waits


def test_a_question_is_told_what_was_noticed_on_its_lines_and_between_it_and_its_neighbours():
    code, broken = FindingCode.LOST_QUESTION, FindingCode.BROKEN
    one = replace(draft(line=3), findings=(code,))
    other = replace(draft(line=9), findings=(code, broken))
    lost, third = Finding(line=7, code=code, message="Lost."), Finding(line=20, code=broken, message="Not its own.")
    found = replace(document(one, other, draft(line=15)), findings=(third, lost))
    rows = laid(opened(found, [Portion(sources=(source,)) for source in found.questions]))
    assert [row.problems for row in rows] == [("Lost.",), ("Lost.", "broken"), ()]


def test_pictures_stay_with_their_choices():
    pictures = tuple(ChoicePicture(image=Image(digest=sign, media_type="image/png", alt=sign)) for sign in "abc")
    source = replace(draft("Which?", "One", "Two", "Three"), choice_pictures=pictures)
    desk = mending.edit(desk_of(source), At(0, 0), filled(choices=("Three", "New", "One"), key=(2,), rows=(2, -1, 0)))
    assert drafts(desk)[0].choice_pictures == (pictures[2], None, pictures[0])


def test_a_statement_keeps_its_words():
    desk = mending.edit(desk_of(statement()), At(0, 0), filled("Ice floats.", (), (1,)))
    assert [(one.stem, one.choices, one.key, one.select) for one in drafts(desk)] == [
        ("Ice floats.", ("True", "False"), (1,), 1)
    ]


@pytest.mark.parametrize("source", [in_order("Sort.", "a", "b"), card("Front", "Back")], ids=["order", "card"])
def test_other_kinds_are_only_accepted_or_dropped(source):
    desk = desk_of(replace(source, findings=(FindingCode.SKIPPED,)))
    with pytest.raises(BadInput):
        mending.edit(desk, At(0, 0), filled())
    assert drafts(mending.accept(desk, At(0, 0))) == [replace(source, findings=())]
    assert drafts(mending.drop(desk, At(0, 0))) == []


def test_joining_loses_no_text_and_is_looked_at_before_it_is_asked():
    one = replace(draft("Which are right", "A", "B", key=[1], line=1), explanation="First.")
    other = draft("of these?", "C", "D", key=[0], line=5)
    other = replace(other, explanation="Second.", choice_explanations=("c", "d"))
    desk = mending.join(desk_of(one, other, replace(UNKEYED, line=9)), At(0, 0))
    whole = drafts(desk)[0]
    assert (whole.stem, whole.choices, whole.key) == ("Which are right\n\nof these?", ("A", "B", "C", "D"), (1, 2))
    assert (whole.explanation, whole.choice_explanations) == ("First.\n\nSecond.", ("", "", "c", "d"))
    assert [row.at for row in laid(desk)] == [At(0, 0), At(2, 0)]
    assert laid(desk)[0].waits
    assert drafts(mending.undo(desk, 0)) == [one, other, replace(UNKEYED, line=9)]


def test_a_dropped_question_between_two_does_not_keep_them_apart():
    desk = desk_of(draft("One", line=1), draft("Two", line=5), draft("Three", line=9))
    desk = mending.join(mending.drop(desk, At(1, 0)), At(0, 0))
    assert [one.stem for one in drafts(desk)] == ["One\n\nThree"]
    assert len(drafts(mending.undo(desk, 0))) == 3


def test_a_question_is_split_into_what_its_lines_say_alone():
    text = FILE.replace("Answer: A\n\n2. Which", "Answer: A\nWhich")
    lines = dict(enumerate(text.splitlines(), start=1))
    source = draft("Which service stores objects?", "Amazon S3", "Amazon EC2", line=3)
    whole = replace(document(source), roles="h.scckecc", lines=lines, format="numbered")
    desk = opened(whole, [Portion(sources=(source,))])
    first, second = mending.halves(desk, At(0, 0), 7)
    assert first.splitlines()[0] == "1. Which service stores objects?"
    assert second.splitlines()[0] == "Which of these runs code?"
    halves = [parse(half.encode(), name="exam.txt", format="numbered").questions for half in (first, second)]
    desk = mending.split(desk, At(0, 0), 7, *halves)
    assert [(one.line, one.stem, one.choices) for one in drafts(desk)] == [
        (3, "Which service stores objects?", ("Amazon S3", "Amazon EC2")),
        (7, "Which of these runs code?", ("Lambda", "Glacier")),
    ]
    assert all(row.waits for row in laid(desk))


def test_where_nothing_is_found_in_a_part_its_text_is_the_question():
    desk = mending.split(read(FILE), At(0, 0), 5, (), ())
    assert [(one.line, one.stem, one.choices) for one in drafts(desk)[:2]] == [
        (3, "1. Which service stores objects?\nA. Amazon S3", ()),
        (5, "B. Amazon EC2\nAnswer: A", ()),
    ]
    assert not laid(desk)[0].is_whole


@pytest.mark.parametrize("line", [0, 3, 8, 99])
def test_a_question_is_split_only_inside_it(line):
    with pytest.raises(BadInput):
        mending.halves(read(FILE), At(0, 0), line)


def test_the_lines_around_a_question_begin_with_the_end_of_the_one_before_and_end_with_the_next():
    desk = read(FILE)
    assert [list(row.lines(desk.document)) for row in laid(desk)] == [[*range(1, 9)], [*range(6, 11)]]
    assert lines_around(1, None, "s") == range(1, 2)


def test_only_so_much_of_a_file_is_kept_and_first_what_needs_somebody():
    many = "".join(
        f"{n}. Which is {n}?\nA. Yes {n}\nB. No {n}\nAnswer: A\nExplanation: {'word ' * 120}\n\n"
        for n in range(1, 1_000)
    )
    found = parse(f"{many}1000. Which one?\nA. Maybe\nB. Never\n".encode(), name="exam.txt")
    assert sum(map(len, found.lines.values())) < 1.1 * MOST
    assert found.questions[-1].line in found.lines
    assert found.questions[-3].line not in found.lines


def test_a_file_without_questions_has_no_lines_to_show():
    assert parse(b"B. SQS\nAnswer: E\n", name="exam.txt", format="numbered").lines == {}
