"""Questions as people write them: a kind and four texts, in a notation that is small enough to be typed in a form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from bot.domain import revisions
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.identity import BankId, QuestionId
from bot.domain.lines import one_line, several_lines
from bot.domain.questions import Question
from bot.domain.writing.kinds import KINDS_IN_WRITING
from bot.domain.writing.record import KindInWriting, Part
from bot.i18n import gettext as _

__all__ = [
    "KINDS_IN_WRITING",
    "LONGEST",
    "LONGEST_TOPIC",
    "KindInWriting",
    "Mistake",
    "Miswritten",
    "Part",
    "Written",
    "drafted",
    "edited",
    "longest",
    "written_of",
]

LONGEST = 3_000
"""The most characters of a text, because a platform's form takes no more in a field."""

LONGEST_TOPIC = 100
"""The most characters of a topic."""

_ROOM = 4
"""How many times its longest text a field's text is tidied; a longer one is too long, however it is spaced."""

_ANSWERS = frozenset(
    {
        "kind",
        "choices",
        "key",
        "choice_explanations",
        "choice_pictures",
        "accepted",
        "unit",
        "exact",
        "near_misses",
        "back",
    }
)
"""The parts of a draft that belong together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A question as somebody wrote it, unchecked.

    Attributes:
        kind: the name of its kind in `KINDS_IN_WRITING`.
        question: what is asked, as Markdown.
        answers: the choices or right answers, in the kind's notation.
        explanation: why the answer is right, as Markdown; empty: none.
        topic: empty: none.
    """

    kind: str
    question: str
    answers: str
    explanation: str = ""
    topic: str = ""

    @property
    def cleaned(self) -> "Written":
        """The question as it can be stored before it is checked: no part is too long, or has what can't be seen."""
        kind = self.kind if self.kind in KINDS_IN_WRITING else ""
        texts = {
            part: _tidied(part, text[: _ROOM * longest(part)])[: longest(part)]
            for part, text in self.parts()
            if part is not Part.KIND
        }
        return Written(kind=kind, **texts)

    def parts(self) -> Iterator[tuple[Part, str]]:
        """Yield each field with what it says."""
        return ((part, getattr(self, part)) for part in Part)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a field, and what to do about it, in plain text."""

    part: Part
    message: str


class Miswritten(BadInput):
    """A written question can't be used; ``mistakes`` has all that is wrong, in the order of the fields."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(mistakes)

    def of(self, part: Part) -> str:
        """Return all that is wrong in a field; empty: nothing."""
        return "\n".join(mistake.message for mistake in self.mistakes if mistake.part is part)


def longest(part: Part) -> int:
    """Return the most characters of a field."""
    return LONGEST_TOPIC if part is Part.TOPIC else LONGEST


def drafted(written: Written) -> QuestionDraft:
    """Return the draft of a written question.

    Raises:
        Miswritten: something in it is wrong or missing.
    """
    draft, mistakes = _read(written)
    if mistakes:
        raise Miswritten(mistakes)
    return draft


def written_of(question: Question) -> Written:
    """Return a question as somebody could have written it; the inverse of `drafted`, as far as the notation goes."""
    draft = revisions.draft_of(question)
    return Written(
        kind=question.kind,
        question=question.stem,
        answers=KINDS_IN_WRITING[question.kind].write(draft),
        explanation=question.explanation,
        topic=question.topic or "",
    )


def edited(known: Question, written: Written) -> QuestionDraft:
    """Return the draft of a question that somebody edited: whatever the edit doesn't touch stays as it is.

    That keeps what the notation can't say, such as a difficulty, and answers that nobody could write like this today.
    Answers are kept or replaced together, because positions in the key count the choices.

    Raises:
        Miswritten: something in it is wrong or missing.
    """
    before, shown = revisions.draft_of(known), written_of(known)
    (read, old_mistakes), (new, mistakes) = _read(shown), _read(written)
    same_answers = _same_answers(written, shown)
    if same_answers:
        mistakes = [one for one in mistakes if one.part is not Part.ANSWERS or one not in old_mistakes]
    if mistakes:
        raise Miswritten(mistakes)
    changed = {field.name for field in fields(new) if getattr(new, field.name) != getattr(read, field.name)}
    changed |= _ANSWERS if changed & _ANSWERS else set()
    changed |= {"select"} if new.kind != before.kind else set()
    draft = replace(before, **{name: getattr(new, name) for name in changed})
    if not _has_key(draft) and not (same_answers and not known.key):
        raise Miswritten([_no_key()])
    return draft


def _same_answers(one: Written, other: Written) -> bool:
    return one.kind == other.kind and several_lines(one.answers) == several_lines(other.answers)


def _read(written: Written) -> tuple[QuestionDraft, list[Mistake]]:
    """Read a written question as far as possible; return the draft, and what is wrong."""
    mistakes: list[Mistake] = []

    def complain(part: Part, message: str) -> None:
        mistakes.append(Mistake(part, message))

    cut = Written(**{part: _cut(part, text, mistakes) for part, text in written.parts()})
    draft = QuestionDraft(
        line=0,
        stem=cut.question.strip(),
        choices=(),
        explanation=cut.explanation.strip(),
        topic=cut.topic.strip() or None,
        kind=cut.kind,
    )
    kind = KINDS_IN_WRITING.get(cut.kind)
    if kind is None:
        complain(Part.KIND, _("Choose what kind of question it is."))
        return replace(draft, kind="choice"), mistakes
    if not draft.stem:
        complain(Part.QUESTION, _("Write what is asked."))
    draft = kind.read(draft, cut.answers, complain)
    if not mistakes and not _has_key(draft):
        mistakes.append(_no_key())
    order = list(Part)
    return draft, sorted(mistakes, key=lambda mistake: order.index(mistake.part))


def _has_key(draft: QuestionDraft) -> bool:
    return bool(revisions.first_revision(draft, question_id=QuestionId(0), bank_id=BankId(0)).key)


def _no_key() -> Mistake:
    return Mistake(Part.ANSWERS, _("I can't find the right answer in this. Write it as the field says."))


def _tidied(part: Part, text: str) -> str:
    return one_line(text) if part is Part.TOPIC else several_lines(text)


def _cut(part: Part, text: str, mistakes: list[Mistake]) -> str:
    """Return as much of a field's text as is read; note if that isn't all.

    It is measured as it is stored: with spaces for a tab, a text is longer than it was typed.
    """
    most = longest(part)
    if len(text) <= _ROOM * most:
        text = _tidied(part, text)
    if len(text) > most:
        message = _("This has {number} characters; {most} are the most.")
        mistakes.append(Mistake(part, message.format(number=len(text), most=most)))
    return text[:most]
