"""How many fields of letters of many shapes are recognised, how fast, and how much of a long file comes over.

The letters are made here, in every mixture of the ways in which offices write heads, addressees, bases and signatures:

    .venv/bin/python bench/word_in.py [letters]

One line ``name=value`` each: ``fields`` (shares of those that each letter has), ``field_<name>``, ``ms_a_letter`` (median),
``long_s`` (seconds of a file of 1,000 pages) and ``long_words`` (share of its words that are in the paper).
"""

import os
import random
import statistics
import sys
import time
from collections import Counter

import sizes  # noqa: F401 - sets Django up, before any model is imported

from documents.word.reading.reading import read
from tests.documents.word.incoming import bold, cell, docx, letter, p, row, run, table

BODIES = [
    (("ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG"), ()),
    (("SỞ TÀI CHÍNH",), ("UBND TỈNH HÀ GIANG",)),
    (("PHÒNG NỘI VỤ",), ("UBND HUYỆN BẮC SƠN",)),
    (("TRƯỜNG THPT CHUYÊN", "CHU VĂN AN"), ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",)),
    (("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ LẠNG SƠN"), ()),
    (("BAN QUẢN LÝ", "KHU KINH TẾ CỬA KHẨU"), ("UBND TỈNH LẠNG SƠN",)),
]
KINDS = [
    ("CV", ""),
    ("QĐ", "QUYẾT ĐỊNH"),
    ("BC", "BÁO CÁO"),
    ("KH", "KẾ HOẠCH"),
    ("TTr", "TỜ TRÌNH"),
    ("TB", "THÔNG BÁO"),
]
SUBJECTS = [
    "tổ chức Hội nghị tổng kết phong trào thi đua năm 2019",
    "khen thưởng các tập thể, cá nhân có thành tích xuất sắc",
    "Kết quả thực hiện nhiệm vụ 6 tháng đầu năm",
    "rà soát hồ sơ đề nghị tặng Huân chương Lao động",
]
POSTS = [
    ("CHỦ TỊCH",),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TRƯỞNG PHÒNG",),
]
NAMES = ["Nguyễn Văn An", "TS. Trần Thị Hồng Hạnh", "Lý Minh", "Hoàng Thị Ngọc Lan"]
BASES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
    "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ",
    "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV",
]
ADDRESSEES = ["Sở Y tế", "UBND các huyện, thành phố", "Ban Thi đua - Khen thưởng Trung ương"]
RECEIVERS = ["Như trên", "Thường trực Tỉnh ủy (b/c)", "Lãnh đạo Sở", "Cổng thông tin điện tử tỉnh"]
# One string reads better than many quoted words.
_WORDS = "đơn vị cơ quan tổ chức thực hiện kế hoạch nhiệm vụ báo cáo kết quả công tác thi đua khen thưởng năm tỉnh"
WORDS = _WORDS.split()


def sentence(rng, count):
    """A sentence of so many words."""
    return " ".join(rng.choice(WORDS) for _ in range(count)).capitalize() + "."


def made(rng):
    """(bytes, facts) of one letter."""
    issuer, superior = rng.choice(BODIES)
    code, title = rng.choice(KINDS)
    section = rng.choice(["NC", "TĐKT", "VX"])
    number = rng.choice([None, rng.randrange(1, 2000)])
    symbol = f"UBND-{section}" if code == "CV" else f"{code}-{rng.choice(['UBND', 'SNV', 'STC'])}"
    place, month, year = (
        rng.choice(["Lạng Sơn", "Cao Bằng", "TP. Hà Giang"]),
        rng.randrange(1, 13),
        rng.randrange(2015, 2027),
    )
    facts = {"type": code, "issuer": issuer, "superior": superior, "symbol": symbol, "number": number, "place": place}
    facts |= {
        "date": (year, month),
        "subject": rng.choice(SUBJECTS),
        "capacity": rng.choice(POSTS),
        "signer": rng.choice(NAMES),
    }
    facts["recipients"] = tuple(rng.sample(RECEIVERS, rng.randrange(1, 4)))
    facts["archive"] = rng.choice(["VT, NC", "VT, TĐKT (NTB)", "VT"])
    facts["to"] = tuple(rng.sample(ADDRESSEES, rng.randrange(1, 4))) if code in ("CV", "TTr") else ()
    facts["bases"] = tuple(BASES) if code == "QĐ" else ()
    facts["paragraphs"] = [sentence(rng, rng.randrange(12, 40)) for _ in range(rng.randrange(2, 6))]
    blocks = [*_head(rng, facts), *_opening(rng, facts, title), *_body(rng, facts), *_closing(rng, facts)]
    return docx(*blocks), facts


def _head(rng, facts):
    """A head in one of four forms."""
    gap = " " * rng.choice([1, 6, 12])
    number = f"Số:{gap}{facts['number'] or ''}{rng.choice(['', ' '])}/{facts['symbol'].replace('-', rng.choice(['-', ' - ']))}"
    day = f"{facts['place']}, ngày {gap} tháng {facts['date'][1]} năm {facts['date'][0]}"
    country, motto = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        rng.choice(["Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"]),
    )
    if rng.random() < 0.3:
        country = country.replace("HÒA", "HOÀ")
    about = [f"V/v {facts['subject']}"] if facts["type"] == "CV" else []
    if about and rng.random() < 0.5:
        half = about[0].split()
        about = [" ".join(half[: len(half) // 2]), " ".join(half[len(half) // 2 :])]
    names = [p(line, align="center") for line in facts["superior"]] + [bold(line) for line in facts["issuer"]]
    rule = [p("_______", align="center")] * (rng.random() < 0.5)
    way = rng.randrange(4)
    if way == 0:
        rows = [
            (names + rule, [bold(country), bold(motto), *rule]),
            ([p(number), *map(p, about)], [p(day, italic=True)]),
        ]
        return [table(*(row(cell(*left), cell(*right)) for left, right in rows), ruled=False)]
    if way == 1:
        left, right = (
            [*names, *rule, p(number), *map(p, about)],
            [bold(country), bold(motto), *rule, p(day, italic=True)],
        )
        return [table(row(cell(*left), cell(*right)), ruled=False)]
    if way == 2:
        rows = [row(cell(*names), cell(bold(country), bold(motto))), row(cell(p(number)), cell(p(day)))]
        rows += [row(cell(*map(p, about)), cell(""))] if about else []
        return [p(), table(*rows, ruled=False), p()]
    lines = [*facts["superior"], *facts["issuer"]]
    right = [country, motto, *[""] * (len(lines) - 2)]
    lines += [""] * (len(right) - len(lines))
    found = [p(run(f"{a}\t{b}", bold=a in facts["issuer"])) for a, b in zip(lines, right, strict=True)]
    return [*found, p(run(f"{number}\t{day}")), *(p(line) for line in about)]


def _opening(rng, facts, title):
    """Title and subject, addressees, bases."""
    if title:
        words = facts["subject"]
        yield bold(title)
        yield bold(f"{'Về việc ' * (rng.random() < 0.5)}{words}")
        yield p(rng.choice(["", "________"]), align="center")
    if len(facts["to"]) == 1:
        yield p(f"Kính gửi: {facts['to'][0]}{rng.choice(['', '.'])}", align="center")
    elif facts["to"]:
        yield p("Kính gửi:")
        for number, name in enumerate(facts["to"]):
            yield p(f"- {name}{'.' if number + 1 == len(facts['to']) else ';'}")
        yield p()
    if facts["bases"]:
        yield bold(" ".join(facts["issuer"]))
        for number, basis in enumerate(facts["bases"]):
            yield p(f"{basis}{'.' if number + 1 == len(facts['bases']) else ';'}", italic=True, align="both")
        yield bold("QUYẾT ĐỊNH:")


def _body(rng, facts):
    for number, words in enumerate(facts["paragraphs"], start=1):
        lead = rng.choice(["", f"{number}. ", "- "]) if facts["type"] != "QĐ" else f"Điều {number}. "
        end = rng.choice(["", "/."]) if number == len(facts["paragraphs"]) else ""
        yield p(f"{lead}{words}{end}", align="both")


def _closing(rng, facts):
    """Receivers and signature in a table, or in lines."""
    receivers = [*(f"- {name};" for name in facts["recipients"]), f"- Lưu: {facts['archive']}."]
    sign = [
        *map(bold, facts["capacity"]),
        p(),
        p(),
        p(rng.choice(["", "(Đã ký)"]), align="center"),
        bold(facts["signer"]),
    ]
    left = [p("Nơi nhận:", bold=True, italic=True), *map(p, receivers)]
    if rng.random() < 0.8:
        return [p(), table(row(cell(*left), cell(*sign)), ruled=False), p()]
    right = [*facts["capacity"], "", "", facts["signer"]]
    rows = ["Nơi nhận:", *receivers]
    long = max(len(rows), len(right))
    pairs = zip(rows + [""] * (long - len(rows)), right + [""] * (long - len(right)), strict=True)
    return [p(run(f"{a}\t{b}")) for a, b in pairs]


def judged(paper, facts):
    """{field: whether it was recognised} of those that a letter has."""
    got = {
        name: getattr(paper, name)
        for name in ("type", "issuer", "superior", "symbol", "number", "place", "to", "bases", "recipients")
    }
    right = {name: value == facts[name] for name, value in got.items() if facts[name]}
    right["date"] = (paper.date.year, paper.date.month) == facts["date"]
    right["subject"] = paper.subject.lower() == facts["subject"].lower()
    right["archive"] = paper.archive == facts["archive"]
    right["capacity"] = paper.signature.capacity == facts["capacity"]
    right["signer"] = paper.signature.name == facts["signer"]
    right["body"] = (
        all(words.rstrip(".") in paper.body for words in facts["paragraphs"]) and "Nơi nhận" not in paper.body
    )
    return right


def long_file(rng, pages=1000):
    """A file of so many pages: thirty lines a page, a table now and then."""
    blocks = []
    for page in range(pages):
        blocks += [p(f"{number}. {sentence(rng, 40)}", align="both") for number in range(12)]
        if page % 10 == 0:
            blocks.append(table(*(row(*(sentence(rng, 3) for _ in range(5))) for _ in range(12))))
    return letter(*blocks)


def main(count=300):
    rng, right, had, times = random.Random(30), Counter(), Counter(), []  # noqa: S311 - the same letters every time
    for _ in range(count):
        data, facts = made(rng)
        begun = time.perf_counter()
        paper = read(data).paper
        times.append(1000 * (time.perf_counter() - begun))
        for name, is_right in judged(paper, facts).items():
            had[name] += 1
            right[name] += is_right
            if not is_right and os.environ.get("SHOW"):
                print(
                    "#", name, str(facts.get(name))[:200], "|", str(getattr(paper, name, None))[-300:], paper.signature
                )
    print(f"letters={count}")
    print(f"fields={100 * sum(right.values()) / sum(had.values()):.2f}")
    for name in sorted(had):
        print(f"field_{name}={100 * right[name] / had[name]:.1f}")
    print(f"ms_a_letter={statistics.median(times):.1f}")
    data = long_file(rng)
    begun = time.perf_counter()
    body = read(data).paper.body
    print(f"long_s={time.perf_counter() - begun:.2f}")
    print(f"long_body_mb={len(body.encode()) / 1e6:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
