"""The report of a review (sơ kết, tổng kết) with its tables filled, the letter to those who did not report, what becomes of both.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (báo cáo).
"""

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, RECALLED, Papers
from documents.citations.rules import long_form
from documents.deliveries import addressees
from documents.models import Addressee, Document
from documents.papers.models import labels
from documents.papers.rules import issuers_for
from documents.papers.tables import Lists
from documents.source.markdown import said
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.models import Unit
from units.permissions import department

from ..area import CAMPAIGNS, REPORT
from ..campaign.models import Campaign
from ..campaign.papers import letter_to, named
from ..examples.mentions import untold_in
from ..examples.models import Example
from ..joinings.actions import not_joined
from . import actions as reviewing
from .models import Review
from .results import fault_of_time
from .sums import counts_of, lines_of, told_at, totals

REMINDER = Papers(CAMPAIGNS, "don-doc-so-ket")
# Stays open in the draft: whoever writes it says what the tables cannot.
BLANK = "…"


@transaction.atomic
def draft_report(review, *, by) -> Document:
    """A draft of the report of an open review, from what units sent. Raises ``Refused``."""
    campaigns = Campaign.objects.select_for_update(of=("self",)).select_related("unit", "document__type")
    campaign = campaigns.get(pk=review.campaign_id)
    if not campaign.is_kept_by(by):
        raise Refused(f"Báo cáo này do {campaign.unit} soạn.")
    review = campaign.reviews.get(pk=review.pk)
    if review.state != Review.State.OPEN:
        raise Refused(f"Đợt này {review.get_state_display().lower()} nên không soạn báo cáo nữa.")
    REPORT.refuse_standing(review.pk)
    issuer = campaign.unit if issuers_for(by).filter(pk=campaign.unit_id).exists() else by.unit
    lists = Lists()
    body = lists.told(_body(campaign, review, issuer, lists))
    return REPORT.draft(
        review.pk,
        by=by,
        type="BC",
        issuer=issuer,
        facts={
            "subject": _subject(campaign, review),
            "body": body,
            **_heads(campaign, issuer),
        },
        addressees=_addressees(campaign, issuer),
        appendices=lists.appendices,
    )


# --- Whom it is for


def _heads(campaign, issuer) -> dict:
    if _above(campaign, issuer):
        return {"to": _above(campaign, issuer).name, "recipients": "Như trên"}
    return {"recipients": "Các đơn vị tham gia phong trào"}


def _above(campaign, issuer) -> Unit | None:
    """Whom a unit reports to on its own campaign: the department that runs the year."""
    unit = department(timezone.localdate()) if campaign.level == Campaign.Level.UNIT else None
    return None if unit == issuer else unit


def _addressees(campaign, issuer) -> list[Addressee]:
    above = _above(campaign, issuer)
    if campaign.level == Campaign.Level.UNIT:
        return [Addressee(key=f"don-vi:{above.code}", label=above.name)] if above else []
    keys = [f"loai:{kind}" for kind in campaign.asked_kinds]
    meant = addressees.members(keys, timezone.localdate())
    called = labels(keys)
    return [Addressee(key=key, label=called[key]) for key in keys if meant[key]]


# --- What it says


def _subject(campaign, review) -> str:
    return f"{review.get_kind_display().lower()} {named(campaign)}"


def _body(campaign, review, issuer, lists) -> str:
    joinings = campaign.joinings.select_related("unit").order_by("unit__sort_text", "pk")
    lines = lines_of(review, joinings)
    rows = list(told_at(review, joinings))
    told = [row for row in rows if row.result]
    name = said(named(campaign))
    basis = f"Thực hiện {said(long_form(campaign.document))}, " if campaign.document else ""
    parts = [
        f"{basis}{said(issuer.name)} báo cáo kết quả {review.get_kind_display().lower()} {name} "
        f"(từ {full_day(campaign.begins_on)} đến {full_day(campaign.ends_on)}) như sau:",
        "# I. TRIỂN KHAI, HƯỞNG ỨNG",
        *_joined(campaign, rows),
        "# II. KẾT QUẢ THỰC HIỆN",
        *_sums(review, joinings),
        *_goals(lines, lists),
        *_units(told, lines, lists),
        *_silent(campaign, [row for row in rows if not row.result], lists),
        *_examples(campaign, lists),
        "# III. ĐÁNH GIÁ",
        "## 1. Ưu điểm",
        BLANK,
        "## 2. Tồn tại, hạn chế và nguyên nhân",
        BLANK,
        "# IV. NHIỆM VỤ THỜI GIAN TỚI",
        BLANK,
    ]
    return "\n\n".join(parts)


def _joined(campaign, rows):
    """How many were asked, joined, and launched their own."""
    people, collectives = sum(row.people for row in rows), sum(row.collectives for row in rows)
    children = campaign.children.held().count()
    yield (
        f"Số đơn vị được đề nghị hưởng ứng: {count_text(campaign.asked_units().count())}; số đơn vị đã đăng ký: "
        f"{count_text(len(rows))}, với {count_text(people)} cá nhân và {count_text(collectives)} tập thể tham gia."
    )
    if children:
        yield f"Số phong trào do các đơn vị phát động trên cơ sở phong trào này: {count_text(children)}."


def _sums(review, joinings):
    counts = counts_of(review, joinings)
    yield (
        f"Số đơn vị đã báo cáo kết quả: {count_text(counts.sent)}/{count_text(counts.joined)}; có {count_text(counts.people)} "
        f"cá nhân, {count_text(counts.collectives)} tập thể tham gia, {count_text(counts.works)} công trình, phần việc, mô hình."
    )


def _goals(lines, lists):
    """Targets summed up over all units."""
    found = totals(line for rows in lines.values() for line in rows)
    if not found:
        return
    yield "## Kết quả thực hiện các chỉ tiêu"
    figures = ["Đăng ký", "Đạt", "Tỷ lệ (%)"]
    yield lists.table(
        "Kết quả thực hiện các chỉ tiêu",
        ["Chỉ tiêu", "Đơn vị tính", *figures],
        [(row.content, row.measure, *map(figure_text, (row.planned, row.reached, row.percent))) for row in found],
        right=figures,
    )


def _units(told, lines, lists):
    """What each unit that reported tells."""
    if not told:
        return
    yield "## Kết quả của các đơn vị"
    figures = ["Cá nhân", "Tập thể", "Công trình", "Chỉ tiêu đạt"]
    rows = []
    for row in told:
        own = lines.get(row.pk, [])
        done = sum(line.percent is not None and line.percent >= 100 for line in own)
        counted = (figure_text(value) for value in (row.told_people, row.told_collectives, row.told_works))
        rows.append((row.unit.name, *counted, f"{done}/{len(own)}" if own else ""))
    yield lists.table("Kết quả của các đơn vị", ["Đơn vị", *figures], rows, right=figures)


def _silent(campaign, silent, lists):
    """Who joined and did not report, and who was asked and did not join."""
    for title, units in (
        ("Đơn vị chưa báo cáo kết quả", [row.unit for row in silent]),
        ("Đơn vị chưa đăng ký hưởng ứng", list(not_joined(campaign))),
    ):
        if units:
            yield f"## {title}"
            listed = lists.table(title, ["Đơn vị"], [(unit.name,) for unit in units])
            yield listed if listed.startswith("|") else f"Có {count_text(len(units))} đơn vị. {listed}"


def _examples(campaign, lists):
    """Good examples that may be told."""
    rows = Example.objects.published().filter(campaign=campaign).select_related("unit").order_by("kind", "name")
    if rows:
        yield "## Gương điển hình"
        yield lists.table(
            "Gương điển hình",
            ["Họ tên, tập thể", "Đơn vị", "Việc làm"],
            [(row.name, row.unit.name, row.title) for row in rows],
        )


# --- The letter to those who did not report


def not_reported(review) -> list[Unit]:
    """The units that joined and did not send what they reached; no letter reaches one that has ended."""
    sent = review.results.filter(sent_at__isnull=False).order_by().values("joining")
    silent = review.campaign.joinings.exclude(pk__in=sent).order_by().values("unit")
    return list(Unit.objects.alive_on(timezone.localdate()).filter(pk__in=silent).order_by("sort_text", "pk"))


@transaction.atomic
def draft_reminder(review, *, by) -> Document:
    """A draft of a letter to the units that joined and did not report at an open review. Raises ``Refused``."""
    campaigns = Campaign.objects.select_for_update(of=("self",)).select_related("unit", "document__type")
    campaign = campaigns.get(pk=review.campaign_id)
    if not campaign.is_kept_by(by):
        raise Refused(f"Việc đôn đốc báo cáo do {campaign.unit} làm.")
    review = campaign.reviews.get(pk=review.pk)
    if fault := fault_of_time(review, campaign):
        raise Refused(fault)
    units = not_reported(review)
    if not units:
        raise Refused("Các đơn vị đã đăng ký, còn hoạt động đều đã báo cáo. Không có đơn vị nào phải đôn đốc.")
    REMINDER.refuse_second(review.pk)
    letter = letter_to(
        units,
        subject=f"đôn đốc báo cáo {_subject(campaign, review)}",
        title="Danh sách đơn vị chưa báo cáo kết quả",
        body=lambda meant: _reminding(campaign, review, meant),
    )
    return REMINDER.draft(review.pk, by=by, type="CV", issuer=by.unit, **letter)


def _reminding(campaign, review, meant) -> str:
    basis = f"Thực hiện {said(long_form(campaign.document))}, c" if campaign.document else "C"
    until = f" (hạn báo cáo {full_day(review.reports_until)})" if review.reports_until else ""
    return (
        f"{basis}ác đơn vị đã đăng ký hưởng ứng {said(named(campaign))} báo cáo kết quả để "
        f"{review.get_kind_display().lower()}{until}. Đến nay còn {meant} chưa gửi báo cáo.\n\n"
        "Đề nghị các đơn vị khẩn trương ghi và gửi kết quả trên phần mềm; trường hợp chưa báo cáo được thì nêu rõ lý do."
    )


# --- What becomes of them


@REPORT.heard
def _hear(document, state):
    """An issued report means that the review was held; recalled, the review is open again."""
    if state == ISSUED:
        review = _review_of(document)
        _refuse_untold(document, review)
        reviewing.held_by(review, document)
    elif state == RECALLED:
        review = Review.objects.filter(pk=document.area_key, document=document).first()
        if review:
            recall = document.moves.filter(what="recall").first()
            by = recall.by if recall else document.issued_by
            reviewing.recalled(review, by=by, reason=f"{document.name} bị thu hồi")


def _refuse_untold(document, review):
    """No name is issued of a person who agrees no longer, or whose example is not published."""
    people = untold_in(document, review.campaign_id)
    if people:
        names = "; ".join(f"{row.name} ({row.unit})" for row in people)
        raise Refused(
            f"Dự thảo nêu họ tên {names}: gương này không công bố, hoặc chưa có hay đã rút lại đồng ý. Hãy trả lại dự thảo, "
            "bỏ họ tên và việc làm của người đó ra, rồi trình lại."
        )


def _review_of(document) -> Review:
    """The review that a paper made here is about. Raises ``Refused`` where there is none any more."""
    found = Review.objects.filter(pk=document.area_key).select_related("campaign").first()
    if not found:
        raise Refused("Đợt của văn bản này không còn nữa nên không phát hành được. Hãy trả lại và bỏ dự thảo này.")
    return found


@REMINDER.heard
def _hear_reminder(document, state):
    """A letter is sent while units can still report."""
    if state != ISSUED:
        return
    review = _review_of(document)
    if fault := fault_of_time(review, review.campaign):
        raise Refused(f"{fault} Không phát hành công văn đôn đốc nữa; hãy trả lại và bỏ dự thảo này.")
