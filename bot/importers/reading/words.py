"""Knows the words that mark the parts of a question in forty languages: "Antwort:", "Ответ:", "答案：", "第3题".

The words are data, in words.toml. All languages count in every file, for people mix them: "उत्तर / Answer: B". Each
function judges one line, without the quote, heading and emphasis signs that Markdown puts around it.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from bot.importers.reading.answering import answers_of_many_words, is_own_answer
from bot.importers.reading.labelled import (
    BEFORE,
    COLON,
    ENDING,
    GLUED,
    LONGEST,
    first_word_is,
    is_said,
    labelled,
    may_begin,
    says_is,
)
from bot.importers.reading.labels import number_of, positions_of
from bot.importers.reading.vocabulary import (
    HAN_DIGITS,
    UNSPACED,
    around,
    beginnings,
    behind_number,
    folded,
    phrases,
    unspaced,
)

_LONGEST_HEADING = 100
_MOST_LABELS = 26
_BEHIND = "】]〕］》)）:：\ufe0f"
_SIGNS = "".join((BEFORE, _BEHIND, " .!。！…*_✗✘❌✓"))
_COLONS = re.compile(f"[{COLON}]")
_FEWEST_COLONS = 2
_FARTHEST = 1000
"""How many characters of a line may be somebody's own answer, before the right one."""
_CASED = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0531-\u0587"
_KEY_BEHIND = re.compile(
    rf"""
    [(（\[][^\W_]{{1,3}}[)）\]]
    | (?<![{_CASED}])[A-ZА-ЯΑ-Ω]{{1,8}}(?![{_CASED}])
    | [①-⑳Ⓐ-Ⓩ㉠-㉻]
    | (?<=[\s是为為は])[^\W_{_CASED}]{{1,3}}(?!\w)
    | (?<=\s)[a-h](?=\))
    """,
    re.VERBOSE,
)
"""Where the labels of choices may begin that stand behind a word without a colon."""
_ABBREVIATED = re.compile(rf"(?P<word>[^\W\d_]{{2,4}})\.(?:\s+|(?={GLUED}))(?P<rest>\S.*)$")
"""A word that is cut short, and what it announces: "Ans. (b) Rome"."""
_OPTION = re.compile(
    r"(?P<word>[^\s\d:：.)]{2,20}?)\s?(?P<label>[^\W\d_]|\d{1,2})\s?[:.)：](?:\s+|(?<=：))(?P<rest>\S.*)$"
)
_CLAUSE = re.compile(r"[,،，。;؛；]|[.:：](?=\s)|\s[–—-]\s")
_CLAUSE_ENDS = ".。,，;；"
_LABEL_END = re.compile(r"[)）.．:：]|$")
WORTH = r"\s{0,4}[(\[]\s?\d{1,3}(?:[.,]\d{1,2})?\s?[^\W\d_]{1,12}\.?\s?[)\]]"
"""What a question is worth, or the time it has, as it stands behind its number: "(3 points)", "[1 Punkt]"."""
_WORTH = re.compile(WORTH)
_NUMBERED = re.compile(
    rf"(?P<before>[^\d:：\s{HAN_DIGITS}][^\d:：{HAN_DIGITS}]{{0,40}}?)[\s#№°º.]{{0,4}}"
    rf"(?P<number>\d{{1,18}}|[{HAN_DIGITS}]{{1,3}})\s?(?P<rest>.*)$"
)
_NUMBER_FIRST = re.compile(r"(?P<number>\d{1,18})\.?\s{0,2}(?P<word>[^\W\d_]{2,12})(?P<rest>.*)$")
_OF = re.compile(r"\s{0,2}(?:/|(?P<of>[^\W\d_]{1,7}))\s{0,2}\d{1,6}(?!\d)")
_END = re.compile(r"\s?[.:：)\]）】、．,–—-]{1,2}(?:\s|$)|[:：)\]）】、．](?=\S)|$|(?P<space>\s)")
_CHAPTER = re.compile(r"第[^\s第]{1,4}[章节節课課单單元回編编部分]\s{0,2}")
_BETWEEN = re.compile(r"[\s|｜,،，、;؛；/&+・·.。()（）\[\]【】と和与與及및]+")
_COUNTER = re.compile(r"(?<=\w)[번番号號]$")


class QuestionLabel(NamedTuple):
    """What stands before a stem: its number (None if the label is the word alone), and the text behind it."""

    number: int | None
    rest: str


def key_label(text: str) -> str | None:
    """The text behind a label such as ``Antwort:`` or ``答案：``, empty if that is all; None without such a label.

    Without a colon, a dash or the full stop of an abbreviation, letters or signs of choices must follow:
    ``Réponse B``, ``Правильный ответ Б``, ``故选C``, ``Die richtige Antwort ist B``. Words that say what is right in
    other lines, too, need such letters in any case: ``Richtig: B`` is a key and ``Richtig: das Wasser verdampft.`` is
    none. The plain word for answers may as well stand above the choices (`options_label`) or above a list of keys
    (`key_heading`): there the lines around it decide.
    """
    if not may_begin(text, "answer", "answer_label"):
        return _key_behind_aside(text) if may_begin(text, "aside") else None
    told = labelled(text, "answer")
    if told is not None:
        return told
    if (short := _ABBREVIATED.match(text.lstrip(BEFORE + " "))) and folded(short["word"]) in phrases("answer"):
        return short["rest"].strip(" *_")
    told = labelled(text, "answer_label")
    if told:
        return told if _begins_with_label(told) else None
    return _key_without_colon(text)


def explanation_label(text: str) -> str | None:
    """The text behind a label such as ``Erklärung:`` or ``【解析】``, empty if that is all; None without a label."""
    return labelled(text, "explanation")


def is_aside(text: str) -> bool:
    """Whether a line says something beside a question, behind a label: ``Hinweis: …``, ``提示：…``, ``Source: …``."""
    return ":" in text.replace("：", ":") and labelled(text, "aside") is not None


def may_name_option(text: str) -> bool:
    """Whether a text begins as a word such as "Option" does; a quick look that rules out most lines."""
    return text[:2].lower() in beginnings("option")


def option_label(text: str) -> tuple[str, str] | None:
    """The label of a choice behind a word, and the text: ``Opción B: …``, ``Вариант 2) …``; None: there is none."""
    found = _OPTION.match(text) if may_begin(text, "option") else None
    word = folded(found["word"]) if found else ""
    if not found or word not in phrases("option") or word in phrases("answer") or word in phrases("question"):
        return None
    return found["label"], found["rest"]


def options_label(text: str) -> bool:
    """Whether a line only says that choices follow: ``Antwortmöglichkeiten:``, ``Варианты ответа``, ``选项：``."""
    return labelled(text, "options") == ""


def key_heading(text: str) -> bool:
    """Whether a line is a heading above the answers: ``Lösungen``, ``Ответы к тесту 3``, ``参考答案``, ``Gabarito``."""
    text = text.strip(_SIGNS)
    if not text or len(text) > _LONGEST_HEADING:
        return False
    if text[0] == "第":
        text = _CHAPTER.sub("", text, count=1)
    if not may_begin(text, "key") or not first_word_is(text, "key"):
        return False
    if is_said(text, "key"):
        return True
    words = folded(text).split()
    for at in range(1, min(4, len(words) - 1)) if text[-1] not in "?؟," else ():
        if " ".join(words[:at]) in phrases("key") and (
            words[at] in phrases("key_to")
            or (words[at] in phrases("and") and " ".join(words[at + 1 :]) in phrases("explanation"))
        ):
            return True
    return False


def question_label(text: str) -> QuestionLabel | None:
    """What a label before a stem says: ``Frage 3:``, ``第3题``, ``3. kérdés``, ``Вопрос № 3 из 20``, ``Frage:``.

    A number without a sign behind it counts only where a stem may begin: before a capital, in a script without capitals
    before a question, and at the end of the line.
    """
    return _numbered(text, "question") or _unnumbered(text)


def verdict_word(text: str) -> bool | None:
    """Whether a text says no more than right (True) or wrong (False), in brackets or not; None: it says neither."""
    return _judged(text, "right", "wrong")


def truth_of(text: str) -> bool | None:
    """Whether a text says no more than true or false, as an answer about a statement; None: it says neither."""
    return _judged(text, "true", "false")


def leaves_open(text: str) -> bool:
    """Whether a text ends in a word such as "is", so that something must follow: ``Ice is``, ``冰是``."""
    end = folded(text.rpartition(" ")[2][-LONGEST:])
    return end in phrases("is") or (not end.isascii() and end.endswith(unspaced("is")))


def may_ask(text: str) -> bool:
    """Whether a text has a word that asks or requests, or goes on without spaces, so that it may hide one."""
    return bool(UNSPACED.search(text)) or any(folded(word.strip(_SIGNS)) in phrases("asking") for word in text.split())


def labels_of_key(text: str) -> tuple[str, ...]:
    """The labels of choices that a key consists of: ``B``, ``A и В``, ``(b), (d)``, ``ABD``, ``①③``, ``گزینه ۲``.

    Empty if anything else stands there, or if a word that joins labels could be a label itself.
    """
    if len(text) > LONGEST:
        return ()
    words = [word for word in _BETWEEN.split(without_option(text)) if word]
    labels: list[str] = []
    for at, word in enumerate(words):
        if 0 < at < len(words) - 1 and folded(word) in phrases("and"):
            if positions_of(word) and words[at - 1].islower():
                return ()
            continue
        label = _COUNTER.sub("", word)
        run = (label,) if positions_of(label) else _run_together(label)
        if not run:
            return ()
        labels += run
    return tuple(labels) if len(labels) <= _MOST_LABELS else ()


def _run_together(text: str) -> tuple[str, ...]:
    """The labels in ``ABD`` or ``①③``: each one higher than the one before."""
    if not 1 < len(text) <= _MOST_LABELS or not (text.isupper() or not text.isalpha()):
        return ()
    found = [positions_of(sign) for sign in text]
    rising = all(
        one and two and one[0].family == two[0].family and one[0].at < two[0].at for one, two in pairwise(found)
    )
    return tuple(text) if rising and not text.isdecimal() else ()


def _key_without_colon(text: str) -> str | None:
    """The letters behind an answer's label that has no colon."""
    bare = text.lstrip(BEFORE + " ")
    bare = bare[:LONGEST].replace("**", "") + bare[LONGEST:]
    if not may_begin(text, "answer") or not first_word_is(bare, "answer"):
        return None
    for found in _KEY_BEHIND.finditer(bare, 1, LONGEST):
        has_is = says_is(_without_article(folded(ENDING.sub("", bare[: found.start()]))), "answer")
        if has_is is None:
            continue
        rest = bare[found.start() :].strip(" *_")
        labels = labels_of_key(_CLAUSE.split(rest, maxsplit=1)[0] if has_is else rest)
        # A number without "is" counts answers: "Antwort 3". A small letter is a word: "Antwort a" may go on below.
        if labels and not (rest[:1].islower() and rest[1:2] != ")") and (has_is or not any(map(str.isdecimal, labels))):
            return rest
    return None


def _key_behind_aside(text: str) -> str | None:
    """The letters, or true or false, behind somebody's own answer: ``Your answer: A Correct answer: B``."""
    colons = [found.start() for found in _COLONS.finditer(text, 0, _FARTHEST)]
    if len(colons) < _FEWEST_COLONS or not is_own_answer(text[: colons[0]]):
        return None
    for start, end in pairwise(colons):
        key = text[end + 1 :].strip(" *_;；")
        if _ends_own_answer(folded(text[start + 1 : end])) and (_begins_with_label(key) or truth_of(key) is not None):
            return key
    return None


def _ends_own_answer(told: str) -> bool:
    """Whether a text is somebody's own answer, and the words for the right one, which no other word may deny."""
    own = (told.removesuffix(words).rstrip() for words in answers_of_many_words() if told.endswith(words))
    return any(
        not one or one[-1] in _CLAUSE_ENDS or labels_of_key(one.upper()) or truth_of(one) is not None
        for one in map(_without_article, own)
    )


def _without_article(text: str) -> str:
    """A text without the "the" at its end: "la respuesta es la" goes on with a letter."""
    before, _space, last = text.rpartition(" ")
    return before if last in phrases("the") else text


def _begins_with_label(text: str) -> bool:
    """Whether a text is labels of choices, or begins with one that has its bracket or full stop: ``B) Paris``."""
    if labels_of_key(text):
        return True
    first = _LABEL_END.split(text.lstrip("(（["), maxsplit=1)[0]
    return first != text and bool(labels_of_key(first.strip()))


def _numbered(text: str, kind: str) -> QuestionLabel | None:
    """The number behind, inside or before a word of some kind."""
    bare = text.lstrip(BEFORE + " ")
    if bare[:1].isdecimal():
        return _number_first(bare, kind)
    found = _NUMBERED.match(bare) if may_begin(bare, kind) else None
    number = number_of(found["number"]) if found else None
    if not found or number is None:
        return None
    before, rest = folded(ENDING.sub("", found["before"])), found["rest"]
    for behind in around(kind).get(before, ()):
        if behind and rest.startswith(behind):
            return _ended(number, rest[len(behind) :])
    words = before.split()
    if len(words) > 1 and words[-1] in phrases("number"):
        before = " ".join(words[:-1])
    known = before in phrases(kind) or "" in around(kind).get(before, ())
    return _ended(number, bare[found.end("number") :]) if known and found["number"].isdecimal() else None


def _number_first(text: str, kind: str) -> QuestionLabel | None:
    found = _NUMBER_FIRST.match(text)
    if not found or folded(found["word"]) not in behind_number(kind):
        return None
    return _ended(int(found["number"]), found["rest"])


def _ended(number: int, rest: str) -> QuestionLabel | None:
    """A question's label, if the text behind its number can be a stem."""
    of = _OF.match(rest)
    if of and (of["of"] is None or folded(of["of"]) in phrases("of")):
        rest = rest[of.end() :]
    if worth := _WORTH.match(rest):
        rest = rest[worth.end() :]
    end = _END.match(rest)
    if not end:
        return None
    stem = rest[end.end() :].strip()
    sign = stem.lstrip("\"'“„«‹‘¿¡(（「『")[:1]
    cased = sign.lower() != sign.upper()
    is_stem = sign.isupper() if cased else UNSPACED.match(sign) or any(mark in stem for mark in "?؟？")
    return None if end["space"] and stem and not is_stem else QuestionLabel(number, stem)


def _unnumbered(text: str) -> QuestionLabel | None:
    rest = labelled(text, "question")
    return None if rest is None else QuestionLabel(None, rest)


def _judged(text: str, good: str, bad: str) -> bool | None:
    if len(text) > LONGEST:
        return None
    word = folded(text.strip(_SIGNS)) or text.strip(" \ufe0f")
    return True if word in phrases(good) else False if word in phrases(bad) else None


def without_option(text: str) -> str:
    """A text without a word such as "Option" at its beginning: ``Letra B``."""
    words = text.split() if may_name_option(text) else []
    for many in (2, 1):
        if len(words) > many and folded(" ".join(words[:many])) in phrases("option"):
            return " ".join(words[many:])
    return text
