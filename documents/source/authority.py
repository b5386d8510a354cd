"""Who a decision is made by, and whether the signature agrees: a head signs in the head's own right, a body through TM.

Source: Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục III, Mẫu 1.2, note 6: where the head decides, the head's title stands above
the legal bases; where the body decides as a whole, the name of the body.
"""

from units.models import Capacity, Unit

# The head of a body by the first words of its name, where no signer tells; the longer words come first.
_HEADS = [
    ("văn phòng", "Chánh Văn phòng"),
    ("thanh tra", "Chánh Thanh tra"),
    ("chi cục", "Chi cục trưởng"),
    ("cục", "Cục trưởng"),
    ("ban", "Trưởng ban"),
    ("phòng", "Trưởng phòng"),
    ("sở", "Giám đốc"),
    ("trung tâm", "Giám đốc"),
    ("đài", "Giám đốc"),
    ("trường", "Hiệu trưởng"),
    ("hội", "Chủ tịch"),
    ("liên đoàn", "Chủ tịch"),
    ("liên minh", "Chủ tịch"),
]
# Where a head issues under the head's own name, that name is no body's.
_POSTS = ("THỦ TƯỚNG", "CHỦ TỊCH", "BỘ TRƯỞNG", "GIÁM ĐỐC", "HIỆU TRƯỞNG")
_CHAIRED = (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE, Unit.Kind.FRONT)


def head_of(unit, term=None) -> str:
    """The post of whoever heads ``unit``, as ``term`` (one of its signers) tells it, else by kind and name."""
    if term and term.capacity in (Capacity.OWN, Capacity.Q):
        return term.post
    if term and term.capacity in (Capacity.KT, Capacity.TL, Capacity.TUQ):
        return term.on_behalf_of
    name = unit.name.lower()
    found = next((head for words, head in _HEADS if name.startswith(f"{words} ")), "")
    return found or ("Chủ tịch" if unit.kind in _CHAIRED else "Giám đốc")


def with_body(head: str, body: str) -> str:
    """``Giám đốc`` and ``Sở Nội vụ`` in one; words that end the first and begin the second stand once.

    ``Chánh Văn phòng`` and ``Văn phòng UBND tỉnh`` are ``Chánh Văn phòng UBND tỉnh``.
    """
    before, behind = head.split(), body.split()
    for count in range(min(len(before), len(behind)), 0, -1):
        if [word.lower() for word in before[-count:]] == [word.lower() for word in behind[:count]]:
            return " ".join([*before, *behind[count:]])
    return f"{head} {body}"


def line_for(issuer, term) -> str:
    """The authority above a decision of ``issuer`` that ``term`` signs: the body where it signs TM., else the head."""
    body = " ".join(issuer.issuer_lines)
    if term and term.capacity == Capacity.TM:
        return body
    return with_body(head_of(issuer, term).upper(), body)


def decider(terms):
    """Of ``terms``, who signs a decision: the head in person, then whoever acts for the head, then who signs for the body."""
    order = [Capacity.OWN, Capacity.Q, Capacity.KT, Capacity.TM, Capacity.TL, Capacity.TUQ]
    return min(terms, key=lambda term: order.index(Capacity(term.capacity)), default=None)


def disagreement(paper) -> str:
    """Why the signature of a decision does not fit its authority, in words; nothing where it does, or has none."""
    authority, lines = " ".join(paper.authority_line.upper().split()), paper.signature.capacity
    if not (authority and lines):
        return ""
    # The head of a sheet may leave out the province that the authority names, and the authority that of the head.
    body = " ".join(" ".join(paper.issuer).upper().split())
    shorter, longer = sorted((f"{body} ", f"{authority} "), key=len)
    is_body = bool(body) and not body.startswith(_POSTS) and longer.startswith(shorter)
    for_body = lines[0].upper().startswith("TM.")
    if is_body and not for_body:
        return (
            f"thẩm quyền ban hành là «{paper.authority_line}», tập thể quyết định, nên người ký phải ký thay mặt (TM.)"
        )
    if for_body and not is_body:
        return (
            f"thẩm quyền ban hành là «{paper.authority_line}», người đứng đầu quyết định, nên không ký thay mặt (TM.): "
            f"ghi chức vụ, hoặc KT. và chức vụ"
        )
    return ""
