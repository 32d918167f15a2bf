"""Payloads as nobody should send them, the same in every run: texts of people's own, and payloads with broken parts."""

import copy
from random import Random
from typing import Any

from bot.domain.errors import QuizbotError
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import is_command, parse_command

Json = dict[str, Any]

_PIECES = (
    *(
        "a",
        "0",
        "7",
        "-1",
        "9" * 20,
        "9" * 400,
        "answer:",
        "answers:",
        "17",
        ":",
        "0:0",
        " ",
        "\n",
        "\t",
        "\0",
        "=",
        "|",
    ),
    *(
        "@everyone",
        "<!channel>",
        "<@U1>",
        "<@&9>",
        "</quiz:1>",
        "discord.gg/x",
        "<http://x|y>",
        "&lt;",
        "<b>",
        "`",
        "```",
    ),
    *("é", "😀", "\u202e", "\u200b", "\ud800", "٣", "²", "🇦", '"', "'", "“", "\\", "{}", "{0}", "%s", "../", "--", ";"),
    *(
        "quiz ",
        "daily set ",
        "team join ",
        "league join ",
        "private=yes ",
        "count=9 ",
        "name=",
        "09:00 UTC ",
        "help ",
        "day ",
    ),
)
_JUNK: tuple[Any, ...] = (None, True, 0, -1, 2**70, 1.5, "", "x", "\0", [], [None], [[]], {}, {"id": None}, "9" * 400)


_ADDED = 0.05
"""How often each part is added."""


class Mutations:
    """Makes them from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def text(self, *beginnings: str) -> str:
        """What somebody may have typed, chosen, or called themselves."""
        pieces = [self.chance.choice(_PIECES) for _ in range(self.chance.randrange(5))]
        if self.chance.random() < 0.01:
            pieces *= 400
        begin = self.chance.choice(beginnings) if beginnings and self.chance.random() < 0.7 else ""
        return begin + "".join(pieces)

    def broken(self, payload: Json, *more: str) -> Json:
        """The payload with one to three of its parts gone, or something else; ``more`` are parts that it hasn't."""
        added = {name: {"type": None, "id": None} for name in more if self.chance.random() < _ADDED}
        mutant = added | copy.deepcopy(payload)
        for _ in range(self.chance.randint(1, 3)):
            holder, key = self.chance.choice(list(_spots(mutant)) or [(mutant, "x")])
            if self.chance.random() < 0.3 and isinstance(holder, dict):
                holder.pop(key, None)
            else:
                holder[key] = copy.deepcopy(self.chance.choice(_JUNK))
        return mutant


def _spots(part: Any) -> Any:
    """Every place of a payload that holds something."""
    keys = part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for key in list(keys):
        yield part, key
        yield from _spots(part[key])


def parses_or_refuses(text: str) -> None:
    """Check that a text which looks like a command is understood as one that exists, or refused in words."""
    if not is_command(text):
        return
    try:
        command = parse_command(text)
    except QuizbotError:
        return
    assert command.name in COMMANDS
