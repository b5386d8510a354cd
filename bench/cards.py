"""Cards of delegates, ten to an A4 sheet, 1,000 in one file, three ways in one run.

    .venv/bin/python bench/cards.py [cards …]

* ``ours``: this program: the sheet set once, words stamped, codes by segno drawn as paths; tagged, PDF/A-3a;
* ``weasyprint``: one HTML document of cards with their codes as SVG by segno, as one would write it;
* ``reportlab``, where it is installed: words and codes (its own QR widget) on one canvas, without tags.

Each is made in a process of its own, warm: after one sheet. Seconds are of the processor, the best of three where that takes less
than a few; the peak of memory is the process's. Codes are read back from the pages at 150 dpi where zxing-cpp is installed, which
tells how many of them a reader finds.
"""

import importlib.util
import io
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "bench", "DEMO": "True"}
CARDS = 1000
FAMILY = ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Đặng", "Vi", "Lương", "Triệu", "Hứa", "Đàm", "Phùng"]
GIVEN = [
    "Thị Hiền",
    "Văn Dũng",
    "Bích Phượng",
    "Thu Thủy",
    "Trung Kiên",
    "Xuân Trường",
    "Hải Yến",
    "Minh Khuê",
    "Ánh Tuyết",
]
POSTS = ["Trưởng phòng", "Giáo viên", "Bác sĩ", "Chủ tịch Hội Nông dân", "Kế toán trưởng"]
PLACES = ["xã Ba Sơn", "Sở Y tế", "Trường Trung học phổ thông Chu Văn An", "Công ty Điện lực Lạng Sơn"]
EVENT = "Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ VII"


def words(count) -> list[dict[str, str]]:
    """What stands on invented cards, the same every time."""
    import django

    django.setup()
    from conferences.cards.codes import check, shown
    from conferences.cards.sheet import words_of
    from conferences.events.models import Role

    dice, found = random.Random(3), []  # noqa: S311
    for number in range(1, count + 1):
        body = "VT7" + "".join(dice.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(8))
        code = body + check(body)
        role = Role.GUEST if number % 9 == 0 else Role.OFFICIAL
        row = SimpleNamespace(
            name=f"{dice.choice(FAMILY)} {dice.choice(GIVEN)}", post=dice.choice(POSTS), workplace=dice.choice(PLACES), role=role,
            number=number, seat=f"A{number}", code=code, code_words=shown(code), delegation_id=1,
            delegation=f"Đoàn số {number % 40 + 1}", get_duty_display=lambda: "", get_role_display=lambda role=role: role.label,
        )  # fmt: skip
        found.append(words_of(row, SimpleNamespace(name=EVENT)))
    return found


def ours(found) -> bytes:
    """As the program does it."""
    from conferences.cards.printing import Run
    from conferences.cards.sheet import sheet
    from documents.typesetting.stamping.stamp import stamp

    run = Run(None)
    run._fitting = lambda rows: (row for row in rows if not run.cards.fault(row))
    return stamp(sheet("Thẻ đại biểu"), run.sheets([dict(row) for row in found]))


_LOOK = """@page { size: A4; margin: 13.5mm 15mm } body { margin: 0; font: 8pt 'Be Vietnam Pro', sans-serif }
.sheet { display: grid; grid-template-columns: 90mm 90mm; grid-auto-rows: 54mm; break-after: page }
.card { border: .15mm dashed #999; box-sizing: border-box; position: relative; overflow: hidden; padding: 12mm 4mm 2mm }
.kind { position: absolute; inset: 0 0 auto; height: 10.5mm; color: #fff; font: bold 13pt/10.5mm sans-serif; text-align: center }
.card b { display: block; font-size: 15pt; width: 54mm } .qr { position: absolute; right: 2.5mm; top: 12.5mm; width: 28mm }"""


def weasyprint(found) -> bytes:
    """One document, each code an SVG."""
    import segno
    from weasyprint import HTML

    def card(row):
        code = segno.make_qr(row["code"], error="q", boost_error=False).svg_inline(
            border=4, omitsize=True, svgclass="qr"
        )
        said = "<br>".join(row[name] for name in ("event", "post", "delegation", "number", "seat", "code_words"))
        bar = f'<div class="kind" style="background: {row["colour"]}">{row["kind"]}</div>'
        return f'<div class="card">{bar}<b>{row["name"]}</b>{said}{code}</div>'

    sheets = (found[at : at + 10] for at in range(0, len(found), 10))
    body = "".join(f'<div class="sheet">{"".join(map(card, some))}</div>' for some in sheets)
    return HTML(string=f"<style>{_LOOK}</style>{body}").write_pdf()


def reportlab(found) -> bytes:
    """One canvas."""
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.renderPDF import draw
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    memory = io.BytesIO()
    canvas = Canvas(memory, pagesize=(210 * mm, 297 * mm))
    for place, row in enumerate(found):
        left, up = (15 + place % 2 * 90) * mm, (283.5 - (place % 10 // 2 + 1) * 54) * mm
        canvas.setFillColor(HexColor(row["colour"]))
        canvas.rect(left, up + 43.5 * mm, 90 * mm, 10.5 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        for line, name in enumerate(("event", "name", "post", "delegation", "number", "code_words")):
            canvas.drawString(left + 4 * mm, up + (38 - 6 * line) * mm, row[name])
        widget = QrCodeWidget(row["code"], barLevel="Q", barWidth=28 * mm, barHeight=28 * mm)
        picture = Drawing(28 * mm, 28 * mm)
        picture.add(widget)
        draw(picture, canvas, left + 59.5 * mm, up + 13.5 * mm)
        if place % 10 == 9:
            canvas.showPage()
    canvas.save()
    return memory.getvalue()


WAYS = {"ours": ours, "weasyprint": weasyprint, "reportlab": reportlab}


def read_back(content, found) -> int | None:
    """How many of the codes a reader finds on the pages, None where there is no reader."""
    if not importlib.util.find_spec("zxingcpp"):
        return None
    import pypdfium2
    import zxingcpp

    seen = set()
    for page in pypdfium2.PdfDocument(content):
        seen |= {one.text for one in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())}
    return len(seen & {row["code"] for row in found})


def one(way, count):
    """Make ``count`` cards and print what one took, as JSON."""
    found = words(count)
    WAYS[way](found[:10])
    spent = []
    while not spent or (len(spent) < 3 and sum(spent) < 8):
        begun = time.process_time()
        content = WAYS[way](found)
        spent.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "ms": 1000 * min(spent) / count,
        "peak": peak,
        "size": len(content) / 1024,
        "read": read_back(content, found),
    }
    print(json.dumps(told))


def main():
    """All ways, then one line of all figures."""
    figures = {}
    for count in [int(word) for word in sys.argv[1:]] or [CARDS]:
        for way in WAYS:
            if way == "reportlab" and not importlib.util.find_spec(way):
                continue
            command = [sys.executable, __file__, "one", way, str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{way}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                continue
            told = json.loads(done.stdout.splitlines()[-1])
            read = "" if told["read"] is None else f" {told['read']} codes read back"
            took = f"{told['ms']:7.2f} ms each {told['peak']:5.0f} MB {told['size']:6.0f} kB"
            print(f"{way:10} {count:6} cards {took}{read}", flush=True)
            figures |= {f"{way}_{count}_ms": f"{told['ms']:.2f}", f"{way}_{count}_mb": f"{told['peak']:.0f}"}
    print(" ".join(f"{name}={value}" for name, value in figures.items()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main()
