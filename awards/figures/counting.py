"""The awards that figures count, told by the names that figures ask for."""

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import ExtractYear

from ..records.models import Award


def awards_for(user):
    """Those that stand and that ``user`` may see, cancelled ones marked ``off``; ``decided_in``: the year of the decision."""
    return Award.objects.visible_to(user).standing().order_by().annotate(
        decided_in=ExtractYear("decided_on"),
        off=ExpressionWrapper(Q(cancelled_on__isnull=False), BooleanField()),
        submitter=F("decision__submitter"),
        gender=F("recipient__gender"),
        ethnicity=F("recipient__ethnicity"),
    )  # fmt: skip
