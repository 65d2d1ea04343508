# httplint. `make demo` and `make test` install what is missing and do everything; `make help` lists the rest.

VERSION  := 0.1.0
RELEASED := 2026-11-26
HOMEPAGE ?=
PREFIX   ?= /usr/local
VARIANT  ?= release
CC       ?= cc
BUILD    := build/$(VARIANT)

# llhttp comes as generated C: Debian's node-llhttp ships it.
LLHTTP_DIR     ?= /usr/share
LLHTTP_SRC     := $(LLHTTP_DIR)/llhttp
LLHTTP_INCLUDE := $(LLHTTP_DIR)/include/llhttp

# What the library needs; what the program needs besides, libpcap aside.
LIB_LIBRARIES := yaml-0.1 jansson libpcre2-8 zlib libzstd liblz4 libbrotlidec expat libxxhash
LIBRARIES     := $(LIB_LIBRARIES) libseccomp libmicrohttpd
# Asked once, and only when something is compiled or linked: `make deps` has to run without them.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(LIBRARIES)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $(LIBRARIES)))$(PKG_LIBS)

# Debian packages: what the build needs, what the tests need besides, and the tools that tests use where they are there.
BUILD_PACKAGES := gcc libc6-dev make pkg-config libpcap-dev libyaml-dev node-llhttp libpcre2-dev libjansson-dev \
                  zlib1g-dev libzstd-dev liblz4-dev libbrotli-dev libexpat1-dev libxxhash-dev libseccomp-dev \
                  libmicrohttpd-dev
TEST_PACKAGES  := libcunit1-dev zstd lz4 gzip
TOOL_PACKAGES  := clang llvm libclang-rt-14-dev valgrind tshark python3-jsonschema python3-yaml libxml2-utils cmark-gfm \
                  g++ zsh fish man-db groff mandoc shellcheck \
                  pre-commit git bash-completion tcpdump curl iproute2 nginx-light ethtool systemd \
                  debhelper dpkg-dev lintian

WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
             -Wundef -Wvla -Wframe-larger-than=16384 $(if $(CI),-Werror)
HARDENING := -fPIE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
LINKING   := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack

# Structures are copied without `rep movs`, which begins slowly: a twentieth less time. Runs on any x86-64 all the same. Fields are not
# read several at once, which waits where they were only just written one by one: 2 % fewer instructions, and less time.
TUNING := $(shell $(CC) -mtune=sapphirerapids -E -x c /dev/null >/dev/null 2>&1 && echo -mtune=sapphirerapids) -fno-tree-slp-vectorize
# Across files (LTO) and at -O3, since make bench counts a sixth fewer instructions for it.
CFLAGS.release := -O3 -flto=auto -g $(TUNING) $(HARDENING)
CFLAGS.debug   := -O1 -g -fPIE
CFLAGS.asan    := -O1 -g -fPIE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS.library := -O3 -g $(TUNING) -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
CFLAGS.tsan    := -O1 -g -fPIE -fsanitize=thread -fno-omit-frame-pointer
CFLAGS.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
CFLAGS  ?= $(CFLAGS.$(VARIANT))
# What others link stays code of this machine, and may become part of a shared library.
OBJECTS.library := -fPIC -fno-lto -fno-semantic-interposition
CPPFLAGS += -Isrc -I$(BUILD) -I$(LLHTTP_INCLUDE) -D_GNU_SOURCE -DLLHTTP_STRICT_MODE=1 \
           -DHTTPLINT_VERSION='"$(VERSION)"' -DHTTPLINT_RELEASED='"$(RELEASED)"' \
           -DHTTPLINT_HOMEPAGE='"$(HOMEPAGE)"' $(PKG_CFLAGS)
LDLIBS   = $(PKG_LIBS) -lpcap -lpthread

FLOORS   := base wire flow http engine checks lint input report guard service cli
SOURCES  := $(sort $(foreach f,$(FLOORS),$(wildcard src/$(f)/*.c src/$(f)/*/*.c)))
LIB_SRC  := $(filter-out src/input/% src/report/% src/guard/% src/service/% src/cli/%,$(SOURCES))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/rules.o $(patsubst %,$(BUILD)/llhttp/%.o,llhttp api http)
APP_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(filter src/input/% src/report/% src/guard/% src/service/% src/cli/%,$(SOURCES))) $(BUILD)/examples.o
TEST_SRC := $(sort $(wildcard tests/*_test.c tests/*/*_test.c tests/*/*/*_test.c))
TARGETS  := $(patsubst tests/fuzz/%_fuzz.c,%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))
TEST_OBJ := $(TEST_SRC:%.c=$(BUILD)/%.o) $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c)) \
            $(BUILD)/tests/suites.o $(BUILD)/tests/targets.o $(TARGETS:%=$(BUILD)/tests/seeds/%_fuzz.o)
RULES    := $(sort $(wildcard rules/*.yaml))
PRESETS  := $(sort $(wildcard rules/presets/*.yaml))
CASES    := $(sort $(wildcard tests/cases/*/*.http))

.PHONY: all
all: httplint

# Whatever VARIANT is built beside it, ./httplint is the release.
httplint: build/release/httplint
	@cp $< $@

# What the program tells of itself: its manual page, and completions.
build/release/httplint.1: httplint
	@./httplint --no-config --manual > $@.new && mv $@.new $@

build/release/completions/%: httplint
	@mkdir -p $(@D)
	@./httplint --completion $* > $@.new && mv $@.new $@

# `make V=1` shows the commands.
Q := $(if $(V),,@)
say = @$(if $(V),true,echo '  $(1)')

$(BUILD)/httplint: $(APP_OBJ) $(BUILD)/libhttplint.a
	$(call say,LINK $@)
	$(Q)$(CC) $(CFLAGS) $(LINKING) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libhttplint.a: $(LIB_OBJ)
	@rm -f $@
	$(call say,AR   $@)
	$(Q)ar rcs $@ $^

# The library for others is one object, whose only names are those of httplint.h: it meets nobody else's llhttp.
$(BUILD)/httplint.o: $(LIB_OBJ)
	$(call say,LINK $@)
	$(Q)ld -r -o $@.new $^ && objcopy --wildcard --keep-global-symbol='httplint_*' $@.new $@ && rm $@.new

$(BUILD)/public/libhttplint.a: $(BUILD)/httplint.o
	@mkdir -p $(@D) && rm -f $@
	$(call say,AR   $@)
	$(Q)ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC   $<)
	$(Q)$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(OBJECTS.$(VARIANT)) $(CPPFLAGS) -MMD -MP -c -o $@ $<

# What names the home page is compiled anew where that is another.
$(BUILD)/src/report/sarif.o: $(BUILD)/homepage
$(BUILD)/homepage: always
	@mkdir -p $(@D)
	@echo '$(HOMEPAGE)' | cmp -s - $@ || echo '$(HOMEPAGE)' > $@

.PHONY: always
always:

# Generated code of llhttp: not ours, so not under our warnings.
$(BUILD)/llhttp/%.o: $(LLHTTP_SRC)/%.c
	@mkdir -p $(@D)
	$(call say,CC   $(notdir $<) of llhttp)
	$(Q)$(CC) -std=c11 -O3 $(CFLAGS) $(OBJECTS.$(VARIANT)) $(CPPFLAGS) -w -c -o $@ $<

# The rules are part of the program: it runs anywhere by itself.
$(BUILD)/rules.c: $(RULES) $(PRESETS) src/engine/embed.sh
	@mkdir -p $(@D)
	sh src/engine/embed.sh $(RULES) $(PRESETS) > $@.new && mv $@.new $@

$(BUILD)/rules.o: $(BUILD)/rules.c
	$(Q)$(CC) -std=c11 $(CFLAGS) $(OBJECTS.$(VARIANT)) $(CPPFLAGS) -c -o $@ $<

# So are the cases that explain them.
$(BUILD)/examples.c: $(CASES) src/cli/examples.sh
	@mkdir -p $(@D)
	$(Q)sh src/cli/examples.sh $(CASES) > $@.new && mv $@.new $@

$(BUILD)/examples.o: $(BUILD)/examples.c
	$(Q)$(CC) -std=c11 $(CFLAGS) $(CPPFLAGS) -c -o $@ $<

# One runner; a test file tests/PATH/NAME_test.c gives void PATH_NAME_suite(void), which adds its suite to CUnit.
SUITES := $(subst /,_,$(patsubst tests/%_test.c,%_suite,$(TEST_SRC)))
$(BUILD)/tests/suites.c: $(TEST_SRC) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "tests/support/suites.h"'; \
	   for s in $(SUITES); do echo "void $$s(void);"; done; \
	   echo 'const struct suite_entry suites[] = {'; \
	   for s in $(SUITES); do echo "    { \"$$s\", $$s },"; done; echo '    { 0, 0 }'; echo '};'; } > $@

$(BUILD)/tests/%.o: CPPFLAGS += -I.
$(BUILD)/tests/suites.o: $(BUILD)/tests/suites.c
	$(Q)$(CC) -std=c11 $(CFLAGS) $(CPPFLAGS) -c -o $@ $<

# The fuzz targets as functions of the runner, for the inputs that are kept: the entry that libFuzzer calls gets their name.
$(BUILD)/tests/targets.c: $(TARGETS:%=tests/fuzz/%_fuzz.c) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "tests/support/targets.h"'; \
	   for t in $(TARGETS); do echo "int fuzz_$$t(const uint8_t *, size_t);"; done; \
	   echo 'const struct fuzz_target fuzz_targets[] = {'; \
	   for t in $(TARGETS); do echo "    { \"$$t\", fuzz_$$t },"; done; echo '    { 0, 0 }'; echo '};'; } > $@

$(BUILD)/tests/targets.o: $(BUILD)/tests/targets.c
	$(Q)$(CC) -std=c11 $(CFLAGS) $(CPPFLAGS) -c -o $@ $<

$(BUILD)/tests/seeds/%_fuzz.o: tests/fuzz/%_fuzz.c
	@mkdir -p $(@D)
	$(call say,CC   $< for the runner)
	$(Q)$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(CPPFLAGS) -I. -DLLVMFuzzerTestOneInput=fuzz_$* -MMD -MP -c -o $@ $<

$(BUILD)/tests/run: $(TEST_OBJ) $(filter-out $(BUILD)/src/cli/main.o,$(APP_OBJ)) $(BUILD)/libhttplint.a
	$(call say,LINK $@)
	$(Q)$(CC) $(CFLAGS) $(LINKING) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcunit

# ---- what a person calls ----

# None below a make that has its own.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

SUDO    := $(if $(filter 0,$(shell id -u)),,sudo)
missing  = $(strip $(foreach p,$(1),$(if $(filter installed,$(shell dpkg-query -W -f='$${db:Status-Status}' $(p) 2>/dev/null)),,$(p))))
install  = $(if $(call missing,$(1)),$(SUDO) apt-get update -qq && \
           $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(call missing,$(1)),@true)

.PHONY: help
help:
	@echo 'make            build ./httplint'
	@echo 'make demo       install what is missing, build, lint a recorded capture'
	@echo 'make test       install what is missing, run all tests (under AddressSanitizer and UBSan)'
	@echo 'make install    into PREFIX (default /usr/local), below DESTDIR: program, library, manual page, completions;'
	@echo '                make install-program, install-library a part; make uninstall removes all'
	@echo 'make docs       write docs/rules and the links of docs/status-codes.md anew'
	@echo 'make golden     write the expected findings of captures/ anew, to be reviewed'
	@echo 'make bench      measure against bare llhttp;   make fuzz  fuzz every target, TIME seconds each'
	@echo 'make floors     check who includes whom;       make stats  sizes of functions and files'
	@echo 'make valgrind   lint all captures under valgrind;   make tidy  clang-tidy and cppcheck'
	@echo 'make check-formats   let the consumers of our formats read them (npm, network)'
	@echo 'make deps tools install the packages of the build and the tests; those of the optional tools'
	@echo 'make dist       the sources as httplint-$(VERSION).tar.gz;   make deb  Debian packages, in build/deb'
	@echo 'make clean compile_commands.json'

.PHONY: deps test-deps tools
deps:
	$(call install,$(BUILD_PACKAGES))

test-deps:
	$(call install,$(BUILD_PACKAGES) $(TEST_PACKAGES))

tools:
	$(call install,$(BUILD_PACKAGES) $(TEST_PACKAGES) $(TOOL_PACKAGES))

DEMO := captures/faulty-origin.pcap

.PHONY: demo
demo: deps
	@$(MAKE) --no-print-directory $(JOBS) httplint
	./httplint --exchanges --fail-on never $(DEMO)

# The program is built first, since some tests run it; the suites come last, so that their closing lines do.
.PHONY: test check
test: test-deps
	@$(MAKE) --no-print-directory check

check:
	@$(MAKE) --no-print-directory $(JOBS) floors httplint
	@sh tests/golden.sh check
	@sh docs/generate.sh check
	@sh tests/schema.sh
	@sh tests/faults.sh
	@$(MAKE) --no-print-directory shipped
	@for test in live service sandbox faults endurance; do sh tests/live/$$test.sh || exit 1; done
	@$(MAKE) --no-print-directory $(JOBS) VARIANT=asan build/asan/httplint build/asan/tests/run
	@$(MAKE) --no-print-directory fuzz-short
	ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=16 UBSAN_OPTIONS=print_stacktrace=1 build/asan/tests/run

# One floor may include itself and lower ones; each foreign library has one door.
.PHONY: floors
floors:
	@sh tests/floors.sh

# What a user gets besides the program, tried from outside.
.PHONY: shipped
shipped: httplint
	@status=0; for t in tests/shipped/*_test.sh; do CC="$(CC)" MAKE="$(MAKE)" sh $$t || status=1; done; exit $$status

# The pages of the rules, from the rules and their cases.
.PHONY: docs docs-check
docs: httplint
	@sh docs/generate.sh

docs-check: httplint
	@sh docs/generate.sh check

.PHONY: golden
golden: httplint
	@sh tests/golden.sh write

# libFuzzer, one target a floor. `make fuzz TIME=1800 ONLY="wire flow"` for a while; a thousand runs each are part of the tests
# where clang is installed.
TIME     ?= 60
ONLY     ?=
FUZZERS  := $(patsubst tests/fuzz/%.c,build/fuzz/tests/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_ARGS := VARIANT=fuzz CC=clang

.PHONY: fuzz fuzzers
fuzz:
	@$(MAKE) --no-print-directory $(JOBS) $(FUZZ_ARGS) fuzzers
	@sh tests/fuzz/run.sh $(TIME) $(ONLY)

# Clang without the library of libFuzzer is no clang here.
.PHONY: fuzz-short
fuzz-short:
	@if echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' | \
	     clang -x c -fsanitize=fuzzer -o /dev/null - 2>/dev/null; then \
	     $(MAKE) --no-print-directory fuzz TIME=0; \
	 elif [ "$$HTTPLINT_NO_SKIP" ]; then echo 'fuzzing is skipped: no clang with libFuzzer' >&2; exit 1; \
	 else echo 'fuzzing is skipped: no clang with libFuzzer (make tools installs it)'; fi

fuzzers: $(FUZZERS)
.SECONDARY: $(patsubst tests/fuzz/%.c,build/fuzz/tests/fuzz/%.o,$(wildcard tests/fuzz/*_fuzz.c))

FUZZ_SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/support/run.c,$(wildcard tests/support/*.c)))
$(BUILD)/libsupport.a: $(FUZZ_SUPPORT)
	@rm -f $@
	$(Q)ar rcs $@ $^

build/fuzz/tests/fuzz/%_fuzz: $(BUILD)/tests/fuzz/%_fuzz.o $(BUILD)/libsupport.a $(filter-out $(BUILD)/src/cli/main.o,$(APP_OBJ)) $(BUILD)/libhttplint.a
	$(call say,LINK $@)
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS) -lcunit

# Every report of all our captures, read by its own consumer. Needs npm, and the network.
.PHONY: check-formats
check-formats: httplint
	@sh tests/consumers.sh

# Needs nginx, wrk, apache2-utils, tcpdump and ethtool to record, and valgrind; run as root.
.PHONY: bench
bench: httplint
	@sh tests/bench/bench.sh

.PHONY: valgrind
valgrind: httplint
	@sh tests/valgrind.sh

.PHONY: stats
stats:
	@sh tests/stats.sh

.PHONY: tidy
tidy: compile_commands.json
	clang-tidy --quiet $(SOURCES)
	cppcheck --quiet --enable=warning,performance,portability --std=c11 -Isrc src

compile_commands.json: Makefile
	@{ echo '['; n=0; for f in $(SOURCES); do [ $$n = 0 ] || echo ','; n=1; \
	   printf '{ "directory": "%s", "file": "%s", "command": "cc -std=c11 $(subst ",\\\",$(CPPFLAGS)) -c %s" }' "$(CURDIR)" $$f $$f; \
	   done; echo; echo ']'; } > $@

# Where things go; each can be set.
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
SHAREDIR   ?= $(PREFIX)/share
ZSHDIR     ?= $(SHAREDIR)/zsh/site-functions
DOCDIR     ?= $(SHAREDIR)/doc/httplint
put        := install -D -m 644
INTO        = $(DESTDIR)$(SHAREDIR)

.PHONY: install install-program install-library uninstall
install: install-program install-library

install-program: httplint build/release/httplint.1 $(addprefix build/release/completions/,bash zsh fish)
	install -D -m 755 httplint $(DESTDIR)$(BINDIR)/httplint
	$(put) build/release/httplint.1 $(INTO)/man/man1/httplint.1
	$(put) build/release/completions/bash $(INTO)/bash-completion/completions/httplint
	$(put) build/release/completions/zsh $(DESTDIR)$(ZSHDIR)/_httplint
	$(put) build/release/completions/fish $(INTO)/fish/vendor_completions.d/httplint.fish
	$(put) -t $(INTO)/httplint/rules $(RULES)
	$(put) -t $(INTO)/httplint/rules/presets $(PRESETS)
	$(put) -t $(DESTDIR)$(DOCDIR) README.md CHANGELOG.md LICENSE
	$(put) -t $(DESTDIR)$(DOCDIR)/docs docs/*.md docs/example.c docs/gitlab-ci.yml docs/grafana.json docs/alerts.yaml
	$(put) -t $(DESTDIR)$(DOCDIR)/docs/rules docs/rules/*.md
	$(put) -t $(DESTDIR)$(DOCDIR)/docs/schema docs/schema/*.json

install-library:
	@$(MAKE) --no-print-directory $(JOBS) VARIANT=library build/library/public/libhttplint.a
	$(put) build/library/public/libhttplint.a $(DESTDIR)$(LIBDIR)/libhttplint.a
	$(put) src/httplint.h $(DESTDIR)$(INCLUDEDIR)/httplint.h
	@mkdir -p $(DESTDIR)$(LIBDIR)/pkgconfig
	sed -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	    -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBRARIES@|$(LIB_LIBRARIES)|' \
	    src/httplint.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/httplint.pc

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/httplint $(INTO)/man/man1/httplint.1 $(INTO)/bash-completion/completions/httplint
	rm -f $(DESTDIR)$(ZSHDIR)/_httplint $(INTO)/fish/vendor_completions.d/httplint.fish
	rm -rf $(INTO)/httplint $(DESTDIR)$(DOCDIR)
	rm -f $(DESTDIR)$(LIBDIR)/libhttplint.a $(DESTDIR)$(INCLUDEDIR)/httplint.h $(DESTDIR)$(LIBDIR)/pkgconfig/httplint.pc

# The sources as they are released; outside of a repository, those that are here.
NAME    := httplint-$(VERSION)
SOURCES_OF_DIST = $(if $(wildcard .git),git archive --prefix=$(NAME)/ HEAD,\
                    tar -c --exclude=./build --exclude=./httplint --exclude='./*.tar.gz' --transform 's|^\.|$(NAME)|' .)

.PHONY: dist deb clean
dist:
	$(SOURCES_OF_DIST) | gzip -n > $(NAME).tar.gz

# Needs debhelper and dpkg-dev besides the packages of the build. The packages lie in build/deb afterwards. Their own
# build runs the tests unless DEB_BUILD_OPTIONS says nocheck, as it does here: that is what make test is for.
deb: export DEB_BUILD_OPTIONS ?= nocheck parallel=$(shell nproc)
deb: dist
	rm -rf build/deb && mkdir -p build/deb
	tar -xz -C build/deb -f $(NAME).tar.gz
	cd build/deb/$(NAME) && env -u MAKEFLAGS -u MAKELEVEL dpkg-buildpackage -us -uc -b $(DEB_FLAGS)
	rm -rf build/deb/$(NAME)
	@ls build/deb/*.deb

clean:
	rm -rf build httplint compile_commands.json httplint-*.tar.gz

-include $(shell find build -name '*.d' 2>/dev/null)
