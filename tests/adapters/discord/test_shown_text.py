"""Discord's Markdown is read as Discord reads it: signs do their work, and escaped ones are signs."""

import pytest

from adapters.common.looks import Code, Line, Run, Style
from adapters.discord import markdown
from adapters.discord.shown_text import runs, shown

BOLD, ITALIC, UNDERLINED, STRUCK, CODE = ({style} for style in Style)


def run(text, *styles):
    return Run(text, frozenset().union(*styles))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", [run("plain")]),
        (
            "**bold** *it* __un__ ~~gone~~",
            [
                run("bold", BOLD),
                run(" "),
                run("it", ITALIC),
                run(" "),
                run("un", UNDERLINED),
                run(" "),
                run("gone", STRUCK),
            ],
        ),
        ("**a *b* c**", [run("a ", BOLD), run("b", BOLD, ITALIC), run(" c", BOLD)]),
        ("`**x**` `` a`b ``", [run("**x**", CODE), run(" "), run("a`b", CODE)]),
        (r"\*\*no\*\* \_ \|\| \<@1\> \`", [run("**no** _ || <@1> `")]),
        ("2 * 3 * 4 a_b_c", [run("2 * 3 * 4 a_b_c")]),
    ],
)
def test_styles_are_told_from_signs(text, seen):
    joined = runs(text)
    assert [(one.text, one.styles) for one in _joined(joined)] == [(one.text, one.styles) for one in seen]


def _joined(some):
    """Neighbours in the same style as one run: how finely a text is cut doesn't matter."""
    done = []
    for one in some:
        if done and done[-1].styles == one.styles and Style.CODE not in one.styles:
            done[-1] = Run(done[-1].text + one.text, one.styles)
        else:
            done.append(one)
    return done


def test_lines_are_items_quotations_small_print_and_code():
    items = "**over\ntwo** lines\n\n- one\n  - *deeper*\n2. two"
    rest = "> why\n> ```py\n> x = 1\n> ```\n-# small\n```\n**code**\n- x\n```\nend"
    assert list(shown(f"{items}\n{rest}")) == [
        Line(runs=(run("over", BOLD),)),
        Line(runs=(run("two", BOLD), run(" lines"))),
        Line(),
        Line(runs=(run("one"),), bullet="•"),
        Line(runs=(run("deeper", ITALIC),), bullet="•", level=1),
        Line(runs=(run("two"),), bullet="2."),
        Line(runs=(run("why"),), quoted=True),
        Code("x = 1", quoted=True),
        Line(runs=(run("small"),), small=True),
        Code("**code**\n- x"),
        Line(runs=(run("end"),)),
    ]


TYPED = (
    r"\* no item, \*no\* emphasis, a\_b",
    "# no heading\n\\> no quotation\n-# no small print",
    "@everyone <@1> ||hidden|| ~~not gone~~ [no](ftp://link.example)",
    "two ____ gaps ____ and `code with ** and \\`",
)


@pytest.mark.parametrize("typed", TYPED)
def test_what_the_adapter_writes_is_read_as_it_was_typed(typed):
    seen = "\n".join("".join(run.text for run in line.runs) for line in shown(markdown.blocks(typed)) if line.runs)
    plain = typed.replace("\\*", "*").replace("\\_", "_").replace("\\>", ">").replace("`", "").replace("\n\n", "\n")
    assert seen == plain
    assert not any(line.bullet or line.quoted or line.small for line in shown(markdown.blocks(typed)))


def test_code_that_never_ends_is_code_to_the_end():
    assert list(shown("a\n```\nb")) == [Line(runs=(run("a"),)), Code("b")]
