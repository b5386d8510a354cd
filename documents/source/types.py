"""Types of documents by law: what a new register starts from, and what typesetting knows without a database.

Source: Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III mục I. "Phát động" and "Giao ước thi đua" are not in the decree; the
office's own papers show that provinces issue them, so they are kept as types that the office added. More types are
added by the administrator (``documents.models.DocumentType``).
"""

from .paper import TypeFacts

DECREE = "Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I"
OFFICE = "Loại do cơ quan bổ sung"

OFFICIAL_LETTER = "CV"

_BY_DECREE = [
    ("NQ", "Nghị quyết", "decision"),
    ("QĐ", "Quyết định", "decision"),
    ("CT", "Chỉ thị", "named"),
    ("QC", "Quy chế", "named"),
    ("QyĐ", "Quy định", "named"),
    ("TC", "Thông cáo", "named"),
    ("TB", "Thông báo", "named"),
    ("HD", "Hướng dẫn", "named"),
    ("CTr", "Chương trình", "named"),
    ("KH", "Kế hoạch", "named"),
    ("PA", "Phương án", "named"),
    ("ĐA", "Đề án", "named"),
    ("DA", "Dự án", "named"),
    ("BC", "Báo cáo", "named"),
    ("BB", "Biên bản", "minutes"),
    ("TTr", "Tờ trình", "named"),
    ("HĐ", "Hợp đồng", "named"),
    (OFFICIAL_LETTER, "Công văn", "letter"),
    ("CĐ", "Công điện", "named"),
    ("BGN", "Bản ghi nhớ", "named"),
    ("BTT", "Bản thỏa thuận", "named"),
    ("GUQ", "Giấy ủy quyền", "named"),
    ("GM", "Giấy mời", "invitation"),
    ("GGT", "Giấy giới thiệu", "introduction"),
    ("GNP", "Giấy nghỉ phép", "named"),
    ("PG", "Phiếu gửi", "named"),
    ("PC", "Phiếu chuyển", "named"),
    ("PB", "Phiếu báo", "named"),
]
_BY_OFFICE = [
    ("PĐ", "Phát động", "named"),
    ("GƯTĐ", "Giao ước thi đua", "named"),
]

# Papers that other bodies make and the register only holds: type, name, where it is provided for.
LAW = "Luật Ban hành văn bản quy phạm pháp luật"
RECORDED = [
    ("Luật", "Luật", LAW),
    ("PL", "Pháp lệnh", LAW),
    ("NĐ", "Nghị định", LAW),
    ("TT", "Thông tư", LAW),
    ("KL", "Kết luận", "Quy định của Đảng về thể loại văn bản"),
    ("YK", "Ý kiến chỉ đạo", "Chỉ đạo trực tiếp, không bằng văn bản"),
]
# A direction by word of mouth.
SPOKEN = "YK"

# What a paper of each type is for, as a person looks for it: {purpose: types, those written most first}.
PURPOSES = {
    "exchange": (OFFICIAL_LETTER, "PC", "PG", "PB"),
    "report": ("TTr", "BC"),
    "meet": ("GM", "BB"),
    "direct": ("KH", "HD", "TB", "CT", "CTr", "PĐ", "TC", "CĐ"),
    "decide": ("QĐ", "NQ", "QC", "QyĐ"),
    "plan": ("PA", "ĐA", "DA"),
    "agree": ("GƯTĐ", "HĐ", "BGN", "BTT"),
    "person": ("GGT", "GUQ", "GNP"),
}
PURPOSE_OF = {code: purpose for purpose, codes in PURPOSES.items() for code in codes}
# Beside official letters, types that name whom they go to at their head, behind "Kính gửi" (Phụ lục I, mục II.9.a).
ADDRESSED = ("TTr", "BC")

BUILT_IN = {code: TypeFacts(code, name, form) for code, name, form in _BY_DECREE + _BY_OFFICE}
SOURCES = {code: DECREE for code, *_ in _BY_DECREE} | {code: OFFICE for code, *_ in _BY_OFFICE}
