"""Shares of votes by law and date.

Sources: Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7; before and after it the same shares are taken over unseen, and say so.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

FLAGS = ["Cờ thi đua của UBND tỉnh", "Cờ thi đua của Chính phủ"]
BEGAN = date(2017, 10, 1)  # Nghị định 91/2017/NĐ-CP
EIGHTY = Decimal(80)

# (since, until, citation, uncertain)
OF_FLAGS = [
    (
        BEGAN,
        date(2023, 12, 31),
        "Nghị định 91/2017/NĐ-CP ngày 31/7/2017; mức 80 % tạm lấy theo Nghị định 98/2023/NĐ-CP",
        True,
    ),
    (
        date(2024, 1, 1),
        date(2025, 6, 30),
        "Khoản 7 Điều 30 Nghị định 98/2023/NĐ-CP ngày 31/12/2023 (phiếu của hội đồng cấp trình)",
        False,
    ),
    (
        date(2025, 7, 1),
        None,
        "Nghị định 152/2025/NĐ-CP ngày 14/6/2025; mức 80 % tạm lấy theo khoản 7 Điều 30 Nghị định 98/2023/NĐ-CP",
        True,
    ),
]
OFFICE = "Mức chung do cơ quan đặt, tạm lấy bằng mức của cờ thi đua; chưa có quy định riêng"
OF_OFFICE = ["Bằng khen của Chủ tịch UBND tỉnh", ""]


def add_rules(apps, schema_editor):
    """The rows that are missing."""
    rules = apps.get_model("clusters", "VoteRule").objects
    rows = [(name, *row) for name in FLAGS for row in OF_FLAGS]
    rows += [(name, BEGAN, None, OFFICE, True) for name in OF_OFFICE]
    for name, since, until, citation, uncertain in rows:
        facts = {"percent": EIGHTY, "until": until, "citation": citation, "uncertain": uncertain}
        rules.get_or_create(name=name, since=since, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0001_initial")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
