"""What the log of changes tells of among awards."""

from django.db import models


class About(models.TextChoices):
    """What changed."""

    CATALOGUE = "catalogue", "Danh mục"
    RECIPIENT = "recipient", "Cá nhân, tập thể, hộ gia đình"
    IDENTITY = "identity", "Xem số căn cước"
    DOUBLE = "double", "Cặp có thể trùng"
    DECISION = "decision", "Quyết định khen thưởng"
    INITIATIVE = "initiative", "Sáng kiến, đề tài"
    RATING = "rating", "Xếp loại hằng năm"
    TEAM = "team", "Số người của tập thể"
    PAUSE = "pause", "Kỷ luật, tạm dừng"
