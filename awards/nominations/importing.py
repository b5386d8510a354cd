"""What an Excel list would add to a file: who each row means or would be new, what is proposed, what is wrong with it."""

import re
from datetime import date

from django.utils import timezone

from documents.steps.refusing import Refused

from ..catalogue.book import called
from ..catalogue.models import AwardType, Whom
from ..catalogue.models.types import asked_once
from ..recipients import doubles
from ..recipients.actions import ELSEWHERE, begin_all, refuse_adding, visible_keys
from ..recipients.making import hold_making
from ..recipients.models import BodyClass, PositionClass, Recipient
from ..recipients.names import name_key
from ..recipients.rules import faults_of
from ..records.importing import NEW, Made
from ..registrations.listing import ListPlan
from . import headings  # noqa: F401 what a list tells
from .actions import STEPS
from .lines import add_all, fill_in, refuse_line
from .models import Nomination

_HOUSEHOLD = re.compile(r"^(?:(?:hộ gia đình|hộ|gia đình)\s+)?(?:(?:ông|bà)\s+)?", re.IGNORECASE)
# Where in a list a fault of a new recipient stands.
_AT = {"began_on": "born", "began_year": "born", "head": "name"}
_MOST_TOLD = 100


class NominationPlan(ListPlan):
    """Rows become nominations of ``dossier``; ``by`` finds only whom that person may see, others are unknown."""

    def __init__(self, entry, *, dossier, by, lock=False):
        self.dossier, self.new = dossier, []
        super().__init__(entry, Nomination, by=by, lock=lock)

    # --- Who

    def _people(self):
        if self.lock:
            hold_making()
        return super()._people()

    # --- Somebody new

    def newcomers(self, lines) -> dict[int, list[Recipient]]:
        """{row: the new recipient} of rows that a person confirmed as new; one who stands in several rows is one."""
        rows, found = {}, {}
        for line in lines:
            if row := self._newcomer(line):
                key = row.kind, name_key(row.name, row.kind), row.began_on, row.began_year, row.unit_id
                found[line.row] = [rows.setdefault(key, row)]
        self.new = list(rows.values())
        matches = doubles.matches_of_all(self.new)
        seen = visible_keys([match for each in matches for match in each], self.by)
        foreign = {
            id(row) for row, each in zip(self.new, matches, strict=True) if {m.recipient.pk for m in each} - seen
        }
        for number, (row,) in list(found.items()):
            if id(row) in foreign:
                self.faults[number].append(("name", ELSEWHERE.format(row.name)))
        return found

    def _newcomer(self, line) -> Recipient | None:
        kind, said = self.kind_of(line), line.values
        if not kind:
            words = "không rõ là cá nhân, tập thể hay hộ gia đình. Hãy ghi cột «{}», hoặc chọn chung cho cả tệp."
            self.faults[line.row].append(("name", words.format(self.sheet.heads["whom"])))
            return None
        row = self._described(kind, said)
        faults = faults_of(row, timezone.localdate())
        if kind == Whom.HOUSEHOLD and not row.address:
            faults["address"] = f"hộ mới phải có địa chỉ. Hãy ghi cột «{self.sheet.heads['address']}»."
        try:
            refuse_adding(row, self.by)
        except Refused as refused:
            faults["unit"] = str(refused)
        self.faults[line.row] += [(_AT.get(name, name), words) for name, words in faults.items()]
        return None if faults else row

    def _described(self, kind, said) -> Recipient:
        born, is_person = said.get("born"), kind == Whom.PERSON
        named = self.units.named(said["unit"], timezone.localdate()) if said.get("unit") else None
        row = Recipient(kind=kind, name=said["name"], unit=named or self.dossier.unit)
        if isinstance(born, date):
            row.began_on = born
        else:
            row.began_year = born
        if is_person:
            row.gender, row.post = said.get("gender") or said.get("title") or "", said.get("post") or ""
            row.position_class = said["class"] if said.get("class") in PositionClass.values else ""
        elif kind == Whom.COLLECTIVE:
            row.body_class = said["class"] if said.get("class") in BodyClass.values else ""
            row.is_unit = name_key(row.name) in self.units.names[row.unit_id]
        else:
            row.head, row.address = _HOUSEHOLD.sub("", row.name), said.get("address") or ""
        return row

    # --- What

    def _judge(self, people):
        self.there = set(self.dossier.nominations.order_by().values_list("recipient", "type"))
        self.types = {row.code: row for row in AwardType.objects.all()}
        self.learn_names()
        self.first = {}
        new = {id(row) for row in self.new}
        with asked_once():
            for line in self.lines:
                awards = self.awards_of(line)
                (who,) = people.get(line.row, (None,))
                for code, at in awards.items() if who else ():
                    self._nominate(line, who, self.types[code], at, is_new=id(who) in new)

    def _nominate(self, line, who, award, at, *, is_new):
        key = (id(who) if is_new else who.pk), award.pk
        first = self.first.setdefault(key, line.row)
        if first != line.row:
            self.faults[line.row].append(("name", f"trùng dòng {first}: cùng người, cùng danh hiệu. Hãy bỏ một dòng."))
            return
        row = self._nomination(line, who, award)
        fill_in(row)
        try:
            refuse_line(row)
        except Refused as refused:
            self.faults[line.row].append((at if refused.field == "type" else refused.field, str(refused)))
            return
        if self.faults.get(line.row):
            return
        words = _words(row) | ({"Người mới": _told(who)} if is_new else {})
        before = words if not is_new and key in self.there else {}
        self.made.append(Made(row, [line], [who], before, words))

    def _nomination(self, line, who, award) -> Nomination:
        said, is_person = line.values, who.kind == Whom.PERSON
        place = [said.get("post"), said.get("part"), said.get("unit") or str(who.unit or "")]
        group = said.get("class") or ""
        return Nomination(
            dossier=self.dossier, recipient=who, type=award,
            post=", ".join(filter(None, place))[:400] if is_person and (said.get("post") or said.get("part")) else "",
            position_class=group if is_person and group in PositionClass.values else "",
            body_class=group if not is_person and group in BodyClass.values else "",
            deed=said.get("deed") or "", votes_for=said.get("votes_for"), votes_of=said.get("votes_of"),
        )  # fmt: skip

    # --- Stored

    def store(self, *, by):
        """As ``Plan.store``: those who are new first, then the nominations, behind those that there are."""
        dossier = STEPS.locked(self.dossier)
        if self.new:
            begin_all(self.new, by=by, reason=f"Từ {self.entry}")
        new = [made for made in self.made if made.standing == NEW]
        rows = [made.row for made in new]
        for row in rows:
            row.recipient = row.recipient  # which has its key now
        add_all(dossier, rows, by=by)
        told = [f"{row.name}: {made.after['Đề nghị']}" for row, made in zip(rows, new, strict=True)]
        more = [f"và {len(told) - _MOST_TOLD} đề nghị nữa"] if len(told) > _MOST_TOLD else []
        told = {"Thêm": "; ".join([*told[:_MOST_TOLD], *more])}
        STEPS.tell(
            dossier,
            "import_lines",
            f"Nhập từ Excel: thêm {len(rows)} đề nghị",
            by=by,
            after=told,
            reason=f"Từ {self.entry}",
        )
        return len(rows)


def _words(row) -> dict[str, str]:
    votes = f"{row.votes_for}/{row.votes_of}" if row.votes_for is not None else ""
    return {"Đề nghị": called(row.type), "Chức vụ": row.post, "Thành tích": row.deed, "Số phiếu": votes}


def _told(who) -> str:
    """What will be kept of somebody new."""
    facts = [who.get_kind_display(), who.get_gender_display(), who.birth_text, who.post, str(who.unit)]
    return ", ".join(filter(None, facts))
