"""``quizbot question``: show, correct or withdraw a question, or accept another answer to it."""

from typing import Annotated, Any

import typer

from bot.application import Application
from bot.cli.answers import answer_lines
from bot.cli.console import LARGEST_ID, actor, out, print_json, with_application
from bot.cli.options import ConfigOption, JsonOption
from bot.domain.identity import QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import draft_of
from bot.importers.bank.kinds import in_banks
from bot.ports import AuditEntry, Unit
from bot.services.banks.correcting import Regrading, accept_answer, correct_key
from bot.services.banks.correcting import withdraw as withdraw_question

app = typer.Typer(help="One question: show it, correct its key, accept an answer, withdraw it.", no_args_is_help=True)

QuestionArgument = Annotated[
    int, typer.Argument(metavar="ID", max=LARGEST_ID, help="The question's id, as `quizbot bank lint NAME` shows it.")
]
ReasonOption = Annotated[str, typer.Option(help="Why you do this; it is kept with the change.")]


@app.command()
def show(question_id: QuestionArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Show a question, its key and the changes made by hand."""

    async def work(application: Application) -> tuple[Question, list[AuditEntry]]:
        async def read(unit: Unit) -> tuple[Question, list[AuditEntry]]:
            question = await unit.banks.question(QuestionId(question_id))
            return question, await unit.audit.about(f"question {question_id}")

        return await application.storage.read(read)

    question, audit = with_application(work, config)
    if as_json:
        print_json({**_question_json(question), "audit": [_audit_json(entry) for entry in audit]})
        return
    out.print(f"{question.id}, revision {question.revision}, {question.status}\n{question.stem}", markup=False)
    for line in answer_lines(draft_of(question)):
        out.print(line, markup=False)
    if question.findings:
        out.print(f"Findings: {', '.join(question.findings)}")
    for entry in audit:
        out.print(f"{entry.at:%Y-%m-%d %H:%M} UTC, {entry.actor}: {entry.action}: {entry.details}", markup=False)


@app.command()
def correct(
    question_id: QuestionArgument,
    key: Annotated[
        str,
        typer.Option(
            help="What is right: letters from `quizbot question show ID`, like B,D; all letters in the right order,"
            " like C A D B; pairs, like 1B 2A; true or false; typed answers, with ; between them; what is right in"
            " each blank, like Paris; Seine | river Seine; or the new back of a card."
        ),
    ],
    reason: ReasonOption = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Correct a question's key, and grade its past rounds again."""
    done = with_application(
        lambda a: correct_key(a, QuestionId(question_id), key, reason=reason, actor=actor()), config
    )
    _report(done, "is corrected", as_json=as_json)


def _no_option(text: str) -> str:
    if text.startswith("--"):
        raise typer.BadParameter(f"There is no option {text}. If it is the answer, write a space in front: ' {text}'.")
    return text


@app.command(context_settings={"ignore_unknown_options": True})  # -5 is an answer
def accept(
    question_id: QuestionArgument,
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            callback=_no_option,
            help="One answer to accept, as somebody would type it; a semicolon is part of it. If there are several"
            " blanks, begin with the number of one, like 2: Seine.",
        ),
    ],
    reason: ReasonOption = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Accept another typed answer from now on; past rounds are graded again."""
    done = with_application(
        lambda a: accept_answer(a, QuestionId(question_id), text, reason=reason, actor=actor()), config
    )
    _report(done, "accepts that now", as_json=as_json)


@app.command()
def withdraw(
    question_id: QuestionArgument, reason: ReasonOption = "", as_json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Withdraw a question: it is never asked again, and its past rounds no longer count."""
    done = with_application(
        lambda a: withdraw_question(a, QuestionId(question_id), reason=reason, actor=actor()), config
    )
    _report(done, "is withdrawn", as_json=as_json)


def _report(done: Regrading, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json({**_question_json(done.question), "rounds": done.rounds, "answers": done.answers})
    elif not done.changed:
        out.print(f"Question {done.question.id} accepts that already.")
    else:
        out.print(f"Question {done.question.id} {what}: rounds: {done.rounds}, answers changed: {done.answers}.")


def _question_json(question: Question) -> dict[str, Any]:
    draft = draft_of(question)
    return {
        "id": str(question.id),
        "revision": question.revision,
        "status": question.status,
        "stem": question.stem,
        "choices": [choice.text for choice in question.choices],
        "key": list(draft.key),
        "select": question.select,
        "kind": question.kind,
        **in_banks(draft).documented(draft),
        "explanation": question.explanation,
        "section": question.section,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "after": None if question.after is None else str(question.after),
        "line": question.line,
        "findings": list(question.findings),
    }


def _audit_json(entry: AuditEntry) -> dict[str, Any]:
    return {"at": entry.at.isoformat(), "actor": entry.actor, "action": entry.action, "details": entry.details}
