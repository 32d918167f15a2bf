"""Charts on the room's pages: their numbers, and who may see them."""

import re
from datetime import timedelta
from typing import Any

from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import METRIC

OpenRoom = Any  # the fixture's class: test folders aren't packages


async def asked(room: OpenRoom, host: Any) -> Any:
    """Ask a question of the room's own, and return its round."""
    document = ParsedDocument(format="quizbot", questions=(METRIC,))
    await import_document(room.app, document, bank="ours", space_id=await room.space_id())
    await host.say("/quiz metrics")
    await room.deliver()
    return (await room.rounds())[-1]


async def test_everybody_sees_their_own_answers_and_nobody_elses(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await asked(room, ada)
    await ada.answer(round_id, await room.right_pick(round_id))
    await ada.get("/me")
    assert "Streak 1 day in a row Right 100% Answered 1" in ada.text
    assert re.findall(r'class="in-heat-1">(\d+)<', ada.page) == ["1"]
    assert "1 of 1 (100%)" in ada.text
    await bob.get("/me")
    assert "You haven't answered yet." in bob.text
    assert "in-heat" not in bob.page


async def test_hosts_see_how_a_question_was_answered_once_it_is_closed(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await asked(room, ada)
    right = await room.right_pick(round_id)
    await ada.answer(round_id, right)
    await bob.answer(round_id, (right + 1) % 4)
    await ada.get("/hosting/bank?bank=ours")
    address = re.search(r'href="(/hosting/question\?id=\d+)"', ada.page)
    assert address
    await ada.get(address[1])
    assert "How it was answered" not in ada.text
    await close_round(room.app, round_id)
    await ada.get(address[1])
    assert "Asked 1 time to everybody. Hard: 1 of 2 got it (50%)." in ada.text
    assert "Recall ✓ right 1 50%" in ada.text
    assert (await bob.get(address[1])).status == 403


async def test_standings_follow_the_best_over_the_weeks_for_whoever_may_see_them(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.say("/quiz team create Owls")
    await bob.say("/quiz team join Owls")
    await ada.post("/standings", {"public": "on"})
    for week in range(2):
        await ada.get("/standings")
        assert "Total points" not in ada.text  # a first week has nothing to be compared with
        round_id = await asked(room, ada)
        right = await room.right_pick(round_id)
        await bob.answer(round_id, right)
        await ada.answer(round_id, right if week else (right + 1) % 4)
        await close_round(room.app, round_id)
        if not week:
            room.app.clock.advance(timedelta(days=7))
    await ada.get("/standings?window=all")
    assert "Total points over 2 weeks" in ada.text
    assert "1 Bob 10 20 2 Ada 0 10" in ada.text
    assert ada.page.count("<polyline") == 2
    stranger = await room.person()
    public = re.search(r"/public/[\w-]+", ada.page)
    assert public
    await stranger.get(public[0] + "?window=all")
    assert "1 Bob 10 20 2 Ada 0 10" in stranger.text
    await ada.get("/standings?window=all&by=team")
    assert "Scores over 2 weeks" in ada.text
    assert "1 Owls 5 15" in ada.text
    assert ada.page.count("<polyline") == 1
    await ada.get("/standings?window=all&by=question")
    assert "<polyline" not in ada.page
