"""Signatures and numbers added behind the bytes of a PDF: what was signed before stays whole, to the byte.

Source: Nghị định 30/2020/NĐ-CP, Điều 13-18: the person signs, the clerk gives number and day, the office signs; PAdES
(ETSI EN 319 142) with SHA-256.
"""

import io
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..steps.refusing import Refused
from .keys import name_in
from .looking import signatures
from .places import Blank, Box
from .waiting import waited

# The names of the fields: the person who signed, who signed second, the office; the office on what goes beside a paper.
PERSON, SECOND_PERSON, OFFICE, BESIDE = "NguoiKy", "NguoiKyThuHai", "CoQuan", "CoQuanKyTep"
# Bytes of a signature beside its certificates, and of the word of an authority on the time with the certificates of that. Told
# beforehand, it need not be made twice.
BARE, WITH_TIME = 4096, 12288
# The flag of a form by which a file is only added to.
APPEND_ONLY = 2
NOT_TO_SIGN = (
    "Tệp PDF này không ký thêm được: tệp bị khóa, mã hóa hoặc hỏng. Hãy in sang PDF mới rồi ký, hoặc xin lại tệp gốc."
)

NOT_ITS_KEY = (
    "Khóa không đi với chứng thư của {}: chữ ký làm ra không kiểm tra được. Hãy chọn tệp khóa hoặc thiết bị khác."
)


def sign(pdf: bytes, signer, field: str, box: Box, look: bytes, timestamper=None, at=None) -> bytes:
    """``pdf`` with one more signature, seen as the first page of ``look`` in ``box``; ``at``: when, if that is told there.

    Raises ``Refused`` where no time is told, for a file that takes no signature and for a key that is not its certificate's, and
    what ``keys`` raises where a token goes away: then nothing was made.
    """
    from pyhanko import stamp
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError

    spec = fields.SigFieldSpec(field, on_page=box.page, box=_rounded(box))
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, embed_validation_info=False
    )
    with _file(look) as name:
        # Clearness beside the picture's own would need a space to blend in, and end PDF/A.
        style = stamp.StaticStampStyle.from_pdf_file(
            name, border_width=0, background_opacity=1, background_layout=_whole_box()
        )
        worker = signers.PdfSigner(meta, signer=signer, stamp_style=style, timestamper=timestamper, new_field_spec=spec)
        _sign_at(worker, at)
        out, room = io.BytesIO(), _room_for(signer, timestamper)
        try:
            waited(lambda: worker.async_sign_pdf(_opened(pdf), output=out, bytes_reserved=room))
        except (PdfError, SigningError):
            raise Refused(NOT_TO_SIGN) from None
    made = out.getvalue()
    # A key beside the certificate of another signs what nobody can verify.
    if not any(one.is_whole for one in signatures(made)[-1:]):
        raise Refused(NOT_ITS_KEY.format(name_in(signer.signing_cert)))
    return made


def _room_for(signer, timestamper) -> int:
    """How many figures, two a byte, are kept for a signature with its chain and its time."""
    chain = sum(len(one.dump()) for one in (signer.signing_cert, *signer.cert_registry))
    return 2 * (chain + BARE + (WITH_TIME if timestamper else 0))


def _whole_box():
    """The rule by which a look fills its box: left to itself the library leaves 5 points around, and makes all that smaller."""
    from pyhanko.pdf_utils import layout

    middle = layout.AxisAlignment.ALIGN_MID
    return layout.SimpleBoxLayoutRule(middle, middle, inner_content_scaling=layout.InnerScaling.STRETCH_FILL)


def _sign_at(worker, at):
    """Have ``worker`` write ``at`` into the signature: the moment that its words tell, not one a blink later."""
    begin = worker.init_signing_session

    def begun(*args, **kwargs):
        session = begin(*args, **kwargs)
        session.system_time = at or session.system_time
        return session

    worker.init_signing_session = begun


def prepare(pdf: bytes, blanks: list[Blank]) -> bytes:
    """``pdf`` with an empty field in each of ``blanks``, which may be filled after somebody signed."""
    if not blanks:
        return pdf
    writer = _opened(pdf)
    fields = [_add_field(writer, blank) for blank in blanks]
    # Other programs are told to add behind what there is, and not to write the file anew.
    form = {"/Fields": generic().ArrayObject(fields), "/SigFlags": generic().NumberObject(APPEND_ONLY)}
    writer.root["/AcroForm"] = writer.add_object(_dictionary(form))
    writer.update_root()
    return _written(writer)


def _add_field(writer, blank):
    """The reference of an empty field where ``blank`` is."""
    make = generic()
    page, _ = writer.find_page_for_modification(blank.box.page)
    nothing = make.StreamObject(
        {
            make.NameObject("/Type"): make.NameObject("/XObject"),
            make.NameObject("/Subtype"): make.NameObject("/Form"),
            make.NameObject("/BBox"): _numbers((0, 0, blank.box.wide, blank.box.high)),
        },
        stream_data=b"",
    )
    field = writer.add_object(
        _dictionary(
            {
                "/Type": make.NameObject("/Annot"),
                "/Subtype": make.NameObject("/Widget"),
                "/FT": make.NameObject("/Tx"),
                # Printed, and not to be typed into by whoever opens it.
                "/F": make.NumberObject(4),
                "/Ff": make.NumberObject(1),
                "/T": make.pdf_string(blank.name),
                "/Rect": _numbers(_rounded(blank.box)),
                "/P": page,
                "/AP": _dictionary({"/N": writer.add_object(nothing)}),
            }
        )
    )
    writer.register_annotation(page, field)
    return field


def filled(pdf: bytes, values: dict[str, tuple[str, bytes]]) -> bytes:
    """``pdf`` with each field of ``values``, {name: (words, the page that shows them)}, filled."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not values:
        return pdf
    writer, make, shown = _opened(pdf), generic(), {}
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        words, look = values.get(str(field.get("/T", "")), ("", b""))
        if words:
            field["/V"] = make.pdf_string(words)
            # Drawn once, however often it stands on the pages.
            if look not in shown:
                shown[look] = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(look)))
            field["/AP"] = _dictionary({"/N": shown[look]})
            writer.mark_update(reference)
    return _written(writer)


def generic():
    """The library's objects of a PDF, fetched where they are used: with what they bring they take a tenth of a second."""
    from pyhanko.pdf_utils import generic

    return generic


def _opened(pdf):
    """``pdf`` to be added to; scanners and other programs write files with small faults that do no harm."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    return IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)


def _written(writer) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _dictionary(entries):
    make = generic()
    return make.DictionaryObject({make.NameObject(name): value for name, value in entries.items()})


def _numbers(values):
    make = generic()
    return make.ArrayObject([make.FloatObject(f"{value:.3f}") for value in values])


def _rounded(box) -> tuple[float, float, float, float]:
    return tuple(round(value, 2) for value in (box.left, box.bottom, box.right, box.top))


@contextmanager
def _file(content):
    """The name of a file with ``content``, as long as it is used: the library opens looks by name alone."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "look.pdf"
        place.write_bytes(content)
        yield str(place)
