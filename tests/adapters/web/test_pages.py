"""Times are shown in the league's zone until the reader's own is known."""

from datetime import UTC, datetime

import pytest

from adapters.web.pages import Pages
from bot.i18n import use_language

MORNING = datetime(2026, 3, 29, 7, 30, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "text"),
    [
        ("en", "Europe/Berlin", "29 Mar, 09:30 CEST"),
        ("de", "Europe/Berlin", "29 März, 09:30 CEST"),
        ("pt_BR", "America/New_York", "29 mar., 03:30 EDT"),
        ("xx", "UTC", "29 Mar, 07:30 UTC"),
    ],
)
def test_a_moment_names_itself_exactly_and_reads_well(language: str, zone: str, text: str) -> None:
    with use_language(language):
        shown = Pages(zone=zone).moment(MORNING)
    assert shown == f'<time datetime="2026-03-29T07:30:01+00:00" data-style="full">{text}</time>'


def test_a_page_names_its_language_and_the_files_it_needs_by_their_content() -> None:
    with use_language("pt_BR"):
        page = Pages(zone="UTC").render("problem.html", visitor=None, csrf="", path="/", title="<No>", text="&")
    assert '<html lang="pt-BR">' in page
    assert "<h1>&lt;No&gt;</h1>" in page
    assert "/static/room.css?" in page
