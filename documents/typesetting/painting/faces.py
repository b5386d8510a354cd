"""Words in the packaged fonts: shaped once by HarfBuzz, as the operands that a PDF shows them by; the fonts of a file."""

from dataclasses import dataclass

import uharfbuzz as hb

from ...form.letters import FONTS

_DROPPED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "kern", "name", "post")
# (bold?, italic?) → file, PostScript name.
STYLES = {
    (False, False): ("Tinos_400Regular.ttf", "Tinos"),
    (True, False): ("Tinos_700Bold.ttf", "Tinos-Bold"),
    (False, True): ("Tinos_400Regular_Italic.ttf", "Tinos-Italic"),
    (True, True): ("Tinos_700Bold_Italic.ttf", "Tinos-BoldItalic"),
}


@dataclass(slots=True)
class Word:
    """Letters that stand together: how they are shown (faces and operands of ``TJ``), how wide they are, in ems."""

    text: str
    shown: list
    wide: float
    # The space before it, and what the space behind it moves its last letter by: both depend on the letters beside them.
    space: tuple
    space_wide: float
    tail: str = ""
    tail_wide: float = 0.0
    # (face, text, may a line end within?) where it is no plain text.
    pieces: tuple = ()


class Face:
    """One style of a font, as far as one file uses it; of Tinos where no ``font``, (file, PostScript name), is given.

    ``name``: its resource in the file, which begins with ``prefix``.
    """

    def __init__(self, style, font=None, prefix="P"):
        file, self.font_name = font or STYLES[style]
        self.name = f"{prefix}{''.join('BI'[place] for place, on in enumerate(style) if on) or 'R'}"
        self.face = hb.Face(hb.Blob.from_file_path(str(FONTS / file)))
        self.font = hb.Font(self.face)
        self.em = self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender / self.em, -extents.descender / self.em
        self.is_italic = style[1]
        self._words, self._alone = {}, {}
        # What each glyph stands for, and how wide it is.
        self._texts, self._advances = {}, {}
        self.space = self.text(" ")

    def word(self, text) -> Word:
        """``text`` between two spaces."""
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = self._between_spaces(text)
        return found

    def text(self, text) -> tuple[str, float]:
        """(operand, width in ems) of ``text`` alone."""
        found = self._alone.get(text)
        if found is None:
            glyphs = self._shaped(text)
            found = self._alone[text] = self._operand(glyphs), sum(wide for _, wide in glyphs) / self.em
        return found

    def _between_spaces(self, text):
        first, *inner, _last = self._shaped(f" {text} ")
        glyph, wide = inner[-1]
        moved = wide - self._advance(glyph)
        tail = self._kern(glyph, wide)
        inner[-1] = glyph, wide - moved
        return Word(
            text,
            [(self, self._operand(inner))],
            sum(wide for _, wide in inner) / self.em,
            (self, self._operand([first])),
            first[1] / self.em,
            f"{tail}" if tail else "",
            moved / self.em,
        )

    def _shaped(self, text):
        """[(glyph, advance)], and what each glyph stands for is kept."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = "vi"
        hb.shape(self.font, buffer)
        found, end = [], len(text)
        # Backwards: a glyph stands for the letters up to the next one's.
        for info, place in zip(reversed(buffer.glyph_infos), reversed(buffer.glyph_positions), strict=True):
            if place.x_offset or place.y_offset:
                raise ValueError(f"Signs above each other in {text!r}, which cutting.COMPLEX does not know.")
            found.append((info.codepoint, place.x_advance))
            self._texts.setdefault(info.codepoint, text[info.cluster : end])
            end = info.cluster
        found.reverse()
        return found

    def _advance(self, glyph) -> int:
        found = self._advances.get(glyph)
        if found is None:
            found = self._advances[glyph] = self.font.get_glyph_h_advance(glyph)
        return found

    def _width(self, glyph) -> int:
        """How wide a letter is in thousandths of an em, whole ones as WeasyPrint tells them."""
        return round(1000 * self._advance(glyph) / self.em)

    def _kern(self, glyph, wide) -> int:
        """By how much less the next letter moves on, rounded as WeasyPrint does: on a long line that is half a point."""
        return int(self._width(glyph) - 1000 * wide / self.em)

    def _operand(self, glyphs) -> str:
        """Glyph numbers, with what kerning moves the next one by in between."""
        parts = []
        for glyph, wide in glyphs:
            moved = self._kern(glyph, wide)
            parts.append(f"{glyph:04x}" + (f">{moved}<" if moved else ""))
        return f"<{''.join(parts)}>".replace("<>", "")

    def lacks(self, text) -> list[str]:
        """The signs of ``text`` that the font has not."""
        return sorted({sign for sign in text if self.font.get_nominal_glyph(ord(sign)) is None})

    # --- In the file

    @property
    def is_used(self) -> bool:
        """Whether anything but the space was shaped."""
        return len(self._texts) > 1

    def write(self, file) -> int:
        """Embed what was used of the font; the number of its object."""
        used = sorted(self._texts)
        data = self._subset(used)
        font_file = file.stream(data, b"/Length1 %d" % len(data))
        name = f"PAINTD+{self.font_name}"
        described = file.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {68 if self.is_italic else 4}/FontBBox[-600 -300 2000 1100]"
            f"/ItalicAngle {-16 if self.is_italic else 0}/Ascent {self.ascent * 1000:g}/Descent {-self.descent * 1000:g}"
            f"/CapHeight 660/StemV 80/FontFile2 {font_file} 0 R>>"
        )
        widths = "".join(f"{glyph}[{self._width(glyph)}]" for glyph in used)
        letters = file.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor {described} 0 R/DW 0/W[{widths}]>>"
        )
        meant = file.stream(self._meanings(used))
        return file.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{letters} 0 R]"
            f"/ToUnicode {meant} 0 R>>"
        )

    def _subset(self, used) -> bytes:
        """The font with the glyphs ``used`` alone, under their old numbers."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(used)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
        dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
        for table in _DROPPED:
            dropped.add(int.from_bytes(table.ljust(4).encode(), "big"))
        return hb.subset(self.face, wanted).blob.data

    def _meanings(self, used) -> bytes:
        """Which letters each glyph stands for, so that they can be copied."""
        rows = [
            f"<{glyph:04x}> <{self._texts[glyph].encode('utf-16-be').hex()}>" for glyph in used if self._texts[glyph]
        ]
        parts = [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n"
            "/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
        ]
        for start in range(0, len(rows), 100):
            some = rows[start : start + 100]
            parts += [f"{len(some)} beginbfchar", *some, "endbfchar"]
        parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
        return "\n".join(parts).encode()
