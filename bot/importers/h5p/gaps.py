"""Finds the gaps in texts of H5P: stars mark them, as in ``Oslo is the capital of *Norway/Norge:a country*``."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.domain.errors import BadInput
from bot.domain.gaps import GAP, count_gaps
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.reading.hypertext import Hypertext, without_markup

_STARRED = re.compile(r"\*([^*]*+)\*")
_UNDERSCORES = re.compile(r"_{3,}+")
_JOINED = re.compile(r"_{5,}+")
_FEEDBACK = re.compile(r"\\[+-]")
_PARAGRAPH = "\n\n"
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_HELD = "\ue000"
"""What stands for an underscore that is text while the gaps are put in; nobody writes this character."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, as Markdown with gaps, and the texts that are right in each of them, best first."""

    text: str
    answers: Sequence[Sequence[str]]


def read_typed(raw: str, words: Hypertext) -> list[Piece]:
    """Return the paragraphs of a text in HTML whose gaps accept texts with slashes between them.

    Raises:
        BadInput: its gaps can't be told from the rest of its text.
    """
    answers: list[list[str]] = []

    def gap(found: re.Match[str]) -> str:
        told, _colon, tip = without_markup(found[1]).partition(":")
        accepted = [text for part in told.split("/") if (text := words.typed(part))]
        if not accepted:
            return found[0]
        answers.append(accepted)
        return _with_tip(tip)

    text = _released(words.text(_STARRED.sub(gap, _held(raw))))
    return _parted(text.split(_PARAGRAPH), answers)


def read_dragged(raw: str, words: Hypertext) -> list[Piece]:
    """Return the lines of a text whose gaps take a word each."""
    pieces = []
    for line in raw.split("\n"):
        answers: list[list[str]] = []

        def gap(found: re.Match[str], answers: list[list[str]] = answers) -> str:
            told, _colon, tip = without_markup(found[1]).partition(":")
            if not (word := words.typed(_FEEDBACK.split(told)[0])):
                return found[0]
            answers.append([word])
            return _with_tip(_FEEDBACK.split(tip)[0])

        if line.strip() and (text := _released(words.text(_STARRED.sub(gap, _held(line))))):
            pieces.append(Piece(text, answers))
    return pieces


def starred(raw: str, words: Hypertext) -> list[str]:
    """Return the words between stars."""
    told = (_FEEDBACK.split(found[1].partition(":")[0])[0] for found in _STARRED.finditer(raw))
    return [word for one in told if (word := words.typed(one))]


def portions(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join pieces to one question if it has a field for each gap; otherwise yield one for each piece with gaps.

    Pieces without gaps go before the next one with some. A piece with too many gaps is taken sentence by sentence.
    """
    joined = sum(len(piece.answers) for piece in pieces) <= MOST_FIELDS
    texts: list[str] = []
    answers: list[Sequence[str]] = []
    for piece in pieces if joined else chain.from_iterable(map(_sentences, pieces)):
        texts.append(piece.text)
        answers += piece.answers
        if answers and not joined:
            yield Piece(_PARAGRAPH.join(texts), answers)
            texts, answers = [], []
    if answers:
        yield Piece(_PARAGRAPH.join(texts), answers)


def _sentences(piece: Piece) -> list[Piece]:
    return [piece] if len(piece.answers) <= MOST_FIELDS else _parted(_SENTENCE.split(piece.text), piece.answers)


def _parted(parts: Iterable[str], answers: Sequence[Sequence[str]]) -> list[Piece]:
    """Give each part of a text the answers to its gaps.

    Raises:
        BadInput: there are more or fewer gaps than answers.
    """
    pieces, begin = [], 0
    for part in parts:
        end = begin + count_gaps(part)
        pieces.append(Piece(part, answers[begin:end]))
        begin = end
    if begin != len(answers):
        raise BadInput(_("Its gaps can't be told from the rest of its text."))
    return pieces


def _held(raw: str) -> str:
    return _UNDERSCORES.sub(lambda found: _HELD * len(found[0]), raw)


def _released(text: str) -> str:
    """A text with its own underscores, and with spaces between gaps that would be one."""
    apart = _JOINED.sub(lambda found: " ".join([GAP] * (len(found[0]) // len(GAP))), text)
    return apart.replace(_HELD, "\\_")


def _with_tip(tip: str) -> str:
    return f"{GAP} ({tip.strip()})" if tip.strip() else GAP
