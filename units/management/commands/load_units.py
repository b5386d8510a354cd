"""Load the public facts of Lạng Sơn: units of 2020 and of today, their years of life, and what became of them."""

from django.core.management.base import BaseCommand
from django.db import transaction

from units import data
from units.models import DayOff, Sector, Succession, Unit, UnitChange


class Command(BaseCommand):
    """Adds what is missing and leaves alone what is there, so that the office's own corrections stay.

    A change is loaded for units that this run added; a pair that the office took out does not come back.
    """

    help = "Nạp danh mục đơn vị của tỉnh Lạng Sơn (năm 2020 và hiện nay). Chạy lại không thay đổi gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Store sectors, units and changes, and say how many were new."""
        added = self.add_units(self.sectors())
        pairs = sum(self.add_change(facts, added) for facts in data.changes())
        self.add_days_off()
        self.stdout.write(f"Đơn vị: thêm {len(added)}, tổng số {Unit.objects.count()}. Quan hệ kế thừa: thêm {pairs}.")

    def add_days_off(self):
        """The holidays of years of which there are none yet."""
        years = set(DayOff.objects.dates("day", "year"))
        rows = [row for row in data.days_off() if row["day"].replace(month=1, day=1) not in years]
        DayOff.objects.bulk_create(DayOff(**row) for row in rows)

    def sectors(self) -> dict[str, Sector]:
        """Every sector by code, missing ones added."""
        for code, name in data.sectors().items():
            Sector.objects.get_or_create(code=code, defaults={"name": name, "is_health": code == data.HEALTH})
        return {sector.code: sector for sector in Sector.objects.all()}

    def add_units(self, sectors: dict[str, Sector]) -> dict[str, Unit]:
        """The units that were missing, by code."""
        known = {unit.code: unit for unit in Unit.objects.all()}
        added = {}
        for row in data.units():
            if row["code"] in known:
                continue
            sector, superior = sectors.get(row.get("sector")), known.get(row["superior"])
            unit = Unit.objects.create(**row | {"sector": sector, "superior": superior})
            known[unit.code] = added[unit.code] = unit
        return added

    def add_change(self, facts: data.ChangeFacts, added: dict[str, Unit]) -> int:
        """Store the pairs of one change that touch a unit of ``added``; their number."""
        moves = [move for move in facts.moves if move[0] in added or move[1] in added]
        if not moves:
            return 0
        change, _ = UnitChange.objects.get_or_create(
            kind=facts.kind, date=facts.date, citation=facts.citation, note=facts.note
        )
        known = Unit.objects.in_bulk({code for move in moves for code in move[:2]}, field_name="code")
        for old, new, in_part in moves:
            Succession.objects.create(change=change, predecessor=known[old], successor=known.get(new), in_part=in_part)
        return len(moves)
