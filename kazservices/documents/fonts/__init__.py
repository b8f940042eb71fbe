"""Noto Sans (SIL Open Font License, OFL.txt): static instances with Latin, Cyrillic with the Kazakh letters, №, ₸."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
REGULAR = FOLDER / "NotoSans-Regular.ttf"
WEIGHTS = {400: REGULAR, 600: FOLDER / "NotoSans-SemiBold.ttf", 700: FOLDER / "NotoSans-Bold.ttf"}
