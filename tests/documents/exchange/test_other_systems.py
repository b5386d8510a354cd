"""Packages and states as other systems write them: read as they are meant, or refused with the element's name."""

import base64
import io
import random
import re
import zipfile
from dataclasses import replace

import pytest

from documents.exchange import attached
from documents.exchange.edxml import RECALL, SPACE, PackageRefused, Status
from documents.exchange.reading import parsed

from .test_edxml import PACKAGE, TEXT, changed

PAGES = PACKAGE.files[0].content
ENCODED = base64.b64encode(PAGES).decode()


def packed(*files, how=zipfile.ZIP_DEFLATED):
    """The base64 of a zip of (name, content)."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", how) as made:
        for name, content in files:
            made.writestr(name, content)
    return base64.b64encode(memory.getvalue()).decode()


@pytest.mark.parametrize("code", ["H37", "G12", "H37.1", "H37.12.305", "000.00.12.H37", "A18.1.2", "H37.1234567"])
def test_codes_of_every_level_are_codes(code):
    assert parsed(TEXT.replace("000.00.00.H37", code).encode()).sender.code == code


@pytest.mark.parametrize("code", ["H", "H37.", ".H37", "H37..1", "H37-1", "H37 1", "a@b", "H37." + "1" * 40])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(PackageRefused, match=r"<OrganId>: .* không phải mã định danh"):
        parsed(TEXT.replace("000.00.00.H37", code).encode())


def test_a_file_that_was_packed_alone_into_a_zip_is_taken_out():
    for how in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        text = TEXT.replace(ENCODED, packed(("5cbc32d-79.pdf", PAGES), how=how))
        assert parsed(text.encode()) == PACKAGE


def test_other_zips_stay_as_they_are():
    two = packed(("a.pdf", PAGES), ("b.pdf", PAGES))
    assert parsed(TEXT.replace(ENCODED, two).encode()).files[0].content == base64.b64decode(two)
    one = packed(("a.pdf", PAGES))
    text = TEXT.replace(ENCODED, one).replace(">05.pdf<", ">05.zip<")
    assert parsed(text.encode()).files[0].content == base64.b64decode(one)
    # What gives all it holds at once is not begun with.
    whole = packed(("a.pdf", bytes(9_000_000)), how=zipfile.ZIP_BZIP2)
    assert parsed(TEXT.replace(ENCODED, whole).encode()).files[0].content == base64.b64decode(whole)


def test_what_is_packed_has_the_bounds_of_a_package(monkeypatch):
    monkeypatch.setattr(attached, "MOST_BYTES", 20_000)
    text = TEXT.replace(ENCODED, packed(("a.pdf", bytes(30_000))))
    with pytest.raises(PackageRefused, match="<ContentTransferEncoded>: các tệp giải nén ra"):
        parsed(text.encode())
    # Many that are small by themselves count together.
    half = packed(("a.pdf", bytes(9_000)))
    text = TEXT.replace(ENCODED, half).replace(base64.b64encode(PACKAGE.files[1].content).decode(), half)
    assert len(parsed(text.encode()).files) == 2
    monkeypatch.setattr(attached, "MOST_BYTES", 17_000)
    with pytest.raises(PackageRefused, match="<ContentTransferEncoded>"):
        parsed(text.encode())


def test_a_broken_zip_is_no_error():
    dice, elements = random.Random(18), set()  # noqa: S311
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        whole = base64.b64decode(packed(("a.pdf", PAGES * 20), how=how))
        for _ in range(60):
            broken = bytearray(whole)
            for _ in range(dice.randint(1, 4)):
                broken[dice.randrange(4, len(broken))] = dice.randrange(256)
            text = TEXT.replace(ENCODED, base64.b64encode(bytes(broken)).decode())
            try:
                parsed(text.encode())
            except PackageRefused as refused:
                elements.add(refused.element)
    assert elements <= {"ContentTransferEncoded"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_without_a_mark_are_read(encoding):
    assert parsed(TEXT.replace("UTF-8", "utf-16").encode(encoding)) == PACKAGE


@pytest.mark.parametrize(("beginning", "kind"), [(b"PK\x03\x04", "zip"), (b"\x1f\x8b\x08", "gz")])
def test_a_package_that_is_packed_itself_says_so(beginning, kind):
    with pytest.raises(PackageRefused, match=rf"đang nén \({kind}\); hãy giải nén"):
        parsed(beginning + b"x" * 100)


@pytest.mark.parametrize(
    ("number", "notation"), [("05/UBND-KGVX", ""), ("05/UBND-KGVX", "UBND-KGVX"), ("05", "/UBND-KGVX"), ("05/UBND-KGVX", "N/A")]
)  # fmt: skip
def test_number_and_notation_are_parted(number, notation):
    text = changed((">05</CodeNumber>", f">{number}</CodeNumber>"), (">UBND-KGVX</Code", f">{notation}</Code"))
    assert parsed(text.encode()) == PACKAGE


def test_a_number_that_holds_another_notation_is_refused():
    text = changed((">05</CodeNumber>", ">05/SNV</CodeNumber>"))
    with pytest.raises(PackageRefused, match="<CodeNumber>"):
        parsed(text.encode())


def test_a_file_may_be_named_by_its_name():
    assert parsed(TEXT.replace('href="cid:tep-1"', 'href="05.pdf"').encode()) == PACKAGE


def test_a_recall_spelled_as_english_spells_it_is_a_recall():
    text = changed((">0</BussinessDocType", ">1</BussinessDocType")).replace("Bussiness", "Business")
    found = parsed(text.encode())
    assert (found, found.left) == (replace(PACKAGE, business=RECALL), ())


ONCE = [
    "OrganId", "OrganName", "CodeNumber", "CodeNotation", "PromulgationDate", "Type", "TypeName", "Subject", "SignerInfo",
    "FullName", "OtherInfo", "Priority", "DocumentId", "Bussiness", "BussinessDocType", "ContentTransferEncoded",
]  # fmt: skip


@pytest.mark.parametrize("name", ONCE)
def test_a_fact_that_stands_there_twice_is_refused(name):
    """Which of the two would hold nobody knows."""
    one = re.search(rf"<{name}>.*?</{name}>", TEXT, re.DOTALL).group()
    with pytest.raises(PackageRefused, match=f"<{name}>: có 2 phần tử, chỉ được một"):
        parsed(TEXT.replace(one, one * 2, 1).encode())


PARTS = """<ResponseFor><OrganId>000.00.00.H37</OrganId><Code>05/UBND-KGVX</Code><PromulgationDate>25/02/2020</PromulgationDate>
  <DocumentId>000.00.00.H37,2020/02/25,05/UBND-KGVX</DocumentId></ResponseFor>
  <From><OrganId>000.00.12.H37</OrganId><OrganName>Sở Y tế</OrganName></From><StatusCode>3</StatusCode>
  <Description>Đã nhận</Description><Timestamp>26/02/2020 08:00:00</Timestamp><StaffInfo/>"""
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
STATES = {
    "its parts under the namespace of SOAP": f'<S:Envelope xmlns:S="{SOAP}"><S:Header><edXML:Status xmlns:edXML="{SOAP}">'
    + re.sub(r"<(/?)", r"<\1edXML:", PARTS) + "</edXML:Status></S:Header><S:Body/></S:Envelope>",
    "in the header of a message": f'<edXML xmlns="{SPACE}"><edXMLEnvelope><edXMLHeader><MessageHeader>{PARTS}'
    "</MessageHeader></edXMLHeader></edXMLEnvelope></edXML>",
}  # fmt: skip


@pytest.mark.parametrize("form", STATES)
def test_states_are_read_in_the_forms_that_systems_send(form):
    found = parsed(STATES[form].encode())
    assert isinstance(found, Status)
    assert (found.sender, found.key, found.code, found.words) == ("000.00.12.H37", PACKAGE.key, "03", "Đã nhận")
    with pytest.raises(PackageRefused, match="<From>"):
        parsed(STATES[form].replace("From>", "Tu>").encode())


def test_a_paper_whose_header_has_a_state_too_is_a_paper():
    found = parsed(changed(("<SteeringType>", "<StatusCode>01</StatusCode><SteeringType>")).encode())
    assert (replace(found, left=()), found.left) == (PACKAGE, ("StatusCode (trong MessageHeader): «01»",))
