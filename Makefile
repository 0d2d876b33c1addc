# Two commands do everything on a machine with Python 3.11, make and a package index:
#   make demo   set up .venv, ingest samples/, show what an auditor would look at first
#   make test   set up .venv for development and run all checks and tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo.duckdb

.PHONY: demo demo-county notebooks test test-slow soak lint bench bench-checks bench-pipeline bench-warehouse fuzz requirements clean

demo: $(VENV)/installed
	@mkdir -p build
	@# status 1 says that some files were rejected: the look-alikes among the samples
	$(BIN)/jixiao ingest samples/ --db $(DEMO) || [ $$? -eq 1 ]
	@$(BIN)/python -m pipeline.demo $(DEMO)

# an invented county: 44 departments over three years as Word, PDF and text, one report in four with a planted error
demo-county: $(VENV)/installed-dev
	$(BIN)/python -m tests.makers.county.demo build/county
	rm -rf build/county.duckdb build/county.duckdb.versions
	$(BIN)/jixiao ingest build/county/reports --db build/county.duckdb
	@$(BIN)/jixiao status --db build/county.duckdb

# the notebooks executed over the demo county, with their charts as pictures, into notebooks/*.ipynb
notebooks: demo-county
	JIXIAO_DB=build/county.duckdb $(BIN)/python notebooks/build.py

test: $(VENV)/installed-dev lint
	$(BIN)/pytest -n 2 -m "not slow"

# the kill -9 soak and other tests that take minutes
test-slow: $(VENV)/installed-dev
	$(BIN)/pytest -m slow

# a site that publishes, corrects and breaks things, passes that are killed, readers: MINUTES=2 KILLS=20 for a short one
MINUTES ?= 20
KILLS ?= 100
soak: $(VENV)/installed-dev
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[fetch,remote]'
	$(BIN)/python -m tests.soak --minutes $(MINUTES) --kills $(KILLS)

# readers side by side in one run, with the truth: time, memory, share of cells right
bench: $(VENV)/installed-dev
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks.docx
	$(BIN)/python -m benchmarks.pdf

# the checks over 1,000, 10,000 and 100,000 invented reports, and over one that comes in
bench-checks: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.checks

# 1,000 and 10,000 invented reports from a folder to a published warehouse with checks: throughput, memory, stages
bench-pipeline: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.pipeline
	$(BIN)/python -m benchmarks.pipeline --forms docx txt

# the questions of the cookbook, Parquet of all views and year over year, over 100,000 invented reports
bench-warehouse: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.warehouse

# worn scans of the samples against the text that they were printed from; tesseract beside it where installed
bench-ocr: $(VENV)/installed-dev
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[ocr]'
	JIXIAO_OCR_THREADS=2 $(BIN)/python -m benchmarks.ocr --tell

# 20,000 damaged files through both readers and the whole way in: no crash, no hang, a row for every file
fuzz: $(VENV)/installed-dev
	$(BIN)/python -m tests.fuzz.docx --inputs 5000 --workers 2
	$(BIN)/python -m tests.fuzz.pdf --inputs 5000 --workers 2
	$(BIN)/python -m tests.fuzz.ingest --inputs 10000 --workers 2

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/installed

# after a change of dependencies; needs uv
requirements:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--no-annotate pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--no-annotate --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
