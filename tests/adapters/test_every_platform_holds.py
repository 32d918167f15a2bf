"""What must hold whatever people type, send and try: the same on every platform."""

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from bot.domain.commands import Caller
from bot.domain.drafts import QuestionDraft
from bot.domain.identity import Member
from bot.domain.questions import MAX_CHOICES
from bot.services.leagues.spaces import ensure_space
from bot.services.rounds.asking import ask_now
from tests.adapters.stages import Person, Seen, Stage
from tests.adapters.stages.questions import METRIC, PAIR, SECRETS

OpenStage = Callable[[], AbstractAsyncContextManager[Stage]]

HOSTILE = (
    "@everyone @here <!channel> <!here> <@{id}> <#1> [free](https://evil.example) <b>bold</b> &amp; 2 * 3 * 4 = 24, "
    "snake_case ~~not struck~~ ||no spoiler|| :tada: a lone ` or 5* or _x in C:\\new # end"
)
"""Each of these would ping somebody, link somewhere or change the layout on some platform."""
CODE = "What does it print?\n\n```python\nfor n in range(2):\n    print(f'<@{n}>', n * 2 * 3)\n```"


def hostile(stage: Stage) -> str:
    """The same with the id of somebody who is there."""
    return HOSTILE.format(id=stage.watcher.id)


def on_one_line(text: str) -> str:
    """Without regard to where the lines end, and to how a link says where it leads."""
    return " ".join(text.split()).replace("free (https://evil.example)", "[free](https://evil.example)")


async def test_commands_that_fail_or_are_refused_are_limited_too(
    open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QUIZBOT_LIMIT_MESSAGES", "3/1h")
    async with open_stage() as stage:
        mallory, bob = await stage.person("Mallory"), await stage.person("Bob")
        told = [await mallory.says(f"/quiz {typed}") for typed in ("topic=none", "daily pause", "link 0000-0000-0000")]
        assert not any("That was a lot at once" in one for one in told)
        assert "That was a lot at once. Try again in" in await mallory.says("/quiz topic=none")
        assert "That was a lot at once" not in await bob.says("/quiz topic=none")


async def test_a_question_shows_what_was_typed_and_pings_nobody(stage: Stage):
    text = hostile(stage)
    choices = tuple(f"{name} {text}" for name in ("one", "two", "three", "four"))
    await stage.imports(QuestionDraft(line=1, stem=text, choices=choices, key=(0,)))
    question = await stage.quiz()
    shown = on_one_line(question.text)
    for typed in (text, *choices):
        assert typed in shown
    assert stage.pings() == []


async def test_a_verdict_and_a_result_show_explanations_as_typed_and_ping_nobody(stage: Stage):
    text = hostile(stage)
    why = tuple(f"{name} {text}" for name in ("one", "two", "three", "four"))
    await stage.imports(replace(METRIC, explanation=text, choice_explanations=why))
    ada, question = await stage.person("Ada"), await stage.quiz()
    verdict = await ada.answers(question.letter("Recall"))
    await stage.closes()
    for shown in (on_one_line(verdict), on_one_line((await stage.result()).text)):
        for typed in (text, *why):
            assert typed in shown
    assert stage.pings() == []


async def test_code_keeps_its_lines_and_what_is_in_them(stage: Stage):
    await stage.imports(QuestionDraft(line=1, stem=CODE, choices=("`n * 2`", "`<b>`", "C", "D"), key=(0,)))
    question = await stage.quiz()
    assert "for n in range(2):\n    print(f'<@{n}>', n * 2 * 3)" in question.text
    assert {question.letter(choice) for choice in ("n * 2", "<b>")} <= set("ABCD")


async def test_choices_that_begin_like_lists_headings_and_quotes_are_none(stage: Stage):
    choices = ("- 5 degrees", "1. e4 e5", "# include", "> 3 | 4")
    await stage.imports(QuestionDraft(line=1, stem="# Which one is\n> a quote?", choices=choices, key=(0,)))
    question = await stage.quiz()
    assert {question.letter(choice) for choice in choices} == set("ABCD")
    assert "# Which one is > a quote?" in on_one_line(question.text)


async def test_four_choices_of_a_thousand_characters_stand_in_full(stage: Stage):
    choices = tuple(" ".join(f"{name}{number:03}" for number in range(200)) for name in ("v", "w", "x", "y"))
    assert {len(choice) for choice in choices} == {999}
    await stage.imports(QuestionDraft(line=1, stem="Which is long?", choices=choices, key=(0,)))
    question = await stage.quiz()
    for choice in choices:
        assert choice in on_one_line(question.text)


async def test_a_question_as_long_as_it_may_be_is_asked_answered_and_explained(stage: Stage):
    long = " ".join(f"word{number}" for number in range(1_000))
    choices = tuple(f"{number} {long[:400]}" for number in range(MAX_CHOICES))
    await stage.imports(
        QuestionDraft(line=1, stem=long, choices=choices, key=(0,), explanation=long, choice_explanations=choices)
    )
    await stage.quiz()
    assert "Y is" in await (await stage.person("Ada")).answers("Y")
    await stage.closes()
    assert "1 answered." in (await stage.result()).text


async def test_names_of_people_and_teams_are_shown_and_ping_nobody(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    names = ("@everyone <!channel> *x*", "_y_ `z` <b>Z [a](b) 1.", "Zoë 李雷 👩‍🚀")
    for name in names:
        somebody = await stage.person(name)
        await somebody.answers(question.letter("Recall"), to=question)
        await somebody.says(f'/quiz team create "Team {name}"')
    seen = ("＠everyone <!channel> *x*", *names[1:])  # a sign like the real one, which calls nobody
    await stage.stored(dict.fromkeys(seen, question.letter("Recall")))
    await stage.closes()
    for name in seen:
        assert f"{name}: 10 points" in (await stage.result()).text
        assert f"Team {name}: {name}" in await stage.watcher.says("/quiz team list")
    assert await stage.points() == dict.fromkeys(seen, 10)
    assert stage.pings() == []


@pytest.mark.parametrize("reveal", ["on_answer", "at_close"])
async def test_nothing_that_is_sent_before_the_verdict_explains_the_answer(stage: Stage, reveal: str):
    await stage.imports(METRIC)
    question = await stage.daily(f"reveal={reveal}")
    ada = await stage.person("Ada")
    for typed in ("/quiz help", "/quiz leaderboard", "/quiz stats", "/quiz privacy export"):
        await ada.says(typed)
    if reveal == "at_close":
        await ada.answers("A", to=question)
        await ada.answers("B", to=question)
    assert [secret for secret in SECRETS if secret in stage.sent()] == []
    assert METRIC.stem in stage.sent()


async def test_what_is_sent_is_the_same_whichever_choice_is_right(open_stage: OpenStage):
    sources = []
    for key in (0, 3):
        async with open_stage() as stage:
            await stage.imports(replace(METRIC, key=(key,)))
            sources.append(_without_chance(await stage.quiz()))
    assert sources[0] == sources[1]


def _without_chance(question: Seen) -> str:
    """A message as it was sent, but for ids, times and tokens."""
    return re.sub(r"[\w-]{32}|T\d\d:\d\d:\d\d|\d{5,}", "#", question.source)


async def test_after_a_restart_an_open_question_takes_answers_and_changes(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    await ada.answers("A", to=question)
    await stage.restart()
    assert "Changed to B." in await ada.answers("B", to=question)
    assert "Saved: C." in await bob.answers("C", to=question)
    await stage.stored({"Ada": "B", "Bob": "C"})


async def test_a_reaction_given_while_the_bot_was_away_is_read_when_it_is_back(stage: Stage):
    if reason := stage.lacks.get("absence"):
        pytest.skip(reason)
    await stage.imports(METRIC)
    question = await stage.daily("answer_with=reactions")
    ada = await stage.person("Ada")
    await ada.reacts("D", to=question)
    await stage.stored({"Ada": "D"})
    await stage.bot.stop()
    await ada.reacts("D", on=False, to=question)
    await ada.reacts("B", to=question)
    await stage.bot.start()
    await stage.stored({"Ada": "B"})


async def test_a_close_right_after_a_lost_connection_counts_what_nobody_heard(stage: Stage):
    if reason := stage.lacks.get("absence"):
        pytest.skip(reason)
    await stage.imports(METRIC, PAIR)
    question = await stage.daily("answer_with=reactions")
    ada, boss = await stage.person("Ada"), await stage.boss()
    async with stage.unheard():
        await ada.reacts("B", to=question)
    assert await boss.says("/quiz daily now") == ""
    assert await stage.bot.answers(question.round_id) == {"Ada": "B"}
    assert (await stage.bot.round(question.round_id)).closed_at is not None


async def test_positions_that_there_are_not_are_refused_and_store_nothing(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    for position in (4, 25, 99):
        assert "That choice doesn't exist." in await ada.forges(question, position=position)
    await stage.stored({})


async def test_rounds_that_there_are_not_or_are_elsewhere_are_refused_and_store_nothing(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    elsewhere = await asked_elsewhere(stage)
    for round_id in (1, elsewhere, 2**63 - 1):
        assert "This question isn't here any more." in await ada.forges(question, round_id=round_id)
    assert await stage.bot.answers(elsewhere) == {}
    await stage.stored({})


async def asked_elsewhere(stage: Stage):
    """A round in another space that the same bot is in."""
    app = stage.bot.app
    space = await ensure_space(app, "elsewhere", "1", "Another group", "UTC")
    member = Member(space_id=space.id, external_id="1", name="Somebody")
    (round_,) = await ask_now(app, Caller(space=space, channel=stage.channel, member=member, is_host=False))
    return round_.id


async def test_fifty_people_at_once_are_all_told_and_all_stored(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.quiz()
    crowd: list[Person] = [await stage.person(f"Player {number}") for number in range(50)]
    told = await asyncio.gather(
        *(person.answers("ABCD"[number % 4], to=question) for number, person in enumerate(crowd))
    )
    right = sum("is right! 10 points." in one for one in told)
    assert (right, sum("isn't it this time." in one for one in told)) in {(12, 38), (13, 37)}
    assert len(await stage.bot.answers(question.round_id)) == 50
