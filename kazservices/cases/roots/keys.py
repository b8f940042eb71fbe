"""The key that signs the roots, and the keys by which they are believed.

The private key is a file that only the product may read. The embedded product makes it once; in production it is made
by hand (``manage.py roots --make-key``) and its absence is an error, so that a lost key is never replaced unseen. The
public key lies beside it; that file may hold several, one after the other, when a key has been changed.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
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

from kazservices.writtenonce import write_once, written_beside

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
    """Make a key, readable to its owner only; false when there is one already.

    Its public half comes to lie beside it first: who is killed in between leaves a key that is believed and that nobody
    holds, never one that signs and is not believed.
    """
    with _alone():
        if path.exists():
            return False
        key = Ed25519PrivateKey.generate()
        _lay_beside([key.public_key()])
        return write_once(path, [key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())])


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
    with _alone():
        known = trusted()
        _lay_beside([key for mark, key in trusted(path).items() if mark not in known])


@contextmanager
def _alone() -> Iterator[None]:
    """One hand at a time, of whichever process: two that read the public keys and write them anew would lose one."""
    with Path(settings.KAZ_ROOTS_KEY).with_suffix(".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lay_beside(more: list[Ed25519PublicKey]) -> None:
    """Keys after those that lie there; a file cut short would take them all along."""
    path = public_path()
    lying = path.read_bytes() if path.exists() else b""
    with written_beside(path, [lying, *map(pem, more)], mode=0o644) as fresh:
        fresh.replace(path)


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
