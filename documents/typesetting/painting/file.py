"""A PDF that WeasyPrint has made but not written yet, and what is put into it: written as it comes, so that nothing piles up."""

import hashlib
import struct
import zlib

# Objects of one stream.
_GROUP = 500
# Half the time of zlib's own level for a tenth more bytes.
_LEVEL = 4
_ENTRY = struct.Struct(">BIH")


class File:
    """Objects beside those of ``pdf``. Streams are written at once, other objects a few hundred together."""

    def __init__(self, pdf, output):
        self.pdf, self.output = pdf, output
        if pdf.info:
            pdf.add_object(pdf.info)
        # Where each object is, as the cross-reference stream has it.
        self.places = bytearray()
        self.count = len(pdf.objects)
        self.position, self.hash = 0, hashlib.sha256()
        self.waiting = []
        self._put(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def reserve(self) -> int:
        """A number for an object that is added later."""
        self.count += 1
        return self.count - 1

    def add(self, data: str, number=None) -> int:
        """An object that is no stream; its number."""
        number = self.reserve() if number is None else number
        self.waiting.append((number, data.encode()))
        if len(self.waiting) >= _GROUP:
            self._pack()
        return number

    def stream(self, data: bytes, extra: bytes = b"") -> int:
        """A stream, compressed; its number."""
        return self._stream(self.reserve(), data, extra)

    def finish(self):
        """All objects of ``pdf``, and where everything stands."""
        for one in self.pdf.objects[1:]:
            if one.free == "f":
                continue
            if one.compressible:
                self.waiting.append((one.number, one.data))
            else:
                self._place(one.number)
                self._put(one.indirect + b"\n")
        while self.waiting:
            self._pack()
        self._cross_reference()

    def _stream(self, number, data, extra):
        packed = zlib.compress(data, _LEVEL)
        self._place(number)
        head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (number, extra, len(packed))
        self._put(head + packed + b"\nendstream\nendobj\n")
        return number

    def _pack(self):
        """Write objects that wait as one stream."""
        group, self.waiting = self.waiting[:_GROUP], self.waiting[_GROUP:]
        number, at, heads = self.reserve(), 0, []
        for place, (one, data) in enumerate(group):
            heads.append(b"%d %d" % (one, at))
            at += len(data) + 1
            self._place(one, 2, number, place)
        head = b" ".join(heads) + b"\n"
        data = head + b"\n".join(data for _, data in group)
        self._stream(number, data, b"/Type/ObjStm/N %d/First %d" % (len(group), len(head)))

    def _cross_reference(self):
        number, begins = self.reserve(), self.position
        self._place(number)
        self._place(0, 0, 0, 0xFFFF)
        mark = self.hash.hexdigest()[:32].encode()
        extra = b"/Type/XRef/Size %d/W[1 4 2]/Root %s/ID[<%s><%s>]" % (
            self.count,
            self.pdf.catalog.reference,
            mark,
            mark,
        )
        if self.pdf.info:
            extra += b"/Info " + self.pdf.info.reference
        self._stream(number, bytes(self.places), extra)
        self._put(b"startxref\n%d\n%%%%EOF\n" % begins)

    def _place(self, number, kind=1, where=None, within=0):
        """Object ``number`` is at a byte of the file, by default the next, or (``kind`` 2) in a stream of objects."""
        at = _ENTRY.size * number
        if at >= len(self.places):
            self.places.extend(bytes(at + _ENTRY.size - len(self.places)))
        _ENTRY.pack_into(self.places, at, kind, self.position if where is None else where, within)

    def _put(self, data):
        self.output.write(data)
        self.hash.update(data)
        self.position += len(data)
