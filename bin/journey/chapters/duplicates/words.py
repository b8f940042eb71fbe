"""What the pages say in Kazakh, for those steps that look for it."""

from days import in_words

TAKEN = "Бұл бланк нөмірі енді бос емес"
AT_CORPORATION = "Мемлекеттік корпорацияда дайын"
MONTH_OVER = "бір айда алынбады"
RETURNED = "мектепке қайтарылды"
NOT_NOTARISED = "Сенімхат нотариалды куәландырылмаған"


def in_cabinet(day) -> str:
    return in_words(day, "kk")
