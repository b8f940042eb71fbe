"""Afterwards: the auditor takes the clocks of both cases away, and the chains of their journals are whole."""

from days import in_digits
from tables import rows_of

from chapters.duplicates.loop import DISPATCHED, LAST, POWER_CAME, PREPARED_BY, RESENT_BY, SATURDAY, Loop

#: Each clock of case A with the day on which it was due, by hand; the last is the second trip.
TERMS = {
    "DUP-8": LAST, "DUP-26-1": PREPARED_BY, "DUP-26-2": DISPATCHED, "DUP-S5-4": RESENT_BY,
}  # fmt: skip


def auditor_counts(scene: Loop) -> None:
    auditor = scene.school("auditor")
    period = f"?since={SATURDAY}&until={POWER_CAME}&service=duplicates"
    auditor.browser.open(f"/reports/{period}")
    scene.tell("auditor", "opens the report on the terms of the school's duplicates from June to July.")
    scene.of_staff(auditor, "report", "The report on the terms of duplicates")
    number = scene.number_of("a")
    clocks = [row for row in rows_of(auditor, f"/reports/clocks.csv{period}") if number in row]
    for norm, day in TERMS.items():
        rows = [row for row in clocks if norm in row]
        due = f"{in_digits(day)} 18:00"
        scene.ledger.check(
            f"case a: {norm} was due on {in_digits(day)}, 18:00", any(due in row for row in rows), str(rows)
        )
    late = rows_of(auditor, f"/reports/breaches.csv{period}")
    mine = [row for row in late if {number, scene.number_of("b")} & set(row)]
    scene.ledger.check("neither case is among the breaches", not mine, str(mine))


def journals_hold(scene: Loop) -> None:
    done = scene.cast.product.command("verify_journal")
    scene.ledger.check(
        "verify_journal finds every chain whole", done.returncode == 0, done.stdout[-300:] + done.stderr[-300:]
    )
    page = scene.school("head").open(scene.citizen("a"))
    scene.tell("head", "looks at the journal of case A: each step with its hour, its person and its norm.")
    scene.of_staff(scene.school("head"), "journal", "The journal of the whole loop", top="#journal", whole=True)
    scene.ledger.says("the journal names the norm of the second trip", page.text, "DUP-S5-4")
