"""What protects the room: headers, names, tokens, origins, and failures that tell nothing."""

import io
import re
from typing import Any

import aiohttp
import pytest

from adapters.web import study

OpenRoom = Any  # the fixture's class: test folders aren't packages


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/room.js", "/healthz"])
async def test_every_response_forbids_what_the_room_doesnt_need(room: OpenRoom, path: str) -> None:
    headers = (await (await room.person("Ada")).get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


async def test_pages_need_nothing_inline_and_nothing_from_elsewhere(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    for path in ("/", "/standings", "/import"):
        await ada.get(path)
        assert not re.search(r"<style|\sstyle=|\son\w+=|(?:src|href|action)=[\"'](?:\w+:|//)", ada.page)
        assert not re.search(r"<script(?! src=[^>]+></script>)", ada.page)


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(room: OpenRoom) -> None:
    response = await (await room.person()).get()
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "169.254.1.1", ""])
async def test_names_that_were_pointed_at_this_machine_are_not_answered(room: OpenRoom, host: str) -> None:
    response = await (await room.person()).get("/", headers={"Host": host})
    assert response.status in {400, 421}
    assert "Your name" not in await response.text()


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "127.0.0.1", "[::1]:8080"])
async def test_this_machines_own_names_are(room: OpenRoom, host: str) -> None:
    assert (await (await room.person()).get("/", headers={"Host": host})).status == 200


@pytest.mark.parametrize("token", ["", "wrong", "é"])
@pytest.mark.parametrize("path", ["/say", "/join", "/import", "/rounds/1/answer"])
async def test_a_form_without_our_token_does_nothing(room: OpenRoom, path: str, token: str) -> None:
    ada = await room.person("Ada")
    response = await ada.post(path, {"csrf": token, "text": "/quiz", "name": "Eve", "pick": "0"})
    assert response.status == 400
    assert "out of date" in ada.text


async def test_a_token_of_another_browser_does_nothing(room: OpenRoom) -> None:
    ada, eve = await room.person("Ada"), await room.person("Eve")
    assert (await ada.post("/say", {"csrf": eve.csrf, "text": "/quiz"})).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_form_on_another_site_is_refused(room: OpenRoom, headers: dict[str, str]) -> None:
    ada = await room.person("Ada")
    response = await ada.post("/say", {"text": "/quiz"}, headers=headers)
    assert response.status == 403
    assert "another site" in ada.text


async def test_without_a_session_pages_lead_to_the_door_and_scripts_are_told(room: OpenRoom) -> None:
    stranger = await room.person()
    response = await stranger.get("/standings")
    assert response.url.path == "/"
    assert (await stranger.get("/transcript", headers={"Quizbot-Fragment": "1"})).status == 401
    assert (await stranger.get("/events", headers={"Accept": "text/event-stream"})).status == 401


async def test_an_unknown_address_gets_a_friendly_page(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    for path in ("/nowhere", "/static/../adapter.py", "/static/nothing.js", "/import/unknown"):
        response = await ada.get(path)
        assert response.status == 404
        assert "Back to the room" in ada.text


async def test_a_failure_shows_an_id_and_no_insides(
    room: OpenRoom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ada = await room.person("Ada")

    async def broken(*_: object) -> None:
        raise RuntimeError("insides")

    monkeypatch.setattr(study.dispatch, "run", broken)
    assert (await ada.say("/quiz")).status == 500
    assert "insides" not in ada.page
    shown = ada.text.split("under ")[1].split(".")[0]
    assert shown in capsys.readouterr().out


async def test_too_much_is_said_kindly(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert (await ada.say("/quiz " + "x" * 600)).status == 400
    assert "too long" in ada.text
    form = aiohttp.FormData({"csrf": ada.csrf})
    form.add_field("file", io.BytesIO(b"x" * (13 * 1024**2)), filename="large.txt")
    assert (await ada.post("/import", form)).status == 413
    assert "too large" in ada.text


async def test_a_form_that_is_cut_off_is_said_kindly(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await ada.client.post(f"{ada.base}/say", data=b"--x\r\nbroken", headers=headers)
    assert response.status == 400
    response = await ada.client.post(f"{ada.base}/say", data=b"a=b", headers={"Content-Type": "multipart/form-data"})
    assert response.status == 400


async def test_only_the_hosts_upload_may_be_large(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    large = {"text": "x" * 200_000}
    assert (await bob.post("/say", large)).status == 413
    assert (await bob.post("/import", large)).status == 403
    assert (await ada.post("/import", large)).status in {200, 400}
