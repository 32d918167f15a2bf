"""From when to when a platform's events were lost, and of which rounds something may be missing."""

from datetime import timedelta
from types import SimpleNamespace

from bot.services.absences import Absences
from bot.testing import A_MONDAY

OPENED_BEFORE = SimpleNamespace(id=1, opened_at=A_MONDAY)
OPENED_AFTER = SimpleNamespace(id=2, opened_at=A_MONDAY + timedelta(hours=2))
BACK = A_MONDAY + timedelta(hours=1)


def test_a_platform_that_tells_of_no_absence_never_has_one():
    assert Absences().over("web", OPENED_BEFORE) is None


def test_while_events_are_lost_nothing_makes_up_for_it():
    absences = Absences()
    absences.begin("chat")
    absences.over("chat", OPENED_BEFORE).made_up.add(OPENED_BEFORE.id)
    assert absences.over("chat", OPENED_BEFORE) is not None
    assert absences.over("web", OPENED_BEFORE) is None


def test_behind_it_only_rounds_of_before_that_were_not_read_since_miss_something():
    absences = Absences()
    absences.begin("chat")
    absences.end("chat", lost_until=BACK)
    assert absences.over("chat", OPENED_AFTER) is None
    absences.over("chat", OPENED_BEFORE).made_up.add(OPENED_BEFORE.id)
    assert absences.over("chat", OPENED_BEFORE) is None
    absences.end("chat", lost_until=BACK)
    assert absences.over("chat", OPENED_BEFORE) is not None


def test_what_was_read_before_the_next_absence_ended_does_not_make_up_for_that_one():
    absences = Absences()
    absences.end("chat", lost_until=BACK)
    first = absences.over("chat", OPENED_BEFORE)
    absences.end("chat", lost_until=BACK + timedelta(minutes=1))
    first.made_up.add(OPENED_BEFORE.id)
    assert absences.over("chat", OPENED_BEFORE) is not None


def test_a_connection_that_brings_what_it_missed_has_lost_nothing():
    absences = Absences()
    absences.begin("chat", 0)
    absences.end("chat", 0, lost_until=None)
    assert absences.over("chat", OPENED_BEFORE) is None


def test_of_several_lines_each_has_to_be_back():
    absences = Absences()
    absences.begin("chat", 0)
    absences.begin("chat", 1)
    absences.end("chat", 0, lost_until=None)
    assert absences.over("chat", OPENED_BEFORE) is not None
    absences.end("chat", 1, lost_until=None)
    assert absences.over("chat", OPENED_BEFORE) is None
