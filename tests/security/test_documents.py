"""What docs/security.md says stands where it says."""

import re
from pathlib import Path

import pytest

from adapters.discord import gate
from adapters.web import forms, highlighting, inbound
from bot.apart import reader
from bot.apart.painting import SHEET_LIMITS, PaintingLimits
from bot.domain import formulas, images, night
from bot.domain.grading import DAILY_CAP, POINT
from bot.domain.questions import MAX_CHOICES
from bot.domain.subscriptions import MOST_REFUSED
from bot.importers import package
from bot.importers.bank import pictures
from bot.rendering.formulas import gathering
from bot.services import telling
from bot.services.banks import importing
from bot.services.chat import grammar
from bot.services.leagues import joining, team_draw, teams
from bot.services.people import class_codes, hosts, linking, sign_in_links
from bot.services.rounds import asking, reminding
from bot.site import Limits

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = [re.split(r" \| ", line.strip("| ")) for line in TEXT.splitlines() if line.startswith("| ")]
REQUIREMENTS = [row for row in ROWS if re.match(r"\d+\.\d+\.\d+", row[0])]
NAMED = sorted(set(re.findall(r"`((?:adapters|bot|tests|docs)/[^`*]+|\w+\.(?:toml|md)|Dockerfile)`", TEXT)))
LINKS = sorted(set(re.findall(r"\]\((?!https:)([^)]+)\)", TEXT)))
A_MIB, A_KIB = 1024**2, 1024
ALLOWED = Limits()
PAINTING = PaintingLimits()
READING = reader.Limits()
LIMITS = {
    "connections; from one address": f"{ALLOWED.connections:,}",
    "time for headers": f"{ALLOWED.head} s; {ALLOWED.body} s, {ALLOWED.known_body} s; "
    f"{ALLOWED.idle} s; {ALLOWED.stuck} s",
    "a form": f"{forms.LARGEST_FORM // A_KIB} KiB, {forms.LARGEST_OF_HOSTS // A_KIB:,} KiB; "
    f"{forms.LARGEST_UPLOAD // A_MIB} MiB, {forms.MOST_FIELDS} fields",
    "name in the room": f"{inbound.LONGEST_NAME}; {inbound.LONGEST_MESSAGE} characters",
    "files under way": f"{READING.waiting}, {READING.waiting_of_a_space}; "
    f"{READING.memory // A_MIB} MiB, {READING.processor_s} s",
    "files that were read": f"{importing.MOST_OF_ONE}, {importing.MOST_OF_A_SPACE}, for a day after",
    "a typed command": f"{grammar.LONGEST:,} characters",
    "questions at once": f"{asking.MOST_AT_ONCE}",
    "names of teams": f"{teams.LONGEST_NAME} characters",
    "drawn teams": f"{team_draw.MOST_TEAMS}",
    "reminders": f"one a day; {reminding.ROUNDS_AT_ONCE}, {telling.PEOPLE_AT_ONCE}; {telling.MOST_WAITING}",
    "own weeks": f"one a week; {telling.PEOPLE_AT_ONCE}; {telling.MOST_WAITING}",
    "direct messages": f"10; {MOST_REFUSED}",
    "questions of a quiz night": f"{night.COUNTS[0]} to {night.COUNTS[1]}; {night.PACES[0]} to {night.PACES[1]}; 1",
    "points that one player earns": f"{DAILY_CAP // POINT} a day",
    "wrong league codes": f"{joining.WRONG_TRIES}",
    "code for an account": f"{linking.CODE_LASTS.seconds // 60} minutes; {joining.INVITATION_LASTS.days} days; "
    f"{hosts.WAY_BACK_LASTS.days} day",
    "a sign-in link": f"{sign_in_links.LINK_LASTS.days} days",
    "a class code": f"{class_codes.CODE_LASTS.seconds // 3600} hours",
    "a file from chat": f"{importing.LARGEST // A_MIB} MB",
    "a file on the command line": f"64 MiB; {package.MAX_UNPACKED // A_MIB} MiB; {package.MAX_FILES:,}",
    "a picture": f"{pictures.MAX_MB} MB; {pictures.MAX_QUESTION_MB} MB; {images.MOST_OF_A_BANK_MB} MB; "
    f"{pictures.MOST_MEGAPIXELS} million",
    "choices": f"{MAX_CHOICES}",
    "each formula": f"{formulas.LONGEST} characters; {gathering.MOST_SHOWN}; "
    f"{PAINTING.processor_s} s of processor time, {PAINTING.memory // A_MIB} MiB",
    "painting the pictures": f"{SHEET_LIMITS.processor_s} s of processor time, {SHEET_LIMITS.memory // A_MIB:,} MiB",
    "code that is coloured": f"{highlighting.LONGEST:,} characters",
    "calls to Discord": f"{gate.PER_SECOND} a second",
}


def test_there_is_something_to_check() -> None:
    assert len(NAMED) > 80
    assert len(LINKS) > 8
    assert len(REQUIREMENTS) > 150


@pytest.mark.parametrize("name", NAMED)
def test_every_file_that_it_names_is_there(name: str) -> None:
    path = ROOT / name
    assert path.exists()
    if path.name.startswith("test_"):
        assert re.search(r"^(async )?def test_", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_to_a_heading(link: str) -> None:
    file, _hash, heading = link.partition("#")
    text = (ROOT / "docs" / file).read_text(encoding="utf-8")
    headings = [re.sub(r"[^\w -]", "", line.lower()).strip() for line in text.splitlines() if line.startswith("#")]
    assert not heading or heading in {one.replace(" ", "-") for one in headings}


def test_every_requirement_has_one_row_and_a_state() -> None:
    numbers = [number for row in REQUIREMENTS for number in _numbers(row[0])]
    assert len(numbers) == len(set(numbers)) == 253, "all of the standard's levels 1 and 2"
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert {row[2] for row in REQUIREMENTS} == {"met", "n/a", "operator", "open"}
    assert not [row for row in REQUIREMENTS if len(row) != 4]


def _numbers(cell: str) -> list[str]:
    found = []
    for part in cell.split(", "):
        first, _dash, last = part.partition("–")
        section, _dot, start = first.rpartition(".")
        found += [f"{section}.{one}" for one in range(int(start), int((last or first).rpartition(".")[2]) + 1)]
    return found


@pytest.mark.parametrize("what", LIMITS)
def test_limits_are_those_of_the_program(what: str) -> None:
    (row,) = [row for row in ROWS if row[0].startswith(what)]
    assert row[2].startswith(LIMITS[what])
