"""The last steps of a campaign, and the way back from one that was noted by mistake."""

from django.contrib import messages
from django.shortcuts import redirect, render

from campaigns import closing
from campaigns.models import Campaign
from campaigns.step_forms import CommendForm, DayForm, WhyForm
from documents.views.accepting import accepted

from .campaigns import find, frame, refuse_stranger

State = Campaign.State
_TOLD = {
    State.COMMENDED: ["Ghi khi đã có quyết định khen thưởng của phong trào. Sau đó chỉ còn kết thúc phong trào."],
    State.CLOSED: ["Phong trào kết thúc thì không đăng ký, báo cáo, khen thưởng hay điều chỉnh nữa; vẫn xem được."],
}


def advance(request, pk, state):
    """Note that the campaign was commended for, or that it is over."""
    found = find(request, pk)
    refuse_stranger(request, found)
    if found.state not in Campaign.MOVES[state]:
        messages.info(request, f"Phong trào đang ở bước «{found.phase}» nên chưa làm được việc này.")
        return redirect(found)
    form = _step_form(request, state)
    if form.is_valid() and accepted(form, lambda: closing.advance(found, state, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã ghi.")
        return redirect(found)
    return _page(request, found, form, closing.STEPS[state][0], _TOLD[state], "Ghi")


def _step_form(request, state):
    if state == State.COMMENDED:
        return CommendForm(request.POST or None, user=request.user)
    return DayForm(request.POST or None)


def go_back(request, pk):
    """Take back the last step."""
    found = find(request, pk)
    refuse_stranger(request, found)
    if found.state not in closing.STEPS:
        messages.info(request, f"Phong trào đang ở bước «{found.phase}» nên không có bước nào để lùi.")
        return redirect(found)
    form = WhyForm(request.POST or None)
    if form.is_valid() and accepted(form, lambda: closing.go_back(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã lùi một bước.")
        return redirect(found)
    words = f"Bỏ bước «{found.get_state_display()}» đã ghi nhầm; phong trào trở lại bước trước đó. Nhật ký giữ cả hai lần ghi."
    return _page(request, found, form, "Lùi một bước", [words], "Lùi bước")


def _page(request, campaign, form, heading, words, button):
    context = frame(request, campaign, "campaign") | {
        "heading": heading,
        "words": words,
        "form": form,
        "back": campaign,
        "button": button,
    }
    return render(request, "campaigns/step.html", context, status=422 if form.errors else 200)
