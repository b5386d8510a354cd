"""Keys in a token (PKCS#11), with SoftHSM in its place."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from documents.signing import keys, looking, writing
from documents.signing.looks import words
from documents.signing.places import Box
from documents.steps.refusing import Refused

from . import certificates

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
pytestmark = pytest.mark.skipif(
    not (MODULE.exists() and shutil.which("softhsm2-util")), reason="softhsm2 is not installed"
)
PIN, LABEL = "246810", "thiet-bi-thu"


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with the key and certificate of one person."""
    import pkcs11
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "13579"],
        check=True, capture_output=True,
    )  # fmt: skip
    key, certificate = certificates.issued("Nông Văn Minh")
    private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    lib = pkcs11.lib(str(MODULE))
    lib.reinitialize()
    with lib.get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        wanted = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "khoa", pkcs11.Attribute.ID: b"1"}
        session.create_object(decode_ec_private_key(private) | wanted)
        held = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
        session.create_object(held | wanted)
    yield LABEL
    os.environ.pop("SOFTHSM2_CONF")


@pytest.fixture(autouse=True)
def module(settings):
    settings.PKCS11_MODULE = str(MODULE)


def test_a_token_signs_by_its_only_certificate(token):
    pdf = words(["Một trang"], 300, 300)
    with keys.from_token(token, PIN) as key:
        keys.refuse_unfit(key.signing_cert, ["Nông Văn Minh"])
        signed = writing.sign(pdf, key, "NguoiKy", Box(0, 10, 10, 110, 50), words(["Ký"], 100, 40))
    (seen,) = looking.signatures(signed, [looking.Trust(certificates.root_der())])
    assert (seen.name, seen.is_good) == ("Nông Văn Minh", True)


def test_a_wrong_pin_and_a_token_that_is_not_there_are_told(token):
    with pytest.raises(Refused, match="PIN") as refused, keys.from_token(token, "000000"):
        pass
    assert refused.value.field == "pin"
    with pytest.raises(Refused, match="Không thấy thiết bị ký «khac»"), keys.from_token("khac", PIN):
        pass


def test_a_token_that_is_pulled_out_while_it_signs_leaves_nothing(token):
    pdf = words(["Một trang"], 300, 300)
    with pytest.raises(Refused, match="rút ra"):
        _sign_and_pull(pdf, token)


def _sign_and_pull(pdf, token):
    with keys.from_token(token, PIN) as key:
        key.pkcs11_session.close()
        writing.sign(pdf, key, "NguoiKy", Box(0, 10, 10, 110, 50), words(["Ký"], 100, 40))
