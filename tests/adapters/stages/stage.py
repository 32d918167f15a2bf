"""What every platform is to the tests that all of them must pass: a running bot, and people in front of it."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import RoundId
from bot.ports import Post
from bot.services.banks.storing import import_document
from tests.adapters.stages.running import Bot
from tests.patience import until

BANK = "study"

_STANDING = re.compile(
    r"^\W*?(\d+|–)\s+(\S.*?)\s+(\d+(?:\.\d+)?)(?:\s+\d+(?:\.\d+)?\s+\d+(?: of \d+)?)?\s*$", re.MULTILINE
)
"""A row of a leaderboard; where tables are lines of text, it ends with the points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message of the bot's as somebody saw it: with its buttons as they were then, so that a click may come late.

    Attributes:
        text: what is read.
        source: what reached the reader's client, markup and ids and all.
        message: the platform's own.
        post: what the bot wanted there.
    """

    text: str
    source: str
    message: Any
    post: Post

    @property
    def round_id(self) -> RoundId:
        """The round that it belongs to."""
        assert self.post.round_id is not None, f"this asks nothing: {self.text}"
        return self.post.round_id

    @property
    def pictures(self) -> list[str]:
        """The alt texts of the pictures that it shows on Discord or Slack, in their order."""
        if hasattr(self.message, "attachments"):
            return [file.description for file in self.message.attachments]
        return [block["alt_text"] for block in self.message.blocks if block["type"] == "image"]

    def letter(self, choice: str) -> str:
        """The letter that a choice stands behind."""
        found = re.search(rf"\b([A-Z])\b[\W_]*?{re.escape(choice)}", self.text)
        assert found, f"no letter before {choice!r} in\n{self.text}"
        return found[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form to fill in, as somebody has it before them, whatever becomes of the bot.

    Attributes:
        text: what is read in it.
        opened: the platform's own.
    """

    text: str
    opened: Any


class Person(ABC):
    """Somebody in the study channel."""

    id: str
    """The platform's own id of them."""

    def __init__(self, stage: "Stage", name: str) -> None:
        self.stage = stage
        self.name = name

    async def question(self) -> Seen:
        """The newest question that they see, be it for all or for them alone."""
        return await self.stage.newest(self, answered=False)

    @abstractmethod
    async def says(self, command: str) -> str:
        """Type a command, as in the web room and on Slack; the private reply, empty where there is none."""

    @abstractmethod
    async def clicks(self, label: str, *, of: "Person | None" = None, forged: str = "") -> str:
        """Click a button under the newest private reply that has it; what is said to that.

        With ``forged``, another command, or ``of`` somebody else, whose reply it is, no honest client would do so.
        """

    async def insists(self, command: str, button: str) -> str:
        """Type a command that asks first, and click the button that goes on; what is said in the end."""
        await self.says(command)
        return await self.clicks(button)

    @abstractmethod
    async def asks(self, command: str = "", *, button: str = "") -> Form | str:
        """Ask for a form by a command, or by a button under a private reply; if it doesn't open, what is said."""

    @abstractmethod
    async def fills_in(self, form: Form, forged: str = "", **texts: str) -> str:
        """Fill in some fields of a command's form, by their names, and send it; the private reply, or what it says.

        With ``forged``, another command, it is sent as no honest client would.
        """

    @abstractmethod
    async def corrects(self, form: Form) -> Form:
        """Go back to a form that had mistakes: it is open still, or a button opens it again."""

    @abstractmethod
    async def hears(self) -> str:
        """Everything that the bot told them alone, in the channel or in a direct message."""

    @abstractmethod
    async def answers(self, *letters: str, to: Seen | None = None) -> str:
        """Answer a question, the newest unless told; the private receipt."""

    async def types(self, *texts: str, to: Seen | None = None) -> str:
        """Type an answer, one text for each field, or one letter for each menu, and send it.

        The private receipt, or why there is none.
        """
        form = await self.opens(to)
        return form if isinstance(form, str) else await self.sends(form, *texts)

    @abstractmethod
    async def opens(self, to: Seen | None = None) -> Form | str:
        """Open the form of a question, the newest unless told; if it doesn't open, what is said instead."""

    @abstractmethod
    async def sends(self, form: Form, *texts: str, unchecked: bool = False, round_id: int | None = None) -> str:
        """Fill in a form, unless as it is, and send it; the private receipt, or what the form says if it stays.

        With ``unchecked`` or another ``round_id``, it is sent as no honest client would.
        """

    @abstractmethod
    async def turns(self, to: Seen | None = None) -> Form:
        """Press the button that shows the back of a card, the newest unless told; the back as they have it."""

    @abstractmethod
    async def judges(self, back: Form, word: str, *, round_id: int | None = None, position: int | None = None) -> str:
        """Press the button below a back that says this; the private receipt. Other numbers make it a forged click."""

    @abstractmethod
    async def reacts(self, letter: str, *, on: bool = True, to: Seen | None = None) -> None:
        """Put the sign of a choice on a question, the newest unless told, or take it off."""

    @abstractmethod
    async def sees(self) -> str:
        """Everything that they can read in the channel, newest last."""

    @abstractmethod
    async def forges(self, question: Seen, *, round_id: int | None = None, position: int | None = None) -> str:
        """Send the first button's click with other numbers in it, as no honest client would; what is said to that."""

    @abstractmethod
    async def brings(self, file_name: str, data: bytes) -> str:
        """Bring a file of questions; what is said to that before anything is stored."""


class Stage(ABC):
    """One platform with a bot that runs as in production, on a database of its own.

    Attributes:
        lacks: what the platform can't do by its nature, with the reason why.
        channel: the platform's id of the study channel.
        watcher: somebody who only looks.
    """

    lacks: ClassVar[Mapping[str, str]] = {}
    channel: str
    watcher: Person

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._boss: Person | None = None

    @abstractmethod
    async def person(self, name: str, *, host: bool = False, locale: str = "en-US") -> Person:
        """Somebody new in the channel, whose app speaks the language of ``locale``."""

    @abstractmethod
    async def look(self, reader: Person, post: Post) -> Seen:
        """A message as somebody sees it now."""

    @abstractmethod
    def sent(self) -> str:
        """Every byte that reached any client so far, as it was sent and as it is read."""

    @abstractmethod
    def pings(self) -> list[str]:
        """Everybody whom a message notified, and by what."""

    async def deletes(self, question: Seen) -> None:
        """A moderator deletes a message."""
        raise NotImplementedError(self.lacks["deleting"])

    def closes_door(self, person: Person) -> None:
        """Somebody takes no more direct messages."""
        raise NotImplementedError(self.lacks["closed doors"])

    def unheard(self) -> AbstractAsyncContextManager[None]:
        """The connection is lost: what people do inside the block is never told; behind it stands another."""
        raise NotImplementedError(self.lacks["absence"])

    async def newest(self, reader: Person, *, answered: bool) -> Seen:
        """The newest question that somebody sees, or where it is ``answered``, the newest result."""

        async def find() -> Post | None:
            posts = await self.bot.posts(self.channel, reader.id)
            found = [post for post in posts if post.round_id and bool(post.reply_to) is answered]
            return found[-1] if found else None

        return await self.look(reader, await until(find, "a result" if answered else "a question"))

    async def boss(self) -> Person:
        """The one host."""
        if self._boss is None:
            self._boss = await self.person("Grace", host=True)
        return self._boss

    async def quiz(self, topic: str = "") -> Seen:
        """Somebody asks for a question; the one that comes."""
        assert await self.watcher.says(f"/quiz {topic}") == ""
        return await self.question()

    async def daily(self, options: str = "") -> Seen:
        """The host sets a daily question, and has it asked at once."""
        boss = await self.boss()
        assert "The daily question is set" in await boss.says(f"/quiz daily set 09:00 Europe/Berlin {options}")
        assert await boss.says("/quiz daily now") == ""
        return await self.question()

    async def question(self) -> Seen:
        """The newest question that everybody sees."""
        return await self.watcher.question()

    async def result(self) -> Seen:
        """The newest result that everybody sees."""
        return await self.newest(self.watcher, answered=True)

    async def shows(self, text: str) -> None:
        """Wait until everybody can read something in the channel."""

        async def there() -> bool:
            return text in await self.watcher.sees()

        await until(there, repr(text))

    async def stored(self, expected: Mapping[str, str]) -> None:
        """Wait until these letters are stored as answers to the newest question, by name, and no others."""
        round_ = await self.bot.newest_round(self.channel)
        found: dict[str, str] = {}

        async def the_same() -> bool:
            nonlocal found
            found = await self.bot.answers(round_.id)
            return found == expected

        try:
            await until(the_same, "these answers")
        except AssertionError:
            raise AssertionError(f"stored is {found}, not {expected}") from None

    async def points(self, by: str = "") -> dict[str, float]:
        """Points by name, as the leaderboard of all time shows them; ``by="team"`` the scores of teams."""
        board = await self.watcher.says(f"/quiz leaderboard all {by}")
        return {name: float(points) for _place, name, points in _STANDING.findall(board)}

    async def imports(self, *drafts: QuestionDraft) -> None:
        """Questions come into a bank."""
        await import_document(self.bot.app, ParsedDocument(format="numbered", questions=drafts), bank=BANK)

    async def closes(self) -> None:
        """The newest question closes."""
        await self.bot.close((await self.bot.newest_round(self.channel)).id)

    async def restart(self, *, away: timedelta = timedelta()) -> None:
        """The process is stopped, and after some time another starts on the same database."""
        await self.bot.stop()
        self.bot.clock.advance(away)
        await self.bot.start()

    def wait(self, by: timedelta) -> None:
        """Let time pass."""
        self.bot.clock.advance(by)
