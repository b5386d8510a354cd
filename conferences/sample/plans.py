"""The plan of 2019–2020 (V of the province, X of the nation), as far as the letter of February 2020 and the guidance tell."""

from datetime import date

from documents.models import Document

from ..plans.models import Level, Plan, Required


def play(by):
    """The plan 125/KH-UBND with its three windows (Hướng dẫn 1149/HD-BTĐKT, which the plan is expected to follow)."""
    plan = Plan.objects.create(
        name="Hội nghị biểu dương điển hình tiên tiến các cấp và Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ V",
        number=5, national=10, serves_from=2015, serves_until=2020, recognised_from=date(2015, 9, 1),
        document=Document.objects.filter(reference="125/KH-UBND", year=2019).first(),
        state=Plan.State.ISSUED, issued_on=date(2019, 7, 17), by=by, sample=True,
    )  # fmt: skip
    Level.objects.bulk_create(
        Level(plan=plan, position=place, **facts)
        for place, facts in enumerate(
            [
                {
                    "name": "Cơ sở", "unit_kinds": ["commune", "office", "enterprise"], "begins_on": date(2020, 1, 1),
                    "ends_on": date(2020, 3, 31), "full_below": 200, "sent_up": 2,
                },
                {
                    "name": "Trên cơ sở", "unit_kinds": ["department", "front", "district"],
                    "begins_on": date(2020, 4, 1), "ends_on": date(2020, 6, 30), "sent_up": 5,
                },
                {
                    "name": "Tỉnh", "unit_kinds": ["province"], "begins_on": date(2020, 7, 1),
                    "ends_on": date(2020, 9, 30), "is_congress": True,
                },
            ]
        )
    )  # fmt: skip
    Required.objects.create(plan=plan, words="Báo cáo kết quả phong trào thi đua 5 năm", minutes=30)
