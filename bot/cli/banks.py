"""``quizbot bank``: read question banks from files, and write them out again."""

import shlex
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import importers
from bot.application import Application
from bot.cli.answers import answer_lines
from bot.cli.console import (
    fail,
    out,
    print_json,
    print_json_object,
    progress_bar,
    read_file,
    with_application,
)
from bot.cli.needs import print_needs
from bot.cli.options import ConfigOption, JsonOption
from bot.domain.desk import Desk, opened
from bot.domain.drafts import Finding, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import Space, SpaceId
from bot.domain.questions import Question
from bot.domain.readings import Reading
from bot.domain.shortening import shortened
from bot.garbage import hardly_collecting
from bot.i18n import gettext as _
from bot.importers.bank.kinds import in_banks
from bot.importers.packing import packed
from bot.ports import Bank, BankSummary, ImportReport, Unit
from bot.services.banks.reading import kept_reading, kept_readings
from bot.services.banks.storing import bank_questions, import_document, pictures, recall

app = typer.Typer(help="Question banks: read, import, export, check, list.", no_args_is_help=True)

_FORMATS = ", ".join(format_.name for format_ in importers.FORMATS)
_WRITINGS = ", ".join(writing.name for writing in importers.WRITINGS)
SpaceOption = Annotated[
    str | None,
    typer.Option(help="The space it belongs to, by the platform's id of the server or workspace. Default: all spaces."),
]
AdapterOption = Annotated[str, typer.Option(help="The platform of --space: web, or another one with an adapter.")]
_STEM = 60
LikeOption = Annotated[
    str | None, typer.Option(help="Read the file like this reading, which `quizbot reading learn` has kept.")
]
FormatOption = Annotated[
    str | None, typer.Option("--format", help=f"Read the file as this format, without guessing: {_FORMATS}.")
]


@app.command()
def parse(
    file: Path,
    format_: FormatOption = None,
    why: Annotated[bool, typer.Option("--why", help="Say what was taken for questions, choices and keys.")] = False,
    like: LikeOption = None,
    space: SpaceOption = None,
    adapter: AdapterOption = "web",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Read a file or a folder and show its questions, without storing them."""
    document = _read(file, format_, like=_reading(like, adapter, space, config))
    reading = document.reading or (next(known.about for known in importers.FORMATS if known.name == document.format),)
    if as_json:
        print_json_object(_document_json(document) | ({"reading": " ".join(reading)} if why else {}))
        return
    out.print(f"{file.name}: {document.format}; questions: {len(document.questions)}; notes: {len(document.notes)}")
    if why:
        for sentence in reading:
            out.print(sentence)
    for draft in document.questions:
        _print_question(draft)
    _print_findings(document.findings)


@app.command("import")
def import_(
    files: list[Path],
    bank: Annotated[str | None, typer.Option(help="The bank's name. Default: the name of each file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored, and store nothing.")] = False,
    format_: FormatOption = None,
    like: LikeOption = None,
    space: SpaceOption = None,
    adapter: AdapterOption = "web",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Store files or folders as question banks, for all spaces or for one. An unchanged file changes nothing again."""
    named = _reading(like, adapter, space, config)
    kept = None if named else _kept(adapter, space, config)
    documents = [(file, _read(file, format_, like=named, kept=kept)) for file in files]  # all before any is stored
    reports = []
    for file, document in documents:

        async def work(
            app: Application, file: Path = file, document: ParsedDocument = document
        ) -> tuple[ImportReport, Desk]:
            whose, name = await owner(app, adapter, space), bank or _bank_name(file)
            report = await import_document(app, document, bank=name, space_id=whose, dry_run=dry_run)
            return report, opened(document, await recall(app, document, bank=name, space_id=whose))

        reports.append((file, document, *with_application(work, config)))
    if as_json:
        print_json([_import_json(file, document, report, dry_run=dry_run) for file, document, report, _desk in reports])
        return
    for file, document, report, desk in reports:
        _print_report(file, document, report, dry_run=dry_run)
        print_needs(desk)
        if document.findings:
            out.print(f"Findings: {len(document.findings)}; see them with: quizbot bank lint {shlex.quote(str(file))}")


@app.command()
def export(
    name: str,
    format_: Annotated[str, typer.Option("--format", help=f"The format to write: {_WRITINGS}.")] = "quizbot",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file to write. Default: the screen, which can't show packages."),
    ] = None,
    space: SpaceOption = None,
    adapter: AdapterOption = "web",
    config: ConfigOption = None,
) -> None:
    """Write out a bank without its withdrawn questions.

    With -o, its pictures go into a folder next to the file, or into the package.
    """

    async def work(app: Application) -> tuple[Bank, list[Question], int, dict[str, bytes]]:
        bank, stored = await bank_questions(app, name, await owner(app, adapter, space))
        questions = [question for question in stored if not question.withdrawn]
        held = importers.held(questions, format_)
        return bank, held, len(questions) - len(held), await pictures(app, held)

    bank, questions, left_out, files = with_application(work, config)
    written = importers.export(questions, format_, name=bank.name, title=bank.title, pictures=files)
    is_package = isinstance(written, bytes)
    if is_package and output is None and sys.stdout.isatty():
        fail(f"The format {format_} is a package, which a screen can't show. Name a file with -o.")
    if left_out:
        typer.echo(f"quizbot: questions left out: {left_out}. The format {format_} can't hold them.", err=True)
    if output is None:
        typer.echo(written, nl=False)
        if files and not is_package:
            typer.echo(f"quizbot: pictures left out: {len(files)}. Name a file with -o; they go beside it.", err=True)
        return
    try:
        if isinstance(written, bytes):
            output.write_bytes(written)
            return
        output.write_text(written, encoding="utf-8")
        _write_pictures(output.parent / importers.PICTURES, files)
    except OSError as error:
        fail(f"{error.filename or output}: {error.strerror}")


def _write_pictures(folder: Path, files: Mapping[str, bytes]) -> None:
    if files:
        folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


@app.command()
def lint(
    target: Annotated[str, typer.Argument(metavar="FILE|NAME", help="A file, a folder, or the name of a stored bank.")],
    space: SpaceOption = None,
    adapter: AdapterOption = "web",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List what needs a second look in a file or a stored bank, with lines."""
    path = Path(target)
    if path.exists():
        findings = list(_read(path, None).findings)
    else:

        async def work(app: Application) -> list[Question]:
            _bank, questions = await bank_questions(app, target, await owner(app, adapter, space))
            return questions

        questions = with_application(work, config)
        findings = [
            Finding(line=question.line, code=code, message=f"question {question.id}: {shortened(question.stem, _STEM)}")
            for question in questions
            for code in question.findings
        ]
    if as_json:
        print_json([{"file": target, **asdict(finding)} for finding in findings])
    else:
        _print_findings(findings)


@app.command("list")
def list_(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """List all banks with their space, and how many questions are ready, unkeyed, withdrawn or need attention."""

    async def work(app: Application) -> list[tuple[BankSummary, Space | None]]:
        async def read(unit: Unit) -> list[tuple[BankSummary, Space | None]]:
            every = await unit.banks.summaries()
            return [(s, await unit.spaces.get(s.bank.space_id) if s.bank.space_id else None) for s in every]

        return await app.storage.read(read)

    stored = with_application(work, config)
    if as_json:
        print_json(
            [
                {
                    "name": s.bank.name,
                    "space": space and {"adapter": space.adapter, "id": space.external_id},
                    "title": s.bank.title,
                    "version": s.bank.version,
                    "ready": s.ready,
                    "unkeyed": s.unkeyed,
                    "needs_attention": s.needs_attention,
                    "withdrawn": s.withdrawn,
                }
                for s, space in stored
            ]
        )
        return
    for s, space in stored:
        whose = f" (--adapter {space.adapter} --space {space.external_id})" if space else ""
        out.print(
            f"{s.bank.name}{whose}: {s.ready} ready, {s.unkeyed} unkeyed, {s.needs_attention} need attention, "
            f"{s.withdrawn} withdrawn",
            markup=False,
            highlight=False,
        )


async def owner(app: Application, adapter: str, space: str | None) -> SpaceId | None:
    """Return the space with this id on a platform; None without a space, which means the operator.

    Raises:
        NotFound: there is no such space.
    """
    if space is None:
        return None
    found = await app.storage.read(lambda unit: unit.spaces.known_as(adapter, space))
    if found is None:
        raise NotFound(_("There is no space {space} on {adapter}.").format(space=space, adapter=adapter))
    return found.id


def _bank_name(file: Path) -> str:
    """The name of a bank that is called after its file or folder, which may be given as ``.``."""
    return file.resolve().name if file.is_dir() else file.stem


def _kept(adapter: str, space: str | None, config: Path | None) -> Mapping[str, Reading]:
    async def work(app: Application) -> Mapping[str, Reading]:
        return await kept_readings(app, await owner(app, adapter, space))

    return with_application(work, config)


def _reading(like: str | None, adapter: str, space: str | None, config: Path | None) -> tuple[str, Reading] | None:
    if like is None:
        return None

    async def work(app: Application) -> Reading:
        return await kept_reading(app, like, await owner(app, adapter, space))

    return like, with_application(work, config)


def _read(
    file: Path,
    format_: str | None,
    *,
    like: tuple[str, Reading] | None = None,
    kept: Mapping[str, Reading] | None = None,
) -> ParsedDocument:
    try:
        data = packed(file) if file.is_dir() else read_file(file)
        if like:
            return importers.parse_like(data, like[1], name=like[0])
        with progress_bar(f"Reading {file.name}") as progress, hardly_collecting():
            return importers.parse(
                data, name=file.name, format=format_, progress=progress, folder=file.parent, kept=kept
            )
    except BadInput as error:
        fail(f"{file}: {error}")


def _document_json(document: ParsedDocument) -> dict[str, Any]:
    return {
        "format": document.format,
        "questions": map(_question_json, document.questions),
        "notes": ({"line": n.line, "heading": n.heading, "text": n.text} for n in document.notes),
        "findings": map(asdict, document.findings),
    }


def _question_json(draft: QuestionDraft) -> dict[str, Any]:
    return {
        "line": draft.line,
        "stem": _in_one_line(draft.stem),
        "choices": list(draft.choices),
        "key": list(draft.key),
        "select": draft.select,
        "section": draft.section,
        "explanation": _in_one_line(draft.explanation),
        "choice_explanations": None if draft.choice_explanations is None else list(draft.choice_explanations),
        "findings": list(draft.findings),
        "image_alt": draft.image_alt or None,
        "choice_image_alts": _choice_image_alts(draft),
        "kind": draft.kind,
        **in_banks(draft).documented(draft),
    }


def _choice_image_alts(draft: QuestionDraft) -> list[str | None] | None:
    pictures = draft.choice_pictures
    return None if pictures is None else [picture.image.alt if picture else None for picture in pictures]


def _in_one_line(text: str) -> str:
    """Collapse white space, except line breaks in code."""
    has_code = "```" in text or "\n    " in text
    return text if has_code else " ".join(text.split())


def _import_json(file: Path, document: ParsedDocument, report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    return {"file": str(file), "format": document.format, "dry_run": dry_run, **asdict(report)}


def _print_question(draft: QuestionDraft) -> None:
    out.print(f"\nline {draft.line}: {draft.stem}", markup=False, highlight=False)
    if draft.image:
        out.print(f"  picture: {draft.image_alt}", markup=False, highlight=False)
    for line in answer_lines(draft):
        out.print(line, markup=False, highlight=False)
    if draft.findings:
        out.print(f"  [{', '.join(draft.findings)}]", markup=False, highlight=False)


def _print_findings(findings: list[Finding] | tuple[Finding, ...]) -> None:
    if not findings:
        out.print("\nNo findings.")
        return
    out.print(f"\nFindings: {len(findings)}")
    for finding in findings:
        out.print(f"  line {finding.line}: {finding.code}: {finding.message}", markup=False, highlight=False)


def _print_report(file: Path, document: ParsedDocument, report: ImportReport, *, dry_run: bool) -> None:
    verb = "would go" if dry_run else "went"
    out.print(
        f"{file.name} ({document.format}) {verb} into “{report.bank}”: {report.new} new, {report.edited} edited, "
        f"{report.unchanged} unchanged. The bank has {report.ready} ready, {report.unkeyed} unkeyed, "
        f"{report.needs_attention} that need attention."
    )
    if report.left_out:
        out.print(f"{report.left_out} can't be asked (fewer than two choices, or too many) and were left out.")
