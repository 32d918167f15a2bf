"""Reads the project's own format, ``quizbot-bank/2`` or ``/1``: YAML (or JSON, which is YAML).

It is checked against the schema. Every complaint names the line, and the position in words. An unfinished bank may
lack a licence, a key or the explanation of a choice: that is no error here.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any, NoReturn

import yaml
from jsonschema import Draft202012Validator

from bot.domain.accepted import check_accepted
from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, BadInput
from bot.domain.images import ChoicePicture, ImageFile, choice_picture
from bot.i18n import gettext as _
from bot.importers.bank.as_written import NUMBERS, keep_as_written
from bot.importers.bank.complaints import in_words, problem
from bot.importers.bank.kinds import UNNAMED, in_banks, named_in_banks
from bot.importers.bank.pictures import PictureFolder, Pictures
from bot.importers.companions import PackedPictures
from bot.importers.format import Progress
from bot.importers.reading.compose import collapse
from bot.importers.reading.shape import refuse_large
from bot.importers.reading.yaml_data import all_nodes, compose, line_of
from bot.importers.source import Source
from bot.importers.writing.bank import BANK_FORMAT
from bot.resources import resource

MAX_COMPLAINTS = 20
"""How many complaints are searched for the one about the first line: a wrong file can cause millions."""

MAX_LIST = 200
"""How many entries a list in a question or a topic may have: checking the schema may compare each with every other."""

_LONGEST_NUMBER = 100
"""The longest number that is read, in characters: the time to read one grows far faster than its length.

A number that a question accepts may have 40 digits on either side of its point.
"""
_MISFITS = (yaml.YAMLError, ValueError, TypeError, ArithmeticError, AttributeError, LookupError)
"""How PyYAML's constructors fail on a value that doesn't fit its tag, such as ``!!bool x``."""

_REPORT_EVERY = 1000

Path = Sequence[str | int]


def read_bank(source: Source, progress: Progress, pictures: Pictures | None = None) -> ParsedDocument:
    """Read a bank in the project's own format.

    Args:
        source: the file.
        progress: told the fraction done.
        pictures: the pictures that it names; None: they came with the source, if any did.

    Raises:
        BadFile: it isn't valid YAML, breaks the schema, or names a picture that can't be used; with the line.
    """
    refuse_large(len(source.data))
    root = _compose(source.text)
    progress(0.3)
    listed = _node_at(root, ["questions"])
    for node in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        keep_as_written(node)
    content = _construct(root)
    _check(content, root)
    progress(0.8)
    _check_references(content, root)
    _check_kinds(content, root)
    nodes = listed.value
    if pictures is None:
        pictures = _pictures(source)
    drafts = []
    for position, (question, node) in enumerate(zip(content["questions"], nodes, strict=True)):
        draft = _draft(question, _line_of_key(node, "stem"))
        if pictures is not None:
            draft = _with_pictures(draft, question, root, position, pictures)
        elif _named_pictures(question):
            draft = replace(draft, findings=(FindingCode.NEEDS_FIGURE,))
        drafts.append(draft)
        _check_length(drafts[-1], root, position)
        if position % _REPORT_EVERY == 0:
            progress(0.8 + 0.2 * position / len(nodes))
    title = content.get("title")
    return ParsedDocument(
        format="quizbot",
        questions=tuple(drafts),
        findings=tuple(_without_pictures(content, nodes) if pictures is None else ()),
        title=title if isinstance(title, str) else None,
    )


def _pictures(source: Source) -> Pictures | None:
    """The pictures that came with a bank; None if it came alone."""
    if source.beside is not None:
        return PackedPictures(source.beside)
    return PictureFolder(source.folder) if source.folder is not None else None


def _compose(text: str) -> yaml.MappingNode:
    """The file as YAML nodes, which know their lines; refuses a file that would grow without limit."""
    root = compose(text)
    if not isinstance(root, yaml.MappingNode):
        raise BadFile(_("The file must begin with “format: {format}”.").format(format=BANK_FORMAT), line=1)
    _refuse_endless(root)
    _refuse_repeated_keys(root)
    return root


def _refuse_endless(root: yaml.MappingNode) -> None:
    """Refuse numbers and lists so long that reading or checking them would take too much time."""
    long_by_right = [value for _key, value in root.value]
    for node in all_nodes(root):
        if isinstance(node, yaml.SequenceNode) and len(node.value) > MAX_LIST and node not in long_by_right:
            message = _("This list has more than {limit} entries. Shorten it.")
            raise BadFile(message.format(limit=MAX_LIST), line=line_of(node))
        if node.tag in NUMBERS and len(node.value) > _LONGEST_NUMBER:
            message = _("This number is too long. If it is text, put it in quotes.")
            raise BadFile(message, line=line_of(node))


def _refuse_repeated_keys(root: yaml.Node) -> None:
    for node in all_nodes(root):
        if isinstance(node, yaml.MappingNode):
            counts = Counter(key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode))
            repeated = next((key for key, _value in node.value if counts[str(key.value)] > 1), None)
            if repeated is not None:
                raise BadFile(_("“{key}” is given twice.").format(key=repeated.value), line=line_of(repeated))


def _construct(root: yaml.Node) -> dict[str, Any]:
    try:
        return dict(yaml.constructor.SafeConstructor().construct_document(root))
    except _MISFITS as error:
        mark = getattr(error, "problem_mark", None)
        raise BadFile(
            _("This isn't valid YAML. Check it with a YAML editor."), line=mark.line + 1 if mark else None
        ) from error


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8")))


def _check(content: Mapping[str, Any], root: yaml.Node) -> None:
    """Check the content against the schema, and raise the complaint about the first line (of `MAX_COMPLAINTS`)."""
    errors = list(islice(_validator().iter_errors(content), MAX_COMPLAINTS))
    if not errors:
        return
    first = min(errors, key=lambda error: line_of(_node_at(root, list(error.absolute_path))))
    path = list(first.absolute_path)
    where = in_words(path)
    raise BadFile(f"{where}: {problem(first)}" if where else problem(first), line=line_of(_node_at(root, path)))


def _check_references(content: Mapping[str, Any], root: yaml.Node) -> None:
    """Check that ids are unique, topics are declared (if the bank declares any), and no question waits for itself."""
    topics = {topic["id"] for topic in content.get("topics", ())}
    seen: set[str] = set()
    for position, question in enumerate(content["questions"]):
        named: list[tuple[Path, str | None]] = [(["id"], question.get("id"))]
        named += [(["formerly", at], former) for at, former in enumerate(question.get("formerly", ()))]
        for path, own in named:
            if own in seen:
                message = _("“{id}” is the id of an earlier question. Choose another.")
                _refuse(root, ["questions", position, *path], message.format(id=own))
            if own is not None:
                seen.add(own)
        topic = question.get("topic")
        if topics and topic is not None and topic not in topics:
            message = _("“{topic}” is not among the bank's topics: {topics}.")
            _refuse(
                root, ["questions", position, "topic"], message.format(topic=topic, topics=", ".join(sorted(topics)))
            )
    _check_order(content, root)


def _check_kinds(content: Mapping[str, Any], root: yaml.Node) -> None:
    """Check what the kind of each question demands beyond the schema."""
    for position, question in enumerate(content["questions"]):
        if misfit := named_in_banks(question.get("kind", UNNAMED)).misfit(question):
            name, message = misfit
            _refuse(root, ["questions", position, name], message)


def _check_order(content: Mapping[str, Any], root: yaml.Node) -> None:
    """Check that every ``after`` names a question of the bank, and that no question comes after itself."""
    ids = {question.get("id") for question in content["questions"]}
    before = {question["id"]: question.get("after") for question in content["questions"] if "id" in question}
    settled: set[str | None] = {None}
    for position, question in enumerate(content["questions"]):
        after = question.get("after")
        if after is not None and after not in ids:
            message = _("No question in this bank has the id “{id}”.").format(id=after)
            _refuse(root, ["questions", position, "after"], message)
        met = {question.get("id")} - settled
        while after not in settled and after not in met:
            met.add(after)
            after = before.get(after)
        if after in met:
            _refuse(
                root,
                ["questions", position, "after"],
                _("This question builds on itself. Remove one “after” from the circle."),
            )
        settled |= met


def _refuse(root: yaml.Node, path: Path, message: str) -> NoReturn:
    raise BadFile(f"{in_words(path)}: {message}", line=line_of(_node_at(root, path)))


def _with_pictures(
    draft: QuestionDraft, question: Mapping[str, Any], root: yaml.Node, position: int, pictures: Pictures
) -> QuestionDraft:
    """Add the pictures that a question and its choices name."""

    def file(holder: Mapping[str, Any], *path: str | int) -> ImageFile | None:
        try:
            return pictures.picture(holder["image"]) if "image" in holder else None
        except BadInput as error:
            _refuse(root, ["questions", position, *path, "image"], str(error))

    def of_choice(at: int, choice: Mapping[str, Any]) -> ChoicePicture | None:
        found = file(choice, "choices", at)
        return choice_picture(found, collapse(choice["image_alt"]), alone="text" not in choice) if found else None

    of_choices = tuple(of_choice(at, choice) for at, choice in enumerate(_choices(question)))
    with_own = replace(draft, image=file(question))
    if not any(of_choices):
        return with_own
    texts = zip(draft.choices, of_choices, strict=True)
    choices = tuple(picture.image.alt if picture and picture.alone else text for text, picture in texts)
    try:
        pictures.of_one_question(_named_pictures(question))
    except BadInput as error:
        _refuse(root, ["questions", position, "choices"], str(error))
    return replace(with_own, choices=choices, choice_pictures=of_choices)


def _named_pictures(question: Mapping[str, Any]) -> list[str]:
    """The file names of a question's own picture and of those of its choices."""
    return [holder["image"] for holder in (question, *_choices(question)) if "image" in holder]


def _choices(question: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The choices to pick from: what a kind that isn't asked calls choices may be anything."""
    return question["choices"] if question.get("kind", UNNAMED) == UNNAMED else ()


def _check_length(draft: QuestionDraft, root: yaml.Node, position: int) -> None:
    """Check the limits of accepted answers that no pattern can: a short range may have a middle of many digits."""
    for at, one in enumerate(draft.accepted):
        try:
            check_accepted([one])
        except BadInput as error:
            _refuse(root, ["questions", position, "accepted", at], str(error))


def _without_pictures(content: Mapping[str, Any], nodes: Sequence[yaml.Node]) -> Iterator[Finding]:
    """A finding for every question whose picture, or one of whose choices' pictures, didn't come with the file."""
    message = _(
        "Its picture “{name}” didn't come with the file. To import both, use quizbot bank import on the command line."
    )
    for question, node in zip(content["questions"], nodes, strict=True):
        if named := _named_pictures(question):
            text = message.format(name=named[0])
            yield Finding(line=_line_of_key(node, "stem"), code=FindingCode.NEEDS_FIGURE, message=text)


def _draft(question: Mapping[str, Any], line: int) -> QuestionDraft:
    """The draft of a question without its pictures."""
    draft = QuestionDraft(
        line=line,
        stem=question["stem"].strip(),
        choices=(),
        explanation=question.get("explanation", "").strip(),
        section=question.get("section"),
        source_id=question.get("id"),
        former_ids=tuple(question.get("formerly", ())),
        topic=question.get("topic"),
        difficulty=question.get("difficulty"),
        tags=tuple(question.get("tags", ())),
        after=question.get("after"),
        image_alt=collapse(question.get("image_alt", "")),
        kind=question.get("kind", UNNAMED),
    )
    return in_banks(draft).read(draft, question)


def _node_at(root: yaml.Node, path: Iterable[str | int]) -> yaml.Node:
    """The node that a path of keys and positions leads to, or the last one that exists on the way there."""
    node = root
    for step in path:
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
            node = node.value[step]
        else:
            node = next((value for key, value in _members(node) if key.value == step), node)
    return node


def _members(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    return iter(node.value if isinstance(node, yaml.MappingNode) else ())


def _line_of_key(node: yaml.Node, name: str) -> int:
    return next((line_of(key) for key, _value in _members(node) if key.value == name), line_of(node))
