"""The web room: how soon the command answers, what an idle room takes, and how fast a class comes in by its code."""

import asyncio
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from adapters.web.adapter import WebAdapter
from bot.bootstrap import application, import_starter_bank
from bot.domain.identity import Member
from bot.process import running
from bot.services.people.class_codes import make_code
from bot.settings import Settings
from tests.bench.figures import Figure
from tests.bench.sizes import Size

QUIZBOT = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())")
_A_CLASS = 30
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def room(_size: Size) -> Iterator[Figure]:
    """Each is measured once; the idle room is one that has its tables and its starter bank."""
    yield Figure(name="help_processor_s", value=_help_s(), unit="s", goal=0.4, at_most=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{folder}/quizbot.db", web_port=0, var_dir=Path(folder), zone="UTC"
        )
        took = asyncio.run(_class_joins(settings))
        yield Figure(name=f"class_of_{_A_CLASS}_joins_s", value=took, unit="s", goal=60, at_most=True)
        if Path("/proc/self/status").exists():
            yield Figure(name="idle_room_mib", value=_idle_mib(settings), unit="MiB", goal=80, at_most=True)


def _help_s() -> float:
    """Return the processor seconds of listing the commands."""
    before = _of_children_s()
    subprocess.run([*QUIZBOT, "--help"], check=True, capture_output=True)
    return _of_children_s() - before


def _of_children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _class_joins(settings: Settings) -> float:
    """Return the seconds that a class takes whose browsers all open the room at once."""
    async with application(settings) as app:
        await import_starter_bank(app)
        adapter = WebAdapter(app)
        async with running(app, [adapter]) as address:
            await _join(address, "Teacher", "")
            space = await app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
            if space is None:
                raise LookupError("there is no room")
            code = await make_code(app, Member(space_id=space.id, external_id="teacher", name="Teacher"))
            began = time.perf_counter()
            await asyncio.gather(*(_join(address, f"Pupil {number}", code.letters) for number in range(_A_CLASS)))
            return time.perf_counter() - began


async def _join(address: str, name: str, code: str) -> None:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        token = _TOKEN.search(await (await client.get(address)).text())
        if token is None:
            raise LookupError("the page has no form")
        form = {"csrf": unescape(token[1]), "name": name, "class_code": code}
        page = await (await client.post(f"{address}/join", data=form)).text()
        if f'<bdi class="name">{name}</bdi>' not in page:
            raise LookupError(f"{name} isn't in the room")


def _idle_mib(settings: Settings) -> float:
    """Return what a process takes that serves a room to which nobody has come since it started."""
    own = {
        "QUIZBOT_DATABASE_URL": settings.database_url,
        "QUIZBOT_VAR_DIR": str(settings.var_dir),
        "QUIZBOT_WEB_PORT": "0",
    }
    command, there = [*QUIZBOT, "run"], os.environ | own
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=there) as bot:
        try:
            if bot.stdout is None or not bot.stdout.readline():
                raise LookupError("the bot didn't start")
            status = Path(f"/proc/{bot.pid}/status").read_text()
        finally:
            bot.terminate()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
