"""The styles of a Word document by one rule set, under names that an officer knows (ISO/IEC 29500-1, 17.7)."""

from dataclasses import dataclass

from ..form.rules import RuleSet
from .elements import BOLD, ITALIC, NAMESPACES, mm, size, twips

FONT = "Times New Roman"
# The height of a line in single spacing, as a part of the size of its letters.
SINGLE = 1.15
SIGNER_ABOVE = 27  # mm, room for the signature


@dataclass(frozen=True)
class Style:
    """One style of paragraphs. Lengths in points; ``line`` is the least height of a line, by default the base's."""

    key: str
    name: str
    base: str = "Normal"
    size: float = 0
    bold: bool = False
    italic: bool = False
    align: str = ""
    line: float = 0
    exact: bool = False
    before: float = 0
    after: float = 0
    # Millimetres; None: the base's.
    indent: float | None = None
    keep: bool = False
    level: int | None = None

    def xml(self) -> str:
        """As styles.xml has it."""
        default = ' w:default="1"' if self.key == "Normal" else ""
        base = "" if default else f'<w:basedOn w:val="{self.base}"/>'
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.key}"><w:name w:val="{self.name}"/>{base}<w:qFormat/>'
            f"<w:pPr>{self.paragraph()}</w:pPr><w:rPr>{self.letters()}</w:rPr></w:style>"
        )

    def paragraph(self) -> str:
        """How it stands."""
        rule = "exact" if self.exact else "atLeast"
        line = f' w:line="{twips(self.line)}" w:lineRule="{rule}"' if self.line else ""
        indent = "" if self.indent is None else f'<w:ind w:firstLine="{mm(self.indent)}"/>'
        return (
            "<w:keepNext/>" * self.keep
            + "<w:widowControl/>"
            + f'<w:spacing w:before="{twips(self.before)}" w:after="{twips(self.after)}"{line}/>'
            + indent
            + (f'<w:jc w:val="{self.align}"/>' if self.align else "")
            + ("" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>')
        )

    def letters(self) -> str:
        """How its letters look."""
        return BOLD * self.bold + ITALIC * self.italic + (size(self.size) if self.size else "")


def styles_of(rules: RuleSet) -> list[Style]:
    """Every style, what others are based on first."""
    r, body = rules, rules.body.used
    line = body * r.line_height.used

    def block(key, name, points, **looks):
        """A part of its own size in single spacing."""
        return Style(key, name, size=points, line=points * SINGLE, **({"align": "center"} | looks))

    def open_(key, name, points, **looks):
        """A part in the spacing of the text."""
        return Style(key, name, size=points, line=points * r.line_height.used, **({"align": "center"} | looks))

    text = {"align": "both", "indent": r.indent.used, "after": r.paragraph_space.used}
    title = text | {"base": "ThanBai", "bold": True, "keep": True}
    return [
        Style("Normal", "Normal", size=body, line=line),
        Style("ThanBai", "Thân bài", **text),
        Style("Muc", "heading 2", level=1, **title),
        Style("Khoan", "heading 3", level=2, **title),
        Style("Dieu", "heading 4", level=3, **title),
        Style("Chuong", "Phần, chương", **title | {"base": "Muc", "align": "center", "indent": 0}, level=1),
        block("QuocHieu", "Quốc hiệu", r.country.used, bold=True),
        block("TieuNgu", "Tiêu ngữ", r.motto.used, bold=True),
        block("ChuQuan", "Cơ quan chủ quản", r.issuer.used),
        block("CoQuan", "Cơ quan ban hành", r.issuer.used, bold=True),
        block("SoKyHieu", "Số, ký hiệu", r.number.used, before=8),
        block("NgayThang", "Địa danh, ngày tháng", r.place_date.used, italic=True, before=8),
        block("TrichYeuCV", "Trích yếu công văn", r.letter_subject.used, before=r.letter_subject_space.used),
        block("MucDoKhan", "Mức độ khẩn", r.stamp.used, bold=True),
        block("LuuHanh", "Phạm vi lưu hành", r.stamp.used, bold=True),
        open_("TenLoai", "Tên loại văn bản", r.title.used, bold=True, keep=True, level=0),
        open_("TrichYeu", "Trích yếu", r.subject.used, bold=True, keep=True),
        open_("ThamQuyen", "Thẩm quyền ban hành", body, bold=True, keep=True),
        open_("KinhGui", "Kính gửi", r.to.used, align="left"),
        Style("CanCu", "Căn cứ ban hành", base="ThanBai", italic=r.bases_italic, **text),
        block("Bang", "Chữ trong bảng", r.table.used, align="left"),
        Style(
            "DauBang", "Đầu bảng", base="Bang", align="center", bold=True, size=r.table.used, line=r.table.used * SINGLE
        ),
        block("NoiNhanDe", "Nơi nhận", r.recipients_label.used, align="left", bold=True, italic=True),
        block("NoiNhan", "Tên nơi nhận", r.recipients.used, align="left"),
        open_("ChucVu", "Chức vụ người ký", r.signature.used, bold=True, keep=True),
        open_("HoTen", "Họ tên người ký", r.signature.used, bold=True, before=mm(SIGNER_ABOVE) / 20),
        open_("PhuLuc", "Phụ lục", r.appendix_label.used, bold=True, keep=True, level=0),
        open_("TenPhuLuc", "Tên phụ lục", r.appendix_title.used, bold=True, keep=True),
        open_("KemTheo", "Kèm theo văn bản", body, italic=True, after=6),
        Style("NetKe", "Nét kẻ", size=1, line=1, exact=True),
        open_("DiaChi", "Địa chỉ cơ quan", r.contact.used),
        block("SoTrang", "header", r.page_number.used),
        block("ChuThich", "footnote text", r.footnote.used, align="both"),
    ]


def styles_xml(styles: list[Style]) -> str:
    """styles.xml."""
    fonts = " ".join(f'w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        # Letters are kerned from 1 pt on, as in the PDF, so that lines break alike.
        '<w:kern w:val="2"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="character" w:default="1" w:styleId="ChuThuong"><w:name w:val="Default Paragraph Font"/>'
        "<w:semiHidden/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="BangThuong"><w:name w:val="Normal Table"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="SoChuThich"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        f"{''.join(style.xml() for style in styles)}</w:styles>"
    )
