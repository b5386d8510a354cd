# ruff: noqa: E501  the clipboard breaks lines where it likes
"""What Word, Excel, LibreOffice and web pages put on the clipboard: attributes and comments as they do, words of our own."""

_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/HOA/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal, li.MsoNormal {mso-style-unhide:no; margin:0cm; font-family:"Times New Roman",serif;} --></style></head>
<body lang=VI style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->%s<!--EndFragment-->%s</body></html>"""

_MARK = """<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
lang=VI><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span
lang=VI style='font-size:14.0pt'>[1]</span></span><![endif]></span></span></span></a>"""

_NOTE = """<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"
title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></span></a><span lang=VI> Báo cáo số <b>50</b>/BC-UBND.<o:p></o:p></span></p>
</div></div>"""

WORD = _WORD % (
    f"""<p class=MsoNormal style='text-align:justify'><span lang=VI style='font-size:14.0pt'>Thực hiện <b
style='mso-bidi-font-weight:normal'>Báo cáo</b>{_MARK}, <i>UBND</i> tỉnh
yêu cầu:<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='margin-left:54.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=VI><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=VI>Chủ động<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Rà soát</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>""",
    _NOTE,
)
WORD_SOURCE = (
    "Thực hiện **Báo cáo**[^1], *UBND* tỉnh yêu cầu:\n\n1. Chủ động\n\n- Rà soát\n\n[^1]: Báo cáo số **50**/BC-UBND."
)

WORD_TABLE = _WORD % (
    """<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<thead><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=40 rowspan=2 valign=top style='width:30.0pt'><p class=MsoNormal
align=center><b>TT<o:p></o:p></b></p></td><td width=200 rowspan=2><p class=MsoNormal align=center><b>Đơn vị<o:p></o:p></b></p></td>
<td width=200 colspan=2><p class=MsoNormal align=center><b>Số tiền<o:p></o:p></b></p></td></tr>
<tr style='mso-yfti-irow:1'><td><p class=MsoNormal align=center><b>Năm nay</b></p></td><td><p class=MsoNormal
align=center><b>Năm sau</b></p></td></tr></thead>
<tr style='mso-yfti-irow:2;mso-yfti-lastrow:yes'><td><p class=MsoNormal>1</p></td><td><p class=MsoNormal>Sở Nội vụ</p><p
class=MsoNormal><i>dòng hai</i></p></td><td><p class=MsoNormal>12</p></td><td><p class=MsoNormal>a|b</p></td></tr></table>""",
    "",
)
WORD_TABLE_SOURCE = (
    "| TT | Đơn vị | Số tiền | < |\n|---|---|---|---|\n| ^ | ^ | Năm nay | Năm sau |\n|---|---|---|---|\n"
    "| 1 | Sở Nội vụ *dòng hai* | 12 | a\\|b |"
)

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=ProgId content=Excel.Sheet><meta name=Generator content="Microsoft Excel 15"><style>
<!--table {mso-displayed-decimal-separator:"\\,"; mso-displayed-thousand-separator:"\\.";} .xl65 {border:.5pt solid windowtext;} -->
</style></head><body link="#0563C1" vlink="#954F72"><table border=0 cellpadding=0 cellspacing=0 width=256
style='border-collapse:collapse;width:192pt'><!--StartFragment--> <col width=64 span=3 style='width:48pt'>
 <tr height=20 style='height:15.0pt'><td height=20 class=xl65 width=64 style='height:15.0pt;width:48pt'>%s</td>
 <!--EndFragment--></table></body></html>"""


def excel(rows):
    """Rows of a sheet as Excel gives them, one empty row below."""
    lines = "</td></tr>\n <tr height=20 style='height:15.0pt'><td class=xl65>".join(
        "</td>\n  <td class=xl65 align=right x:num>".join(str(cell) for cell in row)
        for row in [*rows, [""] * len(rows[0])]
    )
    return EXCEL.replace("%s</td>", f"{lines}</td></tr>")


LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/><style type="text/css">@page { size: 8.27in 11.69in }</style></head>
<body lang="vi-VN" dir="ltr"><p style="line-height: 100%; margin-bottom: 0in"><font face="Times New Roman, serif"><font size="4"
style="font-size: 14pt">Theo <b>báo cáo</b></font></font><a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a> nay</p><ol start="3"><li><p>Điểm ba</p></li><li><p>Điểm bốn</p></li></ol>
<ol type="a"><li><p>Điểm a</p></li></ol><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym"
name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Lời chú</p></div></body></html>"""
LIBREOFFICE_SOURCE = "Theo **báo cáo**[^1] nay\n\n3. Điểm ba\n\n4. Điểm bốn\n\na) Điểm a\n\n[^1]: Lời chú"

WEB = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-5f3"><p dir="ltr" style="line-height:1.38;"><span
style="font-size:11pt;font-weight:400;font-style:normal;">Chữ thường, </span><span style="font-weight:700;">chữ đậm</span></p>
<h2>Tiêu đề</h2><ul><li style="list-style-type:disc;"><p><span style="font-style:italic;">Gạch đầu dòng</span></p></li></ul>
<p>Xem <a href="https://example.org/x">trang này</a>.<br>Dòng hai</p></b>"""
WEB_SOURCE = "Chữ thường, **chữ đậm**\n\n## Tiêu đề\n\n- *Gạch đầu dòng*\n\nXem trang này.\n\nDòng hai"

HOSTILE = """<p onclick="window.bad=1">Chữ<script>window.bad=2</script><img src="http://example.invalid/x.png" onerror="window.bad=3">
<svg onload="window.bad=4"><script>window.bad=5</script></svg><iframe src="javascript:window.bad=6"></iframe>
<a href="javascript:window.bad=7">liên kết</a></p><style>body{display:none}</style><base href="http://example.invalid/">
<p style="background:url(http://example.invalid/y.png)">Sau<object data="http://example.invalid/z"></object></p>
<form action="http://example.invalid/"><input name="x" value="y" autofocus onfocus="window.bad=8"></form>
<link rel="stylesheet" href="http://example.invalid/w.css"><video src="http://example.invalid/v.mp4" autoplay></video>
<span data-cite="{{cite:x}}">chip</span><span data-note="1">lời</span>"""

TRACKED = _WORD % (
    """<p class=MsoNormal>Giữ <ins cite="mailto:A" datetime="2026-01-05T08:00"><span>thêm</span></ins><del cite="mailto:A"><span>xóa</span></del><span
class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[A1]</a></span><span
style='display:none;mso-hide:all'>ẩn</span></p>""",
    """<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p
class=MsoCommentText>lời bình</p></div></div></div>""",
)


def word(words, styles=""):
    """What Word gives for ``words``, in a text with styles of its own."""
    return (_WORD % (words, "")).replace("</style>", f"{styles}</style>")


def word_item(sign, words, font="Times New Roman", bold=False):
    """A point of a list of Word, with what Word draws before it."""
    opened, closed = ("<b>", "</b>") if bold else ("", "")
    return f"""<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>{opened}<span
style='font-family:{font};mso-fareast-font-family:{font}'><span style='mso-list:Ignore'>{sign}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span>{closed}<![endif]>{opened}{words}{closed}<o:p></o:p></p>"""


TEXT_BOX = word(
    """<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Box_1" style='position:absolute'><v:textbox><![if !mso]><table
width="100%"><tr><td><![endif]><div><p class=MsoNormal>Chữ <b>trong</b> khung</p><p class=MsoNormal>hai</p></div><![if
!mso]></td></tr></table><![endif]></v:textbox></v:shape><![endif]--><![if !vml]><span style='mso-ignore:vglayout'><img
width=9 src="file:///C:/image001.png" v:shapes="Box_1"></span><![endif]>Đoạn có khung</p><p class=MsoNormal>Sau</p>"""
)

# Looks by classes; a hidden column and row; words longer than their cell; empty cells written as one; the row that Excel adds
# where columns do not meet.
SEEN_SHEET = (
    EXCEL.replace("</style>", ".xl66 {font-weight:700; text-align:center;} .xl67 {text-align:right;}</style>")
    .replace(
        """ <tr height=20 style='height:15.0pt'><td height=20 class=xl65 width=64 style='height:15.0pt;width:48pt'>%s</td>""",
        """<col width=64><col width=0 style='display:none;mso-width-source:userset'><col width=64 span=2>
<tr><td class=xl66>STT</td><td>Ẩn</td><td class=xl66>Đơn vị</td><td class=xl66>Số tiền</td></tr>
<tr><td align=right>1</td><td>riêng</td><td>Sở Nội v<span style='display:none'>ụ tỉnh</span></td><td class=xl67>1.500.000</td></tr>
<tr height=0 style='display:none'><td>9</td><td></td><td>Hàng ẩn</td><td></td></tr>
<tr><td colspan=2 style='mso-ignore:colspan'></td><td>Hai<br>
    dòng</td><td align=right>(2.000)</td></tr>
<tr><td colspan=3 class=xl66>Tổng</td><td class=xl67>1.498.000</td></tr>
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td><td width=0></td></tr><![endif]>""",
    )
    .replace(" <col width=64 span=3 style='width:48pt'>\n", "")
)
