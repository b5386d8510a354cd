"""What the log of changes tells of among clusters."""

from django.db import models


class About(models.TextChoices):
    """What changed."""

    DIVISION = "division", "Phân cụm"
    ACTIVITY = "activity", "Hoạt động"
    PACT = "pact", "Giao ước"
    CRITERIA = "criteria", "Bộ tiêu chí"
    SCORES = "scores", "Chấm điểm"
    BALLOT = "ballot", "Bỏ phiếu"
