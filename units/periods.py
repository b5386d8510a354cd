"""What holds from a day to a day: posts, books, rules of law, absences. The first and the last day count."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

ENDS_TOO_EARLY = "Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày."


def within(day: date, prefix: str = "") -> Q:
    """For rows that are joined to a period by ``prefix`` (``terms__``): whether it includes ``day``."""
    since, until = f"{prefix}since", f"{prefix}until"
    begun = Q(**{since: None}) | Q(**{f"{since}__lte": day})
    return begun & (Q(**{until: None}) | Q(**{f"{until}__gte": day}))


class InForceQuerySet(models.QuerySet):
    """Which periods count on a day."""

    def in_force(self, on: date):
        """Those that include the day ``on``."""
        return self.filter(within(on))


class InForce(models.Model):
    """Something that holds from ``since``, where that is known, to ``until``, where that is set.

    ``apart``: the fields by which rows are of one thing, of which no two may hold on one day; none where they may.
    """

    apart = ()

    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="%(class)s_ends_after_it_began",
                violation_error_message=ENDS_TOO_EARLY,
            )
        ]

    def in_force(self, on: date) -> bool:
        """Whether it includes the day ``on``."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def clean(self):
        """Raise ``ValidationError`` beside the day that is wrong."""
        super().clean()
        if faults := self.faults_of_days():
            raise ValidationError(faults)

    def faults_of_days(self) -> dict[str, str]:
        """{field: what is wrong with it}: it ends before it begins, or another of the same thing holds by then."""
        if self.since and self.until and self.until < self.since:
            return {"until": ENDS_TOO_EARLY}
        other = self.overlapping().first()
        return {"since": f"Trùng thời gian với «{other}». Hãy sửa lại ngày."} if other else {}

    def overlapping(self):
        """The other rows of the same thing that hold on a day on which this one does."""
        rows = type(self)._default_manager.exclude(pk=self.pk)
        if not self.apart:
            return rows.none()
        # By key, so that what is still to be chosen is none.
        rows = rows.filter(**{name: getattr(self, self._meta.get_field(name).attname) for name in self.apart})
        if self.until:
            rows = rows.filter(Q(since=None) | Q(since__lte=self.until))
        return rows.filter(Q(until=None) | Q(until__gte=self.since)) if self.since else rows
