"""Rounds of notices: what lies in the store and stands in no notice, one notice for each unit, each with its turn."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.log import words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import Steps

from ..log import About
from ..stock.ledger import hold
from .actions import KEEPER
from .models import OF_NOTICE, OF_ROUND, Notice, Round
from .rules import FARTHEST, LONGEST, first_turns, heirs, to_announce

State = Round.State
_BATCH, _NAMED = 500, 5
FACTS = ["subject", "place", "begins_on", "ends_on", "first_at", "last_at", "each", "bring", "how", "for_all"]
# How units present, as the province's letter asks for it (công văn tháng 02/2020, mục 1.c).
HOW = (
    "Đơn vị tổ chức trao thưởng vào dịp phù hợp (hội nghị sơ kết, tổng kết, ngày kỷ niệm, ngày truyền thống), bảo đảm trang "
    "trọng, thiết thực, tiết kiệm; mỗi quyết định công bố, trao một lần; người vắng mặt được trao tại đơn vị, tại nhà."
)


def _words(made):
    return words_of(made, FACTS) | {"Trạng thái": made.get_state_display()}


ROUNDS = Steps(
    Round, "đợt thông báo", about=About.COLLECTION, words=_words, related=["by__unit"], address="collection_round_step"
)


def dues_of(decisions=(), since=None, until=None):
    """What would be told of in a round about ``decisions``, or about those of ``since`` to ``until``."""
    rows = to_announce()
    if decisions:
        rows = rows.filter(award__decision__in=decisions)
    if since:
        rows = rows.filter(award__decided_on__gte=since)
    return rows.filter(award__decided_on__lte=until) if until else rows


@transaction.atomic
def make(made: Round, *, by, decisions=(), since=None, until=None) -> tuple[Round, list[str]]:
    """Store a round with a notice for each unit that has something to collect; and the names of units that nobody follows,
    whose items are left out. Raises ``Refused``.
    """
    if not KEEPER.may(made, by):
        raise Refused("Thông báo nhận hiện vật do thủ kho, chuyên viên Sở Nội vụ lập.")
    _refuse_span(made)
    asked = dues_of(decisions, since, until)
    # Of two who make rounds of the same items the second finds what the first one told of.
    hold(asked.order_by().values_list("kind", flat=True).distinct())
    rows = list(asked.select_related("award__unit").order_by("award__decision", "award__position", "kind__position"))
    if not rows:
        raise Refused(
            "Không có hiện vật nào đã giữ trong kho mà chưa thông báo. Hãy chọn quyết định khác, hoặc nhập kho trước.",
            "decisions",
        )
    by_unit, left = _by_unit(rows)
    if set(by_unit) == {by.unit}:
        raise Refused(
            f"Chỉ có hiện vật của {by.unit}, không phải thông báo cho chính mình. Hãy giao ở quầy.", "decisions"
        )
    made.by = by
    moments = _turns(made, len(by_unit))
    made.save()
    made.decisions.set({row.award.decision_id for row in rows})
    units = sorted(by_unit, key=lambda unit: unit.sort_text)
    notices = Notice.objects.bulk_create(
        [Notice(round=made, unit=unit, slot=moment) for unit, moment in zip(units, moments, strict=True)],
        batch_size=_BATCH,
    )
    told = [Notice.dues.through(notice=notice, due=due) for notice in notices for due in by_unit[notice.unit]]
    Notice.dues.through.objects.bulk_create(told, batch_size=_BATCH)
    after = _words(made) | {"Số đơn vị": str(len(notices)), "Số hiện vật": str(len(told))}
    ROUNDS.tell(made, "make", "Lập đợt thông báo", by=by, after=after)
    return made, left


def _by_unit(rows):
    """({unit that takes: its items}, names of units that ended and that no single one follows)."""
    takers, by_unit, left = heirs({row.award.unit_id for row in rows}, timezone.localdate()), defaultdict(list), {}
    for row in rows:
        if taker := takers[row.award.unit_id]:
            by_unit[taker].append(row)
        else:
            left[row.award.unit_id] = row.award.unit.name
    if not by_unit:
        raise Refused(f"Đơn vị đã kết thúc, chưa rõ đơn vị nào nhận thay: {first_of(left.values(), 'đơn vị')}.")
    return by_unit, sorted(left.values())


def _refuse_span(made):
    """Raise ``Refused`` for days and hours that cannot be."""
    today = timezone.localdate()
    if made.begins_on < today:
        raise Refused(f"Ngày {made.begins_on:%d/%m/%Y} đã qua. Hãy ghi từ hôm nay trở đi.", "begins_on")
    if made.begins_on - today > FARTHEST:
        raise Refused(f"Ngày {made.begins_on:%d/%m/%Y} còn quá xa. Hãy kiểm tra lại năm.", "begins_on")
    if made.ends_on < made.begins_on:
        raise Refused("Ngày cuối sớm hơn ngày đầu. Hãy sửa lại một trong hai ngày.", "ends_on")
    if made.ends_on - made.begins_on > LONGEST:
        raise Refused(f"Đợt nhận dài quá {LONGEST.days} ngày. Hãy kiểm tra lại ngày.", "ends_on")
    if made.last_at <= made.first_at:
        raise Refused("Giờ cuối không sau giờ đầu.", "last_at")


def _turns(made, number):
    found = first_turns(made, number)
    if len(found) < number:
        raise Refused(
            f"Có {number} đơn vị nhưng chỉ xếp được {len(found)} lượt trong các ngày làm việc đã chọn. Hãy kéo dài đợt nhận, "
            "thêm giờ, hoặc giảm số phút mỗi đơn vị.",
            "each",
        )
    return found


def papers_of(made):
    """The papers of a round that were not thrown away: the one for all, or those of its units."""
    if made.for_all:
        return OF_ROUND.of(made.pk)
    return OF_NOTICE.of(*made.notices.order_by().values_list("pk", flat=True))


def _has_papers(made, user=None) -> str:
    if made.pk and papers_of(made).exclude(state__in=Document.OVER).exists():
        return "Đợt này đã soạn thông báo. Hãy bỏ các dự thảo trước."
    return ""


@ROUNDS.step("edit", "Sửa đợt thông báo", [State.DRAFT], who=KEEPER, fault=_has_papers, form=None, told="Đã lưu.")
def edit(made, *, by, **facts):
    """Change place, days, hours and words; units get their turns anew."""
    for name, value in facts.items():
        setattr(made, name, value)
    _refuse_span(made)
    notices = list(made.notices.order_by("unit__sort_text"))
    for notice, moment in zip(notices, _turns(made, len(notices)), strict=True):
        notice.slot = moment
    Notice.objects.bulk_update(notices, ["slot"], batch_size=_BATCH)


@ROUNDS.step("drop", "Bỏ đợt thông báo", [State.DRAFT], to=State.DROPPED, who=KEEPER, needs_reason=True, fault=_has_papers,
             look="outline-danger", told="Đã bỏ đợt thông báo; hiện vật của đợt lại là chưa thông báo.")  # fmt: skip
def drop(made, *, by, reason):
    """It is given up; what stood in it is announced by another one."""


def named(decisions) -> str:
    """The decisions of a round in a sentence: each by number and day, or from when to when where they are many."""
    rows = sorted(decisions, key=lambda row: (row.day, row.pk))
    if len(rows) > _NAMED:
        return f"các quyết định khen thưởng từ ngày {rows[0].day:%d/%m/%Y} đến ngày {rows[-1].day:%d/%m/%Y}"
    return ", ".join(f"{row} ngày {row.day:%d/%m/%Y}" for row in rows)
