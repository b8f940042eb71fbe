import os
import subprocess
import sys

import pytest

from tests.ground.sources import ROOT

PRODUCTION = {
    "KAZ_ENV": "production",
    "SECRET_KEY": "long-and-random-enough-for-a-test-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "services.example",
    "DJANGO_SETTINGS_MODULE": "kazservices.settings",
}


def manage(tmp_path, *words, **environment):
    """A management command in a process of its own, under the settings of production."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**kept, **PRODUCTION, "KAZ_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_check_for_production_is_clean(tmp_path):
    said = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert (said.returncode, said.stderr) == (0, "")


def test_production_refuses_a_clock_that_can_be_moved(tmp_path):
    said = manage(tmp_path, "check", KAZ_CLOCK="demo")
    assert said.returncode == 1
    assert "kazservices.E001" in said.stderr


def test_the_web_of_production_refuses_it_too(tmp_path):
    environment = {**os.environ, **PRODUCTION, "KAZ_DATA": str(tmp_path), "KAZ_CLOCK": "demo"}
    said = subprocess.run(
        [sys.executable, "-c", "import kazservices.wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode != 0
    assert "refused in production" in said.stderr


def test_production_has_no_key_of_its_own_making(tmp_path):
    said = manage(tmp_path, "check", SECRET_KEY="")
    assert said.returncode != 0


def test_every_static_file_of_production_is_there(tmp_path):
    """A style that names a missing picture fails here, not in front of the citizen."""
    said = manage(tmp_path, "collectstatic", "--noinput", "--verbosity", "0")
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/no-such-page/"])
def test_the_headers_of_production_are_on_in_development(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_closed_to_scripts_and_to_other_sites(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"
