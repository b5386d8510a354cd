"""A long list on paper, four ways, in one run: a register of ten columns, 60, 3,000 and 20,000 rows.

    .venv/bin/python bench/tables.py [rows …]

* ``today``: WeasyPrint alone, as short tables are set; beyond 3,000 rows it takes minutes and gigabytes, and is measured only
  where the rows are named;
* ``painter``: this program;
* ``typst`` and ``reportlab``, where they are installed: the same columns, sizes and margins; Typst tagged, as PDF/A-3a.

Each is made in a process of its own, warm: after a list of five rows. Seconds are of the processor, of all its threads, best of
two where that takes less than a few; the peak of memory is the process's.
"""

import importlib.util
import json
import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = (60, 3000, 20000)
# More than that is today's way asked for only by name.
PATIENCE = 3000
FONTS = ROOT / "static" / "vendor" / "tinos"
TITLE, SUBTITLES = "SỔ ĐĂNG KÝ VĂN BẢN ĐI", ["Sở Nội vụ", "Từ ngày 01/01/2016"]
PLACES = ["Bắc Sơn", "Hữu Lũng", "Chi Lăng", "Lộc Bình", "Cao Lộc", "Văn Quan", "Văn Lãng", "Tràng Định", "Bình Gia"]
DEEDS = ["tổng kết", "sơ kết", "báo cáo kết quả", "phát động", "hướng dẫn", "đôn đốc", "triển khai", "kiểm tra"]
THINGS = ["phong trào thi đua", "công tác thi đua, khen thưởng", "việc ký giao ước thi đua", "hội nghị", "hiện vật"]
SIGNERS = ["Dương Xuân Bịa", "Nguyễn Thị Đặt", "Trần Văn Tưởng"]
COLUMNS = [
    ("Số, ký hiệu văn bản", 27),
    ("Ngày tháng văn bản", 20),
    ("Tên loại và trích yếu nội dung văn bản", 62),
    ("Người ký", 24),
    ("Nơi nhận văn bản", 38),
    ("Đơn vị, người nhận bản lưu", 22),
    ("Số lượng bản", 13),
    ("Ngày chuyển", 20),
    ("Ký nhận", 15),
    ("Ghi chú", 30),
]
FATES = ["", "", "", "Bị thay thế bằng Quyết định số 12/QĐ-UBND ngày 05/6/2020"]


def rows(count):
    """Invented papers, the same every time."""
    dice = random.Random(7)  # noqa: S311
    for number in range(1, count + 1):
        day = date(2016, 1, 1) + timedelta(days=dice.randrange(3900))
        yield [
            f"{number:02d}/CV-SNV",
            f"{day:%d/%m/%Y}",
            f"Công văn: {dice.choice(DEEDS)} {dice.choice(THINGS)} tại {dice.choice(PLACES)}",
            dice.choice(SIGNERS),
            "; ".join(dice.sample([f"UBND huyện {place}" for place in PLACES], dice.choice([1, 2, 3]))),
            "VT, TĐKT",
            str(dice.randrange(1, 40)),
            f"{day:%d/%m/%Y}",
            "",
            dice.choice(FATES),
        ]


# --- The four


def painter():
    """As the program does it."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "bench", "DEMO": "True"}
    import django

    django.setup()
    from documents.typesetting.reports import table_pdf

    return lambda found: table_pdf(title=TITLE, subtitle_lines=SUBTITLES, columns=COLUMNS, rows=found)


def today():
    """The same without the painter."""
    made = painter()
    from documents.typesetting import reports

    reports.is_long = lambda rows: False
    return made


def typst():
    """One Typst document."""
    import typst as engine

    def text(value):
        return f'"{value}"'

    def make(found):
        widths = ", ".join(f"{share}fr" for _, share in COLUMNS)
        head = ", ".join(f"strong({text(name)})" for name, _ in COLUMNS)
        numbers = ", ".join(f"emph({text(f'({n})')})" for n in range(1, len(COLUMNS) + 1))
        body = ",\n".join(", ".join(map(text, row)) for row in found)
        above = " ".join(f"#align(center)[{line}]" for line in SUBTITLES)
        source = (
            f"#set document(title: {text(TITLE)}, date: datetime(year: 2026, month: 1, day: 1))\n"
            '#set text(font: "Tinos", size: 10pt, lang: "vi")\n'
            "#set page(width: 297mm, height: 210mm, margin: (top: 15mm, right: 15mm, bottom: 17mm, left: 22mm), "
            'footer: context align(right)[Trang #counter(page).display("1/1", both: true)])\n'
            f"#align(center, text(size: 14pt, weight: 700)[{TITLE}]) {above}\n"
            f"#table(columns: ({widths}), stroke: .75pt, inset: (x: 3pt, y: 2pt), "
            f"table.header({head}, {numbers}),\n{body})\n"
        )
        return engine.compile(source.encode(), font_paths=[str(FONTS)], pdf_standards=["a-3a"])

    return make


def reportlab():
    """One long table of paragraphs."""
    import io

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    pdfmetrics.registerFont(TTFont("Tinos", str(FONTS / "Tinos_400Regular.ttf")))
    style = ParagraphStyle("cell", fontName="Tinos", fontSize=10, leading=12)
    room = 260 * mm

    def make(found):
        total = sum(share for _, share in COLUMNS)
        lines = [[name for name, _ in COLUMNS], [f"({n})" for n in range(1, len(COLUMNS) + 1)], *found]
        table = LongTable(
            [[Paragraph(value, style) for value in line] for line in lines],
            [room * share / total for _, share in COLUMNS],
            repeatRows=2,
        )
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.75, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        memory = io.BytesIO()
        sides = {"leftMargin": 22 * mm, "rightMargin": 15 * mm, "topMargin": 15 * mm, "bottomMargin": 17 * mm}
        SimpleDocTemplate(memory, pagesize=landscape(A4), **sides).build([Paragraph(TITLE, style), table])
        return memory.getvalue()

    return make


WAYS = {"painter": painter, "today": today, "typst": typst, "reportlab": reportlab}


# --- Measuring


def one(way, count):
    """Make one list and print what it took, as JSON."""
    import resource

    make = WAYS[way]()
    make(list(rows(5)))
    found = list(rows(count))
    spent = []
    while not spent or (len(spent) < 2 and spent[0] < 5):
        begun = time.process_time()
        content = make(found)
        spent.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": min(spent), "peak": peak, "size": len(content) / 1024}))


def measured(way, count):
    """What ``one`` prints in a process of its own; None where it fails."""
    done = subprocess.run(
        [sys.executable, __file__, "one", way, str(count)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{way} {count}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def main():
    """All ways and sizes, then one line of all figures."""
    asked = [int(word) for word in sys.argv[1:]]
    figures = {}
    for count in asked or ROWS:
        for way in WAYS:
            is_there = way in ("painter", "today") or importlib.util.find_spec(way)
            if not is_there or (way == "today" and count > PATIENCE and not asked):
                continue
            if found := measured(way, count):
                print(
                    f"{way:10} {count:6} rows {found['cpu']:8.2f} s {found['peak']:6.0f} MB {found['size']:8.0f} kB",
                    flush=True,
                )
                figures |= {f"{way}_{count}_cpu_s": f"{found['cpu']:.3f}", f"{way}_{count}_mb": f"{found['peak']:.0f}"}
    for count in asked or ROWS:
        if (ours := figures.get(f"painter_{count}_cpu_s")) and (theirs := figures.get(f"today_{count}_cpu_s")):
            figures[f"times_today_{count}"] = f"{float(theirs) / float(ours):.1f}"
    print(" ".join(f"{name}={value}" for name, value in figures.items()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main()
