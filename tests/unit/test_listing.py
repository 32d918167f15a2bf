"""The texts in docs/listing.md fit into Discord's forms."""

from pathlib import Path

LISTING = (Path(__file__).parents[2] / "docs" / "listing.md").read_text(encoding="utf-8")
TEXT = LISTING.partition("### Texts to paste")[2]


def quoted(heading: str) -> str:
    """The quotation below a line, as one line."""
    lines = TEXT.partition(f"{heading}:\n\n")[2].partition("\n\n")[0].splitlines()
    assert all(line.startswith("> ") for line in lines)
    return " ".join(line.removeprefix("> ") for line in lines)


def test_summary_and_description_are_not_too_long():
    assert 50 <= len(quoted("Summary")) <= 200
    assert 100 <= len(quoted("Description")) <= 400


def test_there_are_no_more_than_five_tags():
    """https://discord.com/developers/docs/resources/application#application-object."""
    tags = TEXT.partition("Tags: ")[2].strip().split(", ")
    assert 1 <= len(tags) <= 5
