"""Choices with pictures: shown in the order of the round, told in words, and answered, the same everywhere."""

import html
from dataclasses import replace
from io import BytesIO

from PIL import Image

from bot.domain.drafts import QuestionDraft
from bot.domain.images import choice_picture, image_file
from tests.adapters.stages import Seen, Stage
from tests.adapters.stages.questions import IN_GENERAL
from tests.adapters.test_every_platform_holds import hostile, on_one_line
from tests.pictures import png

SHADES = {"Two lines that part": 0, "Two lines that fall": 80, "Two lines that rise": 160, "A cloud of dots": 240}


def drawn(*alts: str) -> QuestionDraft:
    """A question whose choices are pictures of one shade each, alone but for the last, which has a text too."""
    files = [image_file(png(shade, width=40, height=30)) for shade in SHADES.values()]
    pictures = tuple(
        choice_picture(file, alt, alone=alt is not alts[-1]) for file, alt in zip(files, alts, strict=True) if file
    )
    return QuestionDraft(
        line=1,
        stem="Which one shows overfitting?",
        choices=(*alts[:-1], "Just noise"),
        choice_pictures=pictures,
        key=(0,),
        explanation=IN_GENERAL,
        topic="curves",
    )


CURVES = drawn(*SHADES)


async def by_letter(stage: Stage) -> dict[str, str]:
    """What each picture of the newest question shows, by the letter of the round."""
    round_ = await stage.bot.newest_round(stage.channel)
    return {round_.letter(choice): alt for choice, alt in enumerate(SHADES) if choice in round_.order}


async def shown_shades(stage: Stage, question: Seen) -> list[int]:
    """The shades of the pictures in a question, in the order in which they are seen."""
    if hasattr(question.message, "attachments"):
        sheets = [one.content for one in question.message.attachments]
    elif hasattr(question.message, "blocks"):
        files = [one["slack_file"]["id"] for one in question.message.blocks if one["type"] == "image"]
        sheets = [stage.server.files.by_id[file].content for file in files]  # type: ignore[attr-defined]  # Slack's
    else:
        source = html.unescape(question.source)
        return [SHADES[alt] for alt in sorted(SHADES, key=lambda alt: source.index(f'alt="{alt}"'))]
    with Image.open(BytesIO(*sheets)) as sheet:
        centres = [(x, y) for y in (160, 400) for x in (276, 804)]
        return [sheet.convert("L").getpixel(centre) for centre in centres]  # type: ignore[misc]  # grey: one number


async def test_pictures_are_in_the_order_of_the_round_and_the_right_one_is_answered_by_its_letter(stage: Stage):
    await stage.imports(CURVES)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    orders = set()
    for _time in range(3):
        question = await stage.quiz()
        there = await by_letter(stage)
        orders.add(tuple(there[letter] for letter in "ABCD"))
        assert await shown_shades(stage, question) == [SHADES[there[letter]] for letter in "ABCD"]
        source = html.unescape(question.source)
        assert all(alt in source for alt in SHADES)
        assert "Just noise" in question.text
        right = next(letter for letter, alt in there.items() if alt == "Two lines that part")
        wrong = next(letter for letter, alt in there.items() if alt == "Two lines that fall")
        assert f"{right} is right! 10 points." in await ada.answers(right)
        said = await bob.answers(wrong)
        assert f"{wrong} isn't it this time. It's {right}, Two lines that part." in said, "in words"
        await stage.closes()
        result = await stage.result()
        assert f"Right answer: {right}" in result.text
        assert "1 (50%)" in result.text
        assert all(alt in html.unescape(result.source) for alt in SHADES)
    assert len(orders) > 1, "a shuffle that this test would not notice"


async def test_several_are_picked_by_their_words_where_a_menu_has_no_pictures(stage: Stage):
    await stage.imports(replace(CURVES, key=(0, 1), select=2))
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    there = await by_letter(stage)
    picks = [letter for letter, alt in sorted(there.items()) if alt in list(SHADES)[:2]]
    assert await shown_shades(stage, question) == [SHADES[there[letter]] for letter in "ABCD"]
    assert f"Saved: {', '.join(picks)}" in await ada.answers(*picks)
    assert [secret for secret in (IN_GENERAL, "right") if secret in question.source] == []
    await stage.restart()
    await stage.closes()
    assert await stage.points() == {"Ada": 10}
    assert await shown_shades(stage, await stage.question()) == [SHADES[there[letter]] for letter in "ABCD"]


async def test_pictures_can_be_reacted_to(stage: Stage):
    await stage.imports(CURVES)
    ada, _question = await stage.person("Ada"), await stage.daily("answer_with=reactions")
    right = next(letter for letter, alt in (await by_letter(stage)).items() if alt == "Two lines that part")
    await ada.reacts(right)
    await stage.stored({"Ada": right})


async def test_words_of_pictures_are_shown_as_written_and_ping_nobody(stage: Stage):
    text = hostile(stage)[:200]
    await stage.imports(drawn(*(f"{n} {text}"[:200] for n in range(3)), "last"))
    ada, question = await stage.person("Ada"), await stage.quiz()
    assert text[:100] in on_one_line(html.unescape(question.source).replace('\\"', '"'))
    assert text[:100] in on_one_line(await ada.answers("A"))
    await stage.closes()
    assert stage.pings() == []


async def test_a_picture_that_cannot_be_unpacked_leaves_the_others_and_its_words(stage: Stage):
    broken = image_file(png(width=40, height=30)[:45])
    assert broken
    assert CURVES.choice_pictures
    pictures = (choice_picture(broken, "Two lines that part", alone=True), *CURVES.choice_pictures[1:])
    await stage.imports(replace(CURVES, choice_pictures=pictures))
    question, there = await stage.quiz(), await by_letter(stage)
    assert "Two lines that part" in html.unescape(question.source)
    shades = dict(zip("ABCD", await shown_shades(stage, question), strict=True))
    whole = {letter: SHADES[alt] for letter, alt in there.items() if alt != "Two lines that part"}
    assert {letter: shades[letter] for letter in whole} == whole


async def test_its_own_picture_the_sheet_and_its_formulas_are_shown_in_this_order_and_stay(stage: Stage, platform: str):
    more = {"stem": "Which one shows $x^2$?", "choices": (*CURVES.choices[:-1], "$y$"), "image": image_file(png())}
    await stage.imports(replace(CURVES, **more, image_alt="A falling curve"))
    ada, question = await stage.person("Ada"), await stage.quiz()
    there = await by_letter(stage)
    right = next(letter for letter, alt in there.items() if alt == "Two lines that part")
    last = next(letter for letter, alt in there.items() if alt == "A cloud of dots")
    if platform == "web":
        source = html.unescape(question.source)
        assert [f'alt="{alt}"' in source for alt in ("A falling curve", *SHADES)] == [True] * 5
        assert [f'alttext="{formula}"' in source for formula in ("x^2", "y")] == [True] * 2
        return
    sheet = "; ".join(f"{letter}: {there[letter]}" for letter in "ABCD")
    assert question.pictures == ["A falling curve", sheet, f"x^2; {last}: y"]
    assert f"{right} is right!" in await ada.answers(right)
    await stage.closes()
    assert len((await stage.question()).pictures) == 3, "a close takes no picture away"
    assert (await stage.result()).pictures == []
