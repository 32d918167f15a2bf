"""Helpers for tests of QTI: items go in as elements, as files or as packages, and come out parsed."""

from collections.abc import Mapping
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.importers import parse

MANIFEST = '<manifest xmlns:q="x"><resources>{}</resources></manifest>'
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = MATCH.replace("match_correct", "map_response")


def read(*items: str) -> ParsedDocument:
    """The document that a file of QTI 1.2 with these items holds."""
    inside = "".join(items)
    return parse(f"<questestinterop><assessment title='Trees'><section>{inside}</section></assessment>"
                 f"</questestinterop>".encode())  # fmt: skip


def only(*items: str) -> QuestionDraft:
    """Its only question."""
    (question,) = read(*items).questions
    return question


def told(document: ParsedDocument) -> list[tuple[str, str]]:
    """The codes and messages of a document's findings."""
    return [(finding.code, finding.message) for finding in document.findings]


def old(stem: str, *more: str, type_: str = "", ident: str = "i1") -> str:
    """An item of QTI 1.2 with a stem in HTML and what stands behind that."""
    presented = [part for part in more if part.startswith("<response_")]
    rest = [part for part in more if not part.startswith("<response_")]
    field = f"<fieldlabel>question_type</fieldlabel><fieldentry>{type_}</fieldentry>"
    facts = f"<itemmetadata><qtimetadata><qtimetadatafield>{field}</qtimetadatafield></qtimetadata></itemmetadata>"
    return (
        f"<item ident='{ident}' title='Question'>{facts if type_ else ''}<presentation>{text(stem, 'text/html')}"
        f"{''.join(presented)}</presentation>{''.join(rest)}</item>"
    )


def text(words: str, type_: str = "text/plain") -> str:
    return f"<material><mattext texttype='{type_}'>{escape(words)}</mattext></material>"


def lid(ident: str, labels: Mapping[str, str], prompt: str = "", many: bool = False) -> str:
    """A response that is chosen."""
    shown = "".join(f"<response_label ident='{name}'>{text(words)}</response_label>" for name, words in labels.items())
    left = text(prompt) if prompt else ""
    cardinality = "Multiple" if many else "Single"
    return (
        f"<response_lid ident='{ident}' rcardinality='{cardinality}'>{left}<render_choice>{shown}</render_choice>"
        f"</response_lid>"
    )


def typed(ident: str = "r", kind: str = "String") -> str:
    label = "<response_label ident='a'/>"
    return f"<response_str ident='{ident}'><render_fib fibtype='{kind}'>{label}</render_fib></response_str>"


def equal(value: str, ident: str = "r", case: str = "") -> str:
    return f"<varequal respident='{ident}'{f' case={chr(39)}{case}{chr(39)}' if case else ''}>{value}</varequal>"


def scoring(*conditions: str) -> str:
    outcomes = "<outcomes><decvar varname='SCORE' maxvalue='5'/></outcomes>"
    return f"<resprocessing>{outcomes}{''.join(conditions)}</resprocessing>"


def when(inside: str, points: str = "100", action: str = "Set", shows: str = "", goes_on: str = "") -> str:
    """A condition with what happens if it is met."""
    onward = f" continue='{goes_on}'" if goes_on else ""
    sets = f"<setvar varname='SCORE' action='{action}'>{points}</setvar>" if points else ""
    feedback = f"<displayfeedback linkrefid='{shows}'/>" if shows else ""
    return f"<respcondition{onward}><conditionvar>{inside}</conditionvar>{sets}{feedback}</respcondition>"


def feedback(ident: str, words: str) -> str:
    return f"<itemfeedback ident='{ident}'><flow_mat>{text(words)}</flow_mat></itemfeedback>"


def new(body: str, *declared: str, rules: str = MATCH, more: str = "", attributes: str = "") -> str:
    """An item of QTI 2."""
    return (
        f"<assessmentItem identifier='oak-and-cork' title='Item 1' adaptive='false' {attributes}>{''.join(declared)}"
        f"<outcomeDeclaration identifier='SCORE' cardinality='single' baseType='float'/>"
        f"<itemBody>{body}</itemBody>{rules}{more}</assessmentItem>"
    )


def response(
    *correct: str,
    ident: str = "RESPONSE",
    base: str = "identifier",
    many: str = "single",
    mapped: Mapping[str, float] | None = None,
) -> str:
    """A declared response of QTI 2."""
    values = "".join(f"<value>{value}</value>" for value in correct)
    entries = "".join(f"<mapEntry mapKey='{key}' mappedValue='{points}'/>" for key, points in (mapped or {}).items())
    key = f"<correctResponse>{values}</correctResponse>" if values else ""
    mapping = f"<mapping defaultValue='0'>{entries}</mapping>" if entries else ""
    told = f"identifier='{ident}' cardinality='{many}' baseType='{base}'"
    return f"<responseDeclaration {told}>{key}{mapping}</responseDeclaration>"


def choices(options: Mapping[str, str], tag: str = "choice", element: str = "simpleChoice", prompt: str = "") -> str:
    """An interaction of QTI 2 with options."""
    shown = "".join(f"<{element} identifier='{name}'>{words}</{element}>" for name, words in options.items())
    asked = f"<prompt>{prompt}</prompt>" if prompt else ""
    return f"<{tag}Interaction responseIdentifier='RESPONSE'>{asked}{shown}</{tag}Interaction>"


def item(xml: str) -> QuestionDraft:
    """The question in one item of QTI 2."""
    (question,) = parse(xml.encode()).questions
    return question


def package(files: Mapping[str, str | bytes], manifest: str = "") -> bytes:
    """A package whose manifest names all its files with XML in them."""
    resources = "".join(
        f"<resource type='imsqti_item_xmlv2p1' href='{path}'/>" for path in files if path.endswith(".xml")
    )
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest or MANIFEST.format(resources))
        for path, data in files.items():
            archive.writestr(path, data)
    return written.getvalue()
