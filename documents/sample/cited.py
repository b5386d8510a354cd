"""Papers of other bodies that the office's papers name. The first seven are the seed letter's; all are public.

The eighth that the letter rests on is a direction by word of mouth (``DIRECTIONS``).
"""

from datetime import date

# type, number and symbol, day, issuer, code of the issuing unit (or ""), subject as a citation continues
CITED = [
    (
        "CV",
        "79-CV/TW",
        date(2020, 1, 29),
        "Ban Bí thư Trung ương",
        "",
        "về việc phòng, chống dịch bệnh viêm đường hô hấp cấp do vi rút Corona",
    ),
    (
        "CT",
        "05/CT-TTg",
        date(2020, 1, 28),
        "Thủ tướng Chính phủ",
        "",
        "về việc phòng, chống dịch bệnh viêm đường hô hấp cấp do chủng mới của vi rút corona gây ra",
    ),
    (
        "BC",
        "50/BC-UBND",
        date(2020, 2, 17),
        "UBND tỉnh",
        "ubnd-tinh",
        "tổng kết công tác TĐKT năm 2019 và triển khai nhiệm vụ năm 2020",
    ),
    (
        "PĐ",
        "1365/PĐ-UBND",
        date(2019, 12, 25),
        "UBND tỉnh",
        "ubnd-tinh",
        "đợt thi đua đặc biệt lập thành tích chào mừng Đại hội Đảng bộ các cấp, Đại hội Thi đua yêu nước toàn quốc "
        "lần thứ X và các ngày lễ lớn trong năm 2020",
    ),
    (
        "PĐ",
        "43/PĐ-UBND",
        date(2020, 1, 16),
        "UBND tỉnh",
        "ubnd-tinh",
        "phát động phong trào thi đua phấn đấu hoàn thành thắng lợi nhiệm vụ, mục tiêu phát triển kinh tế - xã hội, "
        "quốc phòng, an ninh năm 2020",
    ),
    ("TB", "109/TB-UBND", date(2020, 2, 25), "UBND tỉnh", "ubnd-tinh", "phân khối, cụm thi đua năm 2020"),
    (
        "KH",
        "125/KH-UBND",
        date(2019, 7, 17),
        "UBND tỉnh",
        "ubnd-tinh",
        "tổ chức Hội nghị biểu dương điển hình tiên tiến các cấp và Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ V "
        "tiến tới Đại hội Thi đua yêu nước toàn quốc lần thứ X",
    ),
    (
        "HD",
        "1479/HD-BTĐKT",
        date(2016, 7, 25),
        "Ban Thi đua - Khen thưởng Trung ương",
        "",
        "tổ chức cụm, khối thi đua và xét, đề nghị tặng “Cờ thi đua của Chính phủ”, Cờ thi đua cấp tỉnh",
    ),
    (
        "HD",
        "1149/HD-BTĐKT",
        date(2019, 6, 18),
        "Ban Thi đua - Khen thưởng Trung ương",
        "",
        "tổ chức Hội nghị điển hình tiên tiến các cấp, tiến tới Đại hội Thi đua yêu nước toàn quốc lần thứ X",
    ),
]

# reference of our own, day, person, occasion, subject as a citation continues
DIRECTIONS = [
    (
        "YK 14/02/2020",
        date(2020, 2, 14),
        "Phó Thủ tướng Vũ Đức Đam",
        "cuộc họp trực tuyến",
        "phòng, chống dịch Covid-19",
    ),
]
