"""What the tests cost: each file's processor time, and limits that keep `make test` short.

Processor time counts, so a test pays nothing for waiting. A slow or busy machine needs up to half as much again for the
same work. That is why a fixed piece of work, the yardstick, is measured along with the tests, and scales their costs.
"""

import gc
import resource
import time
from collections import Counter
from collections.abc import Iterator
from statistics import median

import pytest

from tests.soak import LONG

SUITE_S = 1_200
"""The most processor seconds that all tests may cost by the yardstick: twice the 600 that are five minutes on two
cores, because neighbours that empty the caches slow tests down by half as much again as the yardstick.
"""
FILE_S = 80
YARDSTICK_S = 0.011
"""Processor seconds that the yardstick took on the idle machine on which the limits were set."""
COLLECTING = "collecting the tests"
"""Stands for a file: what all processes spend before their first tests, which has no limit of its own."""
_MEASURED_EVERY = 500
"""Reports, of which each test makes three."""
_SHOWN = 10
_COST = "processor seconds"
_YARDSTICK = "processor seconds of the yardstick"


def _spent() -> float:
    """Processor seconds that this process and its finished child processes have used."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _yardstick() -> float:
    """Processor seconds that the yardstick takes now; it makes small objects and dictionaries, as most tests do.

    Without the garbage collector, which would go through everything that the tests have left in memory.
    """
    gc.disable()
    try:
        began = time.thread_time()
        words = {str(number): [number] for number in range(40_000)}
        sum(len(word) + numbers[0] for word, numbers in words.items())
        return time.thread_time() - began
    finally:
        gc.enable()


def at_usual_pace(seconds: float) -> float:
    """Processor seconds that something would have taken on the machine on which limits were set; never more than here.

    The pace is measured now, so call it right after what took so long.
    """
    return seconds / max(1.0, min(_yardstick() for _try in range(3)) / YARDSTICK_S)


class Budget:
    """Adds up what tests cost, in whichever process they ran, and reports files that cost too much."""

    def __init__(self, *, limited: bool) -> None:
        self.of_file: Counter[str] = Counter()
        self.yardsticks: list[float] = []
        self._limited = limited
        self._reports = 0
        self._last = _spent()
        self._collecting = 0.0

    def pytest_collection_finish(self) -> None:
        """Keep what each process spends before its first test apart from the cost of that test."""
        self._collecting, self._last = _spent() - self._last, _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:  # noqa: ARG002 - pytest passes arguments by name
        """Note on a test's report the processor time since the report before."""
        report = yield
        report.user_properties = [*report.user_properties, (_COST, _spent() - self._last)]
        if not self._reports:
            report.user_properties.append((COLLECTING, self._collecting))
        if self._reports % _MEASURED_EVERY == 0:
            report.user_properties.append((_YARDSTICK, _yardstick()))
        self._reports += 1
        self._last = _spent()
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a test's cost to that of its file; reports from other processes arrive here, too."""
        costs = [cost for name, cost in report.user_properties if name == _COST]
        self.of_file[report.nodeid.partition("::")[0]] += costs[-1]
        self.of_file[COLLECTING] += sum(cost for name, cost in report.user_properties if name == COLLECTING)
        self.yardsticks += [taken for name, taken in report.user_properties if name == _YARDSTICK]

    @property
    def slowness(self) -> float:
        """How many times as long this machine took, while the tests ran, as the one on which the limits were set."""
        return median(self.yardsticks) / YARDSTICK_S if self.yardsticks else 1.0

    def problems(self) -> list[str]:
        """What is over its limit, a sentence each; empty if nothing is."""
        costs = {file: cost / self.slowness for file, cost in self.of_file.items()}
        total = sum(costs.values())
        over = [
            f"{file} takes {cost:.0f} s of {FILE_S}"
            for file, cost in costs.items()
            if cost > FILE_S and file != COLLECTING
        ]
        return [*over, *([f"all tests take {total:.0f} s of {SUITE_S}"] if total > SUITE_S else [])]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that is over a limit."""
        if self._limited and self.problems() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """After a long run, list its most expensive files and what is over its limit."""
        total = sum(self.of_file.values())
        if total < FILE_S:
            return
        terminalreporter.section(f"dearest of {total:.0f} processor seconds, slowness {self.slowness:.2f}")
        for file, cost in self.of_file.most_common(_SHOWN):
            terminalreporter.line(f"{cost:6.1f} s  {file}")
        if self._limited:
            for problem in self.problems():
                terminalreporter.line(f"over budget: {problem}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Start counting costs; with the long tests of `make soak` there are no limits."""
    config.pluginmanager.register(Budget(limited=not LONG), "budget")
