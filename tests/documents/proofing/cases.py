"""One example that each rule catches and one that it leaves alone, as what stands otherwise in a letter that is in order."""

from dataclasses import replace
from datetime import date

from documents.proofing.reading import EndedBody, Known
from documents.source.paper import Appendix, Paper, PartialDate, Signature

LETTER = Paper(
    type="CV",
    issuer=("SỞ NỘI VỤ",),
    superior=("UBND TỈNH LẠNG SƠN",),
    symbol="SNV-TĐKT",
    place="Lạng Sơn",
    date=PartialDate(2026, 4, 20),
    subject="báo cáo kết quả phong trào thi đua quý I năm 2026",
    to=("Các sở, ban, ngành",),
    recipients=("Như trên", "Giám đốc Sở"),
    archive="VT, TĐKT",
    signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nông Quang Vinh"),
    body="Sở Nội vụ đề nghị các cơ quan, đơn vị gửi báo cáo trước ngày 15 tháng 5 năm 2026.",
)
# What makes it a decision of today.
LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
DECREE = "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp trong thi đua"
DECISION = {
    "type": "QĐ",
    "symbol": "QĐ-SNV",
    "to": (),
    "recipients": ("Như Điều 2", "Giám đốc Sở"),
    "bases": (LAW, DECREE),
    "subject": "tặng Giấy khen cho các tập thể có thành tích",
    "body": "**Điều 1.** Tặng Giấy khen cho 05 tập thể.\n\n**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký.",
}
PLAN = {
    "type": "KH",
    "symbol": "KH-SNV",
    "to": (),
    "recipients": ("Các sở, ban, ngành",),
    "subject": "Tổ chức hội nghị tổng kết",
}
MERGED = EndedBody(
    "Sở Kế hoạch và Đầu tư", date(2025, 3, 1), ("Sở Tài chính",), "Nghị quyết số 04/NQ-HĐND ngày 18/02/2025"
)
TO_COME = EndedBody("Sở Dân tộc và Tôn giáo", date(2025, 3, 1), is_to_come=True)
DEPARTMENTS = Known(names=("Sở Nội vụ", "Sở Tài chính", "Sở Y tế"))
ENDED = Known(doubts={"91/2017/nđ-cp": "đã hết hiệu lực từ ngày 01/01/2024"})


def body(*lines):
    """A body of these paragraphs."""
    return {"body": "\n\n".join(lines)}


def signed(*lines, name="Nông Quang Vinh"):
    """A signature of these lines."""
    return {"signature": Signature(lines, name)}


def annexed(title="Danh sách tập thể", text="Danh sách theo thứ tự tên gọi."):
    """One appendix."""
    return (Appendix(title, text),)


def decision(**facts):
    """A decision that differs in ``facts``."""
    return DECISION | facts


def plan(**facts):
    """A plan, likewise."""
    return PLAN | facts


# {code: (caught, left alone)}; each the facts that differ, with ``known`` for what the register says.
CASES = {
    # --- days
    "ngay-thieu-so-0": (
        body("Họp ngày 5 tháng 3 năm 2026."),
        body("Họp ngày 05 tháng 3 năm 2026; chào mừng ngày 2 tháng 9."),
    ),
    "thang-thieu-so-0": (
        body("Họp ngày 15 tháng 2 năm 2026."),
        body("Họp ngày 15 tháng 02 năm 2026, tháng 12 năm 2026."),
    ),
    "thang-thua-so-0": (
        body("Họp ngày 15 tháng 03 năm 2026."),
        body("Họp ngày 15 tháng 3 năm 2026, tháng 02 năm 2026."),
    ),
    "ngay-khong-co": (body("Họp ngày 31 tháng 6 năm 2026."), body("Họp ngày 30 tháng 6 năm 2026, 29/02/2024.")),
    "thu-khong-khop-ngay": (body("Họp thứ Hai, ngày 15/01/2026."), body("Họp thứ Năm, ngày 15/01/2026.")),
    "thu-khong-khop-nam-nay": (body("Họp thứ Hai, ngày 12/5."), body("Họp thứ Ba, ngày 12/5.")),
    "thu-viet-thuong": (
        body("Họp sáng thứ hai, ngày 18/5/2026."),
        body("Họp lần thứ hai ngày hội; thứ Hai, ngày 18/5/2026."),
    ),
    "ngay-cham-gach": (body("Họp ngày 15-4-2026."), body("Họp ngày 15/4/2026; kỷ niệm ngày Quốc khánh 02-9.")),
    "nam-hai-chu-so": (body("Họp ngày 15/5/26."), body("Họp ngày 15/5/2026, ngày 15/5.")),
    "khoang-ngay-nguoc": (
        body("Từ ngày 20/5/2026 đến ngày 10/5/2026."),
        body("Từ ngày 10/5/2026 đến hết ngày 20/5/2026."),
    ),
    "han-truoc-ngay-van-ban": (
        body("Đề nghị gửi báo cáo về Sở Nội vụ trước ngày 15/4/2026."),
        body("Người nhập ngũ trước ngày 30/4/1975; gửi báo cáo về Sở Nội vụ trước ngày 15/5/2026."),
    ),
    "cach-mang-thang-tam": (body("Kỷ niệm Cách mạng tháng 8."), body("Kỷ niệm Cách mạng tháng Tám.")),
    "thang-bang-chu": (body("Lễ hội vào tháng giêng."), body("Lễ hội vào tháng Giêng; ba tháng năm 2026.")),
    "nam-am-lich": (body("Mừng Xuân bính ngọ."), body("Mừng Xuân Bính Ngọ.")),
    "ten-ngay-tet": (body("Trong dịp Tết Nguyên Đán."), body("Trong dịp tết Nguyên đán. Tết năm nay vui.")),
    "ngay-le": (body("Chào mừng ngày quốc khánh 02-9."), body("Chào mừng ngày Quốc khánh 02-9.")),
    # --- numbers and symbols
    "so-duoi-10": (
        body("Thực hiện Báo cáo số 5/BC-SNV ngày 15/3/2026."),
        body("Thực hiện Báo cáo số 05/BC-SNV ngày 15/3/2026, tỷ số 5/7."),
    ),
    "ky-hieu-cach-chu": (
        body("Theo Quyết định số 12 /QĐ-UBND ngày 15/3/2026."),
        body("Theo Quyết định số 12/QĐ-UBND ngày 15/3/2026 - Điều 2."),
    ),
    "ky-hieu-gach-dai": (
        body("Theo Quyết định số 12/QĐ–UBND ngày 15/3/2026."),
        body("Theo Quyết định số 12/QĐ-UBND ngày 15/3/2026."),
    ),
    "viet-tat-ten-loai": (
        body("Theo Tờ trình số 12/TTR-SNV ngày 15/3/2026."),
        body("Theo Tờ trình số 12/TTr-SNV ngày 15/3/2026, Công văn số 13/SNV-TĐKT ngày 16/3/2026."),
    ),
    "ten-loai-khac-ky-hieu": (
        body("Theo Kế hoạch số 12/QĐ-UBND ngày 15/3/2026."),
        body("Theo Kế hoạch số 12/KH-UBND ngày 15/3/2026, Công văn số 79-CV/TW ngày 29/01/2026."),
    ),
    "ten-loai-viet-hoa": (
        body("Theo kế hoạch số 12/KH-UBND ngày 15/3/2026."),
        body("Theo kế hoạch số lượng; Kế hoạch số 12/KH-UBND ngày 15/3/2026."),
    ),
    "vien-dan-lan-dau": (
        body("Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ đề nghị các đơn vị báo cáo."),
        body("Thực hiện Kế hoạch số 12/KH-UBND ngày 15/3/2026 của UBND tỉnh.", "Kế hoạch số 12/KH-UBND có ba phần."),
    ),
    "vien-dan-lan-sau": (
        body(*["Theo Kế hoạch số 12/KH-UBND ngày 15/3/2026 của UBND tỉnh về phong trào thi đua."] * 2),
        body(
            "Theo Kế hoạch số 12/KH-UBND ngày 15/3/2026 của UBND tỉnh về phong trào thi đua.",
            "Theo Kế hoạch số 12/KH-UBND, các đơn vị báo cáo.",
        ),
    ),
    "vien-dan-ngay-sau": (
        body("Theo Kế hoạch số 12/KH-UBND ngày 20/5/2026 của UBND tỉnh."),
        body("Theo Kế hoạch số 12/KH-UBND ngày 20/3/2026 của UBND tỉnh."),
    ),
    "vien-dan-hai-ngay": (
        body("Kế hoạch số 12/KH-UBND ngày 15/01/2026.", "Kế hoạch số 12/KH-UBND ngày 16/01/2026."),
        body("Kế hoạch số 12/KH-UBND ngày 15/01/2026.", "Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2026."),
    ),
    "ky-hieu-chu-thuong": (
        body("Theo Quyết định số 12/qđ-ubnd ngày 15/3/2026."),
        body("Theo Quyết định số 12/QĐ-UBND ngày 15/3/2026, 5/kg-tấn."),
    ),
    "quy-dinh": (body("Thực hiện đúng qui định."), body("Thực hiện đúng quy định; truy vấn qui.")),
    # --- the head
    "ky-hieu-khac-loai": (plan(symbol="QĐ-SNV"), plan()),
    "ky-hieu-cong-van": ({"symbol": "CV-SNV"}, {"symbol": "SNV-TĐKT"}),
    "ky-hieu-dau-van-ban": ({"symbol": "SNV - TĐKT"}, {"symbol": "TTr-SNV", "type": "TTr"}),
    "dia-danh-viet-hoa": ({"place": "lạng sơn"}, {"place": "Lạng Sơn"}),
    "dia-danh-thua": ({"place": "Lạng Sơn, ngày"}, {"place": "Bà Rịa - Vũng Tàu"}),
    "dia-danh-ten-nguoi": (
        {"place": "Hoàng Văn Thụ", "issuer": ("ỦY BAN NHÂN DÂN", "XÃ HOÀNG VĂN THỤ")},
        {"place": "Tân Văn", "issuer": ("ỦY BAN NHÂN DÂN", "XÃ TÂN VĂN")},
    ),
    "ten-co-quan-in-hoa": ({"issuer": ("Sở Nội vụ",)}, {"issuer": ("SỞ NỘI VỤ",)}),
    "ten-co-quan-day-du": (
        {"issuer": ("UBND XÃ TÂN VĂN",), "superior": ()},
        {"issuer": ("ỦY BAN NHÂN DÂN", "XÃ TÂN VĂN"), "superior": ()},
    ),
    "chu-quan-thieu-dia-danh": ({"superior": ("UBND TỈNH",)}, {"superior": ("UBND TỈNH LẠNG SƠN",)}),
    "trich-yeu-dau-cau": (
        {"subject": "tổng kết phong trào thi đua."},
        {"subject": "tổng kết phong trào thi đua, v.v."},
    ),
    "trich-yeu-dai": ({"subject": "thi đua " * 40}, {"subject": "thi đua " * 15}),
    "trich-yeu-in-hoa": ({"subject": "TỔNG KẾT PHONG TRÀO THI ĐUA"}, {"subject": "báo cáo UBND tỉnh"}),
    "trich-yeu-lap-ten-loai": (
        plan(subject="Kế hoạch tổ chức hội nghị"),
        plan(subject="Tổ chức hội nghị kế hoạch năm"),
    ),
    # --- the signature
    "quyen-han-ky": (signed("T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), signed("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    "quyen-han-viet-day-du": (
        signed("THỪA LỆNH GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
        signed("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    ),
    "chuc-vu-in-hoa": (signed("Giám đốc"), signed("GIÁM ĐỐC")),
    "ky-thay-thieu-chuc-vu": (signed("KT. GIÁM ĐỐC"), signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    "ky-thay-cap-pho": (signed("KT. PHÓ GIÁM ĐỐC", "TRƯỞNG PHÒNG"), signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    "tap-the-thieu-tm": (signed("ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), signed("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    "hoc-vi-truoc-ho-ten": (
        signed("GIÁM ĐỐC", name="ThS. Nông Quang Vinh"),
        signed("GIÁM ĐỐC", name="BS. Nông Quang Vinh") | {"issuer": ("BỆNH VIỆN ĐA KHOA",), "superior": ("SỞ Y TẾ",)},
    ),
    "ho-ten-in-hoa": (signed("GIÁM ĐỐC", name="NÔNG QUANG VINH"), signed("GIÁM ĐỐC", name="Nông Quang Vinh")),
    "ky-khac-tham-quyen": (
        decision(authority_line="GIÁM ĐỐC SỞ NỘI VỤ", **signed("TM. SỞ NỘI VỤ", "GIÁM ĐỐC")),
        decision(authority_line="GIÁM ĐỐC SỞ NỘI VỤ", **signed("GIÁM ĐỐC")),
    ),
    # --- legal bases
    "can-cu-thieu-cham-phay": (body(f"{LAW},", f"{DECREE}."), body(f"{LAW};", f"{DECREE}.")),
    "can-cu-cuoi-dau-cham": (body(f"{LAW};", f"{DECREE};"), body(f"{LAW};", f"{DECREE}, Sở Nội vụ báo cáo:")),
    "can-cu-dau-la": (decision(bases=(f"{LAW}:", DECREE)), decision(bases=(f"{LAW};", DECREE))),
    "can-cu-thieu-so": (
        decision(bases=("Căn cứ Nghị định ngày 14 tháng 6 năm 2025 của Chính phủ về thi đua",)),
        decision(bases=(LAW, DECREE, "Theo đề nghị của Trưởng phòng Thi đua - Khen thưởng")),
    ),
    "can-cu-thieu-ngay": (
        decision(bases=("Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ về thi đua",)),
        decision(bases=(LAW, DECREE)),
    ),
    "can-cu-luat-thieu-ngay": (decision(bases=("Căn cứ Luật Thi đua, khen thưởng",)), decision(bases=(LAW,))),
    "can-cu-luat-ghi-so": (
        decision(bases=("Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15 tháng 6 năm 2022",)),
        decision(bases=(LAW,)),
    ),
    "can-cu-thieu-co-quan": (
        decision(bases=("Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026 về Quy chế thi đua",)),
        decision(bases=(LAW, DECREE)),
    ),
    "can-cu-thieu-trich-yeu": (
        decision(bases=("Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh",)),
        decision(
            bases=(
                "Căn cứ Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về Quy chế thi đua",
            )
        ),
    ),
    "can-cu-mo-dau": (decision(bases=("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",)), decision(bases=(LAW,))),
    "de-nghi-cuoi-cung": (
        decision(bases=("Theo đề nghị của Trưởng phòng Thi đua - Khen thưởng", LAW)),
        decision(bases=(LAW, "Theo đề nghị của Trưởng phòng Thi đua - Khen thưởng")),
    ),
    "can-cu-lap": (decision(bases=(DECREE, DECREE)), decision(bases=(LAW, DECREE))),
    "quyet-dinh-thieu-can-cu": (decision(bases=()), decision()),
    # --- whom it is for
    "noi-nhan-thieu-luu": ({"archive": ""}, {"archive": "", "recipients": ("Như trên", "Lưu: VT, TĐKT")}),
    "luu-thieu-vt": ({"archive": "TĐKT"}, {"archive": "VT, TĐKT (NTB)"}),
    "luu-vt-dung-dau": ({"archive": "TĐKT, VT"}, {"archive": "VT, TĐKT"}),
    "luu-thieu-don-vi": ({"archive": "VT"}, {"archive": "VT", "type": "GGT", "symbol": "GGT-SNV"}),
    "cong-van-thieu-kinh-gui": ({"to": ()}, plan()),
    "to-trinh-thieu-kinh-gui": (plan(type="TTr", symbol="TTr-SNV"), plan()),
    "kinh-gui-thua": (plan(to=("Các sở, ban, ngành",)), {"type": "TTr", "symbol": "TTr-SNV"}),
    "thieu-nhu-tren": ({"recipients": ("Giám đốc Sở",)}, {"recipients": ("Như trên", "Giám đốc Sở")}),
    "nhu-tren-dung-dau": ({"recipients": ("Giám đốc Sở", "Như trên")}, {"recipients": ("Như trên", "Giám đốc Sở")}),
    "nhu-tren-khong-co-gi": (plan(recipients=("Như trên",)), {"type": "GM", "symbol": "GM-SNV", "to": ()}),
    "nhu-dieu-khong-co": (decision(recipients=("Như Điều 3",)), decision(recipients=("Như Điều 2",))),
    "noi-nhan-lap": (
        {"recipients": ("Như trên", "Sở Tài chính", "Sở Tài chính")},
        {"recipients": ("Như trên", "Sở Tài chính", "Phòng của Sở Tài chính")},
    ),
    "noi-nhan-gop-dong": (
        {"to": ("Sở Tài chính; Sở Y tế",)},
        {"to": ("Các phòng (A; B)",), "recipients": ("Như trên", "Chủ tịch; các Phó Chủ tịch")},
    ),
    "noi-nhan-viet-hoa": ({"to": ("các sở, ban, ngành",)}, {"to": ("Ủy ban nhân dân tỉnh", "Đài Phát thanh")}),
    # --- bodies
    "co-quan-da-ket-thuc": (
        body("Giao Sở Kế hoạch và Đầu tư tham mưu.") | {"known": Known(bodies=(MERGED,))},
        body(
            "Công văn số 12/SKHĐT ngày 15/3/2020 của Sở Kế hoạch và Đầu tư; Sở Kế hoạch và Đầu tư (nay là Sở Tài chính)."
        )
        | {"known": Known(bodies=(MERGED,))},
    ),
    "co-quan-chua-co": (
        body("Giao Sở Dân tộc và Tôn giáo tham mưu.")
        | {"known": Known(bodies=(TO_COME,)), "date": PartialDate(2020, 4, 20)},
        body("Giao Sở Dân tộc và Tôn giáo tham mưu."),
    ),
    "cap-huyen": (
        {"to": ("UBND các huyện, thành phố",)},
        {"to": ("UBND các huyện, thành phố",), "date": PartialDate(2025, 6, 20)},
    ),
    "tinh-da-sap-nhap": (
        {"to": ("UBND tỉnh Bắc Kạn",)},
        body("Năm 2025 sáp nhập tỉnh Bắc Kạn vào tỉnh Thái Nguyên.") | {"to": ("UBND tỉnh Thái Nguyên",)},
    ),
    "bo-da-ket-thuc": (
        body("Báo cáo Bộ Kế hoạch và Đầu tư."),
        body("Thông tư số 12/2019/TT-BKHĐT ngày 15/3/2019 của Bộ Kế hoạch và Đầu tư về thống kê."),
    ),
    "co-quan-khong-hoat-dong": (
        {"known": Known(told=("Nơi nhận UBND xã Vĩnh Tiến không hoạt động vào ngày 20/4/2026.",))},
        {"known": Known(told=("«5/BC-X» chưa có trong sổ văn bản.",))},
    ),
    # --- what is cited
    "van-ban-het-hieu-luc": (
        body("Thực hiện Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ.") | {"known": ENDED},
        body("Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 thay thế Nghị định số 91/2017/NĐ-CP ngày 31/7/2017.")
        | {"known": ENDED},
    ),
    "trich-dan-can-xem": ({"known": Known(told=("«5/BC-X» chưa có trong sổ văn bản.",))}, {}),
    "cho-trong": (body("Họp ngày … tháng 5 năm 2026."), body("Họp bàn về thi đua, khen thưởng, v.v…")),
    # --- capitals
    "uy-ban-nhan-dan": (
        body("Báo cáo Uỷ ban Nhân dân tỉnh."),
        body("Báo cáo Ủy ban nhân dân tỉnh, Hội đồng nhân dân tỉnh."),
    ),
    "don-vi-hanh-chinh": (
        body("Công tác thi đua của Tỉnh Lạng Sơn."),
        body("Công tác của tỉnh Lạng Sơn, Thành phố Hồ Chí Minh, Phường Lương Văn Tri; Bí thư Tỉnh Đoàn."),
    ),
    "don-vi-ten-nguoi": (
        body("Công tác của phường Lương Văn Tri."),
        body("Công tác của Phường Lương Văn Tri, xã Tân Văn, phường Tam Thanh."),
    ),
    "dieu-viet-thuong": (
        body("Theo khoản 2 điều 5 của Luật."),
        body("Theo khoản 2 Điều 5 của Luật; nêu tại mục 2; học 5 điều Bác dạy."),
    ),
    "khoan-diem-viet-hoa": (
        body("Theo Khoản 2 Điều 5 của Luật."),
        body("Khoản 2 Điều 5 quy định rõ. Điểm a khoản 1 cũng vậy."),
    ),
    "nhan-dan": (body("Phục vụ các tầng lớp nhân dân."), body("Công an nhân dân, Ủy ban nhân dân phục vụ Nhân dân.")),
    "nha-nuoc": (body("Chủ trương của Đảng, nhà nước."), body("Quản lý nhà nước, ngân sách nhà nước; Đảng, Nhà nước.")),
    "thu-hang": (body("Huân chương Lao động hạng nhất."), body("Huân chương Lao động hạng Nhất, đô thị hạng nhất.")),
    "danh-hieu-vinh-du": (body("Danh hiệu Nghệ sĩ nhân dân."), body("Danh hiệu Nghệ sĩ Nhân dân.")),
    "co-quan-trung-uong": (body("Thủ tướng chính phủ chỉ đạo."), body("Thủ tướng Chính phủ chỉ đạo.")),
    "ten-so": (
        body("Giao Sở nội vụ chủ trì.") | {"known": DEPARTMENTS},
        body("Giao Sở Nội vụ chủ trì, trụ sở nội vụ.") | {"known": DEPARTMENTS},
    ),
    "sau-dau-cham": (
        body("Việc này đã được duyệt. đề nghị các đơn vị báo cáo."),
        body("Việc này đã được duyệt. Đề nghị báo cáo v.v. và gửi."),
    ),
    "dau-dong-viet-thuong": (
        body("Đề nghị:", "- các sở, ban, ngành báo cáo;"),
        body("Đề nghị:", "- Các sở, ban, ngành báo cáo;", "a) Đơn vị làm trưởng cụm báo cáo;"),
    ),
    "ten-vung": (body("Các tỉnh vùng đông bắc."), body("Các tỉnh vùng Đông Bắc; hướng đông bắc.")),
    "dia-danh-dac-biet": (
        body("Học tập tại thành phố Hồ Chí Minh."),
        body("Học tập tại Thành phố Hồ Chí Minh, thành phố Lạng Sơn."),
    ),
    "bac-ho": (body("Làm theo lời bác Hồ."), body("Làm theo lời Bác Hồ.")),
    "to-chuc-quoc-te": (body("Các nước Asean."), body("Các nước ASEAN.")),
    "chuc-danh-ten-nguoi": (
        body("Do giáo sư Trần Văn Khê chủ trì."),
        body("Do Giáo sư Trần Văn Khê chủ trì; ông Nguyễn Văn An, giám đốc."),
    ),
    "ten-bao": (body("Đăng trên tạp chí cộng sản."), body("Đăng trên tạp chí Cộng sản; thông báo nhân dân biết.")),
    # --- marks
    "dau-het-giua-van-ban": (body("Đề nghị báo cáo./.", "Xin cảm ơn."), body("Đề nghị báo cáo.", "Xin cảm ơn./.")),
    "dau-het-viet-sai": (body("Đề nghị báo cáo.//."), body("Đề nghị báo cáo./.")),
    "cach-truoc-dau": (body("Các sở , ban, ngành."), body("Các sở, ban, ngành; tỷ lệ 5 : 3...")),
    "thieu-cach-sau-dau": (body("Các sở,ban, ngành."), body("Tăng 2,5 điểm; xem http://a.b,c; ThS.An.")),
    "dau-lap": (body("Các sở,, ban, ngành."), body("Các sở, ban, ngành...; v.v., và báo cáo./.")),
    "ngoac-khong-dong": (
        body("Hội nghị tổng kết (sau đây gọi là Hội nghị."),
        body("a) Hội nghị (chủ trì) gồm: 1) họp; 2) báo cáo (nếu có)."),
    ),
    "lap-tu": (body("Đề nghị các các đơn vị báo cáo."), body("Ngày ngày báo cáo, dần dần làm tốt.")),
    "gach-dau-dong": (body("Đề nghị:", "• Sở Tài chính;"), body("Đề nghị:", "- Sở Tài chính; 5 * 3.")),
    "doan-thieu-dau-cuoi": (
        body(
            "Đề nghị các sở, ban, ngành, đoàn thể tỉnh nghiêm túc triển khai thực hiện và báo cáo kết quả về Sở",
            "Xin cảm ơn.",
        ),
        body(
            "# I. NHỮNG VIỆC CẦN LÀM NGAY",
            "1. Đẩy mạnh công tác tuyên truyền, phổ biến chủ trương của Đảng, pháp luật về thi đua",
            "Xin cảm ơn",
        ),
    ),
    "hang-nghin": (body("Thưởng 1,490,000 đồng."), body("Thưởng 1.490.000 đồng; 1,5 tỷ đồng.")),
    # --- the order of a text
    "dieu-thu-tu": (
        decision(body="**Điều 1.** Tặng.\n\n**Điều 3.** Thi hành.", recipients=("Như Điều 3",)),
        decision(),
    ),
    "dieu-dau-cham": (decision(body="Điều 1: Tặng.\n\n**Điều 2.** Thi hành."), body("Điều 5 Luật này nêu rõ.")),
    "dieu-la-ma": (decision(body="**Điều 1.** Tặng.\n\nĐiều II. Thi hành.", recipients=("Như Điều 1",)), decision()),
    "chuong-a-rap": (body("Chương 1", "QUY ĐỊNH CHUNG"), body("Chương I", "QUY ĐỊNH CHUNG", "Chương 1 năm học mới.")),
    "chuong-thieu-tieu-de": (
        body("# Chương I", "### Điều 1. Phạm vi"),
        body("# Chương I", "# QUY ĐỊNH CHUNG", "### Điều 1. Phạm vi"),
    ),
    "khoan-dau-cham": (body("1/ Sở Nội vụ báo cáo."), body("1. Sở Nội vụ báo cáo.", "1/2 số đơn vị báo cáo.")),
    "diem-dau-ngoac": (body("a. Chủ động báo cáo."), body("a) Chủ động báo cáo.")),
    "diem-thu-tu": (
        body("a) Một.", "b) Hai.", "c) Ba.", "d) Bốn.", "e) Năm."),
        body("a) Một.", "b) Hai.", "c) Ba.", "d) Bốn.", "đ) Năm.", "2. Hai", "a) Một."),
    ),
    "khoan-thu-tu": (
        body("1. Một.", "2. Hai.", "4. Bốn."),
        body("## 1. Một", "1.1. Nhỏ.", "## 2. Hai", "# II. MỤC", "1. Một."),
    ),
    "muc-la-ma-thu-tu": (body("# I. MỘT", "Lời.", "# III. BA"), body("# I. MỘT", "Lời.", "# II. HAI")),
    "muc-in-hoa": (body("# I. Mục đích, yêu cầu", "Lời."), body("# I. MỤC ĐÍCH, YÊU CẦU", "## 1. Mục đích", "Lời.")),
    "doan-in-hoa": (
        body("ĐỀ NGHỊ CÁC CƠ QUAN, ĐƠN VỊ NGHIÊM TÚC TRIỂN KHAI THỰC HIỆN NỘI DUNG TRÊN.", "Xin cảm ơn."),
        body("# I. MỤC ĐÍCH, YÊU CẦU VÀ NỘI DUNG CỦA CÁC PHONG TRÀO THI ĐUA TRONG NĂM NAY", "Xin cảm ơn."),
    ),
    "quyet-dinh-thieu-dieu": (decision(body="Tặng Giấy khen.", recipients=("Phòng Tổ chức",)), decision()),
    "go-trong-noi-dung": (body("Đề nghị báo cáo.", "Nơi nhận:"), body("Đề nghị báo cáo nơi nhận văn bản.")),
    "quyet-dinh-hai-lan": (decision(body=f"QUYẾT ĐỊNH:\n\n{DECISION['body']}"), decision()),
    "phu-luc-khong-chi-dan": (
        {"appendices": annexed()},
        body("Chi tiết tại Phụ lục kèm theo.") | {"appendices": annexed()},
    ),
    "phu-luc-thieu": (
        body("Chi tiết tại Phụ lục II kèm theo.") | {"appendices": annexed()},
        body("Chi tiết tại Phụ lục kèm theo; Phụ lục III Nghị định này.") | {"appendices": annexed()},
    ),
    "phu-luc-so-la-ma": (
        body("Chi tiết tại Phụ lục 1 kèm theo.") | {"appendices": annexed()},
        body("Chi tiết tại Phụ lục I kèm theo.") | {"appendices": annexed()},
    ),
    "ten-phu-luc-lap": (
        body("Chi tiết tại Phụ lục kèm theo.") | {"appendices": annexed("Phụ lục I: Danh sách tập thể")},
        body("Chi tiết tại Phụ lục kèm theo.") | {"appendices": annexed("Danh sách phụ lục hợp đồng")},
    ),
    # --- words
    "viet-tat-khong-giai-thich": (
        body("Các đơn vị thuộc KDTĐ báo cáo."),
        body("Các đơn vị thuộc khối doanh nghiệp (viết tắt là KDTĐ) báo cáo. KDTĐ gồm 5 đơn vị; UBND, BHXH."),
    ),
}


def paper(facts) -> Paper:
    """The letter with what differs in ``facts``."""
    return replace(LETTER, **{name: value for name, value in facts.items() if name != "known"})
