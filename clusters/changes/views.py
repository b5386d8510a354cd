"""The page on which a change within the year is recorded."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from documents.steps.accepting import accepted
from units.pages import form_page
from units.permissions import managers_only
from units.templatetags.parts import link

from ..divisions.models import Membership
from ..divisions.rights import cluster_or_404
from . import actions as within_year
from .forms import ChangeForm


@managers_only
def change(request, pk):
    """A change within the year in one cluster."""
    cluster = cluster_or_404(request, pk)
    form = ChangeForm(request.POST or None, cluster=cluster, user=request.user, initial={"since": timezone.localdate()})
    if form.is_valid() and accepted(form, lambda: _change(cluster, form, request.user)):
        messages.success(request, "Đã ghi thay đổi. Lịch sử của cụm, khối giữ lại tình trạng trước đó.")
        return redirect(cluster)
    told = {"up": link(cluster, cluster.in_year), "back": cluster, "save": "Ghi thay đổi", "area": "clusters"}
    return form_page(request, form, "Thay đổi trong năm", **told)


def _change(cluster, form, by):
    """Record what the form tells."""
    typed = form.cleaned_data
    told = {"by": by, "since": typed["since"], "paper": typed["paper"], "reason": typed["reason"]}
    if typed["what"] == "join":
        within_year.admit(cluster.division, typed["unit"], cluster, **told)
    elif typed["what"] == "leave":
        within_year.leave(form.membership, **told)
    else:
        role = Membership.Role(typed["what"])
        within_year.name(form.membership, role, how=typed["how"] or "named", **told)
