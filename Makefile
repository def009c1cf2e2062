# make run: the product on http://127.0.0.1:8000 (PORT=…). make test: all tests. make check: everything else.

SHELL = /bin/sh
PORT ?= 8000
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
PY = .venv/bin/python

.PHONY: run test races check bench messages lock python install install-dev

run: export PORT := $(PORT)
run: install
	@exec $(PY) -m cexp.run

# The pure core is covered to the last branch; the whole has its floor in pyproject.toml.
test: install-dev
	@$(PY) -m pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered
	@$(PY) -m coverage report --include='assessments/scoring*.py' --fail-under=100 >.data/scoring-coverage.txt || \
		{ cat .data/scoring-coverage.txt; echo "The scoring is not covered to 100 %." >&2; exit 1; }

# What happens at the same moment, 2,000 times each (make test: 50).
races: install-dev
	@RACE_ROUNDS=2000 $(PY) -m pytest -n 2 --dist worksteal tests/races

check: install-dev
	@$(PY) -m tools.checks

bench: install-dev
	@$(PY) -m tools.bench

# Needs gettext. Gathers the messages of the source into locale/ and compiles them.
messages: install
	@$(PY) manage.py makemessages --locale pt_BR --locale ru --no-location --no-wrap --ignore .venv --ignore tests
	@$(PY) manage.py compilemessages --ignore .venv

# Both locks from pyproject.toml; newer versions with make lock UPGRADE=--upgrade. They carry hashes, no host.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" $(UPGRADE) pyproject.toml
lock: export PATH := $(PATH):$(CURDIR)/.cache/uv/bin
lock: python
	@command -v uv >/dev/null || { $(PYTHON) -m venv .cache/uv && .cache/uv/bin/pip install --quiet uv; }
	@$(LOCK) --output-file requirements.lock >/dev/null
	@$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock >/dev/null

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and none is on the PATH. Name one: make run PYTHON=/path/python3" >&2; \
		exit 1; }

install: python
	@$(PYTHON) tools/install.py requirements.lock

install-dev: python
	@$(PYTHON) tools/install.py requirements-dev.lock
