"""Reads the sheets of a workbook (XLSX) as rows of texts."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.table.records import Record

_WORKBOOK = "xl/workbook.xml"
_MOST_BYTES = 64 * 1024 * 1024
_MOST_SHEETS = 20
_MOST_COLUMNS = 60
_LAST_ROW = 1_048_576
"""The last row that a spreadsheet has. A file can name one that is a thousand times further down."""


def is_workbook(files: Mapping[str, bytes]) -> bool:
    """Whether a package is a workbook."""
    return _WORKBOOK in files


def sheets(data: bytes, files: Mapping[str, bytes], most_rows: int) -> Iterator[tuple[str, Sequence[Record] | None]]:
    """Yield the title and the rows of each sheet, None for a hidden one; what a formula comes to stands for it.

    Args:
        data: the workbook.
        files: the files in it.
        most_rows: how many rows all sheets may have together.

    Raises:
        BadFile: the workbook is damaged or too large.
    """
    size = 0
    for path in files:  # a sheet may have any name
        size += len(files[path])  # unpacked within the package's limits
        if size > _MOST_BYTES:
            message = _("Unpacked, the workbook is larger than {limit} MiB. Split it into smaller ones.")
            raise BadFile(message.format(limit=_MOST_BYTES >> 20))
    try:
        yield from _read(data, most_rows)
    except BadFile:
        raise
    except Exception as error:  # the library raises whatever it stumbles over
        message = _("The workbook is damaged. Open it in a spreadsheet program, and save it again or as CSV.")
        raise BadFile(message) from error


def _read(data: bytes, most_rows: int) -> Iterator[tuple[str, Sequence[Record] | None]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # slow to load, and hardly any file needs it

    # It warns of all that it wouldn't write back, such as drop-down lists. The filter is for good, because one that
    # ends isn't safe among threads.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    # Read row by row: the whole sheet at once would be as large as its last cell says.
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    if len(book.worksheets) > _MOST_SHEETS:
        message = _("The workbook has {count} sheets, more than {limit}. Split it into smaller ones.")
        raise BadFile(message.format(count=len(book.worksheets), limit=_MOST_SHEETS))
    count = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            yield sheet.title, None
            continue
        sheet.reset_dimensions()
        rows = []
        values = sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_LAST_ROW, values_only=True)
        for number, row in enumerate(values, start=1):
            if not any(row):
                continue
            cells = [_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                count += 1
                if count > most_rows:
                    message = _("The workbook has more than {limit} rows. Split it into smaller ones.")
                    raise BadFile(message.format(limit=most_rows))
                rows.append(Record(number, cells))
        yield sheet.title, rows


def _text(value: object) -> str:
    """A cell's value as a spreadsheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time.min:  # a date without a time
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value).strip()
