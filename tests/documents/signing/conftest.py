"""An approved letter whose signer's picture and whose body's stamp the office keeps."""

import io
from functools import cache

import pytest
from PIL import Image, ImageDraw

from documents.life.actions import approve, submit
from documents.models import Addressee, Document, SignatureLook, TrustedCertificate
from documents.papers.actions import save_draft
from units.models import Unit

from . import certificates


@cache
def picture(colour=(20, 40, 170, 255), size=(80, 36)) -> bytes:
    """A stroke on a clear ground."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(4, size[1] - 4), (size[0] // 2, 4), (size[0] - 4, size[1] - 4)], fill=colour, width=4)
    memory = io.BytesIO()
    image.save(memory, "PNG")
    return memory.getvalue()


@pytest.fixture
def looks(signer, province):
    """The pictures of the signer and of the stamp, and the root that issued the certificates of the tests."""
    TrustedCertificate.objects.create(name="CA thử nghiệm", pem=certificates.root_pem(), source="thử nghiệm")
    SignatureLook.objects.create(unit=province, content=picture((220, 20, 20, 255), (60, 60)), wide=36)
    return SignatureLook.objects.create(official=signer.official, content=picture(), wide=40)


@pytest.fixture
def approved(draft, officer, leader, looks):
    """A letter to one unit, approved; its day is not known yet."""
    unit = Unit.objects.create(code="xa-1", name="UBND xã số 01", kind=Unit.Kind.COMMUNE)
    save_draft(draft, by=officer, addressees=[Addressee(key=f"don-vi:{unit.code}", label=unit.name)])
    submit(draft, by=officer)
    approve(draft, by=leader)
    return Document.objects.get(pk=draft.pk)
