"""``quizbot series preview ID --why``: which questions a series would ask next, and why."""

from pathlib import Path
from typing import Any

from bot.cli.console import out, print_json, with_application
from bot.domain.identity import SeriesId
from bot.domain.series import local
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.rendering.reasons import reason, waiting
from bot.services.series.forecast import Foresight, Foretold, foretell

_STEM = 70


def show(series_id: int, count: int, config: Path | None, *, as_json: bool) -> None:
    """Print when a series asks next, with which questions, and why these."""
    foresight = with_application(lambda a: foretell(a, SeriesId(series_id), count), config)
    told = [_told(foresight, posting) for posting in foresight.postings]
    if as_json:
        print_json(told)
        return
    for posting, one in zip(foresight.postings, told, strict=True):
        shown = f"{local(posting.at, foresight.series.timetable.zone):%a %Y-%m-%d %H:%M %Z}"
        about = ", ".join(filter(None, (one["topic"], one["difficulty"])))
        question = f"{one['question']}: {one['stem']}" + (f" ({about})" if about else "") if posting.question else "–"
        out.print(f"{shown}  {question}\n    {one['why']}", markup=False, highlight=False)
    if note := waiting(foresight.waiting, foresight.in_vain):
        out.print(note, markup=False, highlight=False)


def _told(foresight: Foresight, posting: Foretold) -> dict[str, Any]:
    question = posting.question
    why = reason(foresight.series, posting.drawn, foresight.group) if question else _("no question is ready")
    return {
        "local": local(posting.at, foresight.series.timetable.zone).isoformat(),
        "utc": posting.at.isoformat(),
        "question": str(question.id) if question else None,
        "stem": shortened(question.stem, _STEM) if question else None,
        "topic": question.topic if question else None,
        "difficulty": question.difficulty if question else None,
        "why": why,
    }
