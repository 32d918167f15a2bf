"""How the project's own format holds a kind of question is one record, declared beside the functions it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.drafts import QuestionDraft


def _nothing(_draft: QuestionDraft) -> dict[str, Any]:
    return {}


def _fits(_question: Mapping[str, Any]) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindInBanks:
    """How the files of the project's own format hold the questions of a kind.

    Attributes:
        name: the kind's name, in files and in `bot.domain.kinds`.
        read: adds the choices or accepted answers of a question to its draft; the schema has checked the question.
        write: returns the fields that `read` reads; what a file may leave out is left out.
        documented: returns the fields that only this kind has where commands print questions as JSON.
        misfit: returns a field of a question, and what is wrong with it, if the schema can't tell; None: it is fine.
        keeps_numbers: whether accepted numbers reach `read` as texts, as they are written.
    """

    name: str
    read: Callable[[QuestionDraft, Mapping[str, Any]], QuestionDraft]
    write: Callable[[QuestionDraft], dict[str, Any]]
    documented: Callable[[QuestionDraft], dict[str, Any]] = _nothing
    misfit: Callable[[Mapping[str, Any]], tuple[str, str] | None] = _fits
    keeps_numbers: bool = False
