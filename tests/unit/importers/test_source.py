"""A source gives a file's text, lines and packed files, and refuses packages that would do harm."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import package, source
from bot.importers.source import Source

TWO_FILES = {"exam/manifest.xml": b"<manifest/>", "exam/1.xml": b"<item/>"}


def packed(files: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", compression) as archive:
        archive.mkdir("exam")
        for path, data in files.items():
            archive.writestr(path, data)
    return written.getvalue()


def patched(data: bytes, entry: bytes, at: int, value: bytes) -> bytes:
    """A package with some bytes changed in the headers that begin with ``entry``."""
    parts = data.split(entry)
    return entry.join([parts[0], *(part[:at] + value + part[at + len(value) :] for part in parts[1:])])


def test_text_is_the_file_as_it_stands_and_lines_are_mended() -> None:
    given = Source("It said “infor-\nmation, itâ€™s”.\r\n".encode("utf-8-sig"))
    assert given.text == "It said “infor-\nmation, itâ€™s”.\r\n"
    assert [line.text for line in given.lines] == ["It said “information,", "it’s”.", ""]
    assert [(repair.line, repair.code) for repair in given.repairs] == [(2, FindingCode.ENCODING_REPAIRED)]


def test_a_file_is_decoded_once_also_if_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[bytes] = []
    decode: Callable[[bytes], tuple[str, int]] = source.decode
    monkeypatch.setattr(source, "decode", lambda data: decoded.append(data) or decode(data))
    good, bad = Source(b"text"), Source(b"%PDF-1.7")
    assert (good.text, good.text, [line.text for line in good.lines]) == ("text", "text", ["text"])
    for _ in range(3):
        with pytest.raises(BadFile, match="PDF"):
            _ = bad.lines
    assert decoded == [b"text", b"%PDF-1.7"]


def test_a_name_gives_its_ending() -> None:
    assert [Source(b"", name=name).suffix for name in ("Exam.2.JSON", "exam", "")] == [".json", "", ""]


def test_a_package_has_the_files_packed_in_it() -> None:
    files = Source(packed(TWO_FILES)).files
    assert dict(files) == TWO_FILES
    assert "exam/2.xml" not in files


def test_a_packed_file_may_have_no_name() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr(ZipInfo(""), b"1. Which?")
    assert dict(Source(written.getvalue()).files) == {"": b"1. Which?"}


def test_what_is_no_package_has_no_files() -> None:
    assert dict(Source(b"1. Which?").files) == {}


def test_a_file_is_unpacked_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    files = Source(packed({"small": b"x" * 600, "large": b"x" * 1001})).files
    for _ in range(3):
        assert files["small"] == b"x" * 600  # unpacked once, and counted once
    with pytest.raises(BadFile, match="Unpacked, the package is larger than"):
        _ = files["large"]


def test_whether_a_package_has_a_file_is_told_without_unpacking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    files = Source(packed({"large": b"x" * 1001})).files
    assert "large" in files
    assert "small" not in files
    assert isinstance(files, package.Package)
    assert files.size("large") == 1001


def test_all_files_of_a_package_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    files = Source(packed({"one": b"x" * 600, "two": b"x" * 600})).files
    assert len(files["one"]) == 600
    with pytest.raises(BadFile, match="Unpacked"):
        _ = files["two"]


def test_a_package_that_says_too_small_a_size_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = package.ZipFile

    class Watched(real):  # type: ignore[misc,valid-type]  # counts what is asked of an archive
        def open(self, *args, **options):
            file = super().open(*args, **options)
            read = file.read
            file.read = lambda n=-1: asked.append(n) or read(n)
            return file

    monkeypatch.setattr(package, "ZipFile", Watched)
    lying = patched(packed({"bomb": b"\0" * 10_000_000}), b"PK\x01\x02", 20, (5).to_bytes(4, "little"))
    with pytest.raises(BadFile, match="“bomb” can't be unpacked"):
        _ = Source(lying).files["bomb"]
    assert asked == [package.MAX_UNPACKED + 1]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: packed(TWO_FILES)[:-30], "damaged"),
        (lambda: b"PK\x03\x04rest", "damaged"),
        (lambda: packed(dict.fromkeys(map(str, range(10_001)), b"")), "more than 10000 files"),
        (lambda: b"PK\x03\x04" + b"x" * (64 << 20), "64 MiB"),
    ],
    ids=["cut off", "nothing in it", "many files", "large"],
)
def test_a_package_that_cannot_be_opened_is_refused_with_what_to_do(made: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadFile, match=words):
        _ = Source(made()).files


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (patched(packed({"a": b"text"}), b"PK\x01\x02", 4, b"\x01"), "encrypted"),
        (packed({"a": b"text"}, ZIP_BZIP2), "can't be unpacked"),
        (patched(packed({"a": b"text"}), b"PK\x01\x02", 12, b"\0\0\0\0"), "can't be unpacked"),
        (patched(packed({"a": b"text"}), b"PK\x03\x04", 26, b"zzzz"), "can't be unpacked"),
    ],
    ids=["password", "unlimited compression", "wrong checksum", "two names"],
)
def test_a_packed_file_that_cannot_be_unpacked_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    files = Source(data).files
    with pytest.raises(BadFile, match=words):
        _ = files["a"]


@given(st.binary(max_size=60), st.integers(0, 300))
def test_no_damage_to_a_package_brings_it_down(noise: bytes, at: int) -> None:
    whole = packed(TWO_FILES)
    damaged = whole[:4] + whole[4 : 4 + at] + noise + whole[4 + at + len(noise) :]
    try:
        files = Source(damaged).files
        for path in files:
            _ = files[path]
    except BadFile:
        pass
