"""Finds what is doubtful about a question on its own, without the rest of its bank."""

import re

from bot.domain.contradictions import contradiction
from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.kinds import KINDS, kind_of
from bot.domain.selection import miscounted
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.i18n import ngettext

_COUNT = r"(?:(?:two|three|four|five|few|\d{1,2})\s+)?"
_BEFORE = r"(?:previous|preceding|prior|last|earlier|foregoing)"
_DEPENDS = re.compile(
    rf"""
      \b{_BEFORE}\s+{_COUNT}(?:questions?|scenarios?)\b
    | \b(?:previous|preceding)\s+{_COUNT}(?:problems?|exercises?|items?|cases?)\b
    | \bsame\s+[\w\s/-]{{1,40}}?\s(?:as|from|described|used)\s+(?:(?:in|for|described|the)\s+){{0,3}}
      (?:{_BEFORE}|above|question)\b
    | \b(?:in|from|of|to|with|on|see|as)\s+(?:the\s+)?(?:questions?\s+(?:above|\#?\d{{1,4}})|above\s+questions?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PICTURE = (
    r"(?:figure|fig\.|exhibit|diagram|graph(?:ic)?|chart|screenshot|illustration|picture|image|plot|drawing|schematic)"
)
_POINTS_AT = (
    r"(?:refer(?:ring)?\s+to|see|consult|examine|study|look\s+at|based\s+on|according\s+to"
    r"|(?:as\s+)?(?:shown|depicted|illustrated|displayed|seen|given)\s+(?:in|on|by))"
)
_NEEDS_FIGURE = re.compile(
    rf"""
      \b{_POINTS_AT}\s+(?:the\s+)?(?:(?:following|above|below|attached|accompanying|given)\s+)?(?:{_PICTURE}|table)\b
      (?!\s+(?:database|service|processing|classif|recogni))
    | \b(?:the|this)\s+(?:following|above|attached|accompanying)\s+
      (?:figure|graphic|diagram|graph|chart|screenshot|illustration|picture|plot|exhibit|drawing)\b
    | \b(?:{_PICTURE}|table)\s+(?:above|below|shown)\b | \bclick\s+(?:on\s+)?the\s+exhibit\b | \(\s*exhibit\s*\)
    | !\[\[[^\[\]]{{1,200}}\.(?:png|jpe?g|gif|svg|webp|bmp)[^\[\]]{{0,40}}\]\]
    | !\[[^\[\]]{{0,200}}\]\([^()]{{1,400}}\) | <img\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED = 60
_TEXT_TABLE = re.compile(r"^[ \t]*\|[^|\n]*\|", re.MULTILINE)
# Looking for plain words first makes checking a large bank several times faster: hardly any stem has one.
_DEPENDENT_WORDS = ("previous", "preceding", "prior", "last", "earlier", "foregoing", "same", "question")
_FIGURE_WORDS = (
    "figure",
    "fig.",
    "exhibit",
    "diagram",
    "graph",
    "chart",
    "screenshot",
    "illustration",
    "picture",
    "image",
    "plot",
    "drawing",
    "schematic",
    "table",
    "![",
    "<img",
)


def check(draft: QuestionDraft) -> list[Finding]:
    """Return the findings about a draft that need no other draft."""
    findings = []

    def note(code: FindingCode, message: str) -> None:
        findings.append(Finding(line=draft.line, code=code, message=message))

    if draft.kind not in KINDS:
        note(FindingCode.KIND_NOT_ASKED, _kept(draft.kind))
        return findings
    explains_only = draft.explanation and not draft.choices and kind_of(draft).fewest_choices > 0
    if not draft.is_keyed and not explains_only:
        note(FindingCode.UNKEYED, _("The source gives no answer; the question will never be scored."))
    picks = kind_of(draft).picks
    problem = _incomplete(draft) or (_both_right_and_wrong(draft) if picks else "")
    if problem:
        note(FindingCode.BROKEN, problem)
    problem = miscounted(draft) if picks else ""
    if problem:
        note(FindingCode.SELECT_MISMATCH, problem)
    problem = contradiction(draft) if picks else ""
    if problem:
        note(FindingCode.KEY_CONFLICTS_EXPLANATION, problem)
    stem = draft.stem.casefold()
    depends = _DEPENDS.search(draft.stem) if any(map(stem.__contains__, _DEPENDENT_WORDS)) else None
    if depends:
        note(FindingCode.DEPENDS_ON_PREVIOUS, _("It depends on another question: “{words}”.").format(words=depends[0]))
    looks = draft.image is None and any(map(stem.__contains__, _FIGURE_WORDS))
    figure = _NEEDS_FIGURE.search(draft.stem) if looks else None
    if figure and not ("table" in figure[0].lower() and _TEXT_TABLE.search(draft.stem)):
        note(FindingCode.NEEDS_FIGURE, _("It needs a figure or table: “{words}”.").format(words=figure[0]))
    return findings


def _kept(kind: str) -> str:
    message = _(
        "Questions of the kind “{kind}” can't be asked: this one is only kept, and exported unchanged. To have it "
        "asked, write it as another kind, such as short or card."
    )
    return message.format(kind=kind)


def _incomplete(draft: QuestionDraft) -> str:
    if len(draft.choices) < kind_of(draft).fewest_choices:
        message = ngettext("It has only {count} choice.", "It has only {count} choices.", len(draft.choices))
        return message.format(count=len(draft.choices))
    if not draft.stem.strip():
        return _("It has choices but no question.") if draft.choices else _("It has no question.")
    if not all(choice.strip() for choice in draft.choices):
        return _("One of its choices is empty.")
    return ""


def _both_right_and_wrong(draft: QuestionDraft) -> str:
    shown = draft.choice_pictures or (None,) * len(draft.choices)
    seen = [(choice, picture and picture.image.digest) for choice, picture in zip(draft.choices, shown, strict=True)]
    key = set(draft.key)
    right = {seen[position] for position in key}
    both = next((one[0] for position, one in enumerate(seen) if position not in key and one in right), "")
    if not both:
        return ""
    message = _("“{text}” is both a right and a wrong answer. Correct the file.")
    return message.format(text=shortened(both, _QUOTED))
