"""A host who brings files and clicks, for tests."""

from dataclasses import dataclass

import pytest

from bot.domain.commands import Caller, ChatCommand
from bot.domain.views import MessageView
from bot.importers import learn, parse
from bot.ports import FileReader
from bot.services.banks.storing import bank_questions
from bot.services.chat.commands.importing import import_file
from bot.services.chat.dispatch import handle, run
from bot.services.chat.grammar import parse_command
from bot.testing import plain

on_one_database = pytest.mark.parametrize("store", ["sqlite"])

FILE = """\
1. Which service stores objects?
A. Amazon S3
B. Amazon EBS
Answer: A

2. Which service runs code?
A. Amazon S3
B. AWS Lambda

3. Which service is a queue?
A. Amazon SQS
B. Amazon SNS
Answer: Amazon Kinesis

4. Which two services store data? (Choose TWO.)
A. Amazon S3
B. Amazon EBS
C. AWS IAM
Answer: A

5. What is it called?
Answer: C
"""
CLEAR = "1. Which service stores objects?\nA. Amazon S3\nB. Amazon EBS\nAnswer: A\n"


@dataclass
class Host:
    """Somebody who brings files and clicks; ``shown`` is what they saw last."""

    game: object
    name: str = "Hana"
    is_host: bool = True
    space: object = None
    shown: MessageView | None = None

    @property
    def caller(self) -> Caller:
        caller = self.game.caller(self.name, is_host=self.is_host)
        if self.space is None:
            return caller
        member = type(caller.member)(space_id=self.space.id, external_id=caller.member.external_id, name=self.name)
        return Caller(space=self.space, channel="study", member=member, is_host=self.is_host)

    async def brings(self, text: str = FILE, name: str = "exam.txt", **options: str) -> str:
        self.shown = await import_file(self.game.app, self.caller, name, text.encode(), **options)
        return plain(self.shown)

    @property
    def buttons(self) -> dict[str, str]:
        return {button.label: button.command.plain for part in self.shown.sections for button in part.buttons}

    async def clicks(self, label: str) -> str:
        return await self.types(self.buttons[label])

    async def types(self, text: str) -> str:
        self.shown = await handle(self.game.app, self.caller, text)
        return plain(self.shown)

    async def fills_in(self, **texts: str) -> str:
        """Send the form that was shown last, with these texts in it."""
        form = self.shown.form
        opened = parse_command(form.command.plain)
        held = {field.name: field.value for field in form.fields}
        command = ChatCommand(name=opened.name, options=opened.options | held | texts)
        self.shown = await run(self.game.app, self.caller, command)
        return plain(self.shown)


class HereReader(FileReader):
    """Reads files in the test's own process, which is quicker."""

    async def read(self, data, *, name="", format=None, space_id=None, kept=None):  # noqa: A002, ARG002 - the port's words
        return parse(data, name=name, format=format, kept=kept)

    async def read_like(self, data, examples, *, name="", space_id=None):  # noqa: ARG002 - the port's word
        return learn(data, examples)


async def stored(game, bank="exam"):
    return {one.stem: one for one in (await bank_questions(game.app, bank, game.space.id))[1]}


async def ready(game, bank="exam"):
    return {one.stem for one in (await stored(game, bank)).values() if one.status == "ready"}
