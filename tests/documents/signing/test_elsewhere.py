"""Pages that come back from another program: what was done to them, before the signature or behind it, is found."""

import io

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils import embed
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from documents.life import actions as moves
from documents.signing import keys, looking, writing
from documents.signing.actions import given, take_signed
from documents.signing.comparing import only_signed_since
from documents.signing.looks import words
from documents.signing.places import Box
from documents.signing.waiting import waited
from documents.steps.refusing import Refused

from .certificates import PASSWORD, file_of, root_der

pytestmark = pytest.mark.django_db
SIGNER = "Nông Văn Minh"
FREE = Box(0, 300, 300, 400, 340)


@pytest.fixture
def pages(approved, leader):
    return given(approved, moves.to_sign(approved)[0], user=leader)


def signed(pdf, box=FREE, name=SIGNER, **facts):
    with keys.from_file(file_of(name), PASSWORD) as key:
        return writing.sign(pdf, key, facts.get("field", "Signature1"), box, words(["Ký"], 100, 40))


def appended(pdf, change) -> bytes:
    """``pdf`` with what ``change(writer)`` does added behind it."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def with_words(writer):
    """Words more on page 1."""
    make = writing.generic()
    writer.add_stream_to_page(0, writer.add_object(make.StreamObject(stream_data=b"1 0 0 rg 100 500 200 40 re f")))


def with_a_page(writer):
    """One page more, the first once again."""
    make = writing.generic()
    page = make.DictionaryObject(dict(writer.find_page_for_modification(0)[0].get_object().items()))
    pages = writer.root["/Pages"]
    page[make.NameObject("/Parent")] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = make.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages)


def with_a_note(writer):
    """A note that lies over the words."""
    make = writing.generic()
    page, _ = writer.find_page_for_modification(0)
    note = {"/Type": make.NameObject("/Annot"), "/Subtype": make.NameObject("/Stamp")}
    note["/Rect"] = make.ArrayObject([make.FloatObject(x) for x in ("100", "400", "400", "700")])
    writer.register_annotation(page, writer.add_object(writing._dictionary(note)))


def with_another_turn(writer):
    """The first page on its head."""
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Rotate"] = writing.generic().NumberObject(180)
    writer.mark_update(page)


def _put(writer, holder, **entries):
    """Put ``entries`` into an object that is there."""
    for name, value in entries.items():
        holder[writing.generic().NameObject(f"/{name}")] = value
    writer.update_container(holder)


def _script():
    make = writing.generic()
    return writing._dictionary({"/S": make.NameObject("/JavaScript"), "/JS": make.pdf_string("app.alert(1)")})


def _blank(writer):
    """The first blank for number or day, with the reference to it."""
    fields = writer.root["/AcroForm"]["/Fields"]
    return fields[0], fields.raw_get(0)


def with_a_note_by_the_name_of_a_blank(writer):
    """A note that lies over the words and is called as a blank is."""
    make = writing.generic()
    page, _ = writer.find_page_for_modification(0)
    note = {"/Type": make.NameObject("/Annot"), "/Subtype": make.NameObject("/Stamp"), "/T": _blank(writer)[0]["/T"]}
    note["/Rect"] = make.ArrayObject([make.FloatObject(x) for x in ("100", "400", "400", "700")])
    writer.register_annotation(page, writer.add_object(writing._dictionary(note)))


def with_a_blank_over_the_words(writer):
    """A blank drawn over half the page."""
    blank, reference = _blank(writer)
    make = writing.generic()
    blank["/Rect"] = make.ArrayObject([make.FloatObject(x) for x in ("60", "300", "560", "700")])
    writer.mark_update(reference)


def with_a_number_already(writer):
    """A number that nobody gave."""
    blank, reference = _blank(writer)
    blank["/V"] = writing.generic().pdf_string("99")
    writer.mark_update(reference)


def without_a_blank(writer):
    """One blank less."""
    page, _ = writer.find_page_for_modification(0)
    notes = page.get_object()["/Annots"]
    notes.pop()
    writer.update_container(notes)
    writer.mark_update(page)


def with_a_file(writer):
    """A program among the attachments."""
    held = embed.EmbeddedFileObject.from_file_data(writer, data=b"MZ", mime_type="application/octet-stream")
    embed.embed_file(writer, embed.FileSpec("phu-luc.exe", embedded_data=held))


def with_a_script(writer):
    """Something that happens when it is opened."""
    _put(writer, writer.root, OpenAction=writer.add_object(_script()))


def with_a_signature_that_does_something(writer):
    """Room for a signature with a script behind it."""
    make = writing.generic()
    page, _ = writer.find_page_for_modification(0)
    names = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Sig"}
    field = {name: make.NameObject(value) for name, value in names.items()} | {"/T": make.pdf_string("S2")}
    field |= {"/AA": writing._dictionary({"/E": _script()}), "/Rect": make.ArrayObject([make.NumberObject(0)] * 4)}
    writer.register_annotation(page, writer.add_object(writing._dictionary(field)))


def with_another_form(writer):
    """A form that some programs show in the place of the pages."""
    stream = writing.generic().StreamObject(stream_data=b"<xdp/>")
    _put(writer, writer.root["/AcroForm"], XFA=writer.add_object(stream))


def with_a_layer(writer):
    """A layer that hides and shows."""
    make = writing.generic()
    layer = writer.add_object(writing._dictionary({"/Type": make.NameObject("/OCG"), "/Name": make.pdf_string("x")}))
    hidden = writing._dictionary({"/OFF": make.ArrayObject([layer])})
    _put(writer, writer.root, OCProperties=writing._dictionary({"/OCGs": make.ArrayObject([layer]), "/D": hidden}))


HIDDEN = [with_a_note_by_the_name_of_a_blank, with_a_blank_over_the_words, with_a_number_already, without_a_blank]
HIDDEN += [with_a_file, with_a_script, with_a_signature_that_does_something, with_another_form, with_a_layer]


@pytest.mark.parametrize("change", HIDDEN)
def test_what_no_page_shows_yet_is_found_too(pages, change):
    given = bytes(pages.given)
    assert only_signed_since(signed(given), given)
    assert not only_signed_since(appended(given, change), given)


@pytest.mark.parametrize("change", [with_words, with_a_page, with_a_note, with_another_turn])
def test_what_was_added_before_the_signature_is_found_though_the_signature_is_whole(pages, leader, change):
    content = signed(appended(bytes(pages.given), change))
    (seen,) = looking.signatures(content)
    assert (seen.is_whole, seen.is_allowed) == (True, True)
    with pytest.raises(Refused, match="thêm hoặc đổi thứ khác ngoài chữ ký"):
        take_signed(pages, content, by=leader)
    pages.refresh_from_db()
    assert pages.signed is None


@pytest.mark.parametrize("change", [with_words, with_a_page, with_a_note])
def test_what_was_added_behind_the_signature_is_found(pages, leader, change):
    content = appended(signed(bytes(pages.given)), change)
    with pytest.raises(Refused, match=r"ngoài chữ ký|không còn nguyên vẹn"):
        take_signed(pages, content, by=leader)


def test_a_file_that_was_written_anew_is_refused_whatever_its_words(pages, leader):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(bytes(pages.given))) as pdf:
        pdf.save(out)
    with pytest.raises(Refused, match="không phải tệp trang để ký"):
        take_signed(pages, signed(out.getvalue()), by=leader)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9, 0.999])
def test_one_flipped_byte_anywhere_is_found(pages, leader, at):
    content = bytearray(signed(bytes(pages.given)))
    content[int(len(content) * at)] ^= 1
    with pytest.raises(Refused):
        take_signed(pages, bytes(content), by=leader)


@pytest.mark.parametrize("more", [b"rac", b"\n1 0 obj\n<</Type/Catalog>>\nendobj\n"])
def test_nothing_stands_behind_the_end_for_programs_that_repair_files(pages, leader, more):
    content = signed(bytes(pages.given))
    with pytest.raises(Refused, match="thêm hoặc đổi thứ khác"):
        take_signed(pages, content + more, by=leader)
    take_signed(pages, content + b"\r\n", by=leader)


@pytest.mark.parametrize("at", [0.6, 0.9])
def test_a_flipped_byte_in_the_root_that_came_along_is_found_though_nothing_signs_it(pages, at):
    content, root = bytearray(signed(bytes(pages.given))), root_der().hex().encode()
    place = bytes(content).lower().index(root) + int(len(root) * at)
    content[place] = ord("1") if content[place] == ord("0") else ord("0")
    (seen,) = looking.signatures(bytes(content), [looking.Trust(root_der())])
    assert not seen.is_whole


def test_a_picture_that_covers_the_words_is_refused(pages, leader):
    with pytest.raises(Refused, match="che mất chữ"):
        take_signed(pages, signed(bytes(pages.given), Box(0, 60, 60, 560, 780)), by=leader)


def test_a_picture_that_covers_one_word_is_refused_and_one_on_post_and_name_is_not(pages, leader):
    given = bytes(pages.given)
    word, post, name = _place_of("Kính", given), _place_of("KT. CHỦ TỊCH", given), _place_of(SIGNER, given)
    with pytest.raises(Refused, match="che mất chữ: «Kính"):
        take_signed(pages, signed(given, Box(0, *word)), by=leader)
    take_signed(pages, signed(given, Box(0, post[0], name[1], post[2], post[3])), by=leader)
    pages.refresh_from_db()
    assert pages.name == SIGNER


def _place_of(words, pdf):
    """Where ``words`` stand on page 1: left, bottom, right, top."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        at, count = text.search(words).get_next()
        letters = [text.get_charbox(index) for index in range(at, at + count)]
        text.close()
    left, bottom, right, top = zip(*letters, strict=True)
    return min(left), min(bottom), max(right), max(top)


def test_a_signature_that_locks_the_file_is_refused_for_the_number_could_not_follow(pages, leader):
    meta = signers.PdfSignatureMetadata(field_name="S", certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES)
    out = io.BytesIO()
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        worker = signers.PdfSigner(meta, signer=key, new_field_spec=fields.SigFieldSpec("S", box=(300, 300, 400, 340)))
        writer = IncrementalPdfFileWriter(io.BytesIO(bytes(pages.given)))
        waited(lambda: worker.async_sign_pdf(writer, output=out))
    with pytest.raises(Refused, match="khóa văn bản"):
        take_signed(pages, out.getvalue(), by=leader)


def test_what_another_program_writes_into_the_form_beside_its_signature_is_no_change_of_the_words(pages, leader):
    """Fonts and defaults of the form, as iText adds them."""

    def dressed(writer):
        make = writing.generic()
        writer.root["/AcroForm"]["/DA"] = make.pdf_string("/Helv 0 Tf 0 g")
        writer.root["/AcroForm"]["/DR"] = writing._dictionary({"/Font": make.DictionaryObject()})
        writer.update_container(writer.root["/AcroForm"])

    take_signed(pages, signed(appended(bytes(pages.given), dressed)), by=leader)
    pages.refresh_from_db()
    assert pages.name == SIGNER
