"""The last steps of a campaign, the way back from one that was noted by mistake, and the paper of a launch put right."""

from django.contrib import messages
from django.shortcuts import redirect, render

from documents.steps.accepting import accepted

from ..campaign.forms import BackForm
from ..campaign.models import Campaign
from ..campaign.page import find, frame, refuse_stranger
from ..launches import actions as launching
from . import actions as closing
from .forms import CommendForm, CorrectForm, DayForm

State = Campaign.State
_TOLD = {
    State.COMMENDED: ["Ghi khi đã có quyết định khen thưởng của phong trào. Sau đó còn đổi được ngày, và kết thúc."],
    State.CLOSED: ["Phong trào kết thúc thì không đăng ký, báo cáo, khen thưởng hay điều chỉnh nữa; vẫn xem được."],
}


def advance(request, pk, state):
    """Note that the campaign was commended for, or that it is over."""
    found = find(request, pk)
    refuse_stranger(request, found)
    if found.state not in Campaign.MOVES[state]:
        messages.info(request, f"Phong trào đang ở bước «{found.phase}» nên chưa làm được việc này.")
        return redirect(found)
    more = {"user": request.user} if state == State.COMMENDED else {}
    form = (CommendForm if more else DayForm)(request.POST or None, initial={"version": found.version}, **more)
    if form.is_valid() and accepted(form, lambda: closing.advance(found, state, by=request.user, **form.typed())):
        messages.success(request, "Đã ghi.")
        return redirect(found)
    return _page(request, found, form, closing.STEPS[state][0], _TOLD[state], "Ghi")


def go_back(request, pk):
    """Take back the last step."""
    found = find(request, pk)
    refuse_stranger(request, found)
    if fault := closing.fault_of_way_back(found):
        messages.info(request, fault)
        return redirect(found)
    form = BackForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and accepted(form, lambda: closing.go_back(found, by=request.user, **form.typed())):
        messages.success(request, "Đã lùi một bước.")
        return redirect(found)
    if found.state == State.LAUNCHED:
        words = "Bỏ lần phát động ghi nhầm: phong trào trở lại dự thảo, chỉ đơn vị lập và Sở Nội vụ thấy."
    else:
        words = f"Bỏ bước «{found.get_state_display()}» ghi nhầm: phong trào trở lại bước trước đó."
    return _page(request, found, form, "Lùi một bước", [words, "Nhật ký giữ cả hai lần ghi."], "Lùi bước")


def correct_paper(request, pk):
    """Name the paper that launched the campaign, where another one was typed."""
    found = find(request, pk)
    refuse_stranger(request, found)
    if fault := launching.fault_of_correction(found):
        messages.info(request, fault)
        return redirect(found)
    form = CorrectForm(request.POST or None, initial={"version": found.version}, user=request.user)
    if form.is_valid() and accepted(form, lambda: launching.correct_paper(found, by=request.user, **form.typed())):
        messages.success(request, "Đã sửa văn bản phát động.")
        return redirect(found)
    now = f"Đang ghi: {found.document.name}, ngày {found.launched_on:%d/%m/%Y}." if found.document else ""
    words = [now, "Ngày phát động đổi theo ngày của văn bản đúng. Đăng ký, sơ kết và phong trào của đơn vị giữ nguyên."]
    return _page(request, found, form, "Sửa văn bản phát động", words, "Lưu")


def _page(request, campaign, form, heading, words, button):
    context = frame(request, campaign, "campaign") | {
        "heading": heading,
        "words": words,
        "form": form,
        "back": campaign,
        "button": button,
    }
    return render(request, "campaigns/endings/step.html", context, status=422 if form.errors else 200)
