"""Certificates, four ways, in one run: giấy khen on A4 with the frame, of 1,000 names in one file.

    .venv/bin/python bench/certificates.py [sheets …]

* ``stamper``: this program; 50,000 sheets too, whose time a sheet and whose memory are held against those of 1,000;
* ``each``: one WeasyPrint document a sheet, the same HTML with the words in it, fonts parsed once for all;
* ``typst`` and ``reportlab``, where they are installed: the same fields, frame and fonts, in one file; Typst tagged, as PDF/A-3a;
* ``coded``: the stamper with a code that a telephone reads on each sheet, which the others do not draw.

Each is made in a process of its own, warm: after two sheets. Seconds are of the processor, of all its threads, best of three
where that takes less than a few; the peak of memory is the process's. The file is written to the disk as it is made. Then the
words of each record are compared with those that WeasyPrint alone sets, letter by letter, in place too.
"""

import importlib.util
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHEETS, MANY = 1000, 50000
# So many documents of their own are made; the time is for one of them.
EACH = 40
COMPARED = 25
FONTS = ROOT / "static" / "vendor" / "tinos"
FAMILY = ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Đặng", "Vi", "Lương", "Triệu", "Hứa", "Đàm", "Phùng"]
MIDDLE = ["Thị", "Văn", "Đức", "Ngọc", "Quỳnh", "Thế", "Hữu", "Xuân", "Phương", "Minh"]
GIVEN = ["Hiền", "Dũng", "Phượng", "Thủy", "Kiên", "Trường", "Yến", "Khuê", "Nghĩa", "Thưởng", "Tuyết", "Vỹ", "Thế"]
POSTS = ["Trưởng phòng", "Chuyên viên", "Giáo viên", "Phó Chủ tịch Ủy ban nhân dân", "Bác sĩ", "Kế toán trưởng"]
PLACES = ["huyện Bắc Sơn", "huyện Hữu Lũng", "Sở Nội vụ", "Trường Trung học phổ thông Chu Văn An", "xã Tân Thanh"]
WORK = ["nhiệm vụ công tác", "phong trào thi đua yêu nước", "cải cách hành chính", "xây dựng nông thôn mới"]


def records(count):
    """Invented awards, the same every time."""
    dice = random.Random(3)  # noqa: S311
    for number in range(1, count + 1):
        yield {
            "decider": "GIÁM ĐỐC SỞ NỘI VỤ TỈNH LẠNG SƠN",
            "award": "GIẤY KHEN",
            "address": dice.choice(["Ông", "Bà"]),
            "name": f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}",
            "post": f"{dice.choice(POSTS)}, {dice.choice(PLACES)}, tỉnh Lạng Sơn",
            "deed": f"Đã có thành tích xuất sắc trong {dice.choice(WORK)} năm {dice.randrange(2021, 2026)}, góp phần tích cực "
            f"vào công cuộc phát triển kinh tế - xã hội tại {dice.choice(['địa phương', 'cơ quan', 'đơn vị'])}",
            "place_date": "Lạng Sơn, ngày 20 tháng 11 năm 2026",
            "signer_title": "GIÁM ĐỐC",
            "signer": "Dương Xuân Bịa",
            "decision": "Quyết định số 123/QĐ-SNV ngày 20/11/2026",
            "golden": f"Số sổ vàng: {number}",
            "code": f"https://thidua.langson.gov.vn/xac-thuc/bang/{dice.getrandbits(128):026x}"[:69],
        }


def sheet(has_code=False):
    """Giấy khen as it comes with the program."""
    import tomllib

    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "bench", "DEMO": "True"}
    import django

    django.setup()
    from awards.certificates.drawing import drawing
    from awards.certificates.layouts import SOURCE, spot_of
    from awards.models import Layout, LayoutField
    from documents.typesetting.stamping.sheets import Sheet

    facts = next(row for row in tomllib.loads(SOURCE.read_text("utf-8"))["layout"] if row["code"] == "giay-khen")
    fields = [LayoutField(**one) for one in facts["field"] if one["prints"] not in ("emblem", "code_words")]
    spots = tuple(spot_of(one) for one in fields if has_code or one.prints != "code")
    layout = Layout(width=facts["width"], height=facts["height"], frame=facts["frame"])
    return Sheet(layout.width, layout.height, spots, title=facts["name"], drawing=drawing(layout))


# --- The ways: each gives a function (records, file)


def stamper(has_code=False):
    """As the program does it."""
    page = sheet(has_code)
    from documents.typesetting.stamping.stamp import stamp

    return lambda found, file: stamp(page, found, file)


def coded():
    """The same with codes."""
    return stamper(has_code=True)


def each():
    """A document for each record."""
    page = sheet()
    from documents.typesetting.pdf import set_once

    pages = _html(page)
    drawing = [("sheet", "image/svg+xml", page.drawing.encode())]

    def make(found, file):
        for record in found:
            file.write(set_once(pages(record), drawing, None))

    return make


def _html(page):
    """A function that gives the HTML of a record, its words in the sizes of the rule."""
    from documents.typesetting.stamping.fitting import Fitting, tidied
    from documents.typesetting.stamping.sheets import html

    fitting = Fitting()

    def of(record):
        shown = []
        for spot in page.spots:
            if (words := tidied(spot.words or record.get(spot.name, ""))) and not spot.is_code:
                fitted = fitting.fitted(spot, words)
                shown.append((spot, words, fitted.size, len(fitted.lines)))
        return html(page, shown)

    return of


def typst():
    """One Typst document, each field in a box of its own."""
    import typst as engine

    page = sheet()
    folder = Path(tempfile.mkdtemp())
    (folder / "frame.svg").write_text(page.drawing, encoding="utf-8")

    def box(spot, words):
        style = f'weight: {700 if spot.bold else 400}, style: "{"italic" if spot.italic else "normal"}"'
        stand = {"top": "top", "middle": "horizon", "bottom": "bottom"}[spot.stand]
        return (
            (
                f"#place(top + left, dx: {spot.left}mm, dy: {spot.top}mm, box(width: {spot.width}mm, height: {spot.height}mm, "
                f'align({spot.align} + {stand}, text(size: {spot.size}pt, {style}, fill: rgb("{spot.colour}"))["{words}"])))'
            )
            .replace('["', "[")
            .replace('"])))', "])))")
        )

    def make(found, file):
        parts = [
            '#set document(title: "Giấy khen", date: datetime(year: 2026, month: 1, day: 1))\n'
            '#set text(font: "Tinos", lang: "vi")\n#set par(leading: 0.5em)\n'
            f"#set page(width: {page.width}mm, height: {page.height}mm, margin: 0mm, "
            f'background: image("frame.svg", width: {page.width}mm, alt: "Khung"))\n'
        ]
        for number, record in enumerate(found):
            parts.append("#pagebreak()\n" if number else "")
            parts += [box(spot, words) for spot in page.spots if (words := spot.words or record.get(spot.name, ""))]
        source = folder / "all.typ"
        source.write_text("\n".join(parts), encoding="utf-8")
        file.write(engine.compile(str(source), root=str(folder), font_paths=[str(FONTS)], pdf_standards=["a-3a"]))

    return make


def _registered():
    """The fonts for ReportLab; {style: what it is called}."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = {(False, False): "", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    for (bold, italic), name in names.items():
        file = f"Tinos_{700 if bold else 400}{'Bold' if bold else 'Regular'}{'_Italic' if italic else ''}.ttf"
        pdfmetrics.registerFont(TTFont(f"Tinos{name}", str(FONTS / file)))
    return names


def reportlab():
    """One canvas, the frame as a form of its own."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import mm
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    page = sheet()
    names = _registered()

    def frame(canvas):
        canvas.beginForm("frame")
        for edge in (9, 16):
            canvas.rect(edge * mm, edge * mm, (page.width - 2 * edge) * mm, (page.height - 2 * edge) * mm)
        for place, up in product(range(16, page.width - 16, 7), (12.5, page.height - 12.5)):
            canvas.rect(place * mm, (up - 2) * mm, 4 * mm, 4 * mm)
        canvas.endForm()

    def show(canvas, spot, words):
        font, size, room = f"Tinos{names[spot.bold, spot.italic]}", spot.size, spot.width * mm
        lines = simpleSplit(words, font, size, room)
        canvas.setFillColor(HexColor(spot.colour))
        canvas.setFont(font, size)
        up = (page.height - spot.top - spot.height / 2) * mm + (len(lines) / 2 - 0.8) * size * 1.25
        for line in lines:
            put, left = canvas.drawString, spot.left
            if spot.align == "center":
                put, left = canvas.drawCentredString, spot.left + spot.width / 2
            put(left * mm, up, line)
            up -= size * 1.25

    def make(found, file):
        memory = io.BytesIO()
        canvas = Canvas(memory, pagesize=(page.width * mm, page.height * mm))
        frame(canvas)
        for record in found:
            canvas.doForm("frame")
            for spot in page.spots:
                show(canvas, spot, spot.words or record[spot.name])
            canvas.showPage()
        canvas.save()
        file.write(memory.getvalue())

    return make


WAYS = {"stamper": stamper, "each": each, "typst": typst, "reportlab": reportlab, "coded": coded}


# --- Measuring


def one(way, count):
    """Make ``count`` sheets and print what one took, as JSON."""
    import resource

    make = WAYS[way]()
    with tempfile.TemporaryFile() as file:
        make(list(records(2)), file)
    spent = []
    while not spent or (len(spent) < 3 and sum(spent) < 8):
        with tempfile.TemporaryFile() as file:
            begun = time.process_time()
            make(records(count), file)
            spent.append(time.process_time() - begun)
            size = file.tell() / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"ms": 1000 * min(spent) / count, "peak": peak, "size": size}))


def compared():
    """How many letters of the stamper are where WeasyPrint alone has them, of how many, and the farthest, in points."""
    page = sheet()
    sys.path.insert(0, str(ROOT / "tests"))
    from documents.typesetting.pdf import set_once
    from documents.typesetting.stamping.stamp import stamp
    from tests.documents.typesetting.test_painting import letters

    found, of, drawing = list(records(COMPARED)), _html(page), [("sheet", "image/svg+xml", page.drawing.encode())]
    same, number, farthest = 0, 0, 0.0
    for ours, record in zip(letters(stamp(page, found)), found, strict=True):
        (theirs,) = letters(set_once(of(record), drawing, None))
        number += len(theirs)
        if [char[0] for char in ours] == [char[0] for char in theirs]:
            same += len(theirs)
            pairs = zip(ours, theirs, strict=True)
            farthest = max([farthest, *(max(abs(a[1] - b[1]), abs(a[2] - b[2])) for a, b in pairs)])
    print(json.dumps({"same": same, "number": number, "farthest": farthest}))


def measured(*words):
    """What a part prints in a process of its own; None where it fails."""
    done = subprocess.run([sys.executable, __file__, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{words}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def main():
    """All ways, then one line of all figures."""
    counts = [int(word) for word in sys.argv[1:]] or [SHEETS]
    asked = [(way, EACH if way == "each" else count) for count in counts for way in WAYS]
    asked += [("stamper", MANY)] * (not sys.argv[1:])
    figures = {}
    for way, count in asked:
        if way in ("typst", "reportlab") and not importlib.util.find_spec(way):
            continue
        if found := measured("one", way, count):
            print(
                f"{way:10} {count:6} sheets {found['ms']:8.3f} ms each {found['peak']:6.0f} MB {found['size']:8.0f} kB",
                flush=True,
            )
            name = way if way == "each" else f"{way}_{count}"
            figures |= {f"{name}_ms": f"{found['ms']:.3f}", f"{name}_mb": f"{found['peak']:.0f}"}
    ours = float(figures.get(f"stamper_{counts[0]}_ms", "nan"))
    for way in ("each", f"typst_{counts[0]}", f"reportlab_{counts[0]}"):
        if theirs := figures.get(f"{way}_ms"):
            figures[f"times_{way}"] = f"{float(theirs) / ours:.1f}"
    if found := measured("compared"):
        figures |= {"letters_same": f"{found['same']}/{found['number']}", "farthest_pt": f"{found['farthest']:.2f}"}
    print(" ".join(f"{name}={value}" for name, value in figures.items()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["compared"]:
        compared()
    else:
        main()
