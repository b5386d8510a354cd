"""The outbox: mails of the own unit, which go only when a person has read them and sends them."""

from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from units.columns import InFile
from units.lists import OfficeList
from units.permissions import may_write, writers_only

from .actions import SENDABLE, drop_mail, send_mail
from .filters import MailFilter
from .models import Mail
from .views import keys


def _own(request):
    """Mails of this person's unit."""
    return Mail.objects.filter(unit__in=request.user.inherited_units).select_related("by")


class Outbox(OfficeList):
    """Mails of the own unit: those that wait first, then the newest."""

    what = "thư"
    filterset_class = MailFilter
    template_name = "documents/deliveries/outbox.html"
    paginate_by = 50
    sorts = {"den": ["to"], "luc": ["created_at"]}
    export_name = "hop-thu-di"
    export_title = "Hộp thư đi"
    columns = [
        InFile("Gửi đến", lambda mail: mail.to),
        InFile("Tiêu đề", lambda mail: mail.subject),
        InFile("Nội dung", lambda mail: mail.words),
        InFile("Trạng thái", lambda mail: mail.get_state_display()),
        InFile("Lỗi", lambda mail: mail.error),
        InFile("Người viết", lambda mail: str(mail.by)),
        InFile("Ngày viết", lambda mail: mail.created_at),
        InFile("Ngày gửi", lambda mail: mail.sent_at),
    ]
    extra_context = {"area": "outbox", "sendable": SENDABLE}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        waiting = Case(When(state=Mail.State.WAITING, then=Value(0)), default=Value(1))
        self.queryset = _own(self.request).order_by(waiting, "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds whether the person may send."""
        return super().get_context_data(may_write=may_write(self.request.user), **kwargs)


def mail(request, pk):
    """One mail as it will go, or went."""
    found = get_object_or_404(_own(request), pk=pk)
    may_act = may_write(request.user) and found.state in SENDABLE
    return render(request, "documents/deliveries/mail.html", {"mail": found, "may_act": may_act, "area": "outbox"})


@require_POST
@writers_only
def decide(request, verb):
    """Send or drop the mails that were ticked (``thu``)."""
    chosen = keys(request, "thu")
    if _own(request).filter(pk__in=chosen).count() != len(chosen):
        raise Http404
    act, told = {"gui": (send_mail, "Đang gửi {} thư."), "bo": (drop_mail, "Đã bỏ {} thư.")}[verb]
    done = act(chosen, by=request.user)
    if done:
        messages.success(request, told.format(done))
    else:
        messages.warning(request, "Chưa chọn thư nào còn gửi được. Hãy đánh dấu các thư trong bảng rồi bấm lại.")
    return redirect("outbox")
