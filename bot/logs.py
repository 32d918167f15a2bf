"""Structured logs: one event in each line, and never a secret."""

import logging
import re
import sys
import threading
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"  # tokens with a prefix
    r"|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # tokens of bots in three parts
    r"|(?<=://)[^/\s:@]*:[^/\s@]*(?=@)"  # user and password in an address
    r"|(?i:(?<=bearer )|(?<=cookie: )|(?<=authorization: ))[^\r\n]+"
    r"|(?<=/webhooks/)[\w/-]+|(?<=/interactions/)[\w/-]+|(?<=/services/)[\w/-]+|(?<=/commands/)[\w/-]+|(?<=/actions/)[\w/-]+"
)
"""Secrets that a library may put into an error's text: whoever reads one could act for somebody else."""
_HIDDEN = "[hidden]"
_FROM_CLIENTS = "aiohttp.http_exceptions"
"""The module of errors whose text holds what a client sent, cookies included."""

_log = structlog.get_logger(__name__)


def configure(level: str, *, as_json: bool, whole_process: bool = False) -> None:
    """Log to stderr at ``level`` (debug, info, warning, error): for people, or as JSON for machines.

    Libraries' messages are logged in the same form. With ``whole_process``, so are warnings and uncaught exceptions.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    # A plain traceback: the pretty one prints local variables, and tokens with them.
    for_people = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = [_hiding_in_text(for_people)]
    if as_json:
        last = [structlog.processors.format_exc_info, _hide_in_values, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    handler.addFilter(_without_requests)
    logging.basicConfig(level=max(logging.WARNING, least), handlers=[handler], force=whole_process)
    if whole_process:
        logging.captureWarnings(capture=True)
        sys.excepthook = _uncaught
        sys.unraisablehook = _unraisable
        threading.excepthook = _uncaught_in_thread


def _hiding_in_text(render: Processor) -> Processor:
    def rendered(logger: WrappedLogger, name: str, event: EventDict) -> str:
        return _SECRETS.sub(_HIDDEN, str(render(logger, name, event)))

    return rendered


def _hide_in_values(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: _hidden(value) for key, value in event.items()}


def _hidden(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _hidden(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(one) for one in value]
    return _SECRETS.sub(_HIDDEN, value if isinstance(value, str) else repr(value))


def _without_requests(record: logging.LogRecord) -> bool:
    """Log that a request was malformed, without its content."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and type(error).__module__ == _FROM_CLIENTS:
        record.exc_info = None
        record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}", ()
    return True


def _uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    _log.critical("uncaught_exception", exc_info=(kind, error, traceback))


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    error = args.exc_value or args.exc_type()
    _log.error("unraisable_exception", exc_info=(args.exc_type, error, args.exc_traceback))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread else ""
    error = args.exc_value or args.exc_type()
    _log.critical("uncaught_exception", thread=name, exc_info=(args.exc_type, error, args.exc_traceback))
