"""Word files as people and programs write them, made by hand so that a test can have any oddity in them."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def run(text, bold=False, italic=False, more=""):
    """One run; tabs and line ends as Word writes them."""
    look = f"{'<w:b/>' * bold}{'<w:i/>' * italic}{more}"
    words = []
    for number, line in enumerate(text.split("\n")):
        words += ["<w:br/>"] * bool(number)
        for place, part in enumerate(line.split("\t")):
            words += ["<w:tab/>"] * bool(place)
            words.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{''.join(words)}</w:r>"


def p(text="", align="", bold=False, italic=False, style="", more=""):
    """A paragraph; ``text`` may be runs already."""
    inner = text if text.startswith("<") else run(text, bold, italic) if text else ""
    properties = f'<w:pStyle w:val="{style}"/>' * bool(style) + more + f'<w:jc w:val="{align}"/>' * bool(align)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def cell(*lines, span=1, merge="", borders=""):
    """A cell of lines, each words or a paragraph."""
    inner = "".join(line if line.startswith("<") else p(line) for line in lines) or p()
    properties = f'<w:gridSpan w:val="{span}"/>' * (span > 1)
    properties += {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge] + borders
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells, head=False):
    """A row of cells, or of words."""
    inner = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' * head}{inner}</w:tr>"


def table(*rows, ruled=True, widths=()):
    """A table with or without rules."""
    edges = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = f"<w:tblBorders>{edges}</w:tblBorders>" * ruled
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def numbered(key, deep=0):
    """The property that numbers a paragraph."""
    return f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{key}"/></w:numPr>'


def inserted(text, by="Lan", tag="ins"):
    """Words that were added and tracked."""
    return f'<w:{tag} w:id="1" w:author="{by}" w:date="2020-02-03T08:00:00Z">{run(text)}</w:{tag}>'


def deleted(text, by="Lan"):
    """Words that were deleted and tracked."""
    words = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="{by}" w:date="2020-02-03T08:00:00Z">{words}</w:del>'


def note(key):
    """The place where a footnote is cited."""
    return f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'


def notes(**texts):
    """footnotes.xml with a note for each key (``n2``)."""
    rows = "".join(f'<w:footnote w:id="{key[1:]}">{p(text)}</w:footnote>' for key, text in texts.items())
    return f'<w:footnotes xmlns:w="{W}">{rows}</w:footnotes>'


def box(*lines):
    """A run with a text box, in both forms that Word writes."""
    inner = f"<w:txbxContent>{''.join(p(line) for line in lines)}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choices = (
        f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback>"
    )
    return f'<w:r><mc:AlternateContent xmlns:mc="{mc}">{choices}</mc:AlternateContent></w:r>'


def docx(*blocks, main=MAIN, links=(), end="", **parts):
    """The bytes of a Word file. ``parts``: XML by kind (``footnotes``, ``numbering``, ``styles``, ``comments``, ``header``);
    ``links``: (kind, target) that lead outside; ``end``: the properties of the last section.
    """
    body = f"<w:body>{''.join(blocks)}<w:sectPr>{end}</w:sectPr></w:body>"
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}">{body}</w:document>'
    rels = [
        f'<Relationship Id="r{number}" Type="{_KIND}{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
        if kind not in ("more",)
    ]
    rels += [
        f'<Relationship Id="x{number}" Type="{_KIND}{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(links)
    ]
    files = {
        "[Content_Types].xml": _types(main),
        "_rels/.rels": _rels([f'<Relationship Id="r1" Type="{_KIND}officeDocument" Target="word/document.xml"/>']),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _rels(rels),
        **{f"word/{kind}.xml": xml for kind, xml in parts.items() if kind != "more"},
        **parts.get("more", {}),
    }
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return memory.getvalue()


def _types(main):
    part = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{part}</Types>'


def _rels(rows):
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def bold(text, align="center"):
    """A bold line in the middle."""
    return p(text, align=align, bold=True)


COUNTRY = bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + bold("Độc lập - Tự do - Hạnh phúc")
HEAD = table(
    row(cell(p("UBND TỈNH LẠNG SƠN"), bold("SỞ NỘI VỤ"), p("_______")), cell(COUNTRY, p("_____________"))),
    row(
        cell(p("Số: 17/SNV-TĐKT"), p("V/v tổng kết phong trào"), p("thi đua năm 2019")),
        cell(p("Lạng Sơn, ngày 25 tháng 02 năm 2020", italic=True)),
    ),
    ruled=False,
)
BODY = (
    p("Kính gửi: Các đơn vị trong cụm thi đua", align="center"),
    p(
        run("Thực hiện ") + run("kế hoạch", bold=True) + run(" đã ban hành, Sở Nội vụ đề nghị các đơn vị báo cáo."),
        align="both",
    ),
    p("1. Báo cáo gửi về Sở trước ngày 10/3/2020./.", align="both"),
)
CLOSING = table(
    row(
        cell(
            p("Nơi nhận:", bold=True, italic=True),
            p("- Như trên;"),
            p("- UBND tỉnh (b/c);"),
            p("- Lưu: VT, TĐKT (NTB)."),
        ),
        cell(bold("KT. GIÁM ĐỐC"), bold("PHÓ GIÁM ĐỐC"), p(), p(), bold("Nguyễn Thị Bình")),
    ),
    ruled=False,
)


def letter(*body, head=HEAD, closing=CLOSING, behind=(), **more):
    """A letter of an office, with other words where they are given."""
    return docx(head, *(body or BODY), closing, *behind, **more)
