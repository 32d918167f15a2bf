"""What the adapter uses of discord.py although it isn't documented; a version that lacks it is told here first."""

import threading

import discord
import pytest
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import HTTPClient, Ratelimit, Route

from adapters.discord.buckets import Bucket

ADVICE = f"discord.py {discord.__version__} has it no more: see adapters/discord/library.py and buckets.py"


@pytest.fixture
def client():
    return discord.AutoShardedClient(intents=discord.Intents.none())


async def test_events_are_read_by_parsers_that_can_be_replaced(client):
    parsers = client._connection.parsers
    assert isinstance(parsers, dict), ADVICE
    assert parsers.keys() >= {"READY", "RESUMED", "INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE"}, ADVICE


def test_heartbeats_are_threads_that_know_their_connection():
    assert issubclass(KeepAliveHandler, threading.Thread), ADVICE
    assert callable(KeepAliveHandler.stop), ADVICE
    assert "ws" in KeepAliveHandler.__init__.__code__.co_names, ADVICE
    assert "_connection" in DiscordWebSocket.from_client.__code__.co_names, ADVICE


def test_classes_say_where_discord_is():
    assert Route.BASE.startswith("https://"), ADVICE
    assert str(DiscordWebSocket.DEFAULT_GATEWAY).startswith("wss://"), ADVICE


async def test_requests_wait_at_an_object_that_can_be_replaced(client):
    http = client.http
    assert isinstance(http._buckets, dict), ADVICE
    assert callable(http._try_clear_expired_ratelimits), ADVICE
    assert isinstance(http.get_ratelimit("a key"), Ratelimit), ADVICE


def test_such_an_object_has_all_that_discord_py_uses_of_it():
    names = {"__aenter__", "__aexit__", "is_inactive", "remaining", "update"}
    used = set(HTTPClient.request.__code__.co_names) | set(HTTPClient._try_clear_expired_ratelimits.__code__.co_names)
    # reset is also what is done to a file before it is sent again.
    theirs = {name for name in (*dir(Ratelimit), *Ratelimit.__slots__) if not name.startswith("_")}
    assert used & theirs - {"reset"} <= names, f"{ADVICE}, and what a Bucket needs now"
    assert names <= {*dir(Bucket), "remaining"}
