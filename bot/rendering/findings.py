"""Say in a few words why a stored question needs a second look."""

from bot.domain.drafts import FindingCode
from bot.i18n import later

_WORDS = {
    FindingCode.UNKEYED: later("its file names no right answer"),
    FindingCode.KEY_NOT_A_CHOICE: later("the right answer isn't one of the choices"),
    FindingCode.KEY_CONFLICTS_EXPLANATION: later("the explanation calls another answer right"),
    FindingCode.SELECT_MISMATCH: later("it asks for more or fewer choices than are right"),
    FindingCode.DEPENDS_ON_PREVIOUS: later("it builds on the question before it"),
    FindingCode.NEEDS_FIGURE: later("it needs a picture"),
    FindingCode.BROKEN: later("something in it is missing or cut off"),
    FindingCode.DUPLICATE: later("the same question is in the file twice"),
    FindingCode.NEAR_DUPLICATE: later("another question is very much like it"),
    FindingCode.PAGE_FURNITURE: later("a page header or footer may be in it"),
    FindingCode.ENCODING_REPAIRED: later("garbled letters were repaired"),
    FindingCode.ENCODING_DOUBTFUL: later("some letters may be garbled"),
    FindingCode.SKIPPED: later("something beside it was skipped"),
    FindingCode.KIND_NOT_ASKED: later("questions of its kind can't be asked here"),
    FindingCode.SIMPLIFIED: later("it was simplified"),
    FindingCode.LOST_QUESTION: later("a question beside it may be lost"),
    FindingCode.SWALLOWED: later("a part of another question may be in it"),
    FindingCode.MENDED_BEFORE: later("it was mended before"),
}


def doubt(code: FindingCode) -> str:
    """What a finding says about a question, as part of a sentence."""
    return str(_WORDS[code])
