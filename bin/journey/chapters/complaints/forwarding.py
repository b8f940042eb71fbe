"""The second and the third working day: granted in full by the chair, or sent on with the case in one signed file."""

import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from days import at, in_words
from papers import words_of

from chapters.complaints.ways import FORWARDED, GRANTED, SCHOOL, Ways

DONE = "Бас тартудың күші жойылды, өтініш қайта қаралады."
ALL_GRANTED = "Барлық талаптарыңыз қанағаттандырылды"
WITHDRAWN = "Шағым бойынша"
WENT_OVER, WENT_OVER_AT_THE_DESK = "Қарайтын органға өтті", "Берілді"
CODE = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}\b")
ZIP = re.compile(r"\?take=\d+$")
#: Of each kind one byte is changed; the program must name the file.
KINDS = ("document", "paper", "vote", "notice", "hearing", "journal", "index")
WHOLE, NOT_WHOLE = "RESULT: the case file is whole and signed.", "RESULT: THE CASE FILE IS NOT WHAT WAS SIGNED."


def granted_in_full(scene: Ways) -> None:
    """D2: the chair, who has signed the refusal, grants every demand: the one thing that he may do."""
    scene.clock_to(at(GRANTED, "11:00"))
    chair, citizen, case = scene.cast.of_office("chair"), scene.complaint("a"), scene.citizen("a")
    page = chair.open(citizen)
    scene.tell("chair", "finds the complaint on his own refusal: he may grant all of it, and nothing else.")
    scene.of_staff(chair, "of-the-chair", "The official complained of sees one move")
    drawn = chair.prepare_paper(citizen, "grant_in_full", granted=DONE, reopen="on")
    scene.of_paper(drawn, "decision", "The decision to grant the complaint in full")
    chair.sign_paper()
    page = citizen.look()
    scene.tell("citizen A", "reads two working days after his complaint that all is granted.")
    scene.of_citizen(citizen, "granted", "All demands granted; both clocks met")
    scene.ledger.says("case a: the citizen reads that all is granted", page.text, ALL_GRANTED, DONE)
    scene.ledger.check("case a: what was signed is what lies in the cabinet", citizen.paper() == words_of(drawn))
    _both_clocks_met(scene, "a")
    page = case.look()
    scene.ledger.says("case a: the case is open again", page.text, in_words(GRANTED, "kk"))
    paper_is_withdrawn(scene, "a", GRANTED, decision=citizen.paper())


def file_of_the_case(scene: Ways) -> None:
    """D3: the file of complaint and case is ordered, watched, taken along, believed, and doubted byte by byte."""
    scene.clock_to(at(FORWARDED, "10:00"))
    clerk, citizen = scene.cast.of_office("clerk"), scene.complaint("b")
    where = clerk.open(citizen).link("/more/file/")
    page = clerk.browser.open(where)
    known = _archives(page)
    page = clerk.browser.press(page.form(to="/more/file/"))
    scene.tell("clerk", "orders the file of complaint and case; the page shows how far it has come.")
    scene.of_staff(clerk, "file-made", "The file is being made", where)
    scene.cast.product.until(lambda: set(_archives(clerk.browser.open(where))) - set(known), "the file is made")
    scene.of_staff(clerk, "file-ready", "The file is ready, with its SHA-256", where)
    newest = _archives(clerk.page)[0]
    content = clerk.browser.take(newest).content
    scene.tell("clerk", "takes the ZIP along and checks it on a machine that knows nothing of the product.")
    with tempfile.TemporaryDirectory() as folder:
        _believed_and_doubted(scene, Path(folder), content)


def forwarded(scene: Ways) -> None:
    """D3: the letter is read and signed; the first clock is met, the second went over to the body."""
    scene.clock_to(at(FORWARDED, "12:00"))
    clerk = scene.cast.of_office("clerk")
    scene.tell("clerk", "signs the letters: B's complaint goes to the akimat of the region, C's to the authority.")
    for name in ("b", "c"):
        citizen = scene.complaint(name)
        drawn = clerk.prepare_paper(citizen, "forward")
        if name == "b":
            scene.of_paper(drawn, "letter", "The letter names the complaint, the case and the file")
        clerk.sign_paper()
        page = citizen.look()
        scene.ledger.says(f"case {name}: the citizen reads that it was sent on", page.text,
                          in_words(FORWARDED, citizen.language))  # fmt: skip
    page = scene.complaint("b").look()
    scene.of_citizen(scene.complaint("b"), "forwarded", "Sent on: to whom, and the complaint there")
    scene.ledger.says("case b: the citizen reads that the second clock went over", page.text, WENT_OVER)
    page = clerk.open(scene.complaint("b"))
    scene.of_staff(clerk, "went-over", "The first clock is met, the second went over")
    scene.ledger.says("case b: the second clock went over to the body", page.text, WENT_OVER_AT_THE_DESK)
    school = scene.office("clerk", SCHOOL)
    school.move_with_paper(scene.complaint("e"), "forward")
    scene.tell("clerk of the school", "signs the letter to the education department, which keeps books of its own.")


def _both_clocks_met(scene, name) -> None:
    """On the citizen's page, by the marks of its terms."""
    page = scene.complaint(name).look()
    kept = page.text.count("Орындалды")
    scene.ledger.check(f"case {name}: both clocks are met, and the registration", kept >= 3, page.text[-1500:])


def paper_is_withdrawn(scene, name, day, *, decision: str) -> None:
    """Where the QR code of the refusal leads anybody who has it in his hand."""
    anybody = scene.citizen(name)
    code = CODE.search(scene.refusals[name])
    page = anybody.browser.open(f"/check/{code.group().replace('-', '')}/")
    number = re.search(r"№ (\S+)", decision).group(1)
    scene.tell("anybody", f"follows the QR code on the refusal of case {name.upper()}: withdrawn upon a complaint.")
    scene.of_citizen(anybody, f"withdrawn-{name}", "What the code on the refusal says now")
    scene.ledger.says(f"case {name}: its refusal is withdrawn upon a complaint, by the numbered decision", page.text,
                      WITHDRAWN, in_words(day, anybody.language), number)  # fmt: skip


def _archives(page) -> list[str]:
    return [address for address, _ in page.links if ZIP.search(address)]


def _believed_and_doubted(scene, folder: Path, content: bytes) -> None:
    """The program in the archive, alone: an empty environment, an empty folder outside the product."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(folder)
    status, said = _verified(folder)
    scene.ledger.check("verify.py accepts the file in an empty folder, with an empty environment",
                       status == 0 and WHOLE in said, said[-1500:])  # fmt: skip
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    for kind in KINDS:
        name = next((one["path"] for one in files if one["kind"] == kind), "")
        scene.ledger.check(f"one byte of a {kind} changed: verify.py names the file", _named(folder, name, kind))
    status, said = _verified(folder)
    scene.ledger.check("put back, it is accepted again", status == 0 and WHOLE in said, said[-1500:])


def _named(folder: Path, name: str, kind: str) -> bool:
    """Whether a changed byte in the middle of this file is found and told by name."""
    if not name:
        return False
    path, before = folder / name, (folder / name).read_bytes()
    changed = bytearray(before)
    changed[len(changed) // 2] ^= 1
    path.write_bytes(bytes(changed))
    status, said = _verified(folder)
    path.write_bytes(before)
    return status == 1 and NOT_WHOLE in said and f"WRONG  {name} ({kind})" in said


def _verified(folder: Path) -> tuple[int, str]:
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin") or sys.executable
    done = subprocess.run([python, "-I", "verify.py"], cwd=folder, env={}, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")
