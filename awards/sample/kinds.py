"""What statistics tell apart and the ladders of a department's people do not make: enterprises, foreigners, service, tenure."""

from datetime import date

from units.models import Unit

from ..catalogue.models import Route, Whom
from ..recipients.models import BodyClass, Gender, PositionClass, Recipient
from ..records.models import Award, Decision
from .recipients import INVENTED
from .units import Places
from .years import Line

Kind = Unit.Kind
ENTERPRISES = ["Nông sản", "Cơ khí", "Vận tải", "Dược liệu", "Xây dựng", "Xi măng", "Gỗ rừng trồng", "Cấp nước"]
DIRECTORS = ["Lý Văn Mẫu", "Nông Thị Ví Dụ", "Hoàng Văn Giả Định", "Chu Thị Minh Họa", "Vi Văn Thử", "Lương Thị Thử"]
GUESTS = ["Wei Lan (minh họa)", "Li Hua (minh họa)", "Kim Min Ji (minh họa)"]
RETIRED = ["Triệu Văn Mẫu", "Hà Thị Mẫu", "Đàm Văn Mẫu"]


def make(places: Places, people: list[Recipient]) -> dict[Recipient, list[Line]]:
    """{recipient: what was given}, the new ones stored; ``people``: of whom some of the armed forces get medals by years."""
    communes = places.living([Kind.COMMUNE])
    found = {}
    for number, name in enumerate(ENTERPRISES):
        row = _stored(Whom.COLLECTIVE, f"Công ty {name} Minh Họa", communes[number], body_class=BodyClass.ENTERPRISE)
        found[row] = list(_of_an_enterprise(row, number))
    for number, name in enumerate(DIRECTORS):
        row = _person(name, communes[number], number, post="Giám đốc công ty", position_class=PositionClass.BUSINESS)
        found[row] = [_line(row, "BKT", 2017 + number + n * 3, by="province") for n in range(2)]
    for number, name in enumerate(GUESTS):
        row = _person(name, None, number, post="Người nước ngoài", position_class=PositionClass.DIRECT)
        found[row] = [_line(row, "BKT", 2018 + number * 3, by="province", route=Route.FOREIGN)]
    for number, name in enumerate(RETIRED):
        row = _person(name, communes[0], number, post="Nghỉ hưu", position_class=PositionClass.PROVINCE)
        found[row] = [_line(row, "HCLD2", 2019 + number * 3, by="president", route=Route.SERVICE)]
    for number, row in enumerate([row for row in people if row.groups == "armed"][:12]):
        line = _line(row, "HCCSVV3", 2018 + number % 8, by="president", route=Route.TENURE)
        found[row] = [line]
    return found


def _of_an_enterprise(row, number):
    for year in range(2016 + number % 3, 2026, 3):
        yield _line(row, "BKT", year, by="province")
    if number % 3 == 0:
        yield _line(row, "CTDT", 2022 + number % 4, by="province")
    if number == 4:
        yield _line(row, "BKTTG", 2023, by="premier")


def _line(row, code, year, **facts):
    month = 3 if facts["by"] == "province" else 9
    return Line(row, code, year, date(year + 1, month, 5 + year % 20), **facts)


def _person(name, unit, number, **facts):
    gender = [Gender.MALE, Gender.FEMALE][number % 2]
    return _stored(Whom.PERSON, name, unit, gender=gender, began_on=date(1960 + number, 5, 2), **facts)


def _stored(kind, name, unit, **facts):
    return Recipient.objects.create(kind=kind, name=name, unit=unit, note=INVENTED, sample=True, **facts)


def leave_open():
    """What an officer finds to mend: who was not written down, who laid it before the Premier; one that a ministry did."""
    recent = Award.objects.filter(recipient__sample=True, type__code="BKT", decided_on__year=2026)
    for whom, field in ((Whom.PERSON, "position_class"), (Whom.COLLECTIVE, "body_class")):
        keys = list(recent.filter(whom=whom).order_by("pk").values_list("pk", flat=True)[:2])
        Award.objects.filter(pk__in=keys).update(**{field: ""})
    of_the_premier = Decision.objects.filter(sample=True, office__code="premier").order_by("day", "pk")
    first, last = of_the_premier.first(), of_the_premier.last()
    Decision.objects.filter(pk=first.pk).update(submitter=Decision.Submitter.MINISTRY)
    Decision.objects.filter(pk=last.pk).update(submitter="")
