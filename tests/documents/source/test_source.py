"""The source file of a document: what is taken, what is refused, with which words and on which line."""

import textwrap
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.form.letters import known_signs
from documents.source import source
from documents.source.paper import Appendix, Paper, PaperRefused, PartialDate, Signature
from documents.source.types import BUILT_IN
from units.encodings import old_lines
from units.text import one_line

from ..sources import BODY, HEAD, line_of, parse, refusal, text_of

# --- what is taken


def test_a_whole_source_is_read():
    paper = parse(
        text_of(
            extra=textwrap.dedent("""\
            superior: UBND TỈNH LẠNG SƠN
            number: 017
            date: 2020-02-25
            urgency: HỎA TỐC
            circulation: LƯU HÀNH NỘI BỘ
            bases: [Căn cứ Luật, Theo đề nghị]
            to: Các đơn vị
            recipients: [Như trên, Thường trực Tỉnh ủy]
            archive: VT, KG-VX (NTB)
            contact: 1.10
            appendices:
              - {title: Danh sách, orientation: landscape, body: Không có}
            """)
        )
    )
    assert paper.superior == ("UBND TỈNH LẠNG SƠN",)
    assert paper.number == 17
    assert paper.date == PartialDate(2020, 2, 25)
    assert paper.to == ("Các đơn vị",)
    assert paper.recipients == ("Như trên", "Thường trực Tỉnh ủy")
    assert paper.contact == "1.10"
    assert paper.signature == Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Dương Xuân Huyền")
    assert paper.appendices == (Appendix("Danh sách", "Không có", "landscape"),)
    assert paper.body == BODY


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2020-02-25", PartialDate(2020, 2, 25)),
        ("2020-02", PartialDate(2020, 2)),
        ("null", PartialDate()),
        ("", PartialDate()),
        ("'2020-02'", PartialDate(2020, 2)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
    ],
)
def test_dates_as_far_as_they_are_known(written, known):
    assert parse(text_of(extra=f"date: {written}\n")).date == known


def test_every_null_of_the_contract_is_taken():
    keys = ["superior", "number", "date", "urgency", "circulation", "authority_line", "second_signature", "contact"]
    lists = ["bases", "to", "recipients", "appendices"]
    extra = "".join(f"{key}: null\n" for key in keys) + "".join(f"{key}: []\n" for key in lists)
    assert parse(text_of(extra=extra)) == parse(text_of())


def test_words_that_yaml_would_turn_into_something_else_stay_words():
    paper = parse(text_of(without="place", extra="place: no\narchive: 1e3\ncontact: 12:30\n"))
    assert (paper.place, paper.archive, paper.contact) == ("no", "1e3", "12:30")


def test_minutes_need_no_place():
    head = HEAD.replace("type: CV", "type: BB")
    assert parse(text_of(head, without="place")).place == ""
    assert "thiếu place" in refusal(text_of(without="place"))[0][1]


def test_a_byte_order_mark_crlf_and_decomposed_letters_are_fine():
    text = text_of(body="Đoạn một.\n\nĐoạn hai: thi đua, khen thưởng.")
    plain = parse(text)
    odd = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode()
    assert parse(odd) == plain
    assert parse(text.replace("\n", "\r").encode()) == plain
    assert unicodedata.is_normalized("NFC", plain.body + plain.subject)


def test_what_word_leaves_in_pasted_text_is_put_right():
    pasted = "Các\u00a0đơn\tvị “thi\u00ad đua”\u2028 và\u200b khen\u202fthưởng – ‘tốt’…"
    paper = parse(text_of(body=pasted, extra='archive: "VT,\u00a0KG\u00ad-VX"\n'))
    assert paper.archive == "VT,\u00a0KG-VX"
    assert paper.body == "Các\u00a0đơn vị “thi đua”  và khen\u00a0thưởng – ‘tốt’…"


@pytest.mark.parametrize(
    "plain",
    [
        "Xem http://langson.gov.vn và https://example.org/a?b=c#d.",
        "Thư điện tử: sonoivu@example.gov.vn; www.example.gov.vn.",
        "Raw HTML: <b>đậm</b> <img src='file:///etc/passwd'> <script>alert(1)</script> <!-- x --> &nbsp;",
        "Mục [1] của Điều 5, [a] [b], hàm f(x) và [chưa rõ] (bổ sung sau).",
        "5 < 6 và 7 > 3; a_b_c; ~x~; `mã`; 2*3*4 = 24; C:\\đường\\dẫn",
        "Không phải chú thích: \\[^1] và \\[tên](địa chỉ).",
        "- gạch đầu dòng\n- thứ hai\n+ ba\n1. một\n3) ba\n> trích\n\n    thụt vào\n\n***\n\n___",
        "Tiêu đề\n===\n\nKhác\n---\n\n#### bốn dấu\n\n#không cách",
        "Gọi {{ten}} và {% if %} và {{ 7*7 }}",
    ],
)
def test_plain_words_stay_plain_words(plain):
    assert parse(text_of(body=plain)).body == plain


# --- what is refused: the head


@pytest.mark.parametrize("key", ["type", "issuer", "symbol", "place", "subject", "signature"])
def test_required_keys(key):
    ((line, message),) = refusal(text_of(without=key))
    assert line == 1
    assert message.startswith(f"thiếu {key}")
    assert refusal(text_of(without=key, extra=f"{key}: null\n"))[0][1].startswith(f"thiếu {key}")


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("numero: 5\n", "không có khóa «numero»"),
        ("numbr: 5\n", "có phải là «number»?"),
        ("place: Hà Nội\n", "ghi hai lần"),
        ("urgency: GẤP\n", "HỎA TỐC, THƯỢNG KHẨN, KHẨN"),
        ("circulation: MẬT\n", "LƯU HÀNH NỘI BỘ, XEM XONG TRẢ LẠI"),
        ("number: 0\n", "number phải là số nguyên"),
        ("number: -3\n", "number phải là số nguyên"),
        ("number: 17a\n", "number phải là số nguyên"),
        ("number: 1.5\n", "number phải là số nguyên"),
        ("number: [1]\n", "number phải là số nguyên"),
        ("date: 31/02/2020\n", "date phải viết như"),
        ("date: 2020-02-31\n", "không có ngày 2020-02-31"),
        ("date: 2023-02-29\n", "không có ngày 2023-02-29"),
        ("date: 2020-13\n", "không có ngày 2020-13"),
        ("date: 2020-00-10\n", "không có ngày 2020-00-10"),
        ("date: 2020-02-00\n", "không có ngày 2020-02-00"),
        ("date: 0000-01-01\n", "không có ngày 0000-01-01"),
        ("date: 2020\n", "date phải viết như"),
        ("date: {year: 2020}\n", "date phải viết như"),
        ("contact: {phone: 1}\n", "contact phải là một dòng chữ"),
        ("archive: [VT]\n", "archive phải là một dòng chữ"),
        ("to: {a: b}\n", "to phải là một dòng chữ"),
        ("to: [[a]]\n", "to phải là một dòng chữ"),
        ("second_signature: Nguyễn Văn A\n", "second_signature phải gồm các dòng «khóa: giá trị»"),
        ("second_signature: {capacity: THƯ KÝ}\n", "thiếu họ tên người ký"),
        ("second_signature: {name: A}\n", "thiếu quyền hạn, chức vụ"),
        ("second_signature: {capacity: THƯ KÝ, name: A, tel: 1}\n", "không có khóa «tel»"),
        ("appendices: Danh sách\n", "appendices phải là danh sách"),
        ("appendices: [Danh sách]\n", "phải gồm các dòng «khóa: giá trị»"),
        ("appendices: [{title: A, body: B, kind: C}]\n", "không có khóa «kind»"),
        ("appendices: [{title: A, body: B, orientation: ngang}]\n", "portrait, landscape"),
        ("appendices: [{body: B}]\n", "phụ lục chưa có tên"),
        ("appendices: [{title: A}]\n", "chưa có nội dung"),
        ("appendices: [{title: A, body: [B]}]\n", "phải là chữ"),
    ],
)
def test_values_of_a_wrong_kind(extra, words):
    text = text_of(extra=extra)
    faults = refusal(text)
    assert len(faults) == 1, faults
    assert words in faults[0][1]
    assert faults[0][0] == line_of(text, extra)


def test_an_unknown_type_is_told_with_the_known_ones():
    ((line, message),) = refusal(text_of().replace("type: CV", "type: XX"))
    assert line == 2
    assert "«XX»" in message
    assert "QĐ" in message


def test_a_capacity_or_name_that_is_missing():
    text = text_of(without="signature", extra="signature:\n  name: Dương Xuân Huyền\n")
    assert refusal(text) == [(line_of(text, "signature"), "thiếu quyền hạn, chức vụ người ký (capacity)")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "bắt đầu bằng dòng ---"),
        ("type: CV\n", 1, "bắt đầu bằng dòng ---"),
        ("---\ntype: CV\n\nNội dung", 4, "chưa đóng"),
        ("---\n[1, 2]\n---\nNội dung", 2, "phải gồm các dòng"),
        ("---\nchữ\n---\nNội dung", 2, "phải gồm các dòng"),
        ("---\nsubject: Báo cáo: tổng kết\n---\nNội dung", 2, "dấu nháy kép"),
        ("---\ntype: CV\nto: [a, b\n---\nNội dung", 4, "đóng bằng ]"),
        ("---\ntype: CV\nsubject: 'x\n---\nNội dung", 3, "dấu nháy mở mà chưa đóng"),
        ("---\ntype: CV\n\tplace: x\n---\nNội dung", 3, "YAML"),
        ("---\ntype: CV\nsubject: @x\n---\nNội dung", 3, "dấu nháy kép"),
    ],
)
def test_a_head_that_is_not_there_not_closed_or_no_yaml(text, line, words):
    faults = refusal(text)
    assert faults[0][0] == line
    assert words in faults[0][1]


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("contact: !!python/object/apply:os.system [ls]\n", "thẻ !"),
        ("contact: !x y\n", "thẻ !"),
        ("contact: !!str y\n", "thẻ !"),
        ("contact: &a x\narchive: *a\n", "dấu & và *"),
        ("to: &a [x]\nbases: [*a, *a]\n", "dấu & và *"),
        ("<<: {a: b}\n", "không có khóa «<<»"),
        ("? [a, b]\n: c\n", "không có khóa"),
        ("to: " + "[" * 5000 + "]" * 5000 + "\n", "lồng quá sâu"),
        ("appendices: " + "{title: " * 5000 + "}" * 5000 + "\n", "lồng quá sâu"),
    ],
    ids=["python", "tag", "core-tag", "alias", "bomb", "merge", "complex-key", "deep-lists", "deep-maps"],
)
def test_tricks_of_yaml(extra, words):
    started = time.process_time()
    text = text_of(extra=extra)
    faults = refusal(text)
    assert time.process_time() - started < 1
    assert words in faults[0][1]
    assert faults[0][0] == line_of(text, extra)


def test_a_second_yaml_document_or_directive_is_no_head():
    assert refusal("---\n%YAML 1.1\n---\nx\n")
    assert "YAML" in refusal(text_of(extra="...\nnumber: 5\n"))[0][1]


# --- what is refused: bytes


def test_bytes_that_are_no_utf8():
    text = text_of(body="Dòng một\nDòng hai").encode()
    broken = text.replace(b"hai", b"h\xe0i")
    ((line, message),) = refusal(broken)
    assert line == broken[: broken.index(b"\xe0")].count(b"\n") + 1
    assert "UTF-8" in message
    assert "UTF-8" in refusal("type: CV".encode("utf-16"))[0][1]


def test_lines_in_an_old_encoding_are_told_with_what_they_mean():
    text = text_of(body="Đúng.\n\nCéng hßa x· héi\n\nkhen th\u00adëng phong trµo", extra="contact: thi ®ua, ViÖt Nam\n")
    faults = refusal(text)
    lines = ["contact:", "Céng", "khen th"]
    assert [line for line, _ in faults] == [line_of(text, words) for words in lines]
    assert "TCVN3 (ABC): «Céng hßa x· héi» là «Cộng hòa xã hội»" in faults[1][1]
    assert "«khen thưởng phong trào»; hãy chuyển" in faults[2][1]
    told = refusal("type: CV\nsubject: phong trµo thi ®ua\n".encode("latin-1"))
    assert ["UTF-8" in told[0][1], "«phong trào thi đua»" in told[1][1]] == [True, True]


def test_nul():
    text = text_of(body="Dòng một\nDòng \0hai")
    ((line, message),) = refusal(text)
    assert line == line_of(text, "\0")
    assert "NUL" in message


@pytest.mark.parametrize("mark", ["\x07", "\x1b", "\x7f"])
def test_signs_that_no_sheet_can_print(mark):
    faults = refusal(text_of(body=f"Một đoạn{mark} văn."))
    assert "ký tự điều khiển" in faults[0][1]
    assert refusal(text_of(extra=f'archive: "V{mark}T"\n'))


@pytest.mark.parametrize("letters", [1_048_577, 5_000_000])
def test_a_body_that_is_too_long_is_refused_at_once_with_its_size(letters):
    end = "\n\n[^1] b"
    text = text_of(body="a" * (letters - len(end)) + end)
    started = time.process_time()
    ((_, message),) = refusal(text)
    assert time.process_time() - started < 3
    assert f"{letters} byte" in message
    assert "tối đa 1 MB" in message


def test_a_body_of_almost_one_megabyte_is_taken():
    body = ("Thi đua yêu nước. " * 500 + "\n\n") * 80
    assert 800_000 < len(body.encode()) < source.MAX_BODY
    started = time.process_time()
    parse(text_of(body=body))
    assert time.process_time() - started < 5


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    text = text_of(
        body="Một[^1] và [b](x).\n\nHai[^2].",
        extra="date: 2020-02-31\nnumero: 1\nurgency: X\nappendices:\n  - title: A\n    body: |\n      Ba[^3].\n",
    )
    faults = refusal(text.replace("place: Lạng Sơn\n", "").replace("type: CV", "type: XX"))
    assert len(faults) == 9, faults
    assert [line for line, _ in faults] == sorted(line for line, _ in faults)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", [0, 1, 4])
def test_lines_are_those_of_the_file(end, blank):
    body = "\n" * blank + "Một.\n\nHai\nba[^7] bốn."
    block = "appendices:\n  - title: A\n    body: |\n\n      Một.\n\n      | C |\n      |---|\n      | d[^8] |\n"
    text = text_of(body=body, extra=block)
    faults = refusal(text.replace("\n", end))
    assert [line for line, _ in faults] == [line_of(text, "d[^8]"), line_of(text, "ba[^7]")]


# --- writing

_LETTERS = st.sampled_from([sign for sign in sorted(known_signs()) if unicodedata.category(sign)[0] in "LMNPS"])
# Chance may write what can only be of an old encoding, which is refused.
_LINE = (
    st.text(_LETTERS, min_size=1, max_size=40)
    .map(lambda text: one_line(source.clean_words(text)))
    .filter(lambda text: text and not old_lines(f"- {text}"))
)
_LINES = st.lists(_LINE, max_size=4).map(tuple)
_SIGNATURE = st.builds(Signature, st.lists(_LINE, min_size=1, max_size=3).map(tuple), _LINE)
_WORDS = st.lists(
    st.sampled_from(["Thi đua", "**đậm**", "*nghiêng*", "a) điểm", "- gạch", "\\*", "#", "yes", "'", '"', ":", "---", "đ"]),
    min_size=1, max_size=8,
).map(lambda words: "Đoạn " + " ".join(words))  # fmt: skip
_BODY = st.lists(_WORDS, min_size=1, max_size=4).map("\n\n".join)
_DAYS = st.dates(min_value=date(1000, 1, 1))
_DATE = st.one_of(
    st.just(PartialDate()),
    _DAYS.map(lambda day: PartialDate(day.year, day.month)),
    _DAYS.map(lambda day: PartialDate(day.year, day.month, day.day)),
)
_PAPERS = st.builds(
    Paper,
    type=st.sampled_from(sorted(BUILT_IN)),
    issuer=st.lists(_LINE, min_size=1, max_size=3).map(tuple),
    symbol=_LINE,
    subject=_LINE,
    place=_LINE,
    signature=_SIGNATURE,
    body=_BODY,
    superior=_LINES,
    number=st.one_of(st.none(), st.integers(1, 9_999_999)),
    date=_DATE,
    urgency=st.sampled_from(["", *source.URGENCIES]),
    circulation=st.sampled_from(["", *source.CIRCULATIONS]),
    authority_line=st.one_of(st.just(""), _LINE),
    bases=_LINES,
    to=_LINES,
    recipients=_LINES,
    archive=st.one_of(st.just(""), _LINE),
    second_signature=st.one_of(st.none(), _SIGNATURE),
    contact=st.one_of(st.just(""), _LINE),
    appendices=st.lists(
        st.builds(Appendix, _LINE, _BODY, st.sampled_from(source.ORIENTATIONS)), max_size=3
    ).map(tuple),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_PAPERS)
def test_what_is_written_is_read_back_equal(paper):
    assert parse(source.dump(paper)) == paper


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: f"---\n{text}\n---\n{text}".encode())))
def test_no_bytes_bring_anything_but_a_paper_or_a_refusal(data):
    try:
        parse(data)
    except PaperRefused as error:
        faults = error.faults
    else:
        return
    assert faults
    assert all(fault.message and (fault.line or 1) >= 1 for fault in faults)
