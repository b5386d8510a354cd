"""Accounts and officials of the demonstration. All are invented but one, who signed the seed letter."""

from datetime import date

from units.models import Capacity, Role

# username, full name, code of the unit, role
ACCOUNTS = [
    ("quantri", "Nguyễn Văn An", "so-noi-vu-2025", Role.ADMINISTRATOR),
    ("chuyenvien", "Hoàng Thị Bình", "so-noi-vu-2025", Role.OFFICER),
    ("lanhdao", "Lý Văn Cường", "so-noi-vu-2025", Role.LEADER),
    ("vanthu", "Trần Thị Dung", "so-noi-vu-2025", Role.CLERK),
    ("thukho", "Vi Văn Giang", "so-noi-vu-2025", Role.STORE_KEEPER),
    ("truongcum", "Nông Thị Hà", "so-tu-phap", Role.UNIT_OFFICER),
    ("phocum", "Lộc Văn Hùng", "so-giao-duc-va-dao-tao", Role.UNIT_OFFICER),
    ("donvi", "Đặng Thị Lan", "so-y-te", Role.UNIT_OFFICER),
    ("donvikhac", "Chu Văn Minh", "ubnd-xa-huu-lung-2025", Role.UNIT_OFFICER),
    ("lanhdaotinh", "Lương Văn Khải", "ubnd-tinh", Role.BODY_LEADER),
    ("vanthutinh", "Hoàng Thị Mơ", "ubnd-tinh", Role.BODY_CLERK),
    ("uyvien", "Phạm Thị Nga", "hoi-dong-tdkt-tinh", Role.COUNCIL_MEMBER),
]

OLD, NEW = (date(2019, 1, 1), date(2025, 2, 28)), (date(2025, 3, 1), None)
LONG = (date(2019, 1, 1), None)
UNKNOWN = (None, None)
YEAR_2020 = (date(2020, 1, 2), date(2020, 12, 31))
# The council's standing office numbers for it.
COUNCIL, STANDING_OFFICE = "hoi-dong-tdkt-tinh", "so-noi-vu"
STANDING = "Quyết định số 02/QĐ-UBND ngày 02/01/2020 của Chủ tịch UBND tỉnh về Quy chế hoạt động của Hội đồng (văn bản minh họa)"
# Where the province's own book stood on paper when this program began: an invented number.
BEGAN = ("ubnd-tinh", 2020, 212, "Sổ giấy của UBND tỉnh năm 2020 (số minh họa)")
DELEGATION = "Quyết định số 01/QĐ-UBND ngày 02/01/2020 của Chủ tịch UBND tỉnh (văn bản minh họa)"

# key, name, invented, then terms: code of the unit, post, capacity, on behalf of, (begins, ends), authority
OFFICIALS = [
    (
        "pct-ubnd",
        "Dương Xuân Huyền",
        False,
        [("ubnd-tinh", "Phó Chủ tịch", Capacity.KT, "Chủ tịch", UNKNOWN, "")],
    ),
    (
        "ct-ubnd",
        "Nguyễn Văn Sơn",
        True,
        [
            ("ubnd-tinh", "Chủ tịch", Capacity.OWN, "", LONG, ""),
            ("ubnd-tinh", "Chủ tịch", Capacity.TM, "Ủy ban nhân dân", LONG, ""),
            ("hoi-dong-tdkt-tinh", "Chủ tịch", Capacity.TM, "Hội đồng", LONG, ""),
        ],
    ),
    (
        "gd-snv",
        "Lê Văn Tâm",
        True,
        [
            ("so-noi-vu", "Giám đốc", Capacity.OWN, "", OLD, ""),
            ("ubnd-tinh", "Giám đốc Sở Nội vụ", Capacity.TL, "Chủ tịch", OLD, ""),
            (
                "ubnd-tinh",
                "Giám đốc Sở Nội vụ",
                Capacity.TUQ,
                "Chủ tịch",
                YEAR_2020,
                DELEGATION,
            ),
        ],
    ),
    (
        "pgd-snv",
        "Triệu Thị Thu",
        True,
        [
            ("so-noi-vu", "Phó Giám đốc", Capacity.KT, "Giám đốc", OLD, ""),
            ("so-noi-vu-2025", "Phó Giám đốc", Capacity.KT, "Giám đốc", NEW, ""),
        ],
    ),
    (
        "tb-tdkt",
        "Bế Văn Uy",
        True,
        [("so-noi-vu", "Trưởng Ban Thi đua - Khen thưởng", Capacity.TL, "Giám đốc", OLD, "")],
    ),
    ("gd-snv-2025", "Hà Văn Vinh", True, [("so-noi-vu-2025", "Giám đốc", Capacity.OWN, "", NEW, "")]),
    ("gd-stp", "Phùng Thị Xuân", True, [("so-tu-phap", "Giám đốc", Capacity.OWN, "", LONG, "")]),
    ("qgd-syt", "Mã Văn Yên", True, [("so-y-te", "Giám đốc", Capacity.Q, "", LONG, "")]),
    ("pgd-sgd", "Dương Văn Ân", True, [("so-giao-duc-va-dao-tao", "Phó Giám đốc", Capacity.KT, "Giám đốc", LONG, "")]),
    (
        "ct-huu-lung",
        "Hứa Thị Ánh",
        True,
        [
            ("ubnd-xa-huu-lung-2025", "Chủ tịch", Capacity.OWN, "", (date(2025, 7, 1), None), ""),
            ("ubnd-xa-huu-lung-2025", "Chủ tịch", Capacity.TM, "Ủy ban nhân dân", (date(2025, 7, 1), None), ""),
        ],
    ),
]
