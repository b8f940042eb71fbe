"""The akimat of the region upholds a complaint: the refusal falls, the commission decides anew and grants."""

from days import at, in_words

from chapters.complaints.forwarding import paper_is_withdrawn
from chapters.complaints.ways import ANEW, FORWARDED, ORDERED_BY, REGION, UPHELD, WITHIN, Ways

MOTIVE = "Тыңдауда ұсынылған бұйрық бағаланбаған."
ORDERED = "Өтінішті қайта қарап, ұсынылған бұйрықты бағалау."
SATISFIED, SET_BY = "Шағым қанағаттандырылды", "шағым бойынша шешіммен белгіленген"
WHY = "Шағым бойынша шешімде көрсетілген бұйрық ескерілді."
FOR_YOU = "сіздің пайдаңызға"


def body_takes_up(scene: Ways) -> None:
    """The akimat of the region registers what came, and sees the case in full."""
    scene.clock_to(at(FORWARDED, "16:00"))
    clerk, citizen = scene.office("clerk", REGION), scene.body("b")
    clerk.move(citizen, "take_up")
    scene.tell("clerk of the akimat of the region", "registers the complaint: five working days begin.")
    scene.of_staff(clerk, "at-the-body", "The complaint at the body, with the case it is about")
    scene.ledger.says("case b: the body's answer is due on Tue 31 March", clerk.open(citizen).text, "31.03 18:30")
    page = clerk.browser.open(f"/admin{scene.citizen('b').case}")
    scene.ledger.check("case b: the body sees the case", page.status == 200)


def upheld(scene: Ways) -> None:
    """Satisfied within the term, with a term of its own for the provider; the answer is given at that moment."""
    scene.clock_to(at(UPHELD, "11:00"))
    head, citizen, own = scene.office("head", REGION), scene.body("b"), scene.complaint("b")
    paper = head.move_with_paper(citizen, "satisfy", motive=MOTIVE, ordered=ORDERED, reopen="on", within=f"{WITHIN}")
    scene.tell("head of the akimat of the region", f"satisfies the complaint: anew within {WITHIN} working days.")
    scene.ledger.says("case b: the answer (PDF) has motive and order", paper, MOTIVE, ORDERED)
    page = citizen.look()
    scene.of_citizen(citizen, "satisfied", "The complaint is satisfied")
    scene.ledger.says("case b: the citizen reads answer and order at once", page.text, SATISFIED, MOTIVE, ORDERED)
    scene.ledger.says("case b: so does his complaint at the provider", own.look().text, SATISFIED)
    chair = scene.cast.of_office("chair")
    page = chair.open(scene.citizen("b"))
    scene.tell("chair", "finds the case open again, with the term that the decision sets.")
    scene.of_staff(chair, "reopened", "The case is open again: within five working days, by the decision")
    scene.ledger.says("case b: the case is to be decided by Fri 3 April, as the decision orders", page.text, SET_BY,
                      f"{ORDERED_BY:%d.%m} 18:30")  # fmt: skip


def commission_grants(scene: Ways) -> None:
    """Decided anew: the citizen holds a conclusion, and the refusal is withdrawn."""
    scene.clock_to(at(ANEW, "10:30"))
    chair, citizen = scene.cast.of_office("chair"), scene.citizen("b")
    paper = chair.move_with_paper(citizen, "grant", motive=WHY)
    page = citizen.look()
    scene.tell("chair", "grants the deferral anew, four working days before the ordered term ends.")
    scene.of_citizen(citizen, "conclusion", "A refusal became a conclusion")
    scene.ledger.says("case b: the citizen reads that it is decided in his favour", page.text, FOR_YOU)
    scene.ledger.says("case b: he holds a conclusion of 30 March", citizen.paper(), in_words(ANEW, "kk"))
    scene.ledger.check("case b: what was signed is what lies in the cabinet", citizen.paper() == paper)
    paper_is_withdrawn(scene, "b", UPHELD, decision=scene.body("b").paper())
