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
        """Return a sentence each on questions, choices and keys: what was taken for them, and in how many questions."""
        if not self._starts:
            return ()
        begins = {
            "number": _("numbered"),
            "heading": _("written as a heading"),
            "opener": _("below a line such as “Question:”"),
            "outline": _("a list item with its choices below it"),
            "paragraph": _("the paragraph above the choices"),
            "parted": _("the text between a ruler and the choices"),
            "none": _("choices without any text above them"),
        }
        marks = {
            "letter": _("with letters"),
            "number": _("with numbers"),
            "box": _("with boxes"),
            "sign": _("with plus and minus signs"),
            "bullet": _("with bullets"),
            "bare": _("without any marks"),
            "": _("none"),
        }
        keys = {
            "line": _("on a line such as “Answer: B”"),
            "above": _("above the choices"),
            "alone": _("alone below the choices"),
            "told": _("in the explanation"),
            "bracket": _("in brackets in the question"),
            "id": _("on the line with the question's ID"),
            "apart": _("in a separate list"),
            "tick": _("marked at the choices"),
            "": _("not found"),
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
    told = ", ".join(f"{words[habit]} ({count})" for habit, count in habits.most_common())
    return f"{name}: {told}."
