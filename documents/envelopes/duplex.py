"""A paper and what stands behind it as one print job on both sides: each text begins on a sheet of its own."""

import io
import re

import pikepdf

_LABEL = re.compile(r"Phụ lục(?: [IVXLC]+)?")
# Points: what begins a text stands as high as this below the margin, at most.
_TOP = 120


def both_sides(pdf: bytes, names: set[str]) -> bytes:
    """``pdf`` with an empty page wherever an appendix would begin on the back of a sheet; printed on both sides, turned along the
    long edge, unless the person asks the printer for something else.

    ``names``: the types, in capitals, of what a decision issues, which begin on a page of their own too. The pages themselves are
    as they were; the file is for the printer, not the one that was issued.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        begins = _beginnings(file, names)
        put_in = 0
        for page in begins:
            place = page + put_in
            if place % 2:
                before = file.pages[place - 1]
                empty = pikepdf.Page(
                    file.make_indirect(
                        pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=before.mediabox, Resources={})
                    )
                )
                file.pages.insert(place, empty)
                put_in += 1
        wishes = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        wishes["/Duplex"] = pikepdf.Name.DuplexFlipLongEdge
        # As large as they are: a margin of the law is no margin of the printer's.
        wishes["/PrintScaling"] = pikepdf.Name("/None")
        file.Root["/ViewerPreferences"] = wishes
        # A page more is no longer what the standard of archives was promised.
        out = io.BytesIO()
        file.save(out, deterministic_id=True)
        return out.getvalue()


def _beginnings(file, names) -> list[int]:
    """The pages, from 0, on which a text behind the paper begins: as the table of contents in the file has it."""
    found = set()
    with file.open_outline() as outline:
        rows = list(outline.root)
        while rows:
            row = rows.pop()
            rows += row.children
            if (_LABEL.fullmatch(row.title) or row.title in names) and row.destination is not None:
                page = pikepdf.Page(row.destination[0])
                high = float(page.mediabox[3])
                begins_page = _LABEL.fullmatch(row.title) is None or high - float(row.destination[3]) < _TOP
                if page.index and begins_page:
                    found.add(page.index)
    return sorted(found)
