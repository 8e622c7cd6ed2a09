# The few commands there are. Each sets up what it needs in .venv and is quick the second time.
PYTHON ?= python3
BIN := .venv/bin
SET_UP := .venv/.set-up

# An empty word is none: what was compiled once is kept, whatever the machine's habits, for every worker and server.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test test-long check types rest fix bench soak eval lock clean

setup: $(SET_UP)

$(SET_UP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $(SET_UP)

demo: setup  ## the whole product against simulated phones: http://127.0.0.1:8000/sandbox/
	$(BIN)/weizhan demo $(ARGS)

test: check  ## everything that can go red

check: setup  ## format, lint, types, import contracts, tests last; more workers than cores, for many wait for a server
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(MAKE) --no-print-directory -j 2 types rest
	$(BIN)/pytest -n 4 --dist worksteal $(ARGS)

types: setup
	$(BIN)/mypy

rest: setup
	$(BIN)/lint-imports
	$(BIN)/weizhan faq check
	$(BIN)/pytest --collect-only --quiet >/dev/null  # compiled once here, not by each worker

test-long: setup  ## the tests that take longest: browsers on the newer pages, fleets, the soak in small
	$(BIN)/pytest -n 2 --dist loadfile --no-skips $(shell $(BIN)/python -c "from tests.conftest import LONG; print(*(f'tests/{one}' for one in LONG))")

fix: setup  ## what the tools can mend by themselves
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup  ## speed and size, as ratios against named baselines in the same run
	$(BIN)/python -m bench $(ARGS)

soak: setup  ## the server killed a hundred times under load, then counted: nothing lost, nothing twice
	$(BIN)/python -m bench.soak $(ARGS)

eval: setup  ## understanding, on labelled messages, beside three baselines in the same run
	$(BIN)/python -m bench.eval $(ARGS)

lock:  ## renew requirements.lock; for whoever changes a dependency
	$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
		--no-emit-find-links --custom-compile-command 'make lock' --extra dev --extra cabinets pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build
