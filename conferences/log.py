"""What the log of changes tells of among conferences."""

from django.db import models


class About(models.TextChoices):
    """What changed."""

    PLAN = "conference_plan", "Kế hoạch hội nghị, đại hội"
    SERVING = "serving", "Đơn vị tập trung chống dịch"
    EVENT = "conference", "Hội nghị, đại hội"
    DELEGATE = "delegate", "Đại biểu"
    DELEGATION = "delegation", "Đoàn đại biểu"
    DOOR = "door", "Cửa điểm danh"
