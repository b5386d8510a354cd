"""Packages that are broken in every way that was thought of: refused with the element's name, or taken with what was not
understood; never an error of the server, and never much time or memory.
"""

import resource
import time
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.exchange import elements
from documents.exchange.edxml import SPACE, File, PackageRefused, written
from documents.exchange.reading import parsed
from documents.models import AxisPackage

from .test_edxml import PACKAGE, changed

TEXT = written(PACKAGE).decode()
HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ) + "]>"
)  # fmt: skip


def doctype(words, into=TEXT):
    """A package behind a declaration."""
    return into.replace("<edXML ", f"{words}<edXML ", 1)


REFUSED = {
    "no MessageHeader": (changed(("MessageHeader>", "Dau>")), "MessageHeader"),
    "no header": (changed(("edXMLHeader>", "Dau>")), "edXMLHeader"),
    "no envelope": (changed(("edXMLEnvelope>", "Bi>")), "edXMLEnvelope"),
    "a part of another namespace": (changed(("<Code>", '<Code xmlns="urn:x">')), "Code"),
    "two headers": (changed(("<TraceHeaderList", "<MessageHeader/><TraceHeaderList")), "MessageHeader"),
    "two senders": (changed(("<To>", "<From><OrganId>000.00.99.H37</OrganId></From><To>")), "From"),
    "no receiver": (changed(("To>", "Den>")), "To"),
    "one key for two files": (changed((">tep-2<", ">tep-1<")), "ContentId"),
    "no key": (changed(("<ContentId>tep-1<", "<ContentId><")), "ContentId"),
    "no name": (changed(("<AttachmentName>05.pdf</AttachmentName>\n    </Attachment>", "</Attachment>")), "AttachmentName"),
    "no content": (changed(("ContentTransferEncoded>", "NoiDung>")), "ContentTransferEncoded"),
    "year 1": (changed((">2020/02/25<", ">0001/02/25<")), "PromulgationDate"),
    "year 9999": (changed((">2020/02/25<", ">9999/12/31<")), "PromulgationDate"),
    "30 February": (changed((">2020/02/25<", ">2020/02/30<")), "PromulgationDate"),
    "a day as we write it": (changed((">2020/02/25<", ">25/02/2020<")), "PromulgationDate"),
    "no day": (changed((">2020/02/25<", "> <")), "PromulgationDate"),
    "a number of other digits": (changed((">05</Code", ">٠٥</Code")), "CodeNumber"),
    "an endless subject": (changed(("<Subject>", f"<Subject>{'x' * 3000}")), "Subject"),
    "an external entity": (doctype('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), ""),
    "an external DTD": (doctype('<!DOCTYPE edXML SYSTEM "http://127.0.0.1:1/a.dtd">'), ""),
    "billion laughs": (doctype(LAUGHS).replace("tổ chức", "&i;"), ""),
    "laughs behind a long comment": (doctype(f"<!--{' ' * 9000}-->{LAUGHS}"), ""),
    "an entity that nobody declared": (changed((">Lạng Sơn<", ">&la;<")), ""),
    "a letter that XML has not": (changed((">Lạng Sơn<", ">&#0;<")), ""),
    "nested too deep": (
        changed(("<OtherInfo>", "<OtherInfo>" + "<a>" * 100), ("</OtherInfo>", "</a>" * 100 + "</OtherInfo>")), "",
    ),
    "nested without end": (HEAD + f'<edXML xmlns="{SPACE}">' + "<a>" * 200_000, ""),
    "too many elements": (HEAD + f'<edXML xmlns="{SPACE}">' + "<a/>" * 100_000 + "</edXML>", "edXML"),
    "too many attributes": (
        HEAD + f'<edXML xmlns="{SPACE}" ' + " ".join(f'a{number}="1"' for number in range(500)) + "/>", "edXML",
    ),
    "too many files": (
        changed(("</AttachmentEncoded>", "<Attachment/>" * 41 + "</AttachmentEncoded>")), "AttachmentEncoded",
    ),
    "a state without its state": (
        f'<edXML xmlns="{SPACE}"><edXMLEnvelope><edXMLHeader><Status><ResponseFor><DocumentId>x</DocumentId></ResponseFor>'
        "<From><OrganId>000.00.12.H37</OrganId></From></Status></edXMLHeader></edXMLEnvelope></edXML>", "StatusCode",
    ),
    "an envelope of something else": ('<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>', "Envelope"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_broken_is_refused_with_the_name_of_the_element_at_once(name):
    content, element = REFUSED[name]
    began = time.process_time()
    with pytest.raises(PackageRefused) as refused:
        parsed(content.encode())
    assert refused.value.element == element
    assert "<" not in str(refused.value).removeprefix(f"<{element}>")
    assert time.process_time() - began < 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-7", "cp037", "latin-1"])
def test_a_declaration_is_found_in_whatever_encoding_it_hides(encoding):
    text = doctype(LAUGHS).replace("tổ chức", "&i;").encode("ascii", "xmlcharrefreplace").decode()
    text = text.replace("'UTF-8'", f"'{encoding}'")
    with pytest.raises(PackageRefused):
        parsed(text.encode(encoding))


def test_a_package_of_another_system_in_utf_16_or_with_a_mark_is_read():
    assert parsed(TEXT.replace("UTF-8", "utf-16").encode("utf-16")) == PACKAGE
    assert parsed(TEXT.encode("utf-8-sig")) == PACKAGE
    assert parsed(TEXT.replace("UTF-8", "windows-1258").encode()) == PACKAGE  # says one thing and does another


def test_what_is_not_understood_is_listed_and_the_rest_is_taken():
    text = changed(
        ("<Priority>0<", "<Priority>9<"),
        (">2020/03/01<", ">1/3/2020<"),
        ("<PageAmount/>", "<PageAmount>hai</PageAmount>"),
        ("<SteeringType>", "<DoMat>Thường</DoMat><SteeringType>"),
        ("<Timestamp/>", "<Timestamp>9999/01/01 00:00:00</Timestamp>"),
        ("<DocumentId>000.00.00.H37,2020/02/25,05", "<DocumentId>000.00.00.H37,2020/25/02,05"),
    )
    found = parsed(text.encode())
    assert replace(found, left=(), due=PACKAGE.due) == PACKAGE
    told = " ".join(found.left)
    for words in (
        "Priority",
        "«9»",
        "DueDate",
        "PageAmount",
        "DoMat (trong MessageHeader): «Thường»",
        "Timestamp",
        "DocumentId",
    ):
        assert words in told
    many = "".join(f"<La{number}/>" for number in range(200))
    assert len(parsed(TEXT.replace("<SteeringType>", f"{many}<SteeringType>").encode()).left) == 30


def test_a_file_that_the_manifest_does_not_name_is_kept_and_told():
    text = TEXT.replace("cid:tep-2", "cid:tep-1")
    found = parsed(text.encode())
    assert len(found.files) == 2
    assert "pl.xlsx" in found.left[0]


def test_a_full_package_is_read_within_bounds():
    # As the largest that is taken: one file of 45 MB.
    content = written(replace(PACKAGE, files=(File("to.pdf", b"%PDF-1.7" + bytes(45 * 1024 * 1024)),)))
    assert len(content) < elements.MOST_BYTES
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert len(parsed(content).files[0].content) > 45 * 1024 * 1024
    assert time.process_time() - began < 8
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 900
    with pytest.raises(PackageRefused, match="lớn quá 64 MB"):
        parsed(content + bytes(20 * 1024 * 1024))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\\b\\c.pdf", "c.pdf"),
        ("Phu\u0323 lu\u0323c.pdf", "Phụ lục.pdf"),
        ("x" * 400 + ".pdf", "xxx.pdf"),
        ("\u202efdp.exe", "không thuộc loại được nhận"),
        ("goi.zip", "không thuộc loại được nhận"),
        (".pdf", "không thuộc loại được nhận"),
        ("trang.docx", "bên trong là"),
    ],
)
def test_names_and_kinds_of_files_are_judged_as_those_that_people_send(clerk, client_of, name, told):
    package = replace(PACKAGE, files=(File(name, b"%PDF-1.4\n%%EOF", "image/png"),))
    client = client_of(clerk)
    answer = client.post(reverse("take_package"), {"file": SimpleUploadedFile("a.xml", written(package))}, follow=True)
    assert answer.status_code == 200
    assert told in answer.content.decode() or "đọc được" in answer.content.decode()
    (one,) = AxisPackage.objects.get().files
    assert not {"/", "\\", "\u202e"} & {*one["name"]}
    assert len(one["name"]) <= 150


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["no MessageHeader", "billion laughs", "year 9999", "a letter that XML has not"])
def test_the_page_tells_it_beside_the_field(clerk, client_of, name):
    content, element = REFUSED[name]
    answer = client_of(clerk).post(reverse("take_package"), {"file": SimpleUploadedFile("a.xml", content.encode())})
    assert answer.status_code == 422
    assert f"Không nhận được gói: {f'&lt;{element}&gt;' if element else ''}" in answer.content.decode()
    assert not AxisPackage.objects.exists()


@pytest.mark.django_db
def test_nothing_sent_or_an_empty_file_is_told(clerk, client_of):
    client, page = client_of(clerk), reverse("take_package")
    assert client.post(page).status_code == 422
    assert client.post(page, {"file": SimpleUploadedFile("a.xml", b"")}).status_code == 422


@pytest.mark.django_db
def test_every_cut_of_a_package_is_refused(clerk):
    content = TEXT.encode()
    for end in range(0, len(content) - 10, len(content) // 60):
        with pytest.raises(PackageRefused):
            parsed(content[:end])
