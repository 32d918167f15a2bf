"""Limits that a process sets for itself before it looks at what strangers sent."""

from contextlib import suppress

try:
    import resource
except ImportError:  # on Windows, where only the time that the parent waits is limited
    resource = None  # type: ignore[assignment]


def limit_memory(size: int) -> None:
    """Limit this process to ``size`` bytes of address space; allocations beyond that fail."""
    if resource is not None:
        with suppress(ValueError, OSError):  # macOS refuses this; elsewhere a lower limit may already be set
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_time(seconds: int) -> None:
    """Have the system end this process after ``seconds`` more of processor time."""
    if resource is not None:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(spent.ru_utime + spent.ru_stime) + seconds, hard))
