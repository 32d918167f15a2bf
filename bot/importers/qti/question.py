"""Makes a draft of an item of QTI: the way it is answered decides on the kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from bot.domain.accepted import check_accepted
from bot.domain.drafts import FindingCode
from bot.domain.errors import BadInput
from bot.domain.gaps import GAP, count_gaps
from bot.domain.questions import MAX_CHOICES
from bot.i18n import gettext as _
from bot.importers.moodle.weighted import FULL, Weighted, quoted
from bot.importers.qti.gaps import pairs_in, take_blanks, take_gap_match, take_lists
from bot.importers.qti.item import NOBODY_WRITES, Interaction, Item, Way, mark
from bot.importers.qti.keeping import kept_fields, kind_name
from bot.importers.qti.taking import Taking
from bot.importers.qti.texts import Texts
from bot.importers.reading.statements import as_statement
from bot.importers.xml.album import Album

_ZERO = Fraction(0)
_NEED_MORE = frozenset({"audio", "video", "iframe", "object", "embed", "svg", "math", "form", "input", "select"})
"""HTML tags without which a text may be no question any more."""
_ENDS_SENTENCE = (".", "?", "!", ":", "\n")
_NOBODY_COUNTS = "987654321987654321"


class ReadItem(Taking):
    """The finished draft of an item, and the findings about it."""

    def __init__(self, item: Item, texts: Texts, album: Album, *, line: int, topic: str | None) -> None:
        super().__init__(item, texts, album, line=line, topic=topic)
        self._is_kept = False
        self._take()
        if not self._is_kept:
            self._tell_losses()
        self.finish([] if self._is_kept else texts.dropped)

    def _take(self) -> None:
        basis, findings = self.draft, list(self.findings)
        try:
            if self.item.hidden:
                raise BadInput(self.item.hidden)  # noqa: TRY301 - refused as if it had been found here
            self._take_by_way()
        except BadInput as refusal:
            self.draft, self.findings = basis, findings
            self._keep(str(refusal))

    def _take_by_way(self) -> None:
        interactions = self.item.interactions
        ways = {one.way for one in interactions}
        if Way.OTHER in ways:
            self._keep("")
        elif ways == {Way.LIST} or (len(interactions) > 1 and ways == {Way.CHOICE}):
            take_lists(self)
        elif len(interactions) > 1 and ways <= {Way.TEXT, Way.NUMBER, Way.LIST}:
            take_blanks(self)
        elif len(interactions) == 1:
            _TAKERS[interactions[0].way](self, interactions[0])
        else:
            raise BadInput(_("It is answered in several ways at once."))

    def take_choice(self, one: Interaction) -> None:
        """Take choices, which may have pictures."""
        shown = [(option, self.texts.line(option.html)) for option in one.options]
        shown = [(option, told) for option, told in shown if told.text or told.pictures]
        if len(shown) > MAX_CHOICES:
            message = _("It has {count} choices, but at most {limit} can be shown.")
            raise BadInput(message.format(count=len(shown), limit=MAX_CHOICES))
        weights = self.weighing.weights(one)
        right = [ident for ident, weight in weights.items() if weight == FULL or (weight > 0 and not one.single)]
        if not set(right) <= {option.ident for option, _told in shown}:
            raise BadInput(_("One of its right choices is empty."))
        answers = {option.ident: (option.ident,) for option, _told in shown}
        whole = {} if one.single else {"": right}
        feedback = self.remark(one.ident, {**answers, **whole}, right if one.single else [""])
        some = []
        for option, told in shown:
            said = filter(None, [self.texts.text(option.feedback), feedback.get(option.ident, "")])
            weight = weights.get(option.ident, _ZERO)
            some.append(Weighted(text=told.text, weight=weight, feedback="\n\n".join(dict.fromkeys(said))))
        self.show_gaps({})
        self.take_choices(some, single=one.single)
        self.show_choices([told for _option, told in shown])
        if self.draft.choice_pictures is None:
            self.draft = as_statement(self.draft)

    def take_text(self, one: Interaction) -> None:
        """Take texts that may be typed."""
        weights, exact = self.weighing.texts(one)
        if one.texts:
            weights, exact = dict.fromkeys(map(self.texts.typed, one.texts), FULL), False
        right = [text for text, weight in weights.items() if weight == FULL]
        feedback = self.remark(one.ident, {**{text: (text,) for text in weights}, "": (NOBODY_WRITES,)}, right)
        some = [
            Weighted(text=text.replace("*", r"\*"), weight=weight, feedback=feedback.get(text, ""))
            for text, weight in weights.items()
        ]
        in_gap = self._show_only_gap()
        self.take_texts([one for one in some if one.weight > 0 or one.feedback], in_gap=in_gap, exact=exact)

    def take_number(self, one: Interaction) -> None:
        """Take numbers that may be typed."""
        numbers = self.numbers(one)
        check_accepted(numbers)
        values = {str(number.value): (str(number.value),) for number in numbers}
        feedback = self.remark(one.ident, {**values, "": (_NOBODY_COUNTS,)}, list(values))
        self._show_only_gap()
        self.draft = replace(self.draft, kind="number", accepted=numbers)
        self.explain(feedback.values())

    def take_order_of(self, one: Interaction) -> None:
        """Take items to put in order."""
        right = self.weighing.together(one)
        texts = {option.ident: self.side(option) for option in one.options}
        if sorted(right) != sorted(texts):
            raise BadInput(_("It doesn't give the right order of all its items."))
        self.show_gaps({})
        self.remark(one.ident, {"": right}, [""])
        self.take_order([texts[ident] for ident in right])

    def take_match(self, one: Interaction) -> None:
        """Take sides to match."""
        pairs = pairs_in(self.weighing.together(one))
        lefts = {option.ident: self.side(option) for option in one.options}
        rights = {option.ident: self.side(option) for option in one.targets}
        if any(left not in lefts or right not in rights for left, right in pairs):
            raise BadInput(_("Its pairs don't match its sides."))
        if len({left for left, _right in pairs}) < len(pairs):  # then each right side may have one left side
            pairs, lefts, rights = [(right, left) for left, right in pairs], rights, lefts
        self._take_sides(one, dict(pairs) if len(dict(pairs)) == len(pairs) else {}, lefts, rights)

    def take_association(self, one: Interaction) -> None:
        """Take pairs whose sides stand in one list: the first of each pair becomes its left side."""
        pairs = pairs_in(self.weighing.together(one))
        texts = {option.ident: self.side(option) for option in one.options}
        idents = [ident for pair in pairs for ident in pair]
        if not set(idents) <= set(texts) or len(set(idents)) < len(idents):
            raise BadInput(_("Its pairs don't match its sides."))
        lefts = {left: texts[left] for left, _right in pairs}
        rights = {ident: text for ident, text in texts.items() if ident not in lefts}
        self.simplify(
            _("In the source, any two of the list can be paired; here each pair has a left and a right side.")
        )
        self._take_sides(one, dict(pairs), lefts, rights)

    def _take_sides(
        self, one: Interaction, pairs: Mapping[str, str], lefts: Mapping[str, str], rights: Mapping[str, str]
    ) -> None:
        missing = next((text for ident, text in lefts.items() if ident not in pairs), None)
        if missing is not None or not pairs:
            raise BadInput(_("“{left}” has no right side, or several.").format(left=quoted(missing or "")))
        if not all([*lefts.values(), *rights.values()]):
            raise BadInput(_("One of its sides is empty."))
        self.show_gaps({})
        self.remark(one.ident, {"": one.claimed}, [""])
        unused = [text for ident, text in rights.items() if ident not in pairs.values()]
        self.take_pairs([(text, rights[pairs[ident]]) for ident, text in lefts.items()], unused)

    def take_gap_match(self, one: Interaction) -> None:
        """Take gaps that are filled in with what stands in a list."""
        take_gap_match(self, one)

    def _show_only_gap(self) -> bool:
        """Show the only gap where it is inside a sentence; return whether it is."""
        stem = self.draft.stem
        before, _mark, after = stem.partition(mark(0))
        alone = before.rpartition("\n")[2].strip() == "" and after.partition("\n")[0].strip() == ""
        ends = not after.strip() and before.rstrip(" ").endswith(_ENDS_SENTENCE)
        in_sentence = bool(_mark) and not alone and not ends
        self.show_gaps({0: GAP} if in_sentence else {})
        return in_sentence and count_gaps(self.draft.stem) == 1

    def _keep(self, reason: str) -> None:
        names = dict.fromkeys(one.name for one in self.item.interactions)
        self.show_gaps({})
        kept = kept_fields(self.item.node)
        self._is_kept = bool(kept)
        kind = kind_name(next(iter(names)) if len(names) == 1 else "composite")
        self.draft = replace(self.draft, kind=kind, kept=kept)
        if reason:
            consequence = _("So it can't be asked: it is only kept, and exported unchanged.")
            self.note(FindingCode.KIND_NOT_ASKED, f"{reason} {consequence}")
        if not kept:
            self.simplify(_("It is too large to be kept in full: only its text was kept."))

    def _tell_losses(self) -> None:
        if lost := self.texts.lost:
            code = FindingCode.NEEDS_FIGURE if self.draft.kind in {"match", "order"} else FindingCode.SIMPLIFIED
            names = ", ".join(f"“{quoted(name)}”" for name in lost[:3])
            message = _("Pictures were left out, because they can't be shown here: {names}.")
            self.note(code, message.format(names=names))
        if not _NEED_MORE.isdisjoint(self.texts.dropped):
            message = _("It needs something that can't come along, such as a film, a sound or a form.")
            self.note(FindingCode.NEEDS_FIGURE, message)
        if self.texts.damaged:
            self.note(FindingCode.ENCODING_REPAIRED, _("Wrongly encoded characters were repaired."))
        if self.item.is_apart:
            message = _("It is about a text elsewhere in the source. Add that text to its stem.")
            self.note(FindingCode.NEEDS_FIGURE, message)
        if self.item.has_hints:
            self.simplify(_("Its hints for another try aren't kept."))


_TAKERS: Mapping[Way, Callable[[ReadItem, Interaction], None]] = {
    Way.CHOICE: ReadItem.take_choice,
    Way.TEXT: ReadItem.take_text,
    Way.NUMBER: ReadItem.take_number,
    Way.ORDER: ReadItem.take_order_of,
    Way.MATCH: ReadItem.take_match,
    Way.ASSOCIATE: ReadItem.take_association,
    Way.GAP_MATCH: ReadItem.take_gap_match,
}
"""How an interaction is taken that is the only one of its item."""
