"""Questions with blanks: each blank is judged like a short answer, and earns an even share of the points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import MOST_ACCEPTED, InBlank, NearMiss
from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.kinds.blanks import BlanksAnswer, BlanksKey, BlanksKind, BlanksRefusal
from bot.domain.kinds.short import ShortAnswer, ShortKey
from bot.domain.kinds.typed_kind import FieldRefusal
from bot.domain.lines import one_line
from bot.domain.revisions import accepted_answers, corrected, draft_of, first_revision, next_revision, widened
from bot.domain.rounds import Reveal
from bot.domain.views import LONGEST_LABEL, LONGEST_TYPED, MOST_FIELDS, ControlKind
from bot.testing import blanks
from tests.unit.domain.typed_rounds import a_round

BLANKS = BlanksKind()
STEM = "____ lies on the ____ in ____."
RHINE = NearMiss(text="Rhine", hint="The Rhine flows through *Cologne*.", blank=1)
PARIS = blanks(STEM, ["Paris"], ["Seine", "river Seine"], ["France"], near_misses=[RHINE])
LONE = blanks("The sky is ____.", ["blue", "azure"])
letters = st.text(st.sampled_from("abcdeéßİ ,-'1٣"), min_size=1, max_size=8).map(one_line).filter(bool)
keys = st.lists(
    st.builds(
        ShortKey,
        st.lists(letters, min_size=1, max_size=3, unique=True).map(tuple),
        st.booleans(),
        st.lists(st.builds(NearMiss, text=letters, hint=letters), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=MOST_FIELDS,
).map(lambda some: BlanksKey(tuple(some)))
filled_in = st.lists(st.one_of(letters, st.just("")), min_size=MOST_FIELDS, max_size=MOST_FIELDS)


def question(draft=PARIS):
    return first_revision(draft, question_id=3, bank_id=1)


KEY = question().key
NOTHING_KNOWN = BLANKS.without_answers(KEY)


def answered(*texts, key=KEY):
    return BLANKS.response(texts, a_round(BLANKS, key))


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (("Paris", "Seine", "France"), 3),
        (("paris.", "the river Siene", "FRANCE"), 3),
        (("Paris", "", "France"), 2),
        (("Lyon", "Rhine", "France"), 1),
        (("Seine", "Paris", "Germany"), 0),
        (("Paris Seine France", "", ""), 0),
    ],
)
def test_every_blank_earns_its_share(texts, parts):
    assert KEY.grade(answered(*texts)) == Grade(points=FULL_MARKS * parts // 3, right=parts == 3)


@given(keys, filled_in, st.randoms(use_true_random=False))
def test_a_grade_is_the_sum_of_short_answers_in_whatever_order_the_blanks_are(key, texts, random):
    texts = texts[: len(key.blanks)]
    rights = [blank.grade(ShortAnswer(text)).right for blank, text in zip(key.blanks, texts, strict=True)]
    grade = key.grade(BlanksAnswer(tuple(texts)))
    assert grade == Grade(points=FULL_MARKS * sum(rights) // len(rights), right=all(rights))
    assert FULL_MARKS % len(rights) == 0
    order = random.sample(range(len(texts)), len(texts))
    turned = BlanksKey(tuple(key.blanks[at] for at in order))
    assert turned.grade(BlanksAnswer(tuple(texts[at] for at in order))) == grade


@given(keys)
def test_a_key_accepts_what_it_names_and_is_what_is_stored(key):
    assert key.grade(answered(*(blank.accepted[0] for blank in key.blanks), key=key)).right
    assert BLANKS.stored_key(key.stored) == key
    assert hash(BLANKS.stored_key(key.stored)) == hash(key)


@given(st.lists(st.text(max_size=10), min_size=3, max_size=3))
def test_a_response_is_what_was_given_and_what_is_stored(texts):
    round_ = a_round(BLANKS, KEY)
    response = BLANKS.response(tuple(texts), round_)
    assert BLANKS.response(response.given(()), round_) == response
    assert BLANKS.stored_response(response.stored) == response
    assert bool(response) == bool(response.stored) == bool(response.spelled(())) == bool(response.texts({}))


def test_nothing_is_stored_as_nothing_but_how_many_blanks_there_are_is_kept():
    assert (BlanksAnswer().stored, BLANKS.no_key.stored) == (0, 0)
    assert BLANKS.stored_response(0) == BlanksAnswer()
    assert BLANKS.stored_key(0) == BLANKS.no_key
    assert not BLANKS.no_key
    assert not NOTHING_KNOWN
    assert BLANKS.stored_key(NOTHING_KNOWN.stored) == NOTHING_KNOWN
    assert len(BLANKS.controls(a_round(BLANKS, NOTHING_KNOWN)).fields) == 3
    assert NOTHING_KNOWN.spelled(()) == NOTHING_KNOWN.named(()) == ()


def test_a_response_of_another_kind_is_never_graded_nor_any_without_a_key():
    with pytest.raises(TypeError, match="with blanks"):
        KEY.grade(ShortAnswer("Paris"))
    with pytest.raises(TypeError, match="with blanks"):
        BLANKS.controls(a_round(BLANKS, ShortKey(("Paris",))))
    with pytest.raises(ValueError, match="unkeyed"):
        NOTHING_KNOWN.grade(answered("Paris", "", ""))


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        (("Paris", "Seine", "France"), None),
        (("", "Seine", ""), None),
        (("x" * LONGEST_TYPED,) * 3, None),
        (("", "", "x" * (LONGEST_TYPED + 1)), FieldRefusal.TOO_LONG),
        (("Paris", "Seine"), BlanksRefusal.OTHER_BLANKS),
        (("Paris", "Seine", "France", "Europe"), BlanksRefusal.OTHER_BLANKS),
        ((), FieldRefusal.NOTHING_TYPED),
        (frozenset({0}), FieldRefusal.NOTHING_TYPED),
        (frozenset(), FieldRefusal.NOTHING_TYPED),
        (("\u200b", "", " "), FieldRefusal.NOTHING_TYPED),
    ],
)
@pytest.mark.parametrize("reveal", Reveal)
def test_a_text_for_each_blank_is_taken_and_nothing_else(given_, refusal, reveal):
    round_ = a_round(BLANKS, KEY, reveal=reveal)
    assert BLANKS.refusal(given_, round_) == refusal
    if refusal:
        assert BLANKS.explained(refusal, round_).endswith(".")
    if refusal in {FieldRefusal.NOTHING_TYPED, BlanksRefusal.OTHER_BLANKS}:
        assert not BLANKS.response(given_, round_)


def test_empty_blanks_take_an_answer_back_only_where_it_may_change():
    nothing = ("", " ", "\t")
    assert BLANKS.refusal(nothing, a_round(BLANKS, KEY, reveal=Reveal.AT_CLOSE)) is None
    at_once = a_round(BLANKS, KEY, reveal=Reveal.ON_ANSWER)
    assert BLANKS.refusal(nothing, at_once) is BLANKS.blank_first is FieldRefusal.NOTHING_TYPED
    assert not answered(*nothing)


def test_a_receipt_says_each_blank_and_tells_nothing_of_the_key():
    answer = answered("Pariss", "", " *x* ")
    assert answer.understood == "(1) Pariss, (2) left blank, (3) *x*"
    assert answer.texts({}) == ("Pariss", "", "*x*")
    assert answered("Azure", key=question(LONE).key).understood == "Azure"


def test_a_verdict_says_what_was_understood_and_which_blanks_are_wrong():
    answer = answered("Pariss", "rhine", "France")
    assert KEY.understood(answer) == "(1) Paris (you typed Pariss), (2) rhine, (3) France"
    assert KEY.hint(answer) == "Not right: (2). The Rhine flows through *Cologne*."
    assert KEY.hint(answered("Paris", "", "Spain")) == "Not right: (2), (3)."
    assert KEY.hint(answered("Paris", "Seine", "France")) == KEY.hint(answered("Lyon", "", "")) == ""
    assert KEY.hint(answered("Rhine", "", "France")) == "Not right: (1), (2)."


def test_a_key_is_told_with_all_spellings_and_named_with_a_few():
    key = question(blanks("____ or ____", ["a1"], ["b1", "b2", "b3", "b4"])).key
    assert key.spelled(()) == ("(1) a1", "(2) b1 | b2 | b3 | b4")
    assert key.named(()) == ("(1) a1", "(2) b1, b2 or b3")
    assert accepted_answers(LONE) == ("blue | azure",)
    assert question(LONE).key.named(()) == ("blue or azure",)


def test_each_blank_has_a_field_with_a_label():
    controls = BLANKS.controls(a_round(BLANKS, KEY))
    assert (controls.kind, controls.fewest, controls.most) == (ControlKind.FIELDS, 1, 3)
    assert [one.label for one in controls.fields] == ["Blank 1", "Blank 2", "Blank 3"]
    assert [one.label for one in BLANKS.controls(a_round(BLANKS, question(LONE).key)).fields] == ["Your answer"]
    assert all(len(one.label) <= LONGEST_LABEL for one in controls.fields)


def test_a_reader_is_told_what_counts():
    assert BLANKS.hint(a_round(BLANKS, KEY)) == "Fill in the blanks: each one counts by itself."
    exact = question(blanks("The command is ____.", ["ls"], exact=True)).key
    assert BLANKS.hint(a_round(BLANKS, exact)) == "Fill in the blank. Capital letters, accents and punctuation count."
    assert not exact.grade(answered("LS", key=exact)).right


def test_the_result_shows_for_each_blank_what_is_right_and_the_commonest_wrong_texts():
    given_ = [
        ("Paris", "Rhine", "France"),
        ("Pariss", "rhine", ""),
        ("Lyon", "the Rhine", "@everyone"),
        ("Nice", "Loire", "a" * 81),
        ("Brest", "Maas", "call 0171 2345678"),
        ("Tours", "Seine", "France"),
    ]
    told = BLANKS.result(a_round(BLANKS, KEY), question(), [answered(*texts) for texts in given_])
    assert [(one.text, one.right, one.number) for one in told] == [
        ("(1) Paris", True, 2),
        ("(1) Brest", False, 1),
        ("(1) Lyon", False, 1),
        ("(1) Nice", False, 1),
        ("(2) Seine or river Seine", True, 1),
        ("(2) Rhine", False, 3),
        ("(2) Loire", False, 1),
        ("(2) Maas", False, 1),
        ("(3) France", True, 2),
    ]
    assert all(one.is_plain and not one.letter for one in told)


def test_the_result_of_a_withdrawn_question_has_no_right_texts():
    round_ = a_round(BLANKS, NOTHING_KNOWN)
    told = BLANKS.result(round_, question(), [answered("Lyon", "", "", key=NOTHING_KNOWN), BlanksAnswer()])
    assert [(one.text, one.right) for one in told] == [("(1) Lyon", False)]


def test_a_key_is_typed_with_a_semicolon_between_blanks_and_a_bar_between_spellings():
    key = BLANKS.typed_key(" Lyon ;Rhône|the Rhône | Rhone river;France", question())
    assert key.spelled(()) == ("(1) Lyon", "(2) Rhône | Rhone river", "(3) France")
    assert key.hint(answered("", "Rhine", "France", key=key)).endswith(RHINE.hint)
    unkeyed = question(blanks("____ and ____", exact=True))
    assert not unkeyed.key
    assert BLANKS.typed_key("a; b", unkeyed) == question(blanks("____ and ____", ["a"], ["b"], exact=True)).key
    assert BLANKS.typed_key("red | rose", question(LONE)).spelled(()) == ("red | rose",)


@pytest.mark.parametrize("text", ["", "Paris", "Paris; Seine", "Paris; ; France", "Paris; | ; France", "a; b; c; d"])
def test_a_key_that_leaves_a_blank_out_is_refused(text):
    with pytest.raises(BadInput, match="has 3 blanks"):
        BLANKS.typed_key(text, question())


def test_a_key_for_a_lone_blank_names_one():
    with pytest.raises(BadInput, match="has one blank"):
        BLANKS.typed_key("red; rose", question(LONE))


def test_a_key_may_not_have_more_or_longer_texts_than_a_bank():
    too_many = " | ".join(f"{number}x" for number in range(MOST_ACCEPTED))
    for text, words in ((f"a; {too_many}; b", "at most 50 answers"), (f"a; b; {'c' * 301}", "at most 300 characters")):
        with pytest.raises(BadInput, match=words):
            BLANKS.typed_key(text, question())
    with pytest.raises(BadInput, match="at most 300 characters"):
        BLANKS.accepting(KEY, f"2: {'c' * 301}")


def test_one_more_text_is_accepted_in_the_blank_that_is_named():
    wider = BLANKS.accepting(KEY, " 2 : Rhine ")
    assert wider.grade(answered("Paris", "rhine", "France")).right
    assert wider.hint(answered("", "Rhine", "")) == "Not right: (1), (3)."
    assert BLANKS.accepting(wider, "2: the rhine") == wider
    lone = question(LONE).key
    assert BLANKS.accepting(lone, "1:2").spelled(()) == ("blue | azure | 1:2",)


@pytest.mark.parametrize("text", ["Rhine", "0: Rhine", "4: Rhine", "99: Rhine", "Rhine: 2", "²: Rhine", ""])
def test_a_text_for_no_blank_is_not_accepted(text):
    with pytest.raises(BadInput, match="1 to 3"):
        BLANKS.accepting(KEY, text)


@pytest.mark.parametrize("text", ["2:", "2: \u200b"])
def test_what_nobody_can_type_is_not_accepted(text):
    with pytest.raises(BadInput, match="can't be an answer"):
        BLANKS.accepting(KEY, text)


def test_answers_replace_those_of_a_key_with_as_many_blanks_alone():
    exact = question(blanks(STEM, ["a"], ["b"], ["c"], exact=True)).key
    taken = BLANKS.with_answers(exact, KEY)
    assert taken is not None
    assert [blank.exact for blank in taken.blanks] == [True] * 3
    assert taken.spelled(()) == KEY.spelled(())
    assert BLANKS.with_answers(KEY, question(LONE).key) is None


def test_a_draft_and_its_key_say_the_same():
    assert draft_of(question()).accepted == PARIS.accepted
    assert draft_of(question()).near_misses == PARIS.near_misses
    assert BLANKS.drafted_key(draft_of(question()), ()) == KEY
    assert PARIS.accepted[1:3] == (InBlank(1, "Seine"), InBlank(1, "river Seine"))


def test_a_stem_with_more_gaps_than_a_form_has_fields_is_never_asked():
    crowded = blanks("____ " * 6, *(["a"] for _gap in range(6)))
    assert not question(crowded).key
    assert question(blanks("____ and ____", ["a"])).status == "unkeyed"


def test_what_a_person_accepted_or_corrected_outlasts_the_source_until_its_blanks_change():
    known = question()
    wider = widened(known, BLANKS.accepting(known.key, "2: Sequana"))
    assert next_revision(PARIS, wider) is None
    edited = blanks(STEM, ["Paris"], ["Seine"], ["France"])
    again = next_revision(edited, wider)
    assert again is not None
    assert again.key.spelled(()) == ("(1) Paris", "(2) Seine | Sequana", "(3) France")
    mended = corrected(known, BLANKS.typed_key("Lyon; Rhône; France", known))
    assert next_revision(PARIS, mended) is None
    fewer = next_revision(blanks("____ lies on the ____.", ["Paris"], ["Seine"]), mended)
    assert fewer is not None
    assert fewer.key.spelled(()) == ("(1) Paris", "(2) Seine")
