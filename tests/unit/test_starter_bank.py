"""The bank that comes with the program."""

import json
from collections import Counter

import jsonschema
import pytest
import yaml

from bot.resources import resource


@pytest.fixture(scope="module")
def bank():
    return yaml.safe_load(resource("data", "machine-learning-on-aws.yaml").read_text(encoding="utf-8"))


def right(question):
    return [choice for choice in question["choices"] if choice.get("right")]


def test_it_follows_its_published_schema(bank):
    schema = json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(bank, schema, jsonschema.Draft202012Validator)


def test_it_is_spread_over_the_exams_domains(bank):
    counts = Counter(question["topic"] for question in bank["questions"])
    assert counts == {"data-engineering": 16, "exploratory-analysis": 19, "modelling": 29, "operations": 16}
    assert set(counts) == {topic["id"] for topic in bank["topics"]}


def test_ids_and_stems_are_unique(bank):
    for part in ("id", "stem"):
        assert [text for text, times in Counter(q[part] for q in bank["questions"]).items() if times > 1] == []


def test_ten_questions_have_several_right_choices_and_say_how_many(bank):
    several = [question for question in bank["questions"] if len(right(question)) > 1]
    assert len(several) == 10
    for question in bank["questions"]:
        assert question.get("select", len(right(question))) in {len(right(question)), "all"}, question["id"]


def test_three_difficulties_occur(bank):
    assert set(Counter(question["difficulty"] for question in bank["questions"])) == {"easy", "medium", "hard"}


def test_every_choice_is_explained_and_no_two_read_alike(bank):
    for question in bank["questions"]:
        texts = [choice["text"].casefold() for choice in question["choices"]]
        assert len(set(texts)) == len(texts) >= 4, question["id"]
        assert all(choice["explanation"].strip() for choice in question["choices"]), question["id"]


def test_the_right_choice_is_not_told_by_its_place_or_length(bank):
    single = [question for question in bank["questions"] if len(right(question)) == 1 and len(question["choices"]) == 4]
    places = Counter([c.get("right", False) for c in question["choices"]].index(True) for question in single)
    assert max(places.values()) < len(single) * 0.4
    longest = sum(max(question["choices"], key=lambda c: len(c["text"])) in right(question) for question in single)
    assert longest < len(single) * 0.45
