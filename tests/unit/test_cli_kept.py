"""The command line and questions of kinds that aren't asked."""

BANK = """\
format: quizbot-bank/2
questions:
  - kind: essay
    stem: Why is the sky blue?
    words: {from: 100, to: 200}
    model: Air scatters short waves.
  - stem: Which floats?
    choices: [{text: Lead}, {text: Cork, right: true}]
"""


def test_such_a_question_is_kept_and_exported_again_as_it_was(run, here):
    (here / "sky.yaml").write_text(BANK)
    read = run("bank", "parse", here / "sky.yaml", "--json").json
    essay = read["questions"][0]
    assert (essay["kind"], essay["findings"], essay["choices"], essay["key"]) == ("essay", ["kind_not_asked"], [], [])
    assert essay["fields"] == {"words": {"from": 100, "to": 200}, "model": "Air scatters short waves."}
    assert [(finding["line"], finding["code"]) for finding in read["findings"]] == [(4, "kind_not_asked")]

    assert "1 ready, 0 unkeyed, 1 that need attention" in run("bank", "import", here / "sky.yaml").out
    (listed,) = run("bank", "list", "--json").json
    assert (listed["ready"], listed["unkeyed"], listed["needs_attention"]) == (1, 0, 1)
    assert "kind_not_asked" in run("bank", "lint", "sky").out

    first = here / "first.yaml"
    run("bank", "export", "sky", "-o", first)
    assert "  words:\n    from: 100\n    to: 200\n  model: Air scatters short waves.\n" in first.read_text()
    (again,) = run("bank", "import", first, "--bank", "sky", "--json").json
    assert (again["new"], again["edited"], again["unchanged"]) == (0, 0, 2)
    assert run("bank", "export", "sky").out == first.read_text()

    named = first.read_text().split("id: q")[1].split()[0]
    assert run("question", "show", named, "--json").json["fields"] == essay["fields"]
    for command in (("correct", named, "--key", "B"), ("accept", named, "air")):
        refused = run("question", *command)
        assert (refused.code, "can't ask them" in refused.err) == (1, True)


def test_a_bank_is_called_after_its_folder(run, here, monkeypatch):
    (here / "part 1.5").mkdir()
    (here / "part 1.5" / "box.txt").write_text("1. Which is it?\nA. This\nB. That\nAnswer: A\n", encoding="utf-8")
    (imported,) = run("bank", "import", here / "part 1.5", "--json").json
    assert imported["bank"] == "part 1.5"
    monkeypatch.chdir(here / "part 1.5")
    assert run("bank", "import", ".", "--dry-run", "--json").json[0]["bank"] == "part 1.5"
