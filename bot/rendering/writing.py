"""Messages about questions that people write: the form, its mistakes, what is stored, and what is suggested."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.errors import QuizbotError
from bot.domain.questions import Question
from bot.domain.shortening import shortened
from bot.domain.suggestions import Suggestion
from bot.domain.typed import Typed, typed
from bot.domain.views import Button, Form, FormField, FormOption, MessageView, OptionView, Section
from bot.domain.writing import KINDS_IN_WRITING, Miswritten, Part, Written, longest
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import explained, literal

_STEM = 120


def form(command: Typed, written: Written, *, title: str, submit: str) -> MessageView:
    """The form to write a question in; ``command`` is run with what is filled in."""
    return MessageView(
        text=_("Write the question in the form."),
        form=Form(title=title, submit=submit, command=command, fields=form_fields(written)),
    )


def form_fields(written: Written) -> tuple[FormField, ...]:
    """The fields of a written question, filled in with what is known of it."""
    kind = KINDS_IN_WRITING.get(written.kind) or next(iter(KINDS_IN_WRITING.values()))
    kinds = tuple(
        FormOption(value=one.name, label=str(one.title), about=str(one.notation)) for one in KINDS_IN_WRITING.values()
    )

    def text(part: Part, label: str, hint: str = "", *, lines: bool = True, required: bool = False) -> FormField:
        value: str = getattr(written, part)
        return FormField(
            name=part, label=label, hint=hint, value=value, longest=longest(part), lines=lines, required=required
        )

    return (
        FormField(name=Part.KIND, label=_("Kind"), value=kind.name, required=True, options=kinds),
        text(Part.QUESTION, _("Question"), required=True),
        text(Part.ANSWERS, _("Answers"), str(kind.notation), required=True),
        text(Part.EXPLANATION, _("Explanation"), _("Why is that right? Everybody reads it with the result.")),
        text(Part.TOPIC, _("Topic"), _("A word or two that people can ask for"), lines=False),
    )


def refused(error: QuizbotError, again: Typed) -> MessageView:
    """Say why a form that was filled in isn't taken, with a button that opens it again."""
    if isinstance(error, Miswritten):
        return _mistakes(error, again)
    kept = _("I keep what you wrote for a day.")
    button = Button(label=_("Try again"), command=again)
    return MessageView(
        text=explained(error),
        sections=(Section(title=_("Nothing is lost"), text=kept, buttons=(button,)),),
        refuses=True,
        mistakes=((Part.QUESTION.value, str(error)),),
    )


def _mistakes(error: Miswritten, again: Typed) -> MessageView:
    labels = {field.name: field.label for field in form_fields(Written(kind="", question="", answers=""))}
    lines = [f"**{labels[mistake.part]}:** {literal(mistake.message)}" for mistake in error.mistakes]
    return MessageView(
        text=_("I can't store that yet. Nothing is lost: correct it, and send it again."),
        sections=(
            Section(
                title=_("To correct"),
                text=_listed(lines),
                buttons=(Button(label=_("Correct it"), command=again),),
            ),
        ),
        refuses=True,
        mistakes=tuple((part.value, error.of(part)) for part in Part if error.of(part)),
    )


def stored(question: Question, bank: str, asked: MessageView, told: MessageView, *, lead: str) -> MessageView:
    """Confirm that a question is stored: how it will be asked, its key, its number, and how to have it asked."""
    lines = [_("It is question {id}, in the bank “{bank}”.").format(id=question.id, bank=literal(bank))]
    if question.topic:
        lines.append(_("Ask about its topic: {command}").format(command=typed("quiz", topic=question.topic)))
    lines.append(_asked(question))
    edit = Button(label=_("Edit it"), command=typed("question edit", id=str(question.id)))
    view = _previewed(lead, asked, told)
    if not question.key:
        view = replace(view, sections=())  # there is nothing to tell
    return replace(view, sections=(*view.sections, Section(title=_("What now?"), text=_listed(lines), buttons=(edit,))))


def _asked(question: Question) -> str:
    """Say whether a stored question is asked and, if not, what it lacks."""
    match question.status:
        case "ready":
            text = _("{command} and series without a bank of their own may ask it from now on.")
            return text.format(command=typed("quiz"))
        case "unkeyed":
            return _("It isn't asked until it has a right answer.")
    return _("It isn't asked until somebody has edited and stored it: its file left something open.")


def suggested(asked: MessageView, told: MessageView) -> MessageView:
    """Thank somebody for a question that now waits for the hosts."""
    return replace(
        _previewed(_("Thank you! The hosts will see your question:"), asked, told),
        footer=_("I'll tell you what they decide."),
    )


def _previewed(lead: str, asked: MessageView, told: MessageView) -> MessageView:
    """A question as it will be asked, and then as it will be resolved."""
    return MessageView(
        title=lead,
        text=asked.text,
        image=asked.image,
        options=tuple(option for option in asked.options if option.letter),
        hint=asked.hint,
        sections=(Section(title=told.title, text=_resolved(told)),),
    )


def _resolved(told: MessageView) -> str:
    lines = [line for option in told.options if (line := _line(option))]
    return "\n\n".join(filter(None, [_listed(lines), told.text])) or _("It has no explanation.")


def _line(option: OptionView) -> str:
    """What there is to say of an option beside its letter: why, or that it is accepted."""
    if option.letter:
        return f"{option.letter}: {option.note}" if option.note else ""
    return option.text if option.mark_text else ""


def waiting(shown: Sequence[tuple[Suggestion, str]], more: int) -> MessageView:
    """Suggested questions for a host to decide about, each with its writer's name; ``more`` wait, too."""
    if not shown:
        return MessageView(
            text=_("No suggestions are waiting. Everybody can suggest a question: {command}").format(
                command=typed("question suggest")
            )
        )
    rest = ngettext("{number} more is waiting after these.", "{number} more are waiting after these.", more)
    return MessageView(
        title=_("Suggested questions"),
        text=_("Accept a question to store it in your own bank. Whoever suggested it hears what you decide."),
        sections=tuple(_suggestion(position, *one) for position, one in enumerate(shown, start=1)),
        footer=rest.format(number=more) if more else "",
    )


def _suggestion(position: int, one: Suggestion, name: str) -> Section:
    def button(label: str, command: Typed) -> Button:
        return Button(label=label.format(position=position), command=command)

    written, number = one.written, str(one.id)
    kind = KINDS_IN_WRITING[written.kind]
    title = _("{position}. {name}: {kind}").format(
        position=position, name=literal(name or _("somebody")), kind=kind.title
    )
    parts = [literal(written.question), _listed(literal(line) for line in written.answers.split("\n") if line.strip())]
    if written.explanation:
        parts.append(_("Explanation: {text}").format(text=literal(written.explanation)))
    if written.topic:
        parts.append(_("Topic: {text}").format(text=literal(written.topic)))
    return Section(
        title=title,
        text="\n\n".join(parts),
        buttons=(
            button(_("Accept {position}"), typed("question approve", id=number)),
            button(_("Change {position}"), typed("question add", named={"suggestion": number})),
            button(_("Decline {position}"), typed("question decline", id=number)),
        ),
    )


def declined() -> MessageView:
    """Confirm that a suggestion is declined."""
    return MessageView(text=_("The suggestion is gone. I'll thank whoever made it."))


def taken(question: Question) -> MessageView:
    """Tell whoever suggested a question that it is in."""
    text = _("Good news: your question is in! The hosts took it: {stem}")
    return MessageView(text=text.format(stem=literal(shortened(question.stem, _STEM))))


def not_taken(suggestion: Suggestion) -> MessageView:
    """Tell whoever suggested a question that it isn't used."""
    text = _("Thank you for your suggestion! The hosts didn't take it this time: {stem}")
    return MessageView(text=text.format(stem=literal(shortened(suggestion.written.question, _STEM))))


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
