"""Nobody goes by a name that others would take for somebody else's or for the bot's."""

import pytest

from adapters.discord import inbound as discord
from adapters.slack import inbound as slack
from adapters.web.inbound import clean_name
from adapters.web.visitors import NameTaken, join
from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.identity import Member
from bot.domain.lookalikes import look_alike
from bot.domain.names import chosen, shown
from bot.domain.prototypes import PROTOTYPES
from bot.domain.readings import Reading
from bot.domain.series_options import parse_name
from bot.services.banks.reading import keep_reading, kept_readings
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team
from bot.testing import document, draft
from tests.supply import lookalikes

pytestmark = pytest.mark.sqlite_first

FACELESS = {
    "joiner": "A\u034fda",
    "variation": "Ada\ufe0f",
    "filler": "Ada\u3164",
    "old filler": "A\u115fda",
    "halfwidth filler": "Ada\uffa0",
    "blank braille": "Ada\u2800",
    "zero width": "A\u200bda",
    "tag": "Ada\U000e0061",
    "direction": "\u2068Ada\u2069",
    "isolated joiner": "A\u200dda",
}
DOUBLES = {
    "Cyrillic": "\u0410d\u0430",
    "wide": "\uff21da",
    "mathematical": "\U0001d400da",
    "case": "ADA",
    "roman": "A\u217ea",
}
REAL = [
    "Анна",
    "Δαμιανός",
    "محمد",
    "می\u200cخواهم",
    "आशा",
    "क्\u200dषमा",
    "孫悟空",
    "葛\U000e0100城",
    "👩\u200d🔬",
    "❤\ufe0f Zoë",
    "1\ufe0f\u20e3 first",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "O'Brien-Smith, Jr.",
]


@pytest.fixture
async def room(app):
    return await ensure_space(app, "web", "local", "Study group", "UTC")


def caller(space, name):
    member = Member(space_id=space.id, external_id=name, name=name)
    return Caller(space=space, channel="study", member=member, is_host=False)


@pytest.mark.parametrize("typed", FACELESS.values(), ids=FACELESS)
def test_what_nobody_sees_is_no_part_of_a_name(typed):
    assert shown(typed) == "Ada"


@pytest.mark.parametrize("typed", ["", "\u3164", "\u2800 \u2800", "\u200d", "\ufe0f", "\u0301", "\U000e0061", "\ud800"])
def test_a_name_that_nobody_sees_is_refused(typed):
    with pytest.raises(BadInput, match="others can see"):
        chosen(typed)


@pytest.mark.parametrize("name", REAL)
def test_names_of_all_scripts_and_emoji_stay_as_they_are(name):
    assert chosen(name) == name
    assert look_alike(name, name)


def test_different_names_of_other_scripts_stay_apart():
    pairs = [("Анна", "Anna"), ("Иван", "Ivan"), ("李明", "季明"), ("Zoë", "Zoe"), ("Ada", "Adam"), ("Lia", "Ila")]
    assert [pair for pair in pairs if look_alike(*pair)] == []


def test_plain_names_are_compared_letter_by_letter():
    apart = [("Mama", "Marna"), ("Amo", "arno"), ("Tim", "Tirn")]
    alike = [
        ("Team 1", "Team I"),
        ("Team 1", "team l"),
        ("F0xes", "Foxes"),
        ("Mama", "M\u0430rna"),
        ("Tirn", "T\u0456m"),
    ]
    assert [pair for pair in apart if look_alike(*pair)] == []
    assert [pair for pair in alike if not look_alike(*pair)] == []


@pytest.mark.parametrize(
    "typed",
    [
        *("Quizbot", "quіzbоt", "Quiz bot", "Q\u200duizbot", "[QuizBot]", "ＱＵＩＺＢＯＴ", "Quizb0t"),
        *("Quizbot (bot)", "Quizb\u043et, host", "The-quizbot"),
    ],
)
def test_nobody_is_called_like_the_bot(typed):
    with pytest.raises(BadInput, match="bot's own name"):
        clean_name(typed)


@pytest.mark.parametrize("typed", [*FACELESS.values(), *DOUBLES.values()], ids=[*FACELESS, *DOUBLES])
async def test_nobody_joins_the_room_as_somebody_else(app, room, typed):
    await join(app, room, "Ada", invited_as_host=False)
    with pytest.raises(NameTaken) as taken:
        await join(app, room, clean_name(typed), invited_as_host=False)
    await join(app, room, taken.value.free, invited_as_host=False)


@pytest.mark.parametrize("typed", ["eve\u202ening", "evening\u200b", "\u3164"])
def test_the_name_of_a_daily_question_has_nothing_invisible(typed):
    with pytest.raises(BadInput, match="can't be a name"):
        parse_name(typed)
    assert parse_name("soirée") == "soirée"


async def test_no_reading_looks_like_another(app, room):
    reading = Reading(question="# ", choice="- ", right="", answer="", explanation="", answer_above=False)
    await keep_reading(app, "Exam", reading, room.id)
    await keep_reading(app, "Course", reading)
    for twin in ("Ex\u0430m", "C\u043eurse", "Exa\u217f"):
        with pytest.raises(BadInput, match="looks like"):
            await keep_reading(app, twin, reading, room.id)
    await keep_reading(app, "EXAM", reading, room.id)
    await keep_reading(app, "Course", reading, room.id)
    assert set(await kept_readings(app, room.id)) == {"EXAM", "Course"}


async def test_another_space_may_have_the_same_names(app, room):
    other = await ensure_space(app, "web", "other", "Other group", "UTC")
    await join(app, room, "Ada", invited_as_host=False)
    await join(app, other, "\u0410da", invited_as_host=False)


@pytest.mark.parametrize("twin", ["F\u043exes", "Foxes\u2800", "F0xes", "foxes"])
async def test_no_team_looks_like_another_of_the_league(app, room, twin):
    await create_team(app, caller(room, "Ada"), "Foxes")
    with pytest.raises(BadInput, match=r"(team “Foxes”|There is a team “foxes” already)"):
        await create_team(app, caller(room, "Bob"), twin)
    assert (await join_team(app, caller(room, "Bob"), "foxes")).name == "Foxes"


@pytest.mark.both_databases
async def test_two_accounts_of_a_platform_may_look_alike(app, room):
    for number, name in enumerate(["Ada", "\u0410da", "Quizbot"]):
        member = Member(space_id=room.id, external_id=str(number), name=name)
        await app.storage.write(lambda unit, member=member: unit.people.ensure_player(member))
    names = await app.storage.read(lambda unit: unit.people.names_in(room.id))
    assert sorted(names) == ["Ada", "Quizbot", "\u0410da"]


async def test_no_bank_looks_like_another_that_is_seen(app, room):
    await import_document(app, document(draft("What is 6 x 7?", "42", "36")), bank="Cloud", space_id=room.id)
    with pytest.raises(BadInput, match="looks like the bank “Cloud”"):
        await import_document(app, document(draft("And 7 x 7?", "49", "36")), bank="Сloud", space_id=room.id)
    with pytest.raises(BadInput, match="can't be a bank's name"):
        await import_document(app, document(draft("And 7 x 7?", "49", "36")), bank="Sky\u3164", space_id=room.id)


def test_platforms_names_are_cleaned_and_never_refused():
    user = {"id": "7", "username": "ada", "global_name": "\u3164"}
    assert discord.name_of(user, {"nick": "\u202eA\u034fda"}) == "Ada"
    assert discord.name_of(user, {"nick": "\u2800"}) == "ada"
    assert discord.name_of({"id": "7", "username": "Quizbot"}) == "Quizbot"
    assert slack.seen("\u3164", None, "U7") == "U7"
    assert slack.seen("\u2066Ada\u2069", "U7") == "Ada"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("@everyone", "＠everyone"),
        ("Ada @Here", "Ada ＠Here"),
        ("join discord.gg/abc", "join discord.gg∕abc"),
        ("https://Discord.com/invite/abc", "https:∕∕Discord.com∕invite/abc"),
        ("ada@example.org, w/o", "ada@example.org, w/o"),
    ],
)
def test_a_name_calls_nobody_and_leads_nowhere(typed, seen):
    assert shown(typed) == seen


def test_the_table_of_lookalikes_is_what_its_tool_writes():
    assert lookalikes.written() == lookalikes.TARGET.read_text(encoding="utf-8")
    assert len(PROTOTYPES) > 10_000
