"""Every finding is said in words."""

from bot.domain.drafts import FindingCode
from bot.rendering.findings import doubt


def test_every_finding_has_words_of_its_own() -> None:
    told = [doubt(code) for code in FindingCode]
    assert len(set(told)) == len(told)
    assert not [text for text in told if "_" in text]
