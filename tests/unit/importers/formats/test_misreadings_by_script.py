"""Small texts in other scripts than Latin that were once read wrong, or lost."""

import pytest

from bot.domain.drafts import FindingCode
from bot.importers import parse
from tests.unit.importers.as_read import codes, only, read
from tests.unit.importers.documents_by_hand import paragraph, plain, run, word


def test_percentages_behind_plus_and_minus_are_choices_not_statistics() -> None:
    document = read(
        """
        1. Доля кислорода в воздухе
        + 21%
        - 78%
        2. Самая большая планета
        + Юпитер
        - Марс
        3. Доля азота в воздухе
        + 78%
        - 21%
        """
    )
    assert [(q.choices, q.key, q.explanation) for q in document.questions] == [
        (("21%", "78%"), (0,), ""),
        (("Юпитер", "Марс"), (0,), ""),
        (("78%", "21%"), (0,), ""),
    ]


@pytest.mark.parametrize(("first", "others"), [("a", "бв"), ("A", "БВ"), ("a", "βγ")])
@pytest.mark.parametrize("key", [0, 2])
def test_a_latin_a_above_letters_of_another_script_begins_the_choices(first: str, others: str, key: int) -> None:
    one, two, three = first, *others
    letters = {"б": "абв", "Б": "АБВ", "β": "αβγ"}[two]
    question = only(f"1. Что тонет?\n{one}) пробка\n{two}) дуб\n{three}) свинец\nОтвет: {letters[key]}\n")
    assert (question.stem, question.choices, question.key) == ("Что тонет?", ("пробка", "дуб", "свинец"), (key,))


def test_choices_left_below_the_answer_are_told() -> None:
    document = read(
        "1. Что тонет?\n+ а) свинец\n- б) пробка\n\nи) солома\nг) железо\n\n2. Что плавает?\n+ дуб\n- медь\n"
    )
    assert FindingCode.SWALLOWED in codes(document)[0]


@pytest.mark.parametrize(
    "stem", ["Которое из них тонет?", "Ποιο από αυτά βυθίζεται;", "איזה מהם שוקע?", "कौन-सा डूबता है?"]
)
def test_a_number_counts_right_before_a_stem_of_any_script(stem: str) -> None:
    document = read(f"Темы\n1.{stem}\nA) 1\nB) 2\nAnswer: A\n\n2.{stem} (2)\nA) 3\nB) 4\nAnswer: B\n")
    assert [question.stem for question in document.questions] == [stem, f"{stem} (2)"]


def test_a_tab_parts_a_number_from_its_stem() -> None:
    judged = "判断题\n1\t铅在水里会下沉。\n\n正确答案：对\n\n2\t软木在水里会下沉。\n\n正确答案：错\n\n"
    document = read(f"{judged}3\t（ ）是最轻的气体。\nA、氢\nB、氧\n正确答案：A\n")
    assert [(q.stem, q.choices[q.key[0]]) for q in document.questions] == [
        ("铅在水里会下沉。", "True"),
        ("软木在水里会下沉。", "False"),
        ("（ ）是最轻的气体。", "氢"),
    ]
    assert not any(codes(document))


def test_formatting_marks_the_key_where_only_the_first_letter_is_latin() -> None:
    told = [("a) ", "пробка", ""), ("б) ", "свинец", "<w:b/>"), ("в) ", "дуб", "")]
    choices = "".join(paragraph(run(label), run(text, look)) for label, text, look in told)
    document = parse(word(plain("1. Что тонет?") + choices))
    assert [(q.choices, q.key) for q in document.questions] == [(("пробка", "свинец", "дуб"), (1,))]


@pytest.mark.parametrize(("choices", "key"), [("A.软木 B.铅 C.铁 D.铜", "BCD"), ("A.软木\nB.铅\nC.铁\nD.铜", "B|C|D")])
def test_choices_need_no_space_behind_their_letters(choices: str, key: str) -> None:
    question = only(f"1. 哪些会沉？\n{choices}\n[答案]{key}\n")
    assert (question.choices, question.key) == (("软木", "铅", "铁", "铜"), (1, 2, 3))


@pytest.mark.parametrize("choices", ["A.对 B.错", "A. True B. False", "A、正确 B、错误"])
def test_true_and_false_on_one_line_are_two_choices(choices: str) -> None:
    document = read(f"1. 铅在水里会下沉。\n{choices}\n答案：A\n2. 软木在水里会下沉。\n{choices}\n答案：B\n")
    assert [(q.stem, len(q.choices), q.key) for q in document.questions] == [
        ("铅在水里会下沉。", 2, (0,)),
        ("软木在水里会下沉。", 2, (1,)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "我的答案:B正确答案:AC",
        "我的答案：　正确答案：AC",
        "我的答案: B:铅; 正确答案: AC :软木; 稻草;",
        "Your answer: B Correct answers: A, C",
        "Ваш ответ: Б. Правильный ответ: А, В",
    ],
)
def test_the_right_answer_stands_behind_somebodys_own(line: str) -> None:
    letters = "АБВ" if "Ответ" in line.title() else "ABC"
    choices = "\n".join(f"{letter}. {text}" for letter, text in zip(letters, ("软木", "铅", "稻草"), strict=True))
    question = only(f"1. 哪些会浮？\n{choices}\n{line}\n")
    assert (question.choices, question.key, question.explanation) == (("软木", "铅", "稻草"), (0, 2), "")


@pytest.mark.parametrize(
    "line",
    [
        "Your answer: B My answer: C",
        "Your answer: A, not the correct answer: C",
        "Note: of both answers: B",
        "Hint: not the correct answer: B",
        "Indice : ce n'est pas la bonne réponse : B",
        "我的答案:B",
        "我的答案：A 同学的答案：B",
        "我的答案：A 同学的正确答案：B",
        "提示：常见的错误答案：B",
    ],
)
def test_only_the_right_answer_is_taken_behind_somebodys_own(line: str) -> None:
    assert only(f"1. Which sinks?\nA. Cork\nB. Lead\nC. Straw\n{line}\n").key == ()


@pytest.mark.parametrize("above", ["", "\n"])
@pytest.mark.parametrize("heading", ["二、判断题（共2题，4分）", "判断题", "判斷題：", "--- 判断 ---"])
def test_the_kind_of_question_is_a_heading_not_an_explanation(heading: str, above: str) -> None:
    document = read(f"一、单选题\n1. 哪个会沉？\nA. 铅\nB. 软木\n答案：A\n{above}{heading}\n1. 铅会下沉。\n答案：对\n")
    assert [question.explanation for question in document.questions] == ["", ""]
    assert document.questions[1].section == heading.strip("- ")
    assert not document.findings


@pytest.mark.parametrize(("right", "wrong"), [("✔", "❌"), ("✓", "✗"), ("✅", "✘"), ("✔\ufe0f", "×")])
@pytest.mark.parametrize("choices", ["", "   true. 正确\n   false. 错误\n"])
def test_a_tick_or_a_cross_answers_a_statement(right: str, wrong: str, choices: str) -> None:
    chosen = "1. 哪个会沉？\nA. 铅\nB. 软木\n参考答案：A\n\n"
    document = read(
        f"{chosen}2. 铅会下沉。\n{choices}参考答案：{right}\n\n3. 软木会下沉。\n{choices}参考答案：{wrong}\n"
    )
    assert [(q.stem, q.choices, q.key) for q in document.questions[1:]] == [
        ("铅会下沉。", ("True", "False"), (0,)),
        ("软木会下沉。", ("True", "False"), (1,)),
    ]


@pytest.mark.parametrize("form", ["{}- {}", "{} – {}"])
@pytest.mark.parametrize("letters", ["أبج", "الف ب ج", "אבג", "アイウ", "абв"])
def test_a_dash_ends_a_letter(letters: str, form: str) -> None:
    one, two, three = letters.split() if " " in letters else letters
    texts = ("1- Which?", form.format(one, "tin"), form.format(two, "cork"), form.format(three, "lead"))
    question = only("\n".join((*texts, f"Answer: {two}")))
    assert (question.stem, question.choices, question.key) == ("Which?", ("tin", "cork", "lead"), (1,))


@pytest.mark.parametrize("answer", ["정답: 2", "정답 : 2번", "정답: ②"])
def test_a_number_names_the_choice_behind_the_same_number_in_a_circle(answer: str) -> None:
    assert only(f"1. 뜨는 것은?\n① 납\n② 코르크\n③ 철\n{answer}\n").key == (1,)


def test_an_explanation_in_brackets_may_follow_the_answer_on_its_line() -> None:
    question = only("1、哪个会浮？\nA、铅\nB、软木\n【答案】B【解析】软木很轻。\n")
    assert (question.key, question.explanation) == ((1,), "软木很轻。")


def test_katakana_with_a_wide_space_behind_it_is_a_letter() -> None:
    question = only("問1 水に浮くものはどれか。\nア\u3000鉛\nイ\u3000コルク\nウ\u3000鉄\n正解：イ\n")
    assert (question.choices, question.key, question.findings) == (("鉛", "コルク", "鉄"), (1,), ())
