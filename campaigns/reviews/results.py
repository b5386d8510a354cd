"""What each unit reports at a review of a campaign that it joined: kept as a draft, sent, returned with a reason."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.models import history_of
from documents.steps.log import words_of
from documents.steps.refusing import Refused, refuse_stale
from documents.steps.stepping import Steps, Who
from documents.uploads import drop
from units.figures import figure_text

from ..area import keep
from ..campaign.actions import whose
from ..joinings.actions import OF_RESULT, RETURN_RESULT, SEND_RESULT, WITHDRAWN, WRITE_RESULT, takes_part
from ..joinings.actions import STEPS as JOININGS
from ..joinings.models import Joining
from ..log import About
from .forms import Parts, ReturnForm
from .models import Figure, Result, ResultFile, Review

_TOLD = ["people", "collectives", "works", "words", "shortcomings"]


def results_for(user):
    """The results that ``user`` may read: those of the own unit, and what was sent to whoever sums up."""
    told = Q(sent_at__isnull=False) | Q(joining__unit__in=user.inherited_units)
    return Result.objects.filter(told, joining__in=Joining.objects.visible_to(user).order_by().values("pk"))


def fault_of_time(review, campaign) -> str:
    """Why no unit can report at ``review`` today; nothing where it can."""
    if review.state != Review.State.OPEN:
        return f"Đợt này {review.get_state_display().lower()} nên không nhận kết quả nữa."
    if campaign.state == campaign.State.POSTPONED:
        return "Phong trào đang hoãn nên chưa nhận kết quả. Khi phong trào tiếp tục thì ghi được."
    if not takes_part(campaign):
        return f"Phong trào đang ở bước «{campaign.get_state_display()}» nên không nhận kết quả."
    if timezone.localdate() < campaign.begins_on:
        return f"Phong trào bắt đầu ngày {campaign.begins_on:%d/%m/%Y}; từ ngày đó mới ghi kết quả."
    return ""


def _refuse_late(review, joining):
    """Raise ``Refused`` where the review as it stands now takes no results; nobody holds or stops it meanwhile."""
    if fault := fault_of_time(Review.objects.select_for_update().get(pk=review.pk), joining.campaign):
        raise Refused(fault)


def _named(act):
    """How the log names a step."""
    return lambda result, _=None: f"{act} kết quả {result.review.brief}"


_NOT_NOW = {
    Result.State.WRITTEN: "Kết quả này chưa gửi nên không trả lại được.",
    Result.State.SENT: "Kết quả này đã gửi rồi.",
}
STEPS = Steps(
    Result,
    "kết quả",
    about=About.JOINING,
    under="joining",
    related=["campaign__unit", "unit"],
    address="result_step",
    gone=WITHDRAWN,
    not_now=lambda step, result: _NOT_NOW[result.state],
    reason_length=300,
)
UNIT = Who(lambda result, user: result.joining.is_kept_by(user), lambda result: str(result.joining.unit))
KEEPER = Who(
    lambda result, user: result.joining.campaign.is_kept_by(user), lambda result: whose(result.joining.campaign)
)


def _told(result) -> dict:
    words = words_of(result, _TOLD)
    for row in result.figures.select_related("goal"):
        words[f"Đạt: {row.goal}"] = f"{figure_text(row.reached)} {row.goal.measure}"
    words["Tệp"] = "; ".join(row.upload.name for row in result.files.select_related("upload"))
    return words


@transaction.atomic
def save(result, parts: Parts, *, by, seen_version: int | None = None) -> Result:
    """Store what a unit tells at an open review, as a draft. ``seen_version`` is 0 where nothing was there.

    Raises ``Refused``, ``Stale``, and ``documents.uploads.UploadRefused`` for a file.
    """
    joining = JOININGS.locked(result.joining)
    if not joining.is_kept_by(by):
        raise Refused(f"Kết quả này do {joining.unit} ghi.")
    if joining.campaign_id != result.review.campaign_id:
        raise Refused("Đợt này không thuộc phong trào mà đơn vị đã đăng ký.")
    _refuse_late(result.review, joining)
    stored = joining.results.select_related("review").filter(review=result.review_id).first()
    if stored:
        log = history_of(About.JOINING, joining.pk).filter(what__in=OF_RESULT)
        refuse_stale(About.JOINING, stored, seen_version, log=log)
        if stored.sent_at:
            raise Refused("Kết quả này đã gửi. Cần sửa, hãy đề nghị đơn vị chủ trì trả lại.")
    before = _told(stored) if stored else {}
    stored = stored or Result(joining=joining, review=result.review, version=0)
    for name in _TOLD:
        setattr(stored, name, getattr(result, name))
    stored.by, stored.version = by, stored.version + 1
    stored.save()
    _store(stored, parts, by)
    after = _told(stored)
    if before == after:
        Result.objects.filter(pk=stored.pk).update(version=stored.version - 1)
        stored.version -= 1
    else:
        told = _named("Ghi")(stored)
        STEPS.tell(stored, WRITE_RESULT, told, by=by, before=before, after=after, of=stored.pk)
    return stored


def _store(result, parts, by):
    """Put the figures in the place of those that were there; add files, and take out those crossed out."""
    own = set(result.joining.goals.values_list("pk", flat=True))
    result.figures.all().delete()
    Figure.objects.bulk_create(
        Figure(result=result, goal_id=key, reached=reached)
        for key, reached in parts.figures.items()
        if key in own and reached is not None
    )
    kept = list(result.files.select_related("upload"))
    for file in parts.files:
        ResultFile.objects.create(result=result, upload=keep(file, by=by))
    # Last: bytes that are gone do not come back with a transaction that fails.
    for row in kept:
        if row.pk in parts.dropped:
            drop(row.upload)


def faults_of(result) -> list[str]:
    """What keeps a result from being sent, in words."""
    faults = []
    if not result.words.strip():
        faults.append("Chưa ghi kết quả nổi bật.")
    told = set(result.figures.values_list("goal", flat=True))
    silent = [str(goal) for goal in result.joining.goals.all() if goal.pk not in told]
    if silent:
        faults.append(f"Chưa ghi số đạt được của {len(silent)} chỉ tiêu: {'; '.join(silent)}.")
    return faults


def _late(result, _user) -> str:
    return fault_of_time(result.review, result.joining.campaign)


@STEPS.step(
    SEND_RESULT, "Gửi", [Result.State.WRITTEN], to=Result.State.SENT, who=UNIT, fault=_late, log=_named("Gửi"),
    told="Đã gửi kết quả.",
)  # fmt: skip
def send(result, *, by):
    """Send a result that is complete to whoever sums up."""
    _refuse_late(result.review, result.joining)
    if faults := faults_of(result):
        raise Refused("Chưa gửi được. " + " ".join(faults))
    result.returned_for = ""


@STEPS.step(
    RETURN_RESULT, "Trả lại", [Result.State.SENT], to=Result.State.WRITTEN, who=KEEPER, form=ReturnForm,
    needs_reason=True, fault=_late, log=_named("Trả lại"), told="Đã trả lại kèm lý do.",
)  # fmt: skip
def give_back(result, *, by, reason):
    """Whoever keeps the campaign returns a result, with what is to be mended."""
    _refuse_late(result.review, result.joining)
    result.returned_for = reason.strip()
