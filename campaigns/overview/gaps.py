"""What a campaign answers in the gaps of texts that papers about it begin from."""

from django.db.models import Count, Sum

from documents.areas.records import Records
from documents.source.vietnamese import count_text, full_day
from units.permissions import may_oversee

from ..adjustments.papers import LETTER
from ..area import CAMPAIGNS, LAUNCH, REPORT
from ..campaign.models import Campaign
from ..campaign.papers import named
from ..joinings.models import Joining
from ..launches import papers as launch_papers
from ..reviews import papers as review_papers
from ..reviews.models import Review


def _joined(what):
    """A function that counts who joined: ``units``, ``people`` or ``collectives``. Only for those who read of all of them."""

    def told(campaign, user):
        if not (may_oversee(user) or campaign.unit_id in user.inherited_units):
            return ""
        counts = {"units": Count("pk"), "people": Sum("people"), "collectives": Sum("collectives")}
        number = Joining.objects.filter(campaign=campaign).aggregate(number=counts[what])["number"]
        return count_text(number) if number else ""

    return told


OF_CAMPAIGN = Records(
    CAMPAIGNS, "phong-trao", "Phong trào",
    lambda user: Campaign.objects.visible_to(user).select_related("unit").order_by("-pk"),
    {
        "đơn vị": lambda row, user: row.unit.name,
        "phong trào": lambda row, user: named(row),
        "số đơn vị": _joined("units"),
        "số người": _joined("people"),
        "số tập thể": _joined("collectives"),
        "năm": lambda row, user: row.begins_on.year,
        "ngày": lambda row, user: full_day(row.begins_on),
        "đến ngày": lambda row, user: full_day(row.ends_on),
    },
)  # fmt: skip


def _reviewed(key):
    """The campaign of a review."""
    return Review.objects.filter(pk=key).values_list("campaign", flat=True).first()


for _papers in (LAUNCH, LETTER, launch_papers.REMINDER):
    OF_CAMPAIGN.are_told_by(_papers)
for _papers in (REPORT, review_papers.REMINDER):
    OF_CAMPAIGN.are_told_by(_papers, _reviewed)
