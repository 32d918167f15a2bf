"""The channel: questions, answers, receipts, commands; and what must not be seen too early."""

import re
from datetime import time, timedelta
from typing import Any

import pytest

from adapters.web import transcript
from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Timetable
from bot.domain.views import MessageView
from bot.ports import HOSTS, Post
from bot.services.rounds.asking import ask_now
from bot.services.rounds.closing import close_round
from bot.services.series.series import add_series, ask_in_series_now

OpenRoom = Any  # the fixture's class: test folders aren't packages

SECRETS = ("the-right-one-because", "a-wrong-one-because", "explained-in-general")


async def ask(room: OpenRoom, topic: str, private_to: Member | None = None) -> Any:
    """A question on a topic, as `/quiz` asks it."""
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    member = private_to or Member(space_id=space.id, external_id="nobody", name="Nobody")
    caller = Caller(space=space, channel="study", member=member, is_host=False)
    (round_,) = await ask_now(room.app, caller, topic=topic, private=private_to is not None)
    await room.deliver()
    return round_


async def test_a_new_room_has_its_first_question(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    assert "Question of the day" in ada.text
    assert len(await room.rounds()) == 1


async def test_what_is_said_to_the_hosts_is_seen_by_the_host_alone(room: OpenRoom) -> None:
    host, bob = await room.person("Ada"), await room.person("Bob")
    view = MessageView(text="The bank runs low.")
    post = Post(key="n1", space_id=await room.space_id(), channel=HOSTS, view=view, posted_at=room.app.clock.now())
    await room.app.storage.write(lambda unit: unit.outbox.put(post))
    await room.deliver()
    for who in (host, bob):
        await who.get()
    assert "The bank runs low." in host.text
    assert "The bank runs low." not in bob.text


async def test_an_answer_gets_a_receipt_that_only_its_owner_sees(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.answer(round_.id, await room.right_pick(round_.id))
    assert "is right!" in ada.text
    assert SECRETS[0] in ada.page
    await bob.get()
    assert not [secret for secret in SECRETS if secret in bob.page]
    assert "Only you can see this" not in bob.text


async def test_nothing_in_the_page_tells_the_key_before_it_may_be_known(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada = await room.person("Ada")
    message = re.search(rf'<article[^>]+id="m-q{round_.id}".*?</article>', ada.page, re.DOTALL)
    assert message
    html = message[0]
    assert not [secret for secret in SECRETS if secret in ada.page]
    assert not re.search(r"right|wrong|correct|explan|data-key", html.split("</h2>")[1], re.IGNORECASE)
    assert re.findall(r'name="pick" value="(\d+)"', html) == ["0", "1", "2", "3"]
    # Apart from its position, letter and text, each choice looks like any other.
    rows = re.findall(r'<li class="choice.*?</li>', html, re.DOTALL)
    bare = {
        re.sub(r'<span class="text".*?</span>|-\d|value="\d"|"[A-D]"|>[A-D]<', "", row, flags=re.DOTALL) for row in rows
    }
    assert len(rows) == 4
    assert len(bare) == 1


def choices(page: str, round_id: int) -> list[str]:
    """What a question's choices say, where they stand."""
    found = re.search(rf'<article[^>]+id="m-q{round_id}".*?</article>', page, re.DOTALL)
    assert found
    rows = re.findall(r'<li class="choice.*?</li>', found[0], re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]


async def test_a_verdict_marks_the_choices_where_they_stand_and_they_cant_be_changed_any_more(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada = await room.person("Ada")
    right = await room.right_pick(round_.id)
    wrong = (right + 1) % 4
    await ada.answer(round_.id, wrong)
    for _again in range(2):
        rows = choices(ada.page, round_.id)
        assert rows[right].endswith(f"Recall ✓ right {SECRETS[0]}")
        assert rows[wrong].endswith(f"✗ wrong your answer {SECRETS[1]}")
        assert len(rows) == 4, "each is listed once"
        assert ada.page.count(SECRETS[2]) == 1
        assert f"isn't it this time. It's {'ABCD'[right]}, Recall." in ada.text
        assert f'action="/rounds/{round_.id}/answer"' not in ada.page
        await ada.get()


async def test_a_verdict_says_what_comes_next(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.answer(round_.id, (await room.right_pick(round_.id) + 1) % 4)
    assert "this week" not in bob.text
    await ada.answer(round_.id, await room.right_pick(round_.id))
    assert "is right! 10 points. First this week." in ada.text
    assert re.search(r"Next question \d+ \w+, 09:00 \w+ +Ask me another +Standings", ada.text)
    await ada.insists("/daily stop")
    assert "Next question" not in ada.text
    assert "Ask me another" in ada.text


async def test_where_the_close_reveals_the_result_has_the_verdict_and_the_question_only_marks(room: OpenRoom) -> None:
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    timetable = Timetable(at=time(9), zone="UTC")
    series = await add_series(room.app, space, "study", timetable, topic="metrics", reveal=Reveal.AT_CLOSE)
    round_ = await ask_in_series_now(room.app, series.id)
    ada = await room.person("Ada")
    right = await room.right_pick(round_.id)
    await ada.answer(round_.id, right)
    assert "✓ right" not in ada.text
    await close_round(room.app, round_.id)
    await room.deliver()
    await ada.get()
    question, result = ada.text.split("Result of this question")
    assert f"{'ABCD'[right]} Recall ✓ right your answer" in question
    assert SECRETS[2] not in question
    assert all(words in result for words in ("is right! 10 points.", *SECRETS, "Ask me another"))


async def test_a_click_that_comes_too_late_or_twice_gets_a_kind_word(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada = await room.person("Ada")
    await ada.answer(round_.id, 1)
    await ada.answer(round_.id, 1)
    await ada.answer(round_.id, 0)
    assert "Your first answer stands." in ada.text
    await close_round(room.app, round_.id)
    await room.deliver()
    bob = await room.person("Bob")
    assert (await bob.answer(round_.id, 0)).status == 200
    assert "This question has closed" in bob.text


@pytest.mark.parametrize("path", ["/rounds/1/answer", "/rounds/99999999999999999999999/answer", "/rounds/x/answer"])
async def test_a_round_that_isnt_there_gets_a_kind_page(room: OpenRoom, path: str) -> None:
    ada = await room.person("Ada")
    response = await ada.post(path, {"pick": "0"})
    assert response.status in {400, 404}
    assert "Back to the room" in ada.text


async def test_positions_out_of_range_are_refused_kindly(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada = await room.person("Ada")
    assert (await ada.answer(round_.id, 77)).status == 200
    assert "That choice doesn't exist" in ada.text


async def test_several_are_ticked_and_too_few_are_said(room: OpenRoom) -> None:
    round_ = await ask(room, "ensembles")
    ada = await room.person("Ada")
    assert "Choose 2." in ada.text
    assert ada.page.count('type="checkbox"') >= 4
    await ada.answer(round_.id, 0)
    assert "Please choose exactly 2." in ada.text
    await ada.answer(round_.id, 0, 1)
    assert sum("your answer" in row for row in choices(ada.page, round_.id)) == 2
    assert f'action="/rounds/{round_.id}/answer"' not in ada.page


async def test_reactions_are_toggles_that_carry_the_sign_before_the_choice(room: OpenRoom) -> None:
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    timetable = Timetable(at=time(9), zone="UTC")
    series = await add_series(room.app, space, "study", timetable, topic="metrics", answer_with=AnswerWith.REACTIONS)
    round_ = await ask_in_series_now(room.app, series.id)
    ada = await room.person("Ada")
    assert ada.page.count("🇦") == ada.page.count("🇧") == 2
    path = f"/rounds/{round_.id}/reaction"
    await ada.post(path, {"sign": "1"})
    assert "Saved: B." in ada.text
    await ada.post(path, {"sign": "2"})
    assert "Changed to C." in ada.text
    await ada.post(path, {"sign": "2"})
    assert "Taken back" in ada.text
    assert 'aria-pressed="true"' not in ada.page
    assert not [secret for secret in SECRETS if secret in ada.page]


async def test_a_private_question_is_its_owners_alone(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    member = Member(space_id=await room.space_id(), external_id="ada", name="Ada")
    round_ = await ask(room, "metrics", private_to=member)
    await ada.get()
    await bob.get()
    assert f"m-q{round_.id}" in ada.page
    assert f"m-q{round_.id}" not in bob.page
    assert (await bob.answer(round_.id, 0)).status == 404


async def test_the_close_shows_everybody_how_it_went(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    right = await room.right_pick(round_.id)
    await ada.answer(round_.id, right)
    await bob.answer(round_.id, (right + 1) % 4)
    await close_round(room.app, round_.id)
    await room.deliver()
    cy = await room.person("Cy")
    for somebody in (ada, bob, cy):
        await somebody.get()
        result = somebody.text.split("Result of this question")[-1]
        assert all(words in result for words in ("Right answer", "1 (50%)", "✓ right", "This week so far"))
        assert ("your answer" in result) is (somebody is not cy)
        assert all((secret in result) is (somebody is cy) for secret in SECRETS), "who answered was told at once"


async def test_the_question_of_the_day_is_pinned_while_it_is_open_however_much_is_said(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (daily,) = await room.rounds()
    space_id = await room.space_id()
    pinned = rf'<a class="pinned" id="pinned" href="#m-q{daily}" +data-open'
    assert re.search(pinned, ada.page)
    for number in range(transcript.LATEST + 1):
        post = Post(
            key=f"n{number}",
            space_id=space_id,
            channel="study",
            view=MessageView(text=str(number)),
            posted_at=room.app.clock.now(),
        )
        await room.app.storage.write(lambda unit, post=post: unit.outbox.put(post))
    await ada.get()
    assert re.search(pinned, ada.page)
    assert f'id="m-q{daily}"' in ada.page
    assert ada.text.count("Question of the day") == 1, "in the line at the top"
    assert ada.text.count("Question 1") == 1, "as the first message"
    await close_round(room.app, daily)
    await ada.get()
    assert re.search(r'<a class="pinned" id="pinned" href="#log" hidden', ada.page)


async def test_the_page_and_its_messages_are_compressed_and_say_from_when_they_are(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    page, messages = await ada.get(), await ada.get("/transcript")
    assert {one.headers["Content-Encoding"] for one in (page, messages)} <= {"gzip", "deflate"}
    assert messages.headers["Quizbot-Since"] == room.adapter.hub.moment
    await ada.get()
    assert f'data-since="{room.adapter.hub.moment}"' in ada.page


async def test_times_are_exact_and_readable_without_javascript(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada = await room.person("Ada")
    closes = (round_.opened_at + timedelta(hours=1)).isoformat(timespec="seconds")
    assert f'<time datetime="{closes}" data-style="full">' in ada.page
    assert re.search(r"Closes <time[^>]+>\d+ \w+, \d\d:\d\d CES?T</time>", ada.page)


async def test_commands_answer_in_private_and_chat_is_met_with_a_hint(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.say("hello <b>all</b>")
    assert "takes commands" in ada.text
    assert "hello <b>all</b>" in ada.text
    await ada.say("/help")
    assert "For everybody" in ada.text
    await ada.say("/nonsense *x*")
    assert "I don't know “/nonsense”" in ada.text
    await bob.get()
    assert "hello" not in bob.text
    assert "For everybody" not in bob.text


async def test_earlier_private_replies_fold_up_and_each_can_be_dismissed(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.say("/help")
    await ada.say("/stats")
    assert re.findall(r'<details class="fold" (\w*)>', ada.page) == ["", "open"]
    keys = re.findall(r'name="key" value="(w\d+)"', ada.page)
    assert len(keys) == 2
    await ada.post("/dismiss", {"key": keys[1]})
    assert "You typed /stats" not in ada.text
    assert re.findall(r'<details class="fold" (\w*)>', ada.page) == ["open"]


async def test_quiz_brings_another_question_to_all(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    before = len(await room.rounds())
    await ada.say("/quiz metrics")
    assert len(await room.rounds()) == before + 1
    await bob.get()
    assert "Quick question" in bob.text


async def test_host_commands_are_the_hosts(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.say("/daily stop")
    assert "Only a host" in bob.text
    await ada.say("/daily show")
    assert "09:00" in ada.text


async def test_the_scripts_fragment_is_only_what_changed(room: OpenRoom) -> None:
    round_ = await ask(room, "metrics")
    ada = await room.person("Ada")
    response = await ada.post(f"/rounds/{round_.id}/answer", {"pick": "0"}, headers={"Quizbot-Fragment": "1"})
    html = await response.text()
    assert html.count("<article") == 1
    assert "<html" not in html
    whole = await (await ada.get("/transcript")).text()
    assert whole.count("<article") == len(await room.rounds())
