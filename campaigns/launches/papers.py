"""What the papers about a campaign say: its launch, and the letter that reminds units to launch their own.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III (kế hoạch, quyết định, công văn); a launch follows the province's own usage
(1365/PĐ-UBND, 43/PĐ-UBND).
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, RECALLED, REPLACED, Papers
from documents.citations.rules import long_form
from documents.models import Addressee, Appendix, Document, Effect
from documents.papers.models import labels
from documents.papers.rules import proposal_for
from documents.source.bases import bases_on
from documents.source.markdown import said
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.models import Unit
from units.text import key_or_none

from ..area import CAMPAIGNS, LAUNCH
from ..campaign.actions import held
from ..campaign.models import Campaign
from ..campaign.papers import letter_to, named
from ..campaign.rules import faults_of
from . import actions as launching
from .progress import missing_units

REMINDER = Papers(CAMPAIGNS, "don-doc-phat-dong")
TYPES = {"PĐ": "Phát động", "KH": "Kế hoạch", "QĐ": "Quyết định"}


@transaction.atomic
def draft_launch(campaign, type: str, *, by) -> Document:
    """A draft of the launch as ``type`` (PĐ, KH or QĐ), tied to the campaign. Raises ``Refused``."""
    found = held(campaign, by)
    if not found.is_draft:
        raise Refused("Phong trào đã phát động.")
    if faults := faults_of(found):
        raise Refused(f"Chưa soạn được văn bản. {' '.join(faults)}")
    if found.document and found.document.state not in Document.OVER:
        raise Refused(f"Đã có {found.document.name}. Hãy mở văn bản đó; muốn soạn lại thì bỏ nó trước.")
    parts = _parts(found)
    is_decision = type == "QĐ"
    body = _articles(found) if is_decision else "\n\n".join([_opening(found), *parts])
    facts = {"subject": _subject(found), "body": body, "recipients": "\n".join(_recipients(found))}
    if is_decision:
        facts["subject"] = f"ban hành Kế hoạch {_subject(found)}"
        facts["bases"] = "\n".join([*bases_on(timezone.localdate(), found.unit), proposal_for(found.unit, by.unit)])
        facts["recipients"] = f"Như Điều 3\n{facts['recipients']}"
    plan = Appendix(type_id="KH", title=_subject(found), body="\n\n".join([_opening(found), *parts]))
    appendices = [plan] if is_decision else ()
    document = LAUNCH.draft(
        found.pk,
        by=by,
        type=type,
        issuer=found.unit,
        facts=facts,
        addressees=_addressees(found),
        appendices=appendices,
    )
    Campaign.objects.filter(pk=found.pk).update(document=document)
    told = {"Văn bản": document.name}
    launching.STEPS.tell(found, "draft_launch", "Soạn văn bản phát động", by=by, after=told)
    return document


def _subject(campaign) -> str:
    return f"phát động {named(campaign)}"


def _opening(campaign) -> str:
    """On whose basis, and what is launched."""
    papers = [row.document for row in campaign.parents.select_related("document__type") if row.document]
    basis = f"Trên cơ sở {'; '.join(said(long_form(paper)) for paper in papers)}, " if papers else ""
    words = said(_subject(campaign))
    return f"{basis}{said(campaign.unit.name)} {words} như sau:"


def _parts(campaign) -> list[str]:
    """Aims, who takes part, contents, criteria, time, commendation, who does what."""
    participants = said(campaign.participants)
    titles = [
        ("MỤC ĐÍCH, YÊU CẦU", said(campaign.aims)),
        ("ĐỐI TƯỢNG THAM GIA", participants and f"{participants.rstrip(' .;,')}."),
        ("NỘI DUNG THI ĐUA", said(campaign.contents)),
        ("TIÊU CHÍ, TIÊU CHUẨN", said(campaign.criteria)),
        ("THỜI GIAN THỰC HIỆN", _times(campaign)),
        ("KHEN THƯỞNG", _commendation(campaign)),
        ("TỔ CHỨC THỰC HIỆN", _duties(campaign)),
    ]
    found = []
    there = [(title, words) for title, words in titles if words.strip()]
    for number, (title, words) in zip(_ROMAN, there, strict=False):
        found.append(f"# {number}. {title}")
        found += [line.strip() for line in words.splitlines() if line.strip()]
    return found


_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]


def _times(campaign) -> str:
    lines = [f"Từ {full_day(campaign.begins_on)} đến {full_day(campaign.ends_on)}."]
    if campaign.interim_on:
        lines.append(f"Sơ kết: {full_day(campaign.interim_on)}.")
    if campaign.final_on:
        lines.append(f"Tổng kết: {full_day(campaign.final_on)}.")
    return "\n".join(lines)


def _commendation(campaign) -> str:
    quota = [
        f"{count_text(number)} {words}"
        for number, words in ((campaign.quota_collectives, "tập thể"), (campaign.quota_people, "cá nhân"))
        if number
    ]
    lines = [f"Mỗi đơn vị đề nghị khen thưởng không quá {' và '.join(quota)}."] if quota else []
    if campaign.nominations_until:
        lines.append(f"Hồ sơ đề nghị khen thưởng gửi trước {full_day(campaign.nominations_until)}.")
    return "\n".join(lines)


def _duties(campaign) -> str:
    if campaign.level == Campaign.Level.UNIT:
        return (
            f"1. Các phòng, đơn vị trực thuộc {said(campaign.unit.name)} phổ biến, tổ chức thực hiện; đăng ký và "
            "báo cáo kết quả.\n"
            "2. Bộ phận phụ trách thi đua, khen thưởng theo dõi, tổng hợp, tham mưu sơ kết, tổng kết và khen thưởng."
        )
    return (
        "1. Các cơ quan, đơn vị, địa phương phát động phong trào của mình trên cơ sở phong trào này, đăng ký hưởng ứng, báo cáo "
        "kết quả khi sơ kết, tổng kết.\n"
        "2. Sở Nội vụ hướng dẫn, đôn đốc, theo dõi; tổng hợp, tham mưu sơ kết, tổng kết và khen thưởng.\n"
        "3. Ủy ban Mặt trận Tổ quốc và các đoàn thể tỉnh tuyên truyền, vận động đoàn viên, hội viên và Nhân dân tham gia."
    )


def _articles(campaign) -> str:
    """The articles of a decision to which the plan is attached."""
    return "\n\n".join(
        [
            f"**Điều 1.** Ban hành kèm theo Quyết định này Kế hoạch {said(_subject(campaign))}.",
            "**Điều 2.** Quyết định này có hiệu lực thi hành kể từ ngày ký.",
            f"**Điều 3.** {_executors(campaign)} chịu trách nhiệm thi hành Quyết định này.",
        ]
    )


# Who carries out a decision of the province, by the kinds of units that it asks.
_EXECUTORS = {
    Unit.Kind.DEPARTMENT: "Thủ trưởng các sở, ban, ngành tỉnh",
    Unit.Kind.DISTRICT: "Chủ tịch Ủy ban nhân dân các huyện, thành phố",
    Unit.Kind.COMMUNE: "Chủ tịch Ủy ban nhân dân các xã, phường",
}


def _executors(campaign) -> str:
    """Who is charged with a decision."""
    if campaign.level == Campaign.Level.UNIT:
        return f"Thủ trưởng các phòng, đơn vị trực thuộc {campaign.unit.name}"
    asked = [_EXECUTORS.get(kind) or label for kind, label in _asked(campaign)]
    return "; ".join(["Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc Sở Nội vụ", *asked])


def _asked(campaign):
    """(kind, the words that papers address it by) of each kind of units that is asked."""
    called = labels(f"loai:{kind}" for kind in campaign.asked_kinds)
    return [(kind, called[f"loai:{kind}"]) for kind in campaign.asked_kinds]


def _recipients(campaign) -> list[str]:
    if campaign.level == Campaign.Level.UNIT:
        return ["Sở Nội vụ", "Các phòng, đơn vị trực thuộc"]
    return [*(label for _, label in _asked(campaign)), "Sở Nội vụ"]


def _addressees(campaign) -> list[Addressee]:
    """The units that are asked: by kind, or one by one where they are those below a unit."""
    if campaign.level == Campaign.Level.UNIT:
        units = campaign.asked_units()
        return [Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in units]
    return [Addressee(key=f"loai:{kind}", label=label) for kind, label in _asked(campaign)]


# --- What becomes of them


@LAUNCH.heard
def hear_launch(document: Document, state: str) -> None:
    """The issued paper launches its campaign; a paper that takes its place is the launch from then on.

    Raises ``Refused`` where there is nothing left to launch. Whoever issued it may have an office that the typist has not,
    so nobody's rights to the campaign are asked.
    """
    campaign = Campaign.objects.select_for_update().filter(pk=key_or_none(document.area_key) or 0).first()
    if state == ISSUED:
        _hear_issued(campaign, document)
    elif campaign and campaign.document_id == document.pk:
        _hear_over(campaign, document, state)


def _hear_issued(campaign, document):
    if campaign is None:
        raise Refused("Phong trào mà văn bản này phát động đã bị xóa. Hãy trả lại và bỏ văn bản này.")
    if document.issuer_unit_id != campaign.unit_id:
        raise Refused(
            f"Phong trào do {campaign.unit} phát động, văn bản này của cơ quan khác. Hãy trả lại để sửa cơ quan ban hành."
        )
    if campaign.is_draft:
        day = date(document.year, document.month, document.day)
        launching.launch.heard(campaign, by=_actor(document), paper=document, day=day)
        return
    if not campaign.may_be_adjusted:
        raise Refused(
            f"Phong trào đã ở trạng thái «{campaign.get_state_display()}» nên không ban hành văn bản phát động nữa. "
            "Hãy trả lại và bỏ văn bản này."
        )
    if campaign.document_id == document.pk:
        # Told already by the paper that it takes the place of.
        return
    if not document.effects.filter(kind=Effect.Kind.REPLACES, target=campaign.document_id).exists():
        raise Refused(
            "Phong trào đã phát động theo văn bản khác. Hãy trả lại và bỏ văn bản này; cần thay thế văn bản phát động thì mở "
            "văn bản đó và bấm «Thay thế»."
        )
    _replace(campaign, document)


def _hear_over(campaign, document, state):
    """The launch paper was replaced or recalled by another paper."""
    kind = Effect.Kind.REPLACES if state == REPLACED else Effect.Kind.RECALLS
    effect = document.affected_by.holding().filter(kind=kind).select_related("paper__issued_by", "paper__author").last()
    if effect and state == REPLACED:
        _replace(campaign, effect.paper)
    elif state == RECALLED:
        by = _actor(effect.paper if effect else document)
        told = {"Văn bản bị thu hồi": document.name}
        launching.STEPS.tell(campaign, "launch_recalled", "Văn bản phát động bị thu hồi", by=by, after=told)


def _replace(campaign, document):
    Campaign.objects.filter(pk=campaign.pk).update(document=document)
    facts = {"by": _actor(document), "after": {"Văn bản": document.name}}
    launching.STEPS.tell(campaign, "launch_replaced", "Văn bản phát động được thay thế", **facts)


def _actor(document):
    return document.issued_by or document.author


@transaction.atomic
def draft_reminder(campaign, *, by) -> Document:
    """A draft of a letter to the units that were asked and launched nothing. Raises ``Refused``."""
    found = held(campaign, by)
    if not found.is_going_on or not found.document:
        raise Refused(f"Phong trào này {_not_going_on(found)} nên không đôn đốc.")
    units = list(missing_units(found))
    if not units:
        raise Refused("Các đơn vị được đề nghị đều đã phát động. Không có đơn vị nào phải đôn đốc.")
    REMINDER.refuse_second(found.pk)
    letter = letter_to(
        units,
        subject=f"đôn đốc {_subject(found)}",
        title="Danh sách đơn vị chưa phát động phong trào thi đua",
        body=lambda meant: _reminding(found, meant),
    )
    return REMINDER.draft(found.pk, by=by, type="CV", issuer=by.unit, **letter)


def _reminding(campaign, meant) -> str:
    return (
        f"Thực hiện {said(long_form(campaign.document))}, các cơ quan, đơn vị, địa phương phát động phong trào thi đua của "
        f"mình trên cơ sở phong trào này. Đến nay còn {meant} chưa phát động hoặc chưa ghi văn bản phát động.\n\n"
        "Đề nghị các đơn vị khẩn trương phát động, ghi văn bản phát động trên phần mềm; trường hợp đã phát động thì ghi ngay, "
        "chưa phát động được thì nêu rõ lý do."
    )


def _not_going_on(campaign) -> str:
    if campaign.may_be_adjusted:
        return "đang hoãn" if campaign.state == Campaign.State.POSTPONED else "chưa có văn bản phát động"
    return f"ở trạng thái «{campaign.get_state_display()}»"


@REMINDER.heard
def hear_reminder(document: Document, state: str) -> None:
    """Nobody is asked to launch on the basis of what does not go on. Raises ``Refused``."""
    campaign = Campaign.objects.filter(pk=key_or_none(document.area_key) or 0).first()
    if state == ISSUED and not (campaign and campaign.is_going_on):
        told = _not_going_on(campaign) if campaign else "đã bị xóa"
        raise Refused(f"Phong trào này {told} nên không đôn đốc nữa. Hãy trả lại và bỏ công văn này.")
