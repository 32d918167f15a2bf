"""Says in words how a document was read: where its questions begin, and what was taken for choices and keys."""

from collections import Counter
from collections.abc import Sequence

from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.competing import Found


def in_words(found: Sequence[Found], raws: Sequence[RawQuestion]) -> tuple[str, ...]:
    """Return sentences on the reading that was taken, with how many questions each part of it holds for."""
    if not found:
        return ()
    begins = {
        "number": _("begin with a number"),
        "heading": _("are headings"),
        "opener": _("stand below a line such as “Question:”"),
        "outline": _("are items with their choices below them"),
        "paragraph": _("are the paragraph above their choices"),
        "none": _("have choices, but no text above them"),
    }
    marks = {
        "letter": _("have letters"),
        "number": _("have numbers"),
        "box": _("have boxes"),
        "sign": _("have plus and minus signs"),
        "bullet": _("have bullets"),
        "bare": _("have no marks"),
        "": _("were not found"),
    }
    keys = {
        "line": _("stand on a line such as “Answer: B”"),
        "above": _("stand above the choices"),
        "alone": _("stand alone below the choices"),
        "told": _("are told by the explanation"),
        "bracket": _("stand in brackets in the question"),
        "id": _("stand in the line with the id"),
        "apart": _("stand in a list of their own"),
        "tick": _("are marks at the choices"),
        "": _("were not found"),
    }
    return (
        _counted(_("Questions"), begins, [question.start.habit for question in found]),
        _counted(_("Choices"), marks, [question.run.style if question.run else "" for question in found]),
        _counted(_("Keys"), keys, [_where_keyed(raw) for raw in raws]),
    )


def _where_keyed(raw: RawQuestion) -> str:
    if raw.key is not None:
        return raw.keyed_by
    return raw.keyed_by or "tick" if raw.is_ticked else ""


def _counted(name: str, words: dict[str, str], habits: Sequence[str]) -> str:
    told = ", ".join(f"{count} {words[habit]}" for habit, count in Counter(habits).most_common())
    return f"{name}: {told}."
