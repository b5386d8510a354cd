"""What the log of changes tells of among awards."""

from django.db import models


class About(models.TextChoices):
    """What changed."""

    CATALOGUE = "catalogue", "Danh mục"
    RECIPIENT = "recipient", "Cá nhân, tập thể, hộ gia đình"
    DECISION = "decision", "Quyết định khen thưởng"
    RECORD = "record", "Sáng kiến, xếp loại, kỷ luật"
