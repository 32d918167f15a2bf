"""Reads YAML into nodes, which know their lines; files of hostile shape are refused before they are built."""

from collections.abc import Iterator
from typing import Any

import yaml

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.reading import shape
from bot.importers.reading.json_data import Record

_NULL = "tag:yaml.org,2002:null"
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str) -> yaml.Node | None:
    """Return the root of a file's nodes; None if the file holds nothing but comments.

    Raises:
        BadFile: it isn't valid YAML, nests too deeply, has aliases, or has too many values; with the line.
    """
    try:
        _refuse_hostile(text)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = _("This isn't valid YAML: {problem}. Correct the line, or check its indentation and quotes.")
        problem = error.problem or error.context
        raise BadFile(message.format(problem=problem), line=mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadFile(_("This isn't valid YAML. Check it with a YAML editor.")) from error


def read_yaml(text: str) -> Any:  # noqa: ANN401  # YAML
    """Return what a YAML text holds, as `read_json` does: objects as `Record`, numbers and dates as they are written.

    Raises:
        BadFile: as for `compose`, or a name is given twice, as where the hyphen before an item is missing.
    """
    root = compose(text)
    return None if root is None else _value(root)


def _value(node: yaml.Node) -> Any:  # noqa: ANN401  # YAML
    if isinstance(node, yaml.SequenceNode):
        return [_value(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        record = Record()
        record.line = line_of(node)
        for key, value in node.value:
            name = str(key.value)
            if name in record:
                raise BadFile(_("“{key}” is given twice.").format(key=shape.as_text(name[:60])), line=line_of(key))
            record[name] = _value(value)
        return record
    return None if node.tag == _NULL else node.value


def _refuse_hostile(text: str) -> None:
    """Check the file before it is composed, because the composer recurses and expands aliases without limit.

    Characters that no database stores are refused, too: YAML's escapes can write them.
    """
    depth = values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        line = event.start_mark.line + 1 if event.start_mark else None
        values += isinstance(event, yaml.NodeEvent)
        if values > shape.MAX_VALUES:
            raise shape.too_many(line)
        if depth > shape.MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            message = _("Aliases (* and &) and deep nesting aren't allowed. Write the text out.")
            raise BadFile(message, line=line)
        if isinstance(event, yaml.ScalarEvent) and not shape.is_text(event.value):
            raise shape.not_text(line)


def all_nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """Yield a node and all nodes in it, keys included."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]


def line_of(node: yaml.Node) -> int:
    """Return the 1-based line where a node begins."""
    return int(node.start_mark.line) + 1
