"""What the log of changes tells of among awards."""

from django.db import models


class About(models.TextChoices):
    """What changed. Each table of the catalogue is one, by the name of its model: their keys are their own."""

    AWARD_TYPE = "awardtype", "Danh hiệu, hình thức"
    OFFICE = "office", "Thẩm quyền"
    DEFINITION = "definition", "Tên danh hiệu, hình thức"
    DECIDER = "decider", "Thẩm quyền quyết định"
    MEASURE = "measure", "Mức, tỷ lệ"
    STATEMENT = "statement", "Quy định bằng lời"
    CRITERION = "criterion", "Tiêu chuẩn"
    AMENDMENT = "amendment", "Văn bản sửa đổi, bổ sung"
    RECIPIENT = "recipient", "Cá nhân, tập thể, hộ gia đình"
    IDENTITY = "identity", "Xem số căn cước"
    DOUBLE = "double", "Cặp có thể trùng"
    DECISION = "decision", "Quyết định khen thưởng"
    INITIATIVE = "initiative", "Sáng kiến, đề tài"
    RATING = "rating", "Xếp loại hằng năm"
    TEAM = "team", "Số người của tập thể"
    PAUSE = "pause", "Kỷ luật, tạm dừng"
    REGISTRATION = "registration", "Đăng ký danh hiệu thi đua"
    DOSSIER = "dossier", "Hồ sơ đề nghị khen thưởng"
    OPINION = "opinion", "Lấy ý kiến"
    COUNCIL = "council", "Hội đồng Thi đua - Khen thưởng"
    MEETING = "meeting", "Cuộc họp, lấy phiếu của Hội đồng"
    PAYMENT = "payment", "Tiền thưởng"
    FUND = "fund", "Quỹ thi đua, khen thưởng"
    BUDGET = "budget", "Dự toán quỹ"
    HEAD = "head", "Nguồn thu, nội dung chi của quỹ"
    HELD_POST = "held_post", "Chức vụ đã giữ"
