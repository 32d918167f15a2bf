"""What the suite costs: each file's processor time, and a limit that keeps `make test` within five minutes.

Processor time, because a busy machine changes it little; what a test waits for costs it nothing.
"""

import os
import resource
from collections import Counter
from collections.abc import Iterator

import pytest

SUITE_S = 400
"""Two idle cores work this off in well under five minutes, waiting included."""
FILE_S = 40
_SHOWN = 10
_COST = "processor seconds"


def _spent() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


class Budget:
    """Adds up what tests cost, wherever they ran, and speaks up at the end."""

    def __init__(self, *, limited: bool) -> None:
        self.of_file: Counter[str] = Counter()
        self._limited = limited
        self._last = _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:  # noqa: ARG002 - pytest passes arguments by name
        """Note on the report what passed since the last one."""
        report = yield
        now = _spent()
        report.user_properties = [*report.user_properties, (_COST, now - self._last)]
        self._last = now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add it to its file's; reports of other processes arrive here too."""
        costs = [cost for name, cost in report.user_properties if name == _COST]
        self.of_file[report.nodeid.partition("::")[0]] += costs[-1]

    def problems(self) -> list[str]:
        """What is over its limit."""
        total = sum(self.of_file.values())
        over = [f"{file} takes {cost:.0f} s of {FILE_S}" for file, cost in self.of_file.items() if cost > FILE_S]
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
        terminalreporter.section(f"dearest of {total:.0f} processor seconds")
        for file, cost in self.of_file.most_common(_SHOWN):
            terminalreporter.line(f"{cost:6.1f} s  {file}")
        if self._limited:
            for problem in self.problems():
                terminalreporter.line(f"over budget: {problem}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Watch the costs; the long tests of `make soak` have no limit."""
    config.pluginmanager.register(Budget(limited=not os.environ.get("QUIZBOT_SOAK")), "budget")
