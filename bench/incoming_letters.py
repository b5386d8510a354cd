"""Letters as people write them in Word, in every mixture of the ways of offices, with what a reader should find in each.

Heads in two columns, in lines with tabs, in boxes, in tables within tables; line ends in place of paragraphs; numbers that Word
draws; accents typed apart, left out, or of fonts from before Unicode; one who signs, two, three, a name below its table.
"""

import re
import unicodedata

from documents.word.reading.spelled import bare
from tests.documents.word.incoming import W, bold, box, cell, docx, note, notes, numbered, p, row, run, table
from units import encodings

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
    "kết quả thực hiện nhiệm vụ 6 tháng đầu năm",
    "rà soát hồ sơ đề nghị tặng Huân chương Lao động",
]
POSTS = [
    ("CHỦ TỊCH",),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TRƯỞNG PHÒNG",),
    ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
]
NAMES = ["Nguyễn Văn An", "TS. Trần Thị Hồng Hạnh", "Lý Minh", "Hoàng Thị Ngọc Lan"]
OTHERS = [("GIÁM ĐỐC SỞ Y TẾ", "Lê Thị Bích"), ("TRƯỞNG BAN", "Phạm Đức Long"), ("BÍ THƯ TỈNH ĐOÀN", "Vi Văn Thành")]
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
APPENDIX = "DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG"
# How often letters are typed otherwise than as Unicode has them.
SPELLINGS = {"": 70, "apart": 9, "bare": 7, "TCVN3": 7, "VNI": 7}
_COUNTRY, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def sentence(rng, count):
    """A sentence of so many words."""
    return " ".join(rng.choice(WORDS) for _ in range(count)).capitalize() + "."


def made(rng):
    """(bytes, facts) of one letter."""
    facts = _facts(rng)
    facts["spelling"] = rng.choices(list(SPELLINGS), SPELLINGS.values())[0]
    blocks = [
        *_head(rng, facts),
        *_opening(rng, facts),
        *_body(rng, facts),
        *_closing(rng, facts),
        *_behind(rng, facts),
    ]
    parts = {"footnotes": notes(n2="Số liệu đến hết tháng 6.")} if facts["notes"] else {}
    spelled = [_SPELL[facts["spelling"]](block) for block in blocks]
    return docx(*spelled, numbering=_NUMBERING, **parts), facts


def _facts(rng):
    issuer, superior = rng.choice(BODIES)
    code, title = rng.choice(KINDS)
    section = rng.choice(["NC", "TĐKT", "VX"])
    facts = {"type": code, "title": title, "issuer": issuer, "superior": superior}
    facts["symbol"] = f"UBND-{section}" if code == "CV" else f"{code}-{rng.choice(['UBND', 'SNV', 'STC'])}"
    facts["number"] = rng.choice([None, rng.randrange(1, 2000)])
    facts["place"] = rng.choice(["Lạng Sơn", "Cao Bằng", "TP. Hà Giang"])
    facts["date"] = (rng.randrange(2015, 2027), rng.randrange(1, 13))
    facts["urgency"] = rng.choice(["", "", "", "", "HỎA TỐC", "KHẨN"])
    facts |= {"subject": rng.choice(SUBJECTS), "capacity": rng.choice(POSTS), "signer": rng.choice(NAMES)}
    facts["recipients"] = tuple(rng.sample(RECEIVERS, rng.randrange(1, 4)))
    facts["archive"] = rng.choice(["VT, NC", "VT, TĐKT (NTB)", "VT"])
    facts["to"] = tuple(rng.sample(ADDRESSEES, rng.randrange(1, 4))) if code in ("CV", "TTr") else ()
    facts["bases"] = tuple(BASES) if code == "QĐ" else ()
    facts["paragraphs"] = [sentence(rng, rng.randrange(12, 40)) for _ in range(rng.randrange(2, 6))]
    facts["signers"] = rng.choices([1, 2, 3], [88, 7, 5])[0]
    facts["tables"], facts["notes"] = int(rng.random() < 0.2), int(rng.random() < 0.15)
    facts["appendices"] = (APPENDIX,) if rng.random() < 0.25 else ()
    return facts


def _head(rng, facts):
    """A head in one of seven forms."""
    gap = " " * rng.choice([1, 6, 12])
    symbol = facts["symbol"].replace("-", rng.choice(["-", " - "]))
    number = f"Số:{gap}{facts['number'] or ''}{rng.choice(['', ' '])}/{symbol}"
    day = f"{facts['place']}, ngày {gap} tháng {facts['date'][1]} năm {facts['date'][0]}"
    about = _about(rng, facts)
    urgent = [bold(facts["urgency"])] if facts["urgency"] and rng.random() < 0.5 else []
    facts["boxed"] = facts["urgency"] and not urgent
    names = [p(line, align="center") for line in facts["superior"]] + [bold(line) for line in facts["issuer"]]
    country = [bold(_COUNTRY.replace("HÒA", rng.choice(["HÒA", "HOÀ"]))), bold(_MOTTO.replace("-", rng.choice("-–")))]
    rule = [p("_______", align="center")] * (rng.random() < 0.5)
    way = rng.randrange(7)
    if way == 0:
        upper = row(cell(*names, *rule), cell(*country, *rule))
        return [table(upper, row(cell(p(number), *map(p, about), *urgent), cell(p(day, italic=True))), ruled=False)]
    if way == 1:
        left = [*names, *rule, p(number), *map(p, about), *urgent]
        return [table(row(cell(*left), cell(*country, *rule, p(day, italic=True))), ruled=False)]
    if way == 2:
        rows = [row(cell(*names), cell(*country)), row(cell(p(number)), cell(p(day)))]
        rows += [row(cell(*map(p, about), *urgent), cell(""))] if about or urgent else []
        return [p(), table(*rows, ruled=False), p()]
    if way == 3:
        return [*_tabbed(facts, number, day), *(p(line) for line in about), *urgent]
    if way == 4:
        inner = table(row(cell(*names, p(number), *map(p, about), *urgent), cell(*country, p(day))), ruled=False)
        return [table(row(cell(inner, p())), ruled=False)]
    if way == 5:
        left = "\n".join([*facts["superior"], *facts["issuer"]])
        rows = [row(cell(bold(left)), cell(bold(f"{_COUNTRY}\n{_MOTTO}\n")))]
        rows += [row(cell(p("\n".join([number, *about])), *urgent), cell(p(day)))]
        return [table(*rows, ruled=False)]
    rows = [row(cell(*names, *urgent), cell(*country)), row(cell(p(number)), cell(p(day)))]
    return [table(*rows, ruled=False), *([p(box(*about))] if about else [])]


def _about(rng, facts):
    """The subject of a letter below its number, on one line or two."""
    if facts["type"] != "CV":
        return []
    words = f"{rng.choice(['V/v ', 'V/v ', 'V/v: ', 'Về việc '])}{facts['subject']}".split()
    half = len(words) // 2
    return [" ".join(words)] if rng.random() < 0.5 else [" ".join(words[:half]), " ".join(words[half:])]


def _tabbed(facts, number, day):
    """A head in lines with tabs between its two columns."""
    lines = [*facts["superior"], *facts["issuer"]]
    right = [_COUNTRY, _MOTTO, *[""] * (len(lines) - 2)]
    lines += [""] * (len(right) - len(lines))
    pairs = zip(lines, right, strict=True)
    return [*(p(run(f"{a}\t{b}", bold=a in facts["issuer"])) for a, b in pairs), p(run(f"{number}\t{day}"))]


def _opening(rng, facts):
    """Stamp, title and subject, addressees, bases."""
    if facts["boxed"]:
        yield p(box(facts["urgency"]))
    if facts["title"]:
        yield bold(facts["title"])
        yield bold(f"{'Về việc ' * (rng.random() < 0.5)}{facts['subject']}")
        yield p(rng.choice(["", "________"]), align="center")
    yield from _addressed(rng, facts)
    if facts["bases"]:
        yield bold(" ".join(facts["issuer"]))
        for number, basis in enumerate(facts["bases"]):
            yield p(f"{basis}{'.' if number + 1 == len(facts['bases']) else ';'}", italic=True, align="both")
        yield bold("QUYẾT ĐỊNH:")


def _addressed(rng, facts):
    names = [f"- {name}{'.' if name == facts['to'][-1] else ';'}" for name in facts["to"]]
    if len(names) == 1:
        yield p(f"Kính gửi: {facts['to'][0]}{rng.choice(['', '.'])}", align="center")
    elif names and rng.random() < 0.3:
        yield table(row(cell("Kính gửi:"), cell(*map(p, names))), ruled=False)
    elif names:
        yield p("Kính gửi:")
        yield from ([p("\n".join(names))] if rng.random() < 0.3 else map(p, names))
        yield p()


def _body(rng, facts):
    is_drawn = facts["type"] != "QĐ" and rng.random() < 0.25
    for number, words in enumerate(facts["paragraphs"], start=1):
        lead = rng.choice(["", f"{number}. ", "- "]) if facts["type"] != "QĐ" else f"Điều {number}. "
        end = rng.choice(["", "/."]) if number == len(facts["paragraphs"]) else ""
        cited = note("2") if facts["notes"] and number == 1 else ""
        yield p(run(f"{'' if is_drawn else lead}{words}{end}") + cited, align="both", more=numbered("1") * is_drawn)
        if facts["tables"] and number == 1:
            yield table(row("STT", "Đơn vị", "Số lượng"), row("1", "Sở Y tế", "12"), row("2", "Sở Nội vụ", "7"))


def _closing(rng, facts):
    """Receivers and who signs: in a table, in lines, above each other, beside each other."""
    receivers = ["Nơi nhận:", *(f"- {name};" for name in facts["recipients"]), f"- Lưu: {facts['archive']}."]
    room = [p(), p(), p(rng.choice(["", "(Đã ký)"]), align="center")]
    sign = [*map(bold, facts["capacity"]), *room]
    others = [cell(bold(post), *room, bold(name)) for post, name in OTHERS[: facts["signers"] - 1]]
    left = [p(receivers[0], bold=True, italic=True), *map(p, receivers[1:])]
    way = "beside" if others else rng.choices(["table", "lines", "below", "above", "broken"], [45, 20, 12, 12, 11])[0]
    if way == "lines":
        return _in_lines(receivers, [*facts["capacity"], "", "", facts["signer"]])
    if way == "below":
        name = rng.choice(
            [bold(facts["signer"]), p(f"\t\t\t\t\t\t{facts['signer']}"), p(facts["signer"], align="right")]
        )
        return [table(row(cell(*left), cell(*sign)), ruled=False), p(), name]
    signed = cell(*sign, bold(facts["signer"]))
    if way == "above":
        return [table(row(cell(""), signed), ruled=False), *left]
    if way == "broken":
        return [
            table(
                row(
                    cell(p("\n".join(receivers))),
                    cell(p("\n".join([*facts["capacity"], "", "", facts["signer"]]), align="center")),
                ),
                ruled=False,
            )
        ]
    return [p(), table(row(cell(*left), *others, signed), ruled=False), p()]


def _in_lines(left, right):
    long = max(len(left), len(right))
    pairs = zip(left + [""] * (long - len(left)), right + [""] * (long - len(right)), strict=True)
    return [p(run(f"{a}\t{b}")) for a, b in pairs]


def _behind(rng, facts):
    if not facts["appendices"]:
        return []
    start = p('<w:r><w:br w:type="page"/></w:r>')
    name = rng.choice(["PHỤ LỤC", "Phụ lục I", "PHỤ LỤC 01"])
    attached = p("(Kèm theo Văn bản số      /UBND-NC ngày    tháng 6 năm 2025)", align="center", italic=True)
    return [start, bold(name), bold(APPENDIX), attached, table(row("STT", "Tên"), row("1", "Sở Y tế"))]


# --- Other spellings


def _each_text(change):
    """A function of XML that changes the words of every run."""
    return lambda xml: re.sub(
        r"(<w:t [^>]*>)([^<]*)(</w:t>)", lambda found: found[1] + change(found[2]) + found[3], xml
    )


def _apart(text):
    """Tones apart from their letters, as keyboards of «Unicode tổ hợp» write them."""
    return "".join(_TONED.get(sign, sign) for sign in text)


def _toned():
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    return {unicodedata.normalize("NFC", letter + tone): letter + tone for letter in letters for tone in tones}


_TONED = _toned()
_OF_TCVN3 = {letter: code for code, letter in encodings._TCVN3.items()}
_OF_VNI = {letter: code for code, letter in encodings._VNI.items()}


def _vni(text):
    return "".join(
        _OF_VNI.get(sign) or (_OF_VNI[sign.lower()].upper() if sign.lower() in _OF_VNI else sign) for sign in text
    )


def _tcvn3(xml):
    """Words in capitals are small letters in a font that draws them large, as there are no codes for toned capitals."""
    return re.sub(r"<w:r>(<w:rPr>.*?</w:rPr>)?((?:<w:t [^>]*>[^<]*</w:t>|<w:br/>|<w:tab/>)+)</w:r>", _in_old_runs, xml)


def _in_old_runs(found):
    """A run for each text of a run, in the font that its letters need."""
    look, runs = (found[1] or "<w:rPr></w:rPr>"), ""
    for piece in re.findall(r"<w:t [^>]*>[^<]*</w:t>|<w:br/>|<w:tab/>", found[2]):
        words, font = re.sub("<[^>]*>", "", piece), ""
        if words.isupper():
            piece, font = _each_text(str.lower)(piece), '<w:rFonts w:ascii=".VnTimeH"/>'
        piece = _each_text(lambda said: "".join(_OF_TCVN3.get(sign, sign) for sign in said))(piece)
        runs += f"<w:r>{look.replace('<w:rPr>', f'<w:rPr>{font}')}{piece}</w:r>"
    return runs


_SPELL = {"": str, "apart": _each_text(_apart), "bare": _each_text(bare), "TCVN3": _tcvn3, "VNI": _each_text(_vni)}
