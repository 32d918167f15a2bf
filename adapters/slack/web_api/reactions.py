"""The reactions on a question: the bot's own, which offer the choices, and those of others, which choose."""

from collections import defaultdict
from dataclasses import dataclass

from adapters.slack.text.signs import MOST_SEEDED, SIGNS, position
from adapters.slack.web_api.failures import Refused
from adapters.slack.web_api.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on a message: 0-based positions by user; ``complete``: Slack named everybody."""

    put_on: dict[str, frozenset[int]]
    complete: bool


async def look(workspace: Workspace, channel: str, ts: str, choices: int) -> Seen:
    """The reactions on a message that mean one of its choices, the bot's own among them."""
    where = {"channel": channel, "timestamp": ts, "full": True}
    answer = await workspace.call(workspace.client.reactions_get, where)
    put_on: defaultdict[str, set[int]] = defaultdict(set)
    complete = True
    for reaction in answer["message"].get("reactions") or ():
        at = position(reaction["name"])
        if at is not None and at < choices:
            complete = complete and len(reaction["users"]) >= reaction["count"]
            for user in reaction["users"]:
                put_on[user].add(at)
    return Seen({user: frozenset(positions) for user, positions in put_on.items()}, complete)


async def seed(workspace: Workspace, channel: str, ts: str, choices: int) -> None:
    """Offer every choice by a reaction of the bot's own."""
    for name in SIGNS[: min(choices, MOST_SEEDED)]:
        try:
            await workspace.ask(workspace.client.reactions_add, {"channel": channel, "timestamp": ts, "name": name})
        except Refused as error:
            if error.code != "already_reacted":
                raise
