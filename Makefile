# Runs, tests and checks the portal on Debian 12 or 13 with Python 3.11 or newer.
# Everything that starts with PORTAL_ (see portal/settings.py) may be set in the
# environment or in .env, which `make setup` writes with random keys.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# So many processes serve, and so many tests run at a time.
WORKERS ?= 2
# More for pytest: make test PYTEST_ARGS="-k plan".
PYTEST_ARGS ?=
# The database server for the second half of `make test`.
PORTAL_TEST_POSTGRES_URL ?= postgresql://postgres@127.0.0.1:5432/postgres

BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
HINDI = portal/locale/hi/LC_MESSAGES/django

# What tests and checks run with, whatever .env says.
FAKE = PORTAL_DEBUG=off PORTAL_TRUSTED_PROXIES=0 PORTAL_ADMIN_PATH=admin \
	PORTAL_SECRET_KEY=only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz \
	PORTAL_SECOND_FACTOR_KEYS=dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=
DEMONSTRATION = env $(FAKE) PORTAL_DEMO=on PORTAL_SECURE=off
PRODUCTION = env $(FAKE) PORTAL_DEMO=off PORTAL_SECURE=on \
	PORTAL_DATABASE_URL=sqlite://:memory: \
	PORTAL_ALLOWED_HOSTS=portal.example PORTAL_CONTACT_EMAIL=contact@portal.example \
	PORTAL_EMAIL_HOST=mail.portal.example PORTAL_EMAIL_FROM=portal@portal.example \
	PORTAL_SITE_URL=https://portal.example
BENCH = $(DEMONSTRATION) PORTAL_DATABASE_URL=sqlite:///$(CURDIR)/bench.sqlite3

LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--python-version 3.11 --custom-compile-command "make lock"
PYTEST = $(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)
# Installs Debian packages where that is allowed, else names them.
APT = sh -c 'if [ "$$(id -u)" = 0 ]; then apt-get update -q && \
	DEBIAN_FRONTEND=noninteractive apt-get install -qy "$$@"; \
	else echo "Please install: sudo apt-get install $$*" >&2; exit 1; fi' apt

.PHONY: run setup fresh test check bench translations lock
.DELETE_ON_ERROR:

# Serves the demonstration.
run: setup
	@echo
	@echo "The portal is at http://$(HOST):$(PORT)/ and in Hindi at http://$(HOST):$(PORT)/hi/"
	@echo "Stop it with Ctrl+C."
	@exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) \
		--workers $(WORKERS) --no-ws --log-level warning portal.wsgi:application

# Everything but serving; safe to repeat.
setup: .venv/run.stamp .env $(HINDI).mo staticfiles/staticfiles.json
	@$(MANAGE) set_up

# Starts over with an empty database; keeps the keys in .env.
fresh:
	rm -rf db.sqlite3 db.sqlite3-shm db.sqlite3-wal media
	$(MAKE) setup

# All tests on SQLite, then on PostgreSQL, which must be there in CI; how pages look,
# which takes longest, is the same on both and looked at once.
test: .venv/dev.stamp .venv/browser.stamp $(HINDI).mo staticfiles/staticfiles.json
	$(DEMONSTRATION) PORTAL_DATABASE_URL=sqlite:///$(CURDIR)/db.sqlite3 $(PYTEST)
	@if $(BIN)/python -c 'import psycopg2, sys; psycopg2.connect(sys.argv[1])' \
		"$(PORTAL_TEST_POSTGRES_URL)" 2>/dev/null; then \
		set -x; \
		$(DEMONSTRATION) PORTAL_DATABASE_URL="$(PORTAL_TEST_POSTGRES_URL)" $(PYTEST) \
			-m "not looks"; \
	elif [ -n "$$CI" ]; then \
		echo "PostgreSQL does not answer at PORTAL_TEST_POSTGRES_URL." >&2; exit 1; \
	else \
		echo "Not tested on PostgreSQL: PORTAL_TEST_POSTGRES_URL does not answer."; \
	fi

# What a reader of the code would otherwise have to look for.
check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(DEMONSTRATION) $(BIN)/mypy
	find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) catalogue --check
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

# How fast pages answer at full size, in a database of its own.
bench: setup
	$(BENCH) $(MANAGE) set_up --full
	$(BENCH) $(BIN)/python -m benchmarks.pages
	$(BENCH) $(BIN)/python -m benchmarks.kept
	$(BENCH) $(BIN)/python -m benchmarks.workbook
	$(BENCH) $(BIN)/python -m benchmarks.search
	$(BENCH) $(BIN)/python -m benchmarks.twins

# Brings the list of words in the Hindi catalogue up to date.
translations: .venv/dev.stamp
	$(DEMONSTRATION) $(MANAGE) catalogue

# Renews the lock files; UPGRADE=--upgrade takes newer releases.
lock: .venv/dev.stamp
	$(LOCK) $(UPGRADE) --output-file requirements/run.txt >/dev/null
	$(LOCK) $(UPGRADE) --group dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt >/dev/null

.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(APT) python3-venv
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/run.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@ .venv/run.stamp

.venv/browser.stamp: | .venv/bin/python
	@{ command -v chromium && fc-list | grep -q Devanagari; } >/dev/null \
		|| $(APT) chromium fontconfig fonts-noto-core
	@touch $@

.env: | .venv/run.stamp
	@umask 077 && $(BIN)/python -c 'from secrets import token_urlsafe as random; \
		print("PORTAL_DEMO=on"); \
		print("PORTAL_SECRET_KEY=" + random(50)); \
		print("PORTAL_SECOND_FACTOR_KEYS=" + random(32) + "=")' > $@

$(HINDI).mo: $(HINDI).po | .venv/run.stamp
	@$(DEMONSTRATION) $(MANAGE) catalogue --compile

staticfiles/staticfiles.json: .venv/run.stamp $(shell find static -type f)
	@$(DEMONSTRATION) $(MANAGE) collectstatic --no-input --clear --verbosity 0
