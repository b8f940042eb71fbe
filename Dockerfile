# One image for web, worker, beat and the stand-in of the outside world; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm AS built
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
RUN python -m venv /app/.venv
COPY requirements.lock ./
# The lock is one for all; what only the tests need is taken out again.
RUN .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && .venv/bin/pip uninstall -y playwright axe-playwright-python pytest pytest-django pytest-xdist hypothesis \
        ruff mypy import-linter grimp execnet
COPY . .
RUN find locale -name '*.po' -exec sh -c 'msgfmt --check-format -o "${1%.po}.mo" "$1"' sh {} \; \
    && KAZ_ENV=production SECRET_KEY=for-this-step-only KAZ_DATA=/tmp/built .venv/bin/python manage.py collectstatic --noinput \
    && mv /tmp/built/static /app/static \
    && .venv/bin/python -m compileall -q kazservices calendars conscription schools complaints

FROM python:3.11-slim-bookworm
# The tools of manage.py backup and restore must be of the server's own major: that of docker-compose.yml, from PGDG.
ADD https://www.postgresql.org/media/keys/ACCC4CF8.asc /usr/share/keyrings/pgdg.asc
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && chmod 644 /usr/share/keyrings/pgdg.asc \
    && echo "deb [signed-by=/usr/share/keyrings/pgdg.asc] https://apt.postgresql.org/pub/repos/apt bookworm-pgdg main" \
        >/etc/apt/sources.list.d/pgdg.list \
    && apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        postgresql-client-16 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 kazservices \
    && install -d -o kazservices -g kazservices /data /roots
WORKDIR /app
COPY --from=built /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 \
    KAZ_ENV=production KAZ_DATA=/data KAZ_STATIC=/app/static BEHIND_PROXY=1
USER kazservices
VOLUME /data
EXPOSE 8000
# The host of the question is one that production answers to; the page itself needs no HTTPS.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "-m", "kazservices.supervisor.health"]
CMD ["gunicorn", "kazservices.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--timeout", "180", "--limit-request-line", "8190", \
     "--graceful-timeout", "20", "--log-level", "warning", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
