"""Writes banks as Moodle's XML. Texts stay Markdown, which Moodle can show."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape

from bot.domain.accepted import AcceptedNumber, InBlank
from bot.domain.decimals import written
from bot.domain.drafts import QuestionDraft
from bot.domain.gaps import count_gaps
from bot.domain.questions import Choice, Question
from bot.domain.revisions import draft_of
from bot.domain.shortening import shortened
from bot.importers.moodlexml.keeping import kept_xml
from bot.importers.writing.text import as_markdown
from bot.rendering.words import plain

_GAP = re.compile("_{3,}")
_SIGNS = re.compile(r"([\\}~#])")
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 60
_MARKDOWN = ' format="markdown"'
_CATEGORY = "$course$/top"


def to_moodle(questions: Sequence[Question], _name: str, _title: str) -> str:
    """A bank as Moodle's XML; its topics are categories."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    topic = None
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            lines += _category(topic)
        draft = draft_of(question)
        lines += [xml] if (xml := kept_xml(draft.kept)) else _question(question, draft)
    return "\n".join([*lines, "</quiz>", ""])


def _category(topic: str | None) -> list[str]:
    path = f"{_CATEGORY}/{topic.replace('/', '//')}" if topic else _CATEGORY
    return ['<question type="category">', f"  <category>{_text(path)}</category>", "</question>"]


def _question(question: Question, draft: QuestionDraft) -> Iterator[str]:
    type_, write = _WRITERS.get(draft.kind, _ESSAY)
    stem = draft.stem
    if draft.kind == "blanks":
        if len({one.blank for one in draft.accepted if isinstance(one, InBlank)}) < count_gaps(stem):
            type_, write = _ESSAY  # what is right in one of its gaps isn't known
        else:
            stem = _embedded(draft)
    if draft.kind in {"order", "match"} and not draft.key:
        type_, write = _ESSAY
        stem = "\n".join([stem, "", *(f"- {text}" for text in draft.choices)])
    if question.image:
        stem = f"{stem}\n\n{as_markdown(question.image)}"
    notes = () if draft.kind in {"choice", "true_false"} else draft.choice_explanations or ()
    explanation = "\n\n".join(filter(None, [draft.back, draft.explanation, *notes]))
    name = draft.section or shortened(plain(draft.stem), _LONGEST_NAME)
    yield f'<question type="{type_}">'
    yield f"  <name>{_text(name)}</name>"
    yield f"  <questiontext{_MARKDOWN}>{_text(stem)}</questiontext>"
    yield f"  <generalfeedback{_MARKDOWN}>{_text(explanation)}</generalfeedback>"
    yield f"  <idnumber>q{question.id}</idnumber>"
    for line in write(question, draft):
        yield f"  {line}"
    if draft.tags:
        yield f"  <tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in draft.tags)}</tags>"
    yield "</question>"


def _choices(question: Question, draft: QuestionDraft) -> Iterator[str]:
    single = draft.select == 1 and len(draft.key) <= 1
    part = Fraction(100, max(len(draft.key), 1))
    yield f"<single>{str(single).lower()}</single>"
    yield "<shuffleanswers>true</shuffleanswers>"
    for position, choice in enumerate(question.choices):
        weight = part if position in draft.key else Fraction(0) if single or not draft.key else -part
        yield _answer(_choice(choice), weight, choice.explanation)


def _choice(choice: Choice) -> str:
    if choice.image is None:
        return choice.text
    picture = as_markdown(choice.image)
    return picture if choice.picture_alone else f"{choice.text} {picture}"


def _truth(_question: Question, draft: QuestionDraft) -> Iterator[str]:
    explained = draft.choice_explanations or ("", "")
    for position, text in enumerate(("true", "false")):
        yield _answer(text, Fraction(100 * (position in draft.key)), explained[position], style="")


def _numbers(_question: Question, draft: QuestionDraft) -> Iterator[str]:
    for one in draft.accepted:
        if isinstance(one, AcceptedNumber):
            tolerance = one.tolerance * abs(one.value) if one.relative else one.tolerance
            more = f"<tolerance>{_decimal(tolerance)}</tolerance>"
            yield _answer(_decimal(one.value), Fraction(100), style="", more=more)
    if draft.unit:
        name = f"<unit_name>{_escaped(draft.unit)}</unit_name>"
        yield f"<units><unit><multiplier>1</multiplier>{name}</unit></units>"


def _texts(_question: Question, draft: QuestionDraft) -> Iterator[str]:
    yield f"<usecase>{int(draft.exact)}</usecase>"
    for one in draft.accepted:
        yield _answer(_literally(str(one)), Fraction(100), style="")
    for near in draft.near_misses:
        yield _answer(_literally(near.text), Fraction(0), near.hint, style="")


def _items(_question: Question, draft: QuestionDraft) -> Iterator[str]:
    yield "<selecttype>ALL</selecttype>"
    for number, position in enumerate(draft.key, start=1):
        yield _answer(draft.choices[position], Fraction(number))


def _pairs(_question: Question, draft: QuestionDraft) -> Iterator[str]:
    yield "<shuffleanswers>true</shuffleanswers>"
    pairs = [(left, draft.choices[position]) for left, position in zip(draft.choices, draft.key, strict=False)]
    sides = {*range(len(pairs)), *draft.key}
    pairs += [("", text) for position, text in enumerate(draft.choices) if position not in sides]
    for left, right in pairs:
        yield f"<subquestion{_MARKDOWN}>{_text(left)}<answer>{_text(right)}</answer></subquestion>"


def _nothing(_question: Question, _draft: QuestionDraft) -> Iterator[str]:
    return iter(())


_Writer = Callable[[Question, QuestionDraft], Iterator[str]]
_ESSAY: tuple[str, _Writer] = ("essay", _nothing)
_WRITERS: Mapping[str, tuple[str, _Writer]] = {
    "choice": ("multichoice", _choices),
    "true_false": ("truefalse", _truth),
    "number": ("numerical", _numbers),
    "short": ("shortanswer", _texts),
    "blanks": ("cloze", _nothing),
    "order": ("ordering", _items),
    "match": ("matching", _pairs),
}
"""The type of a question of each kind in Moodle, and what writes its answers; all others become essays."""


def _embedded(draft: QuestionDraft) -> str:
    """The stem of a question with blanks, with the answers in its gaps."""
    way = "SHORTANSWER_C" if draft.exact else "SHORTANSWER"
    told: list[list[str]] = [[] for _gap in range(count_gaps(draft.stem))]
    for one in draft.accepted:
        if isinstance(one, InBlank):
            told[one.blank].append(f"={_inside(_literally(one.text))}")
    for near in draft.near_misses:
        told[near.blank].append(f"%0%{_inside(_literally(near.text))}#{_inside(near.hint)}")
    gaps = iter(told)
    return _GAP.sub(lambda _found: f"{{1:{way}:{'~'.join(next(gaps))}}}", draft.stem)


def _inside(text: str) -> str:
    """A text of an embedded answer, where some signs have a meaning, and HTML is read."""
    return _SIGNS.sub(r"\\\1", escape(text, quote=False))


def _literally(text: str) -> str:
    r"""A text that may be typed, where a star without ``\`` would stand for any text."""
    return text.replace("*", r"\*")


def _answer(text: str, weight: Fraction, feedback: str = "", *, style: str = _MARKDOWN, more: str = "") -> str:
    told = f"<feedback{_MARKDOWN}>{_text(feedback)}</feedback>" if feedback else ""
    return f'<answer fraction="{_weight(weight)}"{style}>{_text(text)}{told}{more}</answer>'


def _weight(weight: Fraction) -> str:
    return f"{float(weight):.5f}".rstrip("0").rstrip(".")


def _decimal(number: Fraction) -> str:
    """A number in digits: one without an end is cut off where programs cut it off, too."""
    told = written(number)
    return f"{float(number):.15g}" if "/" in told else told


def _text(text: str) -> str:
    return f"<text>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    text = _NO_XML.sub("", text)
    if "<" in text or "&" in text:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return text.replace(">", "&gt;")
