"""Word documents and PDF files for tests, written by hand from what a test wants to have in them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP package of these files."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def paragraph(*runs: str, list_: tuple[int, int] | None = None, style: str = "") -> str:
    """A paragraph of runs, in a list (its id and the level in it) or a style if wanted."""
    numbered = f'<w:numPr><w:ilvl w:val="{list_[1]}"/><w:numId w:val="{list_[0]}"/></w:numPr>' if list_ else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text; its line ends are breaks."""
    told = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{told}</w:r>"


def plain(*texts: str) -> str:
    """A paragraph for each text."""
    return "".join(paragraph(run(text)) for text in texts)


def table(*rows: Sequence[str]) -> str:
    """A table of texts."""
    cells = ("".join(f"<w:tc>{plain(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def lists(*formats: Sequence[str]) -> str:
    """Lists with the ids 1, 2 and so on, each with a number format for each level."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">'
        + "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="%{depth + 1}."/></w:lvl>'
            for depth, style in enumerate(levels)
        )
        + "</w:abstractNum>"
        for at, levels in enumerate(formats, start=1)
    )
    nums = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(formats) + 1)
    )
    return f'<w:numbering xmlns:w="{_W}">{abstract}{nums}</w:numbering>'


def word(body: str, *, numbering: str = "", styles: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document; ``more`` has pictures by their file names, whose relations are called as they are."""
    parts = {"numbering": numbering, "styles": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>' if styles else ""}
    related = [(name, name, f"{name}.xml") for name, content in parts.items() if content]
    related += [(name, "image", f"media/{name}") for name in more or {}]
    told = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in related
    )
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="d" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{told}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        **{f"word/{name}.xml": content for name, content in parts.items() if content},
        **{f"word/media/{name}": data for name, data in (more or {}).items()},
    }
    return packed(files)


def pdf(*pages: str) -> bytes:
    """A PDF whose pages draw these content streams; ``/F`` is Helvetica."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    data, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table_ = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table_}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def lines(*texts: str, x: int = 60, top: int = 740) -> str:
    """A content stream that writes one line below the other."""
    return "\n".join(f"BT /F 12 Tf {x} {top - 15 * at} Td ({text}) Tj ET" for at, text in enumerate(texts) if text)
