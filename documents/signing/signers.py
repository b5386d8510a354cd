"""Who signs a paper: one person, or two, as the minutes of a meeting and a joint paper have it; each with a place on its pages.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7; Phụ lục III, Mẫu 1.9 (biên bản: chủ tọa, thư ký).
"""

from dataclasses import dataclass

from ..typesetting.sheet import SECOND, SIGNER
from .models import PagesToSign, SignatureLook
from .writing import PERSON, SECOND_PERSON


@dataclass(frozen=True)
class Signer:
    """One of those who sign: the name on the paper, the mark of the place there, the field that the signature is in, and the
    picture that the office keeps, if it does.
    """

    name: str
    mark: str
    field: str
    look: SignatureLook | None

    @property
    def is_second(self) -> bool:
        """Whether the signature stands at the left, beside the first."""
        return self.mark == SECOND

    def has_signed(self, pages: PagesToSign) -> bool:
        """Whether the signature is on ``pages``."""
        return bool(pages.second_name if self.is_second else pages.name)


def signers_of(document) -> list[Signer]:
    """Those whose signatures ``document`` needs, the first one first."""
    found = [Signer(document.signer_name, SIGNER, PERSON, look_of(document))]
    if second := document.second_signer_name:
        found.append(Signer(second, SECOND, SECOND_PERSON, _named(second, document)))
    return found


def look_of(document) -> SignatureLook | None:
    """The picture of the signature of who signs ``document``; None where the office keeps none: then it is signed on paper."""
    if document.signer_id is None:
        return _named(document.signer_name, document)
    return SignatureLook.objects.filter(official=document.signer.official_id).first()


def _named(name, document) -> SignatureLook | None:
    """The picture of the one person of this ``name``, or, of several, of the one who signs for the units of ``document``; None
    where there are several all the same, for nobody guesses whose it is.
    """
    found = SignatureLook.objects.filter(official__name=name) if name else SignatureLook.objects.none()
    units = document.issuer_unit_id, document.unit_id
    for looks in (found, found.filter(official__terms__unit__in=units).distinct()):
        if len(some := looks[:2]) == 1:
            return some[0]
    return None


def stamp_of(document) -> SignatureLook | None:
    """The stamp of the body that issues ``document``; None where the office keeps none."""
    return SignatureLook.objects.filter(unit=document.issuer_unit_id).first() if document.issuer_unit_id else None
