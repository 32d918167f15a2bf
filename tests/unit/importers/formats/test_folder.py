"""Packages and folders: each file is read by its own format, and what can't be read is told."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.companions import Companions, is_inside
from bot.importers.formats import folder
from bot.importers.package import Package
from bot.importers.packing import packed as packed_folder
from tests.unit.importers.documents_by_hand import packed, plain, word

FLOATS = "1. Which floats?\nA. Lead\nB. Cork\nAnswer: B\n"
SINKS = "Which sinks? {=Iron ~Wood}\n"
BANK = """format: quizbot-bank/2
title: Tea
questions:
- id: leaf
  stem: What is this?
  image: pictures/leaf.png
  image_alt: a leaf
  choices: [{text: a leaf, right: true}, {text: a root}]
"""


def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "PNG")
    return written.getvalue()


def test_each_file_is_read_in_its_own_format_in_the_order_of_paths() -> None:
    document = parse(
        packed({"b/floats.txt": FLOATS, "a.gift": SINKS, "c.docx": word(plain("1. Which swims?", "A) Tin", "B) Wood"))})
    )
    assert document.format == "folder"
    assert [(question.stem, question.section) for question in document.questions] == [
        ("Which sinks?", "a"),
        ("Which floats?", "floats"),
        ("Which swims?", "c"),
    ]


def test_a_section_of_the_file_stays() -> None:
    document = parse(packed({"x.txt": f"# Wood\n\n{FLOATS}"}))
    assert [question.section for question in document.questions] == ["Wood"]


def test_findings_name_the_file() -> None:
    document = parse(packed({"sub/x.txt": FLOATS.replace("Answer: B", "Answer: D"), "y.gift": SINKS}))
    assert {finding.message.partition(": ")[0] for finding in document.findings} == {"sub/x.txt"}


def test_pictures_that_a_file_names_come_along() -> None:
    text = FLOATS.replace("floats?", "floats? ![a boat](../pictures/b%20oat.png)")
    document = parse(packed({"quiz/x.md": text, "pictures/b oat.png": picture()}))
    [question] = document.questions
    assert (question.stem, question.image_alt, question.findings) == ("Which floats?", "a boat", ())
    assert question.image is not None


def test_pictures_of_obsidian_are_found_by_name() -> None:
    text = FLOATS.replace("floats?", "floats? ![[boat.png]]")
    assert parse(packed({"x.md": text, "attached/boat.png": picture()})).questions[0].image is not None


def test_pictures_of_a_bank_come_along() -> None:
    document = parse(packed({"bank/tea.yaml": BANK, "bank/pictures/leaf.png": picture()}))
    assert document.questions[0].image is not None
    document = parse(packed({"bank/tea.yaml": BANK, "x.txt": FLOATS}))
    assert ([question.stem for question in document.questions], len(document.findings)) == (["Which floats?"], 1)


def test_an_id_that_two_files_give_is_kept_once() -> None:
    files = {f"{name}/tea.yaml": BANK.replace("this?", f"{name}?") for name in "ab"}
    document = parse(packed({**files, "a/pictures/leaf.png": picture(), "b/pictures/leaf.png": picture()}))
    assert [question.source_id for question in document.questions] == ["leaf", None]
    assert FindingCode.SIMPLIFIED in document.questions[1].findings


def test_what_cannot_be_read_is_told_and_the_rest_is_read() -> None:
    document = parse(
        packed({"a.bin": bytes(range(256)), "b.zip": packed({"x.txt": FLOATS}), "c.txt": FLOATS, "../d.txt": FLOATS})
    )
    assert len(document.questions) == 1
    told = [finding.message for finding in document.findings if finding.code == FindingCode.SKIPPED]
    assert ["d.txt" in told[0], "a.bin" in told[1], "isn't opened" in told[2]] == [True] * 3


def test_hidden_files_and_pictures_are_not_read() -> None:
    document = parse(packed({"__MACOSX/._x.txt": "junk", ".git/x.txt": FLOATS, "m.png": picture(), "x.txt": FLOATS}))
    assert (len(document.questions), document.findings) == (1, ())


def test_packages_of_other_programs_are_no_folders() -> None:
    for name in ("[Content_Types].xml", "mimetype"):
        with pytest.raises(BadFile, match="ZIP"):
            parse(packed({name: "application/epub+zip", "x.txt": FLOATS}))


def test_a_package_with_nothing_to_read_is_refused() -> None:
    with pytest.raises(BadFile):
        parse(packed({"m.png": picture()}))
    with pytest.raises(BadFile, match="holds no text"):
        parse(packed({"m.png": picture()}), format="folder")
    with pytest.raises(BadFile, match="left out"):
        parse(packed({"x.bin": bytes(range(256))}))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_READ", 2)
    with pytest.raises(BadFile, match="3 files, more than 2"):
        parse(packed({f"{name}.txt": FLOATS for name in "abc"}))


def test_documents_that_are_too_large_together_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    document = word(plain("1. Which swims?", "A) Tin", "B) Wood"))
    size = sum(len(data) for data in Package(document).values())
    monkeypatch.setattr(folder, "MAX_UNPACKED", 3 * size // 2)
    read = parse(packed({"a.docx": document, "b.docx": document, "c.txt": FLOATS}))
    assert len(read.questions) == 2
    assert "together" in read.findings[0].message


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/x", "C:/x", "C:\\x", "..\\x", ".."])
def test_paths_that_lead_out_are_known(path: str) -> None:
    assert not is_inside(path)


def test_names_that_lead_out_find_nothing() -> None:
    files = {"a/x.md": b"", "pictures/m.png": b"m", "../out.png": b"o"}
    beside = Companions(files, "a/x.md")
    assert (beside["../pictures/m.png"], "../../out.png" in beside, "/pictures/m.png" in beside) == (b"m", False, False)


def test_a_folder_is_packed_without_hidden_files_and_links(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/x.txt").write_text(FLOATS)
    (tmp_path / ".hidden.txt").write_text(FLOATS)
    (tmp_path / "link.txt").symlink_to(tmp_path / "sub/x.txt")
    assert [question.section for question in parse(packed_folder(tmp_path)).questions] == ["x"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no files"):
        packed_folder(tmp_path)


def test_a_question_never_follows_one_of_another_file() -> None:
    bank = BANK.replace("  image: pictures/leaf.png\n  image_alt: a leaf\n", "")
    more = "  after: leaf\n  stem: What is its {name}?\n  choices: [{{text: a leaf, right: true}}, {{text: a root}}]\n"
    files = {f"{name}.yaml": f"{bank}- id: {name}\n{more.format(name=name)}" for name in ("age", "size")}
    document = parse(packed(files))
    assert [(question.source_id, question.after) for question in document.questions] == [
        ("leaf", None),
        ("age", "leaf"),
        (None, None),
        ("size", None),
    ]
    told = [finding for finding in document.findings if finding.message.startswith("size.yaml")]
    assert [(finding.code, "leaf" in finding.message) for finding in told[:2]] == [(FindingCode.SIMPLIFIED, True)] * 2


def test_a_section_is_one_short_line_whatever_the_file_is_called() -> None:
    names = ("deep\\er\\first.txt", "sec\nond.txt", "t" * 300 + ".txt")
    sections = [question.section or "" for question in parse(packed(dict.fromkeys(names, FLOATS))).questions]
    assert sections[:2] == ["first", "sec ond"]
    assert len(sections[2]) <= 100


def test_a_name_that_is_no_text_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text(FLOATS)
    assert parse(packed_folder(tmp_path)).questions[0].key == (1,)
