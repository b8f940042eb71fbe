"""Afterwards: the head says why terms were missed, the auditor takes the figures away."""

from tables import rows_of

from chapters.deferral.week import Golden

NOTE = "Төраға іссапарда болды, орынбасары тағайындалмады. Алмастыру тәртібі бекітілді."
MISSED = ("CONS-10-4", "CONS-10-6", "CONS-8")  # conclusion, notice, the whole term


def head_explains(scene: Golden) -> None:
    """Each missed term of case C gets its cause."""
    head = scene.cast.of_office("head")
    number = scene.citizen("c").number
    page = head.browser.open("/admin/breaches/")
    scene.tell("head", "opens the register of missed terms: those of case C wait for their cause.")
    scene.of_staff(head, "missed-terms", "Missed terms without a cause")
    scene.ledger.says("case c stands in the head's list of missed terms", page.text, number)
    head.open(scene.citizen("c"))
    for _ in MISSED:
        page = head.browser.open("/admin/breaches/")
        rows = explained(page, number)
        if not rows:
            break
        form = head.browser.open(rows[0]).form(having="cause")
        form.fill(cause="official", note=NOTE)
        head.browser.press(form)
    page = head.browser.open("/admin/breaches/")
    scene.ledger.check("every missed term of case c has its cause", number not in page.text)
    scene.tell("head", "enters the cause of each: the chair was away and nobody stood in for him.")


def explained(page, number) -> list[str]:
    """The links to the form of a cause that stand in the rows of one case, in the order of the page."""
    found, mine = [], False
    for address, words in page.links:
        if "/admin/cases/" in address:
            mine = words.strip() == number
        elif mine and "/admin/breaches/" in address and address.rstrip("/")[-1].isdigit():
            found.append(address)
    return found


def auditor_counts(scene: Golden) -> None:
    """The exports of the period: case C with its breaches, A and B with none."""
    auditor, week = scene.cast.official("auditor-01"), scene.week
    period = f"?since={week.filed:%Y-%m-%d}&until={week.day(7)}&service=deferral&office=03"
    auditor.browser.open(f"/reports/{period}")
    scene.tell("auditor", "opens the report of the fortnight and takes two tables away as CSV.")
    scene.of_staff(auditor, "report", "The report on terms")
    late = rows_of(auditor, f"/reports/breaches.csv{period}")
    every = rows_of(auditor, f"/reports/clocks.csv{period}")
    numbers = {name: citizen.number for name, citizen in scene.cast.citizens.items()}
    of_case = {name: [row for row in late if number in row] for name, number in numbers.items()}
    for name in ("a", "b"):
        scene.ledger.check(f"case {name}: no row in the auditor's breaches.csv", not of_case[name], str(of_case[name]))
        kept = [row for row in every if numbers[name] in row and "CONS-8" in row]
        scene.ledger.check(
            f"case {name}: one row for the whole term in clocks.csv, due 02.04.2026 18:30",
            len(kept) == 1 and "02.04.2026 18:30" in kept[0], str(kept),
        )  # fmt: skip
    for norm in MISSED:
        rows = [row for row in of_case["c"] if norm in row]
        explained_row = len(rows) == 1 and NOTE in rows[0]
        scene.ledger.check(
            f"case c: a row for {norm} in breaches.csv, with the head's note", explained_row, str(of_case["c"])
        )
    scene.ledger.check("case c: no other breach", len(of_case["c"]) == len(MISSED), str(of_case["c"]))
    page = auditor.browser.open(f"/reports/breaches/{period}")
    scene.of_staff(auditor, "breaches", "The register of breaches")
    scene.ledger.says("the auditor's register shows case c", page.text, numbers["c"])
