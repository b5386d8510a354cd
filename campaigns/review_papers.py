"""The report of a review (sơ kết, tổng kết) with its tables filled, and what becomes of it.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (báo cáo).
"""

import re

from django.db import transaction
from django.utils import timezone

from documents import addressees, areas
from documents.citations import long_form
from documents.drafts import issuers_for
from documents.models import Addressee, Document
from documents.steps import Refused
from documents.tables import table
from units.figures import figure_text
from units.models import Unit
from units.permissions import department

from . import reviewing
from .joining import asked, not_joined
from .models import Campaign, Example, Review, ReviewPaper
from .review_sums import counts_of, lines_of, told_at, totals

AREA = "so-ket-phong-trao"
# Stays open in the draft: whoever writes it says what the tables cannot.
BLANK = "…"
# Signs that mean something in the words of a paper; the mark of a table is taken care of by the table.
_MEANT = re.compile(r"([\\*\[\]{}<])")


def papers_of(review, user):
    """The drafts and reports of ``review`` that ``user`` may open."""
    rows = review.papers.exclude(document__state=Document.State.DISCARDED).select_related("document__type")
    return rows.filter(document__in=Document.objects.visible_to(user)).order_by("pk")


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
    _refuse_second(review)
    issuer = campaign.unit if issuers_for(by).filter(pk=campaign.unit_id).exists() else by.unit
    # What stands in square brackets would be a blank.
    subject = f"{review.get_kind_display().lower()} {_name(campaign)}".replace("[", "(").replace("]", ")")
    document = areas.draft(
        area=AREA,
        key=review.pk,
        by=by,
        type="BC",
        issuer=issuer,
        facts={"subject": subject, "body": _body(campaign, review, issuer), **_heads(campaign, issuer)},
        addressees=_addressees(campaign, issuer),
    )
    ReviewPaper.objects.create(review=review, document=document)
    return document


def _refuse_second(review):
    """Raise ``Refused`` where there is a report that holds or may come to."""
    rows = review.papers.exclude(document__state__in=Document.OVER)
    other = rows.select_related("document__type", "document__author__unit").first()
    if other:
        paper = other.document
        raise Refused(
            f"Đã có {paper.name} ({paper.get_state_display().lower()}), do {paper.author}, {paper.author.unit} soạn. "
            "Hãy dùng văn bản đó; muốn soạn lại thì bỏ, thay thế hoặc thu hồi văn bản đó trước."
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
    return [Addressee(key=key, label=addressees.label(key)) for key in keys if meant[key]]


# --- What it says


def _said(text) -> str:
    """Words that somebody typed elsewhere, printed as they are."""
    return _MEANT.sub(r"\\\1", " ".join(str(text).split()))


def _name(campaign) -> str:
    """``phong trào thi đua «…»``, or its own name where that says so itself."""
    name = " ".join(campaign.name.split())
    if name.lower().startswith(("phong trào", "đợt thi đua")):
        return name[:1].lower() + name[1:]
    return f"phong trào thi đua «{name}»"


def _number(value) -> str:
    return figure_text(value)


def _body(campaign, review, issuer) -> str:
    joinings = campaign.joinings.select_related("unit").order_by("unit__sort_text", "pk")
    lines = lines_of(review, joinings)
    rows = list(told_at(review, joinings))
    told = [row for row in rows if row.result]
    name = _said(_name(campaign))
    basis = f"Thực hiện {long_form(campaign.document)}, " if campaign.document else ""
    parts = [
        f"{basis}{issuer.name} báo cáo kết quả {review.get_kind_display().lower()} {name} "
        f"(từ ngày {campaign.begins_on:%d/%m/%Y} đến ngày {campaign.ends_on:%d/%m/%Y}) như sau:",
        "# I. TRIỂN KHAI, HƯỞNG ỨNG",
        *_joined(campaign, rows),
        "# II. KẾT QUẢ THỰC HIỆN",
        *_sums(review, joinings),
        *_goals(lines),
        *_units(told, lines),
        *_silent(campaign, [row for row in rows if not row.result]),
        *_examples(campaign),
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
        f"Số đơn vị được đề nghị hưởng ứng: {asked(campaign).count()}; số đơn vị đã đăng ký: {len(rows)}, với "
        f"{_number(people)} cá nhân và {_number(collectives)} tập thể tham gia."
    )
    if children:
        yield f"Số phong trào do các đơn vị phát động trên cơ sở phong trào này: {children}."


def _sums(review, joinings):
    counts = counts_of(review, joinings)
    yield (
        f"Số đơn vị đã báo cáo kết quả: {counts.sent}/{counts.joined}; có {_number(counts.people)} cá nhân, "
        f"{_number(counts.collectives)} tập thể tham gia, {_number(counts.works)} công trình, phần việc, mô hình."
    )


def _goals(lines):
    """Targets summed up over all units."""
    found = totals(line for rows in lines.values() for line in rows)
    if not found:
        return
    yield "## Kết quả thực hiện các chỉ tiêu"
    yield table(
        ["Chỉ tiêu", "Đơn vị tính", "Đăng ký", "Đạt", "Tỷ lệ (%)"],
        [
            (_said(row.content), _said(row.measure), _number(row.planned), _number(row.reached), _number(row.percent))
            for row in found
        ],
    )


def _units(told, lines):
    """What each unit that reported tells."""
    if not told:
        return
    yield "## Kết quả của các đơn vị"
    rows = []
    for row in told:
        own = lines.get(row.pk, [])
        done = sum(line.percent is not None and line.percent >= 100 for line in own)
        counted = (_number(value) for value in (row.told_people, row.told_collectives, row.told_works))
        rows.append((_said(row.unit.name), *counted, f"{done}/{len(own)}" if own else ""))
    yield table(["Đơn vị", "Cá nhân", "Tập thể", "Công trình", "Chỉ tiêu đạt"], rows)


def _silent(campaign, silent):
    """Who joined and did not report, and who was asked and did not join."""
    missing = list(not_joined(campaign))
    if silent:
        yield "## Đơn vị chưa báo cáo kết quả"
        yield table(["Đơn vị"], [(_said(row.unit.name),) for row in silent])
    if missing:
        yield "## Đơn vị chưa đăng ký hưởng ứng"
        yield table(["Đơn vị"], [(_said(unit.name),) for unit in missing])


def _examples(campaign):
    """Good examples that may be told."""
    rows = Example.objects.published().filter(campaign=campaign).select_related("unit").order_by("kind", "name")
    if rows:
        yield "## Gương điển hình"
        yield table(
            ["Họ tên, tập thể", "Đơn vị", "Việc làm"],
            [(_said(row.name), _said(row.unit.name), _said(row.title)) for row in rows],
        )


# --- What becomes of it


def _hear(document, state):
    """An issued report means that the review was held; recalled, the review is open again."""
    review = Review.objects.get(pk=int(document.area_key))
    if state == areas.ISSUED:
        ReviewPaper.objects.get_or_create(document=document, defaults={"review": review})
        reviewing.held_by(review, document)
    elif state == areas.RECALLED and review.document_id == document.pk:
        reviewing.reopen(review, by=document.author, reason=f"{document.name} bị thu hồi")


areas.register(AREA, _hear)
