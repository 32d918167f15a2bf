"""The format is found by what stands in a file, whatever it is called."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile
from bot.importers import FORMATS, parse
from bot.importers.detect import detect
from bot.importers.format import CERTAIN, Format
from bot.importers.source import Source

NUMBERED = "1. Which?\nA. This\nB. That\nAnswer: A\n"
SEPARATED = "Which?\n\nThis (Correct)\n\nThat\n\n---\n\nWhat?\n\nOne\n\nTwo (Correct)\n"
OBSIDIAN = "---\ntags: x\n---\n## Which?\n- This\n- That\n#card\nThis\n"
NATIVE = "format: quizbot-bank/1\nquestions:\n- stem: Which?\n  choices: [{text: a}, {text: b}]\n"
DATA = '[{"question": "Which?", "options": ["This", "That"], "answer": "That"}]'
OPENTDB = '[{"question": "1. Which?", "correct_answer": "A. a", "incorrect_answers": ["B. b"]}]'
RED = "AUTHOR: me\nWhich?:\n- This\n- That\nWhat?:\n- One\n- Two\n"
QTI = "<questestinterop><item><presentation><response_str ident='r'/></presentation></item></questestinterop>"
H5P = '{"library": "H5P.TrueFalse 1.8", "params": {"question": "Is it?", "correct": "true"}}'
PAGE = "<!doctype html><p>1. Which?</p><p>A. This</p><p>B. That</p>"
PROSE = "# On Tea\n\nTea is a leaf. It is best when hot.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NUMBERED, "numbered"),
        (SEPARATED, "separated"),
        (OBSIDIAN, "obsidian"),
        (NATIVE, "quizbot"),
        (OPENTDB, "opentdb"),
        (DATA, "data"),
        (RED, "redtrivia"),
        (H5P, "h5p"),
        (QTI, "qti"),
        (PAGE, "html"),
        (PROSE, "prose"),
    ],
)
def test_each_kind_is_known_by_its_content(text: str, expected: str) -> None:
    assert parse(text.encode()).format == expected


def test_lettered_choices_between_rulers_are_a_dump() -> None:
    document = parse(f"---\n{NUMBERED}\n---\n{NUMBERED.replace('Which', 'What')}\n---\n".encode())
    assert (document.format, len(document.questions)) == ("numbered", 2)


def test_notes_above_a_bank_stay_notes() -> None:
    document = parse(f"{PROSE}\n# Quiz\n\n{NUMBERED}".encode())
    assert (document.format, len(document.questions), document.notes[0].heading) == ("numbered", 1, "On Tea")


def test_what_the_caller_says_wins() -> None:
    assert parse(NUMBERED.encode(), format="prose").questions == ()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'<?xml version="1.0"?>\n<quiz><question/></quiz>\n', "XML"),
        (b'{"results": [\n  {"question": "Which?"}\n]}\n', "JSON"),
        (b'[\n  {"question": "Which?"}\n]\n', "JSON"),
        (b'const questions = [\n  {question: "Which?", answers: ["This", "That"], right: 1}\n];\n', "JavaScript"),
        (b'export default [\n  "Which?"\n]\n', "JavaScript"),
        (b"insert into questions\n  values ('Which?', 'This', 'That', 'B');\n", "SQL"),
        (b"INSERT INTO questions VALUES ('Which?', 'This', 'That', 'B');\n", "SQL"),
    ],
)
def test_data_for_programs_is_refused_instead_of_taken_for_prose(data: bytes, kind: str) -> None:
    with pytest.raises(BadFile, match=kind):
        parse(data)


@pytest.mark.parametrize(
    "first", ["let us see (or not)", "import duties (tariffs)", "Insert into the slot (A) the card"]
)
def test_prose_in_words_of_programs_is_prose(first: str) -> None:
    text = f"{first}\n\nThe queue keeps the order in which clicks came in (or should).\n\nIt is (mostly)"
    assert parse(text.encode()).format == "prose"


def test_a_bank_of_another_program_may_have_stems() -> None:
    asked = b'{"questions": [{"stem": "Which?", "options": ["This", "That"], "answer": "That"}]}'
    assert parse(asked, name="quiz.json").format == "data"


def test_a_text_that_begins_with_a_link_and_quotes_json_is_text() -> None:
    assert parse(f"[Notes](x)\n\n{DATA}\n\n{NUMBERED}".encode()).format == "numbered"


def test_prose_in_brackets_is_prose() -> None:
    assert parse(b"[Note to myself]\n\nThe queue keeps the order in which clicks came in.\n").format == "prose"


def fake(name: str, likelihood: float | BadFile) -> Format:
    """A format that is always as likely, or can never be read."""

    def answer(_source: Source) -> float:
        if isinstance(likelihood, BadFile):
            raise likelihood
        return likelihood

    return Format(name=name, about="", likelihood=answer, parse=lambda _source, _progress: ParsedDocument(format=name))


def package() -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("quiz/manifest.txt", "a package of questions")
    return written.getvalue()


@pytest.mark.parametrize(
    ("likelihoods", "expected"),
    [((1, 2, 0), 1), ((2, 2, 1), 0), ((2, 2.5, 2), 1), ((3, 2.5, 0), 0), ((5, CERTAIN, 7), 1), ((0, 0.1, 0), 1)],
)
def test_the_likeliest_format_is_taken_and_the_first_of_two(likelihoods: tuple[float, ...], expected: int) -> None:
    formats = [fake(str(position), likelihood) for position, likelihood in enumerate(likelihoods)]
    assert detect(Source(b"x"), formats).name == str(expected)


def test_what_no_format_can_read_is_refused_for_the_first_reason() -> None:
    formats = [fake("a", 0), fake("b", BadFile("no text")), fake("c", BadFile("too large"))]
    with pytest.raises(BadFile, match="no text"):
        detect(Source(b"x"), formats)


def test_a_format_that_cannot_read_it_leaves_it_to_another() -> None:
    assert detect(Source(b"x"), [fake("a", BadFile("no text")), fake("b", 1)]).name == "b"


@pytest.mark.parametrize("formats_before", [0, len(FORMATS)])
def test_a_format_of_packages_stands_anywhere_among_those_of_lines(formats_before: int) -> None:
    def likelihood(source: Source) -> float:
        return CERTAIN if "quiz/manifest.txt" in source.files else 0

    def parse_package(source: Source, _progress: object) -> ParsedDocument:
        return ParsedDocument(format="package", title=source.files["quiz/manifest.txt"].decode())

    of_packages = Format(name="package", about="", likelihood=likelihood, parse=parse_package)
    formats = (*FORMATS[:formats_before], of_packages, *FORMATS[formats_before:])
    found = detect(source := Source(package()), formats)
    assert found.parse(source, lambda _fraction: None).title == "a package of questions"
    assert detect(Source(NUMBERED.encode()), formats).name == "numbered"


def test_a_card_tag_is_a_surer_sign_than_letters() -> None:
    assert parse(b"## Which?\n- A) This\n- B) That\n\n#card\nA) This\n").format == "obsidian"


def test_more_lettered_questions_than_cards_are_a_dump() -> None:
    document = parse(f"{NUMBERED}\n{NUMBERED.replace('1. Which', '2. What')}\n#card\n".encode())
    assert document.format == "numbered"
