"""Helpers for tests of Moodle's XML: questions go in as elements, and come out parsed."""

import base64
from html import escape

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.importers import parse

FOLD = "<name><text>Cork</text></name>"


def read(*questions: str) -> ParsedDocument:
    """The document that a file with these questions holds."""
    return parse(f"<?xml version='1.0'?>\n<quiz>\n{''.join(questions)}</quiz>".encode())


def asked(type_: str, stem: str, *more: str, style: str = "html", files: str = "") -> str:
    """One question, whose stem stands on its second line."""
    text = f'<questiontext format="{style}"><text><![CDATA[{stem}]]></text>{files}</questiontext>'
    return f'<question type="{type_}">\n{text}\n{"".join(more)}</question>\n'


def answer(text: str, weight: object = 0, feedback: str = "", more: str = "", attributes: str = "") -> str:
    told = f"<feedback><text>{escape(feedback)}</text></feedback>" if feedback else ""
    return f'<answer fraction="{weight}"{attributes}><text>{escape(text)}</text>{told}{more}</answer>\n'


def only(*questions: str) -> QuestionDraft:
    document = read(*questions)
    assert len(document.questions) == 1, [question.stem for question in document.questions]
    return document.questions[0]


def told(*questions: str) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(*questions).findings]


def file(name: str, data: bytes) -> str:
    return f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'


IMAGE = '<img src="@@PLUGINFILE@@/a.png" alt="A map">'
OTHER = IMAGE.replace("a.png", "b.png")
