# Everything by one word: `make` alone lists the words. A second run of any of them does only what has changed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
BIN := .venv/bin
STAMPS := .venv/stamps
MESSAGES := $(wildcard visita/locale/*/LC_MESSAGES/*.po)
# The styles are built from what the templates use.
SCREENS := $(shell find frontend visita -path frontend/dist -prune -o -type f \
	\( -name '*.ts' -o -name '*.css' -o -name '*.html' -o -name '*.svg' -o -name '*.woff2' \) -print)
ARGS ?=
# Many containers forbid Python to keep what it has compiled; then every start compiles Django again, for seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install run test check bench drill screenshots lock db-stop browser

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMPS)/compiled frontend/dist/manifest.json frontend/fonts/index.json $(MESSAGES:.po=.mo) ## make .venv and build the pages' files; starts nothing

run: install ## serve the demo at http://127.0.0.1:8000 (PORT and VISITA_DATA are honoured)
	@exec $(BIN)/visita demo

# The longest files come first, so that no processor waits for another's last one; xdist would sort files by how many
# tests they have, and begin the longest, which have few, at the very end.
BY_FILE := -n 2 --dist loadfile --no-loadscope-reorder
test: install browser ## run all tests, those in a browser included; browsers apart, races last (ARGS='-k hold' for some)
ifeq ($(strip $(ARGS)),)
	$(BIN)/pytest $(BY_FILE) tests visita examples --ignore tests/races --ignore tests/faults --ignore tests/journeys
	$(BIN)/pytest -n 2 --dist worksteal tests/journeys
	$(BIN)/pytest $(BY_FILE) tests/faults tests/races
else
	$(BIN)/pytest $(ARGS)
endif

check: install ## format, lint, types, imports, templates, migrations, translations
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet visita
	$(BIN)/pytest tests/architecture --ignore tests/architecture/test_hot_queries.py
	$(BIN)/python -m config.messages check
	npm run --silent check

bench: install ## measure, with yardsticks beside the figures (ARGS=NAME for one)
	$(BIN)/python -m bench $(ARGS)

drill: install browser ## races, kills, floods, hostile forms, looks and the engine's random worlds at full size (takes long)
	FULL=1 $(BIN)/pytest tests/races tests/faults tests/floods tests/hostile tests/journeys visita/scheduling/tests/engine
	$(BIN)/python -m visita.scheduling.tests.engine.soak $(or $(WORLDS),500)

screenshots: install browser ## photograph the pages into screenshots/, phone and desktop, light and dark
	$(BIN)/python -m tests.screenshots $(ARGS)

lock: $(STAMPS)/python ## renew the lock files from pyproject.toml and package.json
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements-dev.txt
	npm update --package-lock-only

db-stop: ## stop the embedded PostgreSQL, if it was left running
	@$(BIN)/visita db stop

browser:
	@scripts/find-chromium

$(STAMPS)/python: requirements-dev.txt scripts/install-python
	@scripts/install-python
	@mkdir -p $(STAMPS) && touch $@

# Without isolation the build takes setuptools from the lock file instead of the network.
$(STAMPS)/visita: $(STAMPS)/python pyproject.toml examples/rules/pyproject.toml
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . --editable examples/rules
	@touch $@

# What a start loads is compiled now, not by whoever starts first.
$(STAMPS)/compiled: $(STAMPS)/visita frontend/dist/manifest.json
	@$(BIN)/python -c 'from config.start import load; load(); import config.asgi, uvicorn, visita.demo.populate, visita.demo.urls'
	@touch $@

# `npm ci` wants the lock file to name the binaries of every platform; a registry that carries only some of them makes
# one that does not. Then `install` takes the same locked versions, and leaves the file alone.
node_modules/.package-lock.json: package.json package-lock.json
	@scripts/check-node
	@echo "Installing the pages' packages into node_modules"
	@npm ci --silent 2>/dev/null || npm install --no-save --loglevel=error
	@touch $@

# Compressed here, beside the files: the server only picks the variant a browser takes.
frontend/dist/manifest.json: node_modules/.package-lock.json $(STAMPS)/python vite.config.ts vite.embed.config.ts $(SCREENS)
	@npm run --silent build > $(STAMPS)/build.log || { cat $(STAMPS)/build.log; exit 1; }
	@$(BIN)/python -m whitenoise.compress --quiet frontend/dist
	@touch $@

# The fonts of printed sheets, cut to what sheets need.
frontend/fonts/index.json: node_modules/.package-lock.json config/fonts.py $(STAMPS)/python
	@$(BIN)/python -m config.fonts

%.mo: %.po $(STAMPS)/python
	@$(BIN)/python -m config.messages compile
