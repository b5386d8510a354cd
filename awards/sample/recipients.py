"""1,500 invented recipients: persons of the loaded units, the units themselves, rooms and schools of theirs, households."""

from datetime import date
from random import Random

from units.models import Unit

from ..catalogue.models import Whom
from ..recipients.models import BodyClass, Gender, PositionClass, Recipient
from ..recipients.unit_words import UnitWords
from .units import Places

Kind = Unit.Kind
PERSONS, ROOMS, HOUSEHOLDS, FARMERS = 1180, 110, 50, 30
KINDS = (Kind.DEPARTMENT, Kind.PARTY, Kind.FRONT, Kind.CENTRAL, Kind.COMMUNE)
# One string and a split read better than sixty quoted words.
_SURNAMES = "Nông Hoàng Lương Triệu Vi Lý Hà Chu Bế Lộc Đàm Dương Hứa Mông Linh Phùng Tô Âu"
_OF_MEN = (
    "Văn Đức Quang Minh Xuân Hữu Công Trọng",
    "Bảo Cường Dũng Đạt Hải Hiếu Kiên Lâm Long Nam Phong Quân Sơn Thắng Tùng",
)
_OF_WOMEN = (
    "Thị Thu Ngọc Bích Kim Minh Thanh Hồng",
    "Chi Dung Duyên Hà Hiền Huệ Hương Lan Linh Loan Mai Nga Nhung Thảo Vân",
)
SURNAMES = _SURNAMES.split()
MALE, FEMALE = ([words.split() for words in pair] for pair in (_OF_MEN, _OF_WOMEN))
ETHNICITIES = ["nung"] * 43 + ["tay"] * 36 + ["kinh"] * 16 + ["dao"] * 3 + ["hoa", "san-chay"]
POSTS = [
    ("Giám đốc", PositionClass.DEPARTMENT, 1),
    ("Phó Giám đốc", PositionClass.DEPARTMENT, 2),
    ("Trưởng phòng", PositionClass.OTHER, 4),
    ("Phó Trưởng phòng", PositionClass.OTHER, 5),
    ("Chuyên viên", PositionClass.DIRECT, 16),
    ("Nhân viên", PositionClass.DIRECT, 4),
]
COMMUNE_POSTS = [
    ("Chủ tịch", PositionClass.OTHER, 1),
    ("Phó Chủ tịch", PositionClass.OTHER, 2),
    ("Công chức", PositionClass.DIRECT, 10),
]
ROOM_NAMES = ["Văn phòng", "Phòng Tổ chức - Hành chính", "Phòng Kế hoạch - Tài chính", "Phòng Nghiệp vụ", "Thanh tra"]
INVENTED = "Nhân vật, tập thể minh họa: không có thật."


def make(random: Random, places: Places) -> list[Recipient]:
    """All of them, stored."""
    units = places.living(KINDS)
    rows = [_person(random, units[number % len(units)]) for number in range(PERSONS)]
    rows += [_farmer(random, unit) for unit in random.choices(places.living([Kind.COMMUNE]), k=FARMERS)]
    rows += [_unit(unit) for unit in _bodies(places)]
    rows += [_room(units[number % len(units)], number) for number in range(ROOMS)]
    rows += [_household(random, unit) for unit in random.choices(places.living([Kind.COMMUNE]), k=HOUSEHOLDS)]
    words = UnitWords()
    for row in rows:
        row.sample, row.note = True, row.note or INVENTED
        row.tidy(words)
    return Recipient.objects.bulk_create(rows, batch_size=500)


def _bodies(places):
    """The units that are recipients: those of today, and the districts and departments that ended."""
    old = [unit for unit in places.units.values() if unit.ended and unit.kind in (Kind.DEPARTMENT, Kind.DISTRICT)]
    return places.living(KINDS) + sorted(old, key=lambda unit: unit.code)


def _name(random, gender):
    middle, given = FEMALE if gender == Gender.FEMALE else MALE
    return f"{random.choice(SURNAMES)} {random.choice(middle)} {random.choice(given)}"


def _person(random, unit):
    gender = random.choice(Gender.values)
    posts = COMMUNE_POSTS if unit.kind == Kind.COMMUNE else POSTS
    post, position, _ = random.choices(posts, [weight for *_, weight in posts])[0]
    return Recipient(
        kind=Whom.PERSON,
        name=_name(random, gender),
        unit=unit,
        gender=gender,
        began_on=date(random.randint(1966, 1994), random.randint(1, 12), random.randint(1, 28)),
        ethnicity=random.choice(ETHNICITIES),
        post=post,
        position_class=position,
        groups="armed" if unit.code in ("cong-an-tinh", "bch-quan-su-tinh", "bch-bo-doi-bien-phong-tinh") else "",
    )


def _farmer(random, unit):
    row = _person(random, unit)
    row.post, row.position_class, row.groups = "Nông dân", PositionClass.DIRECT, "farmer"
    row.address = f"Thôn minh họa, {unit.name.removeprefix('UBND ')}"
    return row


def _unit(unit):
    return Recipient(
        kind=Whom.COLLECTIVE,
        name=unit.name,
        unit=unit,
        is_unit=True,
        began_on=unit.founded,
        ended_on=unit.ended,
        may_receive_flags=True,
        body_class=BodyClass.OFFICE,
        groups="commune" if unit.kind == Kind.COMMUNE else "",
        note="Đơn vị có thật; khen thưởng ghi ở đây là minh họa, trừ dòng có ghi nguồn công khai.",
    )


def _room(unit, number):
    return Recipient(
        kind=Whom.COLLECTIVE,
        name=f"{ROOM_NAMES[number % len(ROOM_NAMES)]}, {unit.short_name or unit.name}",
        unit=unit,
        began_on=date(2005, 1, 1),
        may_receive_flags=False,
        body_class=BodyClass.OFFICE,
    )


def _household(random, unit):
    head = _name(random, random.choice(Gender.values))
    return Recipient(
        kind=Whom.HOUSEHOLD,
        name=f"Hộ gia đình {head}",
        head=head,
        unit=unit,
        members=random.randint(2, 6),
        address=f"Thôn minh họa, {unit.name.removeprefix('UBND ')}",
    )
