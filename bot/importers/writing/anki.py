"""Writes banks as packages for Anki: a note for each question, with its pictures.

A note shows the question on its card, and holds it in the project's own format in a field that no card shows. That
field is what is read again, so nothing is lost on the way.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from hashlib import sha256
from html import escape
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.domain.drafts import QuestionDraft
from bot.domain.images import Image
from bot.domain.kinds import kind_of
from bot.domain.questions import LETTERS, Choice, Question
from bot.domain.revisions import accepted_answers, draft_of
from bot.importers.writing.bank import to_json

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

NOTE_TYPE = "Quizbot question"
"""The name of the type of these notes."""
SHOWN = ("Question", "Choices", "Answer", "Explanation")
"""The fields that cards show."""
SOURCE = "Quizbot"
"""The field that holds the question in the project's own format."""

_MODEL_ID = 1_720_518_604
_EPOCH = 1_700_000_000
"""When a question's first revision counts as changed, in seconds since 1970; each later revision is a second newer.
Anki updates a note only from a newer one, and the same bank gives the same package."""
_OLDEST = (1980, 1, 1, 0, 0, 0)
_FRONT = "<div>{{Question}}</div>{{#Choices}}<div>{{Choices}}</div>{{/Choices}}"
_EXPLAINED = "{{#Explanation}}<div class=why>{{Explanation}}</div>{{/Explanation}}"
_BACK = "{{FrontSide}}<hr id=answer><div>{{Answer}}</div>" + _EXPLAINED
_STYLE = """
.card { font-family: sans-serif; font-size: 20px; line-height: 1.4; max-width: 40em; margin: 1em auto; padding: 0 1em; }
.why { margin-top: 1em; font-size: 0.9em; }
ol.letters { list-style-type: upper-alpha; }
img { max-width: 100%; }
pre { overflow-x: auto; }
"""


def to_anki(questions: Sequence[Question], name: str, title: str, pictures: Mapping[str, bytes]) -> bytes:
    """A bank as a package for Anki, with a deck for each of its sections; the same bank gives the same bytes."""
    from genanki import Deck, Model, Note, Package, guid_for  # noqa: PLC0415  # only an export needs it

    model = Model(
        _MODEL_ID,
        NOTE_TYPE,
        fields=[{"name": field} for field in (*SHOWN, SOURCE)],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks: dict[str, Any] = {}
    revisions = []
    sources = _sources(questions, name, title)
    for due, (question, (source, tags)) in enumerate(zip(questions, sources, strict=True)):
        deck = _deck_name(title, question.section)
        if deck not in decks:
            decks[deck] = Deck(_deck_id(deck), deck)
        guid = guid_for("quizbot", name, question.id)  # other programs count their questions from 1, too
        fields = [*shown(question).values(), escape(source)]
        decks[deck].add_note(Note(model, fields, tags=tags, guid=guid, due=due))
        revisions.append((question.revision, guid))
    with closing(sqlite3.connect(":memory:")) as connection:
        Package([*decks.values()]).write_to_db(connection.cursor(), _EPOCH, count(_EPOCH * 1_000))
        ids = dict(connection.execute("SELECT guid, id FROM notes"))  # the table has no index of guids
        connection.executemany("UPDATE notes SET mod = mod + ? WHERE id = ?", [(n, ids[guid]) for n, guid in revisions])
        connection.commit()
        return _packed(connection.serialize(), pictures)


def _packed(collection: bytes, pictures: Mapping[str, bytes]) -> bytes:
    listed = {str(at): name for at, name in enumerate(sorted(pictures))}
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr(ZipInfo("collection.anki2", _OLDEST), collection, ZIP_DEFLATED)
        archive.writestr(ZipInfo("media", _OLDEST), json.dumps(listed), ZIP_DEFLATED)
        for path, name in listed.items():
            archive.writestr(ZipInfo(path, _OLDEST), pictures[name], ZIP_STORED)
    return package.getvalue()


def _sources(questions: Sequence[Question], name: str, title: str) -> Iterator[tuple[str, list[str]]]:
    """Each question as a bank of its own, in JSON, and its tags."""
    bank: dict[str, Any] = json.loads(to_json(questions, name, title))
    topics = defaultdict[str | None, list[Any]](list)
    for topic in bank.get("topics", ()):
        topics[topic["id"]].append(topic)
    for question in bank["questions"]:
        own = topics.get(question.get("topic"))
        told = {"format": bank["format"], **({"topics": own} if own else {}), "questions": [question]}
        yield json.dumps(told, ensure_ascii=False), question.get("tags", [])


def _deck_name(title: str, section: str | None) -> str:
    parts = [" ".join(part.replace("::", ":").split()) for part in (title, section or "")]
    return "::".join(filter(None, parts)) or "Quizbot"


def _deck_id(name: str) -> int:
    """An id for a deck, always the same for the same name, and hardly ever that of another deck."""
    return 2**40 + int.from_bytes(sha256(name.encode()).digest()[:5], "big")


def shown(question: Question) -> dict[str, str]:
    """Return what a note's card shows of a question, as HTML, by the names of the fields."""
    draft = draft_of(question)
    told = (_stem(question), _choices(question, draft), _answer(question, draft), _explanation(question, draft))
    return dict(zip(SHOWN, told, strict=True))


def _stem(question: Question) -> str:
    picture = _picture(question.image) if question.image else ""
    return _html(question.stem) + picture


def _choices(question: Question, draft: QuestionDraft) -> str:
    """What there is to choose from, to put in order, or to match."""
    if not question.choices or draft.kept:
        return ""
    if kind_of(question).picks:
        return _list(map(_choice, question.choices), "ol class=letters")
    lefts = draft.choices[: draft.select] if draft.kind == "match" and isinstance(draft.select, int) else ()
    others = sorted(draft.choices[len(lefts) :], key=str.casefold)
    lists = [_list(map(_html, lefts), "ol")] if lefts else []
    return "".join([*lists, _list(map(_html, others), "ul")])


def _answer(question: Question, draft: QuestionDraft) -> str:
    if draft.back:
        return _html(draft.back)
    if kind_of(question).picks:
        right = [(LETTERS[at], _choice(question.choices[at])) for at in draft.key]
        return "".join(f"<div>{letter}. {text}</div>" for letter, text in right)
    if draft.kind == "order":
        return _list((_html(draft.choices[at]) for at in draft.key), "ol")
    if draft.kind == "match":
        pairs = zip(draft.choices, draft.key, strict=False)
        return _list((f"{_html(left)} – {_html(draft.choices[at])}" for left, at in pairs), "ol")
    return "".join(f"<div>{escape(text)}</div>" for text in accepted_answers(draft))


def _explanation(question: Question, draft: QuestionDraft) -> str:
    """Why the key is right, what is said to single choices, and hints for wrong answers."""
    notes = [f"{_choice(choice)}: {_html(choice.explanation)}" for choice in question.choices if choice.explanation]
    hints = [f"{escape(near.text)}: {_html(near.hint)}" for near in draft.near_misses]
    return "".join([_html(question.explanation), *(f"<div>{note}</div>" for note in (*notes, *hints))])


def _choice(choice: Choice) -> str:
    picture = _picture(choice.image) if choice.image else ""
    return picture if choice.picture_alone else f"{_html(choice.text)}{picture}"


def _picture(image: Image) -> str:
    return f'<img src="{image.file_name}" alt="{escape(image.alt)}">'


def _list(items: Iterator[str] | Sequence[str], tag: str) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<{tag}>{listed}</{tag.partition(' ')[0]}>"


def _html(markdown: str) -> str:
    """Markdown as HTML; a text of a single paragraph without the element around it."""
    told: str = _markdown().render(markdown).strip().replace("\n</code>", "</code>")
    inner = told.removeprefix("<p>").removesuffix("</p>")
    return inner if "<p>" not in inner and len(told) == len(inner) + 7 else told


@cache
def _markdown() -> "MarkdownIt":
    from bot.rendering.markdown import parser  # noqa: PLC0415  # loads markdown-it, which reading files doesn't need

    made = parser()
    made.add_render_rule("formula", _formula)
    made.add_render_rule("address", _address)
    return made


def _address(_renderer: Any, tokens: Sequence[Any], at: int, _options: Any, _env: Any) -> str:  # noqa: ANN401  # the library's types
    return escape(tokens[at].content)


def _formula(_renderer: Any, tokens: Sequence[Any], at: int, _options: Any, _env: Any) -> str:  # noqa: ANN401  # the library's types
    opening, closing = (r"\[", r"\]") if tokens[at].markup == "$$" else (r"\(", r"\)")
    return f"{opening}{escape(tokens[at].content)}{closing}"
