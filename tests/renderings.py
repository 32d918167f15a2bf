"""Every function of bot/rendering that makes a message, found by its signature, and arguments with a text of one's own.

One whose arguments can't be made here fails until `MADE` or `NAMED` knows them.
"""

import enum
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import bot.rendering
from bot.domain.desk import Desk, opened
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import QuizbotError
from bot.domain.identity import BankId, LeagueId, QuestionId, RoundId, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.mending import Portion
from bot.domain.questions import Question
from bot.domain.responses import Key, Response
from bot.domain.revisions import first_revision
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.typed import Typed, typed
from bot.domain.views import MessageView
from bot.domain.writing import Mistake, Miswritten, Part, Written
from bot.services.rounds.rehearsing import rehearsed
from bot.testing import document, draft

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_LONGEST_NAME = 120


def _made() -> dict[Any, Callable[[str], Any]]:
    return {
        str: lambda text: text[:_LONGEST_NAME],
        int: lambda _text: 3,
        float: lambda _text: 0.5,
        bool: lambda _text: True,
        datetime: lambda _text: NOON,
        date: lambda _text: NOON.date(),
        time: lambda _text: time(9),
        timedelta: lambda _text: timedelta(hours=1),
        MessageView: lambda text: rehearsed(_question(text)).told,
        Question: _question,
        Key: lambda text: _question(text).key,
        QuizbotError: lambda text: Miswritten([Mistake(Part.ANSWERS, text)]),
        Round: _round,
        Response: lambda text: kind_of(_round(text)).response(frozenset({1}), _round(text)),
        Written: lambda text: Written(kind="choice", question=text, answers=text, explanation=text, topic=text),
        Typed: lambda text: typed("team draw", teams="3", prefix=" ".join(text.split())[:_LONGEST_NAME]),
    }


def _question(text: str) -> Question:
    draft = QuestionDraft(
        line=1,
        stem=text,
        choices=(text, f"b {text}", "c"),
        key=(0,),
        explanation=text,
        choice_explanations=(text, text, ""),
        topic=text,
    )
    return first_revision(draft, question_id=QuestionId(1), bank_id=BankId(2))


def _round(text: str) -> Round:
    question = _question(text)
    return Round(
        id=RoundId(5),
        space_id=SpaceId(1),
        league_id=LeagueId(1),
        channel="study",
        question_id=question.id,
        revision=1,
        key=question.key,
        select=1,
        order=tuple(choice.id for choice in question.choices),
        reveal=Reveal.ON_ANSWER,
        answer_with=AnswerWith.BUTTONS,
        opened_at=NOON,
        closes_at=NOON,
        closed_at=NOON,
    )


MADE = _made()
"""What a value of a type is, with a hostile text in it."""
NAMED: dict[str, Callable[[str], Any]] = {
    "code": lambda _text: "7QJ2-0XKD-1111",
    "zone": lambda _text: "Europe/Berlin",
    "theme": lambda _text: "dark",
    "weekly_time": lambda _text: "09:00",
    "desk": lambda text: _desk(replace(draft(text, text, f"{text}.", key=()), explanation=text, topic=text)),
}
"""How a value is made for a field or argument of this name, because the program itself makes or checks its text."""


def _desk(question: QuestionDraft) -> Desk:
    return opened(document(question), [Portion(sources=(question,))])


def make(kind: Any, name: str, text: str) -> Any:
    """A value for an argument or a field."""
    kind = getattr(kind, "__supertype__", kind)
    if name in NAMED:
        return NAMED[name](text)
    if kind in MADE:
        return MADE[kind](text)
    if typing.get_origin(kind) is not None:
        return _made_of_others(typing.get_origin(kind), typing.get_args(kind), name, text)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{one.name: make(hints[one.name], one.name, text) for one in fields(kind) if one.init})
    raise AssertionError(f"how is {name}: {kind} made? Tell MADE or NAMED")


def _made_of_others(outer: Any, inner: tuple[Any, ...], name: str, text: str) -> Any:
    """A collection with one value of each kind in it; of several kinds the first."""
    if outer is typing.Literal:
        return inner[0]
    if outer in {typing.Union, types.UnionType, typing.Annotated}:
        return make(inner[0], name, text)
    made = [make(one, name, text) for one in inner if one is not Ellipsis]
    if outer in {dict, Mapping}:
        return {made[0]: made[1]}
    return outer(made) if outer in {tuple, frozenset, set} else made


def _renderings() -> dict[str, Callable[..., MessageView]]:
    """Every public function of bot/rendering that makes a message."""
    modules = [
        importlib.import_module(one.name) for one in pkgutil.iter_modules(bot.rendering.__path__, "bot.rendering.")
    ]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": one
        for module in modules
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_")
        if typing.get_type_hints(one).get("return") is MessageView
    }


RENDERINGS = _renderings()


def rendered(name: str, text: str) -> MessageView:
    """The message of one function, with ``text`` for every text that it takes."""
    function = RENDERINGS[name]
    hints = typing.get_type_hints(function)
    return function(**{key: make(hints[key], key, text) for key in inspect.signature(function).parameters})
