"""The notices on paper: what a unit collects, for whom, where, when, until when, with what, and how it presents.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (thông báo).
"""

from itertools import groupby

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, RECALLED, key_of
from documents.jobs import jobs
from documents.jobs.models import Job
from documents.models import Addressee, Appendix, Document
from documents.papers.tables import Lists, table
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.permissions import may_manage

from .models import OF_NOTICE, OF_ROUND, Notice, Round
from .rounds import ROUNDS, State, named

NOT_YOURS = "Thông báo do chuyên viên Sở Nội vụ soạn."
_ITEMS = ["Tập thể, cá nhân được khen", "Được tặng", "Hiện vật"]


def _hour(moment) -> str:
    """``08 giờ 15, ngày 05 tháng 12 năm 2026``."""
    moment = timezone.localtime(moment)
    return f"{moment:%H giờ %M}, {full_day(moment)}"


def lines_of(dues):
    """(whom, what was given, which things) of each award; ``dues`` in the order of their awards, with these and kinds."""
    for award, rows in groupby(dues, key=lambda row: row.award):
        yield award.name, award.title, ", ".join(row.kind.name for row in rows)


def _common(made, place_of_time: str) -> list[str]:
    """What all units are told alike, numbered after what they collect."""
    days = f"từ {full_day(made.begins_on)} đến hết {full_day(made.ends_on)}"
    lines = [
        f"Thời gian: {place_of_time}. Đơn vị không đến được đúng giờ thì nhận trong giờ làm việc, {days}.",
        f"Địa điểm: {said(made.place)}.",
        f"Khi đến nhận, mang theo: {said(made.bring)}; số của Thông báo này hoặc mã trên chương trình.",
        f"Trao thưởng: {said(made.how)}" if made.how else "",
        "Nhận xong, đơn vị xác nhận trên chương trình; trao xong, ghi dịp trao, ngày trao. Thiếu, hỏng, sai tên thì ghi khi xác "
        "nhận để được đổi.",
    ]
    return [f"{number}. {line}" for number, line in enumerate(filter(None, lines), 2)]


def _opening(made, by, whom) -> str:
    return (
        f"Thực hiện {said(named(made.decisions.all()))}, {said(by.unit.name)} thông báo {whom} nhận hiện vật khen thưởng như "
        "sau:"
    )


def _facts(made, body, recipients):
    return {
        "subject": said_in_head(made.subject),
        "body": "\n\n".join(body),
        "recipients": recipients,
    }


def _paper_for(notice, made, opening, *, by) -> Document:
    """The draft of one unit's notice."""
    dues, lists = list(_dues(notice)), Lists()
    items = lists.table("Hiện vật đơn vị nhận", _ITEMS, lines_of(dues))
    body = [
        opening.replace(_UNIT, said(notice.unit.name)),
        f"1. Hiện vật: {count_text(len(dues))}.",
        items,
        *_common(made, _hour(notice.slot)),
    ]
    name = notice.unit.name
    return OF_NOTICE.draft(
        notice.pk, by=by, type="TB", issuer=by.unit, facts=_facts(made, [lists.told(part) for part in body], name),
        addressees=[Addressee(key=f"don-vi:{notice.unit.code}", label=name[:200])], appendices=lists.appendices,
    )  # fmt: skip


# No sign that anybody types.
_UNIT = "\ue001"


def _dues(notice):
    rows = notice.dues.select_related("award__type", "kind")
    return rows.order_by("award__decided_on", "award__decision", "award__position", "kind__position", "pk")


@transaction.atomic
def draft_for_all(made, *, by) -> Document:
    """A draft of the one paper for all units of a round, with their turns and items behind it. Raises ``Refused``."""
    made = _ready(made, by)
    OF_ROUND.refuse_standing(made.pk)
    notices = list(made.notices.select_related("unit").order_by("slot", "unit__sort_text"))
    times, items = [], []
    for notice in notices:
        dues, unit = list(_dues(notice)), notice.unit.name
        moment = timezone.localtime(notice.slot)
        times.append((unit, f"{moment:%H:%M} ngày {moment:%d/%m/%Y}", len(dues)))
        items += [(unit, *line) for line in lines_of(dues)]
    total = sum(number for _, _, number in times)
    body = [
        _opening(made, by, "các đơn vị"),
        f"1. Hiện vật: {count_text(total)}, của {count_text(len(notices))} đơn vị, tại Phụ lục II.",
        *_common(made, "từng đơn vị tại Phụ lục I"),
    ]
    appendices = [
        Appendix(title="Giờ nhận của từng đơn vị",
                 body=table(["Đơn vị", "Giờ nhận", "Số hiện vật"], times, right=["Số hiện vật"])),
        Appendix(title="Hiện vật của từng đơn vị", body=table(["Đơn vị", *_ITEMS], items), orientation="landscape"),
    ]  # fmt: skip
    return OF_ROUND.draft(
        made.pk, by=by, type="TB", issuer=by.unit, facts=_facts(made, body, "Các đơn vị có tên tại Phụ lục I"),
        addressees=[Addressee(key=f"don-vi:{row.unit.code}", label=row.unit.name[:200]) for row in notices],
        appendices=appendices,
    )  # fmt: skip


def _ready(made, by) -> Round:
    if not may_manage(by):
        raise Refused(NOT_YOURS)
    made = ROUNDS.locked(made)
    if made.state == State.DROPPED:
        raise Refused("Đợt thông báo này đã bỏ.")
    return made


def without_paper(made):
    """The notices of a round of which there is no paper that holds or may come to. The department sends itself none."""
    there = {int(key_of(paper)) for paper in OF_NOTICE.standing(*made.notices.order_by().values_list("pk", flat=True))}
    return made.notices.exclude(pk__in=there).exclude(unit=made.by.unit_id)


@transaction.atomic
def draft_each(made, *, by) -> Job:
    """Have a worker draft the paper of each unit that has none. Raises ``Refused``."""
    made = _ready(made, by)
    keys = list(without_paper(made).order_by("slot", "pk").values_list("pk", flat=True))
    if not keys:
        raise Refused("Mỗi đơn vị của đợt đã có thông báo.")
    arguments = {"notices": keys, "back": made.get_absolute_url()}
    return Job.objects.create(
        title=f"Soạn {len(keys)} thông báo nhận hiện vật", by=by, arguments=arguments, total=len(keys)
    )


def _draft_all(job) -> bytes:
    notices = Notice.objects.filter(pk__in=job.arguments["notices"]).select_related("unit", "round")
    openings = {}

    def draft(notice):
        made = notice.round
        if not may_manage(job.by):
            raise Refused(NOT_YOURS)
        if made.pk not in openings:
            openings[made.pk] = _opening(made, job.by, _UNIT)
        OF_NOTICE.refuse_standing(notice.pk)
        _paper_for(notice, made, openings[made.pk], by=job.by)

    return jobs.one_by_one(job, notices.order_by("slot", "pk"), draft, "thông báo")


jobs.MAKERS["notices"] = ("thong-bao-{}-{}.txt", _draft_all)


# --- What becomes of them


@OF_ROUND.heard
def hear_round(document: Document, state: str) -> None:
    """The issued paper tells all units of its round. Raises ``Refused`` where the round was given up."""
    _tell(Notice.objects.filter(round=key_of(document)), key_of(document), document, state)


@OF_NOTICE.heard
def hear_notice(document: Document, state: str) -> None:
    """The issued paper tells its unit. Raises ``Refused`` where the round was given up."""
    notices = Notice.objects.filter(pk=key_of(document))
    _tell(notices, notices.values_list("round", flat=True).get(), document, state)


def _tell(notices, key, document, state):
    made = Round.objects.select_for_update().get(pk=key)
    if state == ISSUED and made.state == State.DROPPED:
        raise Refused("Đợt thông báo này đã bỏ nên không phát hành được. Hãy bỏ dự thảo.")
    if state not in (ISSUED, RECALLED):
        return
    notices.update(sent_on=document.dated if state == ISSUED else None)
    own, others = made.notices.filter(unit=made.by.unit_id), made.notices.exclude(unit=made.by.unit_id)
    now = State.SENT if others.exclude(sent_on=None).exists() else State.DRAFT
    # The department, to which no paper is sent, knows with the first that is told.
    own.filter(sent_on=None).update(sent_on=document.dated) if now == State.SENT else own.update(sent_on=None)
    if now != made.state:
        before, made.state = ROUNDS.words(made), now
        ROUNDS.store(made)
        by, act = document.issued_by, "Đã thông báo" if now == State.SENT else "Thu hồi thông báo"
        ROUNDS.tell(made, now, act, by=by, before=before, after=ROUNDS.words(made), reason=document.name)
