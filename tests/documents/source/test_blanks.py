"""What a draft left open is found where it stands; what only looks like it is left alone."""

from pathlib import Path

import pytest

from documents.source import source
from documents.source.blanks import blanks
from documents.source.paper import Appendix, Signature
from documents.source.types import BUILT_IN

from ..sheets import paper

SOURCES = sorted((Path(__file__).parents[1] / "sources").glob("*.md"))
SEED = Path(__file__).parents[3] / "documents/sample/seed_letter.md"


def told(**changes):
    """What is said of a paper with these words."""
    return [fault.message for fault in blanks(paper(**changes))]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("**Điều 1.** …", "Điều 1. …"),
        ("**Điều 1. ...**", "Điều 1. ..."),
        ("Điều 2: ………………", "Điều 2: ………………"),
        ("### Điều 3. ….", "Điều 3. …."),
        ("**Điều 1.** (ghi nội dung)", "Điều 1. (ghi nội dung)"),
        ("…", "…"),
        ("...", "..."),
        ("1. …", "1. …"),
        ("1.2. a) ...;", "1.2. a) ...;"),
        ("II. …", "II. …"),
        ("2. Thời gian: …", "2. Thời gian: …"),
        ("[^1]: …", "[^1]: …"),
        ("Căn cứ Tờ trình số …/TTr-SNV của Sở Nội vụ.", "Căn cứ Tờ trình số …/TTr-SNV của Sở Nội"),
        ("Gửi về trước ngày .../3/2020.", "Gửi về trước ngày .../3/2020."),
        ("Kể từ ngày … tháng … năm 2020.", "Kể từ ngày … tháng … năm 2020."),
        ("Kể từ tháng ... năm 2020.", "Kể từ tháng ... năm 2020."),
        ("Kết thúc vào … giờ …, ngày 05 tháng 3.", "Kết thúc vào … giờ …, ngày 05"),
        ("Tặng Bằng khen cho [tên tập thể].", "Tặng Bằng khen cho [tên tập thể]."),
        ("Phong trào thi đua “[tên phong trào]”.", "Phong trào thi đua “[tên phong trào]”."),
        ("Tặng Bằng khen cho [...].", "Tặng Bằng khen cho [...]."),
        ("Tặng Giấy khen cho [họ tên - chức vụ - đơn vị].", "Tặng Giấy khen cho [họ tên - chức vụ - đơn vị]."),
        ("| 1 | [tên đơn vị] |", "| 1 | [tên đơn vị] |"),
    ],
)
def test_a_blank_of_the_body_is_told_with_its_place(line, words):
    place = {"|": "bảng 1, hàng 1", "[": "chú thích"}.get(line[0], "đoạn 3")
    assert told(body=f"Đoạn đầu.\n\n“Lời\ntrích”\n\n{line}\n\nĐoạn cuối.") == [
        f"nội dung, {place}, còn chỗ trống «{words}»"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Khen thưởng tập thể, cá nhân, v.v…",
        "Hội nghị sơ kết, tổng kết, ...",
        "Các hình thức: báo, đài, ….",
        "Ngày ... làm việc của người thợ.",
        "Họ nói: “…” rồi thôi.",
        'Sửa khoản 2 như sau: "…"',
        "Sửa đổi như sau:\n\n“Điều 5. Tiêu chuẩn\n…\n3. Đạt danh hiệu.”",
        "- Sở Y tế;\n- Sở Tư pháp;\n- …",
        "Thời hạn: .....",
        "………………………………",
        "Người bàn giao\n\n(Ký, ghi rõ họ tên)",
        "(Ghi rõ họ tên)",
        "Gửi danh sách (ghi rõ họ tên, chức vụ, ...).",
        "| STT | Họ tên |\n|---|---|\n| … | … |\n| ... | Ngày …/…/2020 |",
        "Theo tài liệu [1] và [^bao-cao].\n\n[^bao-cao]: Báo cáo năm 2019.",
        r"Ghi vào ô \[tên đơn vị].",
        "Xếp loại Tốt/Khá/…",
        "**Điều 1.**\n\nTặng Bằng khen.",
        "Trích {{cite:50/BC-UBND}}.",
        "Nội dung chuyển khoản:\n\n- Đơn vị: [Trường – Phường/xã -Lớp STEM- Số người]\n- Cá nhân: [Họ tên - Trường - Lớp]",
    ],
)
def test_what_goes_on_is_quoted_or_is_left_for_the_hand_is_no_blank(text):
    assert told(body=text) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"symbol": "…-SNV"}, "ký hiệu còn chỗ trống «…-SNV»"),
        ({"symbol": "…/QĐ-…"}, "ký hiệu còn chỗ trống «…/QĐ-…»"),
        ({"symbol": "QĐ-..."}, "ký hiệu còn chỗ trống «QĐ-...»"),
        ({"subject": "…"}, "trích yếu còn chỗ trống «…»"),
        ({"subject": "..............."}, "trích yếu còn chỗ trống «...............»"),
        ({"subject": "tổng kết thi đua năm …"}, "trích yếu còn chỗ trống «tổng kết thi đua năm …»"),
        ({"subject": "(ghi trích yếu)"}, "trích yếu còn chỗ trống «(ghi trích yếu)»"),
        ({"subject": "khen thưởng [tên đơn vị]"}, "trích yếu còn chỗ trống «khen thưởng [tên đơn vị]»"),
        ({"bases": ("Căn cứ Luật", "Theo đề nghị của …")}, "căn cứ còn chỗ trống «Theo đề nghị của …»"),
        ({"recipients": ("Như trên", "...")}, "nơi nhận còn chỗ trống «...»"),
        ({"to": ("Sở Y tế", "…")}, "kính gửi còn chỗ trống «…»"),
        ({"signature": Signature(("GIÁM ĐỐC",), "…")}, "phần ký còn chỗ trống «…»"),
        ({"appendices": (Appendix("Danh sách …", "Lời."),)}, "tên phụ lục 1 còn chỗ trống «Danh sách …»"),
    ],
)
def test_a_blank_around_the_body_is_told_with_its_field(changes, message):
    assert told(**changes) == [message]


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "phong trào thi đua “Cả nước chung sức…”"},
        {"subject": "sơ kết, tổng kết, ..."},
        {"to": ("Ông (bà) ...........................",)},
        {"recipients": ("Các sở, ban, ngành...",)},
        {"appendices": (Appendix("Mẫu báo cáo", "Tên đơn vị: …\n\n1. …\n\nSố: …/BC-…"),)},
    ],
)
def test_around_the_body_too_what_is_no_blank_is_left_alone(changes):
    assert told(**changes) == []


@pytest.mark.parametrize("path", [*SOURCES, SEED], ids=lambda path: path.stem)
def test_no_true_paper_has_a_blank(path):
    assert blanks(source.parse(path.read_bytes(), BUILT_IN)) == []


@pytest.mark.parametrize("code", BUILT_IN)
def test_no_paper_of_any_type_has_a_blank(code):
    assert blanks(paper(code, words=300)) == []


def test_a_hostile_text_is_looked_through_at_once():
    for part in ("[", "“", '"', ": ", "* ", "1. ", "(ghi ", "…/", "ngày "):
        blanks(paper(body=part * 100_000, subject=part * 1000))
