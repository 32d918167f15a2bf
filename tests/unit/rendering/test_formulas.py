"""Formulas as MathML that can do no harm, and painted where no MathML is shown."""

from io import BytesIO
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.apart.painting import FORMULAS, ApartPainter, PaintingLimits
from bot.domain.formulas import LONGEST, Formulas, LabelledFormula
from bot.domain.images import image_file
from bot.domain.views import MessageView, OptionView
from bot.rendering.formulas.gathering import MOST_SHOWN, formulas_of
from bot.rendering.formulas.mathml import _ATTRIBUTES, _ELEMENTS, mathml
from bot.rendering.formulas.painting import paint
from bot.services.formulas import FormulaPictures
from tests.pictures import png

READ = [
    r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    r"\sum_{i=1}^{n} \left(\frac{x_i}{\sigma}\right)^2",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"P(A\mid B),\ \hat\beta,\ \mathbb{R},\ \text{if } x<0",
]
UNREADABLE = [r"\nonsense{x}", r"\frac{1", "a & b", r"a \\ b", "x_1_2", r"\cancel{x}", "{" * 200 + "}" * 200]
BOMB = r"\left(\frac{" * 14 + "x" + r"}{2}\right)" * 14
PARTS = (
    r"\frac { } ^ _ x 1 < > & &lt; ' \" \text{ \href{javascript:x} \style{a:b} \class{c} \hspace{99em} \\ script on="
)
PARTS += r" \begin{matrix} \end{matrix} \color{red} \left( \right)"
TEX = st.lists(st.sampled_from([*PARTS.split(" "), " "]), max_size=12).map("".join)


@pytest.mark.parametrize("source", READ)
def test_a_formula_becomes_mathml_with_its_source_as_the_alternative_text(source):
    root = fromstring(mathml(source, displayed=True) or "")  # noqa: S314 - our own
    assert (root.tag, root.get("display"), root.get("alttext")) == ("math", "block", source)
    assert len(root)


@pytest.mark.parametrize("source", [*UNREADABLE, "x" * (LONGEST + 1)])
def test_what_cannot_be_read_or_is_too_long_is_left_to_its_source(source):
    assert mathml(source, displayed=False) is None


@given(TEX)
def test_only_known_elements_and_attributes_come_out(source):
    written = mathml(source, displayed=False) or "<math/>"
    for element in fromstring(written).iter():  # noqa: S314 - our own
        if element.tag == "math":
            assert element.attrib in ({}, {"display": "inline", "alttext": source})
        else:
            assert element.tag in _ELEMENTS
            assert set(element.attrib) <= _ATTRIBUTES
            assert not any(sign in value for value in element.attrib.values() for sign in ':;("')


def test_formulas_are_gathered_once_each_with_the_label_of_their_choice():
    options = (OptionView(letter="A", text="$x$"), OptionView(letter="B", text="none, $5"))
    view = MessageView(text="$x$ and $$x$$, or `$y$`?", options=options)
    found = formulas_of(view, ["A", "B"])
    assert found == (LabelledFormula("", "x"), LabelledFormula("A", "x"))
    assert [one.words for one in found] == ["x", "A: x"]
    assert formulas_of(MessageView(text="It costs $5."), []) == ()
    many = MessageView(text=" ".join(f"$x_{{{n}}}$" for n in range(100)))
    assert len(formulas_of(many, [])) == MOST_SHOWN


def test_formulas_are_painted_below_each_other_in_ink_on_paper():
    one = Image.open(BytesIO(paint([LabelledFormula("", source) for source in READ[:1]]) or b""))
    more = Image.open(BytesIO(paint([LabelledFormula("A", source) for source in READ]) or b""))
    assert more.height > 3 * one.height
    darks, brights = one.convert("L").getextrema()
    assert (darks < 60, brights) == (True, 255)
    ink = sum(one.convert("L").histogram()[:128]) / (one.width * one.height)
    assert 0.01 < ink < 0.2


def test_a_hole_in_a_letter_stays_paper_and_what_is_in_it_is_ink():
    dotted = Image.open(BytesIO(paint([LabelledFormula("", r"\odot")]) or b"")).convert("L")
    row = [dotted.getpixel((x, dotted.height // 2)) < 128 for x in range(dotted.width)]
    runs = sum(one and not before for before, one in zip([False, *row], row, strict=False))
    assert runs == 3, "the ring, its dot, the ring"


@pytest.mark.parametrize("source", [*UNREADABLE, r"\text{日本}", "+".join(["x^2"] * 90)])
def test_what_cannot_be_painted_leaves_the_others_on_the_picture(source):
    assert paint([LabelledFormula("", source)]) is None
    assert paint([LabelledFormula("", source), LabelledFormula("", "x")]) == paint([LabelledFormula("", "x")])


def unlabelled(*sources):
    return Formulas(tuple(LabelledFormula("", source) for source in sources))


async def test_another_process_paints_and_is_ended_where_a_formula_takes_too_long():
    painter = ApartPainter(FORMULAS, PaintingLimits(processor_s=1, patience_s=60))
    try:
        pictures = FormulaPictures(painter.paint)
        asked = unlabelled("x^2", READ[0])
        picture = await pictures.of(asked)
        assert picture is not None
        assert image_file(picture.data) == picture
        assert asked.alt == f"x^2; {READ[0]}"
        assert mathml(BOMB, displayed=False) is not None
        assert await pictures.of(unlabelled(BOMB)) is None
        again = await pictures.of(unlabelled("x^3"))
        assert again is not None
    finally:
        await painter.close()


async def test_formulas_that_cannot_be_read_are_painted_once():
    asked = []

    async def reads_nothing(formulas):
        asked.append(formulas)

    pictures = FormulaPictures(reads_nothing)
    for _time in range(2):
        assert await pictures.of(unlabelled("x")) is None
    assert len(asked) == 1


async def test_formulas_that_could_not_be_painted_are_tried_again_but_not_for_ever():
    asked = []

    async def fails_twice(formulas):
        asked.append(formulas)
        if formulas[0].source == "never" or len(asked) < 3:
            raise OSError("no process can be started")
        return png()

    pictures = FormulaPictures(fails_twice)
    assert [await pictures.of(unlabelled("x")) for _time in range(4)] == [None, None, *[image_file(png())] * 2]
    assert len(asked) == 3
    assert {await pictures.of(unlabelled("never")) for _time in range(9)} == {None}
    assert len(asked) == 6


async def test_a_painting_process_that_is_too_slow_is_not_taken_for_formulas_that_cannot_be_read():
    painter = ApartPainter(FORMULAS, PaintingLimits(patience_s=0))
    with pytest.raises(TimeoutError):
        await painter.paint(unlabelled("x").listed)
    await painter.close()
