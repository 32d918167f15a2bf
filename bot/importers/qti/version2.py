"""Reads items of QTI 2.0, 2.1, 2.2 and 3, which differ in the names of elements only."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from bot.i18n import gettext as _
from bot.importers.qti.declaration import Declaration, declared
from bot.importers.qti.item import FIRST_GAP, Interaction, Item, Option, Way, mark
from bot.importers.qti.processing import Feedback, Processing
from bot.importers.qti.texts import html_in, html_of
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

TAG = "assessmentItem"
"""The name of the element that holds an item."""

_WAYS = {
    "choiceInteraction": Way.CHOICE,
    "inlineChoiceInteraction": Way.LIST,
    "textEntryInteraction": Way.TEXT,
    "orderInteraction": Way.ORDER,
    "matchInteraction": Way.MATCH,
    "associateInteraction": Way.ASSOCIATE,
    "gapMatchInteraction": Way.GAP_MATCH,
}
_NAMES = {
    "extendedText": "essay",
    "upload": "file-upload",
    "custom": "portable-custom",
    "portableCustom": "portable-custom",
}
_CHOICES = frozenset({"simpleChoice", "inlineChoice", "simpleAssociableChoice", "gapText", "gapImg"})
_INTERACTION = "Interaction"
_FEEDBACK = frozenset({"feedbackInline", "feedbackBlock", "modalFeedback"})
_VARIABLE = frozenset({"printedVariable", "templateBlock", "templateInline"})
_UNSHOWN = _VARIABLE | {"stylesheet", "infoControl", "catalogInfo", "companionMaterialsInfo", "interactionMarkup"}
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NUMERIC = frozenset({"integer", "float"})
_BLOCKS = frozenset({"prompt", "contentBody", "rubricBlock", "positionObjectStage"})


def read_item(node: Node) -> Item:
    """Return what an item asks."""
    return _Reader(node).item()


class _Reader:
    """Reads one item."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._responses = {one.ident: one for one in map(declared, node.all("responseDeclaration"))}
        self._interactions: list[Interaction] = []
        self._gaps = 0
        self._feedback: list[Feedback] = []
        self._texts: dict[str, str] = {}
        self._varies = False

    def item(self) -> Item:
        html = "".join(self._html_in(body) for body in self._node.all("itemBody"))
        for part in self._node.all("modalFeedback"):
            self._take_feedback(part)
        return Item(
            node=self._node,
            ident=self._node.attributes.get("identifier", ""),
            title=collapse(self._node.attributes.get("title", "")),
            html=html,
            interactions=tuple(self._interactions),
            scoring=Processing(self._node, [*self._responses.values()], self._feedback),
            feedback=self._texts,
            is_apart=self._node.has("assessmentStimulusRef"),
            hidden=self._hidden(),
        )

    def _hidden(self) -> str:
        if self._varies or self._node.has("templateProcessing"):
            return _("It is a template, whose text or key is different each time.")
        if self._node.attributes.get("adaptive", "") in {"true", "1"}:
            return _("It is adaptive: it is answered in several steps.")
        return ""

    def _html_in(self, node: Node) -> str:
        return html_in(node, self._special)

    def _special(self, node: Node) -> str | None:
        if node.tag.endswith(_INTERACTION):
            return self._interaction(node)
        if node.tag in _FEEDBACK:
            self._take_feedback(node)
            return ""
        self._varies = self._varies or node.tag in _VARIABLE
        if node.tag in _UNSHOWN or (node.tag == "rubricBlock" and not _is_for_all(node)):
            return ""
        if node.tag == "gap":
            return self._gap()
        if node.tag in {"object", "include"}:
            return _object(node)
        return f"<div>{self._html_in(node)}</div>" if node.tag in _BLOCKS else None

    def _interaction(self, node: Node) -> str:
        position = len(self._interactions)
        ident = node.attributes.get("responseIdentifier", "")
        response = self._responses.get(ident) or Declaration(ident=ident, base="", cardinality="single", correct=())
        way = _WAYS.get(node.tag, Way.OTHER)
        if way is Way.TEXT and response.base in _NUMERIC:
            way = Way.NUMBER
        if response.cardinality == "record":
            way = Way.OTHER
        self._interactions.append(Interaction(way=way, name=_name(node.tag), ident=ident))
        before = "".join(self._special(part) or "" for part in _nodes(node) if part.tag == "prompt")
        sets = list(node.all("simpleMatchSet"))
        lefts, rights = (sets[0], sets[1]) if len(sets) == 2 else (node, None)
        one = replace(
            self._interactions[position],
            single=response.cardinality == "single",
            options=tuple(map(self._option, _choices(lefts))),
            targets=tuple(map(self._option, _choices(rights))) if rights else (),
            claimed=response.correct,
        )
        if way is Way.GAP_MATCH:
            before += self._rest(node)
            gaps = [gap for gap in _all(node) if gap.tag == "gap"]
            one = replace(
                one, targets=tuple(Option(ident=gap.attributes.get("identifier", ""), html="") for gap in gaps)
            )
        elif way is Way.OTHER:
            before += self._rest(node)
        self._interactions[position] = one
        return f"{before}{mark(position)}"

    def _rest(self, node: Node) -> str:
        """What an interaction shows beside its prompt and its choices, such as a text with gaps or words to mark."""
        inside = (part for part in _nodes(node) if part.tag not in {*_CHOICES, "prompt", "simpleMatchSet"})
        return "".join(html_of(part, self._special) for part in inside)

    def _gap(self) -> str:
        self._gaps += 1
        return mark(FIRST_GAP + self._gaps - 1)

    def _option(self, node: Node) -> Option:
        told = [part for part in _all(node) if part.tag in _FEEDBACK]
        feedback = "".join(self._html_in(part) for part in told)
        ident = collapse(node.attributes.get("identifier", ""))
        inside = "".join(
            escape(part, quote=False)
            if isinstance(part, str)
            else ""
            if part.tag in _FEEDBACK
            else html_of(part, self._special)
            for part in node.content
        )
        return Option(ident=ident, html=inside, feedback=feedback)

    def _take_feedback(self, node: Node) -> None:
        name = str(len(self._feedback))
        shows = node.attributes.get("showHide", "show") != "hide"
        outcome, identifier = (node.attributes.get(key, "") for key in ("outcomeIdentifier", "identifier"))
        self._feedback.append(Feedback(name, outcome, identifier, shows))
        self._texts[name] = self._html_in(node)


def _object(node: Node) -> str:
    """A picture, whatever the element is called."""
    source = node.attributes.get("data") or node.attributes.get("href", "")
    type_ = node.attributes.get("type", "")
    if node.tag == "object" and type_.startswith("image/"):
        words = collapse(node.text)
        return f'<img src="{escape(source)}" alt="{escape(words)}">'
    return "<object></object>"


def _is_for_all(rubric: Node) -> bool:
    """Whether a text is for those who answer, too, and not only for those who mark their answers."""
    return "candidate" in rubric.attributes.get("view", "candidate").split()


def _choices(node: Node) -> Iterator[Node]:
    return (part for part in _all(node) if part.tag in _CHOICES)


def _name(tag: str) -> str:
    name = tag.removesuffix(_INTERACTION)
    return _NAMES.get(name) or _CAPITAL.sub("-", name).lower()


def _nodes(node: Node) -> Iterator[Node]:
    return (part for part in node.content if isinstance(part, Node))


def _all(node: Node) -> Iterator[Node]:
    for part in _nodes(node):
        yield part
        yield from _all(part)
