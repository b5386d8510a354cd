"""Packages of the axis: written and read, and every trap that was seen refused with the name of its element."""

from dataclasses import replace
from datetime import date

import pytest

from documents.exchange.edxml import RECALL, File, Organ, Package, PackageRefused, Status, written
from documents.exchange.reading import parsed

PROVINCE, DEPARTMENT = Organ("000.00.00.H37", "UBND tỉnh Lạng Sơn"), Organ("000.00.12.H37", "Sở Y tế")
PACKAGE = Package(
    sender=PROVINCE,
    to=(DEPARTMENT, Organ("000.01.32.H37", "UBND xã Hòa Bình")),
    number="05",
    notation="UBND-KGVX",
    place="Lạng Sơn",
    day=date(2020, 2, 25),
    type_code="18",
    type_name="Công văn",
    subject="tổ chức Hội nghị & tổng kết <2019>",
    signer="Dương Xuân Huyền",
    post="PHÓ CHỦ TỊCH",
    competence="KT. CHỦ TỊCH",
    due=date(2020, 3, 1),
    files=(
        File("05.pdf", b"%PDF-1.7 trang", words="Bản chính"),
        File("pl.xlsx", b"PK\x03\x04", "application/x", "Phụ lục"),
    ),
)


@pytest.mark.parametrize(
    "package", [PACKAGE, replace(PACKAGE, business=RECALL, reason="Nhầm số liệu", files=()), replace(PACKAGE, due=None)],
    ids=["new", "recall", "no due date"],
)  # fmt: skip
def test_our_own_come_back_whole(package):
    assert written(package) == written(package)
    assert parsed(written(package)) == package


def test_a_package_is_known_by_its_sender_day_and_number():
    assert PACKAGE.key == "000.00.00.H37,2020/02/25,05/UBND-KGVX"
    assert PACKAGE.key.encode() in written(PACKAGE)


TEXT = written(PACKAGE).decode()
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'


def changed(*pairs):
    """A package of ours with other words in it."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


BROKEN = {
    "an older namespace": (changed(("http://www.mic.gov.vn/TBT/QCVN_102_2016", "http://www.e-doc.vn/Schema")), "edXML"),
    "a file in the envelope": (changed(("<DigitalSignature/>", "<DigitalSignature/><Attachment/>")), "Attachment"),
    "number and notation swapped": (
        changed((">05</Code", ">X</Code"), (">UBND-KGVX</Code", ">05</Code"), (">X</Code", ">UBND-KGVX</Code")),
        "CodeNumber",
    ),
    "day and month swapped": (changed((">2020/02/25</", ">2020/25/02</")), "PromulgationDate"),
    "no subject": (changed(("tổ chức Hội nghị &amp; tổng kết &lt;2019&gt;", "N/A")), "Subject"),
    "no sender": (changed(("From>", "Tu>")), "From"),
    "a file that is not there": (changed(('href="cid:tep-1"', 'href="cid:tep-9"')), "Reference"),
    "broken base64": (changed(("JVBERi", "JV@@Ri")), "ContentTransferEncoded"),
    "a strange code": (changed(("000.00.00.H37", "OR 1=1")), "OrganId"),
    "a strange business": (changed((">0</BussinessDocType", ">7</BussinessDocType")), "BussinessDocType"),
    "entities": (changed(("<edXML ", f"{ENTITY}<edXML ")), ""),
    "another file": ("<html><body/></html>", "html"),
    "cut off": (TEXT[:-40], ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_refused_with_the_name_of_the_element(name):
    content, element = BROKEN[name]
    assert content != TEXT
    with pytest.raises(PackageRefused) as refused:
        parsed(content.encode())
    assert refused.value.element == element


def test_a_key_that_is_marked_twice_and_fields_that_say_nothing_are_read_as_meant():
    text = TEXT.replace("cid:tep-1", "cid:cid:tep-1").replace(">Lạng Sơn<", ">N/A<")
    found = parsed(text.encode())
    assert (found.place, [file.name for file in found.files]) == ("", ["05.pdf", "pl.xlsx"])


def test_what_a_receiver_tells_is_read():
    status = """<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><Status><ResponseFor>
      <OrganId>000.00.00.H37</OrganId><DocumentId>000.00.00.H37,2020/02/25,05/UBND-KGVX</DocumentId></ResponseFor>
      <From><OrganId>000.00.12.H37</OrganId></From><StatusCode>03</StatusCode><Description>Đã nhận</Description>
      <Timestamp>2020/02/26 08:00:00</Timestamp></Status></edXMLHeader></edXMLEnvelope></edXML>"""
    found = parsed(status.encode())
    assert isinstance(found, Status)
    assert (found.sender, found.code, found.key) == (DEPARTMENT.code, "03", PACKAGE.key)
