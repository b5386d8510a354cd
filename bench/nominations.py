"""Is a year's end quick? A file of 500 checked, a council of 300 nominations, a decision of 3,000 rows: and a tenth of each.

    bin/with-postgresql .venv/bin/python bench/nominations.py

Both sizes stand in databases of their own and are asked in turn. Steps that change rows are taken once; pages are medians of
whole requests. Processor seconds are the program's alone, without the database's; the last line sums all up.
"""

import statistics
import time
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from sizes import Database  # sets Django up, before any model is imported

from awards.council import actions as meetings
from awards.council import agenda, counting, makeup
from awards.council.models import Council, Meeting, Member
from awards.council.rules import items_of, seat_of
from awards.issuing import actions as issuing
from awards.issuing import papers
from awards.issuing.models import Paper
from awards.models import Award, AwardType, Decision, Dossier, Nomination, Recipient
from documents.models import Document
from documents.printing.pages import set_pages
from units.models import Capacity, Official, Role, Term, Unit, User

ROUNDS = 7
MEMBERS = 17
# Checked in a file, voted on by a council, decided on.
SMALL, LARGE = (50, 30, 300), (500, 300, 3000)
KINDS = ["collective", *["person"] * 8, "household"]
# Steps that store more rows than one statement takes.
BATCHED = ("compose", "issue")
TODAY = timezone.localdate()


class Step:
    """What one step took: seconds, those of the processor, questions to the database."""

    def __init__(self, act):
        asked = []
        with connection.execute_wrapper(lambda execute, *call: asked.append(1) or execute(*call)):
            begun, worked = time.perf_counter(), time.process_time()
            self.made = act()
            self.cpu, self.seconds = time.process_time() - worked, time.perf_counter() - begun
        self.queries = len(asked)


class Year:
    """One database with a file, a council and a decision of the sizes given, each at the point from which it is measured."""

    def __init__(self, name, sizes):
        self.database = Database(name)
        with self.database.used():
            self._people()
            to_check, to_vote, to_decide = sizes
            self.file = self._file(to_check, Dossier.State.RECEIVED, Nomination.State.IN_FILE)
            laid_before = self._file(to_vote, Dossier.State.APPRAISED, Nomination.State.FIT)
            self.decided_on = self._file(to_decide, Dossier.State.APPRAISED, Nomination.State.PASSED)
            self.meeting = self._meeting(laid_before)
        self.database.settle()

    def _people(self):
        call_command("load_catalogue", verbosity=0)
        province = Unit.objects.create(
            code="ubnd-tinh", name="UBND tỉnh", kind="province", symbol="UBND", place="Lạng Sơn",
            letterhead="ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
        )  # fmt: skip
        self.home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department", superior=province)
        chairman = Official.objects.create(name="Hoàng Văn Mẫu")
        Term.objects.create(
            official=chairman, unit=province, post="Chủ tịch", capacity=Capacity.OWN, since=date(TODAY.year - 3, 1, 1)
        )
        self.officer = User.objects.create_user("officer", full_name="Hòa", unit=self.home, role=Role.OFFICER)
        self.member = User.objects.create_user("member", full_name="Vinh", role=Role.COUNCIL_MEMBER)
        self.units = Unit.objects.bulk_create(
            Unit(code=f"dv-{n}", name=f"Đơn vị {n}", kind="commune", search_text=f" don vi {n} ", sort_text=f"{n:04}")
            for n in range(40)
        )

    def _file(self, count, state, stage) -> Dossier:
        """A file of ``count`` nominations at that point; one recipient in three has two earlier awards."""
        award = AwardType.objects.get(code="BKT")
        file = Dossier.objects.create(
            unit=self.units[0], year=TODAY.year - 1, author=self.officer, state=state, officer=self.officer,
            submitted_on=TODAY, received_on=TODAY, subject=f"Khen thưởng {count}",
        )  # fmt: skip
        people = [
            Recipient(
                kind=KINDS[n % len(KINDS)], name=f"Nguyễn Văn Bịa {stage} {n}", unit=self.units[n % 40],
                position_class="direct" if KINDS[n % len(KINDS)] == "person" else "",
            )
            for n in range(count)
        ]  # fmt: skip
        for row in people:
            row.tidy()
        people = Recipient.objects.bulk_create(people)
        Nomination.objects.bulk_create(
            Nomination(
                dossier=file, recipient=row, type=award, position=n, name=row.name, unit=row.unit, state=stage,
                post="Chuyên viên, phòng Kế hoạch - Tài chính", position_class=row.position_class,
                deed="Đã có thành tích xuất sắc trong thực hiện nhiệm vụ công tác năm" if n % 3 else "",
            )
            for n, row in enumerate(people, start=1)
        )  # fmt: skip
        self._history(people[::3])
        return file

    def _history(self, people):
        office = Decision._meta.get_field("office").related_model.objects.get(code="province")
        types = [AwardType.objects.get(code=code) for code in ("LDTT", "BKT")]
        for place, kind in enumerate(types):
            day = date(TODAY.year - 3 + place, 12, 1)
            number = f"{Decision.objects.count() + 1}/QĐ-UBND"
            made = Decision.objects.create(
                number=number, day=day, office=office, subject="Khen thưởng", by=self.officer
            )
            Award.objects.bulk_create(
                Award(
                    decision=made, recipient=row, type=kind, position=n, name=row.name, unit=row.unit, year=day.year,
                    decided_on=day,
                )
                for n, row in enumerate(people, start=1)
            )  # fmt: skip

    def _meeting(self, file) -> Meeting:
        """A secret vote of seventeen, of whom the last votes here; called."""
        council = Council(
            unit=Unit.objects.get(code="ubnd-tinh"), since=TODAY - timedelta(days=300), citation="Quyết định 1"
        )
        makeup.save_council(council, by=self.officer)
        for n in range(1, MEMBERS + 1):
            role = Member.Role.CHAIR if n == 1 else Member.Role.MEMBER
            user = self.member if n == MEMBERS else None
            council.members.create(
                name=f"Thành viên {n}", post="Giám đốc", role=role, position=n, since=council.since, user=user,
                is_standing=True, is_secretary=n == 2,
            )  # fmt: skip
        found = Meeting(
            council=council, title="Xét khen thưởng", way=Meeting.Way.WRITING, held_on=TODAY, is_secret=True
        )
        found = meetings.save(found, by=self.officer)
        keys = list(file.nominations.values_list("pk", flat=True))
        self.laid = Step(lambda: agenda.add(found, by=self.officer, keys=keys))
        self.called = Step(lambda: meetings.call(self.laid.made, by=self.officer))
        return self.called.made

    def steps(self) -> dict:
        """Each step once, in their order: {name: what it took}."""
        with self.database.used():
            return {"agenda": self.laid, "call": self.called} | self._votes() | self._decision()

    def _votes(self):
        meeting, officer = self.meeting, self.officer
        own = seat_of(meeting, self.member)
        votes = {item.pk: True for item in items_of(meeting)}
        found = {"vote": Step(lambda: meetings.vote(meeting, by=self.member, votes=votes))}
        others = list(meeting.seats.exclude(pk=own.pk))
        found["paper votes"] = Step(lambda: meetings.enter_sums(meeting, by=officer, seats=others))
        return found | {"count": Step(lambda: counting.count(meeting, by=officer, conclusion="Thống nhất."))}

    def _decision(self):
        keys = list(self.decided_on.nominations.values_list("pk", flat=True))
        officer = self.officer
        found = {"compose": Step(lambda: issuing.compose(keys, by=officer, day=TODAY))}
        self.decision = found["compose"].made[0][0]
        found["draft"] = Step(lambda: papers.draft(self.decision, Paper.DECISION, by=officer))
        self.paper = Document.objects.get(pk=found["draft"].made.pk)
        found["pdf"] = Step(lambda: set_pages(self.paper, user=officer))
        assert found["pdf"].made[0], found["pdf"].made
        # Signed and numbered: the awards come into being.
        decision = Decision.objects.get(pk=self.decision.pk)
        found["issue"] = Step(lambda: issuing.award(decision, by=officer, number="999/QĐ-UBND", day=TODAY))
        assert decision.awards.count() == len(keys)
        return found


def pages(year) -> dict:
    """{name: (who, address)} of pages."""
    file, meeting = year.file.pk, year.meeting.pk
    return {
        "file": ("officer", reverse("dossier", args=[file])),
        "nominations": ("officer", reverse("nominations")),
        "meeting": ("officer", reverse("council_meeting", args=[meeting])),
        "agenda page": ("officer", reverse("council_agenda", args=[meeting])),
        "ballot": ("member", reverse("council_vote", args=[meeting])),
    }


def checked(year) -> Step:
    """The one button, as the officer's browser presses it."""
    with year.database.used():
        visitor = year.database.visitor("officer")
        address = reverse("check_dossier", args=[year.file.pk])
        step = Step(lambda: visitor.post(address))
        assert step.made.status_code == 302
        assert not Nomination.objects.filter(dossier=year.file, checked_at=None).exists()
        return step


def told(name, few, many) -> int:
    """Print what a step took; how many questions more it asked of ten times as much."""
    figures = f"{few.seconds:8.2f} s{many.seconds:8.2f} s  cpu {many.cpu:6.2f} s, {many.cpu / few.cpu:4.1f} times"
    figures += f"  {few.queries} and {many.queries}"
    print(f"{name:14}{figures}", flush=True)
    return many.queries - few.queries


def looked_at(small, large):
    """(times that the slowest page takes with ten times as much, whether all ask the same number of questions)."""
    worst, alike, others = 0, True, pages(small)
    for name, (person, address) in pages(large).items():
        asked = [year.database.queries(person, where) for year, where in ((small, others[name][1]), (large, address))]
        times = [
            (small.database.get(person, others[name][1]), large.database.get(person, address)) for _ in range(ROUNDS)
        ]
        old, new = (statistics.median(column) for column in zip(*times, strict=True))
        print(
            f"{name:14}{1000 * old:8.1f} ms{1000 * new:8.1f} ms{new / old:8.2f}  {asked[0]} and {asked[1]}", flush=True
        )
        worst, alike = max(worst, new / old), alike and asked[0] == asked[1]
    return worst, alike


def main():
    """Both sizes, each page and step in both."""
    call_command("collectstatic", interactive=False, verbosity=0)
    small, large = Year("small", SMALL), Year("large", LARGE)
    print(f"{LARGE} and a tenth of it on {connection.vendor}, {TODAY:%Y}")
    # The catalogue of each is read once by a process.
    for year in (small, large):
        checked(year)
    few, many = checked(small), checked(large)
    more, figures = (
        told("check", few, many),
        {"check_500_s": f"{many.seconds:.2f}", "check_500_cpu_s": f"{many.cpu:.2f}"},
    )
    worst, alike = looked_at(small, large)
    taken, others = small.steps(), large.steps()
    extra = {name: told(name, taken[name], step) for name, step in others.items()}
    # Beyond five hundred rows are stored five hundred at a time.
    batches = (LARGE[2] - 1) // 500
    alike = alike and not more and not any(extra[name] for name in extra if name not in BATCHED)
    figures |= {f"{name.replace(' ', '_')}_cpu_s": f"{step.cpu:.2f}" for name, step in others.items()}
    figures |= {f"{name}_queries_a_batch": f"{extra[name] / batches:g}" for name in BATCHED}
    cpu = max(step.cpu / taken[name].cpu for name, step in others.items())
    told_of = " ".join(f"{name}={value}" for name, value in figures.items())
    print(f"worst_page={worst:.2f} worst_step_cpu={cpu:.1f} same_queries={alike} {told_of}")


if __name__ == "__main__":
    main()
