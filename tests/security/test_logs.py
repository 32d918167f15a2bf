"""Every line of the log is one event in the form that was set, and none lets whoever reads it act for somebody."""

import json
import subprocess
import sys

import pytest

EVERYTHING = """
import asyncio, logging, sys, threading, warnings
from aiohttp.http_exceptions import BadHttpMessage
from bot import logs

logs.configure("info", as_json=True, whole_process=True)

def failing(text):
    raise ValueError(text)

def logged(name, text):
    try:
        failing(text)
    except ValueError:
        logging.getLogger(name).exception("It failed: %s", text)

for name in ("aiohttp.client", "slack_bolt", "discord.gateway", "asyncio", "apscheduler.scheduler"):
    logging.getLogger(name).warning("two\\nlines of %s", name)
    for secret in sys.argv[1:]:
        logged(name, secret)
try:
    raise BadHttpMessage("Invalid header: b'Cookie: session=hush-hush'")
except BadHttpMessage:
    logging.getLogger("aiohttp.server").exception("Error handling request from %s", "127.0.0.1")
warnings.warn("an old thing")

class Broken:
    def __del__(self):
        failing("in the collector")

Broken()

async def forgotten():
    asyncio.get_running_loop().create_task(asyncio.sleep(0)).add_done_callback(lambda _task: failing("in a callback"))
    await asyncio.sleep(0.01)

asyncio.run(forgotten())
thread = threading.Thread(target=failing, args=("in a thread",), name="worker")
thread.start()
thread.join()
failing("at the end " + sys.argv[1])
"""
SECRETS = [
    "xoxb-123-456-hush-hush",
    "xapp-1-A1-hush-hush",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhushX." + "hush-hush" * 4,
    "postgresql+asyncpg://quizbot:hush-hush@db.example.org/quizbot",
    "Cookie: session=hush-hush; more=hush-hush",
    "Authorization: Bearer hush-hush",
    "https://hooks.slack.com/actions/T1/2/hush-hush",
    "https://discord.com/api/v10/webhooks/1/hush-hush/messages/@original",
]


@pytest.fixture(scope="module")
def lines():
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", EVERYTHING, *SECRETS],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_every_line_is_json_with_a_time_a_level_and_an_event(lines):
    events = [json.loads(line) for line in lines]
    assert all({"event", "level", "timestamp"} <= event.keys() for event in events)
    assert {"aiohttp.client", "slack_bolt", "discord.gateway", "asyncio", "aiohttp.server", "py.warnings"} <= {
        event.get("logger") for event in events
    }
    told = "\n".join(lines)
    for what in ("an old thing", "in the collector", "in a callback", "in a thread", "at the end"):
        assert what in told, what


def test_no_line_tells_a_secret(lines):
    assert [line for line in lines if "hush" in line] == []


def test_of_a_malformed_request_only_its_kind_is_told(lines):
    (event,) = [json.loads(line) for line in lines if "aiohttp.server" in line]
    assert event["event"] == "Error handling request from 127.0.0.1: BadHttpMessage"
    assert "exception" not in event


def test_for_people_secrets_are_hidden_as_well():
    code = EVERYTHING.replace("as_json=True", "as_json=False")
    done = subprocess.run(
        [sys.executable, "-c", code, *SECRETS], check=False, capture_output=True, text=True, timeout=60
    )
    assert "Traceback" in done.stderr
    assert "hush" not in done.stderr
