"""What the tags of HTML mean for the lines of a page."""

BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "button",
    }
)
"""Elements that stand on lines of their own."""

APART = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "details",
        "figure",
        "section",
        "article",
        "form",
        "fieldset",
        "hr",
    }
)
"""Elements with a blank line above and below."""

DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "button",
        "textarea",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "svg",
        "math",
    }
)
"""Elements that hold nothing to read, that can't be read, or that stand around a page's content."""

LOST = frozenset({"iframe", "object", "embed", "audio", "video", "canvas", "svg", "math"})
"""Elements that may have been what a question is about."""

TYPED = frozenset({"", "text", "number", "email", "search", "tel", "url"})
"""Kinds of fields that people type into."""

PRESSED = frozenset({"radio", "checkbox"})
"""Kinds of fields that people choose with."""

LISTS = frozenset({"ol", "ul", "menu"})
CODE = frozenset({"code", "kbd", "samp", "tt"})
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
