"""A queue written down by hand: who came, who left, who holds a seat, and since when. No list of the program in it."""

from dataclasses import dataclass, field

from .plain import replay


@dataclass
class Row:
    """One child; ``day`` and ``place`` are those of the paper, not of the moment at which it was saved."""

    key: int
    local: bool
    day: object
    place: object
    state: str = "waits"
    #: (what it was, when) of a child that has left.
    left: tuple = ("", None)
    freed: object = None
    offer_ends: object = None


@dataclass
class Ledger:
    """One pool of seats. ``seats``: (since when, how many), the oldest first."""

    seats: list
    counter: int = 0
    rows: dict = field(default_factory=dict)

    def holding(self) -> list[Row]:
        return [row for row in self.rows.values() if row.state in ("admitted", "offered")]

    def leave(self, key, at):
        row = self.rows[key]
        row.left, row.freed = (row.state, at), at if row in self.holding() else None
        row.state = "gone"

    def let_lapse(self, at):
        """Whoever has not answered by the end of the offer's day loses the seat, as of that end."""
        for row in self.rows.values():
            if row.state == "offered" and at >= row.offer_ends:
                row.state, row.freed = "refused", row.offer_ends

    def hold(self, day, closing, offer_ends) -> dict | None:
        """{key: word} of the day's round, None where there is none to hold; then the ledger goes on."""
        fresh = [row for row in self._stood("waits", closing) if row.day == day]
        listed = [row for row in self._stood("listed", closing) if row.day < day]
        free = self._free_at(closing)
        if not fresh and not (free and listed):
            return None
        rows = [[(row.key, row.local) for row in people] for people in (listed, fresh)]
        said, self.counter = replay(free, self.counter, *rows)
        for row in [self.rows[key] for key in said if self.rows[key].state != "gone"]:
            row.state = {"admit": "admitted", "offer": "offered", "refuse": "listed"}[said[row.key]]
            row.offer_ends = offer_ends
        return said

    def _stood(self, state, closing):
        """Who was in a state at a closing hour, by place: who left it since then still takes his turn."""
        stayed = [row for row in self.rows.values() if row.state == state]
        stayed += [row for row in self.rows.values() if row.left[0] == state and row.left[1] > closing]
        return sorted(stayed, key=lambda row: row.place)

    def _free_at(self, closing):
        """What was free at a closing hour and still is: a seat freed or added since then waits."""
        then = [number for since, number in self.seats if since <= closing][-1]
        freed_since = [row for row in self.rows.values() if row.freed is not None and row.freed > closing]
        return max(0, min(then, self.seats[-1][1]) - len(self.holding()) - len(freed_since))
