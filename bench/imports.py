"""How long does a list of 100,000 persons take from the Excel file to the register, and how much memory?

    bin/with-postgresql .venv/bin/python bench/imports.py [rows]

The same file goes twice into a database that knows a third of the persons: by this program (columns recognised, every row
checked, stored, doubles sought), and by django-import-export with what it does by default, without the dry run of its admin.
That package is no part of this program; PYTHONPATH may name a folder that has it (pip install --target FOLDER --no-deps
django-import-export tablib diff-match-patch). Figures are CPU seconds of this process and of its database, and the most memory
that each step holds; the last line sums them up.
"""

import importlib.util
import random
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from sizes import Database  # sets Django up, before any model is imported

from awards.decisions import actions
from awards.models import Award, AwardType, Decision, Entry, Office, Recipient
from documents.jobs.working import enlist, work_once
from documents.models import Job
from units.models import Role, Unit, User

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
UNITS, DAY, MB = 300, date(2024, 12, 25), 1024
HEADS = [
    "STT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ", "Tên đơn vị/tập thể công tác", "Mã phân loại cán bộ",
    "Danh hiệu thi đua", "Năm thành tích", "Số tiền thưởng", "Thành tích",
]  # fmt: skip
# Three strings read better than sixty quoted words.
_WORDS = (
    "Nông Hoàng Lương Triệu Vi Lý Hà Chu Bế Lộc Đàm Dương Hứa Mông Linh Phùng Tô Âu Nguyễn Trần",
    "Văn Thị Đức Thu Quang Ngọc Minh Bích Xuân Kim Thanh Hồng Mạnh Hữu Công Diệu",
    "An Bảo Chi Cường Dũng Đạt Giang Hà Hải Hiền Hòa Huệ Hùng Hương Khánh Lan Lâm Linh Mai Nga Phúc Quyên Sơn",
)
FAMILIES, MIDDLE, GIVEN = (words.split() for words in _WORDS)
POSTS = ["Chuyên viên", "Phó Trưởng phòng", "Trưởng phòng", "Giáo viên", "Kế toán", "Văn thư"]
# What an account that takes part in one database transaction is timed by.
TICKS = 100


def persons():
    """(name, gender, birth, post, unit, award) of each row; the same each time, nobody twice."""
    dice, seen = random.Random(11), set()  # noqa: S311
    while len(seen) < ROWS:
        middle = dice.choice(MIDDLE)
        name = f"{dice.choice(FAMILIES)} {middle} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"
        born = date(1962, 1, 1) + timedelta(days=dice.randrange(14_000))
        if (name, born) in seen:
            continue
        seen.add((name, born))
        yield (
            name,
            "Nữ" if middle == "Thị" else "Nam",
            born,
            dice.choice(POSTS),
            dice.randrange(UNITS),
            dice.random() < 0.8,
        )


def written(folder) -> Path:
    """The file."""
    path = Path(folder) / "danh-sach.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day, sheet = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_worksheet("DANHSACH")
        sheet.write_row(0, 0, HEADS)
        for row, (name, gender, born, post, unit, usual) in enumerate(persons(), start=1):
            sheet.write_row(row, 0, [row, name, gender])
            sheet.write_datetime(row, 3, born, day)
            award = "Chiến sĩ thi đua cấp tỉnh" if usual else "Bằng khen của Chủ tịch UBND tỉnh"
            sheet.write_row(
                row, 4, [post, f"Đơn vị {unit}", "1660638976", award, 2024, 1_500_000, "Thành tích xuất sắc"]
            )
    return path


def fill():
    """Units, accounts, and a third of the persons."""
    call_command("load_catalogue", verbosity=0)
    home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department")
    units = [Unit.objects.create(code=f"dv-{n}", name=f"Đơn vị {n}", kind="commune") for n in range(UNITS)]
    User.objects.create_user("officer", full_name="Hòa", unit=home, role=Role.OFFICER)
    rows = [
        Recipient(kind="person", name=name, began_on=born, began_year=born.year, unit=units[unit])
        for nth, (name, _, born, _, unit, _) in enumerate(persons())
        if nth % 3 == 0
    ]
    from awards.recipients.unit_words import UnitWords

    words = UnitWords()
    for row in rows:
        row.tidy(words)
    Recipient.objects.bulk_create(rows, batch_size=5000)


class Meter:
    """What each step takes: {name: (CPU seconds here, those of the database, most MB held, seconds)}."""

    def __init__(self):
        self.steps = {}

    @contextmanager
    def step(self, name):
        """Measure what is within."""
        Path("/proc/self/clear_refs").write_text("5")
        backend, base = _cpu_of_database(), _memory("VmRSS")
        cpu, clock = time.process_time(), time.perf_counter()
        yield
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        self.steps[name] = (cpu, _cpu_of_database() - backend, _memory("VmHWM"), clock)
        print(
            f"{name:22}{cpu:8.1f} s CPU{self.steps[name][1]:8.1f} s in the database{clock:8.1f} s in all,"
            f" most memory {self.steps[name][2]:.0f} MB, {base:.0f} MB before"
        )

    def sum(self, names) -> float:
        """CPU seconds, here and in the database."""
        return sum(sum(self.steps[name][:2]) for name in names)


def _memory(name) -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / MB


def _cpu_of_database() -> float:
    """CPU seconds of the process of the database that answers this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / TICKS


def ours(path, meter):
    """By this program, as an officer does it."""
    officer, office = User.objects.get(username="officer"), Office.objects.get(code="province")
    shared = {"year": 2024, "first_year": None, "route": "merit", "award": None, "deed": ""}
    decision = actions.begin(
        Decision(number="1/QĐ-UBND", day=DAY, office=office, subject="Tặng thưởng"), by=officer, shared=shared
    )
    file = ContentFile(path.read_bytes(), name="danh-sach.xlsx")
    with meter.step("ours: file taken"):
        assert actions.send_file(decision, file, by=officer)
    worker = enlist()
    with meter.step("ours: checked"):
        actions.check_apart(decision, by=officer)
        work_once(worker)
    report = Entry.objects.get(decision=decision).report
    assert (report["lines"], report["fault_count"], report["probable"]) == (ROWS, 0, 0), report["faults"]
    with meter.step("ours: stored"):
        actions.store_apart(decision, by=officer)
        work_once(worker)
    assert Job.objects.first().state == "done", Job.objects.first().message
    print(Job.objects.first().message)
    assert Award.objects.count() == ROWS


def theirs(path, meter):
    """By import-export: a resource as its manual shows one, with those who are not there made on the way."""
    import tablib
    from import_export import fields, resources, widgets

    decision = Decision.objects.create(
        number="2/QĐ-UBND", day=DAY, office=Office.objects.get(code="province"), subject="Tặng thưởng",
        by=User.objects.get(username="officer"),
    )  # fmt: skip
    types = {"Chiến sĩ thi đua cấp tỉnh": "CSTDT", "Bằng khen của Chủ tịch UBND tỉnh": "BKT"}

    class AwardResource(resources.ModelResource):
        recipient = fields.Field("recipient", "recipient", widgets.ForeignKeyWidget(Recipient))
        type = fields.Field("type", "Danh hiệu thi đua", widgets.ForeignKeyWidget(AwardType, "code"))
        unit = fields.Field("unit", "Tên đơn vị/tập thể công tác", widgets.ForeignKeyWidget(Unit, "name"))
        position = fields.Field("position", "STT", widgets.IntegerWidget())
        name = fields.Field("name", "Họ và tên")
        post = fields.Field("post", "Chức vụ")
        year = fields.Field("year", "Năm thành tích", widgets.IntegerWidget())
        deed = fields.Field("deed", "Thành tích")

        class Meta:
            model = Award
            fields = ("recipient", "type", "unit", "position", "name", "post", "year", "deed")
            import_id_fields = ("position",)

        def get_queryset(self):
            return Award.objects.filter(decision=decision)

        def before_import_row(self, row, **kwargs):
            row["Danh hiệu thi đua"] = types[row["Danh hiệu thi đua"]]
            unit = Unit.objects.get(name=row["Tên đơn vị/tập thể công tác"])
            born = row["Ngày sinh"].date()
            known = {"kind": "person", "name": row["Họ và tên"], "began_on": born, "unit": unit}
            row["recipient"] = Recipient.objects.get_or_create(**known, defaults={"began_year": born.year})[0].pk

        def before_save_instance(self, instance, row, **kwargs):
            instance.decision, instance.decided_on = decision, DAY

    with meter.step("import-export"):
        with path.open("rb") as file:
            rows = tablib.Dataset().load(file.read(), format="xlsx")
        result = AwardResource().import_data(rows)
    assert not result.has_errors(), result.row_errors()[:1]
    assert Award.objects.filter(decision=decision).count() == ROWS


def main():
    """Both ways, ours first."""
    if connection.vendor != "postgresql":
        sys.exit("On PostgreSQL: bin/with-postgresql .venv/bin/python bench/imports.py")
    meter, told = Meter(), {}
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder)
        print(f"{ROWS:,} rows, {path.stat().st_size / 1e6:.1f} MB as a file")
        # In the usual database, which the thread that tells of progress asks too.
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        ours(path, meter)
        mine = meter.sum(meter.steps)
        memory = max(step[2] for step in meter.steps.values())
        told |= {"rows": ROWS, "ours_cpu_s": f"{mine:.1f}", "ours_memory_mb": f"{memory:.0f}"}
        if importlib.util.find_spec("import_export"):
            other = Database("theirs")
            with other.used():
                fill()
            other.settle()
            with other.used():
                theirs(path, meter)
            cost = meter.sum(["import-export"])
            told |= {"import_export_cpu_s": f"{cost:.1f}", "gain": f"{cost / mine:.1f}"}
            told["import_export_memory_mb"] = f"{meter.steps['import-export'][2]:.0f}"
        else:
            print("django-import-export is not installed: only this program is measured")
    print(" ".join(f"{name}={value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
