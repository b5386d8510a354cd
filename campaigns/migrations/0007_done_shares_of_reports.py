"""Which duties a launch did is told in a column. The words of reports, which told it, are read here for the last time."""

from collections import defaultdict

from django.db import migrations

from units.models.unit import reachable

BEGINS = "Đã phát động phong trào «"


def fill(apps, schema_editor):
    """Tie each share that was reported done by a launch to the campaign whose name the report tells."""
    campaigns = defaultdict(list)
    for row in apps.get_model("campaigns", "Campaign").objects.exclude(state="draft").only("name", "unit"):
        campaigns[row.name].append(row)
    pairs = apps.get_model("units", "Succession").objects.filter(in_part=False).values_list("successor", "predecessor")
    pairs = [(new, old) for new, old in pairs if new and old]
    reports = apps.get_model("documents", "Report").objects.filter(words__startswith=BEGINS)
    for report in reports.select_related("assignment").iterator(chunk_size=500):
        for campaign in campaigns[_name(report.words, campaigns)]:
            if report.assignment.unit_id in {campaign.unit_id, *reachable(campaign.unit_id, pairs)}:
                campaign.done_shares.add(report.assignment)


def _name(words, known) -> str:
    """The longest name that ``words`` may tell: names have quotes of their own."""
    told = words.removeprefix(BEGINS)
    ends = [place for place, sign in enumerate(told) if sign == "»"]
    return next((told[:place] for place in reversed(ends) if told[:place] in known), "")


class Migration(migrations.Migration):
    """Fills a column from words."""

    dependencies = [("campaigns", "0006_done_shares")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
