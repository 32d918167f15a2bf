"""The bank that comes with the program."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

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


IDS_SO_FAR = Path(__file__).with_name("starter_bank_ids.txt")


def test_every_id_that_was_ever_used_still_finds_its_question(bank):
    known = {name for question in bank["questions"] for name in (question["id"], *question.get("formerly", ()))}
    assert set(IDS_SO_FAR.read_text(encoding="utf-8").split()) <= known


def words(text):
    return re.findall(r"[^\W_]+", text.casefold())


def alike(one, other):
    """Whether one word begins the other, or both begin with the same four letters and end much alike."""
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begins = other.startswith(one) and len(one) > 2
    return one == other or begins or (common >= 4 and max(len(one), len(other)) - common <= 3)


def names(label, texts):
    """The words of an id or tag that occur in ``texts``: alone, in pairs, or as initials."""
    named = words(label)
    found = {word for word in named for text in texts for other in words(text) if alike(word, other)}
    for text in texts:
        initials = "".join(word[0] for word in words(text))
        found |= {word for word in named if len(word) > 2 and word in initials}
        spoken = f" {' '.join(words(text))} "
        found |= {" ".join(pair) for pair in pairwise(named) if f" {' '.join(pair)} " in spoken}
    return found


def test_neither_id_nor_tags_name_the_right_choice(bank):
    told = {}
    for question in bank["questions"]:
        key = [choice["text"] for choice in right(question)]
        others = [question["stem"], *(c["text"] for c in question["choices"] if not c.get("right"))]
        for label in (question["id"], *question["tags"]):
            # What comes before an answer may be in a message or a list of questions; `formerly` never is.
            if given := names(label, key) - names(label, others):
                told[question["id"], label] = given
    assert told == {}


def test_the_right_choice_is_not_told_by_its_position_or_length(bank):
    single = [question for question in bank["questions"] if len(right(question)) == 1 and len(question["choices"]) == 4]
    positions = Counter([c.get("right", False) for c in question["choices"]].index(True) for question in single)
    assert max(positions.values()) < len(single) * 0.4
    longest = sum(max(question["choices"], key=lambda c: len(c["text"])) in right(question) for question in single)
    assert longest < len(single) * 0.45
