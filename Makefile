# `make run` serves the page, `make test` tests everything: on a machine with python3, python3-venv and make, both set up what they need.
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?=
PYTHON ?= python3
MINUTES ?= 10
COUNT ?= 100000

VENV := .venv
PY := $(VENV)/bin/python
NODE := $(PY) static/hatch_build.py node
PACKAGE := pyproject.toml static/hatch_build.py static/package.json static/package-lock.json static/.npmrc $(wildcard static/src/*.js)
# Only a machine without node pays for the wheel that brings one.
EXTRAS := $(shell command -v npm >/dev/null && echo dev || echo dev,node)

.PHONY: run test test-wide check chapters supply format docs docs-check picture load faults soak capacity fuzz differential mutation bench clean

run: $(VENV)/.run
	$(VENV)/bin/autograd-playground serve --host $(HOST) --port $(PORT) $(if $(WORKERS),--workers $(WORKERS))

# Compiled files are kept, whatever the environment says: tests start a hundred processes.
test: $(VENV)/.dev
	PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n 2 --dist worksteal

# The service's tests once more, with PostgreSQL, Redis and Dask.
test-wide: $(VENV)/.dev
	$(PY) -m tests.wide

check: docs-check chapters supply
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(NODE) static/node_modules/typescript/bin/tsc --project static
	$(NODE) --test $(wildcard tests/js/*.test.js)

chapters: $(VENV)/.dev
	$(PY) -m tests.course $(FILE)

# What the product is made of, and whether a hole is known in it: who cannot be asked is named.
supply: $(VENV)/.dev
	$(PY) -m tests.supply

format: $(VENV)/.dev
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

docs: $(VENV)/.dev
	$(PY) -m tests.docs --write
	$(PY) -m sphinx -W --keep-going --quiet -b html docs/site build/docs

docs-check: $(VENV)/.dev
	$(PY) -m tests.docs --check

picture: $(VENV)/.dev
	$(PY) -m tests.docs.picture

# What the service stands; each writes its section of docs/proved.md, and takes some minutes.
load: $(VENV)/.dev
	$(PY) -m tests.load

faults: $(VENV)/.dev
	$(PY) -m tests.faults

soak: $(VENV)/.dev
	$(PY) -m tests.soak --minutes $(MINUTES)

# How many machines: measured here, simulated, written into the site.
capacity: $(VENV)/.dev
	$(PY) -m tests.capacity

fuzz: $(VENV)/.dev
	-$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(PY) -m tests.fuzz --minutes $(MINUTES)

differential: $(VENV)/.dev
	$(PY) -m tests.differential --count $(COUNT)

mutation: $(VENV)/.dev
	$(PY) -m tests.mutation

bench: $(VENV)/.dev
	$(PY) -m tests.bench

clean:
	rm -rf $(VENV) build dist static/vendor static/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What serving needs.
$(VENV)/.run: $(PACKAGE)
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# What testing needs on top of it.
$(VENV)/.dev: $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	$(PY) static/hatch_build.py npm ci --prefix static --loglevel=error
	touch $@
