"""Banks with pictures on the command line: in, out, and back."""

import sys

import pytest

from tests.pictures import png


@pytest.fixture
def pictured(here):
    """A bank whose question shows a picture, in a folder of its own."""
    (here / "drawn" / "pictures").mkdir(parents=True)
    (here / "drawn" / "pictures" / "box.png").write_bytes(png())
    bank = here / "drawn" / "boxes.yaml"
    bank.write_text(
        "format: quizbot-bank/1\n"
        "questions:\n"
        "  - stem: Which is it?\n"
        "    image: pictures/box.png\n"
        "    image_alt: A box\n"
        "    choices: [{text: A queue, right: true}, {text: A topic}]\n",
        encoding="utf-8",
    )
    return bank


def test_a_bank_travels_with_its_pictures(run, pictured, here):
    (imported,) = run("bank", "import", pictured, "--json").json
    assert (imported["new"], imported["ready"]) == (1, 1)
    (again,) = run("bank", "import", pictured, "--json").json
    assert (again["new"], again["edited"], again["unchanged"]) == (0, 0, 1)
    exported = run("bank", "export", "boxes", "-o", here / "copy.yaml")
    assert (exported.code, exported.err) == (0, "")
    (written,) = (here / "pictures").iterdir()
    assert written.read_bytes() == png()
    (back,) = run("bank", "import", here / "copy.yaml", "--bank", "boxes", "--json").json
    assert (back["new"], back["edited"], back["unchanged"]) == (0, 0, 1)


def test_pictures_of_choices_travel_with_their_bank_and_are_told_in_words(run, pictured, here):
    pictured.write_text(
        "format: quizbot-bank/2\n"
        "questions:\n"
        "  - stem: Which holds messages?\n"
        "    choices:\n"
        "      - {image: pictures/box.png, image_alt: A box (open), right: true}\n"
        "      - {text: This, image: pictures/box.png, image_alt: A box}\n"
        "      - text: Neither\n",
        encoding="utf-8",
    )
    (question,) = run("bank", "parse", pictured, "--json").json["questions"]
    assert question["choices"] == ["A box (open)", "This", "Neither"]
    assert question["choice_image_alts"] == ["A box (open)", "A box", None]
    lines = "  * A) [picture: A box (open)]\n    B) This [picture: A box]\n    C) Neither\n"
    assert lines in run("bank", "parse", pictured).out
    run("bank", "import", pictured)
    exported = run("bank", "export", "boxes", "-o", here / "copy.yaml")
    assert (exported.code, exported.err) == (0, "")
    (back,) = run("bank", "import", here / "copy.yaml", "--bank", "boxes", "--json").json
    assert (back["new"], back["edited"], back["unchanged"]) == (0, 0, 1)


def test_pictures_that_an_export_to_the_screen_leaves_out_are_said(run, pictured):
    run("bank", "import", pictured)
    exported = run("bank", "export", "boxes")
    assert (exported.code, exported.err) == (
        0,
        "quizbot: pictures left out: 1. Name a file with -o; they go beside it.\n",
    )
    assert "image: pictures/" in exported.out


def test_questions_that_a_format_cannot_hold_are_counted(run, pictured, here):
    run("bank", "import", pictured)
    exported = run("bank", "export", "boxes", "--format", "aiken", "-o", here / "boxes.txt")
    told = "quizbot: questions left out: 1. The format aiken can't hold them.\n"
    assert (exported.code, exported.err, (here / "boxes.txt").read_text()) == (0, told, "")
    assert not (here / "pictures").exists()


def test_what_a_picture_shows_is_shown_in_words(run, pictured):
    assert "picture: A box" in run("bank", "parse", pictured).out
    (question,) = run("bank", "parse", pictured, "--json").json["questions"]
    assert (question["image_alt"], question["choice_image_alts"], question["findings"]) == ("A box", None, [])


@pytest.mark.parametrize("command", ["parse", "import", "lint"])
def test_a_missing_picture_is_said_with_its_line_and_nothing_is_stored(run, pictured, command):
    (pictured.parent / "pictures" / "box.png").unlink()
    refused = run("bank", command, pictured)
    assert refused.code == 1
    assert "line 4: question 1, image: There is no file “pictures/box.png” next to the bank." in refused.err
    assert run("bank", "list", "--json").json == []


def test_a_backup_brings_pictures_back(run, pictured, here):
    run("bank", "import", pictured)
    run("backup", here / "copy.db")
    (here / "var" / "quizbot.db").unlink()
    run("restore", here / "copy.db")
    run("bank", "export", "boxes", "-o", here / "copy.yaml")
    assert [path.read_bytes() for path in (here / "pictures").iterdir()] == [png()]


def test_a_package_has_its_pictures_in_it(run, pictured, here):
    run("bank", "import", pictured)
    exported = run("bank", "export", "boxes", "--format", "anki", "-o", here / "boxes.apkg")
    assert (exported.code, exported.err, (here / "pictures").exists()) == (0, "", False)
    (back,) = run("bank", "import", here / "boxes.apkg", "--bank", "boxes", "--json").json
    assert (back["new"], back["edited"], back["unchanged"]) == (0, 0, 1)


def test_a_package_is_not_shown_on_a_screen(run, pictured, monkeypatch):
    run("bank", "import", pictured)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    refused = run("bank", "export", "boxes", "--format", "anki")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == ("quizbot: The format anki is a package, which a screen can't show. Name a file with -o.\n")
