"""User groups stand for teams, and files that somebody shares become banks."""

from typing import Any

from tests.platforms.slack.workspace import File

Bot = Any  # the fixtures' classes: test folders aren't packages


class Linked(File):
    """A file that is kept elsewhere."""

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"url_private_download": "https://elsewhere.example/exam.txt"}


EXAM = b"1. Which service keeps objects in buckets?\nA. Amazon EBS\nB. Amazon S3\nAnswer: B\n"


async def test_whoever_is_in_a_mapped_group_plays_for_its_team(bot: Bot) -> None:
    group = bot.team.add_group("owls", [bot.bob])
    await bot.says("team create Owls")
    assert "plays for Owls" in await bot.says(f"team map <!subteam^{group.id}|@owls> Owls")
    question = await bot.asks("metrics")
    await bot.clicks(bot.bob, question, "A")

    async def in_team() -> bool:
        return "Bob" in await bot.says("team list")

    for _try in range(10):
        if await in_team():
            break
    assert await in_team()


async def test_the_file_that_an_admin_shared_last_becomes_a_bank(bot: Bot) -> None:
    await bot.ada.uploads("old.txt", b"nothing", bot.channel)
    await bot.ada.uploads("exam.txt", EXAM, bot.channel)
    await bot.bob.uploads("other.txt", EXAM, bot.channel)
    assert "Imported into “exam”" in await bot.says("bank import")
    assert "exam" in await bot.says("bank list")


async def test_without_a_file_it_says_how_to_import_one(bot: Bot) -> None:
    assert "quizbot bank import FILE" in await bot.says("bank import")


async def test_a_file_that_holds_nothing_is_explained(bot: Bot) -> None:
    await bot.ada.uploads("empty.txt", b"", bot.channel)
    shown = await bot.says("bank import")
    assert "Imported" not in shown
    assert shown.strip()


async def test_a_file_that_is_only_linked_gets_no_token(bot: Bot) -> None:
    shared = await bot.ada.uploads("exam.txt", EXAM, bot.channel)
    shared.files[0] = Linked(**{name: getattr(shared.files[0], name) for name in ("id", "team", "name", "content")})
    assert "isn't kept in Slack" in await bot.says("bank import")
