"""Who may do what in the room: every address, tried by everybody who could try it.

An address that is added without a row here fails; commands have theirs in `test_authorisation`.
"""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.web.adapter import WebAdapter
from adapters.web.door import FRAGMENT_HEADER
from adapters.web.sessions import COOKIE
from bot.application import Application
from bot.domain.identity import RoundId
from bot.site import KNOWN
from tests.adapters.web.test_importing import DUMP, upload
from tests.security.rows import rows_of

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any

MEMBERS, HOSTS, ANYBODY = "members", "hosts", "anybody"
ADDRESSES: dict[tuple[str, str], tuple[str, dict[str, str], int]] = {
    ("GET", "/"): (ANYBODY, {}, 200),
    ("GET", "/join"): (ANYBODY, {}, 303),
    ("POST", "/join"): (ANYBODY, {"name": "Dora"}, 303),
    ("POST", "/return"): (ANYBODY, {"code": "0000-0000-0000"}, 303),
    ("GET", "/host"): (ANYBODY, {}, 303),
    ("POST", "/host"): (MEMBERS, {"token": "guessed"}, 303),
    ("GET", "/me"): (MEMBERS, {}, 200),
    ("POST", "/me"): (MEMBERS, {"name": " "}, 400),
    ("GET", "/me/data"): (MEMBERS, {}, 200),
    ("GET", "/me/data.json"): (MEMBERS, {}, 200),
    ("GET", "/me/delete"): (MEMBERS, {}, 200),
    ("POST", "/me/link"): (MEMBERS, {"do": "make"}, 200),
    ("GET", "/sign-in"): (ANYBODY, {}, 200),
    ("POST", "/sign-in"): (ANYBODY, {"key": "guessed"}, 303),
    ("GET", "/people"): (HOSTS, {}, 200),
    ("POST", "/people"): (HOSTS, {"do": "give", "member": "bob"}, 303),
    ("GET", "/people/code"): (HOSTS, {}, 303),
    ("POST", "/people/code"): (HOSTS, {"do": "drop"}, 303),
    ("GET", "/hosting"): (HOSTS, {}, 200),
    ("POST", "/hosting"): (HOSTS, {"do": "close", "round": "7"}, 404),
    ("GET", "/hosting/daily"): (HOSTS, {}, 200),
    ("POST", "/hosting/daily"): (
        HOSTS,
        {"time": "9:00", "zone": "UTC", "days": "mon", "answer_with": "buttons", "reveal": "at_close", "name": "late"},
        303,
    ),
    ("GET", "/hosting/daily/stop"): (HOSTS, {}, 404),
    ("GET", "/hosting/banks"): (HOSTS, {}, 200),
    ("GET", "/hosting/bank"): (HOSTS, {}, 404),
    ("GET", "/hosting/bank/export"): (HOSTS, {}, 404),
    ("GET", "/hosting/bank/delete"): (HOSTS, {}, 404),
    ("POST", "/hosting/bank/delete"): (HOSTS, {"bank": "starter"}, 403),
    ("GET", "/hosting/question"): (HOSTS, {}, 404),
    ("POST", "/hosting/question"): (HOSTS, {"key": "A"}, 404),
    ("GET", "/hosting/question/withdraw"): (HOSTS, {}, 404),
    ("POST", "/hosting/question/withdraw"): (HOSTS, {}, 404),
    ("GET", "/hosting/league"): (HOSTS, {}, 200),
    ("POST", "/hosting/league"): (HOSTS, {"do": "weekly", "weekly_day": "tue"}, 303),
    ("GET", "/hosting/league/ask"): (HOSTS, {}, 200),
    ("GET", "/standings/card"): (MEMBERS, {}, 404),
    ("GET", "/transcript"): (MEMBERS, {}, 200),
    ("GET", "/events"): (MEMBERS, {}, 200),
    ("POST", "/say"): (MEMBERS, {"text": "/quiz"}, 303),
    ("POST", "/rounds/{round_id}/answer"): (MEMBERS, {"pick": "0"}, 303),
    ("POST", "/rounds/{round_id}/back"): (MEMBERS, {}, 404),
    ("POST", "/rounds/{round_id}/reaction"): (MEMBERS, {"sign": "0"}, 303),
    ("GET", "/images/{digest}"): (MEMBERS, {}, 404),
    ("GET", "/standings"): (MEMBERS, {}, 200),
    ("POST", "/standings"): (HOSTS, {"public": "on"}, 303),
    ("GET", "/questions/add"): (HOSTS, {}, 200),
    ("POST", "/questions/add"): (
        HOSTS,
        {"kind": "short", "question": "Which?", "answers": "this", "bank": "Ours"},
        303,
    ),
    ("GET", "/questions/edit"): (HOSTS, {}, 400),
    ("POST", "/questions/edit"): (HOSTS, {"kind": "short", "question": "Which?", "answers": "that"}, 400),
    ("GET", "/questions/pictures"): (HOSTS, {}, 404),
    ("POST", "/questions/pictures"): (HOSTS, {}, 404),
    ("GET", "/questions/suggest"): (MEMBERS, {}, 200),
    ("POST", "/questions/suggest"): (MEMBERS, {"kind": "short", "question": "Why?", "answers": "so"}, 303),
    ("GET", "/import"): (HOSTS, {}, 200),
    ("POST", "/import"): (HOSTS, {"text": DUMP}, 303),
    ("GET", "/import/{number}"): (HOSTS, {}, 404),
    ("POST", "/import/{number}"): (HOSTS, {}, 404),
    ("POST", "/import/{number}/mend"): (HOSTS, {"do": "drop"}, 404),
    ("POST", "/import/{number}/drop"): (HOSTS, {}, 303),
    ("GET", "/import/{number}/example"): (HOSTS, {}, 404),
    ("POST", "/import/{number}/example"): (HOSTS, {}, 404),
    ("POST", "/import/{number}/keep"): (HOSTS, {}, 404),
    ("GET", "/about"): (ANYBODY, {}, 404),
    ("GET", "/privacy"): (ANYBODY, {}, 404),
    ("GET", "/terms"): (ANYBODY, {}, 404),
    ("GET", "/public/{key}"): (ANYBODY, {}, 404),
    ("GET", "/public/{key}/card"): (ANYBODY, {}, 404),
    ("GET", "/static/{name}"): (ANYBODY, {}, 404),
    ("GET", "/nothing-here"): (ANYBODY, {}, 404),
    ("POST", "/dismiss"): (MEMBERS, {"key": "w1"}, 303),
    ("POST", "/sign-out"): (MEMBERS, {"where": "here"}, 303),
    ("POST", "/me/delete"): (MEMBERS, {}, 303),
}
"""For whom each address is, what is sent to it, and what it answers to a host.

Signing out and being deleted come last, and the card before there is anything to draw.
"""


async def test_every_address_of_the_room_has_a_row(app: Application) -> None:
    site = web.Application()
    site[KNOWN] = []
    await WebAdapter(app).start(site)
    there = {
        (route.method, route.resource.canonical)
        for route in site.router.routes()
        if route.resource and route.method not in {"HEAD", "*"}
    }
    assert there == set(ADDRESSES) - {("GET", "/nothing-here")}


async def test_a_host_may_do_everything_in_the_room(room: OpenRoom) -> None:
    ada, _bob = await room.person("Ada"), await room.person("Bob")
    round_id = await _asked(room, ada)
    for (method, path), (_whom, fields, status) in ADDRESSES.items():
        assert await _status(ada, method, path, fields, round_id) == status, (method, path)


async def test_a_member_may_do_nothing_that_is_for_hosts(room: OpenRoom, tmp_path: Path) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await _asked(room, ada)
    for (method, path), (whom, fields, status) in ADDRESSES.items():
        before = _rows(tmp_path)
        wanted = 403 if whom is HOSTS else 400 if path == "/host" else status
        assert await _status(bob, method, path, fields, round_id) == wanted, (method, path)
        if whom is HOSTS:
            assert _rows(tmp_path) == before, (method, path)


@pytest.mark.parametrize("who", ["nobody", "removed", "deleted", "signed out", "forged", "of another room"])
async def test_whoever_is_not_in_the_room_may_do_nothing_in_it(
    room: OpenRoom, open_room: Any, tmp_path: Path, who: str
) -> None:
    ada = await room.person("Ada")
    somebody = await room.person("" if who in {"nobody", "forged", "of another room"} else "Bob")
    await somebody.get()
    match who:
        case "removed":
            await ada.post("/people", {"do": "remove", "member": "bob"})
        case "deleted":
            await somebody.insists("/privacy delete")
        case "signed out":
            copy = await _copied(room, somebody)
            await somebody.post("/sign-out", {"where": "everywhere"})
            somebody = copy
        case "forged":
            somebody.client.cookie_jar.update_cookies({COOKIE: "eyJtZW1iZXJfaWQiOiJhZGEifQ.c2lnbmVk"})
        case "of another room":
            other = await open_room(web_secret="another room's own secret")  # noqa: S106 - a test's
            stranger = await other.person("Mallory")
            somebody.client.cookie_jar.update_cookies({COOKIE: _cookie(stranger)})
    round_id = await _asked(room, ada)
    before = _rows(tmp_path)
    for (method, path), (whom, fields, _answers) in ADDRESSES.items():
        if whom is not ANYBODY:
            assert await _status(somebody, method, path, fields, round_id) == 303, (method, path)
            assert await _status(somebody, method, path, fields, round_id, **SCRIPT) == 401, (method, path)
    assert _rows(tmp_path) == before


SCRIPT = {FRAGMENT_HEADER: "1"}


@pytest.mark.parametrize("how", ["foreign origin", "foreign site", "no token", "another's token"])
async def test_a_hosts_browser_sends_no_form_of_anybody_elses(room: OpenRoom, tmp_path: Path, how: str) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await _asked(room, ada)
    await bob.get()
    headers = {"foreign origin": {"Origin": "https://evil.example"}, "foreign site": {"Sec-Fetch-Site": "same-site"}}
    token = {"no token": {"csrf": ""}, "another's token": {"csrf": bob.csrf}}.get(how, {})
    before = _rows(tmp_path)
    for (method, path), (_whom, fields, _answers) in ADDRESSES.items():
        if method == "POST":
            status = await _status(ada, method, path, fields | token, round_id, **headers.get(how, {}))
            assert status == (400 if token else 403), path
    assert _rows(tmp_path) == before


async def test_no_page_is_kept_and_none_is_traced(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    for method, path in ADDRESSES:
        if method == "GET" and "{" not in path and path != "/events":
            page = await ada.client.get(ada.base + path)
            kept = page.headers["Cache-Control"]
            assert kept == ("private, max-age=60" if page.content_type.startswith("image/") else "no-store"), path
        traced = await ada.client.request("TRACE", ada.base + path)
        assert traced.status in {404, 405}, path


async def test_a_preview_is_its_makers_alone(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.post("/people", {"do": "give", "member": "bob"})
    preview = (await upload(ada, DUMP)).url.path
    await bob.get("/import")
    assert (await bob.get(preview)).status == 404
    assert (await bob.post(preview)).status == 404
    await bob.post(f"{preview}/drop")
    assert (await ada.get(preview)).status == 200, "another host must not drop it"


async def _asked(room: OpenRoom, host: Person) -> RoundId:
    """A question that is open in the room."""
    await host.get()
    await host.say("/quiz")
    await room.deliver()
    await host.get()
    return (await room.rounds())[-1]


async def _status(
    person: Person, method: str, path: str, fields: dict[str, str], round_id: RoundId, **headers: str
) -> int:
    """What an address answers, without following where it leads."""
    names = {"round_id": str(round_id), "digest": "0" * 64, "number": "7", "key": "guessed", "name": "guessed"}
    address = path.format(**names)
    if method == "GET":
        response = await person.client.get(person.base + address, allow_redirects=False, headers=headers)
    else:
        response = await person.post(address, fields, allow_redirects=False, headers=headers)
    response.close()
    return int(response.status)


def _cookie(person: Person) -> str:
    (morsel,) = [one for one in person.client.cookie_jar if one.key == COOKIE]
    return str(morsel.value)


async def _copied(room: OpenRoom, person: Person) -> Person:
    """Another browser with the same cookie."""
    copy = await room.person()
    copy.client.cookie_jar.update_cookies({COOKIE: _cookie(person)})
    return copy


def _rows(folder: Path) -> set[tuple[object, ...]]:
    return rows_of(folder / "quizbot.db")
