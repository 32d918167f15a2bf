"""Formulas and code take a while, so no page of the room renders them on the event loop, whoever sees it."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from adapters.web import markdown
from bot.domain.commands import Caller
from bot.domain.drafts import QuestionDraft
from bot.domain.identity import Member
from bot.services.banks.storing import import_document
from bot.services.rounds.asking import ask_now
from bot.services.rounds.closing import close_round
from bot.testing import document
from tests.adapters.web.test_events import listening, next_event

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any
Rendered = Counter[bool]

SUGGEST = "/questions/suggest"
SLOW = {
    "kind": "choice",
    "question": "Is $a^2$ this?\n\n```python\nreturn 1\n```",
    "answers": "* $b^2$\n> Since $c^2$.\n$d^2$",
    "explanation": "Because $e^2$.",
    "topic": "algebra",
    "do": "send",
}
DUMP = "1. Which is $x^2$?\nA. $y^2$\nB. two\nC. three\nD. four\nAnswer: A\n"

ASKED = QuestionDraft(
    line=1, stem="Is $x^2$?", choices=("$y^2$", "two", "three"), key=(0,), explanation="As $z^2$.", topic="algebra"
)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Rendered:
    """How many formulas and pieces of code were rendered on the event loop, and how many elsewhere."""
    counted: Rendered = Counter()

    def watched(render: Callable[..., str]) -> Callable[..., str]:
        def counting(*args: Any, **kwargs: Any) -> str:
            counted[threading.current_thread() is threading.main_thread()] += 1
            return render(*args, **kwargs)

        return counting

    markdown.forget()
    monkeypatch.setattr(markdown, "mathml", watched(markdown.mathml))
    monkeypatch.setitem(markdown._parser.options, "highlight", watched(markdown.highlighted))
    return counted


async def cold(person: Person, path: str, rendered: Rendered) -> None:
    """Open a page when nothing on it has been rendered yet."""
    markdown.forget()
    rendered.clear()
    assert (await person.get(path)).status == 200
    assert rendered[False]
    assert not rendered[True]


async def test_a_private_reply_is_rendered_elsewhere(room: OpenRoom, rendered: Rendered) -> None:
    bob = await room.person("Bob")
    await bob.get(SUGGEST)
    await bob.post(SUGGEST, SLOW)
    assert bob.page.count("<math") == 6, "the title tells the right choice, too"
    assert rendered[False]
    assert not rendered[True]
    await cold(bob, "/", rendered)
    await cold(bob, "/transcript", rendered)


async def test_rounds_their_events_and_the_standings_are_rendered_elsewhere(room: OpenRoom, rendered: Rendered) -> None:
    ada = await room.person("Ada")
    await import_document(room.app, document(ASKED), bank="formulas", space_id=await room.space_id())
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    member = Member(space_id=space.id, external_id="nobody", name="Nobody")
    caller = Caller(space=space, channel="study", member=member, is_host=False)
    async with listening(ada) as news:
        (round_,) = await ask_now(room.app, caller, topic="algebra")
        await room.deliver()
        while (await next_event(news))[0] != "changed":
            pass
    assert rendered[False]
    assert not rendered[True]
    await ada.get()
    await ada.answer(round_.id, 0)
    await close_round(room.app, round_.id)
    await room.deliver()
    await cold(ada, "/", rendered)
    await cold(ada, "/standings?by=question", rendered)


async def test_what_was_found_in_a_file_is_rendered_elsewhere(room: OpenRoom, rendered: Rendered) -> None:
    ada = await room.person("Ada")
    await ada.get("/import")
    found = await ada.post("/import", {"text": DUMP})
    assert "<math" in ada.page
    await cold(ada, found.url.path, rendered)
