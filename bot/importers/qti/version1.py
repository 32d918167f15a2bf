"""Reads items of QTI 1.2, as Canvas, Blackboard, ILIAS, OLAT and Respondus write them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from bot.importers.qti.conditions import Conditions
from bot.importers.qti.item import MARK, Interaction, Item, Option, Way, mark
from bot.importers.qti.texts import Special, has_markup, html_in, html_of, of_plain
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

TAG = "item"
"""The name of the element that holds an item."""

_BLOCKS = frozenset(
    {"flow", "flow_mat", "flow_label", "presentation", "itemfeedback", "solutionmaterial", "hintmaterial"}
)
_RESPONSES = frozenset({"response_lid", "response_str", "response_num", "response_grp", "response_xy", "response_na"})
_SIGNS = {
    "matbreak": "<br>",
    "mataudio": "<audio></audio>",
    "matvideo": "<video></video>",
    "matapplet": "<object></object>",
    "matapplication": "<object></object>",
    **dict.fromkeys(("altmaterial", "qticomment", "render_fib", "labelrefid"), ""),
}
"""What stands for elements of a material, whatever is in them."""
_HTML = frozenset({"text/html", "text/xhtml", "html", "text/rtf"})
_NUMERIC = frozenset({"integer", "decimal", "scientific"})
_FILLED_IN = "fill_in_multiple_blanks_question"
_NO_QUESTION = frozenset({"text_only_question", "text"})
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]{1,100})\]")
_QUESTION = re.compile("[ _]question$")
_RIGHT_BLOCK = "RIGHT_MATCH_BLOCK"
_UNRELATED = re.compile("[^a-z0-9]+")


def read_item(node: Node) -> Item:
    """Return what an item asks."""
    return _Reader(node).item()


def note_html(node: Node) -> str:
    """Return a text of a test that belongs to no item, as HTML."""
    return html_of(node, _of_note)


def _of_note(node: Node) -> str | None:
    if node.tag in {"presentation_material", "flow_mat", "rubricBlock"}:
        return f"<div>{html_in(node, _of_note)}</div>"
    return _material(node, _of_note)


class _Reader:
    """Reads one item."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._facts = _facts(node)
        self._type = self._facts.get("question_type") or self._facts.get("bbmd_questiontype", "")
        self._presentation = node.first("presentation")
        self._found: list[Node] = []
        self._rights: list[Node] = []
        self._prompts: dict[int, str] = {}
        self._matches = any(part.attributes.get("class") == _RIGHT_BLOCK for part in _all(self._presentation))

    def item(self) -> Item:
        html = self._html(self._presentation)
        responses = self._found
        conditions = Conditions(
            self._node,
            {one.attributes.get("ident", ""): one.attributes.get("rcardinality", "Single") for one in responses},
            {one.attributes.get("ident", "") for one in responses if one.tag in {"response_lid", "response_grp"}},
            {one.attributes.get("ident", "") for one in responses if _is_number(one)},
        )
        interactions = [self._interaction(one, conditions) for one in responses]
        for at, prompt in self._prompts.items():
            interactions[at] = replace(interactions[at], prompt=prompt)
        if self._rights:
            interactions = [self._with_rights(one) for one in interactions]
        html, interactions = _marked(html, interactions)
        always, feedback = self._feedback()
        return Item(
            node=self._node,
            ident=self._node.attributes.get("ident", ""),
            title=collapse(self._node.attributes.get("title", "")),
            html=html,
            interactions=tuple(interactions) or self._unknown(),
            scoring=conditions,
            feedback=feedback,
            always=always,
            is_apart="parent_stimulus_item_ident" in self._node.attributes,
            has_hints=any(part.tag == "hint" for node in self._node.all("itemfeedback") for part in _all(node)),
        )

    def _unknown(self) -> tuple[Interaction, ...]:
        """An interaction for an item that has none, but says what it is."""
        name = _word(_QUESTION.sub("", self._type.casefold()))
        if not name or self._type in _NO_QUESTION:
            return ()
        return (Interaction(way=Way.OTHER, name=name, ident=""),)

    def _html(self, node: Node) -> str:
        return html_of(node, self._special)

    def _special(self, node: Node) -> str | None:
        if node.tag in _RESPONSES:
            self._found.append(node)
            return self._around(node, mark(len(self._found) - 1))
        if node.attributes.get("class") == _RIGHT_BLOCK:
            self._rights = list(_nodes(node))
            return ""
        if self._matches and node.tag == "flow" and node.has("response_lid"):
            return self._left_side(node)
        if node.tag in _BLOCKS:
            return f"<div>{html_in(node, self._special)}</div>"
        return _material(node, self._special)

    def _around(self, response: Node, its_mark: str) -> str:
        """The mark of a response; some programs write all of a text with its gap where the gap should be."""
        parts = [part for part in _nodes(response.first("render_fib")) if part.tag in {"material", "response_label"}]
        if not any(part.tag == "material" for part in parts):
            return its_mark
        return "".join(self._html(part) if part.tag == "material" else its_mark for part in parts)

    def _left_side(self, node: Node) -> str:
        """Take what stands before a response for its prompt, as Blackboard writes the left side of a pair."""
        before = "".join(self._html(part) for part in _nodes(node) if part.tag not in _RESPONSES)
        self._prompts[len(self._found)] = before
        return "".join(self._html(part) for part in _nodes(node) if part.tag in _RESPONSES)

    def _interaction(self, response: Node, conditions: Conditions) -> Interaction:
        ident = response.attributes.get("ident", "")
        cardinality = response.attributes.get("rcardinality", "Single").casefold()
        labels = [label for label in _all(response) if label.tag == "response_label"]
        prompt = "".join(self._html(part) for part in _nodes(response) if part.tag == "material")
        one = Interaction(
            way=Way.CHOICE,
            name=_word(_QUESTION.sub("", self._type.casefold())) or _word(response.tag.partition("_")[2]),
            ident=ident,
            prompt=prompt,
            single=cardinality != "multiple",
            options=tuple(self._option(label) for label in labels),
        )
        renderings = {part.tag for part in _all(response)}
        if renderings & {"render_hotspot", "render_slider"} or response.tag in {"response_xy", "response_na"}:
            return replace(one, way=Way.OTHER, name="hotspot" if "render_slider" not in renderings else "slider")
        if response.tag == "response_grp":
            return _grouped(one, labels, conditions)
        if response.tag == "response_lid":
            return self._chosen(one, labels, cardinality, conditions)
        if "render_choice" in renderings:
            return replace(
                one, way=Way.LIST, options=tuple(replace(option, ident=_said(option)) for option in one.options)
            )
        return self._typed(one, conditions)

    def _chosen(
        self, one: Interaction, labels: Sequence[Node], cardinality: str, conditions: Conditions
    ) -> Interaction:
        if cardinality == "ordered":
            return _ordered(one, conditions)
        kinds = {label.attributes.get("answer_type", "") for label in labels} - {""}
        if (self._type == _FILLED_IN and not kinds) or kinds == {"openEntry"}:
            if any("Regex" in label.attributes.get("scoring_algorithm", "") for label in labels):
                return replace(one, way=Way.OTHER)
            return replace(one, way=Way.TEXT, texts=tuple(option.html for option in one.options), options=())
        return one

    def _typed(self, one: Interaction, conditions: Conditions) -> Interaction:
        named = conditions.named(one.ident)
        if len(one.options) > 1:  # several gaps in one response
            return replace(one, way=Way.OTHER, name="gaps", options=())
        one = replace(one, options=(), single=True)
        if not named:
            name = one.name if one.name not in {"str", "num"} else "essay"
            return replace(one, way=Way.OTHER, name=name)
        return replace(one, way=Way.NUMBER if conditions.is_numeric(one.ident) else Way.TEXT)

    def _option(self, label: Node) -> Option:
        return Option(ident=collapse(label.attributes.get("ident", "")), html=html_in(label, self._special))

    def _with_rights(self, one: Interaction) -> Interaction:
        """Give the options of a match of Blackboard's their texts, which stand in a block behind all of them."""
        if len(one.options) != len(self._rights):
            return replace(one, way=Way.OTHER)
        texts = [self._html(right) for right in self._rights]
        options = [replace(option, html=text) for option, text in zip(one.options, texts, strict=True)]
        return replace(one, options=tuple(options))

    def _feedback(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """What is told after any response, and the other feedback by its name."""
        always: list[str] = []
        named: dict[str, str] = {}
        for node in self._node.all("itemfeedback"):
            solutions = [part for part in _all(node) if part.tag == "solution"]
            if solutions:
                always += [html_in(part, self._special) for part in solutions]
            elif not any(part.tag == "hint" for part in _all(node)):
                ident = node.attributes.get("ident", "")
                named[ident] = named.get(ident, "") + self._html(node)
        return tuple(always), named


def _material(node: Node, special: Special) -> str | None:
    """Return what stands for an element of a material; None if it is none."""
    if node.tag in {"mattext", "matemtext", "mat_formattedtext"}:
        type_ = node.attributes.get("type" if node.tag == "mat_formattedtext" else "texttype", "")
        return _text(node, type_.casefold(), special)
    if node.tag in {"material", "mat_extension"}:
        inside = [_material(part, special) or "" for part in _nodes(node)]
        return " ".join(["", *inside, ""])
    if node.tag == "matimage":
        return _image(node)
    return _SIGNS.get(node.tag)


def _text(node: Node, type_: str, special: Special) -> str:
    if any(_nodes(node)):
        return html_in(node, special)
    text = node.text
    if type_ in _HTML or (type_ != "text/plain" and has_markup(text)):
        return text
    return of_plain(text)


def _image(node: Node) -> str:
    uri, alt = node.attributes.get("uri", ""), node.attributes.get("label", "")
    if node.attributes.get("embedded", "").casefold() == "base64":
        type_ = node.attributes.get("imagtype", "image/png")
        return f'<img src="data:{escape(type_)};base64,{escape("".join(node.text.split()))}" alt="">'
    return f'<img src="{escape(uri)}" alt="{escape(alt)}">' if uri else ""


def _grouped(one: Interaction, labels: Sequence[Node], conditions: Conditions) -> Interaction:
    """A match whose sides stand in one list: those that name what they can be matched with are the left ones."""
    lefts = {collapse(label.attributes.get("ident", "")) for label in labels if label.attributes.get("match_group")}
    pairs = [tuple(map(collapse, named.split(","))) for named in conditions.named(one.ident)]
    claimed = [pair for pair in pairs if len(pair) == 2 and pair[0] in lefts and pair[1] not in lefts]
    points = conditions.groups(one.ident)
    earning = {value for group in points for value in group}
    if not lefts or not claimed or len(claimed) != len(pairs):
        return replace(one, way=Way.OTHER)
    return replace(
        one,
        way=Way.MATCH,
        options=tuple(option for option in one.options if option.ident in lefts),
        targets=tuple(option for option in one.options if option.ident not in lefts),
        claimed=tuple(" ".join(pair) for pair in claimed if ",".join(pair) in earning),
        single=False,
    )


def _ordered(one: Interaction, conditions: Conditions) -> Interaction:
    """An order; it is clear if just one condition gives points, and names all items."""
    groups = [group for group in conditions.groups(one.ident) if group]
    known = sorted(option.ident for option in one.options)
    right = {group for group in groups if sorted(group) == known}
    return replace(one, way=Way.ORDER, claimed=right.pop() if len(right) == 1 and len({*groups}) == 1 else ())


def _marked(html: str, interactions: Sequence[Interaction]) -> tuple[str, list[Interaction]]:
    """Put marks where a text names responses in brackets, as Canvas does: ``Roses are [colour]``."""
    if len(interactions) == 1 and interactions[0].way is Way.CHOICE and not interactions[0].prompt:
        return html, list(interactions)
    by_name = {one.ident.removeprefix("response_"): one for one in interactions if one.prompt or one.texts}
    named = [found[1] for found in _IN_BRACKETS.finditer(html) if found[1] in by_name]
    if not named or len(named) != len(interactions) or {*named} != {*by_name}:
        return html, list(interactions)
    html = _IN_BRACKETS.sub(
        lambda found: mark(named.index(found[1])) if found[1] in by_name else found[0], MARK.sub("", html)
    )
    return html, [
        replace(one, way=Way.LIST if one.way is Way.CHOICE else one.way, prompt="")
        for one in map(by_name.get, named)
        if one
    ]


def _is_number(response: Node) -> bool:
    types = {part.attributes.get("fibtype", "").casefold() for part in _all(response)}
    return response.tag == "response_num" or not _NUMERIC.isdisjoint(types)


def _facts(item: Node) -> Mapping[str, str]:
    """What an item says of itself, by the names of the fields."""
    facts: dict[str, str] = {}
    for node in _all(item.first("itemmetadata")):
        if node.tag == "qtimetadatafield":
            facts.setdefault(node.value("fieldlabel").casefold(), node.value("fieldentry"))
        elif node.tag.startswith(("qmd_", "bbmd_")):
            facts.setdefault(node.tag, node.text)
    return facts


def _said(option: Option) -> str:
    return collapse(option.html)


def _word(text: str) -> str:
    return _UNRELATED.sub("-", text.casefold()).strip("-")[:30]


def _nodes(node: Node) -> Iterator[Node]:
    return (part for part in node.content if isinstance(part, Node))


def _all(node: Node) -> Iterator[Node]:
    for part in _nodes(node):
        yield part
        yield from _all(part)
