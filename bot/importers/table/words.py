"""The words that people write above the columns of their tables, in several languages."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from string import ascii_lowercase

from bot.importers.reading.labels import positions_of


class Role(StrEnum):
    """What a column holds."""

    QUESTION = "question"
    FRONT = "front"
    ANSWER = "answer"
    BACK = "back"
    CHOICE = "choice"
    LISTED = "listed"
    WRONG = "wrong"
    EXPLANATION = "explanation"
    REASON = "reason"
    TOPIC = "topic"
    SECTION = "section"
    DIFFICULTY = "difficulty"
    TAGS = "tags"
    TYPE = "type"
    IDENTIFIER = "identifier"
    NUMBER = "number"
    PICTURE = "picture"


_WORDS: Mapping[Role, str] = {
    Role.QUESTION: """
        question; questions; question text; question title; question stem; question body; question content; stem;
        prompt; q; problem; query; text; statement; task; html of the question; frage; fragetext; fragestellung;
        pregunta; enunciado; domanda; pergunta; questão; vraag; fråga; spørgsmål; spørsmål; pytanie; otázka;
        вопрос; питання; 문제; 질문; 問題; 問題文; 質問; 题目; 题干; 问题; 題目; 題目內容; 題幹; perguntas;
        preguntas; fragen; вопросы; kérdés; întrebare; pitanje; kysymys; soru; câu hỏi; nội dung; nội dung câu hỏi;
        سؤال; السؤال; متن سوال; سوال; प्रश्न; প্রশ্ন; คำถาม; ข้อคำถาม; โจทย์; שאלה; ερώτηση; savol; pertanyaan; soal
    """,
    Role.ANSWER: """
        answer; correctanswer; ans; a; key; answer key; solution; answer text; answer index; answer letter;
        answer number; answer option; best answer; expected answer; model answer; accepted answer; cop; response;
        html of the answer; antwort; lösung; loesung; richtig;
        richtige antwort; korrekte antwort; respuesta; respuesta correcta; réponse; bonne réponse; réponse correcte;
        risposta; risposta corretta; resposta; resposta correta; antwoord; juiste antwoord; svar; rätt svar; odpowiedź;
        poprawna odpowiedź; odpověď; ответ; правильный ответ; відповідь; 정답; 답; 答案; 正确答案; 正確答案; 正解;
        答え; 解答; cevap; doğru cevap; đáp án; đáp án đúng; إجابة;
        الإجابة; الإجابة الصحيحة; پاسخ; پاسخ صحیح; گزینه صحیح; उत्तर; सही उत्तर; উত্তর; সঠিক উত্তর; คำตอบ; เฉลย;
        תשובה; תשובה נכונה; απάντηση; σωστή απάντηση; правильна відповідь; jawaban; kunci jawaban;
        corretta; risposta esatta; correta; alternativa correta; opção correta; gabarito; correcto; opción correcta;
        juste; correcte; juist; correct antwoord; rätt; riktigt svar; rett svar; riktig svar; poprawna; prawidłowa;
        prawidłowa odpowiedź; správná odpověď; správna odpoveď; helyes; helyes válasz; válasz; răspuns corect;
        răspuns; corect; doğru; oikea vastaus; верно; правильно; верный ответ; правильный вариант; točan odgovor
    """,
    Role.LISTED: """
        options; choices; answers; alternatives; option; choice; option text; choice text; answer options;
        answer choices; possible answers; question answers; question options; question choices;
        antworten; optionen; opciones; respuestas; choix; réponses; opzioni;
        risposte; opções; alternativas; варианты; варианты ответа; варианты ответов; 보기; 선택지; 选项; 選択肢;
        seçenekler; phương án; phương án trả lời; các phương án; الخيارات; گزینه ها; विकल्प; বিকল্প; ตัวเลือก; варіанти;
        варіанти відповідей; pilihan
    """,
    Role.EXPLANATION: """
        explanation; explanations; answer explanation; rationale; support; feedback; generalfeedback;
        general feedback; reason; comment;
        comments; html of the explanation to the answer; erklärung; erklaerung; erläuterung; begründung;
        begruendung; explicación; retroalimentación; explication; spiegazione; explicação; uitleg; förklaring;
        wyjaśnienie; объяснение; пояснение; пояснення; 해설; 설명; 解析; 解説; 解释; 解釋; пояснение к вопросу;
        açıklama; giải thích; الشرح; توضیح; व्याख्या; ব্যাখ্যা; คำอธิบาย; הסבר; penjelasan; pembahasan
    """,
    Role.TOPIC: """
        topic; topic key; category; subject; theme; module; domain; knowledge category; thema; kategorie; fach;
        tema; categoría; catégorie; matière; categoria; categorie; kategoria; тема; категория; категорія; 분류;
        카테고리; 과목; 类别; 分类; カテゴリ; 分野; kategori; chủ đề
    """,
    Role.SECTION: """
        section; chapter; unit; round; lesson; quiz; quiz title; deck; deck name; set; subtopic; sub topic;
        topic focus; kapitel; runde; lektion; capítulo; chapitre; глава; раздел; 章
    """,
    Role.DIFFICULTY: """
        difficulty; difficulty level; level; schwierigkeit; schwierigkeitsgrad; dificultad; difficulté; difficoltà;
        dificuldade; сложность; 난이도; 难度; 難易度; zorluk
    """,
    Role.TAGS: "tags; tag; labels; label; keywords; keyword; schlagwörter; etiquetas; теги; 태그; 标签",
    Role.TYPE: "type; question type; kind; typ; fragetyp; fragentyp; tipo; tipo de pregunta; тип; 유형; 题型; 題型",
    Role.IDENTIFIER: "id; question id; qid; uuid; guid; card id",
    Role.NUMBER: """
        number; no; nr; num; n; index; row; question number; question no; q no; q number; s no; sno; s number;
        sl no; serial no; nummer; número; 번호; 番号; 序号; 题号
    """,
    Role.PICTURE: """
        image; images; image link; image url; image file; image path; image paths; question image; img; picture;
        photo; media; bild; imagen; imagem; изображение; 图片; 圖片; 圖片網址; 画像; 이미지
    """,
    Role.FRONT: """
        front; term; terms; word; vocabulary; vocab; face; vorderseite; begriff; wort; vokabel; término; palabra;
        mot; parola; слово; термин; 단어; 単語; 单词
    """,
    Role.BACK: """
        back; definition; definitions; meaning; translation; rückseite; bedeutung; übersetzung; definición;
        significado; traducción; définition; traduction; определение; перевод; 뜻; 의미; 意味; 意思
    """,
}
_ROLES: Mapping[str, Role] = {
    word.strip(): role for role, listed in _WORDS.items() for word in " ".join(listed.split()).split(";")
}
_CHOICE_WORDS = """
    option choice opt op answer ans response alternative alt antwort wahl opción opcion respuesta réponse reponse
    opzione proposition risposta opção alternativa optie antwoord alternativ odpowiedź odpowiedz вариант ответ
    відповідь варіант 选项 選択肢 보기 선택지 seçenek cevap şık الخيار خيار گزینه विकल्प বিকল্প অপশন ตัวเลือก תשובה
    επιλογή pilihan opsi javob variant
"""
_CHOICE_PAIRS = ("answer option", "answer choice")
_CHOICE = frozenset(
    (*_CHOICE_WORDS.split(), "đáp án", "phương án", "lựa chọn", "câu trả lời", "вариант ответа", *_CHOICE_PAIRS)
)
_SPELLED = {word: str(number) for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
_MARKED = re.compile(
    r"(?P<word>[^\d\s]{1,14}(?: [^\d\s]{1,14})?) (?P<mark>[a-j]|\d{1,2})"
    r"|(?P<joined>option|choice|answer|opt|op|ans|选项|選項)(?P<letter>[a-j])"
)
_WRONG = re.compile(
    r"(?:(?:incorrect|wrong|false answer|falsche?|distractors?|distraktor|incorrecta|неправильный|неверный)\b ?.{0,30}"
    r"|(?:wrong|incorrect|false|falsch|distractor)[0-9a-j])"
)
_RIGHT = re.compile(r"(?:is )?(?:correct|right|richtig|correcta?|правильный)\b ?.{0,30}")
_PATTERNS: Mapping[Role, re.Pattern[str]] = {Role.WRONG: _WRONG, Role.ANSWER: _RIGHT}
_NUMBERED: Mapping[Role | None, Role] = {
    Role.EXPLANATION: Role.REASON,
    Role.PICTURE: Role.PICTURE,
    Role.FRONT: Role.FRONT,
}
"""What columns hold whose names are counted, by what they hold without the number or letter."""
_WRONGLY = ("incorrect", "wrong")
_TOLD_TO = re.compile(
    r"(?:correct|right|incorrect|wrong)(?: (?:answer|response))? (?:message|msg|feedback|explanation)"
)
"""What people are told who answer right or wrong, as quiz plugins name such columns."""
_SINGLE = re.compile(r"[a-j]|\d{1,2}")
_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_ASIDE = re.compile(" [-–—] ")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=[0-9])")
_BETWEEN = re.compile(r"[\s_\-.:*/?！？：]+")
_LONGEST = 120
_MOST_CHOICES = 25
_MOST_LETTERS = 10


def plain(header: str) -> str:
    """Return what stands above a column, in small letters and without advice such as "(optional)" or "- max 75"."""
    if len(header) > _LONGEST:
        return ""
    text = _ASIDE.split(_BRACKETS.sub(" ", header).strip(), maxsplit=1)[0].replace("#", " number ")
    return " ".join(_BETWEEN.sub(" ", _CAMEL.sub(" ", text)).casefold().split())


def latin_letter(sign: str) -> str:
    """Return the Latin letter at the place of a letter of another script, such as b for ب; else the sign itself."""
    found = () if sign.isascii() else positions_of(sign.lower())
    is_letter = bool(found) and found[0].at < _MOST_LETTERS and "number" not in found[0].family
    return ascii_lowercase[found[0].at] if is_letter else sign


def mark_of(header: str) -> str:
    """Return the letter or number of the choice that a column is for (``option_b``, ``Answer 2``); empty: for none."""
    *words, last = plain(header).split() or [""]
    if words:
        last = _SPELLED.get(last, latin_letter(last))
    found = _MARKED.fullmatch(" ".join((*words, last)))
    if not found or (found["word"] and found["word"] not in _CHOICE):
        return ""
    mark = found["mark"] or found["letter"]
    if not mark.isdecimal():
        return mark
    return str(int(mark)) if int(mark) <= _MOST_CHOICES else ""


def names_choices(header: str) -> bool:
    """Whether a word stands for choices, so that several columns with it alone hold them: "Answer", "Answer"."""
    return plain(header) in _CHOICE


def role_of(header: str) -> Role | None:
    """Return what a column holds, judging by the words above it."""
    return _role_of(header) if len(header) <= _LONGEST else None


@lru_cache(maxsize=512)  # programs name the members of each object alike
def _role_of(header: str) -> Role | None:
    words = plain(header)
    if mark_of(header):
        return Role.CHOICE
    if words in _ROLES:
        return _ROLES[words]
    before, _space, last = words.rpartition(" ")
    if last == "explanation" or _TOLD_TO.fullmatch(words):
        return None if words.startswith(_WRONGLY) else Role.EXPLANATION
    if role := next((role for role, pattern in _PATTERNS.items() if pattern.fullmatch(words)), None):
        return role
    return _NUMBERED.get(_ROLES.get(before)) if _SINGLE.fullmatch(last) else None
