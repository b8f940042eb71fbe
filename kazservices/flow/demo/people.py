"""Service recipients: the fictional people whom the stand-in of the registers knows."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from kazservices.gateways.standin import PEOPLE
from kazservices.offices.models import User

#: The first ones have no case: whoever tries the product files his own application as one of them.
WITHOUT_A_CASE = 3


def known_people(path: Path = PEOPLE) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))


def recipient(person: dict, number: int) -> User:
    """The account that the person's first entry would have made."""
    known = {
        "username": f"r-{person['iin']}",
        "full_name": person["full_name"],
        "birth_date": date.fromisoformat(person["birth_date"]),
        "phone": person.get("phone", ""),
        "language": "ru" if number % 4 == 3 else "kk",
        "password": "!",  # enters by one-time password only
    }
    return User.objects.get_or_create(iin=person["iin"], is_staff=False, defaults=known)[0]


def sample_paper(code: str) -> SimpleUploadedFile:
    """A scan of a paper that says nothing: grey lines, a seal, the word sample."""
    sheet = Image.new("L", (420, 594), 250)
    draw = ImageDraw.Draw(sheet)
    draw.text((170, 30), "SAMPLE", fill=60)
    draw.text((40, 60), code.replace("_", " "), fill=90)
    for line in range(16):
        draw.line((40, 110 + line * 24, 380 - (line * 53) % 120, 110 + line * 24), fill=150, width=5)
    draw.ellipse((270, 490, 350, 570), outline=110, width=3)
    content = BytesIO()
    sheet.save(content, "PNG")
    return SimpleUploadedFile(f"{code}.png", content.getvalue(), content_type="image/png")
