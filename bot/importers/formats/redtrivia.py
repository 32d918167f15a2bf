"""Reads trivia lists of the chat bot Red: YAML with questions as keys, and lists of answers that are accepted.

It reads what Red's guide to trivia lists describes, and also some of what Red's own schema refuses.
"""

import re
from collections.abc import Iterator, Sequence

import yaml

from bot.domain.accepted import MOST_ACCEPTED
from bot.domain.drafts import Finding, FindingCode, NoteSection, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.shortening import shortened
from bot.domain.views import LONGEST_TYPED
from bot.i18n import gettext as _
from bot.importers.format import Format, Progress
from bot.importers.reading.compose import collapse
from bot.importers.reading.shape import refuse_large
from bot.importers.reading.text import tidied
from bot.importers.reading.yaml_data import compose, line_of
from bot.importers.source import Source

_HEADERS = ("AUTHOR", "DESCRIPTION", "CONFIG", "$schema")
_HEADER = re.compile(rf"(?:{'|'.join(map(re.escape, _HEADERS))}):(?:\s|$)")
_SETTING = re.compile(r"[A-Z][A-Z_]+|\$schema")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_QUOTED = 60
_REPORT_EVERY = 1000


def likelihood(source: Source) -> float:
    """The number of questions above lists of answers, if the file has Red's own keys or nothing but such questions."""
    headers = pairs = asked = strange = 0
    key = ""
    may_have_headers = any(source.lines.may_have(f"{name}:") for name in _HEADERS)
    for line in source.lines:
        text = line.text
        first = text.lstrip()[:1]
        if not first or first == "#":
            continue
        if first == "-" and text.lstrip()[:2] in {"-", "- "}:
            pairs, asked, key = pairs + bool(key), asked + ("?" in key), ""
        elif text[0].isspace():
            continue
        elif _HEADER.match(text):
            headers, key = headers + 1, ""
        elif text.endswith("]") and ": [" in text:
            pairs, asked = pairs + 1, asked + ("?" in text)
        else:
            strange += bool(key) or not (text.endswith(":") or text == "---")
            key = text if text.endswith(":") else ""
        if strange and not may_have_headers:
            return 0
    likely = pairs > strange if headers else 2 * asked >= pairs and not strange
    return pairs + 0.5 if pairs and likely else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a file in this format.

    Raises:
        BadFile: it isn't valid YAML, is made to exhaust whoever reads it, or isn't a list of questions; with the line.
    """
    refuse_large(len(source.data))
    root = compose(source.text)
    if not isinstance(root, yaml.MappingNode) or not root.value:
        message = _("This isn't a trivia list: each question must end with a colon, above a list of its answers.")
        raise BadFile(message, line=1)
    progress(0.5)
    lines = _BREAK.split(source.text)
    questions: list[QuestionDraft] = []
    notes: list[NoteSection] = []
    findings: list[Finding] = []
    for position, (key, value) in enumerate(root.value):
        if position % _REPORT_EVERY == 0:
            progress(0.5 + 0.5 * position / len(root.value))
        if not isinstance(key, yaml.ScalarNode) or not key.value.strip():
            findings.append(_finding(key, FindingCode.BROKEN, _("A question here isn't text. Put it in quotes.")))
        elif key.value in {"AUTHOR", "DESCRIPTION"} and isinstance(value, yaml.ScalarNode):
            notes.append(_note(key, value))
        elif _SETTING.fullmatch(key.value) and not isinstance(value, yaml.SequenceNode):
            findings += _settings(key)
        else:
            draft, noticed = _question(key, value, lines)
            questions.append(draft)
            findings += noticed
    return ParsedDocument(
        format=FORMAT.name,
        questions=tuple(questions),
        notes=tuple(notes),
        findings=(*source.known_repairs, *findings),
    )


def _note(key: yaml.ScalarNode, value: yaml.ScalarNode) -> NoteSection:
    text = collapse(tidied(value.value))
    said = _("By {author}.").format(author=text) if key.value == "AUTHOR" else text
    return NoteSection(line=line_of(key), heading="", text=said)


def _settings(key: yaml.ScalarNode) -> Iterator[Finding]:
    if key.value != "$schema":
        message = _("“{name}” was left out: it isn't a question, and the settings of a game have no counterpart here.")
        yield _finding(key, FindingCode.SKIPPED, message.format(name=key.value[:_QUOTED]))


def _question(key: yaml.ScalarNode, value: yaml.Node, lines: Sequence[str]) -> tuple[QuestionDraft, list[Finding]]:
    findings: list[Finding] = []
    stem = _stem(key.value)
    answers: dict[str, str] = {}
    for node in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if not isinstance(node, yaml.ScalarNode):
            message = _("An answer here isn't text. If it has a colon or a bracket, put it in quotes.")
            findings.append(_finding(node, FindingCode.SIMPLIFIED, message))
            continue
        text = collapse(tidied(node.value))
        if len(text) > LONGEST_TYPED:
            message = _("An answer here was left out, because it has more than {most} characters.")
            findings.append(_finding(node, FindingCode.SIMPLIFIED, message.format(most=LONGEST_TYPED)))
        elif text:
            answers.setdefault(text.casefold(), text)
        findings += _comments(node, lines)
    if len(answers) > MOST_ACCEPTED:
        message = _("It has {count} answers; the first {most} were taken.")
        message = message.format(count=len(answers), most=MOST_ACCEPTED)
        findings.append(_finding(key, FindingCode.SIMPLIFIED, message))
    if link := _link(stem):
        message = _("It needs what is at {link}, which didn't come with the file.").format(link=shortened(link, 200))
        findings.append(_finding(key, FindingCode.NEEDS_FIGURE, message))
    draft = QuestionDraft(
        line=line_of(key),
        stem=stem,
        choices=(),
        kind="short",
        accepted=tuple(answers.values())[:MOST_ACCEPTED],
        findings=tuple(dict.fromkeys(finding.code for finding in findings)),
    )
    return draft, findings


def _stem(text: str) -> str:
    """A question as Red would send it, which is Markdown; a written ``\\n`` begins a new line."""
    if "\n" not in text:
        return collapse(tidied(text))
    return "\n".join(line.rstrip() for line in tidied(text).strip().split("\n"))


def _comments(node: yaml.ScalarNode, lines: Sequence[str]) -> Iterator[Finding]:
    """Point out what YAML takes for a comment behind an answer: ``#1`` may well be part of it, unlike ``# one``."""
    end = node.end_mark
    if not node.style and end.line < len(lines):
        rest = lines[end.line][end.column :].strip()
        if rest.startswith("#") and not rest[1:2].isspace():
            message = _("“{comment}” was taken for a comment. If it belongs to the answer, put all of it in quotes.")
            yield _finding(node, FindingCode.SIMPLIFIED, message.format(comment=shortened(rest, _QUOTED)))


def _link(stem: str) -> str:
    """The first address in a question: a picture or a sound that it is about; empty if there is none."""
    words = stem.split() if "://" in stem else ()
    return next((word for word in words if "http://" in word or "https://" in word), "")


def _finding(node: yaml.Node, code: FindingCode, message: str) -> Finding:
    return Finding(line=line_of(node), code=code, message=message)


FORMAT = Format(
    name="redtrivia",
    about="trivia lists of the chat bot Red: YAML with a list of answers under each question",
    likelihood=likelihood,
    parse=parse,
)
