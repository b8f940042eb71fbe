from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from kazservices.api import tokens
from kazservices.offices.models import Staff
from tests import world

ROOT = "/api/v1/"
ALL = ("read", "file", "move", "report")


class Program:
    """A program with a token: asks and is answered in JSON."""

    def __init__(self, secret="", language="ru"):
        self.client, self.secret = Client(), secret
        self.headers = {"accept-language": language} | ({"authorization": f"Bearer {secret}"} if secret else {})

    def _sent(self, verb, path, body=None, headers=None, **more):
        kind = {} if body is None else {"data": body, "content_type": "application/json"}
        send = getattr(self.client, verb)
        return send(f"{ROOT}{path}", headers={**self.headers, **(headers or {})}, **kind, **more)

    def get(self, path, query=None, **headers):
        return self._sent("get", path, query_params=query or {}, headers=headers)

    def post(self, path, body=None, **headers):
        return self._sent("post", path, {} if body is None else body, headers)

    def put(self, path, body):
        return self._sent("put", path, body)

    def patch(self, path, body):
        return self._sent("patch", path, body)

    def delete(self, path):
        return self._sent("delete", path)

    def upload(self, path, **fields):
        return self.client.post(f"{ROOT}{path}", fields, headers=self.headers)


def token_of(user, *, office=None, role=None, scopes=ALL, lives=timedelta(days=30), name="test"):
    """(token, secret) of a citizen, or of a member of staff in an office: for his post of this role, or his first."""
    posts = Staff.objects.filter(user=user, office=office, **({"role": role} if role else {})).order_by("pk")
    post = None if office is None else posts.first()
    return tokens.make(user, name=name, scopes=scopes, lives=lives, post=post)


def program(user, office=None, language="ru", **how) -> Program:
    return Program(token_of(user, office=office, **how)[1], language)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def other_place(place):
    return world.build_place("07", "Басқа аудан әкімдігі")
