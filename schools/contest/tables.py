"""The tests of the contest by class of entry: subjects, questions, minutes, and what a score may be. Pure.

Norms: ADM-C33 to ADM-C35.
"""

from dataclasses import dataclass

RIGHT, WRONG = 4, -1


@dataclass(frozen=True)
class Subject:
    """One subject of a test, with its name in the words of the rules."""

    name_kk: str
    name_ru: str
    questions: int


@dataclass(frozen=True)
class Test:
    """The test of a class of entry; the minutes leave out hand-out, headers and explanations. Norm: ADM-C34."""

    grade: int
    label_kk: str
    label_ru: str
    subjects: tuple[Subject, ...]
    minutes: int

    @property
    def questions(self) -> int:
        return sum(subject.questions for subject in self.subjects)

    @property
    def most(self) -> int:
        return RIGHT * self.questions

    @property
    def least(self) -> int:
        return WRONG * self.questions


def _test(grade: int, questions: tuple[int, ...], minutes: int) -> Test:
    names = (
        ("математика және логика", "математика и логика"),
        ("оқу сауаттылығы", "читательская грамотность"),
        ("Қазақстан тарихы", "история Казахстана"),
    )
    subjects = tuple(Subject(*name, number) for name, number in zip(names, questions, strict=False))
    total = sum(questions)
    return Test(
        grade,
        f"{grade}-сыныпқа түсушілерге арналған тестілеу келесі пәндер бойынша {total} сұрақтан тұрады",
        f"Тестирование для поступающих в {grade} класс состоит из {total} вопросов по следующим предметам",
        subjects,
        minutes,
    )


#: Norms: ADM-C33, ADM-C34.
TESTS = {
    7: _test(7, (55, 10, 10), 120),
    6: _test(6, (35, 15, 10), 90),
    5: _test(5, (30, 10), 60),
}
GRADES = tuple(sorted(TESTS))
OWN_GRADES = (8, 9, 10, 11)


def score(right: int, wrong: int) -> int:
    """Four for a right answer, minus one for a wrong one, nothing for none. Norm: ADM-C35."""
    return RIGHT * right + WRONG * wrong
