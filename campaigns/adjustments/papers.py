"""The letter that tells units of an adjustment; whoever wrote it enters its number once it was issued."""

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import Papers
from documents.citations.rules import long_form
from documents.models import Addressee, Document
from documents.papers.models import labels
from documents.papers.rules import issuers_for
from documents.papers.tables import table
from documents.source.markdown import said
from documents.source.vietnamese import full_day, table_day
from documents.steps.refusing import Refused

from ..area import CAMPAIGNS
from ..campaign.actions import held
from ..campaign.models import Campaign
from ..campaign.papers import named
from ..campaign.rules import DATES, DAY_NAMES
from .actions import Kind, Wish, days_of, fault_of_effect, refuse_what
from .models import Adjustment

# Nothing is heard of it: a person enters it as the paper of the adjustment, having seen what depends on it.
LETTER = Papers(CAMPAIGNS, "dieu-chinh-phong-trao", Kind)
_VERBS = {
    Kind.POSTPONE: "hoãn",
    Kind.RESUME: "tiếp tục thực hiện",
    Kind.CHANGE: "điều chỉnh thời gian",
    Kind.STOP: "dừng",
    Kind.REPLACE: "thay thế",
}
# What the letter asks of those who launched on the basis of the campaign, and of those who joined it.
_ASKS = {
    Kind.POSTPONE: "tạm dừng các hoạt động của phong trào cho đến khi có văn bản tiếp tục thực hiện; xem xét hoãn phong trào "
    "đã phát động trên cơ sở phong trào này",
    Kind.RESUME: "tiếp tục thực hiện nội dung thi đua đã đăng ký; điều chỉnh kế hoạch và thời gian phong trào của đơn vị cho "
    "phù hợp",
    Kind.CHANGE: "điều chỉnh kế hoạch và thời gian phong trào đã phát động trên cơ sở phong trào này cho phù hợp",
    Kind.STOP: "dừng các hoạt động của phong trào; xem xét dừng hoặc điều chỉnh phong trào đã phát động trên cơ sở phong trào "
    "này",
    Kind.REPLACE: "thực hiện theo phong trào mới; xem xét thay thế hoặc điều chỉnh phong trào đã phát động trên cơ sở phong "
    "trào này",
}


def letters_of(campaign, user):
    """The letters made here about ``campaign`` that ``user`` may open and no adjustment rests on yet, the latest first."""
    return LETTER.standing(campaign.pk).open_to(user).exclude(pk__in=Adjustment.objects.holding().values("paper"))


@transaction.atomic
def drafted_letter(
    campaign, kind, *, by, reason: str, dates=None, effective_on=None, successor: Campaign | None = None
) -> Document:
    """A draft of the letter by which ``kind`` becomes of ``campaign``; without ``effective_on`` from the day of signing.

    Nothing becomes of the campaign itself. Raises ``Refused``.
    """
    found = held(campaign, by)
    wish = Wish(kind, reason, effective_on, dates=dates or {}, successor=successor)
    refuse_what(found, wish, by)
    if effective_on and (fault := fault_of_effect(found, effective_on, drafting=True)):
        raise Refused(fault, "effective_on")
    issuer = _issuer(found, by)
    LETTER.refuse_second(found.pk, kind)
    receivers = _receivers(found)
    return LETTER.draft(
        found.pk,
        kind,
        by=by,
        type="CV",
        issuer=issuer,
        facts={
            "subject": f"{_VERBS[kind]} {named(found)}",
            "to": "\n".join(row.label for row in receivers) or "…",
            "body": "\n\n".join(_body(found, wish, issuer)),
        },
        addressees=receivers,
    )


def _issuer(campaign, by):
    """The unit that launched it, or the one of ``by`` that it went into. Raises ``Refused`` for a campaign of others."""
    if found := issuers_for(by).filter(pk=campaign.unit_id).first():
        return found
    if campaign.unit_id in by.inherited_units:
        return by.unit
    raise Refused(
        f"Công văn điều chỉnh do {campaign.unit} ban hành. Hãy ghi văn bản đó vào sổ, rồi gõ số, ký hiệu ở ô «Theo văn bản số»."
    )


def _receivers(campaign) -> list[Addressee]:
    """Whom the launch asked: of a unit's campaign its subordinates, of others all units of the asked kinds."""
    if campaign.level == Campaign.Level.UNIT:
        units = campaign.asked_units(timezone.localdate())
        return [Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in units]
    keys = [f"loai:{kind}" for kind in dict.fromkeys(campaign.asked_kinds)]
    return [Addressee(key=key, label=called) for key, called in labels(keys).items()]


def _body(campaign, wish, issuer):
    """What was launched; what becomes of it and since when; why; what is asked."""
    since = f"kể từ {full_day(wish.effective_on)}" if wish.effective_on else "kể từ ngày ký công văn này"
    yield _launched(campaign)
    yield f"Lý do điều chỉnh: {said(' '.join(wish.reason.split()).rstrip('.'))}."
    yield from _decided(campaign, wish, issuer, since)
    name = said(issuer.name)
    yield f"{name} đề nghị các cơ quan, đơn vị, địa phương {_ASKS[wish.kind]}; báo cáo kết quả về {name}."


def _launched(campaign) -> str:
    """What was launched and for which days; its name is told once."""
    days = f"thời gian thực hiện từ {full_day(campaign.begins_on)} đến {full_day(campaign.ends_on)}"
    if _names(campaign.document, campaign):
        return f"Theo {said(long_form(campaign.document))}, {days}."
    by_paper = f" theo {said(long_form(campaign.document))}" if campaign.document else ""
    launch = f"{said(campaign.unit.name)} phát động {said(named(campaign))}{by_paper}"
    return f"{full_day(campaign.launched_on).capitalize()}, {launch}, {days}."


def _successor(campaign) -> str:
    if _names(campaign.document, campaign):
        return f"phong trào theo {said(long_form(campaign.document))}"
    paper = f" ({said(long_form(campaign.document))})" if campaign.document else ""
    return f"{said(named(campaign))} do {said(campaign.unit.name)} phát động{paper}"


def _names(paper, campaign) -> bool:
    """Whether the subject of ``paper`` names the campaign, so that citing the paper in full tells of it."""
    return paper is not None and named(campaign).casefold() in paper.subject.casefold()


def _decided(campaign, wish, issuer, since):
    """The adjustment itself; new days stand in a table."""
    changed = _changed(campaign, wish)
    if wish.kind == Kind.REPLACE:
        yield f"{said(issuer.name)} thay thế phong trào nêu trên bằng {_successor(wish.successor)}, {since}."
        return
    follows = ", thời gian như sau:" if changed else "."
    yield f"{said(issuer.name)} {_VERBS[wish.kind]} phong trào nêu trên {since}{follows}"
    if changed:
        yield table(["Nội dung", "Đã ấn định", "Điều chỉnh thành"], changed)


def _changed(campaign, wish):
    """(what, day before, day after) of each day that becomes another."""
    before, after = days_of(campaign), days_of(campaign, wish.dates)
    return [
        (
            DAY_NAMES[name],
            table_day(before[name]) if before[name] else "–",
            table_day(after[name]) if after[name] else "Không còn",
        )
        for name in DATES
        if before[name] != after[name]
    ]
