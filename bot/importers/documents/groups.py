"""Finds which lines of a document are the choices of one question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.importers.documents.labels import is_ticked, typed_label, without_tick
from bot.importers.documents.piece import Family, Piece

_ANSWER = re.compile(
    r"\W{0,4}(?:the\s)?(?:correct\s|right\s|suggested\s|richtige\s|bonne\s|правильный\s)?"
    r"(?:answers?|ans|key|solutions?|antwort(?:en)?|lösung(?:en)?|réponses?|respuestas?|rispost[ae]|respostas?"
    r"|ответы?|відповідь|odpowied[zź]|cevap|đáp án|答案|正确答案|정답)"
    r"(?:\s?(?:key|is)?\s?[:：=.)–—-]|\W{0,3}$|\s[(\[]?[A-Za-z](?:\W|$))",
    re.IGNORECASE,
)
_ANSWERS_BELOW = re.compile(
    r"\W{0,4}(?:answer\s?keys?|answers?|keys?|solutions?|lösung(?:en)?|antworten|ответы|réponses|respuestas)\W{0,4}$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟:…]\W{0,3}$|_{3}|\.{4}")
_MOST_LINES = 5
"""How many lines a choice may go on for below its first."""
_FEWEST, _MOST = 2, 26
_LONGEST_PLAIN = 300


@dataclass(slots=True, kw_only=True)
class Group:
    """The choices of one question.

    Attributes:
        items: the indexes of their pieces.
        family: what stands before them; nothing before plain lines below a question.
        is_latin: whether letters before them are those that a key names.
        is_keyed: whether the file says in words or signs which are right.
    """

    items: list[int]
    family: Family
    is_latin: bool = True
    is_keyed: bool = False


def groups_of(pieces: Sequence[Piece]) -> list[Group]:
    """The groups of choices, in the order of the document."""
    groups: list[Group] = []
    at = 0
    while at < len(pieces):
        group = _group_from(pieces, at)
        if group:
            groups.append(group)
            at = group.items[-1] + 1
        else:
            at += 1
    all_keyed = any(_ANSWERS_BELOW.match(piece.text) for piece in pieces if len(piece.text) < 40)
    ends = [*(group.items[0] for group in groups[1:]), len(pieces)]
    for group, end in zip(groups, ends, strict=bool(groups)):
        group.is_keyed = all_keyed or _says_key(pieces, group, end)
    return groups


def is_answer(text: str) -> bool:
    """Whether a line begins as one that says which choice is right."""
    return bool(_ANSWER.match(text))


def label_of(piece: Piece) -> tuple[Family, int, bool]:
    """The family of a piece's label, which of its kind it is from 1 (0: unknown), and whether a letter is Latin."""
    if piece.family is Family.LETTER:
        return piece.family, ord(piece.label[0].upper()) - ord("A") + 1, True
    if piece.family or piece.is_code:
        return piece.family, 0, True
    found = typed_label(without_tick(piece.text)) or typed_label(piece.text)
    return (found.family, found.ordinal, found.is_latin) if found else (Family.NONE, 0, True)


def _group_from(pieces: Sequence[Piece], start: int) -> Group | None:
    family, ordinal, _is_latin = label_of(pieces[start])
    if family is Family.LETTER and ordinal == 1:
        items = _lettered(pieces, start)
    elif family is Family.BOX or (family is Family.BULLET and _is_asked(pieces, start)):
        items = _alike(pieces, start, family)
    elif family is Family.NONE and start and _is_question(pieces[start - 1]):
        items = _plain(pieces, start)
    else:
        return None
    if not _FEWEST <= len(items) <= _MOST:
        return None
    # People type a Latin "a" before Cyrillic letters: one letter doesn't tell what the others are.
    return Group(items=items, family=family, is_latin=all(label_of(pieces[at])[2] for at in items))


def _lettered(pieces: Sequence[Piece], start: int) -> list[int]:
    items, others = [start], 0
    for at in range(start + 1, len(pieces)):
        family, ordinal, _is_latin = label_of(pieces[at])
        if family is Family.LETTER and ordinal == len(items) + 1:
            items.append(at)
            others = 0
        elif family is Family.NUMBER or (family is Family.LETTER and ordinal == 1) or _ANSWER.match(pieces[at].text):
            break
        else:
            others += bool(pieces[at].text)
        if others > _MOST_LINES:
            break
    return items


def _alike(pieces: Sequence[Piece], start: int, family: Family) -> list[int]:
    items = [start]
    for at in range(start + 1, len(pieces)):
        if len(items) > _MOST:
            break
        if label_of(pieces[at])[0] is family:
            items.append(at)
        elif pieces[at].text:
            break
    return items


def _plain(pieces: Sequence[Piece], start: int) -> list[int]:
    items: list[int] = []
    for at in range(start, len(pieces)):
        piece = pieces[at]
        if not piece.text or piece.is_code or len(piece.text) > _LONGEST_PLAIN or len(items) > _MOST:
            break
        if label_of(piece)[0] or _ANSWER.match(piece.text) or piece.text.startswith("#") or _is_question(piece):
            break
        items.append(at)
    return items


def _is_question(piece: Piece) -> bool:
    return label_of(piece)[0] is Family.NUMBER or (bool(piece.text) and bool(_ASKS.search(piece.text[-40:])))


def _is_asked(pieces: Sequence[Piece], start: int) -> bool:
    above = next((pieces[at] for at in range(start - 1, max(start - 4, -1), -1) if pieces[at].text), None)
    return above is not None and _is_question(above)


def _says_key(pieces: Sequence[Piece], group: Group, end: int) -> bool:
    if any(is_ticked(pieces[at].text) for at in group.items):
        return True
    for at in range(group.items[-1] + 1, end):
        if _ANSWER.match(pieces[at].text):
            return True
        if label_of(pieces[at])[0] is Family.NUMBER:
            return False
    return False
