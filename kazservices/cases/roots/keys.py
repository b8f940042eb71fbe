"""The key that signs the roots, and the keys by which they are believed.

The private key is a file that only the product may read. The embedded product makes it once; in production it is made
by hand (``manage.py roots --make-key``) and its absence is an error, so that a lost key is never replaced unseen. The
public key lies beside it; that file may hold several, one after the other, when a key has been changed.
"""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kazservices.writtenonce import write_once

PEM_END = b"-----END PUBLIC KEY-----"


def signing_key() -> Ed25519PrivateKey:
    """The product's own key. Raises ImproperlyConfigured where production has none."""
    path = Path(settings.KAZ_ROOTS_KEY)
    if not path.exists():
        if settings.PRODUCTION:
            told = f"There is no key to sign the roots of the journal: {path}. Make it once: manage.py roots --make-key"
            raise ImproperlyConfigured(told)
        make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{path} is not an Ed25519 key.")
    return key


def make(path: Path) -> bool:
    """Make a key, readable to its owner only, and its public half beside it; false when there is one already."""
    key = Ed25519PrivateKey.generate()
    if not write_once(path, [key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())]):
        return False
    with public_path().open("ab") as beside:
        beside.write(pem(key.public_key()))
    return True


def public_path() -> Path:
    return Path(settings.KAZ_ROOTS_KEY).with_suffix(".pub")


def trusted(path: Path | None = None) -> dict[str, Ed25519PublicKey]:
    """The keys by which a root is believed, by fingerprint: those of a file, or those beside the private key."""
    path = path or public_path()
    content = path.read_bytes() if path.exists() else b""
    blocks = [block + PEM_END for block in content.split(PEM_END)[:-1]]
    keys = [load_pem_public_key(block.strip()) for block in blocks]
    return {fingerprint(key): key for key in keys if isinstance(key, Ed25519PublicKey)}


def believe(path: Path) -> None:
    """Lay the keys of a file beside our own, so that what they have signed is believed here too."""
    known = trusted()
    with public_path().open("ab") as beside:
        beside.writelines(pem(key) for mark, key in trusted(path).items() if mark not in known)


def fingerprint(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(raw(key)).hexdigest()


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of the key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def holds(key: Ed25519PublicKey, signature: str, signed: str) -> bool:
    """Is this the key's signature (hex) under these words?"""
    try:
        key.verify(bytes.fromhex(signature), signed.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
