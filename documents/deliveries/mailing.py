"""Mails that a person sent off, handed to the mail server by a worker."""

import logging

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from .models import Mail

logger = logging.getLogger(__name__)

# What a mail says while it is being sent, and for ever if its worker ends in that moment.
UNCLEAR = "Máy gửi dừng giữa chừng, chưa rõ thư đã đi hay chưa. Hãy hỏi nơi nhận trước khi gửi lại."


def post_mail(mail_id):
    """Send one queued mail, once, whatever else runs or ends.

    A mail server cannot take part in a transaction: a worker that ends between sending and storing leaves it open which
    came first. So the mail is marked before it goes. At worst one did not go, is shown as unclear and left to a person;
    sending again by itself, it would at worst reach an office twice.
    """
    if not Mail.objects.filter(pk=mail_id, state=Mail.State.QUEUED).update(state=Mail.State.FAILED, error=UNCLEAR):
        return
    with transaction.atomic():
        # Held while it is sent, so that whoever presses "Gửi" or "Bỏ" meanwhile waits and finds it gone.
        marked = Mail.objects.select_for_update(of=("self",)).filter(state=Mail.State.FAILED, error=UNCLEAR)
        mail = marked.filter(pk=mail_id).first()
        if mail:
            _send(mail)


def _send(mail):
    """Send, and store what came of it."""
    try:
        EmailMessage(mail.subject, mail.words, to=[mail.to]).send()
    except Exception as error:
        logger.exception("Mail %s failed", mail.pk)
        mail.error = f"Máy chủ thư không nhận: {error}"[:300]
    else:
        mail.state, mail.error, mail.sent_at = Mail.State.SENT, "", timezone.now()
    mail.save()


def post_next() -> bool:
    """Send the mail that waits longest; False where none waits."""
    key = Mail.objects.filter(state=Mail.State.QUEUED).order_by("pk").values_list("pk", flat=True).first()
    if key:
        post_mail(key)
    return key is not None
