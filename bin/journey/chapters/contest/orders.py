"""Afterwards: two orders, a seat that becomes free, the first of the reserve, and what a family may still do."""

from days import at, in_digits
from papers import words_of
from tables import rows_of

from chapters.contest.campaign import BEGINS, FREED, ORDERS, ORDERS_BY, PROMOTED, Contest

CAMPAIGN = "КОН-45-2026-000001"
REASON = "Отбасы басқа облысқа көшті."
NOT_PLACED, NO_FREE_PLACE = "Орын берілмеді", "Қазір бос орын жоқ"


def two_orders(scene: Contest) -> None:
    """By 4 May: the order of enrolment, then the order on the reserve."""
    scene.clock_to(at(ORDERS, "10:00"))
    head = scene.of("head")
    for move, name in (("order_enrolment", "enrolment"), ("order_reserve", "reserve")):
        drawn = head.prepare_paper(scene, move)
        head.sign_paper()
        scene.tell("head", f"signs the order: {name}.")
        scene.of_paper(drawn, f"order-{name}", f"The order: {name}")
    page = scene.page("head")
    scene.of_staff(head, "ordered", "Both orders are made, five days before the term")
    scene.ledger.says("both orders were due on Mon 4 May, 18:30, the working day before 5 May (GAP-28)", page.text,
                      f"{in_digits(ORDERS_BY)[:5]} 18:30")  # fmt: skip
    page = scene.board()
    kept = page.source.partition('id="reserve"')[2].partition("</section>")[0]
    names = [scene.numbers[line.number] for line in scene.lines if line.outcome == "reserve"]
    only_they = all(number in kept for number in names) and kept.count("МБҰ-45-2026-") == len(names)
    scene.ledger.check("the reserve is published: ten of each class, and nobody else", only_they)


def family_reads_the_end(scene: Contest) -> None:
    """No place: no button to appeal, the way to complain stays."""
    parent = scene.citizen("first")
    scene.in_long(lambda: NOT_PLACED in parent.look().text, "the first parent is told that no place was given")
    page = parent.page
    scene.tell("a parent", "reads that no place was given: the score, the outcome, no appeal, the way to complain.")
    scene.of_citizen(parent, "outcome", "No place was given: no button to appeal, a complaint stays possible")
    offered = [form.action for form in page.forms] + [address for address, _ in page.links]
    scene.ledger.check("there is no button to appeal", not [address for address in offered if "appeal" in address])
    scene.ledger.says("the page says that a complaint stays possible", page.text, "шағым беруге болады")


def seat_becomes_free(scene: Contest) -> None:
    """A child of class 6 leaves: the vacancy is published, the first of the reserve is enrolled by order."""
    scene.clock_to(at(FREED, "11:00"))
    clerk, head = scene.of("clerk"), scene.of("head")
    leaves = next(line for line in scene.lines if (line.grade, line.rank) == (6, 7))
    first = next(line for line in scene.lines if (line.grade, line.reserve_place) == (6, 1))
    clerk.move(scene, "free_place", grade="6", left=scene.numbers[leaves.number], reason=REASON)
    page = scene.board()
    scene.tell("clerk", "publishes a free place in class 6: a family moves to another region.")
    scene.of_citizen(
        scene.citizen("first"), "vacancy", "The free place on the public page", top="section:has(#vacancies)"
    )
    scene.ledger.says("the vacancy is published", page.text, "6-сынып: 1")
    scene.clock_to(at(PROMOTED, "10:00"))
    drawn = head.prepare_paper(scene, "promote", grade="6")
    head.sign_paper()
    scene.tell("head", "enrols the first of the reserve of class 6 by order.")
    scene.of_paper(drawn, "promotion", "The order of enrolment from the reserve")
    page = scene.page("head")
    scene.of_staff(head, "promoted", "Free places and reserve after the promotion", top="section:has(#free)")
    place = f"line {first.number} of the file, first of the reserve of class 6, is enrolled by the order (PDF)"
    scene.ledger.says(place, words_of(drawn), scene.numbers[first.number], "6-сынып")
    waits = page.source.partition('id="free"')[2].partition("</section>")[0]
    scene.ledger.check("and waits in the reserve no more", scene.numbers[first.number] not in waits)
    scene.ledger.says("no place is free any more", scene.board().text, NO_FREE_PLACE)


def auditor_counts(scene: Contest) -> None:
    """All dates of the rules were kept, and the chains of the journals hold."""
    auditor = scene.of("auditor")
    period = f"?since={BEGINS.replace(month=2, day=1)}&until={PROMOTED}"
    auditor.browser.open(f"/reports/{period}")
    scene.tell("auditor", "takes the clocks of the campaign away as a table.")
    scene.of_staff(auditor, "report", "The report on the terms of the contest")
    clocks = [row for row in rows_of(auditor, f"/reports/clocks.csv{period}") if CAMPAIGN in row]
    for norm in ("ADM-C20", "ADM-C28", "ADM-C41", "ADM-C42"):
        scene.ledger.check(f"{norm} has its clock in the table", any(norm in row for row in clocks), str(clocks)[:600])
    page = auditor.browser.open(f"/reports/breaches/{period}")
    scene.ledger.check("none of them is among the breaches", CAMPAIGN not in page.text)
    done = scene.cast.product.command("verify_journal")
    scene.ledger.check(
        "verify_journal finds every chain whole", done.returncode == 0, done.stdout[-300:] + done.stderr[-300:]
    )
