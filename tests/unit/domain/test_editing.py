"""Questions that people edit: what they don't touch stays as it is."""

from dataclasses import replace

import pytest

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.images import PictureEdit, choice_picture, image_file
from bot.domain.kinds import KINDS
from bot.domain.revisions import corrected, first_revision, illustrated, next_revision, rewritten
from bot.domain.writing import (
    Miswritten,
    Written,
    drafted,
    edited,
    written_of,
)
from bot.testing import blanks, draft, in_order, number, short
from tests.pictures import png


def question(draft_):
    return first_revision(draft_, question_id=QuestionId(7), bank_id=BankId(3))


def written(kind, asked, *answers, **more):
    return Written(kind=kind, question=asked, answers="\n".join(answers), **more)


def test_an_edit_keeps_what_the_notation_cannot_say():
    known = question(
        QuestionDraft(
            line=9,
            stem="Where do objects live?",
            choices=("S3", "EBS", "EFS"),
            key=(0, 1),
            select="all",
            section="Storage",
            difficulty="hard",
            tags=("aws",),
            findings=(FindingCode.NEEDS_FIGURE,),
            explanation="Because.",
        )
    )
    shown = written_of(known)
    edit = Written(
        kind="choice", question=shown.question, answers="* S3\n* EBS\nFSx", explanation="So.", topic="Storage"
    )
    new = rewritten(edited(known, edit), known)
    assert new is not None
    assert (new.select, new.section, new.difficulty, new.tags) == ("all", "Storage", "hard", ("aws",))
    assert (new.explanation, new.topic, new.findings, new.revision) == ("So.", "Storage", (), 2)
    assert [choice.id for choice in new.choices] == [0, 1, 2]
    assert new.key == known.key
    assert new.source_key is None


def test_an_edit_of_one_item_keeps_the_right_order_of_all_of_them():
    known = question(in_order("Smallest first.", "byte", "kilobyte", "bit"))
    known = corrected(known, KINDS["order"].typed_key("C A B", known))
    shown = written_of(known)
    assert shown.answers == "bit\nbyte\nkilobyte"
    new = rewritten(edited(known, replace(shown, answers="a bit\nbyte\nkilobyte")), known)
    assert new is not None
    assert [new.choice(item).text for item in new.key.items] == ["a bit", "byte", "kilobyte"]
    reworded = rewritten(edited(known, replace(shown, question="Smallest first!")), known)
    assert reworded is not None
    assert (reworded.choices, reworded.key) == (known.choices, known.key)


def test_a_key_that_was_edited_stays_when_the_file_is_imported_again():
    source = draft("What is 6 x 7?", "42", "36", key=(1,))
    known = question(source)
    new = rewritten(edited(known, written("choice", "What is 6 x 7?", "* 42", "36")), known)
    assert new is not None
    assert new.source_key == known.key
    assert next_revision(source, new) is None


def test_an_edit_to_another_kind_makes_new_choices_and_forgets_the_old_key():
    known = corrected(question(draft("What is 6 x 7?", "42", "36", key=(1,))), question(draft()).key)
    new = rewritten(edited(known, written("number", "What is 6 x 7?", "42")), known)
    assert new is not None
    assert (new.kind, new.choices, new.source_key) == ("number", (), None)
    assert new.status == "ready"


def test_choices_keep_their_pictures_when_a_question_is_edited():
    pictures = [choice_picture(image_file(png(n)), f"Curve {n}", alone=n == 1) for n in range(3)]
    drawn = replace(draft("Which one?", "First", "Curve 1", "Third"), choice_pictures=tuple(pictures))
    known = question(drawn)
    reworded = rewritten(edited(known, replace(written_of(known), question="Which curve?")), known)
    assert reworded is not None
    assert reworded.choices == known.choices
    new = rewritten(edited(known, replace(written_of(known), answers="Curve 1\n* The first\nFourth\nThird")), known)
    assert new is not None
    told = [(one.text, one.image.alt if one.image else "", one.picture_alone) for one in new.choices]
    assert told == [
        ("Curve 1", "Curve 1", True),
        ("The first", "", False),
        ("Fourth", "", False),
        ("Third", "Curve 2", False),
    ]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("* Curve 0\nA line\nThird", [("Curve 0", "Curve 0", True), ("A line", "A line", True), ("Third", "c", False)]),
        ("* Curve 0\nCurve 1\n3rd", [("Curve 0", "Curve 0", True), ("Curve 1", "Curve 1", True), ("3rd", "c", False)]),
        (f"* {'long ' * 50}\nCurve 1\nThird", [(("long " * 50).strip(), f"{('long ' * 40).strip()}…", True)]),
        ("* A line\nThird", [("A line", "", False), ("Third", "c", False)]),
        ("* Curve 1\nThird", [("Curve 1", "Curve 1", True), ("Third", "c", False)]),
        ("* Curve 1\nThird\nNew", [("Curve 1", "Curve 1", True), ("Third", "c", False), ("New", "", False)]),
        ("* New\nCurve 0\nCurve 1\nThird", [("New", "", False), ("Curve 0", "Curve 0", True)]),
    ],
)
def test_a_picture_follows_its_choice_and_no_other(answers, told):
    pictures = [
        choice_picture(image_file(png(n)), alt, alone=n < 2) for n, alt in enumerate(["Curve 0", "Curve 1", "c"])
    ]
    known = question(replace(draft("Which one?", "Curve 0", "Curve 1", "Third"), choice_pictures=tuple(pictures)))
    new = rewritten(edited(known, replace(written_of(known), answers=answers)), known)
    assert new is not None
    shown = [(one.text, one.image.alt if one.image else "", one.picture_alone) for one in new.choices]
    assert shown[: len(told)] == told


TWINS = replace(
    draft("Which one?", "A curve", "A curve", "Third"),
    choice_pictures=(*(choice_picture(image_file(png(n)), f"Curve {n}", alone=False) for n in range(2)), None),
)
"""Two of its choices have one text, beside different pictures."""


@pytest.mark.parametrize(
    "known",
    [
        question(TWINS),
        corrected(
            question(draft("Choose two.", *"abcd", key=(0, 1), select=2)),
            question(draft("Choose two.", *"abcd", key=(0, 1, 2), select=3)).key,
        ),
        question(draft("Which?", "a", "b", key=())),
        question(short("Which?")),
        question(number("Which?")),
    ],
    ids=["twins", "corrected", "no key", "no text", "no number"],
)
def test_answers_that_nobody_touches_are_not_held_against_an_edit(known):
    shown = written_of(known)
    with pytest.raises(Miswritten):
        drafted(shown)
    sent = replace(shown, answers=shown.answers.replace("\n", "\r\n"), explanation="So.")
    new = rewritten(edited(known, sent), known)
    assert new is not None
    assert (new.explanation, new.choices, new.key, new.select) == ("So.", known.choices, known.key, known.select)
    with pytest.raises(Miswritten):
        edited(known, replace(sent, answers=shown.answers + "\n> \n- new", topic="t"))


@pytest.mark.parametrize(
    ("known", "stem", "wrong"),
    [
        (draft("Choose two.", *"abcd", key=(0, 1), select=2), "Choose three.", "asks for 3"),
        (blanks("____ or ____", ["a"], ["b"]), "____ or what?", "has 1 gap"),
    ],
)
def test_a_new_stem_that_does_not_fit_the_old_answers_is_a_mistake(known, stem, wrong):
    made = question(known)
    with pytest.raises(Miswritten, match=wrong):
        edited(made, replace(written_of(made), question=stem))


@pytest.mark.parametrize(
    ("text", "select"),
    [
        (written("match", "Which are cold?", "ice = water", "snow = flakes"), 2),
        (written("true_false", "Which are cold?", "true"), 1),
    ],
)
def test_an_edit_to_another_kind_forgets_how_many_were_asked_for(text, select):
    known = question(draft("Which are cold?", "ice", "fire", "snow", key=(0, 2)[:select], select="all"))
    new = rewritten(edited(known, text), known)
    assert new is not None
    assert (new.kind, new.select, new.status) == (text.kind, select, "ready")
    assert new.key == question(drafted(text)).key


def test_pictures_that_a_person_edits_change_nothing_else():
    dark, light = image_file(png(0)), image_file(png(255))
    pictures = choice_picture(dark, "A dark box", alone=True), choice_picture(light, "A light box"), None
    known = question(replace(draft("Which one floats?", "A dark box", "A topic", "A queue"), choice_pictures=pictures))
    known = replace(known, findings=(FindingCode.NEEDS_FIGURE, FindingCode.NEAR_DUPLICATE))
    first, second, third = (choice.id for choice in known.choices)
    edits = {
        None: PictureEdit(file=light, alt="A pond"),
        first: PictureEdit(alt="A box as dark as can be"),
        second: PictureEdit(removed=True),
        third: PictureEdit(file=dark, alt="A line of boxes", removed=True),
    }
    new = illustrated(known, edits)
    assert new is not None
    assert (new.revision, new.key, new.stem) == (known.revision + 1, known.key, known.stem)
    assert new.image is not None
    assert (new.image.digest, new.image.alt) == (light.digest, "A pond")
    assert [choice.text for choice in new.choices] == ["A box as dark as can be", "A topic", "A queue"]
    assert [choice.picture_alone for choice in new.choices] == [True, False, False]
    assert [choice.image and choice.image.digest for choice in new.choices] == [dark.digest, None, dark.digest]
    assert new.findings == (FindingCode.NEAR_DUPLICATE,), "the picture that it needed is there"


def test_a_question_needs_a_picture_until_one_is_added_to_it_or_to_a_choice():
    known = replace(question(draft("See the diagram.")), findings=(FindingCode.NEEDS_FIGURE,))
    choice = known.choices[0].id
    new = illustrated(known, {choice: PictureEdit(file=image_file(png()), alt="A box")})
    assert new is not None
    assert (new.image, new.findings) == (None, ())
    needy = replace(new, findings=(FindingCode.NEEDS_FIGURE,))
    described = illustrated(needy, {choice: PictureEdit(alt="A dark box")})
    assert described is not None
    assert described.findings == (FindingCode.NEEDS_FIGURE,)
    assert illustrated(known, {}) is None
    assert illustrated(known, {None: PictureEdit()}) is None


def test_the_last_text_of_a_choice_whose_only_picture_is_removed_stays():
    pictures = choice_picture(image_file(png()), "A dark box", alone=True), None
    known = question(replace(draft("Which one?", "A dark box", "A topic"), choice_pictures=pictures))
    new = illustrated(known, {known.choices[0].id: PictureEdit(alt="", removed=True)})
    assert new is not None
    assert (new.choices[0].text, new.choices[0].image, new.choices[0].picture_alone) == ("A dark box", None, False)
