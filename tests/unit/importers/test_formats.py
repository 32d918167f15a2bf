"""Every list of formats that people see holds what the program has."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.importers import FORMATS, WRITINGS, parse

DOCS = Path(__file__).parents[3] / "docs"
NAMES = [known.name for known in FORMATS]
BINARY = {"anki", "word", "pdf", "folder"}
"""Formats whose files a page of text can't show."""


def test_names_are_one_word_and_not_given_twice() -> None:
    for names in (NAMES, [writing.name for writing in WRITINGS]):
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[a-z0-9]+", name) for name in names)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BINARY])
def test_the_page_shows_an_example_of_each_that_is_found_by_content(name: str) -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    example = page.split(f"\n## {name}\n")[1].split("```")[1].split("\n", 1)[1]
    assert parse(example.encode()).format == name


@pytest.mark.parametrize("name", sorted(BINARY))
def test_the_page_has_a_section_on_each_that_it_cannot_show(name: str) -> None:
    assert name in NAMES
    assert f"\n## {name}\n" in (DOCS / "formats.md").read_text(encoding="utf-8")


def test_the_page_on_commands_names_the_formats_to_write() -> None:
    page = (DOCS / "interface.md").read_text(encoding="utf-8")
    listed = "\\|".join(writing.name for writing in WRITINGS)
    assert f"`bank export NAME [--format {listed}] [-o FILE] [--space ID" in page


@pytest.mark.parametrize(
    ("command", "names"),
    [("parse", NAMES), ("import", NAMES), ("export", [writing.name for writing in WRITINGS])],
)
def test_help_names_the_formats(run, command: str, names: list[str]) -> None:
    assert ", ".join(names) in " ".join(run("bank", command, "--help").out.replace("│", " ").split())


def test_heavy_libraries_wait_for_a_file_that_needs_them() -> None:
    heavy = {"jsonschema", "ftfy", "openpyxl", "genanki", "zstandard", "lxml", "pypdf"}
    program = f"import sys, bot.importers; print(*{heavy} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
