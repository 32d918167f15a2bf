"""Tables in other scripts than Latin: what is above the columns, and letters that name choices."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, only, read

HEADERS = {
    "Vietnamese": "Câu hỏi,Đáp án A,Đáp án B,Đáp án C,Đáp án đúng",
    "Persian": "سوال,گزینه ۱,گزینه ۲,گزینه ۳,گزینه صحیح",
    "Hindi": "प्रश्न,विकल्प 1,विकल्प 2,विकल्प 3,सही उत्तर",
    "Thai": "คำถาม,ตัวเลือก ก,ตัวเลือก ข,ตัวเลือก ค,เฉลย",
    "Hebrew": "שאלה,תשובה א,תשובה ב,תשובה ג,תשובה נכונה",
    "Bengali": "প্রশ্ন,ক,খ,গ,সঠিক উত্তর",
    "Arabic": "السؤال,الخيار أ,الخيار ب,الخيار ج,الإجابة الصحيحة",
    "Russian": "Вопрос,А,Б,В,Ответ",
    "Ukrainian": "Питання,Варіант А,Варіант Б,Варіант В,Правильна відповідь",
}


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize("key", [0, 1])
def test_the_columns_of_a_table_are_known_in_this_language(language: str, key: int) -> None:
    letter = {"Thai": "กข", "Hebrew": "אב", "Bengali": "কখ", "Arabic": "أب", "Russian": "АБ"}.get(language, "AB")[key]
    question = only(f"{HEADERS[language]}\nWhich?,lead,cork,iron,{letter}\n", "csv")
    assert (question.stem, question.choices, question.key) == ("Which?", ("lead", "cork", "iron"), (key,))


def test_a_letter_that_may_be_one_of_two_alphabets_names_no_choice() -> None:
    document = read("Вопрос,A,B,C,Ответ\nЧто?,дуб,ель,мох,В\n", "csv")
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED]]


def test_letters_are_no_typed_answers_where_unknown_columns_may_hold_the_choices() -> None:
    rows = "Which floats?,lead,cork,B\nWhich sinks?,lead,cork,A\n"
    document = read(f"Question,Upper,Lower,Answer\n{rows}", "csv")
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED]] * 2
    typed = read(f"Question,Upper,Lower,Answer\n{rows}Which burns?,lead,cork,Straw\n", "csv")
    assert not any(codes(typed))


@pytest.mark.parametrize("cell", ["A.铅 B.软木 C.铁", "A．铅    B．软木\n\nC．铁", "A、铅\nB、软木\nC、铁"])
def test_choices_in_one_cell_are_parted_at_their_letters(cell: str) -> None:
    question = only(f'问题,选项,答案\n哪个会浮？,"{cell}",B\n', "csv")
    assert (question.choices, question.key) == (("铅", "软木", "铁"), (1,))
