"""One flipped byte, one file more, one file less: the program in the case file finds it and names it."""

import io
import json
import random
import zipfile
from types import ModuleType

import pytest

from complaints.bundles.archive import Archive, program
from complaints.bundles.contents import folder_of
from kazservices.cases import journal
from kazservices.cases.roots import keys
from kazservices.flow.manifest import specific

from .conftest import content_of, made, manifest_of, run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def checker():
    """The program, loaded as a module of its own: as it lies in the archive, without a process for each run."""
    module = ModuleType("verify")
    module.__file__ = "verify.py"
    exec(compile(program(), "verify.py", "exec"), module.__dict__)
    return module


@pytest.fixture
def unpacked(archive, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def check(checker, unpacked, capsys):
    """(exit status, what was said) of the program over the unpacked folder, or over an archive."""

    def checked(*words):
        status = checker.main([str(word) for word in words or [unpacked]])
        return status, capsys.readouterr().out

    return checked


def flip(path, place=None):
    content = bytearray(path.read_bytes())
    place = len(content) // 2 if place is None else place
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.norm("CONS-14-2")
def test_the_whole_file_is_accepted_in_its_folder_and_says_what_was_checked(archive, unpacked, tmp_path):
    done = run(unpacked, archive.content)
    assert done.returncode == 0, done.stdout
    for said in (
        f"Signed with the key {archive.bundle.key_id}", "document: 1", "vote: 3", "hearing: 1", "evidence: ",
        "the chain is whole", "sealed as far as entry", "the case file is whole", "ИТОГ: дело целое", "іс бүтін",
    ):  # fmt: skip
        assert said in done.stdout
    assert [one["folder"] for one in manifest_of(archive.content)["cases"]] == ["case-1"]


FLIPPED = [
    ("00-index.pdf", "index"),
    ("verify.py", "program"),
    ("public-key.pem", "key"),
    ("public-key.fingerprint.txt", "key"),
    ("manifest.json", "manifest"),
    ("case-1/cover/001.json", "cover"),
    ("case-1/documents/001-study_certificate.png", "document"),
    ("case-1/votes/001.json", "vote"),
    ("case-1/votes/votes.pdf", "vote sheets"),
    ("case-1/hearing/001.json", "hearing"),
    ("case-1/papers/001-receipt.pdf", "paper"),
    ("case-1/papers/002-preliminary_decision.json", "evidence"),
    ("case-1/notices/001.json", "notice"),
    ("case-1/registers/001.json", "register"),
    ("case-1/consents/001.json", "consent"),
    ("case-1/clocks/001.json", "clock"),
    ("case-1/journal/journal.jsonl", "journal"),
    ("case-1/journal/root.jsonl", "root"),
]


@pytest.mark.norm("CONS-14-2")
def test_one_flipped_byte_of_each_kind_is_named_with_its_file(archive, unpacked, check):
    assert {kind for _, kind in FLIPPED} >= {
        one["kind"] for one in manifest_of(archive.content)["files"] if not one["kind"].endswith(" sheets")
    }
    for name, kind in FLIPPED:
        before = (unpacked / name).read_bytes()
        flip(unpacked / name)
        status, said = check()
        (unpacked / name).write_bytes(before)
        assert status == 1, name
        assert f"WRONG  {name} ({kind}):" in said, said
    assert check()[0] == 0


def test_a_flipped_byte_of_the_signature_is_named_whichever_it_is(unpacked, check):
    path = unpacked / "manifest.sig"
    before = path.read_bytes()
    for place in range(0, len(before), 11):
        path.write_bytes(before)
        flip(path, place)
        status, said = check()
        assert status == 1
        assert "WRONG  manifest.sig (signature)" in said


def test_a_changed_line_of_the_journal_is_named_and_so_are_changed_facts(unpacked, check):
    path = unpacked / "case-1/journal/journal.jsonl"
    before = path.read_text()
    lines = [json.loads(line) for line in before.splitlines()]
    changed = [
        (lambda line: line.update(norm="GAP-99"), "entry 3 has been edited"),
        (lambda line: line["facts"].update(added=1), "the facts of entry 3 have been edited"),
        (lambda line: line.update(salt="0"), "the facts of entry 3 have been edited"),
        (lambda line: line.update(facts=None, salt="", erased_at=line["at"]), "no entry of that moment says so"),
    ]
    for change, words in changed:
        third = json.loads(json.dumps(lines[2]))
        change(third)
        said = _with_lines(path, [*lines[:2], third, *lines[3:]], check)
        assert f"WRONG  case-1/journal/journal.jsonl (journal): {words}" in said or words in said
    assert "entry 3 is missing" in _with_lines(path, [*lines[:2], *lines[3:]], check)
    assert "entries were written" in _with_lines(path, lines[:-1], check)


def _with_lines(path, lines, check) -> str:
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines))
    status, said = check()
    assert status == 1
    return said


def test_a_file_more_or_less_is_named(unpacked, check):
    (unpacked / "case-1/notices/001.json").rename(unpacked / "case-1/notices/999.json")
    status, said = check()
    assert status == 1
    assert "WRONG  case-1/notices/001.json (notice): it is missing" in said
    assert "WRONG  case-1/notices/999.json (unknown): it was added" in said


def test_what_another_key_has_signed_is_not_what_the_known_key_has_signed(archive, check, tmp_path):
    packed = tmp_path / "file.zip"
    packed.write_bytes(archive.content)
    grouped = " ".join(archive.bundle.key_id[n : n + 8] for n in range(0, 64, 8)).upper()
    assert check(packed, "--key", grouped)[0] == 0
    status, said = check(packed, "--key", "0" * 64)
    assert status == 1
    assert "public-key.pem (key): it is not the key that you have given" in said


def test_no_byte_of_the_archive_can_be_flipped_unseen_and_none_makes_the_program_stumble(archive, check, tmp_path):
    """Any byte of any file, of its heads, and of the list at the end."""
    chance, packed = random.Random(14), tmp_path / "file.zip"
    size = len(archive.content)
    heads = [archive.content.index(b"PK\3\4"), archive.content.index(b"PK\1\2"), archive.content.index(b"PK\5\6")]
    places = [chance.randrange(size) for _ in range(25)]
    places += [head + offset for head in heads for offset in range(0, 22)]
    for place in places:
        content = bytearray(archive.content)
        content[place] ^= 1 << chance.randrange(8)
        packed.write_bytes(content)
        status, said = check(packed)
        assert (status, "WRONG" in said) == (1, True), place
    for cut in (0, 1, 30, size // 3, size - 1):
        packed.write_bytes(archive.content[:cut])
        assert check(packed)[0] == 1
    packed.write_bytes(archive.content + b"\n")
    assert check(packed)[0] == 1


def test_the_program_knows_signatures_as_the_library_does(checker):
    key = keys.signing_key()
    public, message = keys.raw(key.public_key()), b"case file"
    signature = key.sign(message)
    assert checker.holds(public, signature, message)
    assert not checker.holds(public, signature, b"another")
    order = checker.ORDER
    greater = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    for wrong in (signature[:63], b"", bytes(64), signature[:32] + greater, b"\xff" * 64):
        assert not checker.holds(public, wrong, message)


def test_the_same_case_at_the_same_instant_makes_the_same_bytes(finished):
    def written():
        into, folder = io.BytesIO(), folder_of(specific(finished), "case-1")
        with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as packed:
            archive = Archive(packed)
            for item in folder.items:
                archive.add(item, "case-1")
            archive.close([folder], made_at=finished.submitted_at, number=finished.number, language="kk")
        return into.getvalue()

    assert written() == written()


def test_erased_facts_are_accepted_where_a_later_line_says_so(finished, place, tmp_path):
    entry = finished.journal.order_by("number").first()
    journal.erase(entry, by=place.head, reason="Өтініш бойынша")
    content = content_of(made(finished, place.clerk))
    (tmp_path / "file.zip").write_bytes(content)
    assert run(tmp_path, content, "file.zip").returncode == 0
