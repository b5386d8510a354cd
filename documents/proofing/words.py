"""Words: abbreviations that nothing explains."""

import re

from ..source.types import BUILT_IN
from .laws import CIRCULAR, LOOK, Article
from .rule import at, rule

WORDS = "Chữ viết tắt"
# Abbreviations that every office reads; those of bodies come from the register, those of types from the decree.
_COMMON = """GTGT TNDN TNCN TTĐB XNK NMNĐ PPP QCVN TCVN TCCS BĐS BCTC BXD BTC KTNN
UBND HĐND UBMTTQ MTTQ MTTQVN UBMTTQVN VPCP VPQH VPCTN TTg TTCP TW TƯ BCH BTV BTC BCĐ BQL BGH BGĐ CBCC CBCCVC CCVC
CCHC TTHC CNTT CĐS ATTT ATGT ATTP ATVSTP PCCC PCLB PCTT TKCN PCTN TNXH ANTT ANQP QPAN QP AN QPTD KTXH KT XH VHXH
VHTT VHTTDL TDTT GDĐT GD ĐT GDNN LĐTBXH LĐLĐ LHPN CCB TNCS ĐTN HND HPN HTX DNNN DN TNHH MTV CP TP TX TT HCM NTM NN
PTNT NNPTNT TNMT KHCN KH CN TTTT XD GTVT KHĐT NSNN NSTW BHXH BHYT BHTN BYT SYT BV TTYT KCB SXKD SX KD QLNN QLTT
KBNN NHNN NHCSXH THPT THCS TH PTDTNT PTDTBT MN GV HS SV TS PGS GS ThS NCS CLB TĐKT TĐ HĐTĐKT TĐYN CSTĐ LĐTT BK GK
CTTĐ VT VP NV NC KGVX TCCB TCHC KTTH KSTTHC QPPL VBQPPL VBHC LS KK STT SL ĐVT GPMB QSDĐ QSD BTXM TTLT NQLT QĐ NQ CT
CTr NĐ KL VPTU TU BTVTU UBKT TTr VND VNĐ USD DTTS DTTSMN BVCSSKND GDP GRDP XDCB KHKT TTTM TTCN CCN KCN KKT KKTCK
NLĐ NSDLĐ CĐ QH KHHGĐ DSKHHGĐ SKSS TBXH TBLS BVTV BVMT PTTH TTXVN TSC LLVT LLVTND CAND QĐND QSĐP BĐBP BCHQS CA QS
TAND VKSND THADS TTHĐND KTNS PC DT CTĐB MSDN MST CMND CCCD GPLX GCN GCNQSDĐ VNPT KHXH KHTN ĐHQG ĐH CĐSP TC TTGDTX
GDTX NXB HN TTPVHCC PVHCC HCC TTDVVL TTHTCĐ ĐBQH ĐVHC LHTN CBCS QLHC TTATXH TTATGT KNTC MTQG
GPS GNSS GIS NPK PCR LNG CNG PVC SMS LPG PCB VIP DVC DVCTT LGSP CSDL HTTT PM QR PDF XML GPT LLM VPN SSL HTTP HTTPS CRM BTS
CSGT DTNT DTBT CHXHCN CHXHCNVN LTD DDP CPT"""
_ABBREVIATION = re.compile(r"(?<![\w/&.+-])(?P<letters>[BCDĐGHKLMNPQRSTVX]{3,8})(?![\w/&+-])")
_IN_SYMBOL = re.compile(r"\d/[A-ZĐ]\w* ?[-–] ?$")
# The letters of a firm are its name: ``Công ty TNHH Thép BKH``.
_IN_NAME = re.compile(r"(?:Công ty|Tập đoàn|Ngân hàng|Nhà máy)(?: [\w&-]+){0,4} $")
_EXPLAINED = "(?:viết tắt|gọi tắt|sau đây gọi|gọi chung)"


@rule(
    WORDS, "viet-tat-khong-giai-thich", "Chữ viết tắt chưa được giải thích", (*LOOK, Article(CIRCULAR, "Điều 11")),
    bad="các đơn vị thuộc KDTĐ thực hiện", good="các đơn vị thuộc khối doanh nghiệp (viết tắt là KDTĐ) thực hiện",
)  # fmt: skip
def abbreviation_unexplained(reading):
    """Letters that no office reads are explained where they stand first, in brackets behind the words or before them."""
    known, text = _known(reading), reading.whole.text
    for found in reading.running.find(_ABBREVIATION):
        letters = found["letters"]
        if letters in known or found.line.text.isupper() or _IN_SYMBOL.search(found.before()):
            continue
        if _IN_NAME.search(found.before()):
            known.add(letters)
            continue
        known.add(letters)
        # In brackets behind its words, or with the words in brackets behind it, or said so.
        told = re.search(
            rf"\([^()\n]*\b{letters}\b[^()\n]*\)|\b{letters} ?\(|{_EXPLAINED}[^.\n]{{0,30}}{letters}\b|\b{letters}: ",
            text,
        )
        if not told and not _begin_words(letters, text):
            yield at(found, f"«{letters}» chưa được giải thích; lần đầu ghi đủ chữ, viết tắt trong ngoặc đơn ngay sau")


def _known(reading) -> set[str]:
    """What needs no word: common ones, types, and what the symbols and names of this paper hold."""
    own = " ".join([reading.paper.symbol, reading.paper.archive, *reading.paper.recipients, *reading.paper.to])
    return {*_COMMON.split(), *map(str.upper, BUILT_IN), *re.findall(r"[A-ZĐ]{2,}", own), *reading.known.letters}


def _begin_words(letters, text) -> bool:
    """Whether a run of words in the text begins with these letters, one each."""
    initials = "[ ,-]+(?:và |các |- )?".join(rf"{re.escape(letter)}\w*" for letter in letters)
    return bool(re.search(rf"(?<!\w){initials}(?!\w)", text, re.IGNORECASE))
