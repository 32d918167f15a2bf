"""Messages about a file that somebody brings: what was found, what needs them, and what they can do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.desk import Desk, Laid, laid, ready_portions
from bot.domain.errors import QuizbotError
from bot.domain.questions import LETTERS
from bot.domain.shortening import shortened
from bot.domain.typed import Typed, typed
from bot.domain.views import LONGEST_COMMAND, Button, Form, MessageView, Section
from bot.domain.waiting_imports import WaitingImport
from bot.domain.writing import Part, Written
from bot.i18n import gettext as _
from bot.i18n import ngettext, npgettext
from bot.ports import ImportReport
from bot.rendering.replies import imported
from bot.rendering.words import explained, literal
from bot.rendering.writing import form_fields

_SHOWN = 3
"""How many questions are shown at once, if their buttons have room."""
_ROWS, _A_ROW = 4, 5
"""How many rows of buttons there are for questions, and how many buttons in each: platforms take a row more."""
_CHOICES = 6
_PROBLEMS = 3
_STEM, _CHOICE, _PROBLEM, _FILE = 300, 100, 200, 80


def on_desk(waiting: WaitingImport, desk: Desk, lead: str = "") -> MessageView:
    """What was found in a file: counts, the first questions that need somebody, and buttons that decide.

    Args:
        waiting: the file.
        desk: its questions.
        lead: the outcome of the last action, as Markdown; empty: there was none yet.
    """
    rows = laid(desk)
    waits = [row for row in rows if row.waits]
    shown = list(_with_room(waits))
    sections = [_question(waiting, position, row) for position, row in enumerate(shown, start=1)]
    rest = len(waits) - len(shown)
    more = ngettext("{number} more needs you after these.", "{number} more need you after these.", rest)
    return MessageView(
        title=_("Found in {file}").format(file=_name(waiting.file)),
        text="\n\n".join(filter(None, (lead, _counts(rows), _("Nothing is stored yet. The file waits for a day.")))),
        sections=(*sections, _decision(waiting, desk, rows)),
        footer=more.format(number=rest) if rest and shown else "",
    )


def _counts(rows: Sequence[Laid]) -> str:
    waits, ready = sum(row.waits for row in rows), sum(row.is_ready for row in rows)
    kept = len(rows) - ready - waits
    counts = [
        ngettext("{number} ready", "{number} ready", ready).format(number=ready),
        ngettext("{number} needs you", "{number} need you", waits).format(number=waits) if waits else "",
        ngettext("{number} stays as it is", "{number} stay as they are", kept).format(number=kept) if kept else "",
    ]
    found = ngettext("{number} question found", "{number} questions found", len(rows)).format(number=len(rows))
    return f"**{found}: {', '.join(filter(None, counts))}.**"


def _with_room(waits: Sequence[Laid]) -> Iterator[Laid]:
    room = _ROWS
    for row in waits[:_SHOWN]:
        room -= -(-len(_actions(row)) // _A_ROW)
        if room < 0:
            return
        yield row


def _question(waiting: WaitingImport, position: int, row: Laid) -> Section:
    draft = row.draft
    problems = [f"- {literal(shortened(text, _PROBLEM))}" for text in row.problems[:_PROBLEMS]]
    choices = [_choice(row, at) for at in range(len(draft.choices[:_CHOICES]))]
    if (left := len(draft.choices) - len(choices)) > 0:
        more = npgettext("choices", "and {number} more", "and {number} more", left)
        choices.append("- " + more.format(number=left))
    parts = ["\n".join(problems), literal(shortened(draft.stem, _STEM)), "\n".join(choices)]
    if not row.can_be_written:
        parts.append(_("Questions of this kind can be edited once they are stored."))
    return Section(
        title=_("{position}. Line {line}").format(position=position, line=draft.line),
        text="\n\n".join(filter(None, parts)),
        buttons=tuple(
            Button(label=f"{position}: {label}", command=_command(waiting, do, row)) for do, label in _actions(row)
        ),
    )


def _choice(row: Laid, at: int) -> str:
    text = literal(shortened(row.draft.choices[at], _CHOICE))
    if at in row.draft.key:
        text = _("{choice} (taken as right so far)").format(choice=text)
    return f"- **{LETTERS[at]}** {text}" if row.is_choice else f"- {text}"


def _actions(row: Laid) -> list[tuple[str, str]]:
    """Return what can be done about a question with a click, each with the words on its button."""
    actions = []
    if row.needs_key and len(row.draft.choices) <= _CHOICES:
        for letter, text in zip(LETTERS, row.draft.choices, strict=False):
            actions.append((letter, _("It's {choice}").format(choice=letter if row.is_choice else shortened(text, 20))))
    if row.can_be_kept:
        actions.append(("keep", _("Fine as it is")))
    if row.can_be_written:
        actions.append(("mend", _("Mend it")))
    return [*actions, ("out", _("Drop it"))]


def _decision(waiting: WaitingImport, desk: Desk, rows: Sequence[Laid]) -> Section:
    ready, whole = sum(len(portion.drafts) for portion in ready_portions(desk)), sum(row.is_whole for row in rows)
    texts = [_("They go into the bank “{bank}”.").format(bank=literal(waiting.bank))]
    if ready < whole:
        texts.append(_("Questions that still need you can be stored, too, but they aren't asked yet."))
    if whole < len(rows):
        texts.append(_left_out(len(rows) - whole))
    buttons = []
    if 0 < ready < whole:
        label = ngettext("Import the {number} that is ready", "Import the {number} ready ones", ready)
        buttons.append(Button(label=label.format(number=ready), command=_command(waiting, "ready")))
    if whole:
        label = ngettext("Import {number} question", "Import all {number}", whole).format(number=whole)
        buttons.append(Button(label=label, command=_command(waiting, "all")))
    elif desk.document.notes:
        buttons.append(Button(label=_("Import the notes"), command=_command(waiting, "all")))
    buttons.append(Button(label=_("Cancel"), command=_command(waiting, "cancel")))
    return Section(title=_("What now?"), text=" ".join(texts), buttons=tuple(buttons))


def _left_out(number: int) -> str:
    text = ngettext(
        "{number} question can't be stored: it has too few choices, or too many.",
        "{number} questions can't be stored: they have too few choices, or too many.",
        number,
    )
    return text.format(number=number)


def _command(waiting: WaitingImport, do: str, row: Laid | None = None) -> Typed:
    """Return the command of a button, about a question or about the whole file."""
    number, state = str(waiting.id), str(waiting.version)
    if row is None:
        return typed("bank settle", named={"id": number, "seen": state, "do": do})
    if do == "mend":
        return typed("bank mend", named={"id": number, "seen": state, "at": str(row.at)})
    return typed("bank settle", named={"id": number, "seen": state, "at": str(row.at), "do": do})


def told(line: int, done: str, *, waits: bool) -> str:
    """Say what came of a decision about the question of a line: ``done``, unless it still needs somebody."""
    return (_("The question on line {line} still needs you.") if waits else done).format(line=line)


def beside(file: str) -> str:
    """Say that another file of the same person is still waiting."""
    return _("{file} is still waiting, too: its buttons still work.").format(file=_name(file))


def trouble(error: QuizbotError) -> str:
    """Say why something couldn't be done on the desk."""
    return explained(error)


def mending_form(command: Typed, written: Written) -> MessageView:
    """The form to mend a question in before it is stored; ``command`` is run with what is filled in."""
    wanted = {Part.QUESTION, Part.ANSWERS, Part.EXPLANATION}
    fields = tuple(field for field in form_fields(written) if field.name in wanted)
    return MessageView(
        text=_("Mend the question in the form."),
        form=Form(title=_("Mend the question"), submit=_("Mend it"), command=command, fields=fields),
    )


def stored(report: ImportReport, *, left: int) -> MessageView:
    """Say what was stored of a file, and how many questions that need somebody were left out."""
    view = imported(report)
    if report.left_out:
        view = replace(view, text=f"{view.text}\n\n{_left_out(report.left_out)}")
    if not left:
        return view
    text = ngettext(
        "{number} question that needs you isn't stored. Import the file again to settle it.",
        "{number} questions that need you aren't stored. Import the file again to settle them.",
        left,
    )
    return replace(view, text=f"{view.text}\n\n{text.format(number=left)}")


def cancelled(file: str) -> MessageView:
    """Confirm that nothing of a file is stored."""
    return MessageView(text=_("Cancelled: nothing from {file} is stored.").format(file=_name(file)))


def shown_to_others(file: str, go_on: Typed) -> MessageView:
    """Warn, before a file is imported, that others can open it where it was shared; ``go_on`` imports it anyway."""
    text = _(
        "Everybody in this conversation can open {file}, and read the right answers in it. To keep them secret, delete "
        "it here and share it with me in a direct message."
    ).format(file=_name(file))
    fits = len(go_on.plain) <= LONGEST_COMMAND
    return MessageView(
        text=text,
        sections=(
            Section(
                title=_("Do you want to go on?"),
                text=_("I reply to you alone. Or type {command}").format(command=go_on),
                buttons=(Button(label=_("Import it anyway"), command=go_on),) if fits else (),
            ),
        ),
    )


def _name(file: str) -> str:
    return f"“{literal(shortened(file, _FILE))}”"
