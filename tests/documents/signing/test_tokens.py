"""Keys in a token (PKCS#11), with SoftHSM in its place."""

import os
import shutil
import subprocess
import threading
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


def begin(label):
    """An empty token."""
    import pkcs11

    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "13579"],
        check=True, capture_output=True,
    )  # fmt: skip
    pkcs11.lib(str(MODULE)).reinitialize()


def put(label, key, certificate, name="khoa", number=b"1"):
    """Put a key and a certificate into a token."""
    import pkcs11
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    wanted = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: name, pkcs11.Attribute.ID: number}
    with pkcs11.lib(str(MODULE)).get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
        if key:
            private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
            session.create_object(decode_ec_private_key(private) | wanted)
        session.create_object(decode_x509_certificate(certificate.public_bytes(Encoding.DER)) | wanted)


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with the key and certificate of one person."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    begin(LABEL)
    put(LABEL, *certificates.issued("Nông Văn Minh"))
    # As the tokens of authorities have it: who issued lies beside it.
    put(LABEL, None, certificates.root("CA thử nghiệm")[1], name="ca", number=b"9")
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


@pytest.mark.parametrize("stage", ["before its certificate is read", "before it signs", "after it signed"])
def test_a_token_that_is_pulled_out_leaves_all_or_nothing(token, stage):
    """Its folder goes away, as the token of a reader does; what was signed before that is whole."""
    pdf, folder = words(["Một trang"], 300, 300), Path(os.environ["SOFTHSM2_CONF"]).parent / "tokens"
    signed, away = [], folder.with_name("away")
    try:
        if stage == "after it signed":
            _sign_and_pull(pdf, token, stage, folder, away, signed)
            (seen,) = looking.signatures(signed[0], [looking.Trust(certificates.root_der())])
            assert seen.is_good
        else:
            with pytest.raises(Refused, match=r"rút ra|không có đúng một chứng thư|Không thấy thiết bị"):
                _sign_and_pull(pdf, token, stage, folder, away, signed)
            assert signed == []
    finally:
        away.rename(folder)


def _sign_and_pull(pdf, token, stage, folder, away, signed):
    with keys.from_token(token, PIN) as key:
        if stage != "before its certificate is read":
            assert key.signing_cert
        if stage != "after it signed":
            folder.rename(away)
            key.pkcs11_session.close()
        signed.append(writing.sign(pdf, key, "NguoiKy", Box(0, 10, 10, 110, 50), words(["Ký"], 100, 40)))
        folder.rename(away)
        key.pkcs11_session.close()


def test_two_who_use_one_token_take_turns(token):
    pdf, found = words(["Một trang"], 300, 300), []

    def sign():
        with keys.from_token(token, PIN) as key:
            found.append(writing.sign(pdf, key, "NguoiKy", Box(0, 10, 10, 110, 50), words(["Ký"], 100, 40)))

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(looking.signatures(one)) for one in found] == [1, 1]


def test_who_waits_too_long_for_a_token_is_told(token, monkeypatch):
    monkeypatch.setattr(keys, "PATIENCE", 0.05)
    with keys.from_token(token, PIN), pytest.raises(Refused, match="đang ký văn bản khác"), keys.from_token(token, PIN):
        pass


def test_a_certificate_without_its_key_and_the_key_of_another_sign_nothing(token):
    begin("khong-khoa")
    put("khong-khoa", None, certificates.issued("Nông Văn Minh")[1])
    with pytest.raises(Refused, match="không có khóa của chứng thư ấy"), keys.from_token("khong-khoa", PIN):
        pass
    begin("khoa-khac")
    put("khoa-khac", certificates.issued("Hoàng Thị Khác")[0], certificates.issued("Nông Văn Minh")[1])
    with keys.from_token("khoa-khac", PIN) as key, pytest.raises(Refused, match="Khóa không đi với chứng thư"):
        writing.sign(words(["Một trang"], 300, 300), key, "NguoiKy", Box(0, 10, 10, 110, 50), words(["Ký"], 100, 40))


def test_several_certificates_are_told_apart_by_their_label(token):
    with pytest.raises(Refused, match="không có đúng một chứng thư"), keys.from_token(token, PIN, "khác"):
        pass
    with keys.from_token(token, PIN, "khoa") as key:
        assert keys.name_in(key.signing_cert) == "Nông Văn Minh"
