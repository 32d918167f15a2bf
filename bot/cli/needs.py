"""What a file that is imported still needs from somebody, as commands print it."""

from rich.text import Text

from bot.cli.answers import answer_lines
from bot.cli.console import out
from bot.domain.desk import Desk, Laid, laid
from bot.domain.drafts import LineRole, ParsedDocument
from bot.domain.excerpts import ROLES
from bot.i18n import gettext as _

MOST = 20
"""The most questions that are printed with their lines."""

_COLOURS = {LineRole.STEM: "blue", LineRole.CHOICE: "magenta", LineRole.KEY: "green", LineRole.HEADING: "yellow"}


def print_needs(desk: Desk) -> None:
    """Print how many questions are ready, and those that aren't, each with its lines and what they were taken for."""
    rows = laid(desk)
    waits = [row for row in rows if row.waits]
    ready = sum(row.is_ready for row in rows)
    kept = len(rows) - ready - len(waits)
    also = f", {kept} stay as they are" if kept else ""
    out.print(f"Questions found: {len(rows)}; {ready} ready, {len(waits)} need you{also}.", highlight=False)
    for row in waits[:MOST]:
        _print_question(row, desk.document)
    if len(waits) > MOST:
        out.print(f"\n… and {len(waits) - MOST} more that need you.", highlight=False)


def _print_question(row: Laid, document: ParsedDocument) -> None:
    out.print()
    for problem in row.problems or (_("It isn't complete."),):
        out.print(Text(f"line {row.draft.line}: {problem}", style="bold"))
    width = max(len(str(role)) for role in ROLES.values())
    numbers = [number for number in row.lines(document) if number in document.lines]
    for number in numbers:
        role = document.roles[number - 1]
        said = f"  {number:>6}  {ROLES[role]!s:<{width}}  {document.lines[number]}".rstrip()
        out.print(Text(said, style=_COLOURS.get(LineRole(role), "")))
    if not numbers:
        out.print(Text(f"  {row.draft.stem}"))
        for line in answer_lines(row.draft):
            out.print(Text(line))
