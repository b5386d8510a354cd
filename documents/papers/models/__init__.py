"""A paper and its parts, the types of papers, whom a draft names, what it asks, what one paper does to another."""

from .addressee import KINDS, Addressee, AddresseeGroup, labels
from .copy import IssuedCopy
from .document import TYPED, Document
from .duty import Duty
from .parts import Appendix, Effect
from .sight import Frozen, let_open
from .type import DocumentType
from .usual import Usual
