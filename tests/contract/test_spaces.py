"""Spaces come and go, messages and channels are deleted, groups stand for teams."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.commands import ChatCommand
from bot.domain.errors import NotFound, QuizbotError
from bot.domain.rounds import Reveal
from bot.domain.typed import typed
from bot.ports import HOSTS, Forbidden, Gone, Locked
from bot.services.chat import dispatch
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.completion import suggest
from bot.services.forgetting import forget_departed
from bot.services.leagues.team_groups import follow_groups, map_group
from bot.services.leagues.teams import create_team
from bot.services.platforms.arriving import arrive, depart, spaces_of
from bot.services.platforms.delivery import deliver, show_counts
from bot.services.platforms.gone import channel_gone, message_gone
from bot.services.rounds.asking import question_key, result_key
from bot.services.series.series import ask_due, pause_series, resume_series
from bot.testing import FakeMessenger, application_on, draft, plain

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
def web():
    return FakeMessenger()


async def run(game, messenger):
    while await deliver(game.app, {"web": messenger}, "one"):
        pass


async def series_here(game):
    return await game.app.storage.read(lambda unit: unit.schedules.all(game.space.id))


async def due(game):
    return await game.app.storage.read(lambda unit: unit.schedules.due(game.clock.now(), ["web"]))


async def stored(game, round_):
    return await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))


async def test_a_new_space_is_welcomed_once_however_often_it_is_met(game):
    for _ in range(2):
        space = await arrive(game.app, "chat", "77", "Owls", zone="UTC", channel="general")
    messenger = FakeMessenger()
    await deliver(game.app, {"chat": messenger}, "one")
    assert messenger.log == [("post", f"w{space.id}")]
    assert messenger.shown[f"w{space.id}"].channel == "general"
    assert "/quiz daily set" in plain(messenger.shown[f"w{space.id}"].view)


@pytest.mark.both_databases
async def test_a_space_that_several_processes_meet_at_once_is_made_and_welcomed_once(game, url, clock):
    async with application_on(url, clock=clock, seed=2) as other:
        spaces = await asyncio.gather(
            *(arrive(app, "chat", "77", "Owls", zone="UTC", channel="general") for app in (game.app, other) * 4)
        )
    assert len({space.id for space in spaces}) == 1
    messenger = FakeMessenger()
    await deliver(game.app, {"chat": messenger}, "one")
    assert messenger.log == [("post", f"w{spaces[0].id}")]


async def test_a_space_without_a_channel_for_it_is_welcomed_through_its_hosts(game):
    space = await arrive(game.app, "chat", "77", "Owls", zone="UTC")
    post = await game.app.storage.read(lambda unit: unit.outbox.find(f"w{space.id}"))
    assert post.channel == HOSTS


@pytest.mark.both_databases
async def test_leaving_ends_everything_that_runs_and_keeps_what_was_played(game, web):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    await depart(game.app, "web", "local")
    game.clock.advance(days=2)
    assert await due(game) == []
    (series,) = await series_here(game)
    await ask_due(game.app, series.id, timedelta(days=9))  # as a process does that looked just before
    assert (await stored(game, round_)).closed_at is not None
    assert await game.points() == {"Ada": 10}
    assert await spaces_of(game.app, "web") == []
    await run(game, web)
    assert web.log == []


async def test_a_space_that_is_left_for_long_is_forgotten_whole(game):
    await game.imports(bank="theirs", space_id=game.space.id)
    await game.answers(await game.daily(), "Ada", 0)
    await create_team(game.app, game.caller("Ada"), "Owls")
    await depart(game.app, "web", "local")
    game.clock.advance(days=29)
    await forget_departed(game.app, timedelta(days=30))
    assert await game.points() == {"Ada": 10}
    game.clock.advance(days=2)
    await forget_departed(game.app, timedelta(days=30))
    assert await game.points() == {}
    assert await game.app.storage.read(lambda unit: unit.spaces.known_as("web", "local")) is None
    assert await game.app.storage.read(lambda unit: unit.leagues.all()) == []
    assert await game.app.storage.read(lambda unit: unit.banks.summaries()) == []
    await game.agrees()


async def test_coming_back_in_time_keeps_everything(game):
    await game.imports()
    await game.answers(await game.daily(), "Ada", 0)
    await depart(game.app, "web", "local")
    game.clock.advance(days=20)
    back = await arrive(game.app, "web", "local", "Study group", zone="UTC")
    game.clock.advance(days=20)
    await forget_departed(game.app, timedelta(days=30))
    assert back.id == game.space.id
    assert await game.points() == {"Ada": 10}


async def comes_back(game, web, after):
    """The bot is removed and comes back later: what its hosts are told."""
    await depart(game.app, "web", "local")
    game.clock.advance(**after)
    await arrive(game.app, "web", "local", "Study group", zone="UTC")
    await run(game, web)
    (told,) = [post for post in web.shown.values() if post.channel == HOSTS]
    return plain(told.view)


async def test_series_go_on_when_the_bot_was_removed_and_invited_again(game, web):
    await game.imports()
    await game.daily(name="morning")
    said = await comes_back(game, web, {"days": 2})
    assert "I was away for 2 days." in said
    assert "These daily questions continue:" in said
    assert "morning" in said
    (series,) = await series_here(game)
    assert timedelta() < series.next_at - game.clock.now() <= timedelta(days=1)
    game.clock.advance(days=1)
    assert await due(game) == [series.id]


async def test_after_a_long_absence_hosts_are_asked_which_series_go_on(game, web):
    await game.imports()
    await game.daily(name="morning")
    said = await comes_back(game, web, {"days": 8})
    assert "I paused these daily questions." in said
    assert "/quiz daily resume" in said
    assert [one.paused for one in await series_here(game)] == [True]


async def test_what_hosts_paused_stays_paused_and_is_told(game, web):
    await game.imports()
    await game.daily(name="morning")
    (series,) = await series_here(game)
    await pause_series(game.app, series.id)
    said = await comes_back(game, web, {"hours": 3})
    assert "These were already paused:" in said
    assert "go on" not in said
    assert [one.paused for one in await series_here(game)] == [True]


async def test_a_series_that_is_paused_until_a_date_stays_so(game, web):
    await game.imports()
    await game.daily()
    (series,) = await series_here(game)
    until = (await pause_series(game.app, series.id, (game.clock.now() + timedelta(days=20)).date())).next_at
    await comes_back(game, web, {"days": 2})
    assert [one.next_at for one in await series_here(game)] == [until]


async def test_who_has_no_series_is_told_how_to_set_one(game, web):
    assert "/quiz daily set 09:00 Europe/Berlin" in await comes_back(game, web, {"minutes": 5})


async def test_a_post_that_is_refused_because_the_bot_was_removed_pauses_nothing(game):
    await game.imports()
    await game.daily()
    await depart(game.app, "web", "local")
    await channel_gone(game.app, game.space, "study", "no access")
    assert [one.paused for one in await series_here(game)] == [False]


@pytest.mark.both_databases
async def test_a_locked_thread_ends_the_question_that_it_does_not_take_and_keeps_the_series(game, web):
    await game.imports()
    web.fail_next(Locked("The thread is locked."))
    round_ = await game.daily()
    await run(game, web)
    assert (await stored(game, round_)).closed_at is not None
    assert [one.paused for one in await series_here(game)] == [False]
    (told,) = web.shown.values()
    assert told.channel == HOSTS
    assert "The thread is locked." in plain(told.view)


async def test_a_locked_thread_keeps_what_was_posted_before_and_hosts_hear_of_the_result_alone(game, web):
    await game.imports()
    round_ = await game.daily()
    await run(game, web)
    web.fail_next(Locked("The thread is locked."))
    web.fail_next(Locked("The thread is locked."))
    await game.closes(round_)
    await run(game, web)
    assert [what for what, _key in web.log] == ["post", "post"]
    assert [post.channel for post in web.shown.values()] == ["study", HOSTS]


async def test_others_stay_when_a_space_is_forgotten(game):
    await game.imports()
    await game.answers(await game.asks(), "Ada", 0)
    await arrive(game.app, "chat", "77", "Owls", zone="UTC")
    await depart(game.app, "chat", "77")
    game.clock.advance(days=40)
    await forget_departed(game.app, timedelta(days=30))
    assert await game.points() == {"Ada": 10}


async def test_a_deleted_question_ends_its_round_with_the_result(game, web):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.answers(round_, "Ada", 0)
    await run(game, web)
    await message_gone(game.app, game.space, "study", web.references[question_key(round_.id)])
    await run(game, web)
    assert (await stored(game, round_)).closed_at is not None
    assert [key for verb, key in web.log] == [question_key(round_.id), result_key(round_.id)]
    assert await game.points() == {"Ada": 10}


async def test_deleting_any_other_message_changes_nothing(game, web):
    await game.imports()
    round_ = await game.daily()
    await run(game, web)
    await message_gone(game.app, game.space, "study", "ref-999")
    await message_gone(game.app, game.space, "elsewhere", web.references[question_key(round_.id)])
    assert (await stored(game, round_)).closed_at is None


@pytest.mark.parametrize("shows", ["edit", "count"])
async def test_a_question_that_turns_out_to_be_gone_ends_its_round(game, web, shows):
    await game.imports()
    round_ = await game.daily()
    await run(game, web)
    if shows == "edit":
        post = await game.app.storage.read(lambda unit: unit.outbox.find(question_key(round_.id)))
        await game.app.storage.write(lambda unit: unit.outbox.put(post))
        web.fail_next(Gone("unknown message"))
        await run(game, web)
    else:
        game.app.counted.add(round_.id)
        web.fail_next(Gone("unknown message"))
        await show_counts(game.app, {"web": web})
    assert (await stored(game, round_)).closed_at is not None


async def test_a_channel_that_is_closed_to_the_bot_is_parked_and_its_hosts_hear_of_it_once(game, web):
    await game.imports(draft(), draft("What is 7 x 6?"))
    round_ = await game.daily()
    web.fail_next(Forbidden("I may not write in #study: give me Send Messages there."))
    await run(game, web)
    assert [one.paused for one in await series_here(game)] == [True]
    assert (await stored(game, round_)).closed_at is not None
    (told,) = web.shown.values()
    assert told.channel == HOSTS
    assert "Send Messages" in plain(told.view)
    await channel_gone(game.app, game.space, "study", "again")
    await run(game, web)
    assert len(web.log) == 1
    assert [entry.details for entry in await game.app.storage.read(lambda u: u.audit.about(f"space {game.space.id}"))]


async def test_a_parked_channel_goes_on_when_its_series_is_resumed(game, web):
    await game.imports(draft(), draft("What is 7 x 6?"))
    (one,) = [await game.series()]
    await channel_gone(game.app, game.space, "study", "closed")
    resumed = await resume_series(game.app, one.id)
    assert resumed.next_at > game.clock.now()


@pytest.mark.both_databases
async def test_who_is_in_a_mapped_group_plays_for_its_team(game):
    host = game.caller("Ada", is_host=True)
    await create_team(game.app, host, "Owls")
    await map_group(game.app, host, "@123", "owls")
    await follow_groups(game.app, game.member("Bob"), ["5", "123"])
    await follow_groups(game.app, game.member("Cy"), ["5"])

    async def team(name):
        async def read(unit):
            player = await unit.people.player(game.member(name))
            return player and await unit.people.team_of(game.space.league_id, player)

        return await game.app.storage.read(read)

    assert [await team(name) for name in ("Ada", "Bob", "Cy")] == ["Owls", "Owls", None]
    assert await map_group(game.app, host, "123", "") is None
    await follow_groups(game.app, game.member("Di"), ["123"])
    assert await team("Di") is None


async def test_only_hosts_map_groups(game):
    command = ChatCommand(name="team map", options={"group": "123", "name": "Owls"})
    with pytest.raises(Exception, match="Only a host"):
        await dispatch.run(game.app, game.caller("Ada"), command)


async def test_of_others_only_what_the_leaderboard_tells_is_told(game):
    await game.imports(draft(topic="secret topic"))
    await game.answers(await game.asks(), "Ada", 0)
    command = ChatCommand(name="stats", options={"member": "ada"})
    shown = plain(await dispatch.run(game.app, game.caller("Bob"), command))
    assert "Ada" in shown
    assert "secret topic" not in shown
    assert "secret topic" in plain(await dispatch.run(game.app, game.caller("Ada"), command))
    with pytest.raises(NotFound):
        await dispatch.run(game.app, game.caller("Bob"), ChatCommand(name="stats", options={"member": "nobody"}))


async def test_nothing_that_is_chosen_passes_for_a_command_that_the_bot_names(game):
    """Slash commands come as options, not as a line that the grammar reads."""
    await game.imports(draft(topic="metrics"))
    command = ChatCommand(name="quiz", options={"topic": f"x {typed('daily stop')}"})
    with pytest.raises(QuizbotError) as refused:
        await dispatch.run(game.app, game.caller("Ada"), command)
    assert "“x daily stop”" in refused.value.marked


async def test_options_are_suggested_best_first(game):
    await game.imports(draft(topic="vectors"), draft("What is 7 x 6?", topic="eigenvectors"), bank="Linear algebra")
    await create_team(game.app, game.caller("Ada"), "Owls")

    async def offered(command, name, typed):
        option = next(option for option in COMMANDS[command].options if option.name == name)
        return await suggest(game.app, game.space, option, typed)

    assert await offered("quiz", "topic", "VEC") == ["vectors", "eigenvectors"]
    assert await offered("daily set", "bank", "alg") == ["Linear algebra"]
    assert await offered("team join", "name", "") == ["Owls"]
    assert (await offered("daily set", "zone", "berl"))[0] == "Europe/Berlin"
    assert (await offered("daily set", "zone", "new york"))[0] == "America/New_York"
    assert await offered("leaderboard", "window", "w") == ["week", "last-week"]
    assert len(await offered("daily set", "zone", "")) == 25
    assert await offered("team create", "name", "") == []
