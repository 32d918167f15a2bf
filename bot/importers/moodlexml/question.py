"""Makes a draft of a question in Moodle's XML: its type decides on the kind."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import GAP
from bot.i18n import gettext as _
from bot.importers.moodle.weighted import Weighted
from bot.importers.moodlexml.cloze import Gap, taken_apart, with_gaps
from bot.importers.moodlexml.gaps import take_embedded, take_listed
from bot.importers.moodlexml.keeping import kept_fields, kind_name
from bot.importers.moodlexml.texts import Texts, words
from bot.importers.moodlexml.values import is_one, number_of, weight_of, without_letters
from bot.importers.reading.compose import collapse
from bot.importers.reading.words import truth_of
from bot.importers.xml.album import Album
from bot.importers.xml.illustrated import Illustrated, Told
from bot.importers.xml.node import Node

_PARAGRAPH = re.compile(r"<p\b[^<>]*>([^<>]*)</p>", re.IGNORECASE)
_MOST = 200
"""The most answers that a question is read with: nobody can answer one with so many."""
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_NEED_MORE = frozenset({"audio", "video", "iframe", "object", "embed", "svg", "math", "form", "input", "select"})
"""HTML tags without which a stem may be no question any more."""
_EMBEDDED = frozenset({"cloze", "multianswer"})


class ReadQuestion(Illustrated):
    """The draft of a question, and the findings about it.

    Attributes:
        remarks: what is told after any right, partly right or wrong answer.
    """

    def __init__(self, node: Node, topic: str | None, album: Album) -> None:
        self._node = node
        self._texts = Texts(node)
        type_ = node.attributes.get("type", "").strip()
        asked = node.first("questiontext")
        refused, gaps = "", list[Gap]()
        if type_ in _EMBEDDED:
            try:
                asked, gaps = _parted(asked)
            except BadInput as refusal:
                refused = str(refusal)
        stem = self._texts.told(asked)
        title = self._texts.typed(node.first("name"))
        super().__init__(
            QuestionDraft(
                line=node.first("questiontext").first("text").line,
                stem=stem.text or title,
                choices=(),
                section=None if not title or _begins_with(stem.text, title) else title,
                explanation=self._texts.text(node.first("generalfeedback")),
                topic=topic,
                tags=tuple(dict.fromkeys(filter(None, map(self._texts.typed, _tags(node))))),
                source_id=collapse(node.value("idnumber")) or None,
            ),
            album,
        )
        self.show(stem.pictures)
        self._needs_more = "@@PLUGINFILE@@" in stem.text or not _NEED_MORE.isdisjoint(self._texts.dropped)
        self._kept_whole = False
        self._take(type_, gaps, refused)
        told = () if self._kept_whole else (self._texts.text(node.first(name)) for name in _COMBINED)
        self.remarks = tuple(dict.fromkeys(filter(None, told)))
        if not self._kept_whole:
            self._tell_losses()
        self.finish([] if self._kept_whole else self._texts.dropped)

    def _take(self, type_: str, gaps: Sequence[Gap], refused: str) -> None:
        basis, findings = self.draft, list(self.findings)
        try:
            if refused:
                raise BadInput(refused)  # noqa: TRY301 - refused as if it had been found here
            if type_ in _EMBEDDED:
                take_embedded(self, self._texts, gaps)
            elif type_ in _TAKERS:
                _TAKERS[type_](self)
            else:
                self._keep(type_, "")
        except BadInput as refusal:
            self.draft, self.findings = basis, findings
            self._keep(type_, str(refusal))

    def take_multichoice(self, *, single: bool | None = None) -> None:
        """Take choices, which may have pictures."""
        some: list[Weighted] = []
        shown: list[Told] = []
        for node in self._answers():
            told = self._texts.line(node)
            if told.text or told.pictures:
                some.append(Weighted(text=told.text, weight=weight_of(node), feedback=self._feedback(node)))
                shown.append(told)
        some = without_letters(some)
        if single is None:
            single = self._node.value("single").casefold() not in {"false", "0"}
        self.take_choices(some, single=single)
        self.show_choices(shown)

    def take_several(self) -> None:
        """Take choices of a type that always lets several be chosen."""
        self.take_multichoice(single=False)

    def take_truefalse(self) -> None:
        """Take a statement; older files have the words for true and false in any language."""
        answers = list(self._answers())
        said = [truth_of(self._texts.typed(node)) for node in answers]
        if len(answers) != 2:
            raise BadInput(_("It should have two answers, true and false, not {count}.").format(count=len(answers)))
        if sorted(map(str, said)) != ["False", "True"]:
            first, second = map(self._texts.typed, answers)
            message = _(
                "Its answers are called “{first}” and “{second}”. The first was taken for “true”, as Moodle does it. "
                "Check the key."
            )
            self.note(FindingCode.KEY_NOT_A_CHOICE, message.format(first=first, second=second))
            said = [True, False]
        rights = [value for value, node in zip(said, answers, strict=True) if weight_of(node) > 0]
        feedback = {value: self._feedback(node) for value, node in zip(said, answers, strict=True)}
        key = rights[0] if len(rights) == 1 else None
        told = {} if key is None else {"answer": bool(key)}
        right = True if key is None else bool(key)
        self.take_truth(told, right=feedback[right], wrong=feedback[not right])

    def take_shortanswer(self) -> None:
        """Take texts that may be typed."""
        some = [
            Weighted(text=self._typed(node), weight=weight_of(node), feedback=self._feedback(node))
            for node in self._answers()
        ]
        self.take_texts(some, in_gap=False, exact=self._node.value("usecase") in {"1", "true"})

    def take_numerical(self) -> None:
        """Take numbers that may be typed, with their unit."""
        some: list[Weighted] = []
        any_others: list[Weighted] = []
        for node in self._answers():
            answer = Weighted(
                text=number_of(self._typed(node), node), weight=weight_of(node), feedback=self._feedback(node)
            )
            (any_others if answer.text in {"*", ""} else some).append(answer)
        self.take_numbers(some, "\n\n".join(one.feedback for one in any_others if one.feedback))
        if any(one.weight for one in any_others):
            self.simplify(_("In the source, any number earns points; here only those that are named do."))
        self._take_units()

    def _take_units(self) -> None:
        units = [
            (self._texts.typed(unit.first("unit_name")) or collapse(unit.value("unit_name")), unit.value("multiplier"))
            for unit in self._node.first("units").all("unit")
        ]
        plain = [name for name, multiplier in units if name and is_one(multiplier)]
        self.draft = replace(self.draft, unit=plain[0] if plain else "")
        if [name for name, _multiplier in units if name not in plain]:
            names = ", ".join(f"“{name}”" for name, _multiplier in units[:5])
            message = _("In the source, the answer may be given in several units ({units}). Here it is a bare number.")
            message_of_one = _(
                "In the source, the answer may be given in several units ({units}). Here it must be in “{unit}”."
            )
            self.simplify((message_of_one if plain else message).format(units=names, unit=self.draft.unit))
        if self._node.value("unitgradingtype") in {"1", "2"}:
            self.simplify(_("In the source, a wrong or missing unit costs points; here the unit may be left out."))

    def take_matching(self) -> None:
        """Take sides to match."""
        formatted = self._node.attributes["type"].strip() == "ddmatch"
        pairs, distractors = [], []
        for node in self._node.all("subquestion"):
            answer = node.first("answer")
            left, right = self._texts.side(node), (self._texts.side if formatted else self._texts.typed)(answer)
            if not right:
                raise BadInput(_("“{left}” has no right side.").format(left=left))
            if left:
                pairs.append((left, right))
            else:
                distractors.append(right)
        self.take_pairs(pairs, distractors)

    def take_ordering(self) -> None:
        """Take items to put in order: Moodle goes by the order in the file."""
        answers = list(self._answers())
        numbers = [weight_of(node) for node in answers]
        self.take_order([side for side in map(self._texts.side, answers) if side])
        self.explain(map(self._feedback, answers))
        if len(set(numbers)) == len(numbers) and numbers != sorted(numbers):
            message = _(
                "The numbers of its items contradict their order in the file, which was taken. Check the right order."
            )
            self.note(FindingCode.KEY_NOT_A_CHOICE, message)

    def take_gaps(self) -> None:
        """Take gaps that are filled in from a list."""
        boxes = [*self._node.all("selectoption"), *self._node.all("dragbox")]
        options = [(self._texts.side(box), box.value("group") or "1") for box in boxes]
        take_listed(self, options)

    def _keep(self, type_: str, reason: str) -> None:
        kept, whole = kept_fields(self._node)
        stem = with_gaps(self.draft.stem, [GAP] * _MOST)
        self.draft = replace(self.draft, kind=kind_name(type_), kept=kept, stem=stem)
        self._kept_whole = whole
        self.findings.clear()
        if reason:
            consequence = _("So it can't be asked: it is only kept, and exported unchanged.")
            self.note(FindingCode.KIND_NOT_ASKED, f"{reason} {consequence}")
        if not whole:
            message = _("It is too large to be kept as a whole: files in it, or all but its text, were left out.")
            self.simplify(message)

    def _answers(self) -> Iterator[Node]:
        answers = list(self._node.all("answer"))
        if len(answers) > _MOST:
            message = _("It has {count} answers, but at most {most} can be read.")
            raise BadInput(message.format(count=len(answers), most=_MOST))
        return iter(answers)

    def _feedback(self, node: Node) -> str:
        return self._texts.text(node.first("feedback"))

    def _typed(self, node: Node) -> str:
        """What people are to type; some programs write even that as a paragraph of HTML."""
        typed = self._texts.typed(node)
        found = _PARAGRAPH.fullmatch(typed) if node.attributes.get("format") == "html" else None
        return collapse(found[1]) if found else typed

    def _tell_losses(self) -> None:
        if lost := self._texts.lost:
            code = FindingCode.NEEDS_FIGURE if self.draft.kind in {"match", "order"} else FindingCode.SIMPLIFIED
            names = ", ".join(f"“{name}”" for name in lost[:3])
            self.note(code, _("Pictures were left out, because they can't be shown here: {names}.").format(names=names))
        if self._needs_more:
            self.note(
                FindingCode.NEEDS_FIGURE,
                _("It needs something that can't come along, such as a film, a sound or a form."),
            )
        if self._texts.damaged:
            self.note(FindingCode.ENCODING_REPAIRED, _("Wrongly encoded characters were repaired."))
        if any(words(hint) for hint in self._node.all("hint")):
            self.simplify(_("Its hints for another try aren't kept."))


_TAKERS: Mapping[str, Callable[[ReadQuestion], None]] = {
    "multichoice": ReadQuestion.take_multichoice,
    "multichoiceset": ReadQuestion.take_several,
    "oumultiresponse": ReadQuestion.take_several,
    "truefalse": ReadQuestion.take_truefalse,
    "shortanswer": ReadQuestion.take_shortanswer,
    "numerical": ReadQuestion.take_numerical,
    "matching": ReadQuestion.take_matching,
    "match": ReadQuestion.take_matching,
    "ddmatch": ReadQuestion.take_matching,
    "ordering": ReadQuestion.take_ordering,
    "gapselect": ReadQuestion.take_gaps,
    "ddwtos": ReadQuestion.take_gaps,
}
"""How questions of each type are taken that can be asked here; all others are kept."""


def _parted(asked: Node) -> tuple[Node, list[Gap]]:
    """Return the element of a stem with marks for its gaps, and the gaps."""
    told, gaps = taken_apart(words(asked))
    text = Node("text", line=asked.line)
    text.content = [told]
    parted = Node(asked.tag, asked.attributes, asked.line)
    parted.content = [text, *asked.all("file"), *asked.first("text").all("file")]
    return parted, gaps


def _begins_with(stem: str, title: str) -> bool:
    """Whether a title is but the beginning of the stem, as programs make them."""
    return collapse(stem).casefold().startswith(title.rstrip(".… ").casefold())


def _tags(question: Node) -> Iterator[Node]:
    yield from question.first("tags").all("tag")
    yield from question.all("tag")
