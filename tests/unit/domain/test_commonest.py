"""Wrong answers are counted by what they mean, and shown to everybody only if they lead to nobody and nowhere."""

import pytest

from bot.domain.kinds.commonest import may_be_shown
from bot.domain.kinds.number import NumberKind
from bot.domain.kinds.number_response import number_in
from bot.domain.kinds.number_typed import parse_numbers
from bot.domain.revisions import first_revision
from bot.testing import number
from tests.unit.domain.typed_rounds import a_round


@pytest.mark.parametrize(
    "text",
    [
        *("@everyone", "<@123>", "<!channel>", "<#C1>", "ask @ada", "https://x.example/a", "HTTP://X", "www.example"),
        *("discord.gg/abc", "mail@example.org", "example.COM", "a" * 81, "evil。com", "example．com", "пример.рф"),
        *("example.net/x", "<a:wave:1>", "</quiz:1>", "tel:123", "0170 1234567", "+49 (170) 123-4567", "＠everyone"),
        *("evil.pl", "foo.tk", "x.ai", "evil.net", "evil2.de", "go to evil.it now", "evil(.)com", "evil.c\u00adom"),
        *("asp.net/x", "evil.asp.net", "node.js.evil", "evil-vb.net", "10.0.0.12/x"),
        *("(555) 123-4567", "555-123-4567", "1701234567", "030/1234567", "[555]–123–4567", "١٢٣٤٥٦٧", "2020-01-31"),
        *("\u3164", "\u00ad\u00ad", "\u2800"),
    ],
)
def test_mentions_addresses_long_texts_and_long_numbers_wait_for_a_host(text):
    assert not may_be_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Lambda", "x < 5", "C#", "3.5", "e.g. this", "a" * 80, "1/2", "U.S.", "Node.js", "ASP.NET", "a<b", "C<T>"),
        *("a .NET library", "vue.js, or Next.js.", "Ph.D.", "v1.2beta", "End. Begin"),
        *("123456", "0.0012", "2020-01", "1+1=2", "한국", "it: this"),
    ],
)
def test_anything_else_may_be_shown(text):
    assert may_be_shown(text)


def test_wrong_numbers_that_mean_the_same_are_counted_together_however_they_are_typed():
    kind, question = NumberKind(), first_revision(number("How much?", unit="kg"), question_id=3, bank_id=1)
    typed = [number_in(text) for text in ("4", "4 kg", "4kg", "1234", "1,234", "5 lb")]
    told = kind.result(a_round(kind, parse_numbers("5", "kg")), question, typed)
    assert [(one.text, one.number) for one in told] == [("5 kg", 0), ("4", 3), ("1234", 2), ("5 lb", 1)]
