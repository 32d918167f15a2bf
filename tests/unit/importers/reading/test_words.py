"""Words that mark the parts of a question, in forty languages."""

import csv
import tomllib
from pathlib import Path

import pytest

from bot.importers.reading import words
from bot.importers.reading.vocabulary import folded, languages
from bot.importers.reading.words import QuestionLabel

DATA = tomllib.loads(Path(words.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LINES = {
    code: lines
    for code, *lines in csv.reader(
        (Path(__file__).parent / "lines_by_language.tsv").read_text(encoding="utf-8").splitlines()[1:], delimiter="\t"
    )
}
"""For each language: a question's label, an answer's with a colon and without, an explanation, options, a key."""


def test_every_language_has_lines() -> None:
    assert LINES.keys() == DATA.keys()


@pytest.mark.parametrize(
    "kind", ["question", "answer", "explanation", "options", "key", "right", "wrong", "true", "false"]
)
def test_every_language_has_words_of_every_kind(kind: str) -> None:
    assert [code for code, of in DATA.items() if not of.get(kind)] == []


def test_a_question_is_numbered_in_every_language() -> None:
    assert [code for code, lines in LINES.items() if words.question_label(lines[0]) != QuestionLabel(7, "")] == []


def test_an_answer_is_labelled_in_every_language() -> None:
    assert [
        code for code, lines in LINES.items() if not (words.key_label(lines[1]) == words.key_label(lines[2]) == "B")
    ] == []


def test_an_explanation_is_labelled_in_every_language() -> None:
    assert [code for code, lines in LINES.items() if words.explanation_label(lines[3]) != "x"] == []


def test_options_are_announced_in_every_language() -> None:
    assert [code for code, lines in LINES.items() if not words.options_label(lines[4])] == []


def test_a_key_is_headed_in_every_language() -> None:
    assert [code for code, lines in LINES.items() if not words.key_heading(lines[5])] == []


def listed(kind: str) -> list[str]:
    return sorted({word for of in DATA.values() for word in of.get(kind, ()) if "#" not in word})


def test_a_word_needs_letters_in_every_language_or_in_none() -> None:
    assert {*map(folded, listed("answer"))} & {*map(folded, listed("answer_label"))} == set()


def test_every_word_for_an_answer_takes_any_text_and_none() -> None:
    for word in listed("answer"):
        for text in (
            f"{word}: Paris",
            f"{word.upper()} : Paris",
            f"{word}：Paris",
            f"{word} – Paris",
            f"【{word}】Paris",
        ):
            assert words.key_label(text) == "Paris", text
        assert words.key_label(word) == words.key_label(f"{word}:") == ""


def test_a_word_that_says_right_elsewhere_needs_letters() -> None:
    for word in listed("answer_label"):
        assert [words.key_label(f"{word}: {key}") for key in ("B", "B) Paris", "①")] == ["B", "B) Paris", "①"]
        assert words.key_label(f"{word}: Paris and Rome") is None
        assert words.key_label(word) is None


def test_every_word_for_an_explanation_takes_any_text_and_none() -> None:
    for word in listed("explanation"):
        assert [words.explanation_label(f"{word}{behind}") for behind in (": x", " - x", "：", "")] == [
            "x",
            "x",
            "",
            "",
        ]


def test_every_word_for_a_question_takes_a_number_or_a_text() -> None:
    for word in listed("question"):
        assert words.question_label(f"{word} 12: x") == QuestionLabel(12, "x")
        assert words.question_label(f"{word}: x") == QuestionLabel(None, "x")


@pytest.mark.parametrize(
    ("good", "bad", "judge"), [("right", "wrong", words.verdict_word), ("true", "false", words.truth_of)]
)
def test_no_word_is_right_in_one_language_and_wrong_in_another(good: str, bad: str, judge) -> None:
    assert [word for word in listed(good) if judge(word) is not True] == []
    assert [word for word in listed(bad) if judge(word) is not False] == []
    told = [{folded(word) for word in listed(kind)} for kind in (good, bad)]
    assert not told[0] & told[1]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Antwort (b)", "(b)"),
        ("Antworten:", ""),
        ("Réponses : A et C", "A et C"),
        ("Ответ: б", "б"),
        ("Ответ Б", "Б"),
        ("答案：①③", "①③"),
        ("正解：ア", "ア"),
        ("正解はイ", "イ"),
        ("答: ②", "②"),
        ("정답 ③", "③"),
        ("정답: 3번", "3번"),
        ("故选C。", "C。"),
        ("答案为：北京", "北京"),
        ("उत्तर: (ख)", "(ख)"),
        ("उत्तर (ख)", "(ख)"),
        ("उत्तर / Answer: B", "B"),
        ("Answer (उत्तर): B", "B"),
        ("উত্তরঃ ক", "ক"),
        ("الاجابه الصحيحه : ب", "ب"),
        ("الإجابة هي ب", "ب"),
        ("پاسخ: گزینه ۲", "گزینه ۲"),
        ("התשובה הנכונה היא ב", "ב"),
        ("เฉลย ข", "ข"),
        ("Dap an: C", "C"),
        ("REPONSE : C", "C"),
        ("DOĞRU YANIT: C", "C"),
        ("Die richtige Antwort ist B, weil es passt.", "B, weil es passt."),
        ("Die richtige Antwort ist: Hamburg", "Hamburg"),
        ("R: b) Paris", "b) Paris"),
        ("(Antwort: B)", "B"),
        ("(Antwort: B (Bonn))", "B (Bonn)"),
        ("✅ Правильный ответ: А", "А"),
        ("Antwort: **B**", "B"),
        ("Antwort:", ""),
    ],
)
def test_keys_are_found_behind_their_labels(text: str, key: str) -> None:
    assert words.key_label(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A: B",
        "Paris",
        "Antwort auf alle Fragen gibt das Buch.",
        "Antworten Sie kurz: Was ist das?",
        "Die Antwort ist einfach",
        "Antwort 3",
        "Antwort b",
        "Antwort A: Paris",
        "Richtig: das Wasser verdampft.",
        "R: a language for statistics",
        "R² = 0.9",
        "Correct: the sky is blue",
        "Réponse immunitaire : les lymphocytes",
        "La respuesta es A veces",
        "A resposta é A vida",
        "Svar i fri form",
        "Svar på frågan",
        "Ответ А. С. Пушкина",
        "Ответ В лесу",
        "Ответьте: кто это?",
        "Ответственность: статья 5",
        "答案在书中",
        "答案选项有四个",
        "正解率は高い",
        "정답자 3명",
        "उत्तर भारत: मैदान",
        "उत्तर में हिमालय है",
        "جواب دینا ضروری ہے",
        "پاسخ به تغییرات: سریع",
        "ج - 5",
        "د: ب",
        "Solutions for a better world",
        "Jawabannya ada di buku",
        "Solución salina: 0,9 %",
        "Lösungen und Gemische",
    ],
)
def test_sentences_and_choices_are_no_keys(text: str) -> None:
    assert words.key_label(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Erklären Sie: warum?",
        "Erklärung der Menschenrechte",
        "解析几何：圆",
        "Explication de texte",
        "Решите уравнение: x = 1",
    ],
)
def test_sentences_are_no_explanations(text: str) -> None:
    assert words.explanation_label(text) is None


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("FRAGE 3 Was ist das?", 3, "Was ist das?"),
        ("Frage 3 von 20: Was?", 3, "Was?"),
        ("Question 3 / 20", 3, ""),
        ("Вопрос № 3 из 20. Кто?", 3, "Кто?"),
        ("Pregunta n.º 3: ¿Qué?", 3, "¿Qué?"),
        ("第三题：什么", 3, "什么"),
        ("第十二题", 12, ""),
        ("【第3题】下列", 3, "下列"),
        ("問３ 次の", 3, "次の"),
        ("第3問", 3, ""),
        ("제3문", 3, ""),
        ("문제 3. 다음", 3, "다음"),
        ("3. kérdés: Mi?", 3, "Mi?"),
        ("س٣: ما؟", 3, "ما؟"),
        ("प्रश्न ३ भारत की राजधानी क्या है?", 3, "भारत की राजधानी क्या है?"),
        ("ข้อ 3. ข้อใดถูก", 3, "ข้อใดถูก"),
        ("Frage: Was ist das?", None, "Was ist das?"),
        ("题目：什么", None, "什么"),
    ],
)
def test_questions_are_found_behind_their_labels(text: str, number: int | None, rest: str) -> None:
    assert words.question_label(text) == QuestionLabel(number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Frage 3 ist schwer",
        "Frage 3.5 Prozent ab",
        "Fragen 3: x",
        "प्रश्न 3 का उत्तर",
        "3. Paris",
        "3 kérdés van",
        "第3章",
        "問題3は難しい",
        "Вопросы: 3",
    ],
)
def test_sentences_are_no_labels_of_questions(text: str) -> None:
    assert words.question_label(text) is None


@pytest.mark.parametrize(
    "text",
    ["Antworten auf das Leben", "Lösungen zu finden ist schwer?", "Antwort: B", "Soluciones salinas", "Ответы: 1. Б"],
)
def test_other_lines_head_no_key(text: str) -> None:
    assert not words.key_heading(text)


def test_a_key_is_headed_below_the_number_of_a_chapter() -> None:
    assert words.key_heading("第三章 参考答案")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("(Richtig)", True),
        ("falsch!", False),
        ("✅ Верно", True),
        ("【不正确】", False),
        ("das ist richtig", None),
        ("", None),
        ("x" * 99, None),
    ],
)
def test_a_verdict_is_the_whole_text(text: str, verdict: bool | None) -> None:
    assert words.verdict_word(text) is verdict


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("True.", True),
        ("○", True),
        ("×", False),
        ("ВЕРНО", True),
        ("niet waar", False),
        ("صح", True),
        ("خطا", False),
        ("Ja", None),
        ("T", None),
    ],
)
def test_a_truth_is_the_whole_text(text: str, truth: bool | None) -> None:
    assert words.truth_of(text) is truth


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        *[
            ("B", "B"),
            ("(b), (d)", "bd"),
            ("A, B und D", "ABD"),
            ("А и В", "АВ"),
            ("A y C", "AC"),
            ("ABD", "ABD"),
            ("①③", "①③"),
        ],
        *[
            ("گزینه ۲", "۲"),
            ("ب، ج", "بج"),
            ("アとウ", "アウ"),
            ("3번", "3"),
            ("ข้อ ข", "ข"),
            ("Buchstabe C", "C"),
            ("1, 3", "13"),
        ],
        *[("", ""), ("Paris", ""), ("DNA", ""), ("a y c", ""), ("هي ب", ""), ("B weil", ""), ("A, " * 99, "")],
    ],
)
def test_the_labels_of_a_key(text: str, labels: str) -> None:
    assert words.labels_of_key(text) == tuple(labels)


def test_the_languages_have_names() -> None:
    assert len(set(languages())) == len(DATA) > 40


def test_the_docs_name_every_language() -> None:
    docs = (Path(__file__).parents[4] / "docs" / "formats.md").read_text(encoding="utf-8")
    listed_there = " ".join(docs.partition("## Languages")[2].partition("\n## ")[0].split())
    assert [name for name in languages() if name not in listed_there] == []
