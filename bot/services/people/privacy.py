"""Show a person all of their own data; `bot.services.forgetting` deletes it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.grading import in_points
from bot.domain.identity import Member
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core
from bot.services.people.linking import linked_with


async def accounts(core: Core, adapter: str, external_id: str) -> list[Member]:
    """Return one platform account as a member of every space that knows it, also where it never took part."""

    async def read(unit: Unit) -> list[Member]:
        known = await unit.people.accounts(adapter, external_id)
        others = await unit.forgetting.spaces_with(adapter, external_id) - {one.space_id for one in known}
        return [*known, *(Member(space_id=one, external_id=external_id, name=external_id) for one in sorted(others))]

    return await core.storage.read(read)


async def export_data(core: Core, members: Sequence[Member]) -> str:
    """Return everything stored about these accounts of one person, as JSON: an object, or a list of several."""

    async def work(unit: Unit) -> str:
        people = {await unit.people.player(member) or member: member for member in members}
        data = [await _data(unit, member) for member in people.values()]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1)

    return await core.storage.read(work)


async def _data(unit: Unit, member: Member) -> dict[str, Any]:
    player = await unit.people.player(member)
    known = await unit.people.players([player]) if player else []
    admission = await unit.admissions.find(member)
    space, linked = await unit.spaces.get(member.space_id), await linked_with(unit, member)
    hosts, series = await unit.hosts.of(space.id), await unit.schedules.all(space.id)
    return {
        "name": member.name,
        "account": member.external_id,
        "space": space.name,
        "linked accounts": [await _account(unit, other) for other in linked],
        "shown as": [one.name for one in known],
        "may be named among the fastest": all(one.among_fastest for one in known),
        "team": await unit.people.team_of(space.league_id, player) if player else None,
        "host here": [one.channel or "everywhere" for one in hosts if one.account == member.external_id],
        "series set up": [one.id for one in series if one.set_by == member.external_id],
        "set the bot up here last": await unit.spaces.in_charge(space.id) == member.external_id,
        "removed from the web room at": _moment(admission.removed_at if admission else None),
        "sign-in link of the web room expires at": _moment(admission.link_until if admission else None),
        "asked to be told": [one for own in [member, *linked] for one in await _subscribed(unit, own)],
        "answers": [
            {
                "at": a.at.isoformat(),
                "question": str(a.question_id),
                "chosen": list(a.chosen),
                "right": a.right,
                "points": None if a.points is None else in_points(a.points),
            }
            for a in await unit.answers.history(member)
        ],
        "questions written": [one for own in [member, *linked] for one in await _written(unit, own)],
        "thanks that wait for the weekly post": [one for own in [member, *linked] for one in await _thanks(unit, own)],
        "files that wait to be imported": [one for own in [member, *linked] for one in await _brought(unit, own)],
        "not in here": _left_out(),
    }


async def _written(unit: Unit, member: Member) -> list[dict[str, Any]]:
    """Return an account's questions that aren't in a bank yet: they wait for the hosts, or have mistakes."""
    space = await unit.spaces.get(member.space_id)
    return [
        {
            "at": one.at.isoformat(),
            "space": space.name,
            "waits": one.waits,
            **{part.value: text for part, text in one.written.parts()},
        }
        for one in await unit.suggestions.of(member)
    ]


async def _subscribed(unit: Unit, member: Member) -> list[dict[str, Any]]:
    """Return what an account wants to be told in direct messages."""
    space = await unit.spaces.get(member.space_id)
    return [
        {"space": space.name, "about": one.subject.value, "in": one.language, "messages refused": one.refused}
        for one in await unit.subscriptions.of(member)
    ]


async def _thanks(unit: Unit, member: Member) -> list[dict[str, Any]]:
    """Return what an account did for questions, until the weekly post thanks them for it."""
    done = await unit.thanks.of(member)
    return [{"at": at.isoformat(), "question": str(question_id), "did": deed.value} for at, deed, question_id in done]


async def _brought(unit: Unit, member: Member) -> list[dict[str, Any]]:
    """Return an account's files that wait until they decide what is stored of them."""
    waiting = await unit.waiting_imports.of(member)
    return [{"at": one.at.isoformat(), "file": one.file, "bank": one.bank} for one in waiting]


def _left_out() -> list[str]:
    """Say what else concerns a person but isn't in the export: it is kept elsewhere, or isn't theirs alone."""
    return [
        _("the texts of questions: each answer tells its question's number"),
        _("what is in your files that wait to be imported, and what you changed in it"),
        _("questions that you asked for in private and didn't answer"),
        _("questions of yours that the hosts accepted: they belong to a bank now"),
        _("names that you gave to teams, seasons and banks: they belong to everybody there"),
        _("codes and links that you were shown: they aren't stored readably, and they expire by themselves"),
        _("what others answered"),
        _("sums of your points, which standings are made from: they follow from your answers"),
        _("what the bot posted and archived seasons, where they name you"),
        _(
            "the fingerprint of an account that you deleted: it is kept for a day or longer, so that late clicks and "
            "reactions don't bring its data back"
        ),
        _("the log of changes, which knows you by a number alone"),
        _("messages and profiles that the chat platform keeps itself: ask its operator"),
        _("the operator's backups, which hold what was here when they were made"),
    ]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


async def _account(unit: Unit, member: Member) -> dict[str, Any]:
    space = await unit.spaces.get(member.space_id)
    return {"name": member.name, "account": member.external_id, "space": space.name}
