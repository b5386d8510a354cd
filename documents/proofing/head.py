"""The head of a paper: symbol, place, names of the bodies, subject."""

import re

from ..source.names import _PERSON
from ..source.typed import subject_alone
from ..source.types import BUILT_IN
from ..source.vietnamese import without_mark
from .laws import form
from .references import REFERENCE
from .rule import Hit, Level, replaced, rule

HEAD = "Đầu văn bản"
_SYMBOL = form("điểm b khoản 3", "Điều 8")
_LETTERS = form("điểm c khoản 3", "Điều 8")
_PLACE = form("điểm c khoản 4", "Điều 9")
_ISSUER = form("điểm a khoản 2", "Điều 7")
_SUBJECT = form("điểm a khoản 5", "Điều 10")


@rule(
    HEAD, "ky-hieu-khac-loai", "Ký hiệu không bắt đầu bằng chữ viết tắt của tên loại", _SYMBOL, level=Level.ERROR,
    bad="Kế hoạch có ký hiệu QĐ-SNV", good="Kế hoạch có ký hiệu KH-SNV",
)  # fmt: skip
def symbol_of_another_type(reading):
    """The symbol of a type with a name begins with its letters; only what another type's letters begin is surely wrong."""
    code = reading.paper.type
    for line in reading.lines("symbol") if reading.facts and reading.form != "letter" else ():
        first = line.text.split("-")[0].strip()
        if first != code and first in BUILT_IN and first != "CV":
            name = BUILT_IN[first].name.lower()
            yield replaced(line, code + line.text[len(first) :], f"«{line.text}»: {first} là chữ viết tắt của {name}")


@rule(
    HEAD, "ky-hieu-cong-van", "Ký hiệu công văn có chữ viết tắt tên loại", _SYMBOL,
    bad="công văn có ký hiệu CV-SNV", good="công văn có ký hiệu SNV-TĐKT",
)  # fmt: skip
def letter_with_a_type(reading):
    """An official letter's symbol is its body and section, without letters of a type."""
    for line in reading.lines("symbol") if reading.paper.type == "CV" else ():
        # "CT-CS" may be of a body: Cục Thuế.
        if found := re.match(r" *CV *[-–/] *(?=\S)", line.text):
            yield replaced(
                line, line.text[found.end() :].strip(), f"«{line.text}»: công văn không ghi chữ viết tắt tên loại"
            )


_ODD = re.compile(r"\s|[–—‑−]")


@rule(
    HEAD, "ky-hieu-dau-van-ban", "Ký hiệu có khoảng trắng, gạch dài hoặc chữ thường", _LETTERS,
    bad="ký hiệu QĐ - snv", good="ký hiệu QĐ-SNV",
)  # fmt: skip
def symbol_as_typed(reading):
    """Groups in capitals, joined by hyphens, without spaces; ``TTr``, ``QyĐ``, ``TTg`` keep their small letter."""
    for line in reading.lines("symbol"):
        groups = re.sub(r"[–—‑−]", "-", line.text.replace(" ", "")).split("-")
        groups = [group.upper() if group == group.lower() else group for group in groups]
        if (new := "-".join(groups)) != line.text:
            yield replaced(line, new, f"«{line.text}»: viết hoa, nối bằng gạch nối, không cách chữ: «{new}»")


@rule(
    HEAD, "dia-danh-viet-hoa", "Địa danh chưa viết hoa chữ cái đầu", _PLACE,
    bad="lạng sơn, ngày 05 tháng 01 năm 2026", good="Lạng Sơn, ngày 05 tháng 01 năm 2026",
)  # fmt: skip
def place_in_small_letters(reading):
    """Each syllable of the place begins large; what says its kind may be small."""
    for line in reading.lines("place"):
        words = line.text.split(" ")
        new = " ".join(word[:1].upper() + word[1:] for word in words)
        if line.text == line.text.lower() and new != line.text:
            yield replaced(line, new, f"«{line.text}»: viết hoa chữ cái đầu của địa danh, «{new}»")


@rule(
    HEAD, "dia-danh-thua", "Ô địa danh có cả dấu phẩy, ngày tháng", _PLACE,
    bad="ô địa danh: «Lạng Sơn, ngày»", good="ô địa danh: «Lạng Sơn»",
)  # fmt: skip
def place_with_more(reading):
    """The comma and the day are added by the program."""
    for line in reading.lines("place"):
        new = re.split(r",|\bngày\b", line.text)[0].strip()
        if new and new != line.text:
            yield replaced(line, new, f"«{line.text}»: chỉ ghi địa danh, dấu phẩy và ngày tháng tự thêm")


@rule(
    HEAD, "dia-danh-ten-nguoi", "Địa danh đặt theo tên người, chữ số chưa ghi đầy đủ",
    form("điểm a khoản 4", "Điều 9"), bad="địa danh «Hoàng Văn Thụ» của UBND xã Hoàng Văn Thụ",
    good="địa danh «Xã Hoàng Văn Thụ»",
)  # fmt: skip
def place_of_a_person(reading):
    """A unit that is named after a person, a number or an event is written with its kind."""
    head = " ".join((*reading.paper.issuer, *reading.paper.superior)).lower()
    for line in reading.lines("place"):
        name = line.text.lower()
        if kind := re.search(rf"\b(xã|phường|quận)\s+{re.escape(name)}\b", head) if _PERSON.fullmatch(name) else None:
            new = f"{kind[1].capitalize()} {line.text}"
            yield replaced(line, new, f"«{line.text}»: ghi đầy đủ tên đơn vị hành chính, «{new}»")


@rule(
    HEAD, "ten-co-quan-in-hoa", "Tên cơ quan ở đầu văn bản chưa in hoa", form("điểm b khoản 2", "Điều 7"),
    bad="Sở Nội vụ (ở đầu văn bản)", good="SỞ NỘI VỤ (ở đầu văn bản)",
)  # fmt: skip
def head_in_small_letters(reading):
    """Both names are in capitals."""
    for name in ("superior", "issuer"):
        for line in reading.lines(name):
            if (new := line.text.upper()) != line.text:
                yield replaced(line, new, f"«{line.text}»: trình bày bằng chữ in hoa")


@rule(
    HEAD, "ten-co-quan-day-du", "Tên cơ quan ban hành viết tắt", _ISSUER,
    bad="UBND XÃ TÂN VĂN (cơ quan ban hành)", good="ỦY BAN NHÂN DÂN XÃ TÂN VĂN (cơ quan ban hành)",
)  # fmt: skip
def issuer_abbreviated(reading):
    """The body whose paper it is bears its full name; only that of the one above may be short."""
    for line in reading.lines("issuer"):
        new = re.sub(r"\bUBND\b", "ỦY BAN NHÂN DÂN", re.sub(r"\bHĐND\b", "HỘI ĐỒNG NHÂN DÂN", line.text))
        if new != line.text and line.text.startswith(("UBND", "HĐND")):
            yield replaced(line, new, f"«{line.text}»: tên cơ quan ban hành ghi đầy đủ, «{new}»")


@rule(
    HEAD, "chu-quan-thieu-dia-danh", "Tên cơ quan chủ quản thiếu tên địa phương", _ISSUER,
    bad="UBND TỈNH (cơ quan chủ quản)", good="UBND TỈNH LẠNG SƠN (cơ quan chủ quản)",
)  # fmt: skip
def superior_without_place(reading):
    """The body above of a local one says of which province or commune it is."""
    name = " ".join(reading.paper.superior)
    if re.fullmatch(r"(?:UBND|ỦY BAN NHÂN DÂN)(?: (?:TỈNH|HUYỆN|XÃ|PHƯỜNG|THÀNH PHỐ))?", name):
        yield Hit(f"«{name}»: ghi thêm tên tỉnh, xã, phường", field="superior")


@rule(
    HEAD, "trich-yeu-dau-cau", "Trích yếu có dấu ở cuối", _SUBJECT,
    bad="V/v tổng kết phong trào thi đua.", good="V/v tổng kết phong trào thi đua",
)  # fmt: skip
def subject_with_a_mark(reading):
    """A subject has no mark at its end."""
    for line in reading.lines("subject"):
        new = line.text.strip() if re.search(r"v\.v\.?$|(?:…|\.\.\.)$", line.text.strip()) else without_mark(line.text)
        new = new.rstrip(":,")
        if new != line.text.strip():
            yield replaced(line, new, "trích yếu không có dấu ở cuối")


_WORDS = 60


@rule(
    HEAD, "trich-yeu-dai", f"Trích yếu dài quá {_WORDS} chữ", _SUBJECT,
    bad="trích yếu dài 75 chữ", good="trích yếu dài 20 chữ",
)  # fmt: skip
def subject_is_long(reading):
    """A subject is one short sentence or phrase; the name of a paper that it is about is as long as it is."""
    subject = reading.paper.subject
    count = len(subject.split())
    if len(re.split(REFERENCE, subject, maxsplit=1)[0].split()) > _WORDS:
        yield Hit(f"trích yếu dài {count} chữ; nên là một câu ngắn gọn", field="subject")


@rule(
    HEAD, "trich-yeu-in-hoa", "Trích yếu viết toàn chữ in hoa", form("điểm b khoản 5", "Điều 10"),
    bad="V/v TỔNG KẾT PHONG TRÀO THI ĐUA", good="V/v tổng kết phong trào thi đua",
)  # fmt: skip
def subject_in_capitals(reading):
    """Subjects are in small letters."""
    subject = reading.paper.subject
    if subject.isupper() and len(subject.split()) > 3:
        yield Hit("trích yếu trình bày bằng chữ in thường", field="subject")


@rule(
    HEAD, "trich-yeu-lap-ten-loai", "Trích yếu ghi lại tên loại văn bản", form("điểm b khoản 5", "Điều 10"),
    bad="KẾ HOẠCH / Kế hoạch tổ chức hội nghị", good="KẾ HOẠCH / Tổ chức hội nghị",
)  # fmt: skip
def subject_says_the_type(reading):
    """The type stands above the subject already."""
    name = reading.facts.name if reading.facts else ""
    for line in reading.lines("subject") if name else ():
        words = subject_alone(line.text)
        rest = words[len(name) :].strip(" :")
        if words.lower().startswith(f"{name.lower()} ") and rest and reading.form in ("named", "decision", "minutes"):
            new = rest[:1].upper() + rest[1:]
            yield replaced(line, new, f"«{name}» đã in ở trên; trích yếu bắt đầu bằng nội dung: «{new[:60]}»")
