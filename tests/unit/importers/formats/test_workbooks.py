"""Workbooks of a spreadsheet program: their sheets are read as tables, and none can make the reader grow or hang."""

from datetime import date
from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.formats import tables
from bot.importers.table import sheets
from tests.budget import at_usual_pace

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OF_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(**sheets_: list[list[object]]) -> bytes:
    """A workbook with a sheet for each list of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets_.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def package(cells: str) -> bytes:
    """A workbook whose only sheet is written by hand."""
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OF_SHEETS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/a.xml" ContentType="{OF_SHEETS}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{DOCUMENT}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="A" sheetId="1" '
        'r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="b" '
        f'Type="{DOCUMENT}/worksheet" Target="worksheets/a.xml"/></Relationships>',
        "xl/worksheets/a.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return written.getvalue()


def text_cell(where: str, text: str) -> str:
    return f'<c r="{where}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = "".join(text_cell(f"{column}1", text) for column, text in zip("ABCD", ("Q", "A", "B", "Answer"), strict=True))
ROW = "".join(text_cell(f"{column}{{0}}", text) for column, text in zip("ABCD", ("Which?", "x", "y", "B"), strict=True))


def test_kahoots_own_template() -> None:
    header = ["Question - max 120 characters", *(f"Answer {n} - max 75 characters" for n in (1, 2, 3, 4))]
    rows = [
        [],
        [None, "Quiz template"],
        [],
        [None, *header, "Time limit (sec) – 5, 10 or 20", "Correct answer(s) - choose at least one"],
        [1, "Which floats?", "Lead", "Cork", None, None, 20, 2],
        [2, "How many?", 5, 6.5, True, date(2026, 1, 2), 20, "1,3"],
        [3],
    ]
    document = parse(workbook(Sheet1=rows))
    first, second = document.questions
    assert (document.format, first.line, first.choices, first.key) == ("csv", 5, ("Lead", "Cork"), (1,))
    assert (second.choices[:3], second.key) == (("5", "6.5", "TRUE"), (0, 2))
    assert document.findings[0].message.startswith("The table follows the template of Kahoot.")


def test_several_sheets_are_sections_and_others_are_skipped() -> None:
    rows = [["Question", "A", "B", "Answer", None], ["Which, then?", "x", "y", "B", "mine"]]
    document = parse(workbook(Tea=rows, Plan=[["Monday", 1], ["Tuesday", 2]], Empty=[], Milk=rows))
    assert [(one.section, one.key) for one in document.questions] == [("Tea", (1,)), ("Milk", (1,))]
    skipped = [finding.message for finding in document.findings if finding.code is FindingCode.SKIPPED]
    assert [message[:26] for message in skipped] == ["The sheet “Plan” was skipp"]
    told = [finding.message[:18] for finding in document.findings if finding.code is FindingCode.SIMPLIFIED]
    assert told == ["Sheet “Tea”: Taken", "Sheet “Milk”: Take"]


def test_hidden_sheets_are_skipped() -> None:
    rows: list[list[object]] = [["Question", "A", "B", "Answer"], ["When?", date(2026, 1, 2), "y", "A"]]
    book = load_workbook(BytesIO(workbook(Tea=rows, Old=rows)))
    book["Old"].sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    document = parse(written.getvalue())
    assert [question.choices for question in document.questions] == [("2026-01-02", "y")]
    skipped = [finding.message for finding in document.findings if finding.code is FindingCode.SKIPPED]
    assert skipped == ["The sheet “Old” was skipped, because it is hidden."]


def test_without_questions_it_is_refused() -> None:
    with pytest.raises(BadFile, match="which column holds the questions"):
        parse(workbook(Plan=[["Monday", 1], ["Tuesday", 2]]))


def test_drop_down_lists_which_the_library_warns_of_do_no_harm() -> None:
    lists = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>'
    rows = f'<row r="1">{HEADER}</row><row r="2">{ROW.format(2)}</row></sheetData>{lists}<sheetData>'
    assert len(parse(package(rows)).questions) == 1


def test_a_damaged_workbook_is_refused() -> None:
    for cells in ("<row", '<row r="x"/>', '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'):
        with pytest.raises(BadFile):
            parse(package(cells))
    whole = workbook(Tea=[["Question", "Answer"]])
    for end in range(100, len(whole), 900):
        with pytest.raises(BadFile):
            parse(whole[:end])


@pytest.mark.parametrize(
    "cells",
    [
        f'<row r="1">{HEADER}</row><row r="2">{ROW.format(2)}</row><row r="1048576">{text_cell("XFD1", "x")}</row>',
        f'<row r="1">{HEADER}</row><row r="2">{ROW.format(2)}</row><row r="99999999999">{text_cell("A1", "x")}</row>',
        f'<row r="1">{HEADER}</row><row r="2">{ROW.format(2)}</row>'
        + "".join(f'<row r="{at}">{text_cell(f"XFD{at}", "x")}</row>' for at in range(3, 2003)),
    ],
)
def test_a_cell_far_away_takes_neither_time_nor_room(cells: str) -> None:
    data = package(cells)
    started = process_time()
    assert [one.key for one in parse(data).questions] == [(1,)]
    assert at_usual_pace(process_time() - started) < 3


def test_a_workbook_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_BYTES", 1000)
    with pytest.raises(BadFile, match="the workbook is larger"):
        parse(package(f'<row r="1">{HEADER}</row>' * 20))


def test_files_of_any_name_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_BYTES", 10_000)
    written = BytesIO(package(f'<row r="1">{HEADER}</row>'))
    with ZipFile(written, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/a.bin", "x" * 10_000)
    with pytest.raises(BadFile, match="the workbook is larger"):
        parse(written.getvalue())


def test_too_many_rows_of_all_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 5)
    rows: list[list[object]] = [["Question", "A", "B", "Answer"], ["Which?", "x", "y", "B"], ["What?", "x", "y", "B"]]
    with pytest.raises(BadFile, match="more than 5 rows"):
        parse(workbook(Tea=rows, Milk=rows))


def test_too_many_sheets_are_refused() -> None:
    with pytest.raises(BadFile, match="21 sheets, more than 20"):
        parse(workbook(**{f"Sheet{number}": [["Question", "Answer"]] for number in range(21)}))


def test_entities_are_refused() -> None:
    data = package(f'<row r="1">{HEADER}</row>')
    written = BytesIO(data)
    with ZipFile(written, "a") as archive:
        archive.writestr("xl/styles.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet>&a;</styleSheet>')
    with pytest.raises(BadFile):
        parse(written.getvalue())
