"""Word: what lists, tables, pictures and formatting say, and what is refused."""

from contextlib import suppress
from io import BytesIO
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.drafts import FindingCode, ParsedDocument
from bot.domain.errors import BadFile, QuizbotError
from bot.importers import parse
from bot.importers.package import Package
from tests.budget import at_usual_pace
from tests.unit.importers.documents_by_hand import lists, packed, paragraph, plain, run, table, word

BOLD = "<w:b/>"
RED = '<w:color w:val="C00000"/>'
GREY = '<w:color w:val="333333"/>'
YELLOW = '<w:highlight w:val="yellow"/>'
UNDERLINED = '<w:u w:val="single"/>'
STRUCK = "<w:strike/>"


def read(body: str, **more) -> ParsedDocument:
    return parse(word(body, **more))


def asked(stem: str, choices: list[tuple[str, str]]) -> str:
    """A numbered question whose choices have letters and formatting."""
    told = "".join(
        paragraph(run(f"{label}) "), run(text, look)) for label, (text, look) in zip("ABCD", choices, strict=False)
    )
    return plain(stem) + told + plain("")


def floats(look: str, right: int = 1, number: int = 1) -> str:
    texts = ("Lead", "Cork", "Iron")
    return asked(f"{number}. Which floats?", [(text, look if at == right else "") for at, text in enumerate(texts)])


def messages(document: ParsedDocument) -> str:
    return "\n".join(finding.message for finding in document.findings)


def test_numbers_and_letters_of_automatic_lists_are_read() -> None:
    body = "".join(
        [
            paragraph(run("Which floats?"), list_=(1, 0)),
            paragraph(run("Lead"), list_=(1, 1)),
            paragraph(run("Cork"), list_=(1, 1)),
            plain("Answer: B"),
            paragraph(run("Which sinks?"), list_=(1, 0)),
            paragraph(run("Iron"), list_=(1, 1)),
            paragraph(run("Wood"), list_=(1, 1)),
            plain("Answer: A"),
        ]
    )
    document = read(body, numbering=lists(["decimal", "lowerLetter"]))
    assert document.format == "word"
    found = [(question.line, question.stem, question.choices, question.key) for question in document.questions]
    assert found == [
        (1, "Which floats?", ("Lead", "Cork"), (1,)),
        (5, "Which sinks?", ("Iron", "Wood"), (0,)),
    ]


@pytest.mark.parametrize("style", ["decimal", "upperLetter"])
def test_numbers_below_numbers_are_letters_of_choices(style: str) -> None:
    body = paragraph(run("Which floats?"), list_=(1, 0)) + "".join(
        paragraph(run(text, BOLD if text == "Cork" else ""), list_=(1, 1)) for text in ("Lead", "Cork", "Iron")
    )
    [question] = read(body, numbering=lists(["decimal", style])).questions
    assert (question.choices, question.key) == (("Lead", "Cork", "Iron"), (1,))


def test_each_list_counts_for_itself() -> None:
    body = "".join(
        plain(f"{number}. Which is it?")
        + paragraph(run("This"), list_=(number, 0))
        + paragraph(run("That"), list_=(number, 0))
        + plain("Answer: B")
        for number in (1, 2)
    )
    questions = read(body, numbering=lists(["upperLetter"], ["upperLetter"])).questions
    assert [(question.choices, question.key) for question in questions] == [(("This", "That"), (1,))] * 2


@pytest.mark.parametrize("look", [BOLD, RED, YELLOW, UNDERLINED, '<w:shd w:val="clear" w:fill="FFFF00"/>'])
def test_formatting_marks_what_is_right(look: str) -> None:
    document = read(floats(look) + floats(look, 2, 2).replace("floats", "sinks"))
    assert [question.key for question in document.questions] == [(1,), (2,)]
    assert [question.findings for question in document.questions] == [(), ()]
    [told] = document.findings
    assert (told.code, told.line) == (FindingCode.SIMPLIFIED, 2)


def test_several_may_be_right() -> None:
    [question] = read(
        asked("1. Which two float?", [("Cork", BOLD), ("Lead", ""), ("Wood", BOLD), ("Tin", "")])
    ).questions
    assert (question.key, question.select) == ((0, 2), 2)


def test_bold_of_a_style_counts() -> None:
    styles = '<w:style w:type="character" w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>'
    assert read(floats('<w:rStyle w:val="S"/>'), styles=styles).questions[0].key == (1,)


def test_choices_may_share_a_paragraph() -> None:
    body = paragraph(run("1. Which floats?\na) Lead\n"), run("b) Cork", BOLD), run("\nc) Iron"))
    assert read(body).questions[0].key == (1,)


def test_choices_may_share_a_line() -> None:
    body = plain("1. Which floats?") + paragraph(run("a) Lead\t"), run("b) Cork", BOLD), run("\tc) Iron"))
    [question] = read(body).questions
    assert (question.choices, question.key) == (("Lead", "Cork", "Iron"), (1,))


def test_choices_without_letters_are_found_by_their_formatting() -> None:
    body = "".join(
        plain(f"{number}. Which {what}?", "Lead") + paragraph(run("Cork", BOLD)) + plain("Iron", "")
        for number, what in ((1, "floats"), (2, "swims"))
    )
    questions = read(body).questions
    assert [(question.choices, question.key) for question in questions] == [(("Lead", "Cork", "Iron"), (1,))] * 2


@pytest.mark.parametrize("look", [GREY, '<w:shd w:fill="F7F7F7"/>', "<w:i/>"])
def test_grey_and_italics_mark_nothing(look: str) -> None:
    assert read(floats(look)).questions[0].key == ()


def test_one_bold_word_in_a_choice_marks_nothing() -> None:
    body = asked("1. Which floats?", [("Lead", ""), ("Cork", "")]).replace(
        ">Cork<", "> Cork that nobody has ever seen <"
    )
    body = body.replace("</w:p>" + paragraph(run("")), run("sink", BOLD) + "</w:p>")
    assert read(body).questions[0].key == ()


def test_a_line_that_asks_begins_the_next_question_even_right_below_plain_choices() -> None:
    told = [("Which floats?", ""), ("Lead", ""), ("Cork", BOLD), ("Which sinks?", ""), ("Iron", BOLD), ("Wood", "")]
    document = read("".join(paragraph(run(text, look)) for text, look in told))
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
        ("Which sinks?", ("Iron", "Wood"), (0,)),
    ]


def test_an_answer_in_words_is_never_overruled() -> None:
    document = read(floats(BOLD)[: -len(plain(""))] + plain("Answer: A"))
    assert document.questions[0].key == (0,)
    assert document.findings == ()


def test_struck_choices_have_no_key_and_a_finding() -> None:
    document = read(floats(STRUCK))
    assert document.questions[0].key == ()
    assert "struck through" in messages(document)


def test_two_formattings_that_disagree_give_no_key() -> None:
    body = asked("1. Which floats?", [("Lead", YELLOW), ("Cork", BOLD), ("Tin", "")]) + asked(
        "2. Which sinks?", [("Lead", BOLD + YELLOW), ("Cork", ""), ("Wood", "")]
    )
    document = read(body)
    assert [question.key for question in document.questions] == [(), (0,)]
    assert "Different choices" in messages(document)


def test_no_key_where_most_choices_are_marked() -> None:
    document = read(asked("1. Which floats?", [("Lead", RED), ("Cork", ""), ("Iron", RED), ("Tin", RED)]))
    assert document.questions[0].key == ()
    assert "Most choices are coloured" in messages(document)


def test_formatting_of_few_questions_is_no_key() -> None:
    body = floats(BOLD) + "".join(
        asked(f"{number}. Which of {number}?", [("This", ""), ("That", "")]) for number in range(2, 6)
    )
    assert {question.key for question in read(body).questions} == {()}


def test_a_table_with_a_row_for_each_question() -> None:
    body = plain("Some words first.") + table(
        ["Question", "A", "B", "Answer"], ["Which floats?", "Lead", "Cork", "B"], ["Which sinks?", "Tin", "Wood", "A"]
    )
    questions = read(body).questions
    assert [(question.line, question.key) for question in questions] == [(6, (1,)), (10, (0,))]


def test_a_table_that_lays_out_choices() -> None:
    body = plain("1. Which floats?") + table(["A. Lead", "B. Cork"], ["C. Iron", "D. Tin"]) + plain("Answer: B")
    [question] = read(body).questions
    assert (question.choices, question.key) == (("Lead", "Cork", "Iron", "Tin"), (1,))


def test_a_table_of_keys() -> None:
    body = (
        asked("1. Which floats?", [("Lead", ""), ("Cork", "")])
        + asked("2. Which sinks?", [("Tin", ""), ("Wood", "")])
        + plain("Answer Key")
        + table(["Question", "Answer"], ["1", "B"], ["2", "A"])
    )
    assert [question.key for question in read(body).questions][:2] == [(1,), (0,)]


def test_a_table_that_nobody_knows_is_told() -> None:
    body = table(*[[f"{what} {number}" for what in ("Savol", "Javob", "Yana")] for number in range(5)])
    assert "wasn't read as questions" in messages(read(body))


def test_text_in_a_form_field_and_of_deleted_changes() -> None:
    body = plain("1. Which floats?") + "".join(
        f'<w:p><w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="{ticked}"/></w:checkBox></w:ffData></w:fldChar>'
        f"</w:r>{run(text)}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        for text, ticked in (("Lead", 0), ("Cork", 1), ("Tin", 0))
    )
    [question] = read(body).questions
    assert (question.choices, question.key) == (("Lead", "Cork", "Tin"), (1,))


def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "PNG")
    return written.getvalue()


def drawn(name: str, alt: str = "") -> str:
    namespace = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><x:inline xmlns:x="{namespace}/wordprocessingDrawing"><x:docPr descr="{alt}"/>'
        f'<a:blip xmlns:a="{namespace}/main" r:embed="{name}"/></x:inline></w:drawing></w:r>'
    )


def test_pictures_come_along() -> None:
    body = (
        paragraph(run("1. What is this?"), drawn("map.png", "a map"))
        + paragraph(run("A) "), drawn("map.png", "red"))
        + paragraph(run("B) blue"))
        + plain("Answer: A")
    )
    [question] = read(body, more={"map.png": picture()}).questions
    assert (question.stem, question.image_alt, question.image is not None) == ("What is this?", "a map", True)
    assert question.choices == ("red", "blue")
    assert question.choice_pictures is not None
    assert [bool(one) for one in question.choice_pictures] == [True, False]
    assert question.findings == ()


def test_a_picture_that_cannot_be_shown_is_told() -> None:
    body = paragraph(run("1. What is this?"), drawn("map.png")) + plain("A) x", "B) y", "Answer: A")
    document = read(body, more={"map.png": b"no picture"})
    assert FindingCode.NEEDS_FIGURE in document.questions[0].findings


def test_choices_that_became_no_question_are_told() -> None:
    body = plain("Which floats", "а) свинец", "б) пробка", "в) железо")
    document = read(body)
    assert document.questions or "No question was found for these choices" in messages(document)


def test_html_that_is_named_stays() -> None:
    [question] = read(
        plain("1. Which tag breaks a line?", "A) <br/>".replace("<", "&lt;"), "B) &lt;hr&gt;", "Answer: A")
    ).questions
    assert question.choices == ("`<br/>`", "`<hr>`")


def test_hidden_text_is_left_out_and_told() -> None:
    document = read(floats(BOLD) + paragraph(run("Secret", "<w:vanish/>")))
    assert "Hidden text" in messages(document)
    assert "Secret" not in str(document)


def test_formulas_are_written_on_one_line() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    one, two = (f"<m:r><m:t>{number}</m:t></m:r>" for number in (1, 2))
    half = f"<m:oMath {math}><m:f><m:num>{one}</m:num><m:den>{two}</m:den></m:f></m:oMath>"
    document = read(paragraph(run("1. How much is "), half, run(" of 4?")) + plain("A) 2", "B) 1", "Answer: A"))
    assert document.questions[0].stem == "How much is 1/2 of 4?"
    assert "formula" in messages(document)


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(BadFile, match="damaged"):
        parse(packed({"[Content_Types].xml": "", "word/document.xml": "<w:document"}))
    with pytest.raises(BadFile, match="no Word document"):
        parse(packed({"[Content_Types].xml": "", "word/document.xml": "<x/>"}))
    with pytest.raises(BadFile, match="no text"):
        read(plain(""))


def test_entities_are_not_expanded() -> None:
    bomb = "<!DOCTYPE d [<!ENTITY a 'xxxxxxxxxx'>" + "".join(
        f"<!ENTITY {one} '{10 * f'&{before};'}'>" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    data = packed(
        {
            "[Content_Types].xml": "",
            "word/document.xml": f"{bomb}]><document><body><p><r><t>&i;</t></r></p></body></document>",
        }
    )
    started = process_time()
    with suppress(BadFile):
        parse(data)
    assert at_usual_pace(process_time() - started) < 1


def test_a_document_that_grows_too_large_is_refused() -> None:
    with pytest.raises(BadFile, match="larger than 32 MiB"):
        parse(packed({"[Content_Types].xml": "", "word/document.xml": b" " * (33 * 1024 * 1024)}))


def test_endless_nesting_is_refused_or_read() -> None:
    with suppress(BadFile):
        read("<w:ins>" * 5000 + plain("x") + "</w:ins>" * 5000)


def test_a_large_document_takes_little_time() -> None:
    body = "".join(floats(BOLD, number=number) for number in range(1, 201))
    started = process_time()
    assert len(read(body).questions) == 200
    assert at_usual_pace(process_time() - started) < 2


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_damaged_documents_are_read_or_refused(junk: bytes, position: int) -> None:
    data = word(floats(BOLD), numbering=lists(["decimal"]))
    with suppress(QuizbotError):
        parse(data[:position] + junk + data[position + len(junk) :])


def test_boxes_inside_boxes_are_read_once() -> None:
    depth = 40
    begin, end = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
    document = read(plain("Notes") + begin * depth + plain("in the innermost box") + end * depth)
    assert str(document.notes).count("innermost") == 1


def test_symbols_are_read_or_told() -> None:
    body = paragraph(run("1. How large is "), '<w:r><w:sym w:font="Calibri" w:char="03B1"/></w:r>', run(" + 1?"))
    document = read(body + plain("A. 2", "B. 3", "Answer: B"))
    assert (document.questions[0].stem, document.findings) == ("How large is α + 1?", ())
    document = read(body.replace("03B1", "F061") + plain("A. 2", "B. 3", "Answer: B"))
    assert [(finding.code, finding.line) for finding in document.findings] == [(FindingCode.NEEDS_FIGURE, 1)]


def test_the_main_part_may_have_a_number() -> None:
    package = Package(word(plain("1. Which floats?", "A. Lead", "B. Cork", "Answer: B")))
    renamed = {
        name.replace("document", "document2"): data.replace(b"word/document.xml", b"word/document2.xml")
        for name, data in package.items()
    }
    assert parse(packed(renamed)).questions[0].key == (1,)
