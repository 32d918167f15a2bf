"""What the suite costs: each file's processor time, and a limit that keeps `make test` within five minutes.

Processor time, as what a test waits for costs it nothing. A slow or busy machine needs more of it for the same work, up
to a third more: so a fixed piece of work is measured along with the tests, and the costs are counted in what it takes.
"""

import gc
import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from statistics import median

import pytest

SUITE_S = 440
"""Two idle cores work this off in under five minutes, waiting included."""
FILE_S = 40
YARDSTICK_S = 0.0125
"""What the fixed piece of work takes on the idle machine on which the limits were set."""
_MEASURED_EVERY = 50
_SHOWN = 10
_COST = "processor seconds"
_YARDSTICK = "processor seconds of the yardstick"


def _spent() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _yardstick() -> float:
    """Processor seconds that a fixed piece of work takes now: small objects and dictionaries, as in most tests.

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


class Budget:
    """Adds up what tests cost, wherever they ran, and speaks up at the end."""

    def __init__(self, *, limited: bool) -> None:
        self.of_file: Counter[str] = Counter()
        self.yardsticks: list[float] = []
        self._limited = limited
        self._reports = 0
        self._last = _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:  # noqa: ARG002 - pytest passes arguments by name
        """Note on the report what passed since the last one."""
        report = yield
        report.user_properties = [*report.user_properties, (_COST, _spent() - self._last)]
        if self._reports % _MEASURED_EVERY == 0:
            report.user_properties.append((_YARDSTICK, _yardstick()))
        self._reports += 1
        self._last = _spent()
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add it to its file's; reports of other processes arrive here too."""
        costs = [cost for name, cost in report.user_properties if name == _COST]
        self.of_file[report.nodeid.partition("::")[0]] += costs[-1]
        self.yardsticks += [taken for name, taken in report.user_properties if name == _YARDSTICK]

    @property
    def slowness(self) -> float:
        """How much slower this machine was, while the tests ran, than the one on which the limits were set."""
        return median(self.yardsticks) / YARDSTICK_S if self.yardsticks else 1.0

    def problems(self) -> list[str]:
        """What is over its limit."""
        costs = {file: cost / self.slowness for file, cost in self.of_file.items()}
        total = sum(costs.values())
        over = [f"{file} takes {cost:.0f} s of {FILE_S}" for file, cost in costs.items() if cost > FILE_S]
        return [*over, *([f"all tests take {total:.0f} s of {SUITE_S}"] if total > SUITE_S else [])]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that is over the limit."""
        if self._limited and self.problems() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name the dearest files of a long run, and what is over the limit."""
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
    """Watch the costs; the long tests of `make soak` have no limit."""
    config.pluginmanager.register(Budget(limited=not os.environ.get("QUIZBOT_SOAK")), "budget")
