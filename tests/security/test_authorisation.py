"""Who may do what in chat: every command, tried by everybody who could try it.

A command that is added without a row here fails; the room's addresses have theirs in `test_addresses`.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.application import Application
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.errors import NotAllowed, NotFound, QuizbotError
from bot.domain.identity import Member, RoundId, Space
from bot.services.banks.storing import import_document
from bot.services.chat import dispatch
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.completion import suggest
from bot.services.chat.grammar import parse_command
from bot.services.leagues.spaces import ensure_space
from bot.services.platforms.delivery import deliver
from bot.services.rounds.answering import receipts, submit_answer
from bot.testing import Conversation, FakeClock, FakeMessenger, application_on, document, draft, plain
from tests.security.rows import rows_of

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


@dataclass(frozen=True)
class Row:
    """How a command is tried.

    Attributes:
        text: what is typed; ``{who}`` stands for the speaker's name, ``{code}`` for another league's code.
        hosts: whether it is for hosts alone.
        private: whether it works in a direct message.
        before: what two hosts say first, ours and the one next door.
        finds_nothing: whether it has nothing to do for any of those who try it here, and says so.
    """

    text: str
    hosts: bool = False
    private: bool = False
    before: tuple[tuple[str, str], ...] = ()
    finds_nothing: bool = False


ASKED_IN = (("theirs", "/league join {code}"),)
ROWS = (
    Row("/quiz"),
    Row("/quiz private=yes count=2"),
    Row("/leaderboard week team"),
    Row("/stats"),
    Row("/team create Team {who}"),
    Row("/team join Foxes"),
    Row("/team leave"),
    Row("/team list"),
    Row("/team map @owls Foxes", hosts=True),
    Row("/team draw 2", hosts=True, finds_nothing=True),
    Row("/league show"),
    Row("/league invite", hosts=True),
    Row("/league join {code}", hosts=True),
    Row("/league confirm", hosts=True, before=ASKED_IN),
    Row("/league decline", hosts=True, before=ASKED_IN),
    Row("/league leave", hosts=True, before=(*ASKED_IN, ("ours", "/league confirm"))),
    Row("/league set card=dark", hosts=True),
    Row("/league season"),
    Row("/league season start Winter", hosts=True),
    Row("/league season END", hosts=True, before=(("ours", "/league season start Winter"),)),
    Row("/league public on", hosts=True),
    Row("/link"),
    Row("/unlink", finds_nothing=True),
    Row("/daily set 09:00 UTC name=late", hosts=True),
    Row("/daily preview 09:00 UTC", hosts=True),
    Row("/daily show"),
    Row("/daily pause", hosts=True),
    Row("/daily resume", hosts=True),
    Row("/daily now", hosts=True),
    Row("/daily close", hosts=True, before=(("ours", "/daily now"),)),
    Row("/daily stop", hosts=True),
    Row("/night start count=1 seconds=10", hosts=True),
    Row("/night stop", hosts=True, before=(("ours", "/night start"),)),
    Row("/host add @cy", hosts=True),
    Row("/host remove @cy", hosts=True, before=(("ours", "/host add @cy"),)),
    Row("/host list", hosts=True),
    Row("/bank list", hosts=True),
    Row("/bank import", hosts=True),
    Row("/bank settle", hosts=True, finds_nothing=True),
    Row("/bank mend", hosts=True, finds_nothing=True),
    Row("/bank review ours-only", hosts=True),
    Row("/question answers", hosts=True),
    Row("/question accept 7 Lambda", hosts=True, finds_nothing=True),
    Row("/question aside 7 Lambda", hosts=True, finds_nothing=True),
    Row("/question quick off", hosts=True),
    Row("/language de", hosts=True),
    Row("/question recent", hosts=True),
    Row("/question correct 7 B", hosts=True, finds_nothing=True),
    Row("/question withdraw 7", hosts=True, finds_nothing=True),
    Row("/question unanswered", hosts=True, before=(("ours", "/daily now"),)),
    Row("/question add kind=number question=Many? answers=7", hosts=True),
    Row("/question edit 7 question=Many? answers=7", hosts=True, finds_nothing=True),
    Row("/question suggest kind=number question=Many? answers=7"),
    Row("/question suggestions", hosts=True),
    Row("/question approve 7", hosts=True, finds_nothing=True),
    Row("/question decline 7", hosts=True, finds_nothing=True),
    Row("/reminders on", private=True),
    Row("/digest on", private=True),
    Row("/privacy export", private=True),
    Row("/privacy delete", private=True),
    Row("/privacy race off", private=True),
    Row("/help", private=True),
)


@dataclass
class World:
    """Two groups that know nothing of each other, with one of everything in each; and their database."""

    app: Application
    messenger: FakeMessenger
    file: Path
    ours: Space
    theirs: Space

    async def says(self, space: Space, name: str, text: str, *, is_host: bool) -> str | None:
        """Have somebody type a command in the study channel.

        Raises:
            QuizbotError: it was refused.
        """
        member = Member(space_id=space.id, external_id=name.casefold(), name=name)
        caller = Caller(space=space, channel="study", member=member, is_host=is_host)
        view = await dispatch.handle(self.app, caller, text)
        return None if view is None else plain(view)

    def rows(self) -> set[tuple[object, ...]]:
        """Every row of every table."""
        return rows_of(self.file)

    async def round_of_ours(self) -> RoundId:
        """A question that is open in our channel."""
        await self.says(self.ours, "Ada", "/quiz", is_host=True)
        await deliver(self.app, {"web": self.messenger}, worker="test")
        posts = await self.app.storage.read(lambda unit: unit.outbox.recent(self.ours.id, "study", 10))
        return next(post.round_id for post in posts if post.round_id)


SECRETS = ("ours-only", "Foxes", "evening", "Our secret stem", "our-topic", "Ada")
"""Names and texts of ours that nobody next door may read."""


async def _furnish(app: Application, name: str, words: tuple[str, ...]) -> Space:
    bank, team, series, stem, topic, host = words
    space = await ensure_space(app, "web", name, name, "UTC")
    questions = [draft(f"{stem} {at}?", topic=topic, line=at) for at in range(1, 9)]
    await import_document(app, document(*questions), bank=bank, space_id=space.id)
    ada = Conversation(app, space, speaker=host, is_host=True)
    for line in (f"/team create {team}", f"/daily set 20:00 UTC name={series}"):
        assert "isn't" not in (await ada.says(line) or "")
    return space


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """A database with both groups."""
    file = tmp_path_factory.mktemp("furnished") / "quizbot.db"
    shutil.copy(migrated_file, file)

    async def furnish() -> None:
        async with application_on(f"sqlite+aiosqlite:///{file}", clock=FakeClock()) as app:
            await _furnish(app, "Ours", SECRETS)
            await _furnish(app, "Theirs", ("theirs", "Bears", "noon", "Their stem", "their-topic", "Zoe"))

    asyncio.run(furnish())
    return file


@pytest.fixture
async def world(tmp_path: Path, furnished: Path) -> AsyncIterator[World]:
    file = tmp_path / "quizbot.db"
    shutil.copy(furnished, file)
    async with application_on(f"sqlite+aiosqlite:///{file}", clock=FakeClock(), seed=2) as app:
        ours = await ensure_space(app, "web", "Ours", "Ours", "UTC")
        theirs = await ensure_space(app, "web", "Theirs", "Theirs", "UTC")
        yield World(app, FakeMessenger(), file, ours, theirs)


def name_of(row: Row) -> str:
    """The command that a row types."""
    return parse_command(row.text.format(who="Bob", code="7QJ2-0XKD")).name


def test_every_command_has_a_row() -> None:
    assert {name_of(row) for row in ROWS} == set(COMMANDS)


def test_every_choice_that_is_for_hosts_has_a_row() -> None:
    typed = [parse_command(row.text.format(who="Bob", code="7QJ2-0XKD")) for row in ROWS if row.hosts]
    for name, command in COMMANDS.items():
        for option in command.options:
            tried = {one.options.get(option.name, "").casefold() for one in typed if one.name == name}
            assert set(option.hosts_choices) <= tried, (name, option.name)


@pytest.mark.parametrize("row", ROWS, ids=[row.text for row in ROWS])
async def test_a_command_does_what_it_is_for_and_nothing_for_anybody_else(world: World, row: Row) -> None:
    invited = await world.says(world.theirs, "Zoe", "/league invite", is_host=True)
    codes = {"theirs": await _code(world, world.ours, "Ada"), "ours": _code_in(invited)}
    for side, text in row.before:
        space, host = (world.ours, "Ada") if side == "ours" else (world.theirs, "Zoe")
        await world.says(space, host, text.format(code=codes[side]), is_host=True)
    await world.says(world.ours, "Bob", "/team join Foxes", is_host=False)

    async def tried(name: str, *, is_host: bool) -> str:
        before = world.rows()
        text = row.text.format(who=name, code=codes["ours"])
        try:
            await world.says(world.ours, name, text, is_host=is_host)
        except NotAllowed:
            assert world.rows() == before, "a refusal leaves no trace"
            return "refused"
        except QuizbotError:
            if not row.finds_nothing:
                raise
            return "found nothing"
        return "done"

    private = await _in_private(world, row.text.format(who="Bob", code=codes["ours"]))
    assert private == ("done" if row.private else "nothing there")
    done = "found nothing" if row.finds_nothing else "done"
    ordinary = "refused" if row.hosts else done
    got = {name: await tried(name, is_host=False) for name in ("Stranger", "Bob")}
    assert got == {"Stranger": ordinary, "Bob": ordinary}
    assert await tried("Ada", is_host=True) == done


async def _code(world: World, space: Space, host: str) -> str:
    return _code_in(await world.says(space, host, "/league invite", is_host=True))


def _code_in(text: str | None) -> str:
    words = (text or "").replace("`", " ").split()
    return next(word for word in words if len(word) >= 9 and "-" in word and word.replace("-", "").isupper())


async def _in_private(world: World, text: str) -> str:
    """What a direct message of somebody who was never here does."""
    before = world.rows()
    try:
        await dispatch.run_in_private(world.app, "web", "nobody", parse_command(text))
    except NotFound:
        assert world.rows() == before
        return "nothing there"
    return "done"


NAMED_FROM_NEXT_DOOR = (
    "/bank review ours-only",
    "/daily set 09:00 UTC bank=ours-only",
    "/daily preview 09:00 UTC bank=ours-only",
    "/quiz our-topic",
    "/team join Foxes",
    "/team map @owls Foxes",
    "/daily show name=evening",
    "/daily pause name=evening",
    "/daily resume name=evening",
    "/daily now name=evening",
    "/daily close name=evening",
    "/daily stop name=evening",
    "/league confirm Ours",
    "/league decline Ours",
)
"""What names something of ours, typed by a host next door, in a channel of the same name."""


@pytest.mark.parametrize("text", NAMED_FROM_NEXT_DOOR)
async def test_a_host_next_door_finds_nothing_of_ours_by_its_name(world: World, text: str) -> None:
    before = world.rows()
    try:
        told = await world.says(world.theirs, "Zoe", text, is_host=True)
    except QuizbotError as refused:
        told = str(refused)
    else:
        assert text.startswith("/league")
        assert "No space is waiting" in (told or "")
    assert world.rows() == before
    assert not [secret for secret in SECRETS if secret in told and secret not in text]


@pytest.mark.parametrize("row", ROWS, ids=[row.text for row in ROWS])
async def test_a_host_next_door_changes_and_reads_nothing_of_ours(world: World, row: Row) -> None:
    """League commands that need our code or our yes come first, and are refused."""
    mine = {one for one in world.rows() if _is_ours(world, one)}
    assert {one[0] for one in mine} >= {"banks", "series", "teams"}
    try:
        told = await world.says(world.theirs, "Zoe", row.text.format(who="Zoe", code="7QJ2-0XKD-11"), is_host=True)
    except QuizbotError as refused:
        told = str(refused)
    assert mine <= world.rows()
    assert not [secret for secret in SECRETS if secret in (told or "") and secret not in row.text]


def _is_ours(world: World, row: tuple[object, ...]) -> bool:
    return any(value == world.ours.id for value in row[1:]) or any(name in row for name in SECRETS)


async def test_nothing_of_ours_is_offered_next_door_while_somebody_types(world: World) -> None:
    for command in COMMANDS.values():
        for option in command.options:
            offered = await suggest(world.app, world.theirs, option, "")
            assert not {one.casefold() for one in offered} & {one.casefold() for one in SECRETS}, (command.name, option)


@pytest.mark.parametrize("channel", ["study", "elsewhere"])
async def test_an_answer_from_next_door_to_a_round_of_ours_is_not_stored_and_tells_nothing(
    world: World, channel: str
) -> None:
    round_id = await world.round_of_ours()
    zoe = Member(space_id=world.theirs.id, external_id="zoe", name="Zoe")
    before = world.rows()
    answer = SubmitAnswer(
        round_id=round_id, channel=channel, member=zoe, given=frozenset({0}), at=world.app.clock.now(), event_id="1"
    )
    told = plain(await submit_answer(world.app, answer))
    assert "isn't here" in told
    assert world.rows() == before
    assert await receipts(world.app, zoe, [round_id]) == {}
    gone = plain(await submit_answer(world.app, replace(answer, round_id=RoundId(2**62))))
    assert gone == told, "one that there is must not be told from one that there isn't"
