"""How many awards there are of each sort, kept by the database itself while awards come, change and go.

A year's figures are sums of these rows: a year of a million awards has few more sorts than one of ten thousand. On PostgreSQL
triggers keep them (migration ``0014_tallies``) within the transaction of the change, whoever made it. SQLite, where there are few
awards, counts the awards.
"""

from django.db import connection, models
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce, ExtractYear

from units.models import Unit

from ..catalogue.models import AwardType
from ..records.models import Award, SeenQuerySet


class Tally(models.Model):
    """So many awards that stand have all of this in common; several rows may say the same, and are added.

    ``decided_in``: the year of the decision. ``unit``, ``home`` and the classes are the award's; ``gender``, ``ethnicity``
    its recipient's; ``submitter`` its decision's. ``off``: cancelled.
    """

    decided_in = models.PositiveSmallIntegerField("năm ký")
    type = models.ForeignKey(AwardType, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    whom = models.CharField("là", max_length=12)
    position_class = models.CharField("lớp chức vụ", max_length=12)
    body_class = models.CharField("loại tập thể", max_length=12)
    route = models.CharField("loại hình", max_length=12)
    off = models.BooleanField("đã hủy")
    submitter = models.CharField("cơ quan trình Thủ tướng", max_length=10)
    gender = models.CharField("giới tính", max_length=6)
    ethnicity = models.CharField("dân tộc", max_length=20)
    unit = models.ForeignKey(Unit, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False)
    home = models.ForeignKey(Unit, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False)
    n = models.IntegerField("bao nhiêu")

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = "số khen thưởng"
        verbose_name_plural = "số khen thưởng"
        indexes = [
            models.Index("decided_in", "type", Coalesce("unit", 0), Coalesce("home", 0), name="tallies_by_year"),
            models.Index(fields=["unit", "decided_in"], name="tallies_by_unit"),
            models.Index(fields=["home", "decided_in"], name="tallies_by_home"),
        ]

    def __str__(self):
        return f"{self.type_id} {self.decided_in}: {self.n}"


def counted():
    """All awards that stand, one by one, told by the names of a ``Tally``: what tallies add up to."""
    return Award.objects.standing().order_by().annotate(
        decided_in=ExtractYear("decided_on"),
        off=ExpressionWrapper(Q(cancelled_on__isnull=False), BooleanField()),
        submitter=F("decision__submitter"),
        gender=F("recipient__gender"),
        ethnicity=F("recipient__ethnicity"),
        n=Value(1),
    )  # fmt: skip


def tallies(user):
    """Those that ``user`` may see, as rows whose ``n`` are summed."""
    return (Tally.objects.all() if connection.vendor == "postgresql" else counted()).visible_to(user)
