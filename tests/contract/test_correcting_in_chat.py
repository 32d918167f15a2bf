"""Hosts correct and withdraw what was asked, and see who hasn't answered, without leaving the chat."""

import pytest

from bot.domain.errors import BadInput, NotAllowed
from bot.domain.rounds import Reveal
from bot.services.banks.storing import import_document
from bot.services.chat import dispatch
from bot.services.leagues.spaces import ensure_space
from bot.testing import Conversation, document, draft

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def host(game):
    """A host of the space, who has a bank with one question."""
    await game.imports(draft("Which one?", "Shadow", "Canary", "Blue"), space_id=game.space.id)
    return Conversation(game.app, game.space, is_host=True)


async def view(game, text):
    """The message with which the bot replies to a host."""
    return await dispatch.handle(game.app, game.caller(is_host=True), text)


def pressed(view, label):
    """The command that a button runs."""
    (command,) = (one.command for part in view.sections for one in part.buttons if one.label == label)
    return command.plain


async def test_a_key_is_corrected_with_buttons_from_the_list_of_what_was_asked(game, host):
    round_ = await game.asks()
    await game.answers(round_, "Bob", 1)
    assert await game.points() == {"Bob": 0}
    listed = await view(game, "/quiz question recent")
    assert listed.sections[0].title == "1. Which one?"
    choices = await view(game, pressed(listed, "Correct 1"))
    assert "Right answer until now: A, Shadow." in choices.text
    assert "**B.** Canary" in choices.sections[0].text
    asked = await view(game, pressed(choices, "B"))
    assert "From now on: B, Canary." in asked.sections[0].text
    assert await game.points() == {"Bob": 0}, "nothing has changed yet"
    await host.follows(
        [
            (
                pressed(asked, "Correct it"),
                "The right answer is now B, Canary. 1 answer from before counts differently",
            ),
        ]
    )
    assert await game.points() == {"Bob": 10}


async def test_a_question_is_withdrawn_only_after_a_second_look(game, host):
    await game.answers(await game.asks(), "Bob", 0)
    listed = await view(game, "/quiz question recent")
    asked = await view(game, pressed(listed, "Withdraw 1"))
    assert "This can't be undone" in asked.sections[0].text
    assert await game.points() == {"Bob": 10}
    command = pressed(asked, "Withdraw it")
    await host.follows([(command, "The question is withdrawn. 1 answer"), ("/quiz question recent", "Withdrawn.")])
    assert await game.points() == {}
    with pytest.raises(BadInput, match="is withdrawn"):
        await view(game, command)


async def test_what_is_typed_needs_a_number_and_a_possible_key(game, host):
    round_ = await game.asks()
    with pytest.raises(BadInput, match="Which question"):
        await view(game, "/quiz question withdraw")
    with pytest.raises(BadInput, match="names no choice"):
        await view(game, f"/quiz question correct {round_.question_id} Z")


async def test_questions_of_other_banks_are_listed_but_stay_as_they_are(game, host):
    await game.imports(draft("Everybody's?"), bank="common")
    theirs = await ensure_space(game.app, "web", "theirs", "Theirs", "UTC")
    await import_document(game.app, document(draft("Theirs?")), bank="theirs", space_id=theirs.id)
    asked = [await game.asks(), await game.asks()]
    listed = await view(game, "/quiz question recent")
    assert [bool(part.buttons) for part in listed.sections].count(False) == 1
    refused = 0
    for round_ in asked:
        try:
            await view(game, f"/quiz question withdraw {round_.question_id}")
        except NotAllowed:
            refused += 1
    assert refused == 1


async def test_hosts_see_who_is_missing_by_name_only_where_the_league_says_so(game, host):
    before = await game.daily(reveal=Reveal.AT_CLOSE)
    for name in ("Ada", "Bob", "Cy"):
        await game.answers(before, name, 0)
    await game.closes(before)
    await game.imports(draft("And now?"), bank="more")
    now = await game.asks()
    await game.answers(now, "Cy", 0)
    await host.follows([("/quiz question unanswered", "And now?…2 of 3 haven't answered.…To see their names")])
    assert "Bob" not in await host.says("/quiz question unanswered")
    await host.follows(
        [
            ("/quiz league set name_unanswered=yes", "Hosts see who hasn't answered yet: by name"),
            ("/quiz question unanswered", "2 of 3 haven't answered. Ada, Bob"),
        ]
    )
    for name in ("Ada", "Bob"):
        await game.answers(now, name, 0)
    await host.follows(
        [("/quiz question unanswered", "Everybody who has answered here in the last four weeks has answered it.")]
    )


async def test_a_yes_to_one_key_is_none_to_another(game, host):
    question = (await game.asks()).question_id
    asked = await view(game, f"/quiz question correct {question} B")
    assert pressed(asked, "Correct it").startswith(f"/quiz question correct id={question} key=B confirm=")
    other = await view(game, pressed(asked, "Correct it").replace("key=B", "key=C"))
    assert "From now on: C, Blue." in other.sections[0].text
    for command in (f"correct id={question} confirm=yes key=B", f"withdraw {question} confirm=yes"):
        assert "this question?" in (await view(game, f"/quiz question {command}")).sections[0].title
