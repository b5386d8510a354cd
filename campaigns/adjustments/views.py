"""Adjusting a campaign: the form, the page that shows everything that depends on it, and the letter that tells of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from documents.areas.papers import name_of
from documents.steps.accepting import accepted
from documents.steps.pages import step_page

from ..campaign.page import find, frame, refuse_stranger
from ..campaign.rules import DAY_NAMES
from . import actions as adjusting
from . import undoing
from .consequences import consequences
from .forms import AdjustForm, asked_kind
from .models import Adjustment
from .papers import drafted_letter, letters_of


def adjust(request, pk):
    """What is to become of a campaign: typed, shown with everything that depends on it, confirmed; or made into a letter."""
    found = find(request, pk)
    refuse_stranger(request, found)
    if request.method == "POST":
        step = "switch" if "to" in request.POST else request.POST.get("step", "")
        return _STEPS.get(step, _review)(request, found)
    kinds = adjusting.kinds_for(found)
    kind = asked_kind(request.GET.get("loai", ""), kinds)
    if kind not in kinds:
        return _not_so(request, found, kinds)
    paper = request.GET.get("van-ban", "")
    return _form_page(request, found, _form(request, found, kind, initial={"paper": paper}))


def _not_so(request, campaign, kinds):
    """Why there is no form: the campaign cannot be adjusted, or not in the way that the address asks for."""
    if kinds:
        messages.info(request, f"Phong trào đang ở trạng thái «{campaign.get_state_display()}». Hãy chọn việc khác.")
        return redirect("adjust_campaign", campaign.pk)
    words = (
        "chưa phát động nên chưa cần điều chỉnh" if campaign.is_draft else "đã kết thúc nên không điều chỉnh được nữa"
    )
    messages.info(request, f"Phong trào này {words}.")
    return redirect(campaign)


def _form(request, campaign, kind, **options) -> AdjustForm:
    return AdjustForm(campaign=campaign, user=request.user, kind=kind, **options)


def _typed(request, campaign, **options) -> AdjustForm:
    """The form as it was sent."""
    kind = asked_kind(request.POST.get("kind", ""), adjusting.kinds_for(campaign)) or Adjustment.Kind.CHANGE
    return _form(request, campaign, kind, data=request.POST, **options)


def _form_page(request, campaign, form):
    letters = list(letters_of(campaign, request.user))
    for letter in letters:
        letter.tells = name_of(letter)
    context = {
        "campaign": campaign,
        "form": form,
        "letters": letters,
        "adjustments": adjusting.adjustments_of(campaign, request.user),
        "area": "campaigns",
    }
    return render(request, "campaigns/adjustments/adjust.html", context, status=422 if form.errors else 200)


def _switch(request, campaign):
    """The form of another kind, or the same one again, with everything that was typed, not judged yet."""
    kind = asked_kind(request.POST.get("to", "") or request.POST.get("kind", ""), adjusting.kinds_for(campaign))
    typed = request.POST.dict()
    return _form_page(request, campaign, _form(request, campaign, kind or Adjustment.Kind.CHANGE, initial=typed))


def _review(request, campaign):
    """The page that shows everything that depends on it."""
    form = _typed(request, campaign)
    seen = {"by": request.user, "seen_version": _seen(form)}
    if not (form.is_valid() and accepted(form, lambda: adjusting.check(campaign, form.wish(), **seen))):
        return _form_page(request, campaign, form)
    wish = form.wish()
    before, after = adjusting.days_of(campaign), adjusting.days_of(campaign, wish.dates)
    context = {
        "campaign": campaign,
        "form": form,
        "wish": wish,
        "days": [(field.label, before[field.name], after[field.name]) for field in form.days],
        "told": consequences(campaign, wish.kind, wish.dates, user=request.user),
        "area": "campaigns",
    }
    return render(request, "campaigns/adjustments/adjust_confirm.html", context)


def _seen(form) -> int:
    """The version that the person had on screen; none of them where the form said nothing."""
    return (form.cleaned_data.get("version") if form.is_valid() else None) or 0


def _confirm(request, campaign):
    """Let it become of the campaign."""
    form = _typed(request, campaign)
    seen = {"by": request.user, "seen_version": _seen(form)}
    if form.is_valid() and accepted(form, lambda: adjusting.adjust(campaign, form.wish(), **seen)):
        messages.success(request, f"Đã ghi điều chỉnh: {form.title}.")
        return redirect(campaign)
    return _form_page(request, campaign, form)


def _draft(request, campaign):
    """Have the letter drafted; the adjustment itself waits for its number."""
    form, made = _typed(request, campaign, drafting=True), []
    if form.is_valid() and accepted(form, lambda: made.append(_letter(request, campaign, form.wish()))):
        messages.success(
            request, "Đã soạn dự thảo. Khi công văn đã phát hành, hãy ghi điều chỉnh theo số của công văn đó."
        )
        return redirect(made[0])
    return _form_page(request, campaign, form)


def _letter(request, campaign, wish):
    return drafted_letter(
        campaign,
        wish.kind,
        by=request.user,
        reason=wish.reason,
        dates=wish.dates,
        effective_on=wish.effective_on,
        successor=wish.successor,
    )


def _adjustment(request, pk) -> Adjustment:
    """An adjustment of a campaign that this person may see."""
    row = get_object_or_404(Adjustment.objects.select_related("paper__type"), pk=pk)
    row.campaign = find(request, row.campaign_id)
    return row


def _before_undoing(request, row) -> dict:
    """What taking ``row`` back makes of its campaign, and what depends on it."""
    days = undoing.days_before(row).items() if row.before != row.after else ()
    return frame(request, row.campaign) | {
        "days": [(DAY_NAMES[name], getattr(row.campaign, name), day) for name, day in days],
        "phase": undoing.phase_before(row),
        "reviews": undoing.reopened_by(row),
        "told": undoing.told_before(row, request.user),
    }


undo = step_page(undoing.take_back, _adjustment, frame=_before_undoing, template="campaigns/adjustments/undo.html")
_STEPS = {"review": _review, "switch": _switch, "confirm": _confirm, "draft": _draft}
