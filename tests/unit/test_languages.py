"""Every text for people passes through the catalogues, and each language has all of them, within every limit."""

import gettext
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from typing_extensions import override

from adapters.discord import outbound as discord
from adapters.discord.fitting import length
from adapters.slack import outbound as slack
from bot import i18n
from bot.i18n import LANGUAGES, known_language, use_language
from tests.platforms.slack.blockkit import problems
from tests.renderings import RENDERINGS, rendered
from tests.supply.catalogues import compiled

LOCALES = Path(i18n.__file__).parent / "locale"
TRANSLATED = [code for code in LANGUAGES if code != "en"]
FIELD = re.compile(r"(?<!\\)\{[^{}]*\}")
TAG = re.compile(r"</?\w+[^>]*>|&\w+;")
LONGEST_TEXT = "x" * 1_000
LONGEST_NAME = "W" * 60


@cache
def messages(language: str) -> list[Message]:
    with (LOCALES / language / "LC_MESSAGES" / "quizbot.po").open("rb") as lines:
        return [message for message in read_po(lines, language) if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """Each English text of a message with each of its translations."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], one) for one in message.string]


def named(message: Message) -> str:
    """A message by its context, if it has one, and its English."""
    return f"{message.context or ''}: {message.id}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_text(language: str) -> None:
    with (LOCALES / "messages.pot").open("rb") as lines:
        wanted = {named(message) for message in read_po(lines) if message.id}
    there = {named(message) for message in messages(language) if all(text for _english, text in forms(message))}
    assert sorted(wanted - there) == [], "translate them; CONTRIBUTING says how"
    assert sorted(there - wanted) == [], "these are no longer in the program: `make messages` takes them out"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_fields_and_tags_of_its_text(language: str) -> None:
    for message in messages(language):
        for english, text in forms(message):
            few = isinstance(message.id, tuple) and text is message.string[0]
            fields, wanted = sorted(FIELD.findall(text)), sorted(FIELD.findall(english))
            assert fields == wanted or (few and set(fields) <= set(wanted)), (english, text)
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(english)), (english, text)
            assert text.count("**") == english.count("**"), (english, text)
            assert text.count("\n") == english.count("\n"), (english, text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_program_reads_what_the_translators_wrote(language: str) -> None:
    path = LOCALES / language / "LC_MESSAGES" / "quizbot.po"
    made = compiled(path.read_bytes(), language)
    assert path.with_suffix(".mo").read_bytes() == made, "run `make messages` and commit"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_keeps_the_limits_of_the_platforms(language: str) -> None:
    with use_language(language):
        for name, text in product(RENDERINGS, (LONGEST_NAME, LONGEST_TEXT)):
            view = rendered(name, text)
            body = discord.message(view).body
            titles = [embed["title"] for embed in body["embeds"] if "title" in embed]
            texts = [embed.get("description", "") for embed in body["embeds"]]
            assert length(body["content"]) <= 2_000
            assert all(length(title) <= 256 for title in titles)
            assert sum(map(length, [*texts, *titles])) <= 6_000
            assert [problem for content in slack.contents(view) for problem in problems(content.blocks)] == []


class Marking(gettext.NullTranslations):
    """Translates every text into itself between brackets."""

    @override
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    @override
    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    @override
    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


CODE = re.compile(r"```.*?```", re.DOTALL)
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
NOT_TRANSLATED = re.compile(r"`[^`\n]*`|\bEurope/Berlin\b|\bUTC(?:\+\d\d:\d\d)?\b|\bCET\b")
"""What is the same in every language: commands, code and the names of zones."""


def shown(part: Any, key: str = "text") -> Iterator[str]:
    """The texts of a message that people see."""
    if isinstance(part, str):
        yield from (
            [part] if key not in {"type", "custom_id", "action_id", "block_id", "value", "style", "parse"} else []
        )
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from shown(value, name)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from shown(value, key)


@pytest.mark.parametrize("name", RENDERINGS)
def test_no_text_goes_past_the_catalogues(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", lambda _language: Marking())
    view = rendered(name, "§")
    for text in shown([discord.message(view).body, *(content.blocks for content in slack.contents(view))]):
        rest = CODE.sub("", text)
        while INNERMOST.search(rest):
            rest = INNERMOST.sub("", rest)
        assert re.findall(r"\w*[a-zA-Z]{2,}\w*", NOT_TRANSLATED.sub("", rest)) == [], text


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de-AT", "de"), ("pt-BR", "pt_BR"), ("pt", "pt_BR"), ("es-419", "es"), ("EN-us", "en"), ("xx", None), ("", None)],
)
def test_a_locale_is_one_of_the_languages(tag: str, language: str | None) -> None:
    assert known_language(tag) == language
