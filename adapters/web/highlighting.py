"""Colour code of questions by its language, with classes that the style sheet knows: pages allow no styles in line."""

LANGUAGES = frozenset(
    {
        *("bash", "c", "cpp", "c++", "csharp", "c#", "css", "diff", "docker", "dockerfile", "go", "golang", "hcl"),
        *("html", "ini", "java", "javascript", "js", "json", "kotlin", "php", "powershell", "py", "python", "r"),
        *("ruby", "rb", "rust", "sh", "shell", "sql", "swift", "terraform", "tf", "toml", "ts", "typescript", "xml"),
        *("yaml", "yml"),
    }
)
"""What may stand behind a fence. Their lexers were tried on hostile code; none is guessed from the code itself."""

LONGEST = 2_000
"""The most characters that are coloured; longer code is shown without colours."""


def highlighted(code: str, language: str, _attributes: str = "") -> str:
    """Return code as HTML, each coloured word in an element with a class; empty if it is shown without colours."""
    name = language.lower()
    if name not in LANGUAGES or len(code) > LONGEST:
        return ""
    from pygments import highlight  # noqa: PLC0415 - many questions have no code
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True, classprefix="hl-")))
