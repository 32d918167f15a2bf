"""Messages to hosts about questions that were asked: which they were, what to change, and who hasn't answered."""

from collections.abc import Sequence

from bot.domain.kinds import kind_of
from bot.domain.questions import LETTERS, Question
from bot.domain.responses import Key
from bot.domain.shortening import shortened
from bot.domain.typed import typed
from bot.domain.views import Button, Caution, MessageView, Section
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import and_more_people, literal

_STEM = 120
_NAMED = 50
"""The most people that one message names."""


def asked_lately(asked: Sequence[tuple[Question, bool]]) -> MessageView:
    """The questions that were asked last in a channel, each with whether its reader may change it."""
    if not asked:
        return MessageView(text=_("No question has been asked here yet."))
    return MessageView(
        title=_("Recent questions here"),
        sections=tuple(_section(number, *one) for number, one in enumerate(asked, start=1)),
    )


def _section(number: int, question: Question, may_change: bool) -> Section:  # a row of the list
    which = str(question.id)
    buttons = (
        Button(label=_("Correct {position}").format(position=number), command=typed("question correct", id=which)),
        Button(label=_("Withdraw {position}").format(position=number), command=typed("question withdraw", id=which)),
    )
    lines = [f"`{which}`"]
    if question.withdrawn:
        lines.append(_("Withdrawn."))
    elif not may_change:
        lines.append(_("Its bank doesn't belong to this space, so it can't be changed here."))
    return Section(title=f"{number}. {_stem(question)}", text=" ".join(lines), buttons=buttons if may_change else ())


def withdrawing(question: Question) -> Caution:
    """What happens if a question is withdrawn."""
    what = _("It will never be asked again, and the points it earned so far no longer count. This can't be undone.")
    return Caution(title=_("Withdraw this question?"), text=f"{_stem(question)}\n\n{what}", yes=_("Withdraw it"))


def withdrawn(rounds: int, answers: int) -> MessageView:
    """Confirm a withdrawal: how many ``rounds`` had asked the question, and how many ``answers`` changed."""
    return MessageView(text=_and_before(_("The question is withdrawn."), rounds, answers))


def asking_for_key(question: Question) -> MessageView:
    """Show the right answer of a question and, if it has choices, a button for each other one that may be right."""
    example = typed("question correct", id=str(question.id), key="KEY")
    lines = [
        _stem(question),
        _("Right answer until now: {answer}.").format(answer=key_in_words(question, question.key)),
    ]
    if not (kind_of(question).lettered and kind_of(question).picks):
        lines.append(_("Type the right answer: {command}").format(command=example))
        return MessageView(title=_("What is right?"), text="\n\n".join(lines))
    letters = LETTERS[: len(question.choices)]
    told = [f"- **{letter}.** {_line(choice.text)}" for letter, choice in zip(letters, question.choices, strict=True)]
    lines.append(_("If more than one is right, type the letters: {command}").format(command=example))
    buttons = tuple(
        Button(label=letter, command=typed("question correct", id=str(question.id), key=letter)) for letter in letters
    )
    note = _("These letters follow the order in the bank; a message may show the choices in another order.")
    choices = Section(title=_("Choices"), text="\n".join(told) + f"\n\n{note}", buttons=buttons)
    return MessageView(title=_("What is right?"), text="\n\n".join(lines), sections=(choices,))


def correcting(question: Question, key: Key) -> Caution:
    """What happens if a question gets this ``key`` instead of its own."""
    lines = (
        _stem(question),
        _("Right answer until now: {answer}.").format(answer=key_in_words(question, question.key)),
        _("From now on: {answer}.").format(answer=key_in_words(question, key)),
        _("Past answers are judged again."),
    )
    return Caution(title=_("Correct this question?"), text="\n\n".join(lines), yes=_("Correct it"))


def corrected(question: Question, rounds: int, answers: int) -> MessageView:
    """Confirm another key: how many ``rounds`` had asked the question, and how many ``answers`` changed."""
    said = _("The right answer is now {answer}.").format(answer=key_in_words(question, question.key))
    return MessageView(text=_and_before(said, rounds, answers))


def key_in_words(question: Question, key: Key) -> str:
    """A key as a host reads it: the letters of the bank with their choices, or the answer itself."""
    named = key.spelled(question.order)
    if not named:
        return _("none")
    if not (kind_of(question).lettered and kind_of(question).picks):
        return literal(", ".join(named))
    return "; ".join(f"{letter}, {_line(question.choices[LETTERS.index(letter)].text)}" for letter in named)


def not_yet_answered(missing: Sequence[tuple[Question, int, int, Sequence[str] | None]]) -> MessageView:
    """Who hasn't answered each open question: how many of how many and, if the league's rules allow it, their names."""
    hidden = any(names is None for _question, number, _all, names in missing if number)
    rule = typed("league set", named={"name_unanswered": "yes"})
    return MessageView(
        title=_("Not answered yet"),
        sections=tuple(
            Section(title=_stem(one), text=_missing(number, of, names)) for one, number, of, names in missing
        ),
        footer=_("To see their names: {command}").format(command=rule) if hidden else "",
    )


def _missing(number: int, of: int, names: Sequence[str] | None) -> str:
    if not of:
        return _("Nobody has answered here in the last four weeks.")
    if not number:
        return _("Everybody who has answered here in the last four weeks has answered it.")
    told = ngettext("{number} of {all} hasn't answered.", "{number} of {all} haven't answered.", number).format(
        number=number, all=of
    )
    if names is None:
        return told
    listed = ", ".join(map(literal, names[:_NAMED]))
    more = len(names) - _NAMED
    return f"{told} {listed}" + (f" {and_more_people(more)}" if more > 0 else "")


def _and_before(said: str, rounds: int, answers: int) -> str:
    if not rounds:
        return " ".join((said, _("It hadn't been asked yet.")))
    regraded = ngettext(
        "{number} answer from before counts differently now.",
        "{number} answers from before count differently now.",
        answers,
    )
    return f"{said} {regraded.format(number=answers)}"


def _stem(question: Question) -> str:
    return _line(kind_of(question).shown_stem(question.stem))


def _line(text: str) -> str:
    """A text on one line; a long one is cut, and then its signs are shown as they are."""
    line = " ".join(text.split())
    return line if len(line) <= _STEM else literal(shortened(line, _STEM))
