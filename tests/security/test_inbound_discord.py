"""Whatever comes from Discord is understood, refused in words, or left; it breaks nothing and stores nothing wrong."""

from functools import partial
from itertools import count
from typing import Any

import pytest

from adapters.discord import inbound
from adapters.discord.controls import position_of
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import Member, Space
from bot.domain.views import LONGEST_TYPED, MOST_FIELDS
from bot.services.banks.storing import import_document
from bot.services.chat.commands.table import COMMANDS
from tests.adapters.discord.conftest import (  # noqa: F401 - the fixtures are asked for by name
    ada,
    bot,
    channel,
    guild,
    host,
    make_settings,
    server,
    stack,
    start_bot,
)
from tests.adapters.stages.questions import SHORT
from tests.platforms.discord import payloads
from tests.security.mutating import Json, Mutations, parses_or_refuses
from tests.security.rows import rows_of

Bot = Any  # the fixtures' class: test folders aren't packages

SPACE = Space(id=1, adapter="discord", external_id="9", name="Study group", league_id=2)
PAYLOADS = 5_000
SOAKED = 500_000
"""Rounds of two payloads each."""
A_GATEWAY, SOAKED_AT_A_GATEWAY = 40, 4_000
"""Rounds of payloads that go through discord.py."""
OF_SERVERS, SOAKED_OF_SERVERS = 20, 2_000
"""Rounds of broken events about servers, members, channels and reactions."""
NO_EVENTS: tuple[Any, ...] = (None, [], {}, "x", 0, [None])
_ids = count(1_478_000_000_000_000_000)


def click(user: str, guild_id: str, channel_id: str, **data: object) -> Json:
    """A press of a button as Discord sends it."""
    who = {
        "user": {"id": user, "username": "eve", "global_name": None},
        "nick": None,
        "permissions": "0",
        "roles": ["8"],
    }
    where = {"guild_id": guild_id, "channel_id": channel_id, "app_permissions": "0", "message": {"flags": 0}}
    return {
        "id": str(next(_ids)),
        "token": f"t{next(_ids)}",
        "type": inbound.COMPONENT,
        "data": data,
        "member": who,
        **where,
    }


def sent(user: str, guild_id: str, channel_id: str, custom_id: str, fields: dict[str, str]) -> Json:
    """A modal that was submitted."""
    entries = [{"type": 4, "id": 2, "custom_id": name, "value": text} for name, text in fields.items()]
    parts = [{"type": 18, "id": 1, "component": entry} for entry in entries]
    data = {"custom_id": custom_id, "components": [{"type": 10, "id": 3}, *parts]}
    return click(user, guild_id, channel_id, **data) | {"type": inbound.SUBMITTED_MODAL}


def typed(user: str, guild_id: str, channel_id: str, command: str, **options: object) -> Json:
    """A slash command."""
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    group, _space, rest = command.partition(" ")
    listed = [{"name": rest, "type": 1, "options": given}] if rest else given
    return click(user, guild_id, channel_id, name=group, options=listed) | {"type": inbound.COMMAND}


def test_what_people_write_in_a_payload_is_understood_or_refused_in_words(soak: bool) -> None:
    for number in range(SOAKED if soak else PAYLOADS):
        some = Mutations(number)
        pressed = click(
            "5", "9", "7", custom_id=some.text("answer:17:", "answers:17", "submit:17:1,"), values=[some.text("1")]
        )
        pressed["member"]["nick"], pressed["member"]["user"]["username"] = some.text(), some.text()
        who = inbound.origin(pressed)
        assert who.name.strip()
        assert not who.manages
        answered = inbound.answer(pressed)
        if answered is not None:
            round_id, given = answered
            assert 0 <= round_id < 2**63
            assert all(0 <= position < 100 for position in given)
            assert inbound.submission(who, SPACE, round_id, given).member.external_id == "5"
        picked = inbound.picked(
            click("5", "9", "7", custom_id=some.text("unsent:17", "unsent:"), values=[some.text("1")])
        )
        assert picked is None or (0 <= picked[0] < 2**63 and all(0 <= position < 100 for position in picked[1]))
        form = inbound.form_asked_for(click("5", "9", "7", custom_id=some.text("form:17", "form:")))
        assert form is None or 0 <= form < 2**63
        fields = {some.text("0", "1", "2"): some.text("4", "3,5") for _ in range(some.chance.randrange(7))}
        submitted = inbound.answer(sent("5", "9", "7", some.text("typed:17", "typed:"), fields))
        if submitted is not None:
            assert 0 <= submitted[0] < 2**63
            assert len(submitted[1]) <= MOST_FIELDS
            assert set(submitted[1]) <= set(fields.values())
        asked = typed("5", "9", "7", some.chance.choice(list(COMMANDS)), topic=some.text(), count=some.text("1"))
        assert all(isinstance(value, str) for value in inbound.command(asked).options.values())
        assert list(inbound.uploads(asked)) == []
        inbound.completion(asked)
        assert position_of(some.text("🇦")) in {None, *range(26)}
        parses_or_refuses(some.text("/quiz ", "/daily ", "/league ", "/team "))


@pytest.mark.parametrize("broken", [False, True], ids=["people's texts", "broken payloads"])
async def test_the_gateway_brings_nothing_that_breaks_the_bot_or_is_stored_wrongly(
    bot: Bot,  # noqa: F811 - the fixture from above
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
    soak: bool,
    broken: bool,
) -> None:
    asked = await bot.daily_question()
    await import_document(bot.app, ParsedDocument(format="test", questions=(SHORT,)), bank="typed")
    words = await bot.ask(topic=SHORT.topic)
    await bot.settled()
    space, round_id = await bot.space(), (await bot.round(asked)).id
    eve = bot.server.add_user("Eve", bot.guild)
    where = (str(eve.id), str(bot.guild.id), str(bot.channel.id))
    opened = await (await bot.server.click(eve, words, words.button("Answer"))).replied()
    before = _kept(tmp_path)
    for number in range(SOAKED_AT_A_GATEWAY if soak else A_GATEWAY):
        some = Mutations(number)
        if number % A_GATEWAY == 0:  # so that no more waits than the bot finishes before it stops
            await (await bot.server.click(bot.ada, asked, f"answer:{round_id}:1")).replied()
        if not broken:
            await _send_texts(bot, some, eve, asked, round_id)
            await _submit_texts(bot, some, opened)
        for payload in _broken(some, where, round_id) if broken else ():
            bot.server.gateway.emit("INTERACTION_CREATE", payload, bot.guild)
        emoji = {"id": None, "name": _storable(some.text("🇦", "🇿"))}
        reaction = {"user_id": where[0], "channel_id": where[2], "message_id": str(asked.id), "guild_id": where[1]}
        reaction |= {"emoji": emoji, "burst": False, "type": 0}
        bot.server.gateway.emit("MESSAGE_REACTION_REMOVE", reaction, bot.guild)
    await bot.server.click(bot.ada, asked, f"answer:{round_id}:1")
    await bot.stored(lambda unit: _has_answered(unit, space, str(bot.ada.id), round_id), True)
    await bot.adapter._interactions.stop()
    assert _kept(tmp_path) == before, "only Ada and Eve have come, and answered"
    given = await bot.answers(asked)
    assert given["Ada"] == [1]
    assert all(position < 4 for positions in given.values() for position in positions)
    assert all(len(text) <= LONGEST_TYPED for texts in (await bot.answers(words)).values() for text in texts)
    told = "".join(capsys.readouterr())
    assert "never retrieved" not in told
    assert broken or "failed" not in told
    assert broken or "role_refused" in told


async def test_broken_events_about_servers_cost_neither_the_connection_nor_a_row(
    bot: Bot,  # noqa: F811 - the fixture from above
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    soak: bool,
) -> None:
    asked = await bot.daily_question()
    await bot.settled()
    eve = bot.server.add_user("Eve", bot.guild)
    spare, gone = bot.guild.add_channel("spare"), bot.server.add_guild("Gone")
    await bot.stored(partial(_is_known, str(gone.id)), True)
    before = _kept(tmp_path)
    for number in range(SOAKED_OF_SERVERS if soak else OF_SERVERS):
        some = Mutations(number)
        for event, payload in _of_servers(bot, eve, spare, gone):
            bot.server.gateway.emit_as_it_is(event, some.broken(payload))
            bot.server.gateway.emit_as_it_is(event, some.chance.choice(NO_EVENTS))
        await bot.app.storage.check()  # no server sends thousands of events before the bot has handled a single one
    await bot.server.gateway.flush()
    round_id = (await bot.round(asked)).id
    await (await bot.server.click(bot.ada, asked, f"answer:{round_id}:1")).replied()
    assert (await bot.answers(asked)) == {"Ada": [1]}
    assert bot.adapter._connection.problem() is None
    await bot.adapter.stop()
    left = [row for row in _kept(tmp_path) if str(gone.id) not in row]
    assert left == [row for row in before if str(gone.id) not in row], "only the other server may be left"
    told = "".join(capsys.readouterr())
    assert "event_malformed" in told
    assert "failed" not in told
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def _is_known(server_id: str, unit: Any) -> bool:
    return bool(await unit.spaces.known_as("discord", server_id))


def _of_servers(bot: Bot, eve: Any, spare: Any, gone: Any) -> list[tuple[str, Json]]:  # noqa: F811 - as above
    """One event of each kind about servers, as it should be; none of them ends anything that the bot does."""
    ids = {"guild_id": str(bot.guild.id)}
    member, place = payloads.member(bot.guild.members[eve.id]) | ids, payloads.channel(spare) | ids
    role = {"role": payloads.role(bot.guild.roles[0], 0)} | ids
    reaction = {"user_id": str(eve.id), "channel_id": str(spare.id), "message_id": "1", "burst": False, "type": 0}
    reaction |= ids | {"emoji": payloads.emoji("🇦")}
    return [
        ("GUILD_CREATE", payloads.guild_create(bot.guild, with_members=False)),
        ("GUILD_UPDATE", payloads.guild(bot.guild)),
        ("GUILD_CREATE", payloads.guild_create(gone, with_members=True)),
        *(
            ("GUILD_CREATE", payloads.guild_create(gone, with_members=True) | {"system_channel_id": id_})
            for id_ in (0, [])
        ),
        ("GUILD_DELETE", {"id": str(gone.id), "unavailable": True}),
        ("GUILD_MEMBER_ADD", member),
        ("GUILD_MEMBER_UPDATE", member),
        ("GUILD_MEMBER_REMOVE", {"user": payloads.user(eve)} | ids),
        ("GUILD_ROLE_CREATE", role),
        ("GUILD_ROLE_UPDATE", role),
        ("CHANNEL_CREATE", place),
        ("CHANNEL_UPDATE", place),
        ("CHANNEL_DELETE", place),
        ("THREAD_DELETE", {"id": str(spare.id), "parent_id": str(spare.id), "type": 11} | ids),
        ("MESSAGE_DELETE", {"id": "1", "channel_id": str(spare.id)} | ids),
        ("MESSAGE_DELETE_BULK", {"ids": ["1"], "channel_id": str(spare.id)} | ids),
        ("MESSAGE_REACTION_ADD", reaction | {"member": member, "message_author_id": str(bot.server.bot.id)}),
        ("MESSAGE_REACTION_REMOVE", reaction),
        ("MESSAGE_REACTION_REMOVE_ALL", {"channel_id": str(spare.id), "message_id": "1"} | ids),
    ]


async def _send_texts(bot: Bot, some: Mutations, eve: Any, asked: Any, round_id: int) -> None:  # noqa: F811 - as above
    """Everything that Eve may write anywhere, by a client that lets her."""
    wild = some.text(f"answer:{round_id}:", f"answers:{round_id}", f"submit:{round_id}:1,")
    await bot.server.click(eve, asked, wild, unchecked=True)
    await bot.server.select(eve, asked, f"unsent:{round_id}", [some.text("1"), some.text("0")], unchecked=True)
    await bot.server.select(eve, asked, f"answers:{round_id}", [some.text("1"), some.text("0")], unchecked=True)
    command, options = some.chance.choice(
        (("daily set", ("time", "zone", "name")), ("team join", ("name",)), ("link", ("code",)))
    )
    given = {name: _storable(some.text()) or "x" for name in options}
    await bot.server.command(eve, bot.channel, command, given, unchecked=True)
    await bot.server.autocomplete(eve, bot.channel, "quiz", "topic", _storable(some.text()))


async def _submit_texts(bot: Bot, some: Mutations, opened: Any) -> None:  # noqa: F811 - as above
    """Everything that may come in a modal, by a client that lets anybody send it."""
    fields = {"0": _storable(some.text("x"))} | {
        _storable(some.text("1")): "x" for _ in range(some.chance.randrange(3))
    }
    custom_id = some.chance.choice(("", some.text("typed:1"), some.text("form:")))
    await bot.server.submit(opened, fields, unchecked=True, custom_id=_storable(custom_id))


def _broken(some: Mutations, where: tuple[str, str, str], round_id: int) -> list[Json]:
    return [
        some.broken(click(*where, custom_id=f"answer:{round_id}:0", values=["0"])),
        some.broken(click(*where, custom_id=f"unsent:{round_id}", values=["0", "1"])),
        some.broken(click(*where, custom_id=f"submit:{round_id}:0,1")),
        some.broken(click(*where, custom_id=f"form:{round_id}")),
        some.broken(click(*where, custom_id=f"back:{round_id}")),
        some.broken(sent(*where, f"typed:{round_id}", {"0": "4"})),
        some.broken(typed(*where, "help")),
    ]


def _storable(text: str) -> str:
    """Half a character is none in JSON that discord.py decodes."""
    return text.encode("utf-8", "replace").decode()


async def _has_answered(unit: Any, space: Space, user: str, round_id: Any) -> bool:
    return bool(await unit.answers.of_member(Member(space_id=space.id, external_id=user, name=""), [round_id]))


def _kept(folder: Any) -> list[tuple[object, ...]]:
    """Everything but what answering and being seen leave behind."""
    kept = {"series", "rounds", "banks", "questions", "leagues", "teams", "spaces", "seasons"}
    return sorted((row for row in rows_of(folder / "quizbot.db") if row[0] in kept), key=repr)
