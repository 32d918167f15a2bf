"""Questions with formulas, prices and code: asked, answered and explained, and readable by everybody, everywhere."""

from dataclasses import replace
from typing import Any

from bot.domain.drafts import QuestionDraft
from bot.domain.images import image_file
from tests.adapters.stages import Seen, Stage
from tests.pictures import png

ROOTS = r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}"
CODE = "```python\nif a:\n    b = c\n```"
DRAFT = QuestionDraft(
    line=1,
    stem=f"What solves it, if a plan costs $5 and another $10?\n\n$$\n{ROOTS}\n$$\n\n{CODE}",
    choices=(r"$x^2 \ne 1$ and $y$", r"$\nonsense<b>$", "only $5 `$not$`", "none of these"),
    key=(0,),
    explanation=r"Because $z^3$.",
    choice_explanations=("", "It has $a^4$.", "", ""),
)
FIGURE = replace(DRAFT, image=image_file(png()), image_alt="A falling curve")


def pictures(question: Seen) -> list[str]:
    """The alt texts of the pictures that a message on Discord or Slack shows, in their order."""
    message: Any = question.message
    if hasattr(message, "attachments"):
        return [file.description for file in message.attachments]
    return [block["alt_text"] for block in message.blocks if block["type"] == "image"]


async def test_formulas_are_shown_or_written_as_code_and_prices_and_code_stay(stage: Stage, platform: str):
    await stage.imports(DRAFT)
    ada = await stage.person("Ada")
    question = await stage.quiz()
    assert "costs $5 and another $10?" in question.text
    assert "only $5 $not$" in question.text.replace("`", "")
    labels = {letter: question.letter(text) for letter, text in (("A", "x"), ("B", r"\nonsense"))}
    if platform == "web":
        assert f'<math display="block" alttext="{ROOTS}"><mfrac>' in question.source
        assert r"<code>\nonsense&lt;b&gt;</code>" in question.source
        assert '<span class="hl-k">if</span>' in question.source
        assert '\n    <span class="hl-n">b</span>' in question.source
        assert "<img" not in question.source.split('class="card"')[1]
    else:
        assert ROOTS in question.text
        assert "\n    b = c" in question.text
        (alt,) = pictures(question)
        assert set(alt.split("; ")) == {
            ROOTS,
            rf"{labels['A']}: x^2 \ne 1",
            f"{labels['A']}: y",
            rf"{labels['B']}: \nonsense<b>",
        }
    said = await ada.answers(labels["B"])
    assert "z" in said
    await stage.closes()
    result = await stage.result()
    assert "Because" in result.text
    assert platform == "web" or (pictures(result) == [] and "z^3" in result.text and "a^4" in result.text)


async def test_its_own_picture_comes_before_that_of_its_formulas(stage: Stage, platform: str):
    await stage.imports(FIGURE)
    question = await stage.quiz()
    if platform == "web":
        assert (question.source.count('<img class="picture"'), "<math" in question.source) == (1, True)
        return
    own, formulas = pictures(question)
    assert own == "A falling curve"
    assert ROOTS in formulas
    await stage.closes()
    assert pictures(await stage.question()) == [own, formulas], "a close takes no picture away"
