"""Test doubles for this program and its adapters: a clock, a messenger and a conversation.

They are part of the package, so that authors of other adapters can test against the same contract.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from typing_extensions import override

from bot.application import Application
from bot.bootstrap import application
from bot.domain.accepted import AcceptedNumber, InBlank, NearMiss
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.drafts import ParsedDocument, QuestionDraft, Select
from bot.domain.errors import QuizbotError
from bot.domain.identity import Member, Space
from bot.domain.responses import Given
from bot.domain.rounds import Round
from bot.domain.typed import plainly
from bot.domain.views import MessageView, OptionView, Table
from bot.ports import Clock, Messenger, MessengerError, Post, Reactions
from bot.services.chat import dispatch
from bot.services.rounds.answering import submit_answer
from bot.settings import Settings

A_MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock(Clock):
    """`bot.ports.Clock` that stands still until it is told otherwise."""

    def __init__(self, now: datetime = A_MONDAY) -> None:
        self._now = now

    @override
    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Jump to an aware moment."""
        if now.tzinfo is None:
            raise ValueError("a clock shows aware times")
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta | None = None, **parts: float) -> None:
        """Move forward by a time span, or by ``hours=1`` and the like."""
        self._now += by or timedelta(**parts)


@dataclass(slots=True)
class FakeMessenger(Messenger):
    """`bot.ports.Messenger` on a platform of its own, strict about what it is asked.

    Posting a key twice, editing what isn't there, or under another reference, is the caller's mistake:
    it raises AssertionError, which no caller handles.

    Attributes:
        shown: the messages on the platform, by key, as posted or last edited.
        references: the platform's own ids, by key.
        log: every call that had an effect, in order: ``("post", key)``, ``("edit", key)``.
        counts: the public counts, by key.
        reacted: the reactions on each message, by key; None: the platform has none to read back.
    """

    shown: dict[str, Post] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    reacted: dict[str, Reactions] | None = None
    _trouble: deque[tuple[MessengerError, bool]] = field(default_factory=deque)

    def fail_next(self, error: MessengerError, *, after_doing: bool = False) -> None:
        """Raise ``error`` at the next call that isn't planned to fail yet: instead of doing it, or after it is done."""
        self._trouble.append((error, after_doing))

    @override
    async def post(self, post: Post) -> str:
        after = self._before()
        if post.key in self.shown:
            raise AssertionError(f"{post.key} was posted twice")
        self.shown[post.key] = post
        self.references[post.key] = f"ref-{len(self.references) + 1}"
        self.log.append(("post", post.key))
        self._raise(after)
        return self.references[post.key]

    @override
    async def find(self, post: Post) -> str | None:
        self._raise(self._before())
        return self.references.get(post.key)

    @override
    async def edit(self, post: Post) -> None:
        after = self._before()
        if post.message_ref is None or post.message_ref != self.references.get(post.key):
            raise AssertionError(f"{post.key} is edited as {post.message_ref}, it is {self.references.get(post.key)}")
        self.shown[post.key] = post
        self.log.append(("edit", post.key))
        self._raise(after)

    @override
    async def show_count(self, post: Post, answered: int) -> None:
        after = self._before()
        if post.key not in self.shown:
            raise AssertionError(f"{post.key} gets a count before it is posted")
        self.counts[post.key] = answered
        self._raise(after)

    @override
    async def reactions(self, post: Post) -> Reactions | None:
        self._raise(self._before())
        return None if self.reacted is None else self.reacted.get(post.key, Reactions(put_on={}))

    def _before(self) -> MessengerError | None:
        if not self._trouble:
            return None
        error, after_doing = self._trouble.popleft()
        if not after_doing:
            raise error
        return error

    @staticmethod
    def _raise(error: MessengerError | None) -> None:
        if error is not None:
            raise error


YES = "(yes)"
"""What somebody in a `Conversation` says to press the first button of the latest reply."""


@dataclass(slots=True)
class Conversation:
    """Runs a dialogue of (say, reply) pairs: typed commands, and the bot's private replies to the speaker."""

    app: Application
    space: Space
    channel: str = "study"
    speaker: str = "Ada"
    is_host: bool = False
    told: MessageView | None = field(default=None, init=False)
    """The latest private reply; None if there was none, or an error."""

    async def insists(self, text: str) -> str | None:
        """Type a command that asks first, and press the button that goes on; return what `says` would."""
        await self.says(text)
        return await self.says(YES)

    async def says(self, text: str) -> str | None:
        """Type a command; return the private reply (or the error) as plain text, None if there is none.

        `YES` presses the first button of the latest reply.

        Raises:
            AssertionError: there is no such button.
        """
        if text == YES:
            text = pressed(self.told)
        member = Member(space_id=self.space.id, external_id=self.speaker.casefold(), name=self.speaker)
        caller = Caller(space=self.space, channel=self.channel, member=member, is_host=self.is_host)
        try:
            view = self.told = await dispatch.handle(self.app, caller, text)
        except QuizbotError as error:
            self.told = None
            return str(error)
        return None if view is None else plain(view)

    async def answers(self, round_: Round, given: Given) -> str:
        """Answer a round now, by picking positions or typing texts; return the private receipt as plain text."""
        submitted = SubmitAnswer(
            round_id=round_.id,
            channel=self.channel,
            member=Member(space_id=self.space.id, external_id=self.speaker.casefold(), name=self.speaker),
            given=given,
            at=self.app.clock.now(),
            event_id=f"{self.app.ids.next():020}",
        )
        return plain(await submit_answer(self.app, submitted))

    async def follows(self, dialogue: Iterable[tuple[str, str | None]]) -> None:
        """Type each line, and compare each reply with the expected one.

        An expected reply is a part of the real one; ``…`` stands for anything between two parts; None: no reply.

        Raises:
            AssertionError: at the first reply that differs.
        """
        for text, expected in dialogue:
            reply = await self.says(text)
            if (reply is None) != (expected is None) or (
                reply is not None and expected is not None and not _fits(reply, expected)
            ):
                raise AssertionError(f"{self.speaker}: {text!r}\n expected: {expected!r}\n      got: {reply!r}")


def pressed(view: MessageView | None) -> str:
    """What pressing the first button of a message types.

    Raises:
        AssertionError: it has none.
    """
    buttons = [button for section in view.sections for button in section.buttons] if view else []
    if not buttons:
        raise AssertionError(f"there is no button: {view}")
    return buttons[0].command.plain


def _fits(reply: str, expected: str) -> bool:
    return re.search(".*".join(map(re.escape, expected.split("…"))), reply, re.DOTALL) is not None


def plain(view: MessageView) -> str:
    """Every word of a message, a line for each part, without the signs that protect it from Markdown."""
    lines = [view.title, view.text, *map(_option, view.options), view.hint]
    for section in view.sections:
        lines += [section.title, section.text]
    if view.table is not None:
        lines += _rows(view.table)
    lines.append(view.footer)
    return plainly(re.sub(r"\\([^\w\s])", r"\1", "\n".join(filter(None, lines))))


def _option(option: OptionView) -> str:
    letter = f"{option.letter})" if option.letter else ""
    return " ".join(filter(None, (letter, option.text, option.mark_text, option.note, option.tally)))


def _rows(table: Table) -> list[str]:
    return [table.title, *(" | ".join(row) for row in (table.columns, *table.rows))]


def draft(
    stem: str = "What is 6 x 7?",
    *choices: str,
    key: Sequence[int] = (0,),
    select: Select = 1,
    line: int = 1,
    source_id: str | None = None,
    topic: str | None = None,
) -> QuestionDraft:
    """Make a draft of a question; its first choice is right unless another key is given."""
    return QuestionDraft(
        line=line,
        stem=stem,
        choices=choices or ("42", "36", "48", "54"),
        key=tuple(key),
        select=select,
        source_id=source_id,
        topic=topic,
    )


def statement(stem: str = "S3 stores objects.", *, true: bool = True) -> QuestionDraft:
    """Make a draft of a statement that is true or false."""
    return QuestionDraft(line=1, stem=stem, choices=("True", "False"), key=(0 if true else 1,), kind="true_false")


def number(stem: str, *accepted: AcceptedNumber, unit: str = "") -> QuestionDraft:
    """Make a draft of a question that is answered with a number."""
    return QuestionDraft(line=1, stem=stem, choices=(), accepted=accepted, unit=unit, kind="number")


def short(stem: str, *accepted: str, exact: bool = False, near_misses: Sequence[NearMiss] = ()) -> QuestionDraft:
    """Make a draft of a question that is answered with a short text."""
    return QuestionDraft(
        line=1,
        stem=stem,
        choices=(),
        accepted=accepted,
        exact=exact,
        near_misses=tuple(near_misses),
        kind="short",
    )


def blanks(
    stem: str, *accepted: Sequence[str], exact: bool = False, near_misses: Sequence[NearMiss] = ()
) -> QuestionDraft:
    """Make a draft of a question with blanks; each gap in the stem (``____``) accepts some texts."""
    return QuestionDraft(
        line=1,
        stem=stem,
        choices=(),
        accepted=tuple(InBlank(blank, text) for blank, texts in enumerate(accepted) for text in texts),
        exact=exact,
        near_misses=tuple(near_misses),
        kind="blanks",
    )


def in_order(stem: str, *items: str) -> QuestionDraft:
    """Make a draft of a question whose items are given in the right order."""
    return QuestionDraft(line=1, stem=stem, choices=items, key=tuple(range(len(items))), kind="order")


def matching(stem: str, *pairs: tuple[str, str], distractors: Sequence[str] = ()) -> QuestionDraft:
    """Make a draft of a question with these pairs to match."""
    lefts = [left for left, _right in pairs]
    rights = list(dict.fromkeys([*(right for _left, right in pairs), *distractors]))
    return QuestionDraft(
        line=1,
        stem=stem,
        choices=(*lefts, *rights),
        key=tuple(len(lefts) + rights.index(right) for _left, right in pairs),
        select=len(lefts),
        kind="match",
    )


def card(front: str, back: str, *accepted: str) -> QuestionDraft:
    """Make a draft of a card."""
    return QuestionDraft(line=1, stem=front, choices=(), back=back, accepted=accepted, kind="card")


def document(*drafts: QuestionDraft) -> ParsedDocument:
    """Make a parsed document with these questions."""
    return ParsedDocument(format="test", questions=drafts)


def application_on(url: str, *, clock: Clock, seed: int = 1) -> AbstractAsyncContextManager[Application]:
    """Open the application on a database, with the test's own clock and a repeatable random source."""
    repeats = Random(seed)  # noqa: S311 - tests want chances that repeat
    return application(Settings(database_url=url), clock=clock, random=repeats)
