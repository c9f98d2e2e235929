# Two commands for a fresh machine with Python 3.11+ and make: `make demo`, then `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STANCE := $(BIN)/stance
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
BASE := requirements/base-$(VERSION).txt
TEST := requirements/test-$(VERSION).txt

EXTRAS := requirements/extras-$(VERSION).txt
# The browser tests need chromium, chromedriver and npm as well; .ci/run installs them.
# A CPU build is enough: where the registry's newest torch brings gigabytes of CUDA, point TORCH at another.
TORCH ?= torch==2.13.0
DIST := dist

.PHONY: demo test test-all test-compiled lint train bench trust compiled lock clean help

help:  ## What there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.base  ## Install into .venv and read an article
	$(STANCE) predict seeds/rally.txt

test: $(VENV)/.test  ## Lint, types and the tests of the base install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not datasets and not slow and not encoder and not browser and not ray and not compiled"

test-all: $(VENV)/.extras  ## What is slow or needs an extra, and the public sets where STANCE_DATASETS names them
	$(BIN)/python -m pytest -m "slow or encoder or browser or ray $(if $(STANCE_DATASETS),or datasets,and not datasets)"

test-compiled: $(VENV)/.test  ## The build of `make compiled` finds what the plain sources find (ten minutes, 6 GB)
	$(BIN)/python -m pytest -m compiled

lint: $(VENV)/.test  ## Format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

train: $(VENV)/.base  ## Rebuild the shipped model into models/
	$(BIN)/python train.py

bench: $(VENV)/.test  ## Print the tables of benchmarks/ and draw benchmarks/speed.png
	$(BIN)/python benchmarks/accuracy.py
	$(BIN)/python benchmarks/figures.py
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/batch.py

trust: $(VENV)/.test  ## The long runs behind docs/trust.md: 100,000 model files, 200,000 inputs, faults (an hour or more)
	$(BIN)/python fuzz/models.py --count 100000 --record
	$(BIN)/python fuzz/inputs.py --count 200000 --record
	$(BIN)/python fuzz/faults.py --record
	$(BIN)/python fuzz/dependencies.py --record

compiled: $(VENV)/.base  ## Build a wheel into dist/ whose figure finder is compiled, for this Python and machine (needs gcc)
	@command -v gcc > /dev/null || { echo "make compiled needs gcc, found none; without it: pip install ."; exit 1; }
	@$(BIN)/python -c 'import pathlib, sysconfig, sys; sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())' || \
	  { echo "make compiled needs Python.h, found none: install python$(VERSION)-dev"; exit 1; }
# From an unpacked sdist, since what is compiled lands beside its source.
	rm -rf $(DIST)/source $(DIST)/political_stance-*-cp*.whl
	$(BIN)/python -m hatchling build -t sdist -d $(DIST)/source
	HATCH_BUILD_HOOK_ENABLE_MYPYC=1 $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w $(DIST) $(DIST)/source/*.tar.gz
	rm -rf $(DIST)/source
	@echo "Install it with: pip install $$(ls $(DIST)/political_stance-*-cp*.whl)"

lock:  ## Renew requirements/ (needs uv)
	for version in 3.11 3.12 3.13 3.14; do \
	  uv pip compile pyproject.toml --group build --universal --python-version $$version $(LOCK) -o requirements/base-$$version.txt; \
	  uv pip compile pyproject.toml --group build --group test --universal --python-version $$version $(LOCK) -o requirements/test-$$version.txt; \
	  uv pip compile pyproject.toml --all-extras --group encoder --group browser --group notebook --universal --python-version $$version $(LOCK) $(NO_TORCH) \
	    -c requirements/test-$$version.txt -o requirements/extras-$$version.txt; \
	done
# torch is installed before, and what only its CUDA build needs is left out.
NO_TORCH := $(foreach name,torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cccl \
  nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-cusolver \
  nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx \
  nvidia-curand,--no-emit-package $(name))
LOCK := --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q

clean:  ## Remove what was made
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "stance needs Python 3.11 or newer, found $$($(PYTHON) --version); name one with: make demo PYTHON=python3.12"; exit 1; }
	@test -f $(BASE) || { echo "stance is locked for Python 3.11 to 3.14, found $(VERSION); name one with: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Each stamp is older than what it was made from exactly when there is something to install.
$(VENV)/.base: $(VENV)/bin/python $(BASE) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(BASE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# pip compiles what it installs, but not what it installs editable: 0.1 s at every start where nothing may be written.
	$(BIN)/python -m compileall -q stance
	@touch $@

$(VENV)/.test: $(VENV)/.base $(TEST)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(TEST)
	@touch $@

$(VENV)/.extras: $(VENV)/.test $(EXTRAS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(EXTRAS)
	npm install --no-save --silent --prefix $(VENV) axe-core@4.14.1
	@touch $@
