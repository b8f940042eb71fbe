#!/usr/bin/env python3
"""Checks a case file: nothing in it was changed, nothing is missing, nothing was added, the journal is whole.

It needs Python 3 (3.6 or newer) and nothing else, and asks no network. It is one file on purpose, and longer than our
others: whoever is to believe it has to be able to read it.

    python3 -I verify.py                     in the unpacked folder
    python3 -I verify.py case-file.zip       from anywhere
    python3 -I verify.py --key FINGERPRINT   compares the signing key with one that you have got elsewhere

It ends with 0 when all is well and with 1 when anything is not; what is not, it names.
"""

import base64
import hashlib
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "public-key.pem"
#: What stands before the 32 bytes of an Ed25519 key (RFC 8410).
DER = bytes.fromhex("302a300506032b6570032100")
FORMAT = "kazservices-case-file/1"
ERASED = "facts_erased"
#: Whatever a damaged file can make a reader stumble over.
BROKEN = (
    OSError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError, EOFError, MemoryError,
    NotImplementedError, zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip
VERDICTS = {
    True: (
        "RESULT: the case file is whole and signed.",
        "ИТОГ: дело целое, подпись верна.",
        "ҚОРЫТЫНДЫ: іс бүтін, қолтаңба дұрыс.",
    ),
    False: (
        "RESULT: THE CASE FILE IS NOT WHAT WAS SIGNED.",
        "ИТОГ: ДЕЛО НЕ ТО, ЧТО БЫЛО ПОДПИСАНО.",
        "ҚОРЫТЫНДЫ: ІС ҚОЛ ҚОЙЫЛҒАН КҮЙІНДЕ ЕМЕС.",
    ),
}


# --- Ed25519 (RFC 8032, section 6), verification only -------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def added(one, other):
    """The sum of two points in extended coordinates."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = added(total, point)
        point, number = added(point, point), number >> 1
    return total


def point_of(packed):
    """The point of 32 bytes; None when they are none."""
    y = int.from_bytes(packed, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if len(packed) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def holds(public, signature, message):
    """Is this the signature of the key under the message?"""
    key, point = point_of(public), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or point is None or len(signature) != 64 or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left = times(number, BASE)
    right = added(point, times(int.from_bytes(digest, "little") % ORDER, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# --- where the files lie ------------------------------------------------------------------------------------------


class Folder:
    """The unpacked case file."""

    def __init__(self, path):
        self.path = path

    def names(self):
        return [one.relative_to(self.path).as_posix() for one in self.path.rglob("*") if not one.is_dir()]

    def read(self, name):
        return (self.path / name).read_bytes()

    def faults(self):
        return []


class Archive:
    """The case file as it was sent: its packing too is exactly the one in which it was made."""

    def __init__(self, path):
        self.path = path
        self.zip = zipfile.ZipFile(path)

    def names(self):
        return [info.filename for info in self.zip.infolist()]

    def read(self, name):
        info = self.zip.getinfo(name)
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 or info.file_size > self.path.stat().st_size:
            raise ValueError("it is packed otherwise")
        return self.zip.read(info)

    def faults(self):
        """What in the packing itself is not as it was made; what the files hold is judged apart."""
        infos, place = sorted(self.zip.infolist(), key=lambda info: info.header_offset), 0
        with self.path.open("rb") as file:
            for info in infos:
                head = local_head(info.filename, info.CRC, info.file_size)
                file.seek(place)
                if info.header_offset != place or file.read(len(head)) != head:
                    return [("packing", info.filename, "its head in the archive is not the one that was made")]
                place += len(head) + info.file_size
            file.seek(place)
            ending = end_of_archive(infos, place)
            if file.read(len(ending) + 1) != ending:
                return [("packing", self.path.name, "the list at its end is not the one that was made")]
        return []


def local_head(name, crc, size):
    packed = name.encode()
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, size, size, len(packed), 0) + packed


def end_of_archive(infos, place):
    listed = b""
    for info in infos:
        name = info.filename.encode()
        numbers = (info.CRC, info.file_size, info.file_size, len(name), 0, 0, 0, 0, 0o100644 << 16, info.header_offset)
        listed += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20 | 3 << 8, 20, 0, 0, 0, 33, *numbers) + name
    return listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(infos), len(infos), len(listed), place, 0)


# --- the checks ---------------------------------------------------------------------------------------------------


class Report:
    def __init__(self):
        self.wrong = []

    def say(self, words):
        print(words)

    def fault(self, kind, name, words):
        self.wrong.append(name)
        print(f"WRONG  {name} ({kind}): {words}")


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def read(files, name, kind, report):
    """The bytes of a file; None, and a line of the report, when it cannot be read."""
    try:
        return files.read(name)
    except (KeyError, FileNotFoundError):
        report.fault(kind, name, "it is missing")
    except BROKEN as error:
        report.fault(kind, name, f"it is damaged and cannot be read ({type(error).__name__})")
    return None


def key_in(pem):
    """The 32 bytes of the public key in its PEM file."""
    begin, *middle, end = pem.decode("ascii").split("\n")[:-1]
    packed = base64.b64decode("".join(middle), validate=True)
    if (begin, end) != ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----") or packed[:12] != DER:
        raise ValueError("not an Ed25519 key")
    return packed[12:]


def checked_manifest(files, wanted_key, report):
    """What was signed: the list of all files; None when it cannot be believed at all."""
    manifest = read(files, MANIFEST, "manifest", report)
    told = read(files, SIGNATURE, "signature", report)
    pem = read(files, KEY, "key", report)
    if None in (manifest, told, pem):
        return None
    try:
        public = key_in(pem)
    except BROKEN:
        public = report.fault("key", KEY, "it is no Ed25519 key")
    try:
        said = json.loads(told)
        signed, signature = said["manifest_sha256"], bytes.fromhex(said["signature"])
        known = {"key": said["key"], "manifest_sha256": signed, "signature": signature.hex()}
    except BROKEN:
        return report.fault("signature", SIGNATURE, "it is damaged and cannot be read")
    if told != (json.dumps(dict(known, algorithm="Ed25519"), indent=1, sort_keys=True) + "\n").encode():
        report.fault("signature", SIGNATURE, "it is not written as it was")
    if public is None:
        return None
    key = sha256(public)
    if key != said["key"]:
        misnamed = holds(public, signature, manifest)
        report.fault(*(("signature", SIGNATURE) if misnamed else ("key", KEY)), "it is not the key that has signed")
    report.say(f"Signed with the key {key}")
    if not wanted_key:
        report.say("       Compare it with the fingerprint that the sender publishes, or give it: --key FINGERPRINT")
    elif "".join(wanted_key.lower().split()) != key:
        report.fault("key", KEY, "it is not the key that you have given")
    if sha256(manifest) != signed:
        changed = SIGNATURE if holds(public, signature, manifest) else MANIFEST
        report.fault("manifest" if changed == MANIFEST else "signature", changed, "it is not the one that was signed")
    elif not holds(public, signature, manifest):
        report.fault("signature", SIGNATURE, "it does not hold for the manifest and this key")
    try:
        found = json.loads(manifest)
        known = found["format"] == FORMAT
        return found if known else report.fault("manifest", MANIFEST, "its format is not known here")
    except BROKEN:
        return report.fault("manifest", MANIFEST, "it is damaged and cannot be read")


def check_files(files, manifest, report):
    """Each file against its digest; none is missing, none was added. What can be read is given back."""
    listed = {one["path"]: one for one in manifest["files"]}
    there = files.names()
    for name in sorted(set(there) - {*listed, MANIFEST, SIGNATURE}):
        report.fault("unknown", name, "it was added: the manifest does not know it")
    for name in sorted({name for name in there if there.count(name) > 1}):
        report.fault("unknown", name, "it is there twice")
    contents, counted = {}, {}
    for name, one in listed.items():
        content = read(files, name, one["kind"], report)
        if content is None:
            continue
        contents[name] = content
        if len(content) != one["size"] or sha256(content) != one["sha256"]:
            report.fault(one["kind"], name, "its bytes are not those that were signed")
        else:
            counted[one["kind"]] = counted.get(one["kind"], 0) + 1
    report.say("Files whose bytes are those that were signed:")
    for kind in sorted(counted):
        report.say(f"       {kind}: {counted[kind]}")
    return contents


def check_signatures(manifest, contents, report):
    """Each signature under a paper was given for exactly the bytes that lie here."""
    signed = 0
    for one in manifest["files"]:
        if one["kind"] != "evidence" or one["path"] not in contents:
            continue
        evidence = json.loads(contents[one["path"]])
        paper = contents.get(one["of"])
        for signature in evidence["signatures"]:
            signed += 1
            if paper is not None and signature["sha256"] != sha256(paper):
                report.fault("evidence", one["path"], "the signature was given for other bytes than the paper's")
    report.say(f"Signatures under papers: {signed}, each for the bytes of its paper")


# --- the journal: the same rules as in the program itself ---------------------------------------------------------


def check_journal(case, manifest, contents, report):
    name = f"{case['folder']}/journal/journal.jsonl"
    if name not in contents:
        return
    entries = [json.loads(line) for line in contents[name].splitlines()]
    fault = first_fault(case, entries)
    if fault and case["journal"]["fault"]:
        report.say(f"BROKEN BEFORE  {name} (journal): {fault}; named in the index")
    elif fault:
        report.fault("journal", name, fault)
    else:
        report.say(f"Journal of {case['number']}: {len(entries)} entries, the chain is whole")
        report.say(f"       its head is {case['journal']['head']}")
    check_root(case, manifest, contents, entries, report)


def first_fault(case, entries):
    """The first wrong entry in words; empty when the chain holds."""
    head, erasures = "", {}
    for entry in entries:
        if entry["move"] == ERASED and facts_hold(entry) and entry["facts"].get("entry", 0) < entry["number"]:
            erasures[entry["facts"]["entry"]] = entry
    for number, entry in enumerate(entries, start=1):
        if entry["number"] != number:
            return f"entry {number} is missing"
        if entry["previous_hash"] != head:
            return f"entry {number} does not follow the one before it"
        if entry["hash"] != chain_hash(case, entry):
            return f"entry {number} has been edited"
        fault = fault_of_facts(entry, erasures.get(number))
        if fault:
            return fault
        head = entry["hash"]
    if len(entries) != case["journal"]["count"]:
        return f"{case['journal']['count']} entries were written, {len(entries)} are there"
    return "" if head == case["journal"]["head"] else "its head is not the one that was written"


def chain_hash(case, entry):
    parts = (
        entry["previous_hash"], str(case["id"]), str(entry["number"]), entry["at"], str(entry["actor"] or 0),
        entry["move"], entry["norm"], entry["facts_digest"],
    )  # fmt: skip
    return sha256("\n".join(parts).encode())


def facts_hold(entry):
    told = json.dumps(entry["facts"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = sha256(f"{entry['salt']}\n{told}".encode())
    return entry["erased_at"] is None and digest == entry["facts_digest"]


def fault_of_facts(entry, erasure):
    """Facts stand as they were written, or they are gone and a later entry says so."""
    number = entry["number"]
    if entry["erased_at"] is None:
        if erasure:
            return f"the facts of entry {number} are there although they were erased"
        return "" if facts_hold(entry) else f"the facts of entry {number} have been edited"
    if entry["facts"] is not None:
        return f"entry {number} carries facts although they were erased"
    told = erasure and erasure["at"] == entry["erased_at"]
    return "" if told else f"the facts of entry {number} were erased, and no entry of that moment says so"


def check_root(case, manifest, contents, entries, report):
    """The newest nightly seal over all journals has this one as it is."""
    name = f"{case['folder']}/journal/root.jsonl"
    if not case["root"]:
        report.say("       not sealed yet by a nightly root: the case is younger than the last one")
        return
    if name not in contents:
        return
    first, *lines = contents[name].splitlines(keepends=True)
    root = json.loads(first)
    parts = ("previous", "root", "first_night", "night", "at", "cases", "entries", "lines", "key")
    sealed = [one for one in map(json.loads, lines) if one[:2] == ["head", case["id"]]]
    public = bytes.fromhex(manifest["keys"].get(root["key"], ""))
    fault, hashed = "", sha256("\n".join(str(root[part]) for part in parts).encode())
    if (sha256(b"".join(lines)), hashed) != (root["lines"], root["hash"]):
        fault = "the root has been edited"
    elif sha256(public) != root["key"] or not holds(public, bytes.fromhex(root["signature"]), root["hash"].encode()):
        fault = "the signature of the root does not hold"
    elif len(sealed) != 1:
        fault = "the root does not seal this case"
    elif sealed[0][4] != (entries[sealed[0][3] - 1]["hash"] if 0 < sealed[0][3] <= len(entries) else ""):
        fault = f"entry {sealed[0][3]} is not the one that the root has sealed"
    if fault and not case["journal"]["fault"]:
        report.fault("root", name, fault)
    elif not fault:
        report.say(f"       sealed as far as entry {sealed[0][3]} by root {root['root']} of the night {root['night']}")


def check(files, wanted_key, report):
    manifest = checked_manifest(files, wanted_key, report)
    if manifest is None:
        return
    report.say(f"Made on {manifest['made_at']}; cases: {', '.join(case['number'] for case in manifest['cases'])}")
    contents = check_files(files, manifest, report)
    for fault in files.faults():
        report.fault(*fault)
    for one in manifest["lost"]:
        words = f"{one['why']}; its SHA-256 was {one['sha256']}; named in the index"
        report.say(f"LOST BEFORE  {one['path']} ({one['kind']}): {words}")
    for step, given in ((check_signatures, ()), *((check_journal, (case,)) for case in manifest["cases"])):
        try:
            step(*given, manifest, contents, report)
        except BROKEN as error:
            place = given[0]["folder"] + "/journal" if given else "papers"
            report.fault("journal" if given else "evidence", place, f"it cannot be read ({type(error).__name__})")


def opened(words):
    """The case file to be checked: the archive that was named, else the folder one stands in."""
    if words:
        path = Path(words[0])
        return Folder(path) if path.is_dir() else Archive(path)
    here = Path.cwd()
    return Folder(here if (here / MANIFEST).exists() else Path(__file__).resolve().parent)


def main(words):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    words, wanted_key, report = list(words), "", Report()
    if "--key" in words[:-1]:
        wanted_key = words.pop(words.index("--key") + 1)
        words.remove("--key")
    if len(words) > 1 or any(word.startswith("-") for word in words):
        print(__doc__)
        return 2
    try:
        check(opened(words), wanted_key, report)
    except BROKEN as error:
        name = words[0] if words else "."
        report.fault("archive", name, f"it is damaged and cannot be read ({type(error).__name__})")
    for line in VERDICTS[not report.wrong]:
        print(line)
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
