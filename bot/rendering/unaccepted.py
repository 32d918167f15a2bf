"""Messages about typed answers that were judged wrong: for hosts to decide, and for people who gain by it."""

from collections.abc import Sequence

from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.shortening import shortened
from bot.domain.typed import typed
from bot.domain.unaccepted import Unaccepted
from bot.domain.views import Button, MessageView, Section
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import literal

_STEM = 120
_TEXT = 80
_ALTERNATIVES = 3
"""The most accepted answers that one line lists."""


def waiting(shown: Sequence[tuple[Unaccepted, bool]], more: int) -> MessageView:
    """Wrong answers for a host to decide about, each with whether this host may accept it; ``more`` wait, too."""
    if not shown:
        return MessageView(
            text=_("Nothing to decide: no typed answer was judged wrong lately, or you have decided about all of them.")
        )
    rest = ngettext("{number} more is waiting after these.", "{number} more are waiting after these.", more)
    return MessageView(
        title=_("Right after all?"),
        text=_("These typed answers were judged wrong. If you accept one, it counts from now on and in past rounds."),
        sections=tuple(
            _section(position, one, may_accept=may_accept) for position, (one, may_accept) in enumerate(shown, start=1)
        ),
        footer=rest.format(number=more) if more else "",
    )


def _section(position: int, one: Unaccepted, *, may_accept: bool) -> Section:
    title = ngettext("{position}. “{text}”: {number} person", "{position}. “{text}”: {number} people", one.people)
    lines = [
        f"`{one.question.id}` {_asked(one.question)}",
        _("Right so far: {answers}").format(answers=_right_so_far(one)),
    ]
    if len(one.text) > _TEXT:  # whoever accepts it must have read it
        lines.insert(0, _("In full: {text}").format(text=literal(one.text)))
    if not may_accept:
        by_operator = f"`quizbot question accept {one.question.id} TEXT`"
        refused = _("The question's bank isn't this space's own. Whoever runs me can accept the answer: {command}")
        lines.append(refused.format(command=by_operator))
    return Section(
        title=title.format(position=position, text=_quoted(one.text), number=one.people),
        text="\n".join(f"- {line}" for line in lines),
        buttons=_buttons(position, one, may_accept=may_accept),
    )


def _buttons(position: int, one: Unaccepted, *, may_accept: bool) -> tuple[Button, ...]:
    def button(label: str, name: str) -> Button:
        command = typed(name, id=str(one.question.id), named={"answer": one.code})
        return Button(label=label.format(position=position), command=command)

    aside = button(_("Set aside {position}"), "question aside")
    return (button(_("Accept {position}"), "question accept"), aside) if may_accept else (aside,)


def _right_so_far(one: Unaccepted) -> str:
    asked = kind_of(one.question).in_series(one.question)
    spelled = asked.key.spelled(asked.order)
    if not kind_of(asked).any_part:  # each blank is a part
        return ", ".join(map(_quoted, spelled))
    listed = ", ".join(map(_quoted, spelled[:_ALTERNATIVES]))
    return listed if len(spelled) <= _ALTERNATIVES else f"{listed}, …"


def accepted(text: str, people: int, *, changed: bool) -> MessageView:
    """Confirm that an answer is accepted, and how many people gain by it; ``changed``: whether it wasn't before."""
    if not changed:
        return MessageView(text=_("“{text}” already counts as right.").format(text=_quoted(text)))
    if not people:
        return MessageView(text=_("“{text}” counts as right from now on.").format(text=_quoted(text)))
    told = ngettext(
        "“{text}” now counts as right: {number} person gets the points, and I tell their channel.",
        "“{text}” now counts as right: {number} people get the points, and I tell their channel.",
        people,
    )
    return MessageView(text=told.format(text=_quoted(text), number=people))


def set_aside(one: Unaccepted) -> MessageView:
    """Confirm that an answer is set aside, and say how to accept it all the same."""
    text = _("“{text}” stays wrong, and I won't ask you about it again. If it is right after all: {command}")
    command = typed("question accept", id=str(one.question.id), text="TEXT")
    return MessageView(text=text.format(text=_quoted(one.text), command=command))


def good_news(question: Question, text: str, people: int | None) -> MessageView:
    """Tell everybody in a channel, or its only reader if ``people`` is None, that an answer now counts as right."""
    if people is None:
        told = _("Good news: “{text}” counts as right, too, and you get the points. The question was: {stem}")
    else:
        told = ngettext(
            "Good news: “{text}” counts as right, too, and {number} person gets the points. The question was: {stem}",
            "Good news: “{text}” counts as right, too, and {number} people get the points. The question was: {stem}",
            people,
        )
    return MessageView(text=told.format(text=_quoted(text), number=people, stem=_asked(question)))


def _asked(question: Question) -> str:
    """A question on one line, as Markdown; a long one is cut, and then its signs are shown as they are."""
    line = " ".join(question.stem.split())
    return kind_of(question).shown_stem(line) if len(line) <= _STEM else literal(shortened(line, _STEM))


def _quoted(text: str) -> str:
    return literal(shortened(text, _TEXT))
