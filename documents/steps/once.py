"""Once is once: a form that is sent twice is done once, and the second sending is led to what the first one made.

Every form of every page carries a token beside the one against forgery (``documents.templatetags.once``); nothing is stored
when it is drawn. Whoever sends it first takes the token in the database, where a constraint lets nobody else take it, and the
address that the answer leads to is kept beside it. A form that is refused gives its token back, so that it can be sent again.

Parts of pages that htmx asks for (previews, a board) make nothing that a second asking would double; they pass.
"""

import re
import time
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from .models import Sending

FIELD = "once"
# What the tag makes, or a script that draws it anew.
_TOKEN = re.compile(r"[\w-]{16,64}", re.ASCII)
# A page may stay open over a holiday.
KEPT = timedelta(days=14)
# How long the second sending waits for the first to end, and how old a first one is that will not end any more.
PATIENCE, LOST = timedelta(seconds=10), timedelta(minutes=3)
CLEAR_EVERY = 200


class OnceMiddleware:
    """Takes the token of each form that is sent, and keeps where the first answer led.

    It answers for the view, and so stands behind what knows who sends.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer; a token that was taken for it is settled."""
        response = self.get_response(request)
        if sending := getattr(request, "sending", None):
            _settle(sending, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """Let the first sending through; answer for the view where the form was sent before."""
        token = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not _TOKEN.fullmatch(token) or request.headers.get("HX-Request") or not request.user.is_authenticated:
            return None
        sending, is_first = _taken(request.user, token)
        if is_first:
            request.sending = sending
            return None
        return _answer_again(request, sending)


def _taken(user, token) -> tuple[Sending, bool]:
    """The row of a token, and whether it was taken just now; waits while another sending of it is under way."""
    until = timezone.now() + PATIENCE
    while True:
        sending, is_first = Sending.objects.get_or_create(by=user, token=token)
        now = timezone.now()
        if is_first or sending.led_to or now > until or now - sending.at > LOST:
            return sending, is_first
        time.sleep(0.1)


def _settle(sending, response):
    """Keep where the answer leads; an answer that leads nowhere refused the form, or only showed something."""
    if response.has_header("Location"):
        Sending.objects.filter(pk=sending.pk).update(led_to=response["Location"])
        if sending.pk % CLEAR_EVERY == 0:
            clear()
    else:
        Sending.objects.filter(pk=sending.pk).delete()


def clear() -> int:
    """Take out what no open page can send any more; how many rows those were."""
    return Sending.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _answer_again(request, sending):
    """Where the first sending led, or that it has not ended."""
    if not sending.led_to:
        return render(request, "documents/desk/under_way.html", {"sending": sending}, status=409)
    messages.info(
        request,
        f"Biểu mẫu này đã được nhận lúc {timezone.localtime(sending.at):%H:%M:%S %d/%m/%Y}; lần gửi lặp lại không ghi "
        "thêm gì. Đây là kết quả của lần đầu.",
    )
    return redirect(sending.led_to)
