"""What letters of offices taught: words that look like a fault and are none, and faults in other words than the examples'.

Each line was told wrongly, or not told, of a letter of some office; its words are written anew.
"""

from dataclasses import replace
from datetime import date

import pytest

from documents.proofing.judging import judge
from documents.proofing.reading import EndedBody, Known
from documents.source.paper import PartialDate
from documents.source.types import BUILT_IN

from .cases import ENDED, LAW, MERGED, body, decision, paper, plan, signed

TODAY = date(2026, 4, 20)
COMMUNE = Known(bodies=(EndedBody("UBND xã Bảo Lâm", date(2025, 7, 1), ("UBND xã Đồng Đăng",)),))
INTERIOR = Known(names=("Sở Nội vụ",))
PREMIER = decision(
    issuer=("THỦ TƯỚNG CHÍNH PHỦ",),
    superior=(),
    symbol="QĐ-TTg",
    authority_line="THỦ TƯỚNG CHÍNH PHỦ",
    **signed("THỦ TƯỚNG"),
)
PROVINCE = decision(
    issuer=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), superior=(), symbol="QĐ-UBND", authority_line="ỦY BAN NHÂN DÂN TỈNH",
    **signed("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
)  # fmt: skip


def codes(facts):
    return {one.rule.code for one in judge(paper(facts), BUILT_IN, TODAY, known=facts.get("known", Known()))}


NO_FAULTS = [
    # --- how papers are named
    ("vien-dan-lan-dau", body("Sở nhận được Công văn số 215/SYT-NVY ngày 10/3/2026 của Sở Y tế về nhân lực.")
     | {"subject": "tham mưu Công văn số 215/SYT-NVY của Sở Y tế"}),
    ("vien-dan-lan-dau", body("Theo Quyết định số 85/QĐ-UBND  ngày 13 tháng 3 năm 2026 của UBND tỉnh về định mức.")),
    ("vien-dan-lan-dau", body("Theo Tờ trình số 40/TTr-CAT(PC04) ngày 26/3/2026 của Công an tỉnh về kinh phí.")),
    ("vien-dan-lan-dau", body("Theo Tờ trình số 127/TTr - HĐQT ngày 30/3/2026 của Ngân hàng về lãi suất.")),
    ("vien-dan-lan-dau", body("Theo Công văn số 13/LĐBB BTh ngày 07/01/2026 của Liên đoàn về đại hội.")),
    ("vien-dan-lan-dau", body("Gồm Quyết định số 11/2026/QĐ-UBND đến Quyết định số 13/2026/QĐ-UBND.")),
    ("vien-dan-lan-dau", body("Theo Thông tư liên tịch số: 27/2013/TTLT/BTC-BNV, ngày 15 tháng 3 năm 2013 giữa hai Bộ về phí.")),
    ("vien-dan-lan-dau", body("Theo Thông tư liên tịch số 27/2013/TTLT-BTC/BNV ngày 15/3/2013 của Liên Bộ về phí.")),
    ("vien-dan-lan-dau", body("Tiếp theo các Công điện số 17/CĐ-TTg, 18/CĐ-TTg và 19/CĐ-TTg ngày 15/3/2026 của Thủ tướng.")),
    ("vien-dan-lan-dau", body("Kế hoạch số 22/KH-UBND ngày 14/01/2026 thực hiện Nghị quyết số 57-NQ/TW.",
                              "Tỉnh đã triển khai Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá.")),
    ("vien-dan-lan-dau", body("Sở có Văn bản số 37/SNV-TC về giá.", "Kèm theo Công văn số 37/SNV-TC ngày 10/01/2026.")),
    ("vien-dan-lan-sau", plan(
        subject="Thực hiện Chỉ thị số 27/CT-TTg ngày 15/3/2026 của Thủ tướng Chính phủ về tăng cường công tác dân số",
        body="Chỉ thị số 27/CT-TTg ngày 15/3/2026 của Thủ tướng Chính phủ về tăng cường công tác dân số.\n\nTrên đây là Kế hoạch "
        "thực hiện Chỉ thị số 27/CT-TTg ngày 15/3/2026 của Thủ tướng Chính phủ về tăng cường công tác dân số.")),
    ("ten-loai-viet-hoa", body("Theo Thông báo kết luận số 19-TB/TW ngày 16/3/2026 của Ban Bí thư về thi đua.")),
    ("can-cu-thieu-trich-yeu", decision(bases=(LAW, "Căn cứ Quyết định số 71/QĐ-SNV ngày 10/4/2026 của Giám đốc Sở Nội vụ "
                                               "ban hành Kế hoạch công tác năm 2026 của Văn phòng Sở"))),
    ("can-cu-thieu-so", decision(bases=(LAW, "Căn cứ Đề án số 08-ĐA-TU ngày 02 tháng 3 năm 2026 của Tỉnh ủy về sắp xếp"))),
    ("can-cu-thieu-co-quan", decision(bases=(LAW, "Căn cứ Thông tư số 21/2025/TT-BYT ngày 27/6/2025của Bộ Y tế về giám định"))),
    ("phu-luc-so-la-ma", body("Theo phụ lục 1 kèm theo Tờ trình số 18/TTr-SYT ngày 01/4/2026 của Sở Y tế về nhân lực.")),
    ("ten-loai-viet-hoa", decision(bases=(LAW, "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15"))),
    ("ten-loai-viet-hoa", body("Theo Quyết định kỷ luật số 15/QĐ-SNV ngày 10/02/2026 của Sở Nội vụ về ông An.")),
    ("vien-dan-lan-sau", body("Sở trình Nghị quyết số 36/2024/NQ-HĐND ngày 12 tháng 7 năm 2024 của HĐND tỉnh về học phí.",
                              "Giao Sở hoàn thiện dự thảo Nghị quyết sửa đổi, bổ sung một số điều của Nghị quyết số "
                              "36/2024/NQ-HĐND ngày 12 tháng 7 năm 2024 của HĐND tỉnh về học phí.")),
    ("can-cu-lap", decision(bases=(
        LAW, "Căn cứ Quyết định số 48/2024/QĐ-UBND ngày 22 tháng 7 năm 2024 của UBND tỉnh ban hành Định mức",
        "Theo đề nghị của Giám đốc Sở Nội vụ về việc sửa đổi Quyết định số 48/2024/QĐ-UBND"))),
    # --- who decides
    ("ky-khac-tham-quyen", PREMIER),
    ("ky-khac-tham-quyen", PROVINCE),
    # --- bodies and places of the past
    ("tinh-da-sap-nhap", body("UBND tỉnh Bắc Kạn đã ban hành Quyết định số 162/QĐ-UBND ngày 30/12/2024 về chuyển đổi số.")),
    ("tinh-da-sap-nhap", body("Theo đề nghị của Hội Khuyến học tỉnh Bắc Kạn và Liên đoàn Bóng đá tỉnh Bắc Kạn.")),
    ("tinh-da-sap-nhap", body("Theo đề nghị của Quỹ hỗ trợ cho phụ nữ làm kinh tế tỉnh Bắc Kạn.")),
    ("tinh-da-sap-nhap", {"subject": "hợp nhất Quỹ Khuyến học tỉnh Bắc Kạn, tỉnh Thái Nguyên"}),
    ("tinh-da-sap-nhap", body("Bãi bỏ các thủ tục do Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn công bố.")),
    ("cap-huyen", body("Có 42 thủ tục trước thuộc thẩm quyền cấp huyện.")),
    ("cap-huyen", body("Tổ chức lại các trung tâm y tế cấp huyện theo hướng tinh gọn.")),
    ("cap-huyen", body("Ban Chỉ đạo các huyện, thành phố đã tổ chức 05 lớp tập huấn.")),
    ("co-quan-da-ket-thuc", body("UBND xã Bảo Lâm 2 rà soát hồ sơ.") | {"known": COMMUNE}),
    # --- marks, numbers, titles
    ("dau-lap", body("Gồm các khu công nghiệp, các điểm du lịch, ...;")),
    ("ngoac-khong-dong", body('Chương trình “Đối thoại với nhân dân" phát hằng tuần.')),
    ("gach-dau-dong", body("\\* Lưu ý: Các đơn vị gửi bản điện tử.")),
    ("gach-dau-dong", body("** Lưu ý: *Các đơn vị gửi bản điện tử.")),
    ("muc-in-hoa", body("# III. NHIỆM VỤ, GIẢI PHÁP (chi tiết tại Phụ lục)", "Lời.")),
    ("muc-in-hoa", body("# III. KIẾN NGHỊ, ĐỀ XUẤT: Không.", "Lời.")),
    ("khoan-thu-tu", body("1. Sở Nội vụ.", "2.\u00a0Sở Y tế.", "3. Sở Tài chính.")),
    ("khoan-thu-tu", body("**1. **100% cán bộ.", "**2**. 100% xã.", "**3. **Sở Y tế.")),
    ("khoan-thu-tu", body('"Điều 18. Miễn tiền sử dụng đất', "3. Miễn tiền đối với đất ở”.", "1. Sở Nội vụ.", "2. Sở Y tế.")),
    ("thieu-nhu-tren", {"recipients": ("Như  trên", "Giám đốc Sở")}),
    ("uy-ban-nhan-dan", body("Ủy ban nhân\u00a0dân tỉnh báo cáo.")),
    ("don-vi-hanh-chinh", body("(1) Phường Kỳ Lừa: 02 điểm; (2) Xã Công Sơn: 01 điểm.")),
    ("don-vi-hanh-chinh", body("Giao Công an Thành phố Chỉ đạo các đơn vị; Công an Thành phố Phối hợp.")),
    ("viet-tat-khong-giai-thich", body("Theo Công văn số 22/CTK - CSLK ngày 15/3/2026; bầu cử ĐBQH; định vị GPS.")),
    ("viet-tat-khong-giai-thich", body("Cấp phân NPK cho các hộ; xét nghiệm PCR; trạm nạp LNG.")),
    ("cho-trong", body("“Điều 5. Nhiệm vụ", "*…*", "5. Sở Y tế.")),
    # --- days
    ("ngay-khong-co", body("Họp ngày 29/02, ngày 30/4, ngày 15-4-2026; tỷ lệ 31/6; trực cả ngày 24/24 giờ.")),
    ("thu-khong-khop-ngay", body("Thứ nhất, họp ngày 22/4/2026, thứ hai, báo cáo. Họp ngày 22/4/2026, thứ Tư.")),
    ("thu-khong-khop-ngay", body("Sau ngày 22/4/2026, thứ Hai tuần tới báo cáo.")),
    ("thang-bang-chu", body("Trong ba tháng năm 2026, tháng Giêng, tháng tám.")),
    ("khoang-ngay-nguoc", body("Từ ngày 15/5/2026 - 20/5/2026.")),
    # --- capitals
    ("ten-so", body("Họp các Giám đốc sở nội vụ; Hội nghị Giám đốc sở nội vụ; sở nội vụ các tỉnh.") | {"known": INTERIOR}),
    ("khoan-diem-viet-hoa", body("Tại Điểm c Khoản 1 Điều 14 của Quy chế.") | {"date": PartialDate(2019, 5, 6)}),
    ("chuc-danh-ten-nguoi", body("Ông Nguyễn Văn An, giám đốc; chủ tịch Hà Nội; Giáo sư Trần Văn Khê.")),
    ("ten-bao", body("Đoàn thông báo nhân dân biết; báo Nhân dân.")),
    ("to-chuc-quoc-te", body("Các nước ASEAN; who.int; www.unesco.org.")),
    ("dia-danh-dac-biet", body("Thành phố Hồ Chí Minh, Thủ đô Hà Nội; thành phố Lạng Sơn.")),
    ("bac-ho", body("Làm theo Bác Hồ; bác Hồ Thị Lan.")),
    # --- of schools, communes, ministries
    ("cho-trong", body('Đơn vị lập thư mục (ví dụ: "Văn bản đến [Tên đơn vị]").')),
    ("cho-trong", body("Tiêu đề thư ghi rõ “[Tên đơn vị] - Báo cáo quý II”.")),
    ("viet-tat-khong-giai-thich", body("Mua tài khoản Chat GPT; dùng VPN, định vị GNSS.")),
    ("vien-dan-lan-dau", body("Sở trích “theo Nghị quyết số 33/2025/NQ-HĐND ngày 10/7/2025 của HĐND tỉnh về thưởng”.",
                              "Mức chi theo Nghị quyết số 33/2025/NQ-HĐND.")),
    ("vien-dan-lan-dau", body("Nghị quyết số 33/2025/NQ-HĐND có ba điều.")
     | {"subject": "triển khai Nghị quyết số 33/2025/NQ-HĐND ngày 10/7/2025 của HĐND tỉnh"}),
    ("vien-dan-lan-dau", decision(bases=(LAW, "Căn cứ Thông tư số 15/2025/TT-BNV của Bộ Nội vụ hướng dẫn thi đua"))),
    ("dau-het-giua-van-ban", body("Trân trọng cảm ơn./.", "# CHỦ TỊCH")),
    ("dieu-viet-thuong", body("Hồ sơ xét tặng Kỷ niệm chương 01 bộ, Huân chương 02 chiếc.")),
    ("doan-thieu-dau-cuoi", body("**Bảng 1.** Số liệu khen thưởng của các cơ quan, đơn vị, địa phương trong tỉnh từ đầu nhiệm kỳ "
                                 "đến hết quý I năm nay", "Lời.")),
    ("dau-lap", body("Làm việc từ ngày..tháng..năm; địa bàn ..(1) ghi rõ.", "Tên ……….;")),
    ("thieu-cach-sau-dau", body("Xếp theo thứ tự a,b,c của tên gọi.")),
    ("thu-khong-khop-ngay", body("Đại hội lần thứ ba, ngày 08/5/2026.", "Kỳ họp thứ 3 ngày 08/5/2026.")),
    ("thu-khong-khop-ngay", body("Họp chiều thứ 6 ngày 08/5/2026.")),
    ("thu-viet-thuong", body("Đại hội lần thứ ba, ngày 08/5/2026.")),
    ("khoang-ngay-nguoc", body("Từ ngày 20/12 đến ngày 10/01/2027.")),
    ("thang-thua-so-0", body("Trong 12 tháng 06 đơn vị báo cáo.")),
    ("ngoac-khong-dong", body("*(Ký, ghi rõ họ tên*", "*và đóng dấu)*")),
    ("ngoac-khong-dong", body("Gửi về Thư viện tỉnh (bì thư ghi rõ:", "Cuộc thi tìm hiểu Quê hương năm 2026).")),
    # --- of tax offices, customs, ministries: they answer with long words of a law
    ("ten-loai-khac-ky-hieu", body("Theo Công văn số 415/CT-TTHT ngày 02/3/2026 của Cục Thuế tỉnh về hóa đơn.")),
    ("han-truoc-ngay-van-ban", body("Người nộp thuế khai thiếu tiền thuế của kỳ thuế phát sinh trước ngày 01/3/2026.")),
    ("han-truoc-ngay-van-ban", body("Đề nghị gửi hồ sơ của các khoản nợ phát sinh trước ngày 01/3/2026.")),
    ("han-truoc-ngay-van-ban", body("Đơn vị chậm nộp hồ sơ trước ngày 01/3/2026 thì bị nhắc nhở.")),
    ("han-truoc-ngay-van-ban", body("Các hồ sơ có hạn nộp trước và sau ngày 01/3/2026 được xét chung.")),
    ("viet-tat-khong-giai-thich", body("Giao hàng theo điều kiện DDP.")),
    ("viet-tat-khong-giai-thich", body("Hợp đồng ký với Kanto Trading Co., LTD; Hiến pháp nước CHXHCN Việt Nam.")),
    ("khoan-thu-tu", body("1. Về khai thuế:", "“Điều 11. Khai thuế", "8. Khai thuế theo từng lần.", "2. Về nộp thuế.")),
    ("khoan-thu-tu", body("1. Về khai thuế:", "“2. Sửa đổi khoản 8 như sau:", '8. Chi phí của kỳ này".', "2. Về nộp thuế.")),
    ("noi-nhan-gop-dong", {"to": ("Các trường đại học; các cơ sở giáo dục khác",)}),
    ("diem-thu-tu", body("f) Kết quả công tác được giao.", "g) Năng lực tập hợp công chức.")),
    ("can-cu-luat-ghi-so", decision(symbol="2026/QĐ-UBND", bases=("Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15", LAW))),
    ("can-cu-thieu-ngay", decision(
        symbol="2026/QĐ-UBND", bases=(LAW, "Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ quy định về phân cấp"))),
    ("diem-thu-tu", body("a) Về thu nhập:", "“2. Thu nhập khác gồm:", "đ) Lãi tiền gửi;", "o) Khoản khác.", "b) Chi phí.")),
    ("ngoac-khong-dong", body("“Điều 3. Sửa đổi khoản 8 như sau:", '8. Chi phí của kỳ này".')),
    ("lap-tu", body("Người phụ thuộc thuộc diện chưa được cấp thẻ.")),
    ("viet-tat-khong-giai-thich", body("Dự án của Công ty TNHH Công nghiệp thép KSG; KSG đã nộp thuế.")),
    ("vien-dan-lan-dau", body("Nhận được Phiếu chuyển số 215/PC-TCT đề ngày 19/3/2026 của Cục Thuế.")),
    # --- of papers that make law, resolutions, corrections
    ("vien-dan-lan-dau", decision(symbol="2026/QĐ-UBND", bases=(LAW, "Căn cứ Nghị định số 78/2025/NĐ-CP của Chính phủ quy định "
        "chi tiết Luật Ban hành văn bản được sửa đổi bởi Nghị định số 187/2025/NĐ-CP ngày 01 tháng 7 năm 2025"))),
    ("cho-trong", body("Số tiết = [(Định mức tiết dạy/năm học) x (Số tuần thực dạy)] / (Số tuần năm học).")),
    ("cho-trong", body("Tỷ lệ = [Số hồ sơ đúng hạn/Tổng số hồ sơ] x 100%.")),
    ("doan-thieu-dau-cuoi", body("1. Sửa đổi, bổ sung Điều 11 như sau:", "“Điều 11. Các hành vi vi phạm về bình đẳng giới liên "
                                 "quan đến giáo dục, văn hóa, thể dục, thể thao và truyền thông", "1. Gồm “phạt tiền.")),
    ("trich-yeu-dai", {"subject": "đính chính Thông tư số 15/2024/TT-BTC ngày 30/9/2024 " + "quy định biểu mẫu " * 20}),
    ("vien-dan-lan-dau", body("Sửa đổi Điều 3 như sau:", "“Điều 3. Bãi bỏ", "Bỏ từ “huyện” tại Thông tư số 32/2020/TT-BGDĐT.”.")),
    ("vien-dan-lan-dau", body("Sửa đổi Nghị định số 68/2026/NĐ- CP ngày 05 tháng 3 năm 2026 của Chính phủ về thuế.",
                              "Thay Điều 9 Nghị định số 68/2026/NĐ-CP.")),
    ("ngay-le", body("Dự lễ kỷ niệm ngày quốc khánh các nước tại Việt Nam.")),
    ("dieu-dau-cham", body("Điều 5 - Luật Thi đua, khen thưởng nêu rõ; Điều 1 - 3 của Quy chế.")),
    ("han-truoc-ngay-van-ban", body("Gửi báo cáo trước 16 giờ ngày 25/4/2026.")),
    ("cho-trong", body("Số hiệu được đặt theo cấu trúc: [Mã phân loại]. [Mã vị trí]. [Số thứ tự].")),
    ("lap-tu", body("Áp dụng cho lần chỉnh sửa tiếp theo theo quy định; danh sách kèm theo theo mẫu.")),
    ("lap-tu", body("Thực hiện nội dung nêu trên trên địa bàn tỉnh; số dư hiện tại tại Kho bạc.")),
    ("can-cu-luat-thieu-ngay", decision(bases=("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", LAW))),
    ("can-cu-thieu-co-quan", decision(bases=(
        LAW, "Căn cứ Nghị quyết số 30/2021/QH15 ngày 28 tháng 7 năm 2021 Kỳ họp thứ nhất, Quốc hội khóa XV về phòng dịch"))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts"), NO_FAULTS, ids=[f"{n}-{row[0]}" for n, row in enumerate(NO_FAULTS)])
def test_it_is_left_alone(code, facts):
    assert code not in codes(facts)


FAULTS = [
    ("thang-thua-so-0", body("Họp ngày 17 tháng 08 năm 2026 tại hội trường.")),
    ("thang-thua-so-0", {"subject": "sơ kết công tác tháng 06 năm 2026"}),
    ("thang-thieu-so-0", body("Họp ngày 20 tháng 2 năm 2026.")),
    ("ngay-thieu-so-0", decision(bases=(LAW, "Căn cứ Nghị định số 45/2023/NĐ-CP ngày 3 tháng 7 năm 2023 của Chính phủ về giá"))),
    ("noi-nhan-thieu-luu", decision(archive="", recipients=("Như Điều 2", "Sở Tài chính"))),
    ("can-cu-dau-la", decision(bases=(f"{LAW}!",))),
    ("can-cu-cuoi-dau-cham", body("Căn cứ Kế hoạch số 31/KH-UBND ngày 10/02/2026 của UBND tỉnh về chuyển đổi số;",
                                  "Thực hiện Công văn số 41/SYT-VP ngày 12/3/2026 của Sở Y tế về trực;", "Sở báo cáo:")),
    ("ky-hieu-cach-chu", body("Theo Công văn số 346/UBND- NC ngày 21/3/2026 của UBND tỉnh về an toàn thông tin.")),
    ("so-duoi-10", {"subject": "trả lời Công văn số 3/SYT-NVY ngày 02/3/2026 của Sở Y tế"}),
    ("co-quan-da-ket-thuc", {"recipients": ("Như trên", "Sở Kế hoạch và Đầu tư"), "known": Known(bodies=(MERGED,))}),
    ("cap-huyen", body("Giao Phòng Nội vụ huyện Bắc Sơn tổng hợp, gửi trước ngày 20/5/2026.")),
    ("cap-huyen", {"recipients": ("Như trên", "Huyện ủy Cao Lộc")}),
    ("tinh-da-sap-nhap", body("Đoàn công tác làm việc tại tỉnh Hậu Giang trong quý II.")),
    ("bo-da-ket-thuc", body("Sở báo cáo Bộ LĐTBXH theo quy định.")),
    ("van-ban-het-hieu-luc", decision(bases=(LAW, "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ về thi đua"),
                                      known=ENDED)),
    ("dau-het-viet-sai", body("Đề nghị các đơn vị thực hiện nghiêm túc ./")),
    ("dau-het-viet-sai", body("Đề nghị các đơn vị thực hiện nghiêm túc. /.")),
    ("ngay-khong-co", body("Họp ngày 31/9 tại Sở.")),
    ("ngay-khong-co", body("Họp ngày 31 tháng 4 tại Sở.")),
    ("ngay-khong-co", body("Họp ngày 29-02-2027.")),
    ("thu-khong-khop-ngay", body("Họp lúc 14 giờ ngày 22 tháng 4 năm 2026, thứ Sáu.")),
    ("khoang-ngay-nguoc", body("Thời gian: từ ngày 15/5/2026 - 10/5/2026.")),
    ("khoang-ngay-nguoc", body("Từ ngày 15/5/2026 đến 10/5/2026.")),
    ("ten-so", body("Giao Giám đốc sở nội vụ tổng hợp.") | {"known": INTERIOR}),
    ("ten-loai-viet-hoa", body("Theo quyết định số 48/QĐ-UBND ngày 22/01/2026 của UBND tỉnh về giá.")),
    ("khoan-diem-viet-hoa", body("Tại Điểm c Khoản 1 Điều 14 của Quy chế.")),
    ("vien-dan-lan-dau", body("Theo Thông tư liên tịch số 27/2013/TTLT/BTC-BNV, Sở Nội vụ đề nghị các đơn vị báo cáo.")),
    ("can-cu-lap", decision(bases=(LAW, "Căn cứ Quyết định số 48/2024/QĐ-UBND ngày 22/7/2024 của UBND tỉnh ban hành Định mức",
                                   "Căn cứ Quyết định số 48/2024/QĐ-UBND ngày 22/7/2024 của UBND tỉnh ban hành Định mức chi"))),
    ("don-vi-ten-nguoi", body("Trụ sở tại quận 1.")),
    ("ten-vung", body("Các tỉnh vùng Đông bắc tham dự.")),
    ("nhan-dan", body("Nhà nước và nhân dân cùng làm.")),
    ("nha-nuoc", body("Thực hiện đúng quy định của nhà nước.")),
    ("cach-mang-thang-tam", body("Phong trào Xô Viết Nghệ Tĩnh.")),
    ("thang-bang-chu", body("Lễ hội vào tháng tám âm lịch.")),
    ("chuc-danh-ten-nguoi", body("Ý kiến của phó chủ tịch Nguyễn Thanh Sơn tại cuộc họp.")),
    ("to-chuc-quoc-te", body("Các dự án của Unesco.")),
    ("dia-danh-dac-biet", body("Đại hội tổ chức tại thủ đô Hà Nội.")),
    # --- of schools, communes, ministries
    ("cho-trong", body("Chào mừng “[tên hội nghị]” năm 2026.")),
    ("ten-loai-viet-hoa", body("Theo công văn hướng dẫn số 33/SNV-TĐKT ngày 02/3/2026 của Sở Nội vụ về thi đua.")),
    ("go-trong-noi-dung", body("Trân trọng cảm ơn./.", "# CHỦ TỊCH")),
    ("ngay-thieu-so-0", body("Hội nghị khai mạc vào ngày **7 tháng 10 năm 2026**.")),
    ("thang-thua-so-0", body("Họp ngày 12 tháng 06 tại Sở.")),
    ("thu-khong-khop-ngay", body("Thời gian: 14 giờ, thứ 3 ngày 07/5/2026.")),
    ("khoang-ngay-nguoc", body("Từ ngày 20/6 đến ngày 10/6/2026.")),
    ("viet-tat-ten-loai", body("Theo Quyết định số 10/Qđ-UBND ngày 02/3/2026 của UBND tỉnh về thi đua.")),
    ("cap-huyen", body("Thị trấn Đồng Đăng báo cáo.")),
    ("cap-huyen", body("Giao các quận, huyện rà soát.")),
    ("nhan-dan", body("Lấy ý kiến nhân dân.")),
    ("co-quan-trung-uong", body("Trình Ủy ban thường vụ Quốc hội.")),
    ("sau-dau-cham", body("Đã gửi hồ sơ. đề nghị xem xét.")),
    ("ky-hieu-cong-van", {"symbol": "CV/SNV"}),
    ("dieu-thu-tu", decision(body="**Điều 2.** Tặng.\n\n**Điều 3.** Thi hành.", recipients=("Như Điều 3",))),
    ("phu-luc-so-la-ma", body("Theo Phụ lục số 01 kèm theo.")),
    ("ten-loai-khac-ky-hieu", body("Theo Công văn số 415/KH-SYT ngày 02/3/2026 của Sở Y tế về nhân lực.")),
    ("ten-loai-khac-ky-hieu", body("Theo Công văn số 415/CT-UBND ngày 02/3/2026 của UBND tỉnh về nhân lực.")),
    ("han-truoc-ngay-van-ban", body("Người nộp thuế gửi hồ sơ trước ngày 01/3/2026.")),
    ("lap-tu", body("Các đơn vị trực thuộc thuộc Sở.")),
    ("viet-tat-khong-giai-thich", body("Công ty đã gửi hồ sơ cho các cơ quan, KSG xem xét.")),
    ("khoan-thu-tu", body("1. Về khai thuế.", '“Điều 3. Chi phí".', "3. Về nộp thuế.")),
    ("ngoac-khong-dong", body("“Điều 11. Khai thuế", "8. Khai thuế theo từng lần.", 'Gồm "thuế khoán".')),
    ("ngoac-khong-dong", body("Hội nghị tổng kết (sau đây gọi là Hội nghị.", "a) Nội dung: 1) báo cáo (nếu có); 2) thảo luận.")),
    ("vien-dan-lan-dau", decision(bases=(LAW, "Căn cứ Quyết định số 12/QĐ-UBND của UBND tỉnh sửa đổi, bổ sung Quyết định số "
                                         "08/QĐ-UBND ngày 20 tháng 3 năm 2025 về thi đua"))),
    ("cho-trong", body("Tổng số tiền: [số tiền] x 2.")),
    ("cho-trong", body("Số = [số tiền].")),
    ("trich-yeu-dai", {"subject": "tổ chức thi đua " * 20 + "theo Kế hoạch số 12/KH-UBND ngày 15/01/2026"}),
    ("han-truoc-ngay-van-ban", body("Các đơn vị báo cáo trước 16 giờ 30 phút, ngày 15/4/2026.")),
    ("han-truoc-ngay-van-ban", body("Gửi báo cáo về Sở chậm nhất 17h00 ngày 15 tháng 4 năm 2026.")),
    ("ngay-le", body("Kỷ niệm ngày quốc khánh; dự Lễ mừng ngày quốc khánh của đất nước.")),
    ("cho-trong", body("Theo cấu trúc đã nêu, giao [tên đơn vị] lập hồ sơ.")),
    ("lap-tu", body("Báo cáo theo theo quy định.")),
    ("lap-tu", body("Tổ chức trên trên địa bàn tỉnh.")),
    ("lap-tu", body("Thực hiện tại tại trụ sở.")),
    ("lap-tu", body("Thực hiện các các nhiệm vụ nêu tại tại Kế hoạch.")),
    ("ngoac-khong-dong", body("Phong trào “Chung tay “Vì người nghèo” năm 2026.")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts"), FAULTS, ids=[f"{n}-{row[0]}" for n, row in enumerate(FAULTS)])
def test_it_is_told_in_other_words_too(code, facts):
    assert code in codes(facts)


MENDS = [
    ("dieu-dau-cham", decision(body="**Điều 1:** Tặng.\n\n**Điều 2.** Thi hành."), "**Điều 1.** Tặng."),
    ("dieu-dau-cham", decision(body="**Điều 1** Tặng.\n\n**Điều 2.** Thi hành."), "**Điều 1.** Tặng."),
    ("dieu-dau-cham", decision(body="**Điều 1 -** Tặng.\n\n**Điều 2.** Thi hành."), "**Điều 1.** Tặng."),
    (
        "dieu-dau-cham",
        decision(body="Điều 1 – **Tặng** Bằng khen.\n\nĐiều 2. Thi hành."),
        "Điều 1. **Tặng** Bằng khen.",
    ),
    ("dieu-dau-cham", decision(body="Điều 1:**Tặng** Bằng khen.\n\nĐiều 2. Thi hành."), "Điều 1. **Tặng** Bằng khen."),
    ("dau-het-viet-sai", body("**Đề nghị các đơn vị thực hiện ./.**"), "**Đề nghị các đơn vị thực hiện./.**"),
]


@pytest.mark.parametrize(("code", "facts", "new"), MENDS, ids=[f"{n}-{row[0]}" for n, row in enumerate(MENDS)])
def test_a_line_is_mended_and_keeps_its_emphasis(code, facts, new):
    assert [one.new for one in judge(paper(facts), BUILT_IN, TODAY) if one.rule.code == code] == [new]


def test_an_undated_draft_of_before_the_merger_is_judged_by_the_day_it_was_begun():
    facts = body("Hội nghị tổ chức tại tỉnh Hậu Giang.") | {"date": PartialDate()}
    one = paper(facts)
    assert not judge(one, BUILT_IN, date(2025, 6, 30))
    assert judge(replace(one), BUILT_IN, date(2025, 7, 1))


def test_the_page_ends_what_is_told_with_one_full_stop():
    known = Known(told=("Công văn số 12/SNV-TC ngày 10/01/2026 đã được thay thế.",))
    told = judge(paper({}), BUILT_IN, TODAY, known=known)
    assert [str(one) for one in told] == ["Công văn số 12/SNV-TC ngày 10/01/2026 đã được thay thế"]
