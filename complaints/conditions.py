"""What the law wants before a move of a complaint, each with the words that say why not."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.conditions import because

from . import bodies


@because(_("Not available: this office is the body that considers the complaint."))
def is_at_the_provider(case):
    return case.capacity == case.Capacity.PROVIDER


@because(_("Not available: this office does not consider the complaint, it forwards it."))
def is_at_the_body(case):
    return case.capacity == case.Capacity.BODY


@because(_("Not available: a complaint about the staff of the State Corporation is not considered here, only sent on."))
def is_our_own_matter(case):
    """Taken in, not considered. Norm: CONS-14-6."""
    return case.category.code != bodies.CORPORATION_STAFF


@because(_("Not available: the three working days are over. Forward the complaint; what you grant goes with it."))
def within_three_days(case):
    """Only a full satisfaction within three working days keeps a complaint here. Norm: CONS-14-3."""
    running = case.deadlines.running().filter(rule="complaint.forward").first()
    return running is not None and case.moment <= running.due_at


@because(_("Not available: the head considers the complaint, and he is not the one complained of."))
def head_is_complained_of(case):
    """Then nobody of his office could lawfully answer: it goes on to the body above. Norms: CONS-14-3, GAP-09."""
    considered_here = case.capacity == case.Capacity.BODY and case.against_id == case.office_id
    return considered_here and bodies.is_head(case.person, case.office)


@because(_("Not available: the case file is not ready yet. Order it below: it goes with the complaint."))
def case_file_is_ready(case):
    """The complaint travels with the administrative case. Norm: CONS-14-2."""
    return case.case_file is not None


@because(_("Not available: only the authority for quality, a central or local executive body, or an akim may extend."))
def body_may_extend(case):
    """The Law names neither a provider as such nor the State Corporation. Norms: LAW-25-4a, GAP-19."""
    return bodies.may_extend(case.office)


@because(_("Not available: the term of consideration has ended already."))
def term_has_not_ended(case):
    """What is over cannot be extended. Norm: LAW-25-4a."""
    running = case.answer_clock
    return running is not None and case.moment <= running.due_at


@because(_("Not available: the complainant has been told of it already."))
def extension_is_untold(case):
    """Told once. Norm: LAW-25-4b."""
    return case.extension_told_on is None


@because(_("Not available: the body works with this program and registers the complaint itself."))
def body_is_outside(case):
    return case.is_outside


@because(_("Not available: the registration is confirmed already."))
def registration_is_unconfirmed(case):
    return case.their_registered_on is None


@because(_("Not available: write down the body's registration number and date first."))
def registration_is_confirmed(case):
    return case.their_registered_on is not None
