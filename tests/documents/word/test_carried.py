"""A Word file of ours holds its source; it is taken where nobody changed what is read, whatever program saved the file."""

import contextlib
import io
import re
import zipfile

import pytest
from lxml import etree

from documents.source import source
from documents.source.types import BUILT_IN
from documents.word import carried
from documents.word.reading.reading import read
from documents.word.writing import to_docx

from ..sheets import TODAY, framed_paper, paper, paper_with_appendices, titled_paper
from .opened import W, Word


def saved(data, change):
    """The file with other parts: ``change(name, text)`` gives each, or None for none."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in Word(data).parts.items():
            if (told := change(name, part.decode())) is not None:
                file.writestr(name, told)
    return out.getvalue()


def changed(data, pattern, by, name="word/document.xml", count=1):
    """With another text in one part; the pattern must be there."""

    def change(part, told):
        if part != name:
            return told
        assert re.search(pattern, told)
        return re.sub(pattern, by, told, count=count)

    return saved(data, change)


@pytest.fixture(scope="module")
def letter():
    found = titled_paper("CV")
    return found, to_docx(found, BUILT_IN, today=TODAY)


@pytest.mark.parametrize("make", [paper, framed_paper, titled_paper, paper_with_appendices])
def test_it_comes_back_whole(make):
    found = make("QĐ")
    told = carried.source_of(to_docx(found, BUILT_IN, today=TODAY))
    assert source.parse(told, BUILT_IN) == found


def by_another_program(name, told):
    """As another program writes the same: styles by other names, runs cut in two, hyphens as signs, empty lines."""
    if name == "word/document.xml":
        told = told.replace("<w:noBreakHyphen/>", "<w:t>\u2011</w:t>")
        told = re.sub(r"(<w:t[^>]*>\w+) ", r'\1 </w:t></w:r><w:r><w:t xml:space="preserve">', told)
        told = told.replace('<w:p><w:pPr><w:pStyle w:val="NetKe"/></w:pPr></w:p>', "<w:p/>")
        told = told.replace("<w:body>", "<w:body><w:p/>")
    if name in ("word/document.xml", "word/styles.xml", "word/footnotes.xml"):
        told = re.sub(r'(w:(?:val|styleId)=")(ThanBai|Muc|Dieu|Khoan|SoChuThich|Bang|DauBang)"', r'\1X\2"', told)
    return told


def test_another_program_may_write_it_in_its_own_way(letter):
    found, _data = letter
    # The looks of letters of runs that were cut are lost above: only those of styles are compared.
    plain = re.sub(r"\*", "", found.body)
    found = type(found)(**{**vars(found), "body": plain})
    told = carried.source_of(saved(to_docx(found, BUILT_IN, today=TODAY), by_another_program))
    assert told
    assert source.parse(told, BUILT_IN) == found


@pytest.mark.parametrize(
    ("pattern", "by", "name"),
    [
        (r"Nông Văn Bịa", "Nông Văn Bia", "word/document.xml"),
        (r'(<w:pStyle w:val="ThanBai"/></w:pPr>)<w:r>', r"\1<w:r><w:rPr><w:b/></w:rPr>", "word/document.xml"),
        (r"<w:b/>", "", "word/document.xml"),
        (r'<w:p><w:pPr><w:pStyle w:val="HoTen"/>.*?</w:p>', "<w:p/>", "word/document.xml"),
        (r'<w:footnoteReference w:id="2"/>', "", "word/document.xml"),
        (r"(<w:footnote w:id=\"2\">.*?<w:t[^>]*>)(\w)", r"\1khác \2", "word/footnotes.xml"),
        (r"<w:tc>(?=.*?12)", '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "word/document.xml"),
    ],
)
def test_whatever_a_person_changes_is_seen(letter, pattern, by, name):
    assert carried.source_of(letter[1])
    assert carried.source_of(changed(letter[1], pattern, by, name)) is None


TABLE = "| TT | Đơn vị | Số |\n|---|---|---|\n| 1 | Sở Y tế | 12 |"


@pytest.mark.parametrize(("by", "is_seen"), [(12, False), (-12, False), (400, True), (-400, True)])
def test_columns_that_somebody_made_wider_are_seen_and_those_that_a_program_rounded_are_not(by, is_seen):
    data = to_docx(paper("BC", body=f"Như sau:\n\n{TABLE}"), BUILT_IN, today=TODAY)
    widths = [int(node.get(f"{W}w")) for node in Word(data).tables()[0].iter(f"{W}gridCol")]
    old, new = (
        "".join(f'<w:gridCol w:w="{width}"/>' for width in row)
        for row in (widths, [widths[0] + by, widths[1] - by, widths[2]])
    )
    assert (carried.source_of(changed(data, old, new)) is None) == is_seen


def test_a_file_that_tells_nothing_of_its_columns_comes_back_as_before():
    data = to_docx(paper("BC", body=f"Như sau:\n\n{TABLE}"), BUILT_IN, today=TODAY)
    assert carried.source_of(changed(data, r' columns="[^"]+"', "", "customXml/item1.xml"))
    # What was put there instead of numbers.
    assert carried.source_of(changed(data, r' columns="[^"]+"', ' columns="x;,,9"', "customXml/item1.xml")) is None


def test_what_a_page_number_shows_is_counted_anew_by_each_program(letter):
    margins = Word(letter[1]).parts
    (name,) = [name for name, part in margins.items() if b"PAGE" in part]
    field = r"<w:r><w:fldChar w:fldCharType=\"begin\"/>.*</w:r>"
    simple = '<w:fldSimple w:instr=" {} "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    assert carried.source_of(changed(letter[1], "<w:t>2</w:t>", "<w:t>7</w:t>", name))
    assert carried.source_of(changed(letter[1], field, simple.format("PAGE"), name))
    # Another field is words that a person reads.
    assert carried.source_of(changed(letter[1], field, simple.format("DATE"), name)) is None
    assert carried.source_of(changed(letter[1], " PAGE ", " DATE ", name)) is None


def test_an_address_and_a_stamp_are_read_too():
    data = to_docx(framed_paper("CV"), BUILT_IN, today=TODAY)
    margins = [name for name in Word(data).parts if re.fullmatch(r"word/(header|footer)\d\.xml", name)]
    for words in ("0205.000.000", "LƯU HÀNH NỘI BỘ"):
        (name,) = [name for name in margins if words in Word(data).parts[name].decode()]
        assert carried.source_of(changed(data, re.escape(words), "KHÁC", name)) is None


def test_a_file_of_another_program_has_none(letter):
    assert carried.source_of(saved(letter[1], lambda name, told: None if "customXml" in name else told)) is None


def test_what_is_no_word_file_is_refused():
    with pytest.raises(zipfile.BadZipFile):
        carried.source_of(b"%PDF-1.7")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 30_000_000)
    with pytest.raises(ValueError, match="far more"):
        carried.source_of(bomb.getvalue())


def test_entities_are_not_followed(letter):
    named = '<source xmlns="urn:thi-dua-khen-thuong:source:1" seen="x">&a;</source>'
    evil = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{named}'
    data = saved(letter[1], lambda name, told: evil if name == "customXml/item1.xml" else told)
    with contextlib.suppress(etree.XMLSyntaxError):
        assert carried.source_of(data) is None


def test_parts_may_be_called_as_word_on_the_web_calls_them(letter):
    files = {}

    def renamed(name, told):
        told = re.sub(r"(document|styles|settings|footnotes)\.xml", r"\g<1>2.xml", told)
        files[re.sub(r"(document|styles|settings|footnotes)\.xml", r"\g<1>2.xml", name)] = told

    saved(letter[1], renamed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, told in files.items():
            file.writestr(name, told)
    reading = read(out.getvalue())
    assert (reading.own, reading.paper) == ("whole", letter[0])


def test_a_broken_part_that_nobody_reads_makes_it_a_file_that_was_changed(letter):
    reading = read(saved(letter[1], lambda name, told: told[:-20] if name == "word/settings.xml" else told))
    assert reading.own == "whole"
    reading = read(saved(letter[1], lambda name, told: told[:-20] if name == "customXml/item1.xml" else told))
    assert (reading.own, reading.paper.symbol) == ("changed", letter[0].symbol)
