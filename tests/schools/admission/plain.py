"""The queue 3 + 1 told a second time, as plainly as can be, by somebody who has not read the first telling."""


def replay(seats, counter, listed, fresh):
    """({key: "offer" | "admit" | "refuse"}, counter). ``listed``, ``fresh``: (key, lives in the area), in order."""
    said = {}
    for people, word in ((list(listed), "offer"), (list(fresh), "admit")):
        while seats > 0 and people:
            wants_local = counter != 3
            wanted = [person for person in people if person[1] == wants_local]
            chosen = wanted[0] if wanted else people[0]
            if wanted:
                counter = 0 if counter == 3 else counter + 1
            people.remove(chosen)
            said[chosen[0]] = word
            seats -= 1
        if word == "admit":
            said.update({key: "refuse" for key, _ in people})
    return said, counter
