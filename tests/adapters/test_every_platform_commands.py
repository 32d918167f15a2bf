"""What can be typed, and what is said to it: the same on every platform."""

from datetime import timedelta

from aiohttp import ClientSession

from tests.adapters.stages import Stage
from tests.adapters.stages.questions import METRIC, PAIR, UNKEYED

DAILY = "/quiz daily set 09:00 Europe/Berlin"
FILE = b"""\
1. Which service stores objects?
A. Amazon S3
B. Amazon EC2
C. Amazon SQS
Answer: A
"""


async def test_a_process_that_serves_the_platform_says_that_it_is_ready(stage: Stage):
    async with ClientSession() as client, client.get(f"{stage.bot.address}/readyz") as answer:
        assert answer.status == 200, await answer.text()


async def test_a_host_sets_the_daily_question_and_sees_when_it_comes(stage: Stage):
    boss = await stage.boss()
    told = await boss.says(f"{DAILY} days=mon-fri")
    assert "The daily question is set" in told
    assert "Monday to Friday at 09:00 Berlin time, starting tomorrow, Tuesday 3 March." in told
    told = await boss.says(f"{DAILY} days=mon-fri".replace("set", "preview"))
    for moment in ("Tue 2026-03-03 09:00", "Tue 2026-03-03 08:00", "Mon 2026-03-09 09:00"):  # in Berlin and in UTC
        assert moment in told
    assert "Sat" not in told


async def test_the_daily_question_comes_when_its_time_comes(stage: Stage):
    await stage.imports(METRIC)
    await (await stage.boss()).says("/quiz daily set 12:00 Europe/Berlin")
    assert METRIC.stem not in await stage.watcher.sees()
    stage.wait(timedelta(hours=2))
    await stage.shows("Question 1")


async def test_a_daily_question_is_shown_paused_resumed_and_stopped(stage: Stage):
    boss = await stage.boss()
    for typed, said in (
        ("/quiz daily show", "No daily question here yet."),
        (DAILY, "starting tomorrow, Tuesday 3 March."),
        ("/quiz daily show", "09:00 Europe/Berlin, daily, buttons, result at once, next: Tue 2026-03-03 09:00"),
        ("/quiz daily pause", "Paused."),
        ("/quiz daily show", "paused"),
        ("/quiz daily resume", "next: Tue 2026-03-03 09:00"),
        ("/quiz daily stop", "Stop the daily question?"),
        ("/quiz daily show", "09:00 Europe/Berlin"),
    ):
        assert said in await boss.says(typed), typed
    assert "Stopped. Points and past questions stay." in await boss.insists("/quiz daily stop", "Stop it")
    assert "No daily question here yet." in await boss.says("/quiz daily show")


async def test_a_preview_shows_when_it_would_come_and_sets_nothing(stage: Stage):
    boss = await stage.boss()
    told = await boss.says("/quiz daily preview 09:00 Europe/London days=mon-fri")
    for said in (
        "Tue 2026-03-03 09:00",
        "Europe/London isn't UTC: in summer its clock is an hour ahead.",
        "in UTC it moves from 09:00 to 08:00 on Mon 2026-03-30.",
        "Set it:",
        "days",
    ):
        assert said in told, said
    assert "No daily question here yet." in await boss.says("/quiz daily show")


async def test_a_channel_has_several_daily_questions_told_apart_by_name(stage: Stage):
    boss = await stage.boss()
    for typed, said in (
        (DAILY, "The daily question is set"),
        ("/quiz daily set 18:30 Europe/Berlin name=evening every=2", "evening: Every 2 days at 18:30 Berlin time"),
        ("/quiz daily pause name=evening until=2026-03-09", "paused until Tue 2026-03-10 18:30"),
        ("/quiz daily show", "09:00 Europe/Berlin, daily, buttons, result at once, next: Tue 2026-03-03 09:00"),
    ):
        assert said in await boss.says(typed), typed
    assert "Stopped." in await boss.insists("/quiz daily stop name=evening", "Stop it")
    assert "is named “evening”." in await boss.says("/quiz daily show name=evening")


async def test_whoever_is_no_host_is_refused_in_words_and_nothing_changes(stage: Stage):
    boss, ada = await stage.boss(), await stage.person("Ada")
    await boss.says(DAILY)
    for typed in (
        "/quiz daily set 10:00 Europe/Berlin",
        "/quiz daily preview 10:00 Europe/Berlin",
        "/quiz daily pause",
        "/quiz daily now",
        "/quiz daily stop",
        "/quiz bank list",
        "/quiz bank review study",
    ):
        assert "Only a host can do that." in await ada.says(typed), typed
    assert "09:00 Europe/Berlin, daily, buttons, result at once, next: Tue" in await boss.says("/quiz daily show")


async def test_a_time_or_zone_that_is_none_is_said_and_nothing_is_set(stage: Stage):
    boss = await stage.boss()
    assert "25:00" in await boss.says("/quiz daily set 25:00 Europe/Berlin")
    assert "Europe/Nowhere" in await boss.says("/quiz daily set 09:00 Europe/Nowhere")
    assert "No daily question here yet." in await boss.says("/quiz daily show")


async def test_a_daily_question_that_came_due_while_the_bot_was_away_is_asked_late(stage: Stage):
    await stage.imports(METRIC)
    await (await stage.boss()).says("/quiz daily set 11:00 Europe/Berlin")
    await stage.restart(away=timedelta(hours=2))
    await stage.shows("Question 1")


async def test_a_daily_question_that_is_too_late_is_skipped_and_those_in_charge_are_told(stage: Stage):
    await stage.imports(METRIC)
    await (await stage.boss()).says("/quiz daily set 11:00 Europe/Berlin")
    await stage.restart(away=timedelta(days=1))
    assert METRIC.stem not in await stage.watcher.sees()


async def test_a_new_week_begins_with_how_the_last_one_ended(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("days=mon")
    await (await stage.person("Ada")).answers(question.letter("Recall"), to=question)
    stage.wait(timedelta(days=7))
    await stage.shows("Last week's leaderboard")


async def test_a_topic_that_nobody_asks_about_is_refused_with_those_that_there_are(stage: Stage):
    await stage.imports(METRIC, PAIR)
    told = await stage.watcher.says("/quiz cooking")
    assert "No question is ready on “cooking”. There are: ensembles, metrics. For all commands type" in told
    assert "help" in told.partition("For all commands type")[2]
    assert METRIC.stem not in await stage.watcher.sees()


async def test_where_no_question_is_ready_that_is_said(stage: Stage):
    boss = await stage.boss()
    await boss.says(f"{DAILY} topic=cooking")
    assert "No question is ready for this series." in await boss.says("/quiz daily now")
    assert "No question is ready yet." in await boss.says("/quiz")


async def test_players_are_ranked_best_first(stage: Stage):
    await stage.imports(METRIC, PAIR)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    single = await stage.quiz("metrics")
    await ada.answers(single.letter("Accuracy"))
    await bob.answers(single.letter("Recall"))
    pair = await stage.quiz("ensembles")
    await bob.answers(pair.letter("Bagging"), pair.letter("Dropout"))
    assert list((await stage.points()).items()) == [("Bob", 20), ("Ada", 0)]


async def test_teams_are_ranked_by_the_mean_of_those_who_answered(stage: Stage):
    await stage.imports(METRIC)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    await ada.says("/quiz team create Owls")
    await bob.says("/quiz team join Owls")
    question = await stage.quiz()
    await ada.answers(question.letter("Recall"))
    await bob.answers(question.letter("Accuracy"))
    assert await stage.points("team") == {"Owls": 5}


async def test_teams_are_founded_joined_listed_and_left(stage: Stage):
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    for who, typed, said in (
        (ada, "/quiz team list", "There are no teams yet."),
        (ada, "/quiz team create Night Owls", "Team Night Owls is created, and you are in it."),
        (bob, "/quiz team create night owls", "There is a team “night owls” already."),
        (bob, "/quiz team join Larks", "No team “Larks” yet (teams: Night Owls)."),
        (bob, "/quiz team join night owls", "You play for Night Owls now."),
        (ada, "/quiz team list", "Night Owls: Ada, Bob"),
        (ada, "/quiz team leave", "You left Night Owls."),
        (ada, "/quiz team leave", "You are in no team."),
        (ada, "/quiz team list", "Night Owls: Bob"),
    ):
        assert said in await who.says(typed), typed


async def test_stats_tell_ones_own_accuracy_by_topic_to_oneself(stage: Stage):
    await stage.imports(METRIC, PAIR)
    ada = await stage.person("Ada")
    single = await stage.quiz("metrics")
    await ada.answers(single.letter("Recall"))
    pair = await stage.quiz("ensembles")
    await ada.answers(pair.letter("Bagging"), pair.letter("More features"))
    told = await ada.says("/quiz stats")
    for said in ("1 of 2 right (50%), 10 points, 1 day in a row.", "metrics: 1/1 (100%)", "ensembles: 0/1 (0%)"):
        assert said in told
    assert "1 of 2 right" not in await stage.watcher.sees()


async def test_everything_stored_about_somebody_is_shown_to_them_alone(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    await ada.answers(question.letter("Recall"))
    told = await ada.says("/quiz privacy export")
    for said in ("Everything stored about you", '"name": "Ada"', f'"account": "{ada.id}"', '"points": 10'):
        assert said in told
    assert "Everything stored" not in await stage.watcher.sees()


async def test_whoever_has_everything_deleted_is_gone_from_standings_and_past_results(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    for somebody in (ada, bob):
        await somebody.answers(question.letter("Recall"), to=question)
    await stage.closes()
    assert "Ada: 10 points" in (await stage.result()).text
    assert "Done: your answers, points and name are deleted." in await ada.insists(
        "/quiz privacy delete", "Delete it for good"
    )
    assert "Ada" not in await stage.watcher.sees()
    assert "Bob: 10 points" in (await stage.result()).text
    assert await stage.points() == {"Bob": 10}


async def test_help_tells_what_can_be_typed_and_hosts_more(stage: Stage):
    everybody, host = await stage.watcher.says("/quiz help"), await (await stage.boss()).says("/quiz help")
    for told in (everybody, host):
        assert "leaderboard" in told
        assert "privacy export" in told
    assert "daily set" in host
    assert "daily set" not in everybody


async def test_banks_are_listed_with_what_is_in_them(stage: Stage):
    await stage.imports(METRIC, PAIR, UNKEYED)
    told = await (await stage.boss()).says("/quiz bank list")
    (row,) = [line.split() for line in told.splitlines() if line.split()[:1] == ["study"]]
    assert row == ["study", "2", "1", "0", "0"]


async def test_questions_that_are_not_asked_are_reviewed_with_the_reason(stage: Stage):
    await stage.imports(METRIC, UNKEYED)
    told = await (await stage.boss()).says("/quiz bank review study")
    assert "no right answer is known" in told
    assert UNKEYED.stem in told
    assert METRIC.stem not in told


async def test_a_host_brings_questions_of_their_own_and_they_are_asked(stage: Stage):
    boss = await stage.boss()
    assert "1 question found: 1 ready." in await boss.brings("own.txt", FILE)
    assert "1 question is ready to be asked." in await boss.clicks("Import 1 question")
    assert "Which service stores objects?" in (await stage.quiz()).text


async def test_nobody_else_brings_questions(stage: Stage):
    await (await stage.person("Ada")).brings("own.txt", FILE)
    assert "There are no question banks yet." in await (await stage.boss()).says("/quiz bank list")
