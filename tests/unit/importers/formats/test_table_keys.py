"""Which choices a row of a table has, and which of them are right."""

import pytest

from bot.domain.drafts import FindingCode
from bot.importers import parse
from tests.unit.importers.as_read import codes, only, read
from tests.unit.importers.formats.as_table import messages, shown


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("b", (1,)),
        ("(C)", (2,)),
        ("A, C", (0, 2)),
        ("A and C", (0, 2)),
        ("AC", (0, 2)),
        ("2", (1,)),
        ("1;3", (0, 2)),
        ("Cork", (1,)),
        ("cork.", (1,)),
        ("lead|tin", (0, 2)),
        ("Lead, Tin", (0, 2)),
        ("B) Cork", (1,)),
        ("Option B", (1,)),
        ("option_c", (2,)),
    ],
)
def test_a_key_is_a_letter_a_number_several_of_them_or_a_text(answer: str, key: tuple[int, ...]) -> None:
    proof = "What?,x,y,z,3\n" if answer[0].isdigit() else ""
    document = parse(f'Question,A,B,C,Answer\n{proof}Which?,Lead,Cork,Tin,"{answer}"\n'.encode())
    question = document.questions[-1]
    assert (question.key, question.select, question.findings) == (key, len(key), ())


def test_numbers_that_are_texts_of_choices_are_not_counted() -> None:
    rows = ["What is 3-3?,2;1;0,0", "What is 3-2?,2;1;0,1", "What is ice?,tea;water,water"]
    document = parse("\n".join(["Question,Question Answers,Correct", *rows]).encode())
    assert [shown(one)[1:] for one in document.questions] == [
        (("2", "1", "0"), (2,)),
        (("2", "1", "0"), (1,)),
        (("tea", "water"), (1,)),
    ]
    assert [finding.message for finding in document.findings if "counted" in finding.message] == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("D", "none of the choices"),
        ("4", "none of the choices"),
        ("Gold", "none of the choices"),
        ("A, D", "none of the choices"),
        ("B) Lead", "more than one choice"),
    ],
)
def test_a_key_that_is_no_choice_is_told_and_left_out(answer: str, told: str) -> None:
    document = parse(f'Question,A,B,C,Answer\nWhich?,Lead,Cork,Tin,"{answer}"\nWhat?,x,y,z,A\n'.encode())
    assert document.questions[0].key == ()
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED], []]
    assert told in messages(document)[0][2]


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("Option B,Option A,Option C", "A"),
        ("Option B,Option A,Option C", "option a"),
        ("B,A,C", "A"),
        ("Option 2,Option 1,Option 3", "1"),
        ("answer_three,answer_one,answer_two", "1"),
    ],
)
def test_columns_of_choices_may_stand_in_any_order(header: str, answer: str) -> None:
    proof = "What?,x,y,z,3\n" if answer.isdigit() else ""
    question = parse(f"Question,{header},Answer\n{proof}Capital?,Rome,Paris,Oslo,{answer}\n".encode()).questions[-1]
    assert [question.choices[at] for at in question.key] == ["Paris"]


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("Option A,Option B,Option D", "C"),
        ("Option A,Option B,Option D", "D"),
        ("Option A,Option B,Option D", "Option D"),
        ("Option 0,Option 1,Option 2", "option 1"),
        ("Option 0,Option 1,Option 2", "1"),
        ("Option A,Option 2,Option C", "B"),
        ("Option A,Option A,Option B", "B"),
    ],
)
def test_where_columns_of_choices_have_gaps_a_key_must_be_a_text(header: str, answer: str) -> None:
    document = parse(f"Question,{header},Answer\nCapital?,Rome,Paris,Oslo,{answer}\nWhat?,x,y,why,why\n".encode())
    assert document.questions[0].key == ()
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED], []]
    last = document.questions[1]
    assert [last.choices[at] for at in last.key] == ["why"]


def test_flags_of_choices_may_stand_in_any_order() -> None:
    header = "question,option 2,option 1,correct 2,correct 1"
    assert shown(only(f"{header}\nWhich?,x,y,0,1\n"))[1:] == (("y", "x"), (0,))
    document = read("question,option2,is_correct,option1,is_correct\nWhich?,x,0,y,1\n")
    assert document.questions[0].key == ()


def test_a_key_that_fits_two_equal_choices_is_left_out() -> None:
    document = read("Question,A,B,C,Answer\nWhich?,x,x,y,x\nWhat?,a,b,c,c\n")
    assert [question.key for question in document.questions] == [(), (2,)]


@pytest.mark.parametrize(
    ("numbers", "keys", "told"),
    [
        ("123", [(0,), (1,), (2,)], []),
        ("012", [(0,), (1,), (2,)], ["counted from 0"]),
        ("122", [(0,), (1,), (1,)], ["No row proves that"]),
        ("013", [(), (), ()], ["Nothing tells"] * 3),
    ],
)
def test_what_numbers_are_counted_from_is_proved_or_told(
    numbers: str, keys: list[tuple[int, ...]], told: list[str]
) -> None:
    rows = "".join(f"Which {at}?,p,q,r,{number}\n" for at, number in enumerate(numbers))
    document = parse(f"question,a,b,c,answer\n{rows}".encode())
    assert [question.key for question in document.questions] == keys
    found = [message for _line, code, message in messages(document) if code is not FindingCode.UNKEYED]
    assert [part in message for part, message in zip(told, found, strict=True)] == [True] * len(told)


def test_an_index_is_counted_from_0_only_if_a_row_proves_it() -> None:
    header = "question,options,correct_index\n"
    assert [q.key for q in read(f"{header}Which?,a|b|c,0\nWhat?,a|b|c,2").questions] == [(0,), (2,)]
    assert [q.key for q in read(f"{header}Which?,a|b|c,3\nWhat?,a|b|c,2").questions] == [(2,), (1,)]
    assert [q.key for q in read(f"{header}Which?,a|b|c,1\nWhat?,a|b|c,2").questions] == [(), ()]


def test_one_slip_does_not_change_what_the_other_rows_say() -> None:
    rows = "".join(f"Which {at}?,p,q,r,3\n" for at in range(30))
    document = parse(f"question,a,b,c,answer\n{rows}What?,p,q,r,0\n".encode())
    assert [question.key for question in document.questions] == [*[(2,)] * 30, ()]


def test_choices_that_are_numbers_themselves() -> None:
    header = "question,a,b,c,answer\n"
    assert only(f"{header}Which?,2,1,3,1").key == (), "by number it is 2, by text it is 1"
    assert [q.key for q in read(f"{header}Which?,2,1,3,1\nWhat?,7,8,9,3").questions] == [(0,), (2,)]
    assert [q.key for q in read(f"{header}Which?,2,1,3,1\nWho?,Ada,Bob,Eve,Eve").questions] == [(1,), (2,)]
    assert only(f"{header}Which year?,1789,1848,1989,1848").key == (1,)


def test_empty_choices_are_left_out_and_the_others_keep_their_letters() -> None:
    document = read("question,a,b,c,d,answer\nWhich?,x,,y,,C\nWhat?,x,,y,,B\n")
    assert [shown(question)[1:] for question in document.questions] == [(("x", "y"), (1,)), (("x", "y"), ())]


@pytest.mark.parametrize(
    "options",
    ["Lead|Cork|Tin", "Lead;Cork;Tin", '"Lead\nCork\nTin"', "A) Lead B) Cork C) Tin", "\"['Lead', 'Cork', 'Tin']\""],
)
def test_choices_in_one_cell(options: str) -> None:
    question = only(f"question,options,answer\nWhich floats?,{options},Cork")
    assert (question.choices, question.key) == (("Lead", "Cork", "Tin"), (1,))


def test_each_cell_may_have_a_sign_of_its_own_between_choices() -> None:
    document = read(
        "Question\tOptions\tAnswer\n1?\ta;b;c\tB\n2?\td;e;f\tC\n3?\tg|h|i\tA\n4?\tj, k\tB\n5?\tx\tA\n6?\ta;b|c\tB\n"
    )
    assert [shown(question)[1:] for question in document.questions] == [
        (("a", "b", "c"), (1,)),
        (("d", "e", "f"), (2,)),
        (("g", "h", "i"), (0,)),
        (("j", "k"), (1,)),
    ]
    assert [(line, code) for line, code, _message in messages(document)] == [(6, "broken"), (7, "broken")]


@pytest.mark.parametrize(
    ("options", "answer", "right"),
    [
        ("b) Rome|a) Paris|c) Oslo", "a", ["a) Paris"]),
        ("b) Rome|a) Paris|c) Oslo", "A, C", ["a) Paris", "c) Oslo"]),
        ("b) Rome|a) Paris|c) Oslo", "a) Paris", ["a) Paris"]),
        ("b) Rome|a) Paris|c) Oslo", "1", []),
        ("b) Rome|Paris|a) Oslo", "a", []),
        ("a) Rome|c) Paris|d) Oslo", "c", []),
        ("2) Rome|1) Paris|3) Oslo", "1", []),
        ("2) Rome|1) Paris|3) Oslo", "A", []),
        ("T. Jefferson|G. Washington|J. Adams", "B", ["G. Washington"]),
    ],
)
def test_labels_that_are_out_of_order_say_what_a_key_means(options: str, answer: str, right: list[str]) -> None:
    document = parse(f'Question,Options,Answer\nWhich?,{options},"{answer}"\nWhat?,x|y|z,C\n'.encode())
    question = document.questions[0]
    assert [question.choices[at] for at in question.key] == right
    assert (FindingCode.KEY_NOT_A_CHOICE in question.findings) == (not right)


def test_labels_that_contradict_their_columns_leave_no_key() -> None:
    document = read("Question,A,B,Answer\nWhich?,b) Rome,a) Paris,A\nWhat?,x,y,B\n")
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED], []]


@pytest.mark.parametrize(
    ("options", "choices"),
    [
        ("['it\\'s', 'no', 'yes']", ("it's", "no", "yes")),
        ("[\"it's\", 'no', 'yes']", ("it's", "no", "yes")),
        (r"['a\d', 'no']", (r"a\d", "no")),
        ("['it's', 'no', 'yes']", None),
        ("['a, b, 'no', 'yes']", None),
        ("['a', None, 'yes']", None),
        ("['a', ['b'], 'yes']", None),
        ("['a' 'b', 'yes']", ("ab", "yes")),
    ],
)
def test_lists_as_programs_write_them_are_read_whole_or_not(options: str, choices: tuple[str, ...] | None) -> None:
    quoted = options.replace('"', '""')
    document = parse(f'Question,Options,Answer\nWhich?,"{quoted}",B\nWhat?,"[""x"", ""y""]",A\n'.encode())
    assert [question.choices for question in document.questions] == [*([choices] if choices else []), ("x", "y")]
    assert [code for _line, code, _message in messages(document)] == [*(["broken"] if not choices else [])]


def test_a_list_that_is_not_sound_among_sound_ones_is_left_out() -> None:
    rows = "".join(f"Which {at}?\t['x', 'y']\tA\n" for at in range(9))
    document = parse(f"Question\tOptions\tAnswer\n{rows}What?\t['it's', 'no']\tB\n".encode())
    assert len(document.questions) == 9
    assert [(line, code) for line, code, _message in messages(document)] == [(11, "broken")]


def test_a_row_with_one_choice_is_left_out() -> None:
    document = read("Question,A,B,C,Answer\nWhich?,a,b,c,B\nWhat?,only one,,,A\nWho?,,x,,x\n")
    assert [question.stem for question in document.questions] == ["Which?"]
    assert [(line, code) for line, code, _message in messages(document)] == [(3, "broken"), (4, "broken")]
    document = read("Question,A,B,Answer\nHow much is 50%?,0.5,,B\n")
    assert (document.questions, [code for _line, code, _message in messages(document)]) == ((), ["broken"])
    document = read("Question,Type,A,B,Answer\nHow much?,multiple choice,0.5,,A\nWhat?,,a,b,B\n")
    assert [question.stem for question in document.questions] == ["What?"]


@pytest.mark.parametrize(
    ("header", "choices", "key", "answer"),
    [
        ("A,B,C", "a,b,c", "B", "C"),
        ("A,B,C", "a,b,c", "B", "A, C"),
        ("A,B,C", "a,b,c", "B", "option c"),
        ("A,B,C", "a,b,c", "3", "2"),
        ("A,B,C", "a,b,c", "a", "C"),
        ("options", "a|b|c", "B", "C"),
    ],
)
def test_the_letter_of_a_choice_is_no_answer_where_there_are_none(
    header: str, choices: str, key: str, answer: str
) -> None:
    empty = "," * header.count(",")
    document = read(f'Question,{header},Answer\nWhich?,{choices},{key}\nWho?,{empty},"{answer}"\nWhere?,{empty},Rome\n')
    assert codes(document) == [[], [FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED], []]
    assert [question.accepted for question in document.questions] == [(), (), ("Rome",)]


def test_choices_with_letters_of_their_own_lose_them() -> None:
    assert only("q,a,b,answer\nWhich?,A. Lead,B. Cork,B").choices == ("Lead", "Cork")
    assert only("q,a,b,answer\nWhich?,A. Lead,C. Cork,B").choices == ("A. Lead", "C. Cork")


def test_the_right_answer_beside_wrong_ones() -> None:
    document = read("category,question,right_answer,wrong_one,wrong_two\nTea,Which?,x,y,z\nTea,What?,,y,z\n")
    assert [shown(one)[1:] for one in document.questions] == [(("x", "y", "z"), (0,)), (("y", "z"), ())]
    assert only('question,correct_answer,incorrect_answers\nWhich?,x,"y|z"').choices == ("x", "y", "z")


def test_the_right_answer_that_is_never_among_the_choices_is_one_more() -> None:
    document = read("question,correct_answer,choice_1,choice_2\nWhich?,Cork,Lead,Tin\nWhat?,Rome,Oslo,Bern\n")
    assert [shown(one)[1:] for one in document.questions] == [
        (("Cork", "Lead", "Tin"), (0,)),
        (("Rome", "Oslo", "Bern"), (0,)),
    ]
    assert messages(document)[0][2].startswith("The right answer is never one of the choices")


def test_a_row_for_each_choice() -> None:
    document = read("question,answer,is_correct\nWhich?,Lead,FALSE\nWhich?,Cork,TRUE\nWhat?,x,1\n,y,0\n,z,1\n")
    assert [shown(one) for one in document.questions] == [
        ("Which?", ("Lead", "Cork"), (1,)),
        ("What?", ("x", "y", "z"), (0, 2)),
    ]


@pytest.mark.parametrize(
    "header", ["question,a,b,correct 1,correct 2", "question,option1,option2,is_correct,is_correct"]
)
def test_a_column_for_each_choice_that_says_whether_it_is_right(header: str) -> None:
    assert [one.key for one in read(f"{header}\nWhich?,x,y,0,1\nWhat?,x,y,1,0\n").questions] == [(1,), (0,)]


def test_the_same_answer_to_everything_is_doubted() -> None:
    rows = "".join(f"Which {at}?,see page 3\n" for at in range(12))
    document = parse(f"question,answer\n{rows}".encode())
    assert all(FindingCode.BROKEN in one.findings for one in document.questions)


def test_a_letter_before_a_choice_that_is_a_letter_itself_may_mean_both() -> None:
    document = parse(b"Question,A,B,C,D,Answer\nWhich?,B,A,C,D,A) B\nAnd which?,w,x,y,z,C\n")
    doubtful, clear = document.questions
    assert (doubtful.key, clear.key) == ((), (2,))
    assert FindingCode.KEY_NOT_A_CHOICE in doubtful.findings
