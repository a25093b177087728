# Set-up is `make demo` or `make test`: both make .venv from python3 alone, then run.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test slow lint types contracts accuracy looks check lock model clean

demo: $(STAMP)
	$(BIN)/visavis demo

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

accuracy: $(STAMP)
	$(BIN)/python -m pytest -m "accuracy and not slow" -o addopts="-q --strict-markers"

# Minutes each: ideal points against the published ones, a killed command, all looks of the pages.
slow: $(STAMP)
	$(BIN)/python -m pytest -m slow -o addopts="-q --strict-markers"

check: lint types contracts test accuracy

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -r requirements.lock
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps -e .
	touch $(STAMP)

# Plain name==version lines: no registry host may stand in the lock.
lock:
	$(BIN)/uv pip compile --quiet --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--group dev --extra report pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Every page of the demo and of the shared seeds in four lights: pictures into artefacts/, axe-core, width. Some minutes.
looks: $(STAMP)
	$(BIN)/python -m pytest -m "slow and browser" -o addopts="-q --strict-markers" tests/show/web

# Rebuild every shipped weight from the shipped sentences.
model: $(STAMP)
	$(BIN)/python scripts/train_model.py
	$(BIN)/python scripts/fit_confidence.py
