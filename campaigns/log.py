"""What the log of changes tells of among campaigns."""

from django.db import models


class About(models.TextChoices):
    """What changed."""

    CAMPAIGN = "campaign", "Phong trào"
    JOINING = "joining", "Hưởng ứng"
    EXAMPLE = "example", "Gương điển hình"
