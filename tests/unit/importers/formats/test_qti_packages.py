"""Packages and files of QTI: how they are recognised, what comes along, and what is made to exhaust a reader."""

from contextlib import suppress
from html import escape
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.formats import qti
from bot.importers.package import Package
from bot.importers.source import Source
from tests.budget import at_usual_pace
from tests.pictures import png
from tests.unit.importers.formats.qti_files import (
    MANIFEST,
    choices,
    equal,
    lid,
    new,
    old,
    package,
    response,
    scoring,
    told,
    when,
)

TREES = {"a": "Oak", "b": "Cork"}
QUIZ = "<questestinterop><assessment title='Trees'><section>{}</section></assessment></questestinterop>"


def floats(stem: str = "Which floats?", ident: str = "i1f") -> str:
    """An item of QTI 1.2."""
    return old(stem, lid("r", TREES), scoring(when(equal("b"))), ident=ident)


def about(words: str, ident: str) -> str:
    """An item of QTI 2."""
    return new(choices(TREES, prompt=words), response("b")).replace("oak-and-cork", ident)


def test_the_items_of_a_test_come_in_its_order_and_each_once() -> None:
    refs = "".join(f"<assessmentItemRef href='../items/{name}.xml'/>" for name in ("two", "one", "one", "gone"))
    test = f"<assessmentTest title='Trees'><assessmentSection>{refs}</assessmentSection></assessmentTest>"
    files = {
        "items/one.xml": about("One?", "one-x"),
        "items/two.xml": about("Two?", "two-x"),
        "items/three.xml": about("Three?", "three-x"),
        "tests/test.xml": test,
    }
    document = parse(package(files))
    assert (document.format, document.title) == ("qti", "Trees")
    asked = [(question.line, question.stem, question.source_id) for question in document.questions]
    assert asked == [(1, "Two?", "two-x"), (2, "One?", "one-x"), (3, "Three?", "three-x")]


def test_a_file_that_is_broken_takes_no_other_along() -> None:
    document = parse(package({"a.xml": about("One?", "one-x"), "b.xml": "<assessmentItem><itemBody></assessmentItem>"}))
    assert [question.stem for question in document.questions] == ["One?"]
    ((code, message),) = told(document)
    assert (code, "“b.xml” was left out. line 1: This isn't valid XML" in message) == ("broken", True)


def test_canvas_writes_a_quiz_twice_and_it_is_read_once() -> None:
    files = {
        "x1/assessment_qti.xml": QUIZ.format(floats("The copy?")),
        "non_cc_assessments/x1.xml.qti": QUIZ.format(floats("The quiz?")),
        "x2/assessment_qti.xml": QUIZ.format(floats("Another?", "i2f")),
    }
    assert {question.stem for question in parse(package(files)).questions} == {"The quiz?", "Another?"}


def test_a_pool_of_blackboard_has_files_with_another_ending() -> None:
    manifest = MANIFEST.format("<resource q:file='res1.dat' type='assessment/x-bb-qti-pool'/>")
    picture = '<img src="@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-12_1">'
    files = {"res1.dat": QUIZ.format(floats(f"Which? {picture}")), "csfiles/home_dir/a__xid-12_1.png": png()}
    (question,) = parse(package(files, manifest)).questions
    assert (question.stem, question.image is not None) == ("Which?", True)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("images/a.png", "items/images/a.png"),
        ("../a%20b.png", "a b.png"),
        ("$IMS-CC-FILEBASE$/Uploads/a.png?canvas_download=1", "web_resources/Uploads/a.png"),
        ("%24IMS-CC-FILEBASE%24/a.png", "web_resources/a.png"),
        ("$IMS_CC_FILE_BASE$org1/a.png", "exam/files/org1/a.png"),
    ],
)
def test_pictures_come_along(source: str, path: str) -> None:
    items = QUIZ.format(floats(f'Which? <img src="{source}" alt="A tree">'))
    (question,) = parse(package({"items/quiz.xml": items, path: png()})).questions
    assert (question.stem, question.image_alt, question.findings) == ("Which?", "A tree", ())
    assert question.image is not None


def test_choices_that_are_pictures() -> None:
    shown = {name: f'<img src="{name}.png" alt="Tree {name}"/>' for name in ("a", "b")}
    files = {"item.xml": new(choices(shown, prompt="Which?"), response("b")), "a.png": png(1), "b.png": png(2)}
    (question,) = parse(package(files)).questions
    assert (question.choices, question.key, question.findings) == (("Tree a", "Tree b"), (1,), ())
    assert all(picture and picture.alone for picture in question.choice_pictures or ())


@pytest.mark.parametrize("source", ["a.png", "https://example.org/a.png", "../../../etc/passwd", "", "imsmanifest.xml"])
def test_pictures_that_are_missing_are_told(source: str) -> None:
    (question,) = parse(package({"quiz.xml": QUIZ.format(floats(f'Which? <img src="{source}">'))})).questions
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


def test_pictures_beside_a_file(tmp_path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    data = QUIZ.format(floats('Which? <img src="a.png">') + floats('What? <img src="../a.png">', "i2f")).encode()
    document = parse(data, folder=tmp_path)
    assert [question.image is not None for question in document.questions] == [True, False]


def test_an_id_is_used_once_and_not_at_all_if_it_only_counts() -> None:
    items = floats("One?", "ia7") + floats("Two?", "ia7x") + floats("Three?", "ia7x") + floats("Four?", "QUE_1004")
    assert [question.source_id for question in parse(QUIZ.format(items).encode()).questions] == [
        None,
        "ia7x",
        None,
        None,
    ]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\ufeff<?xml version='1.0'?>\n<!-- a <quiz> -->",
        "<!DOCTYPE questestinterop SYSTEM 'ims_qtiasiv1p2.dtd'>",
        "<!DOCTYPE questestinterop SYSTEM 'x.dtd' [\n<!ELEMENT x (y+)>\n]>",
        "<!--" + "x" * 6_000 + "-->",
    ],
)
def test_a_file_is_known_by_its_first_element(head: str) -> None:
    data = (head + QUIZ.format(floats("Is it&nbsp;cork?"))).encode()
    document = parse(data)
    assert (document.format, len(document.questions)) == ("qti", 1)
    assert document.questions[0].line == 1 + head.count("\n")


@pytest.mark.parametrize(
    "data",
    [
        b"<manifest/>",
        b"<html></html>",
        b"<quiz><question type='essay'/></quiz>",
        b"# On QTI\n\n<questestinterop>\n",
        b"<",
    ],
)
def test_other_files_are_none(data: bytes) -> None:
    assert qti.likelihood(Source(data)) == 0


def test_other_packages_are_none() -> None:
    assert qti.likelihood(Source(package({"a.txt": "x"}, "<manifest><resource type='webcontent'/></manifest>"))) == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<questestinterop></questestinterop>", "no questions"),
        (b"<questestinterop><item></questestinterop>", "line 1: This isn't valid XML"),
        (b"<!DOCTYPE q [<!ENTITY a 'b'>]><questestinterop>&a;</questestinterop>", "document type or entities"),
        (b"<questestinterop><item>" + b"<a>" * 60 + b"</item></questestinterop>", "50 levels"),
        (
            b"<questestinterop>\n<item>" + b"<a/>" * 50_001 + b"</item></questestinterop>",
            "line 2: This question has more",
        ),
        (package({}, "<manifest>qti</manifest>"), "no questions"),
        (package({"a.xml": "<pool/>"}), "no questions"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        parse(data, format="qti")


def test_a_large_manifest_is_not_unpacked_to_detect_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package({}, "qti " * 4_000_000)
    monkeypatch.setattr(Package, "__getitem__", lambda _files, name: pytest.fail(f"{name} is unpacked"))
    assert qti.likelihood(Source(data)) == 0


MANY = {str(at): str(at) for at in range(25)}
ANY = scoring(when(equal("b")))


@pytest.mark.parametrize(
    "items",
    [
        "".join(floats(f"Is it {at}?", f"x{at}x") for at in range(300)),
        old("Which?", lid("r", MANY, many=True), scoring(*[when(equal(name), "1", "Add") for name in MANY] * 80)),
        old("Which?", lid("r", {str(at): str(at) for at in range(2_000)}), scoring(when(equal("1")))),
        old("[a]" * 20_000, lid("response_a", TREES, "a"), lid("response_b", TREES, "b"), ANY),
        old("<b>" * 20_000 + "\\(" * 20_000 + "<img " * 20_000 + "_" * 20_000, lid("r", TREES), ANY),
        old("Which?", lid("r", TREES), scoring(*[when(equal("b"), "1e99", "Multiply")] * 2_000)),
        "<!--" * 30_000 + "-->" + "<a b='c'/>" * 30_000,
    ],
)
def test_nothing_takes_long(items: str) -> None:
    began = process_time()
    with suppress(BadFile):
        parse(QUIZ.format(items).encode(), format="qti")
    assert at_usual_pace(process_time() - began) < 4


PARTS = st.sampled_from(
    [
        floats(),
        lid("r", TREES),
        equal("a"),
        when(equal("b"), "x"),
        scoring(when("<not/>")),
        "<item ident='i'><presentation>",
        "</presentation></item>",
        "<assessmentItem><itemBody>",
        "</itemBody></assessmentItem>",
        response("a b", base="pair", many="multiple"),
        response("x", base="float"),
        choices(TREES),
        choices(TREES, "order"),
        choices(TREES, "match"),
        "<textEntryInteraction responseIdentifier='RESPONSE'/>",
        "<gapMatchInteraction responseIdentifier='RESPONSE'><gap identifier='g'/></gapMatchInteraction>",
        "<responseProcessing><responseCondition><responseIf>",
        "<sum/><min/><divide/><index n='0'/><equal/>",
        "<setOutcomeValue identifier='SCORE'><max/></setOutcomeValue>",
        "</responseIf></responseCondition></responseProcessing>",
        "<math><mi>\\</mi></math>",
        "&nbsp;\ue0000\ue001",
    ]
)


@given(st.lists(PARTS | st.text(max_size=5).map(escape), max_size=14).map("".join))
def test_anything_is_read_or_refused(inside: str) -> None:
    for frame in (QUIZ, "<assessmentItem>{}</assessmentItem>", "<item><presentation>{}</presentation></item>"):
        with suppress(BadFile):
            parse(QUIZ.format(frame.replace("{}", inside)).encode("utf-8", "replace"), format="qti")
