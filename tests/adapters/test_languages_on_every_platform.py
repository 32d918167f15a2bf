"""Everybody is spoken to in their own language, and the channel in the one that its hosts chose.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object (``locale``),
https://docs.slack.dev/reference/methods/users.info (``include_locale``), RFC 9110, section 12.5.4 (``Accept-Language``)
"""

from datetime import timedelta

from bot.i18n import gettext, use_language
from tests.adapters.stages import Stage
from tests.adapters.stages.questions import METRIC


def in_german(text: str) -> str:
    """What the catalogue makes of a text, so that a better translation breaks no test."""
    with use_language("de"):
        german = gettext(text)
    assert german != text
    return german


async def test_two_people_read_the_same_reply_each_in_their_own_language(stage: Stage):
    ada, bernd = await stage.person("Ada"), await stage.person("Bernd", locale="de")
    title = "What you can type"
    assert in_german(title) in await bernd.says("/quiz help")
    told = await ada.says("/quiz help")
    assert title in told
    assert in_german(title) not in told


async def test_what_is_refused_is_said_in_the_readers_language(stage: Stage):
    bernd = await stage.person("Bernd", locale="de-DE")
    assert in_german("Only a host can do that.") in await bernd.says("/quiz daily pause")


async def test_the_channel_reads_the_language_that_its_hosts_chose(stage: Stage):
    await stage.imports(METRIC)
    boss = await stage.boss()
    assert "Deutsch" in await boss.says("/quiz language Deutsch")
    await boss.says("/quiz daily set 12:00 Europe/Berlin")
    stage.wait(timedelta(hours=2))
    await stage.shows(in_german("Question {number} · {topic}").split("{", maxsplit=1)[0])


async def test_a_language_that_nobody_speaks_is_refused_with_those_there_are(stage: Stage):
    told = await (await stage.boss()).says("/quiz language Klingon")
    for said in ("Klingon", "Deutsch (de)", "English (en)"):
        assert said in told
