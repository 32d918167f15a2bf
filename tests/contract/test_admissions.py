"""Who may enter a space with a door of its own, on every database."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.application import Application
from bot.domain.errors import BadInput, NotAllowed, NotFound, QuizbotError
from bot.domain.hosts import Host
from bot.domain.identity import Member, Space
from bot.ports import Admission
from bot.services.codes import WrongCode
from bot.services.forgetting import forget_accounts
from bot.services.people import hosts
from bot.services.people.privacy import export_data
from bot.services.people.sign_in_links import make_link, sign_in
from bot.testing import FakeClock


def host_like(member: Member) -> Host:
    return Host(space_id=member.space_id, account=member.external_id, since=FakeClock().now())


@pytest.fixture
async def members(app: Application, space: Space) -> list[Member]:
    """Ada and Bob, who are hosts, and Cy, who isn't."""
    people = [Member(space_id=space.id, external_id=name.casefold(), name=name) for name in ("Ada", "Bob", "Cy")]
    for member in people:
        await app.storage.write(lambda unit, member=member: unit.people.ensure_player(member))
    for member in people[:2]:
        await app.storage.write(lambda unit, member=member: unit.hosts.add(host_like(member)))
    return people


async def admission(app: Application, member: Member) -> Admission:
    found = await app.storage.read(lambda unit: unit.admissions.find(member))
    assert found is not None
    return found


async def test_of_two_hosts_who_take_each_others_right_at_once_one_stays(
    app: Application, members: list[Member]
) -> None:
    ada, bob, _cy = members
    both = await asyncio.gather(hosts.take_host(app, ada, bob), hosts.take_host(app, bob, ada), return_exceptions=True)
    assert sorted(type(one) for one in both if one is not None) == [NotAllowed]
    assert [(await admission(app, one)).is_host for one in (ada, bob)].count(True) == 1


async def test_of_two_browsers_that_use_a_sign_in_link_at_once_one_gets_in(
    app: Application, members: list[Member]
) -> None:
    ada, bob, _cy = members
    await make_link(app, bob, 0)
    key = await make_link(app, ada, 0)
    both = await asyncio.gather(*(sign_in(app, ada.space_id, key) for _ in range(2)), return_exceptions=True)
    (entered,) = [one for one in both if isinstance(one, Admission)]
    assert (entered.member, entered.link_until) == (ada, None)
    assert [type(one) for one in both if one is not entered] == [WrongCode]
    assert (await admission(app, bob)).link_until is not None


@pytest.mark.parametrize("end", [hosts.remove_member, hosts.sign_out_everywhere])
async def test_whoever_was_signed_out_meanwhile_gets_no_sign_in_link(
    app: Application, members: list[Member], end: Callable[..., Awaitable[None]]
) -> None:
    ada, bob, _cy = members
    known = await admission(app, bob)
    await end(app, ada, bob)
    with pytest.raises(NotAllowed, match="You aren't signed in any more"):
        await make_link(app, bob, known.session_epoch)
    assert (await admission(app, bob)).link_until is None


async def test_the_last_host_keeps_the_right(app: Application, members: list[Member]) -> None:
    ada, bob, _cy = members
    await hosts.take_host(app, ada, ada)
    with pytest.raises(BadInput, match="only host"):
        await hosts.take_host(app, bob, bob)


async def test_who_is_removed_is_out_without_rights_until_a_code_brings_them_back(
    app: Application, members: list[Member], clock: FakeClock
) -> None:
    ada, bob, cy = members
    await hosts.remove_member(app, ada, bob)
    out = await admission(app, bob)
    assert (out.is_host, out.session_epoch, out.removed_at) == (False, 1, clock.now())
    for decide in (hosts.give_host, hosts.take_host, hosts.remove_member):
        with pytest.raises(NotFound):
            await decide(app, ada, bob)
    with pytest.raises(NotAllowed):
        await hosts.give_way_back(app, cy, bob)
    code = await hosts.give_way_back(app, ada, bob)
    back = await hosts.come_back(app, ada.space_id, code)
    assert (back.member, back.removed_at) == (bob, None)
    assert await admission(app, bob) == back
    shown = json.loads(await export_data(app, [ada]))
    assert (shown["host here"], shown["removed from the web room at"]) == (["everywhere"], None)
    with pytest.raises(BadInput, match="used already"):
        await hosts.come_back(app, ada.space_id, code)


async def test_a_code_is_worth_nothing_after_a_day_or_after_its_member_was_deleted(
    app: Application, members: list[Member], clock: FakeClock
) -> None:
    ada, bob, cy = members
    late, lost = await hosts.give_way_back(app, ada, bob), await hosts.give_way_back(app, ada, cy)
    await forget_accounts(app, [cy])
    with pytest.raises(QuizbotError, match="expired"):
        await hosts.come_back(app, ada.space_id, lost)
    clock.advance(hosts.WAY_BACK_LASTS + timedelta(seconds=1))
    with pytest.raises(QuizbotError, match="expired"):
        await hosts.come_back(app, ada.space_id, late)
