import json
import sys
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from calendars import batch, report
from calendars import service as calendar
from calendars.arithmetic import SCHEDULES
from calendars.rules import registry
from calendars.service import office_time
from calendars.terms import CASE_OFFICE, BadField, acceptance, known_rule, moment, rule_term

FIRST_KNOWN = date(2021, 10, 6)  # the first act that the calendar holds


class Command(BaseCommand):
    help = "Explain one legal term day by day, answer many (--batch), or name the rules (--list)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("rule", nargs="?", help="code of a rule, such as deferral.decide")
        parser.add_argument("--received", help="moment of submission, 2026-03-20T17:00; local without an offset")
        parser.add_argument("--schedule", choices=list(SCHEDULES), help="whose hours, where the rule leaves it open")
        parser.add_argument("--as-of", help="by the calendar as it was known on that day, 2026-03-01")
        parser.add_argument("--lang", choices=[code for code, _ in settings.LANGUAGES], default=settings.LANGUAGE_CODE)
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--batch", dest="many", action="store_true", help="JSON lines from standard input to standard output"
        )
        parser.add_argument("--list", dest="names", action="store_true", help="name all rules")

    def handle(self, *, rule, received, many, names, **options):
        if (rule is not None) + many + names != 1:
            raise CommandError("Give the code of a rule, or --batch, or --list.")
        if names:
            return self.name_rules(options["json"], options["lang"])
        as_of = self.known_on(options["as_of"])
        if many:
            return self.answer_many(as_of)
        if received is None:
            raise CommandError("--received: the moment of submission is wanted.")
        try:
            self.explain(rule, received, as_of, options)
        except BadField as error:
            raise CommandError(str(error)) from error

    def explain(self, code, received, as_of, options):
        at = moment(received, "--received")
        schedule = options["schedule"] or CASE_OFFICE
        if code in registry:
            schedule = registry[code].schedule or schedule
        office = office_time(schedule, as_of=as_of)
        rule = known_rule(code, acceptance(office, at, "--received"))
        term = rule_term(rule, office, at, received="--received")
        told = report.Told(rule, office, office.local(at), term, as_of)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(told, options["lang"]), ensure_ascii=False, indent=2))
            return
        with translation.override(options["lang"]):
            self.stdout.write("\n".join(report.as_lines(told, options["lang"])))

    def answer_many(self, as_of):
        """Only result lines go to standard output; a bad line ends in exit status 1, after all the others."""
        offices = {code: office_time(code, as_of=as_of) for code in SCHEDULES}
        failed = False
        for answer in batch.answers(sys.stdin.buffer, offices):
            failed = failed or "error" in answer
            self.stdout.write(json.dumps(answer))
        if failed:
            raise SystemExit(1)

    def name_rules(self, as_json, lang):
        rows = [report.rule_row(registry[code], lang) for code in sorted(registry)]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            unit = f"{row['unit']} before {row['before']}" if row["before"] else row["unit"]
            told = [row["rule"], row["schedule"] or "-", str(row["length"]), unit, row["norm"], row["label"]]
            self.stdout.write("\t".join(told))

    def known_on(self, text):
        if text is None:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise CommandError(f"--as-of: {error}") from error
        today = calendar.today()
        if not FIRST_KNOWN <= day <= today:
            raise CommandError(f"--as-of: a day from {FIRST_KNOWN} to today, {today}, is wanted.")
        return day
