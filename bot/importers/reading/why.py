"""Says in words how a document was read: where its questions begin, and what was taken for choices and keys."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.competing import Found


class Habits:
    """Counts what marks the questions of a document, their choices and their keys."""

    def __init__(self) -> None:
        self._starts: Counter[str] = Counter()
        self._choices: Counter[str] = Counter()
        self._keys: Counter[str] = Counter()

    def note(self, found: Sequence[Found]) -> None:
        """Count where these questions begin, and what marks their choices."""
        self._starts.update(question.start.habit for question in found)
        self._choices.update(question.run.style if question.run else "" for question in found)

    def of_keys(self, raws: Iterable[RawQuestion]) -> Iterator[RawQuestion]:
        """Yield the questions, and count where the key of each stands."""
        for raw in raws:
            self._keys[_where_keyed(raw)] += 1
            yield raw

    def in_words(self) -> tuple[str, ...]:
        """Return sentences on the reading that was taken, with how many questions each part of it holds for."""
        if not self._starts:
            return ()
        begins = {
            "number": _("begin with a number"),
            "heading": _("are headings"),
            "opener": _("stand below a line such as “Question:”"),
            "outline": _("are items with their choices below them"),
            "paragraph": _("are the paragraph above their choices"),
            "parted": _("are the text between a line that separates and their choices"),
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
            _counted(_("Questions"), begins, self._starts),
            _counted(_("Choices"), marks, self._choices),
            _counted(_("Keys"), keys, self._keys),
        )


def _where_keyed(raw: RawQuestion) -> str:
    if raw.key is not None:
        return raw.keyed_by
    return raw.keyed_by or "tick" if raw.is_ticked else ""


def _counted(name: str, words: Mapping[str, str], habits: Counter[str]) -> str:
    told = ", ".join(f"{count} {words[habit]}" for habit, count in habits.most_common())
    return f"{name}: {told}."
