"""Kính gửi and Nơi nhận: who stands there, in what order, what is kept."""

import re

from ..source.typed import items
from .laws import form
from .reading import SMALL
from .rule import Hit, Level, replaced, rule

RECEIVERS = "Kính gửi, Nơi nhận"
_TO = form("điểm b khoản 9", "Điều 14")
_LIST = form("điểm d khoản 9", "Điều 14")
_KEPT = re.compile(r"^[-–\s]*lưu\b", re.IGNORECASE)
_AS_ABOVE = re.compile(r"^[-–\s]*như\s+(?:trên|kính\s+gửi|kính\s+mời)\b", re.IGNORECASE)
_AS_ARTICLE = re.compile(r"^[-–\s]*như điều (?P<number>\d+)", re.IGNORECASE)


def _kept(reading) -> list[str]:
    """What is typed of the archive, in its own field or among the recipients."""
    rows = [row for row in reading.paper.recipients if _KEPT.match(row)]
    return [reading.paper.archive, *rows] if reading.paper.archive.strip() else rows


@rule(
    RECEIVERS, "noi-nhan-thieu-luu", "Nơi nhận thiếu dòng Lưu", _LIST, level=Level.ERROR,
    bad="Nơi nhận: Như trên.", good="Nơi nhận: Như trên; Lưu: VT, TĐKT.",
)  # fmt: skip
def nothing_kept(reading):
    """The last line of Nơi nhận is what is kept."""
    if not _kept(reading):
        yield Hit("Nơi nhận chưa có dòng «Lưu»; ghi vào ô Lưu, ví dụ: VT, TĐKT", field="archive")


@rule(
    RECEIVERS, "luu-thieu-vt", "Dòng Lưu thiếu VT", _LIST,
    bad="Lưu: TĐKT", good="Lưu: VT, TĐKT",
)  # fmt: skip
def kept_without_registry(reading):
    """What is kept names the registry first."""
    for line in reading.lines("archive"):
        if not re.search(r"\bVT|văn thư", line.text, re.IGNORECASE):
            yield replaced(line, f"VT, {line.text}", f"«{line.text}»: bắt đầu bằng «VT» (văn thư), «VT, {line.text}»")


@rule(
    RECEIVERS, "luu-vt-dung-dau", "VT chưa đứng đầu dòng Lưu", _LIST,
    bad="Lưu: TĐKT, VT", good="Lưu: VT, TĐKT",
)  # fmt: skip
def registry_not_first(reading):
    """``VT``, then who wrote it."""
    for line in reading.lines("archive"):
        parts = [
            part.strip() for part in re.split(r"[,;]", re.sub(r"(?i)^\s*lưu\s*:\s*", "", line.text)) if part.strip()
        ]
        plain = [part.rstrip(".") for part in parts]
        if "VT" in plain[1:] and "(" not in line.text:
            new = ", ".join(["VT", *[part for part in plain if part != "VT"]])
            yield replaced(line, new, f"«{line.text}»: «VT» đứng trước, «{new}»")


@rule(
    RECEIVERS, "luu-thieu-don-vi", "Dòng Lưu thiếu đơn vị soạn thảo", _LIST,
    bad="Lưu: VT", good="Lưu: VT, TĐKT",
)  # fmt: skip
def kept_without_writer(reading):
    """Behind the registry stands who drafted it; the model of a letter of introduction has the registry alone."""
    for line in reading.lines("archive"):
        if reading.form not in ("introduction", "minutes") and re.fullmatch(
            r"(?i)(?:lưu\s*:?\s*)?VT[.;]?", line.text.strip()
        ):
            yield Hit("sau «VT» ghi chữ viết tắt đơn vị (bộ phận) soạn thảo", line)


def _is_addressed(reading) -> bool:
    """Whether it says to whom it goes, in the field or in the words of the body."""
    return bool(items(reading.paper.to)) or any(re.match(r"[*_\s]*Kính gửi\b", line.text) for line in reading.body)


@rule(
    RECEIVERS, "cong-van-thieu-kinh-gui", "Công văn không có Kính gửi", _TO,
    bad="công văn để trống ô Kính gửi", good="Kính gửi: Sở Nội vụ.",
)  # fmt: skip
def letter_to_nobody(reading):
    """An official letter goes to somebody."""
    if reading.paper.type == "CV" and not _is_addressed(reading):
        yield Hit("công văn chưa có Kính gửi", field="to")


@rule(
    RECEIVERS, "to-trinh-thieu-kinh-gui", "Tờ trình không có Kính gửi", _TO,
    bad="tờ trình để trống ô Kính gửi", good="Kính gửi: Ủy ban nhân dân tỉnh.",
)  # fmt: skip
def proposal_to_nobody(reading):
    """So does a proposal."""
    if reading.paper.type == "TTr" and not _is_addressed(reading):
        yield Hit("tờ trình chưa có Kính gửi", field="to")


_WITHOUT = ("QĐ", "NQ", "CT", "TB", "KH", "HD", "CTr", "PA", "ĐA", "DA", "QC", "QyĐ", "TC", "PĐ", "BB")


@rule(
    RECEIVERS, "kinh-gui-thua", "Loại văn bản này không có Kính gửi", form("điểm c khoản 9", "Điều 14"),
    bad="Kế hoạch có Kính gửi", good="Kế hoạch chỉ có Nơi nhận",
)  # fmt: skip
def kind_without_addressees(reading):
    """Kính gửi belongs to letters, proposals and reports to who stands above."""
    if reading.paper.type in _WITHOUT and items(reading.paper.to):
        name = reading.facts.name.lower() if reading.facts else "văn bản này"
        yield Hit(f"{name} không có phần Kính gửi; ghi các cơ quan ở Nơi nhận", field="to")


@rule(
    RECEIVERS, "thieu-nhu-tren", "Nơi nhận của văn bản có Kính gửi thiếu «Như trên»", _TO,
    bad="Nơi nhận: Lưu: VT, TĐKT (công văn)", good="Nơi nhận: Như trên; Lưu: VT, TĐKT (công văn)",
)  # fmt: skip
def without_as_above(reading):
    """Where Kính gửi is, Nơi nhận begins with ``Như trên``."""
    rows = reading.lines("recipients")
    if (
        reading.paper.type in ("CV", "TTr")
        and items(reading.paper.to)
        and not any(_AS_ABOVE.match(row.text) for row in rows)
    ):
        message = "Nơi nhận bắt đầu bằng «Như trên»"
        if rows:
            yield replaced(rows[0], f"Như trên\n{rows[0].text}", message)
        else:
            yield Hit(message, field="recipients")


@rule(
    RECEIVERS, "nhu-tren-dung-dau", "«Như trên» chưa đứng đầu Nơi nhận", _TO,
    bad="Nơi nhận: Thường trực Tỉnh ủy; Như trên", good="Nơi nhận: Như trên; Thường trực Tỉnh ủy",
)  # fmt: skip
def as_above_not_first(reading):
    """``Như trên`` is the first line."""
    for line in reading.lines("recipients")[1:]:
        if _AS_ABOVE.match(line.text):
            yield Hit("«Như trên» đặt ở dòng đầu của Nơi nhận", line)


@rule(
    RECEIVERS, "nhu-tren-khong-co-gi", "«Như trên» mà không có Kính gửi", form("điểm c khoản 9", "Điều 14"),
    bad="Nơi nhận của thông báo: Như trên", good="Nơi nhận của thông báo: Các sở, ban, ngành",
)  # fmt: skip
def as_above_of_nothing(reading):
    """Without Kính gửi there is nothing above; an invitation and a letter of introduction name whom they are for in the body."""
    if reading.form in ("invitation", "introduction", "letter") or reading.paper.type == "CĐ" or _is_addressed(reading):
        return
    for line in reading.lines("recipients"):
        if re.match(r"^[-–\s]*như\s+trên\b", line.text, re.IGNORECASE):
            yield Hit("văn bản này không có Kính gửi nên không ghi «Như trên»; ghi tên nơi nhận", line)


@rule(
    RECEIVERS, "nhu-dieu-khong-co", "«Như Điều…» chỉ điều không có trong văn bản", _LIST, level=Level.ERROR,
    bad="Như Điều 3 (quyết định có 2 điều)", good="Như Điều 2 (quyết định có 2 điều)",
)  # fmt: skip
def as_an_article_that_is_not(reading):
    """The article that Nơi nhận points to stands in the body; mended where one article alone is about carrying it out."""
    articles = {}
    for line in reading.body:
        if found := re.match(r"[#*_\s]*Điều (\d+)", line.text):
            articles[int(found[1])] = line.text
    last = max(articles, default=0)
    for line in reading.lines("recipients"):
        found = _AS_ARTICLE.match(line.text)
        if found and articles and int(found["number"]) not in articles:
            new = line.text[: found.start("number")] + str(last) + line.text[found.end("number") :]
            yield replaced(line, new, f"«{line.text}»: văn bản chỉ có đến Điều {last}")


@rule(
    RECEIVERS, "noi-nhan-lap", "Một nơi nhận ghi hai lần", _LIST,
    bad="Nơi nhận: Sở Tài chính; Sở Y tế; Sở Tài chính", good="Nơi nhận: Sở Tài chính; Sở Y tế",
)  # fmt: skip
def receiver_twice(reading):
    """Each stands once."""
    for name in ("to", "recipients"):
        seen = set()
        for line in reading.lines(name):
            key = re.sub(r"^[-–\s]+|[\s;.,]+$", "", line.text).lower()
            if key in seen:
                yield replaced(line, "", f"«{line.text}» đã ghi ở dòng trên")
            seen.add(key)


@rule(
    RECEIVERS, "noi-nhan-gop-dong", "Kính gửi nhiều nơi trên một dòng", _LIST,
    bad="Sở Tài chính; Sở Y tế; Sở Xây dựng (một dòng)", good="Sở Tài chính / Sở Y tế / Sở Xây dựng (mỗi nơi một dòng)",
)  # fmt: skip
def receivers_on_one_line(reading):
    """Each body or group of bodies has a line of its own. In Nơi nhận a semicolon may join the members of one group.

    So may one before small letters in Kính gửi: ``Các bệnh viện; các trạm y tế``.
    """
    for line in reading.lines("to"):
        parts = [part.strip() for part in re.split(rf";(?=\s*[^\s{SMALL}])(?![^()]*\))", line.text) if part.strip(" .")]
        if len(parts) > 1 and ":" not in line.text:
            yield replaced(line, "\n".join(parts), "mỗi cơ quan hoặc nhóm cơ quan một dòng riêng")


@rule(
    RECEIVERS, "noi-nhan-viet-hoa", "Đầu dòng Kính gửi, Nơi nhận viết thường", form("điểm d khoản 9", "Điều 14"),
    bad="- các sở, ban, ngành", good="- Các sở, ban, ngành",
)  # fmt: skip
def receiver_in_small_letters(reading):
    """Each line begins large."""
    for line in reading.receivers.lines:
        found = re.match(rf"[-–\s]*(?=[{SMALL}])", line.text)
        if found:
            new = line.text[: found.end()] + line.text[found.end()].upper() + line.text[found.end() + 1 :]
            yield replaced(line, new, f"«{line.text[:50]}»: viết hoa chữ cái đầu dòng")
