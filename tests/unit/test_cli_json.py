"""Commands print JSON of any length without having all of it in memory."""

import json

from bot.cli.console import print_json_object


def test_an_object_is_printed_as_json_prints_it(capsys):
    items = [{"text": "two\nlines “ü”", "list": [1, [], {}]}, "", [None]]
    members = {"name": "a\nb", "items": items, "none": [], "nested": {"deep": [True, {"ä": 1.5}]}}
    print_json_object(members | {"items": iter(items), "none": iter([])})
    assert capsys.readouterr().out == json.dumps(members, ensure_ascii=False, indent=2) + "\n"


def test_an_item_is_made_when_the_one_before_is_printed(capsys):
    printed = []

    def items():
        for number in range(3):
            printed.append(capsys.readouterr().out)
            yield {"number": number}

    print_json_object({"items": items()})
    assert [text.count("number") for text in printed] == [0, 1, 1]


def test_a_document_is_printed_whole(run, here):
    (here / "seas.txt").write_text("1. Which sea is salty?\nA. Dead Sea\nB. Lake Como\nAnswer: A\n\nA note.\n")
    document = run("bank", "parse", here / "seas.txt", "--json", "--why").json
    assert [*document] == ["format", "questions", "notes", "findings", "reading"]
    assert [question["key"] for question in document["questions"]] == [[0]]
