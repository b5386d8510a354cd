"""Days on which offices do not work though it is Monday to Friday, and those on which they do though it is not."""

from django.db import models


class DayOff(models.Model):
    """One day that differs from its day of the week: a holiday, or a Saturday that is worked in the stead of one.

    Source: Bộ luật Lao động 45/2019/QH14, Điều 112, and the yearly announcement of how offices rest.
    """

    day = models.DateField("ngày", unique=True)
    is_worked = models.BooleanField("làm bù", default=False)
    source = models.CharField("theo thông báo", max_length=200, blank=True)
    doubt = models.CharField("chưa chắc vì", max_length=200, blank=True)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {'làm bù' if self.is_worked else 'nghỉ'}"


def known_years() -> set[int]:
    """The years whose holidays somebody entered. One query."""
    return {day.year for day in DayOff.objects.filter(is_worked=False).dates("day", "year")}
