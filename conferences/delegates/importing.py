"""What an Excel list would add to the delegates of a conference: who each row means, who is typed, what is wrong with it."""

from datetime import date

from django.utils import timezone

from awards.catalogue.models import Whom
from awards.decisions.matching import Units
from awards.models import Recipient
from awards.recipients.names import name_key
from awards.records.headings import SHEETS, Sheet, Told, born_on, line_of
from awards.records.importing import NEW, Made, Plan
from awards.records.matching import NEW as SOMEBODY_NEW
from awards.records.matching import Matcher, Named
from documents.excel.cells import Cell, label_of
from documents.steps.refusing import Refused
from units.permissions import may_oversee

from ..events.models import Role
from ..plans.models import Trait
from .adding import add_all, faults_of, from_recipient, held, refuse_over_quota, words
from .models import Delegate, Delegation
from .qualifying import recognised
from .rules import TRAIT_HEADINGS, traits_of

_ROLES = {label_of(role.label): role for role in Role} | {
    "dai bieu": Role.OFFICIAL, "chinh thuc": Role.OFFICIAL, "khach": Role.GUEST, "dai bieu khach moi": Role.GUEST,
    "du khuyet": Role.RESERVE, "phuc vu": Role.SERVICE, "phong vien": Role.SERVICE, "ban to chuc": Role.SERVICE,
}  # fmt: skip


def _role(cell: Cell) -> str:
    said = label_of(cell.text(60))
    if said and said not in _ROLES:
        labels = "; ".join(role.label for role in Role)
        raise cell.fault(f"không rõ «{cell.seen()}». Hãy ghi một trong: {labels}.")
    return _ROLES.get(said, "")


def _woman(cell: Cell) -> bool | None:
    said = label_of(cell.text(20))
    return {"nam": False, "nu": True}[said] if said in ("nam", "nu") else cell.flag()


def _born(cell: Cell) -> int | None:
    found = born_on(cell)
    year = found.year if isinstance(found, date) else found
    if year is not None and not 1900 <= year <= timezone.localdate().year:
        raise cell.fault(f"«{cell.seen()}» không phải năm sinh. Hãy ghi bốn chữ số, ví dụ 1980.")
    return year


SHEETS[Delegate] = Sheet(
    {
        "name": Told(("Họ và tên", "Họ tên", "Họ và tên đại biểu", "Đại biểu", "Tên"), line_of(120), needed=True),
        "address": Told(("Xưng hô", "Ông, bà", "Ông/Bà"), line_of(30)),
        "born": Told(("Năm sinh", "Ngày sinh", "Ngày, tháng, năm sinh"), _born),
        "post": Told(("Chức vụ", "Chức vụ, công việc", "Chức danh", "Nghề nghiệp"), line_of(200)),
        "workplace": Told(("Đơn vị công tác", "Đơn vị", "Nơi công tác", "Cơ quan, đơn vị", "Nơi ở"), line_of(200)),
        "delegation": Told(("Đoàn", "Đoàn đại biểu", "Thuộc đoàn"), line_of(200)),
        "role": Told(("Là", "Loại đại biểu", "Tư cách"), _role),
        **{f"is_{trait}": Told(heads, _woman if trait == Trait.WOMAN else Cell.flag) for trait, heads in TRAIT_HEADINGS.items()},
        "reason": Told(("Lý do cử", "Lý do"), line_of(500)),
        "seat": Told(("Chỗ ngồi", "Ghế", "Số ghế"), line_of(30)),
    },
    (), ("role",), (Whom.PERSON,),
)  # fmt: skip


class DelegatePlan(Plan):
    """Rows become delegates of ``event``: official ones and reserves known or said to be nobody known, all others typed."""

    def __init__(self, entry, *, event, by, lock=False):
        self.event, self.by = held(event) if lock else event, by
        super().__init__(entry, Delegate, lock=lock)

    # --- Who

    def _people(self):
        named = {}
        for line in self.lines:
            if not line.values.get("name"):
                if not any(name == "name" for name, _ in line.faults):
                    self.faults[line.row].append(("name", f"chưa ghi «{self.sheet.heads['name']}». Hãy ghi."))
            elif self._role_of(line) in (Role.OFFICIAL, Role.RESERVE):
                said = line.values
                named[line.row] = Named(
                    line.row, 0, said["name"], said.get("born"), said.get("workplace") or "", Whom.PERSON
                )
        known = None if may_oversee(self.by) else Recipient.objects.visible_to(self.by)
        matcher, found = Matcher(named.values(), self.sheet.whom, self.entry.choices, known), {}
        for row, one in named.items():
            is_new = self.entry.choices.get(str(row), {}).get("0") == SOMEBODY_NEW
            who, may_be, _ = (None, [], "") if is_new else matcher.match(one)
            if who:
                found[row] = [who]
            elif not is_new:
                self.open.append((one, may_be or matcher.called(one)))
        return found

    def _role_of(self, line) -> str:
        return line.values.get("role") or self.entry.shared.get("role") or Role.OFFICIAL

    # --- What

    def _judge(self, people):
        self.units = Units()
        rows = Delegation.objects.filter(event=self.event).select_related("unit", "event", "source__unit")
        self.delegations = {row.unit_id: row for row in rows}
        self.found = recognised(self.event, [who for (who,) in people.values()])
        open_rows = {named.row for named, _ in self.open}
        lines = [line for line in self.lines if line.values.get("name") and line.row not in open_rows]
        made = [(line, self._delegate(line, people.get(line.row))) for line in lines]
        there = self._there()
        new = [(line, row) for line, row in made if _known(row) not in there]
        for place, (field, sentence) in faults_of(self.event, [row for _, row in new], by=self.by).items():
            at = {"recipient": "name", "delegation": "delegation"}.get(field, field)
            self.faults[new[place][0].row].append((at, sentence))
        try:
            refuse_over_quota(self.event, [row for _, row in new])
        except Refused as refused:
            self.faults[new[0][0].row].append(("delegation", str(refused)))
        for line, row in made:
            if not self.faults.get(line.row):
                told = {name: said for name, said in words(row).items() if name not in ("Trạng thái", "Họ tên")}
                is_there = _known(row) in there
                self.made.append(
                    Made(row, [line], [row.recipient] if row.recipient_id else [row], told if is_there else {}, told)
                )

    def _there(self) -> set:
        rows = Delegate.objects.filter(event=self.event).counted().select_related("recipient").order_by()
        return {_known(row) for row in rows}

    def _delegate(self, line, who) -> Delegate:
        said, role, reason = line.values, self._role_of(line), line.values.get("reason") or ""
        delegation = self._delegation(line)
        if who:
            award = self.found[who[0].pk].award
            row = from_recipient(self.event, who[0], role=role, delegation=delegation, award=award, reason=reason)
        else:
            row = Delegate(event=self.event, role=role, name=said["name"], delegation=delegation, reason=reason)
        for name in ("address", "post", "workplace", "seat"):
            if said.get(name):
                setattr(row, name, said[name])
        row.birth_year = said.get("born") or row.birth_year
        told = {trait: said.get(f"is_{trait}") for trait in TRAIT_HEADINGS}
        traits = set(row.traits) - {trait for trait, yes in told.items() if yes is False}
        traits |= {trait for trait, yes in told.items() if yes}
        row.traits = traits_of(traits, row.birth_year, self.event.day)
        row.tidy()
        return row

    def _delegation(self, line) -> Delegation | None:
        said = line.values.get("delegation")
        if not said:
            return None
        unit = self.units.named(said.removeprefix("Đoàn "), self.event.day)
        found = self.delegations.get(unit.pk) if unit else None
        if found is None:
            told = f"không có đoàn «{said}». Hãy ghi tên đơn vị như ở trang Đoàn, hoặc lập đoàn trước."
            self.faults[line.row].append(("delegation", told))
        return found

    # --- Stored

    def store(self, *, by):
        """As ``Plan.store``."""
        rows = [made.row for made in self.made if made.standing == NEW]
        add_all(
            self.event,
            rows,
            by=by,
            most=len(rows),
            what="import_delegates",
            act="Nhập từ Excel",
            source=f"Từ {self.entry}",
        )
        return len(rows)


def _known(row):
    """By what a row is known to be in the list already: the person, or the name and the place that were typed."""
    if row.recipient_id:
        return row.recipient.merged_into_id or row.recipient_id
    return name_key(row.name), name_key(row.workplace)
