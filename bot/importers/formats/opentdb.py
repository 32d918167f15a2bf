"""Reads JSON as the API of the Open Trivia Database answers it, in each of its four encodings.

It reads what opentdb.com/api_config.php describes, also where people kept only the list of questions, or several
answers in one file.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Any

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.format import Format, Progress
from bot.importers.opentdb.encoding import Encoding, encoding
from bot.importers.opentdb.question import KNOWN, RIGHT, WRONG, ReadQuestion, raw_texts
from bot.importers.reading.compose import collapse
from bot.importers.reading.json_data import Record, read_json
from bot.importers.reading.leaving import left_out
from bot.importers.reading.shape import refuse_large
from bot.importers.source import Source

_ANSWERS = re.compile(r'"(?:in)?correct_?[aA]nswers?"\s{0,9}:')
_RESPONSE = re.compile(r'"response_code"\s{0,9}:')
_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_MEMBERS = 2
"""Each question names its right and its wrong answers."""
_REPORT_EVERY = 1000
_QUOTED = 40
_MOST_NAMES = 5


def likelihood(source: Source) -> float:
    """The number of questions with right and wrong answers, in a file that begins as JSON does."""
    if source.head.lstrip(_BEFORE_JSON)[:1] not in {b"{", b"["}:
        return 0
    found = sum(1 for _found in _ANSWERS.finditer(source.text)) / _MEMBERS
    return found + 0.5 if found or _RESPONSE.search(source.text) else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a file in this format.

    Raises:
        BadFile: it isn't valid JSON, is made to exhaust whoever reads it, or holds no questions.
    """
    refuse_large(len(source.data))
    root = read_json(source.text, known_by=["question"])
    progress(0.3)
    questions: list[QuestionDraft] = []
    findings: list[Finding] = []
    unknown: dict[str, int] = {}
    for listed in _lists(root):
        records = [one for one in listed if _is_question(one)]
        texts = [text for one in records for text in raw_texts(one)]
        usual = encoding(texts)
        if usual is Encoding.URL and not any("%" in text for text in texts):
            message = _("Plus signs between words were read as spaces.")
            findings.append(Finding(line=records[0].line, code=FindingCode.ENCODING_REPAIRED, message=message))
        line = records[0].line
        for one in listed:
            line = one.line if isinstance(one, Record) else line
            if not _is_question(one):
                findings.append(_left_out(one, line, _("It has no answers.")))
                continue
            try:
                read = ReadQuestion(one, _own_encoding(one, usual))
            except BadInput as refusal:
                findings.append(_left_out(one, line, str(refusal)))
                continue
            questions.append(read.draft)
            findings += read.findings
            unknown |= _unknown(one, unknown)
            if len(questions) % _REPORT_EVERY == 0:
                progress(min(0.3 + len(questions) / 100_000, 1.0))
    if not questions and not findings:
        raise BadFile(_without_questions(root))
    if unknown:
        findings.append(_not_read(unknown))
    return ParsedDocument(format=FORMAT.name, questions=tuple(questions), findings=(*source.known_repairs, *findings))


def _lists(root: Any) -> Iterator[Sequence[Any]]:  # noqa: ANN401  # JSON
    """Yield each list that has a question, and each question that stands alone, in the order of the file."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            if any(map(_is_question, value)):
                yield value
            else:
                waiting += reversed(value)
        elif isinstance(value, Record):
            if _is_question(value):
                yield [value]
            else:
                waiting += reversed(value.values())


def _is_question(value: Any) -> bool:  # noqa: ANN401  # JSON
    return isinstance(value, Record) and "question" in value and any(name in value for name in (*RIGHT, *WRONG))


def _own_encoding(record: Record, usual: Encoding) -> Encoding:
    """The encoding of one question; ``usual`` is that of all questions around it, if it is the same for all."""
    words = [word for word in (record.get("type"), record.get("difficulty")) if isinstance(word, str)]
    own = encoding(raw_texts(record), words)
    return usual if own is Encoding.ENTITIES else own


def _unknown(record: Record, named: Container[str]) -> dict[str, int]:
    """The members of a question that aren't read, with its line; without those that are ``named`` already."""
    return {name: record.line for name, value in record.items() if value and name not in KNOWN and name not in named}


def _left_out(value: Any, line: int, reason: str) -> Finding:  # noqa: ANN401  # JSON
    asked = value.get("question") if isinstance(value, Record) else value
    return left_out(line, collapse(str(asked or "")), reason)


def _not_read(unknown: dict[str, int]) -> Finding:
    names = ", ".join(f"“{shortened(name, _QUOTED)}”" for name in [*unknown][:_MOST_NAMES])
    more = ", …" if len(unknown) > _MOST_NAMES else ""
    message = _("Questions have members that aren't read: {names}.").format(names=names + more)
    return Finding(line=min(unknown.values()), code=FindingCode.SKIPPED, message=message)


def _without_questions(root: Any) -> str:  # noqa: ANN401  # JSON
    reasons = {
        "1": _("there are fewer questions than it was asked for"),
        "2": _("a parameter isn't valid"),
        "3": _("the session token is unknown"),
        "4": _("the session token has been given all questions"),
        "5": _("it was asked twice within five seconds"),
    }
    code = root.get("response_code") if isinstance(root, Record) else None
    if isinstance(code, str) and code in reasons:
        message = _("Open Trivia DB gave no questions, because {reason} (code {code}). Ask it again.")
        return message.format(reason=reasons[code], code=code)
    return _("The file holds no question with “question”, “correct_answer” and “incorrect_answers”.")


FORMAT = Format(
    name="opentdb",
    about="JSON from the Open Trivia Database, in any of its encodings",
    likelihood=likelihood,
    parse=parse,
)
