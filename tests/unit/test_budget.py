"""What the suite may cost is counted in work, not in a busy machine's seconds."""

from tests.budget import COLLECTING, FILE_S, SUITE_S, YARDSTICK_S, Budget


def test_a_file_and_a_suite_over_their_limits_are_named() -> None:
    budget = Budget(limited=True)
    budget.of_file.update({"tests/dear.py": FILE_S + 1, "tests/rest.py": SUITE_S})
    assert budget.problems() == [
        f"tests/dear.py takes {FILE_S + 1} s of {FILE_S}",
        f"tests/rest.py takes {SUITE_S} s of {FILE_S}",
        f"all tests take {SUITE_S + FILE_S + 1} s of {SUITE_S}",
    ]


def test_what_a_slow_machine_adds_does_not_count() -> None:
    budget = Budget(limited=True)
    budget.of_file["tests/dear.py"] = FILE_S + 1
    budget.yardsticks += [1.5 * YARDSTICK_S, 1.7 * YARDSTICK_S]
    assert budget.problems() == []


def test_what_all_processes_spend_before_their_first_test_is_no_files() -> None:
    budget = Budget(limited=True)
    budget.of_file[COLLECTING] = FILE_S + 1
    assert budget.problems() == []
    budget.of_file[COLLECTING] = SUITE_S + 1
    assert budget.problems() == [f"all tests take {SUITE_S + 1} s of {SUITE_S}"]
