"""A letter that went the whole way: written by an officer, approved by a leader, issued by a clerk."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Addressee, Document, Duty, Effect
from documents.papers.actions import save_draft
from units.models import Unit

DAY = date(2020, 3, 2)


def issue_letter(draft, officer, leader, clerk, *, units, duties=()):
    """``draft`` issued on 02/03/2020 to ``units``; ``duties`` are rows of (clause, words, last day)."""
    save_draft(
        draft,
        by=officer,
        addressees=[Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in units],
        duties=[Duty(clause=clause, words=words, until=until) for clause, words, until in duties],
    )
    submit(draft, by=officer)
    approve(draft, by=leader)
    return issue(draft, by=clerk, day=DAY)


def recall(paper, officer, leader, clerk):
    """``paper`` recalled by another one, issued the same day."""
    other = Document.objects.get(pk=paper.pk)
    fields = {
        name: getattr(other, name) for name in ("type", "issuer_unit", "issuer", "issuer_name", "symbol", "place")
    }
    fields |= {
        name: getattr(other, name) for name in ("to", "recipients", "archive", "capacity", "signer_name", "body")
    }
    new = save_draft(Document(**fields, year=2020, month=3, subject="thu hồi văn bản"), by=officer)
    Effect.objects.create(paper=new, target=paper, kind=Effect.Kind.RECALLS)
    issue_letter(new, officer, leader, clerk, units=())
    paper.refresh_from_db()


def more_units(count):
    """Units that nobody has an account of."""
    return [
        Unit.objects.create(code=f"xa-{number}", name=f"UBND xã số {number:02d}", kind=Unit.Kind.COMMUNE)
        for number in range(1, count + 1)
    ]


def scan(name="ban-ky.pdf", words="1203/UBND-VX"):
    """A signed paper of one page, as a scanner makes it: its own bytes for other ``words``."""
    memory = io.BytesIO()
    image = Image.new("L", (80, 110), "white")
    ImageDraw.Draw(image).text((5, 5), words, fill=0)
    image.save(memory, "PDF")
    return SimpleUploadedFile(name, memory.getvalue(), "application/pdf")


def picture(name="bang-chung.png"):
    """A small true picture, as a browser sends it."""
    memory = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(memory, "PNG")
    return SimpleUploadedFile(name, memory.getvalue(), "image/png")
