"""What is done with the list of those honoured: chosen, named, moved, left out; awards presented; consent given and taken back.

What is presented stands in the record of items: an occasion that its own actions make, fill and hold
(``awards.presentation.actions``), so that each award is presented once, wherever that is.
"""

from copy import copy

from django.utils import timezone

from awards.models import Occasion
from awards.presentation import actions as presenting
from campaigns.campaign.rules import fault_of_year
from campaigns.examples.rules import fault_of_words
from documents.steps.log import words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import Steps, Who
from documents.uploads import drop_left, inspect_picture
from units.models import Unit

from ..area import keep
from ..events.actions import KEEPING
from ..events.models import Event
from ..log import About
from .forms import ConsentForm, WithdrawForm
from .models import Honour, Presentation
from .rules import OPEN, TOLD, award_candidates, differs, example_candidates, facts_of, occasion_of, ranked

# At once, and at one conference.
MOST, MOST_OF_ALL = 500, 2000
_BATCH, _NAMED = 500, 20
FACTS = ["kind", "name", "post", "unit", "reason", "is_posthumous", "biography"]
_WORDS = ["name", "post", "reason", "biography"]

LIST = Steps(Event, "hội nghị", about=About.EVENT, related=["unit", "plan", "level"], address="honour_list_step")
OF_ROW = Who(lambda row, user: KEEPING.may(row.event, user), lambda row: KEEPING.words(row.event))


def _words(row) -> dict:
    told = words_of(row, [*FACTS, "consented_on", "consent_words", "consent_ended_on"])
    return told | {"Ảnh": row.portrait.name if row.portrait_id else ""}


HONOURS = Steps(
    Honour, "người, tập thể", about=About.EVENT, words=_words, under="event", related=["unit", "plan", "level"],
    address="honour_step",
)  # fmt: skip


def rows_of(event) -> list[Honour]:
    """Those honoured, in their order, with what pages and papers tell of them. One query."""
    related = ("award__type", "award__decision", "example__picture", "portrait", "unit")
    return list(event.honours.select_related(*related))


# --- Who is honoured


def _listed(*names):
    """What the log tells of names."""
    return first_of(names, "người, tập thể", most=_NAMED)


def _refuse_number(event, keys):
    if not keys:
        raise Refused("Hãy đánh dấu ít nhất một dòng.")
    if len(keys) > MOST:
        raise Refused(f"Mỗi lần chọn nhiều nhất {MOST}. Hãy lọc hẹp lại rồi chọn nhiều lần.")
    if event.honours.count() + len(keys) > MOST_OF_ALL:
        raise Refused(f"Mỗi hội nghị tôn vinh nhiều nhất {MOST_OF_ALL} tập thể, cá nhân.")


@LIST.step("honour_awards", "Chọn từ khen thưởng", OPEN, who=KEEPING, form=None, renews=False)
def choose_awards(event, *, by, keys):
    """Add recipients of awards, by the keys of these; each is put where its rank has it."""
    _refuse_number(event, keys)
    rows = list(award_candidates(event, by).filter(pk__in=keys).select_related("type", "recipient", "unit"))
    if len(rows) < len(keys):
        raise Refused("Có khen thưởng đã hủy, hoặc vừa được thêm vào danh sách. Hãy tải lại trang rồi chọn lại.")
    return _add(event, [_of_award(row, event, by) for row in rows])


def _of_award(award, event, by) -> Honour:
    died = award.recipient.ended_on if award.whom == Honour.Kind.PERSON else None
    return Honour(
        event=event, award=award, kind=award.whom, name=award.name, post=award.post[:200], unit=award.unit, by=by,
        recipient=award.recipient, is_posthumous=bool(died and died <= event.last_day),
    )  # fmt: skip


@LIST.step("honour_examples", "Chọn từ gương điển hình", OPEN, who=KEEPING, form=None, renews=False)
def choose_examples(event, *, by, keys):
    """Add those of good examples, by the keys of these."""
    _refuse_number(event, keys)
    rows = list(example_candidates(event, by).filter(pk__in=keys).select_related("unit"))
    if len(rows) < len(keys):
        raise Refused("Có gương đã xóa, hoặc vừa được thêm vào danh sách. Hãy tải lại trang rồi chọn lại.")
    facts = ("kind", "name", "post", "unit")
    return _add(
        event,
        [
            Honour(event=event, example=row, reason=row.title, by=by, **{name: getattr(row, name) for name in facts})
            for row in rows
        ],
    )


@LIST.step("honour_name", "Nêu tên", OPEN, who=KEEPING, form=None, renews=False)
def name_one(event, *, by, honour, portrait=None):
    """Add one who has neither award nor example here, with the reason."""
    _refuse_number(event, [1])
    _refuse_facts(honour)
    if not honour.reason.strip():
        raise Refused("Hãy ghi vì thành tích gì.", "reason")
    honour.event, honour.by = event, by
    honour.portrait = keep(_picture(portrait), by=by) if portrait else None
    return _add(event, [honour])


def _add(event, made):
    """Put each before the first that ranks below it; what was moved by hand stays as it is among itself."""
    rows = rows_of(event)
    for row in sorted(made, key=ranked):
        row.tidy()
        place = next((place for place, other in enumerate(rows) if ranked(other) > ranked(row)), len(rows))
        rows.insert(place, row)
    _number(rows)
    Honour.objects.bulk_create([row for row in rows if row.pk is None], batch_size=_BATCH)
    return {"Thêm vào danh sách tôn vinh": _listed(*(row.name for row in made))}


def _number(rows):
    """Give each its place, and store those that were there and moved."""
    moved = [row for place, row in enumerate(rows, 1) if row.pk and row.position != place]
    for place, row in enumerate(rows, 1):
        row.position = place
    Honour.objects.bulk_update(moved, ["position"], batch_size=_BATCH)


@LIST.step("honour_out", "Bỏ khỏi danh sách", OPEN, who=KEEPING, form=None, renews=False, then=drop_left)
def leave_out(event, *, by, keys):
    """Take some out, with their portraits; what was to be presented here is free for another occasion."""
    rows = [row for row in rows_of(event) if row.pk in set(keys)]
    if not rows:
        raise Refused("Hãy đánh dấu ít nhất một dòng.")
    _take_off(event, [row for row in rows if row.is_presented], by)
    event.left = [file for row in rows for file in (row.portrait, row.consent_file)]
    event.honours.filter(pk__in=[row.pk for row in rows]).delete()
    _number(rows_of(event))
    return {"Bỏ khỏi danh sách tôn vinh": _listed(*(row.name for row in rows))}


# --- In which order


@LIST.step("honour_move", "Chuyển thứ tự", OPEN, who=KEEPING, form=None, renews=False)
def move(event, *, by, key, place):
    """Put one at ``place``, counted from one; beyond the ends it is the first, or the last."""
    rows = rows_of(event)
    found = next((row for row in rows if row.pk == key), None)
    if found is None:
        raise Refused("Dòng này không còn. Hãy tải lại trang.")
    before = found.position
    rows.remove(found)
    rows.insert(min(max(place, 1), len(rows) + 1) - 1, found)
    _number(rows)
    return {f"Thứ tự của {found.name}": f"{before} → {found.position}"}


@LIST.step("honour_sort", "Xếp lại theo thứ bậc", OPEN, who=KEEPING, form=None, renews=False)
def sort(event, *, by):
    """All in the order of their rank; what was moved by hand is forgotten."""
    _number(sorted(rows_of(event), key=ranked))
    return {"Thứ tự": "xếp lại theo thứ bậc khen thưởng"}


# --- Awards presented there


@LIST.step("honour_present", "Trao tại hội nghị", OPEN, who=KEEPING, form=None, renews=False)
def present(event, *, by, keys):
    """The awards of these are presented there: they enter the occasion of the conference. All or none."""
    rows = [row for row in rows_of(event) if row.pk in set(keys)]
    if not rows:
        raise Refused("Hãy đánh dấu ít nhất một dòng.")
    if bare := [row.name for row in rows if row.award_id is None]:
        raise Refused(f"Chỉ trao khen thưởng đã có quyết định. Hãy bỏ đánh dấu: {_listed(*bare)}.")
    new = [row for row in rows if not row.is_presented]
    if not new:
        raise Refused("Các khen thưởng đã đánh dấu đều đã vào lần trao của hội nghị.")
    occasion = _occasion(event, by)
    presenting.choose(occasion, by=by, keys=[row.award_id for row in new])
    _mark_dead(event, occasion, by)
    return {"Trao tại hội nghị": _listed(*(row.name for row in new))}


def _occasion(event, by) -> Occasion:
    """The planned occasion of a conference, made the first time. Raises ``Refused``."""
    found = occasion_of(event)
    if found and found.state == Occasion.State.DROPPED:
        Presentation.objects.filter(event=event).delete()
        found = None
    _refuse_held(found)
    if found:
        return _follow(event, found, by)
    day, begins_at, place = facts_of(event)
    made = presenting.plan(
        Occasion(
            kind=Occasion.Kind.CONFERENCE, name=event.name[:200], day=day, begins_at=begins_at, place=place,
            presenter=event.chair, presenter_post=event.chair_post,
            is_of_province=event.unit.kind == Unit.Kind.PROVINCE, sample=event.sample,
        ),
        by=by,
    )  # fmt: skip
    Presentation.objects.create(event=event, occasion=made)
    return made


def _follow(event, occasion, by) -> Occasion:
    """An occasion that is planned on the day and at the place of its conference; who presents as it says, once it does."""
    if not differs(event, occasion) and (occasion.presenter or not event.chair):
        return occasion
    typed = copy(occasion)
    typed.day, typed.begins_at, typed.place = facts_of(event)
    if not typed.presenter:
        typed.presenter, typed.presenter_post = event.chair, event.chair_post
    return presenting.edit(occasion, by=by, typed=typed)


def _mark_dead(event, occasion, by):
    """The occasion knows for whom families come up, as the list does."""
    dead = event.honours.filter(is_presented=True, is_posthumous=True, kind=Honour.Kind.PERSON).order_by()
    lines = set(occasion.awards.filter(award__in=dead.values("award")).values_list("pk", flat=True))
    if lines != set(occasion.awards.filter(is_posthumous=True).values_list("pk", flat=True)):
        presenting.mark(occasion, by=by, keys=lines)


@LIST.step("honour_unpresent", "Không trao tại hội nghị", OPEN, who=KEEPING, form=None, renews=False)
def unpresent(event, *, by, keys):
    """The awards of these are presented elsewhere: they leave the occasion."""
    rows = [row for row in rows_of(event) if row.pk in set(keys) and row.is_presented]
    if not rows:
        raise Refused("Hãy đánh dấu ít nhất một khen thưởng đang trao tại hội nghị.")
    _refuse_held(occasion_of(event))
    _take_off(event, rows, by)
    return {"Không trao tại hội nghị": _listed(*(row.name for row in rows))}


def _refuse_held(occasion):
    if occasion and occasion.state == Occasion.State.HELD:
        raise Refused("Lần trao của hội nghị đã ghi kết quả. Muốn đổi, hãy mở lại lần trao đó để ghi lại.")


def _take_off(event, rows, by):
    """Awards leave the occasion as long as it is planned; what was presented stays in its record."""
    occasion = occasion_of(event)
    if rows and occasion.state == Occasion.State.PLANNED:
        lines = occasion.awards.filter(award__in=[row.award_id for row in rows])
        presenting.leave_out(occasion, by=by, keys=set(lines.values_list("pk", flat=True)))


@LIST.step("honour_follow", "Cập nhật lần trao", OPEN, who=KEEPING, form=None, renews=False)
def follow(event, *, by):
    """The day or the place of the conference was changed: its occasion has the same."""
    occasion = occasion_of(event)
    if occasion is None or occasion.state != Occasion.State.PLANNED:
        raise Refused("Hội nghị không có lần trao nào đang dự kiến.")
    _follow(event, occasion, by)
    return {"Lần trao thưởng": f"{occasion.day:%d/%m/%Y} → {facts_of(event)[0]:%d/%m/%Y}"}


@LIST.step("honour_held", "Ghi đã trao", Event.DONE, who=KEEPING, form=None, renews=False)
def hold(event, *, by, taken):
    """The conference was held, and so is its occasion: ``taken`` as in ``awards.presentation.actions.hold``."""
    occasion = occasion_of(event)
    if occasion is None or occasion.state != Occasion.State.PLANNED:
        raise Refused("Hội nghị không có lần trao nào đang chờ ghi kết quả.")
    presenting.hold(_follow(event, occasion, by), by=by, taken=taken)
    return {"Trao thưởng": f"đã trao tại hội nghị, {len(taken)} khen thưởng"}


@LIST.step("honour_dropped", "Bỏ lần trao", [Event.State.STOPPED], who=KEEPING, form=None, renews=False)
def drop_occasion(event, *, by):
    """The conference was stopped: what was to be presented there is free for another occasion."""
    occasion = occasion_of(event)
    if occasion is None or occasion.state != Occasion.State.PLANNED:
        raise Refused("Hội nghị không có lần trao nào đang dự kiến.")
    presenting.drop(occasion, by=by, reason=f"Dừng tổ chức: {event.stopped_for}")
    return {"Lần trao thưởng": "không tổ chức, vì hội nghị dừng"}


# --- One of them


def _refuse_facts(honour):
    """What cannot be stored. Raises ``Refused``."""
    for name in _WORDS:
        if fault := fault_of_words(getattr(honour, name)):
            raise Refused(fault, name)
    if honour.is_posthumous and honour.kind != Honour.Kind.PERSON:
        raise Refused("Chỉ cá nhân mới truy tặng. Hãy bỏ chọn «Truy tặng».", "is_posthumous")


def _picture(file):
    """``file`` where it is a picture. Raises ``UploadRefused``."""
    inspect_picture(file)
    return file


@HONOURS.step("honour_edit", "Sửa", TOLD, who=OF_ROW, form=None, then=drop_left)
def edit(honour, *, by, typed, portrait=None, drop_portrait=False):
    """What is ``typed`` takes the place of what stands there; who is honoured stays the same."""
    _refuse_facts(typed)
    if honour.award_id is None and not typed.reason.strip():
        raise Refused("Hãy ghi vì thành tích gì.", "reason")
    if honour.is_presented and honour.is_posthumous != typed.is_posthumous:
        raise Refused("Khen thưởng này đã vào lần trao. Hãy bỏ ra, sửa «Truy tặng», rồi trao lại.", "is_posthumous")
    if honour.consented_on and not honour.consent_ended_on and typed.name.casefold() != honour.name.casefold():
        raise Refused(
            f"Sự đồng ý đã ghi là của «{honour.name}». Muốn đổi tên, hãy bỏ dòng này rồi thêm dòng khác.", "name"
        )
    old = honour.portrait
    for name in FACTS:
        setattr(honour, name, getattr(typed, name))
    if portrait:
        honour.portrait = keep(_picture(portrait), by=by)
    elif drop_portrait:
        honour.portrait = None
    honour.left = [old] if old != honour.portrait else []


def _needs_none(honour, user) -> str:
    return "Tập thể không cần sự đồng ý của cá nhân." if honour.kind == Honour.Kind.COLLECTIVE else ""


def _consents(honour) -> bool:
    return honour.consented_on is not None and honour.consent_ended_on is None


def _consents_already(honour, user) -> str:
    return _needs_none(honour, user) or ("Đã ghi sự đồng ý." if _consents(honour) else "")


@HONOURS.step("honour_consent", "Ghi sự đồng ý", TOLD, who=OF_ROW, fault=_consents_already, form=ConsentForm, icon="check",
              told="Đã ghi sự đồng ý. Tiểu sử, ảnh được in.", then=drop_left)  # fmt: skip
def give_consent(honour, *, by, on, words, files=None):
    """The person agrees that biography and portrait are printed, since ``on``; ``files``: the paper of it."""
    if fault := fault_of_year(on):
        raise Refused(fault, "on")
    if on > timezone.localdate():
        raise Refused(f"Ngày {on:%d/%m/%Y} chưa đến. Hãy ghi ngày người được tôn vinh đồng ý.", "on")
    if honour.consent_ended_on and on < honour.consent_ended_on:
        raise Refused(f"Đã rút lại đồng ý ngày {honour.consent_ended_on:%d/%m/%Y}. Hãy ghi ngày đồng ý lại.", "on")
    if fault := fault_of_words(words):
        raise Refused(fault, "words")
    honour.left = [honour.consent_file]
    honour.consented_on, honour.consent_words, honour.consent_ended_on = on, words.strip(), None
    honour.consent_file = keep(files, by=by) if files else None


def _gave_none(honour, user) -> str:
    return _needs_none(honour, user) or ("" if _consents(honour) else "Chưa ghi sự đồng ý.")


@HONOURS.step("honour_withdraw", "Rút lại đồng ý", TOLD, who=OF_ROW, fault=_gave_none, form=WithdrawForm, icon="ban",
              look="ghost-danger", told="Đã ghi. Tiểu sử, ảnh không in nữa.")  # fmt: skip
def withdraw_consent(honour, *, by):
    """The person agrees no longer: from this moment neither biography nor portrait is printed or shown."""
    honour.consent_ended_on = timezone.localdate()
