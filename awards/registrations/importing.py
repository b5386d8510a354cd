"""What an Excel list would add to a registration: who strives for which title."""

from collections import defaultdict

from ..catalogue.book import called
from ..catalogue.models import AwardType, Whom
from ..catalogue.models.types import asked_once
from ..decisions.lines import HEADINGS
from ..records.headings import SHEETS, Sheet, Told, born_on, line_of
from ..records.importing import NEW, Made
from . import actions
from .listing import ListPlan
from .models import Aim

SHEETS[Aim] = Sheet(
    {
        "name": Told(HEADINGS["name"], line_of(200), needed=True),
        "born": Told(HEADINGS["born"], born_on),
        "unit": Told(HEADINGS["unit"], line_of(200)),
        "award": Told(("Danh hiệu đăng ký", *HEADINGS["award"]), line_of(200)),
    },
    (), ("award", "whom"), tuple(Whom.values),
)  # fmt: skip


class AimPlan(ListPlan):
    """Rows become lines of ``registration``; nobody is made."""

    def __init__(self, entry, *, registration, by, lock=False):
        self.registration = registration
        super().__init__(entry, Aim, by=by, lock=lock)

    def _judge(self, people):
        self.there = set(self.registration.aims.values_list("recipient", "type"))
        self.types = {row.code: row for row in AwardType.objects.all()}
        self.learn_names()
        first = {}
        with asked_once():
            for line in self.lines:
                (who,) = people.get(line.row, (None,))
                for code, at in self.awards_of(line).items():
                    if who and self._fits(line, who, self.types[code], at, first):
                        self._add(line, who, self.types[code])

    def _fits(self, line, who, award, at, first) -> bool:
        """Whether it may be registered once; what is wrong is told at its cell."""
        found = actions.fault_of(self.registration, who, award)
        told = [(at if field == "type" else "name", words) for field, words in found.items()]
        if (row := first.setdefault((who.pk, award.pk), line.row)) != line.row:
            told.append(("name", f"trùng dòng {row}: cùng người, cùng danh hiệu. Hãy bỏ một dòng."))
        self.faults[line.row] += told
        return not told

    def _add(self, line, who, award):
        words = {"Danh hiệu": called(award)}
        before = words if (who.pk, award.pk) in self.there else {}
        self.made.append(Made(Aim(recipient=who, type=award), [line], [who], before, words))

    def store(self, *, by):
        """As ``Plan.store``: each title by the step with which people are added by hand."""
        groups = defaultdict(list)
        for made in self.made:
            if made.standing == NEW:
                groups[made.row.type].append(made.row.recipient)
        for award, people in groups.items():
            actions.register(self.registration, by=by, recipients=people, type=award)
        return sum(map(len, groups.values()))
