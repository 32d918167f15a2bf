"""Hosts decide where people may ask for quick questions."""

import pytest

from bot.testing import Conversation, draft

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def people(game):
    """A host and a member in the study channel, and the member elsewhere."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    host = Conversation(game.app, game.space, speaker="Hana", is_host=True)
    ada = Conversation(game.app, game.space, speaker="Ada")
    return host, ada, Conversation(game.app, game.space, speaker="Ada", channel="elsewhere")


@pytest.mark.both_databases
async def test_quick_questions_are_kept_to_a_channel(people):
    host, ada, elsewhere = people
    await host.follows([("/quiz question quick here", "Everybody can ask quick questions here;")])
    await ada.follows([("/quiz", None)])
    await elsewhere.follows([("/quiz", "a channel of their own. To ask here just for yourself: /quiz private=yes")])
    await elsewhere.follows([("/quiz private=yes", None)])


async def test_quick_questions_are_for_oneself_alone(people):
    host, ada, _elsewhere = people
    await host.follows([("/quiz question quick private", "but only for themselves")])
    await ada.follows([("/quiz", "/quiz private=yes"), ("/quiz private=yes", None)])


async def test_quick_questions_are_turned_off_and_on_again(people):
    host, ada, _elsewhere = people
    await host.follows([("/quiz question quick off", "Quick questions are off.")])
    await ada.follows([("/quiz", "turned quick questions off"), ("/quiz private=yes", "turned quick questions off")])
    await host.follows([("/quiz daily set 09:00 UTC", "is set"), ("/quiz daily now", None)])
    await host.follows([("/quiz question quick everywhere", "in any channel")])
    await ada.follows([("/quiz", None)])


async def test_the_rule_is_shown_from_where_its_reader_is(people, game):
    host, _ada, _elsewhere = people
    await host.follows([("/quiz question quick", "in any channel"), ("/quiz question quick here", "questions here;")])
    away = Conversation(game.app, game.space, speaker="Hana", is_host=True, channel="elsewhere")
    await away.follows([("/quiz question quick", "in another channel")])


async def test_another_word_is_refused_with_those_there_are(people):
    host, _ada, _elsewhere = people
    await host.follows([("/quiz question quick never", "isn't one of the choices: everywhere, here, private, off.")])
