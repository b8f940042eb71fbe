"""The stand-in's State Corporation: a counter, a courier's registers, a store. It knows nothing of this program."""

import threading


class Corporation:
    """What people bring to its counter, what waits for the courier, what lies in its store; told by numbered events."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counter: list[dict] = []  # applications not yet on a register
        self.formed: list[dict] = []  # registers, each with "countersigned" once the school has signed its copy
        self.store: dict[str, dict] = {}  # results by the number of the case
        self.happened: list[dict] = []
        self.keys: dict[str, dict] = {}
        self.losing: set[str] = set()  # papers that the courier loses, by the name on them
        self.lost: list[dict] = []
        self.given = 0  # numbers of applications

    def take(self, act: str, body: dict, key: str) -> dict | None:
        """One request; with a key that has come before the first answer is given again."""
        deed = getattr(self, f"_{act.replace('-', '_')}", None)
        if deed is None:
            return None
        with self.lock:
            if key and key in self.keys:
                return self.keys[key]
            answer = deed(body)
            if key and act in ("acknowledgements", "results"):
                self.keys[key] = answer
            return answer

    # --- what the school's program asks ---

    def _registers(self, body):
        waiting = [r for r in self.formed if r["school"] == body["school"] and not r["countersigned"]]
        return {"registers": [{name: r[name] for name in ("number", "run", "sent_at", "lines")} for r in waiting]}

    def _acknowledgements(self, body):
        for register in self.formed:
            if (register["school"], register["number"]) == (body["school"], body["register"]):
                register.update(countersigned=True, missing=body["missing"])
        return {"taken": True}

    def _results(self, body):
        here = [line for line in body["lines"] if line["full_name"] not in self.losing]
        for line in here:
            self.store[line["number"]] = {**line, "school": body["school"], "state": "stored"}
        self._tell(body["school"], "arrived", register=body["register"], places=[line["place"] for line in here])
        return {"taken": True}

    def _events(self, body):
        return {"events": [e for e in self.happened if e["school"] == body["school"] and e["id"] > body["after"]]}

    # --- what its own people do ---

    def _apply(self, body):
        """Somebody at the counter: {"school", "accepted_at", "full_name", "iin", "category", ...}."""
        self.given += 1
        self.counter.append({**body, "number": f"МК-{self.given:05d}"})
        return {"number": f"МК-{self.given:05d}"}

    def _send(self, body):
        """The courier sets out with a register in two copies; what he loses has a line and no papers."""
        taken = [one for one in self.counter if one["school"] == body["school"]]
        run = self._run_of(body)
        if not taken:
            return {"register": None, "run": run}
        self.counter = [one for one in self.counter if one not in taken]
        self.lost += [one for one in taken if one["full_name"] in self.losing]
        number = f"МК-Т-{len(self.formed) + 1:04d}"
        lines = [
            {
                "place": place, "number": one["number"], "full_name": one["full_name"],
                "application": None if one["full_name"] in self.losing else one,
            }
            for place, one in enumerate(taken, start=1)
        ]  # fmt: skip
        self.formed.append(
            {
                "school": body["school"], "number": number, "run": run, "sent_at": body["at"], "lines": lines,
                "countersigned": False, "missing": [],
            }
        )  # fmt: skip
        return {"register": number, "run": run}

    def _lose(self, body):
        self.losing.add(body["full_name"])
        return {"losing": sorted(self.losing)}

    def _found(self, body):
        """What the courier had lost is there: its papers go with the next register."""
        self.losing.discard(body["full_name"])
        self.counter += [one for one in self.lost if one["full_name"] == body["full_name"]]
        self.lost = [one for one in self.lost if one["full_name"] != body["full_name"]]
        return {"losing": sorted(self.losing)}

    def _hand_out(self, body):
        """{"number", "received_by", "identity", ...}: to the person, or by a power of attorney."""
        return self._move(body, "handed_over", "handed_over")

    def _return(self, body):
        return self._move(body, "returned", "returned")

    def _ask(self, body):
        return self._move(body, "asked", "asked")

    def _move(self, body, state, kind):
        result = self.store[body["number"]]
        result["state"] = state
        self._tell(result["school"], kind, **body)
        return {"state": state}

    def _run_of(self, body) -> int:
        day = body["at"][:10]
        runs = [e for e in self.happened if e["kind"] == "run" and e["school"] == body["school"] and e["day"] == day]
        self._tell(body["school"], "run", day=day, run=len(runs) + 1, at=body["at"])
        return len(runs) + 1

    def _tell(self, school, kind, **facts):
        self.happened.append({"id": len(self.happened) + 1, "school": school, "kind": kind, **facts})
