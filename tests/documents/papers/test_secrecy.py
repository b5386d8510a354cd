"""Which words in capitals are a mark of secrecy."""

import pytest

from documents.papers.rules import secret_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("MẬT: phương án", "MẬT"),
        ("Kế hoạch (MẬT)", "MẬT"),
        ("văn bản MẬT UBND tỉnh", "MẬT"),
        ("12/MẬT-UBND", "MẬT"),
        ("TUYỆT MẬT KẾ HOẠCH PHÒNG THỦ", "TUYỆT MẬT"),
        ("KẾ HOẠCH PHÒNG THỦ. MẬT", "MẬT"),
        ("KẾ HOẠCH PHÒNG THỦ - TỐI MẬT", "TỐI MẬT"),
        ("QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC (TỐI MẬT)", "TỐI MẬT"),
        ("Độ mật: MẬT", "MẬT"),
        ("kế hoạch\nMẬT\nphòng thủ", "MẬT"),
        ("BAN HÀNH QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC", ""),
        ("DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, TỐI MẬT VÀ MẬT", ""),
        ("DANH MỤC ĐỘ TUYỆT MẬT, ĐỘ TỐI MẬT", ""),
        ("VỀ BẢO MẬT THÔNG TIN; CHÌA KHÓA BÍ MẬT", ""),
        ("Quy chế BÍ MẬT nhà nước", ""),
        ("MẬT ONG BẠC HÀ", ""),
        ("MẬT ĐỘ DÂN CƯ", ""),
        ("bảo vệ bí mật nhà nước, độ Tuyệt mật", ""),
    ],
)
def test_only_a_mark_of_secrecy_is_one(text, mark):
    assert secret_mark(text) == mark
