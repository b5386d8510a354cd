"""Legal bases: each whole, each with its mark, in the field of a decision and at the beginning of a body."""

import re
from itertools import pairwise

from .laws import CIRCULAR, DECREE, Article, form
from .references import REFERENCE, TYPES
from .rule import Hit, replaced, rule

BASES = "Căn cứ"
_WHOLE = form("điểm a khoản 6", "Điều 11")
_MARKS = form("điểm a khoản 6")
_MODEL = (Article(DECREE, "Mẫu 1.2 Phụ lục III"), Article(CIRCULAR, "Phụ lục V"))
_BASIS = re.compile(r"[*_ ]*(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình)\b")
_ARGUED = re.compile(r"[*_ ]*Căn cứ (?:tại |vào |theo )?(?:điểm|khoản|Khoản|Điều|điều|mục|quy định|nội dung|các)\b")
_STARTS = re.compile(
    r"[*_ \ue001]*(?:Căn cứ|Theo|Xét|Thực hiện|Sau khi|Trên cơ sở|Được sự|Quán triệt|Thi hành|Thừa ủy quyền)\b"
)
_BY_NAME = re.compile(r"[*_ ]*Căn cứ (?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b")
_TYPED = re.compile(rf"[*_ ]*Căn cứ (?P<type>{TYPES})\b(?P<rest>.*)")
_NUMBERED = re.compile(REFERENCE)
_CHANGES = re.compile(r"\b(?:sửa đổi|bổ sung|thay thế|bãi bỏ)\b")
# However its symbol is written: ``số 08-ĐA-TU``.
_ANY_NUMBER = re.compile(rf"{REFERENCE}|\bsố:? \d")
_OF_BODY = re.compile(r"(?:\b|(?<=\d))(?:của|do)\b|Liên bộ|liên tịch|Quốc hội khóa")
_WITH_NUMBER = re.compile(r"\bsố:? ?\d+/\d{4}/(?:QH|PL|UBTVQH)|của Quốc hội\b")
_DATED = re.compile(r"\bngày \d{1,2}(?:/| tháng )|\bnăm \d{4}|\d{1,2}/\d{1,2}/\d{4}")
_CITED = "\ue001"


def _all(reading):
    """The lines of the field, and in the body those lines of a block of two and more that are no sentence of their own.

    None of a paper that makes law.
    """
    if reading.makes_law:
        return []
    return [*reading.lines("bases"), *(line for block in _blocks(reading.body) for line in block)]


def _blocks(lines):
    """Runs of two and more lines that begin as legal bases do, as far as each names a paper; what quotes an article argues."""
    run = []
    for line in [line for line in lines if line.text.strip()] + [None]:
        is_next = line and run and run[-1].text.rstrip("*_ ").endswith(";") and _STARTS.match(line.plain)
        if line and (_BASIS.match(line.plain) or is_next) and not _ARGUED.match(line.plain):
            run.append(line)
            continue
        if len(run) > 1 and not (line and _ARGUED.match(line.plain)):
            yield run
        run = []


def _bare(text) -> str:
    return text.rstrip("*_ \u00a0")


@rule(
    BASES, "can-cu-thieu-cham-phay", "Căn cứ chưa kết thúc bằng dấu chấm phẩy", _MARKS,
    bad="Căn cứ Luật … năm 2022, / Căn cứ Nghị định …", good="Căn cứ Luật … năm 2022; / Căn cứ Nghị định …",
)  # fmt: skip
def basis_without_semicolon(reading):
    """Each basis in a body but the last ends with a semicolon; in the field of a decision the program adds it."""
    for block in _blocks(reading.body):
        for line in block[:-1]:
            text = _bare(line.text)
            if not text.endswith(";"):
                new = f"{text.rstrip('.,: ')};{line.text[len(text) :].rstrip()}"
                yield replaced(line, new, "căn cứ này chưa kết thúc bằng dấu chấm phẩy (;)")


@rule(
    BASES, "can-cu-cuoi-dau-cham", "Căn cứ cuối cùng chưa kết thúc bằng dấu chấm", _MARKS,
    bad="Căn cứ Nghị định …; (dòng cuối)", good="Căn cứ Nghị định …. (dòng cuối)",
)  # fmt: skip
def last_basis_without_stop(reading):
    """The last one ends with a full stop, or goes on as the sentence that the paper begins with."""
    for block in _blocks(reading.body):
        line = block[-1]
        text = _bare(line.text)
        if text.endswith(";") or text[-1:].isalnum():
            new = f"{text.rstrip('; ')}.{line.text[len(text) :].rstrip()}"
            yield replaced(line, new, "căn cứ cuối cùng kết thúc bằng dấu chấm (.)")


_ODD_END = re.compile(r"[:?!\-–,/]+$")


@rule(
    BASES, "can-cu-dau-la", "Ô căn cứ có dấu lạ ở cuối dòng", _MARKS,
    bad="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022:",
    good="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
)  # fmt: skip
def odd_mark_behind_basis(reading):
    """The program adds the semicolon; another mark would be printed before it."""
    for line in reading.lines("bases"):
        text = line.text.rstrip(" ;.")
        if found := _ODD_END.search(text):
            yield replaced(
                line, text[: found.start()].rstrip(), f"dòng kết thúc bằng «{found[0]}»; chỉ cần chữ, dấu tự thêm"
            )


@rule(
    BASES, "can-cu-thieu-so", "Căn cứ thiếu số, ký hiệu", _WHOLE,
    bad="Căn cứ Nghị định ngày 14 tháng 6 năm 2025 của Chính phủ",
    good="Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ …",
)  # fmt: skip
def basis_without_number(reading):
    """Type, number, body, day and subject; a law has none of the number and the body."""
    for line in _all(reading):
        found = _TYPED.match(line.plain)
        if not found or _BY_NAME.match(line.plain) or _CITED in line.plain or found["type"] == "Quy chế":
            continue
        if not _ANY_NUMBER.search(line.plain) and _DATED.search(line.plain):
            yield Hit(f"căn cứ {found['type']} chưa ghi số, ký hiệu", line)


@rule(
    BASES, "can-cu-thieu-ngay", "Căn cứ thiếu ngày tháng năm ban hành", _WHOLE,
    bad="Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ",
    good="Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ …",
)  # fmt: skip
def basis_without_day(reading):
    """Every basis tells its day."""
    for line in _all(reading):
        found = _TYPED.match(line.plain)
        if found and not _BY_NAME.match(line.plain) and _NUMBERED.search(line.plain) and not _DATED.search(line.plain):
            yield Hit(f"căn cứ {found['type']} chưa ghi ngày tháng năm ban hành", line)


@rule(
    BASES, "can-cu-luat-thieu-ngay", "Căn cứ Luật, Pháp lệnh thiếu ngày tháng năm", form("điểm a khoản 6"),
    bad="Căn cứ Luật Thi đua, khen thưởng", good="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
)  # fmt: skip
def law_without_day(reading):
    """A law is named by its name and its day, the Constitution by its name."""
    for line in _all(reading):
        if (
            _BY_NAME.match(line.plain)
            and "Hiến pháp" not in line.plain
            and not _DATED.search(line.plain)
            and not _NUMBERED.search(line.plain)
            and _CITED not in line.plain
        ):
            yield Hit("căn cứ Luật ghi tên và ngày tháng năm ban hành", line)


@rule(
    BASES, "can-cu-luat-ghi-so", "Căn cứ Luật, Pháp lệnh ghi cả số, cơ quan ban hành", form("điểm a khoản 6"),
    bad="Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15 tháng 6 năm 2022 của Quốc hội",
    good="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
)  # fmt: skip
def law_with_number(reading):
    """Laws and ordinances bear neither number nor body among the bases. One that changes another has no other name."""
    for line in _all(reading):
        first = line.plain.partition(";")[0]
        if _BY_NAME.match(first) and _WITH_NUMBER.search(first) and not re.search(r"sửa đổi|bổ sung", first):
            yield Hit("Luật, Pháp lệnh không ghi số, ký hiệu, cơ quan ban hành; chỉ ghi tên và ngày", line)


@rule(
    BASES, "can-cu-thieu-co-quan", "Căn cứ thiếu tên cơ quan ban hành", _WHOLE,
    bad="Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026",
    good="Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh …",
)  # fmt: skip
def basis_without_body(reading):
    """Every basis but a law tells whose it is."""
    for line in _all(reading):
        found = _TYPED.match(line.plain)
        is_whole = not found or _BY_NAME.match(line.plain) or _OF_BODY.search(line.plain) or _CITED in line.plain
        if not is_whole and _NUMBERED.search(line.plain) and _DATED.search(line.plain):
            yield Hit(f"căn cứ {found['type']} chưa ghi cơ quan ban hành", line)


_SHORT = re.compile(
    rf"{REFERENCE},? (?:ngày \d{{1,2}} tháng \d{{1,2}} năm \d{{4}}|(?:ngày )?\d{{1,2}}/\d{{1,2}}/\d{{4}}|năm \d{{4}})"
    r" của (?P<body>[^,;.]{3,60})[;.,]*$"
)
_VERBS = re.compile(
    r"\b(?:về|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|kèm|thành lập|tổ chức|phát động|triển khai|công bố|giao)\b"
)


@rule(
    BASES, "can-cu-thieu-trich-yeu", "Căn cứ thiếu trích yếu nội dung", _WHOLE,
    bad="Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh",
    good="Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về Quy chế thi đua",
)  # fmt: skip
def basis_without_subject(reading):
    """Nothing but the body stands behind the day."""
    for line in _all(reading):
        found = _SHORT.search(line.plain) if _TYPED.match(line.plain) and not _BY_NAME.match(line.plain) else None
        # Behind one paper that changed another stands the body of the latter.
        is_one = found and len(_NUMBERED.findall(line.plain)) == 1
        if is_one and _CITED not in line.plain and not _VERBS.search(found["body"]):
            yield Hit("căn cứ chưa ghi trích yếu nội dung văn bản", line)


@rule(
    BASES, "can-cu-mo-dau", "Ô căn cứ có dòng không bắt đầu bằng «Căn cứ», «Theo đề nghị»…", _MODEL,
    bad="Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", good="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
)  # fmt: skip
def basis_begins_otherwise(reading):
    """Each line of the field begins as the model form has it."""
    for line in reading.lines("bases"):
        if not _STARTS.match(line.text):
            named = re.match(rf"(?:{TYPES}|Bộ luật)\b", line.text)
            new = f"Căn cứ {line.text}" if named else None
            yield Hit(f"«{line.text[:40]}»: mỗi dòng là một căn cứ, bắt đầu bằng «Căn cứ»", line, new)


@rule(
    BASES, "de-nghi-cuoi-cung", "«Theo đề nghị của» chưa đứng sau các căn cứ", _MODEL,
    bad="Theo đề nghị của Giám đốc Sở Nội vụ / Căn cứ Luật …", good="Căn cứ Luật … / Theo đề nghị của Giám đốc Sở Nội vụ",
)  # fmt: skip
def proposal_before_bases(reading):
    """On whose proposal it is made stands last."""
    lines = reading.lines("bases")
    for line, later in pairwise(lines):
        if line.text.startswith("Theo đề nghị") and later.text.startswith("Căn cứ"):
            yield Hit("«Theo đề nghị của…» đặt sau các căn cứ", line)


@rule(
    BASES, "can-cu-lap", "Một văn bản được ghi hai lần trong căn cứ", _WHOLE,
    bad="Căn cứ Nghị định số 152/2025/NĐ-CP … / Căn cứ Nghị định số 152/2025/NĐ-CP …",
    good="Căn cứ Nghị định số 152/2025/NĐ-CP …",
)  # fmt: skip
def basis_twice(reading):
    """The same number, or the same words, in two bases."""
    seen = set()
    for line in _all(reading):
        found = _NUMBERED.search(line.text)
        # What a base proposes to change is not what it is: "Theo đề nghị của … về việc sửa đổi Quyết định số …".
        if found and _CHANGES.search(line.text[: found.start()]):
            found = None
        key = found[0].lower() if found else line.text.strip(" ;.").lower()
        if key in seen:
            yield Hit(f"«{found[0] if found else line.text[:40]}» đã có ở căn cứ khác", line)
        seen.add(key)


@rule(
    BASES, "quyet-dinh-thieu-can-cu", "Quyết định không có căn cứ", _MODEL,
    bad="quyết định không có dòng căn cứ nào", good="quyết định có căn cứ pháp lý và đề nghị của đơn vị trình",
)  # fmt: skip
def decision_without_bases(reading):
    """A decision tells what it rests on."""
    in_body = any(_BASIS.match(line.plain) for line in reading.body)
    if reading.paper.type == "QĐ" and not reading.paper.bases and not in_body:
        yield Hit("quyết định chưa có căn cứ ban hành", field="bases")
