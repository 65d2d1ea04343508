#!/bin/sh
# make install, what came of it in use, and make uninstall.
. tests/shipped/common.sh

MAKE=${MAKE:-make}
there=$made/prefix
$MAKE -s install PREFIX="$there" >"$made/said" 2>&1 || fail "make install: $(tail -5 "$made/said")"
same 'the program' "$("$there/bin/httplint" --version | head -1)" "$(./httplint --version | head -1)"
version=$(./httplint --version | sed -n '1s/httplint //p')
same 'the version in debian/changelog' "$(sed -n '1s/.*(\(.*\)-.*/\1/p' debian/changelog)" "$version"
grep -q "^## ${version}[, ]" CHANGELOG.md || fail "CHANGELOG.md does not know $version"
for file in share/man/man1/httplint.1 share/bash-completion/completions/httplint share/zsh/site-functions/_httplint \
    share/fish/vendor_completions.d/httplint.fish share/httplint/rules/status.yaml share/doc/httplint/README.md \
    share/doc/httplint/docs/rules/README.md include/httplint.h lib/libhttplint.a lib/pkgconfig/httplint.pc; do
    [ -s "$there/$file" ] || fail "$file is not installed"
done

# The Debian package is built of the same packages.
# shellcheck disable=SC2016
for package in $($MAKE -s --eval='show: ; @echo $(BUILD_PACKAGES)' show); do
    case $package in
    gcc | libc6-dev | make) ;; # build-essential
    *) grep -q "^ .*[ ]$package," debian/control || fail "debian/control does not build with $package" ;;
    esac
done

# Nothing of ours but httplint.h meets the names of another program.
nm -g --defined-only "$there/lib/libhttplint.a" | grep -E ' [A-Z] ' | grep -v ' httplint_' >"$made/said"
same 'names that the library defines' "$(cat "$made/said")" ''

export PKG_CONFIG_PATH="$there/lib/pkgconfig"
wanted='PUT http://shop.example/a -> 405
  error: 405 Method Not Allowed without Allow [status-405-allow-missing]'

# example COMPILER FLAGS...: docs/example.c as an embedder compiles it; $cc may be several words.
example() {
    cc=$1
    shift
    # shellcheck disable=SC2046,SC2086
    if ! $cc docs/example.c "$@" $(pkg-config --cflags --libs --static httplint) -o "$made/example" 2>"$made/said"; then
        fail "$cc $* docs/example.c: $(head -c 2000 "$made/said")"
        return
    fi
    same "warnings of $cc $*" "$(cat "$made/said")" ''
    same "what the example of $cc $* says" "$("$made/example" 2>&1)" "$wanted"
    "$made/example" >/dev/null 2>&1
    same "the status of the example of $cc $*" $? 1
}
example "${CC:-cc}" -std=c11 -Wall -Wextra -Wpedantic
example "${CC:-cc}" -O2 -flto=auto
have clang clang && example clang -std=c11 -Wall -Wextra -Wpedantic
if have g++ g++; then
    echo '#include <httplint.h>
int main() { return httplint_version()[0] == 0; }' >"$made/example.cc"
    # shellcheck disable=SC2046
    g++ -Wall -Wextra -Wpedantic "$made/example.cc" -o "$made/example" \
        $(pkg-config --cflags --libs --static httplint) && "$made/example" || fail 'the header in C++'
fi

# Below DESTDIR the same files, which know nothing of it.
staged=$made/staged
$MAKE -s install DESTDIR="$staged" PREFIX=/usr/local >"$made/said" 2>&1 || fail "make install: $(tail -5 "$made/said")"
same 'files below DESTDIR' "$(cd "$staged/usr/local" && find . -type f | sort)" \
    "$(cd "$there" && find . -type f | sort)"
grep -rl -F -e "$staged" "$staged" >"$made/said"
same 'files that name DESTDIR' "$(cat "$made/said")" ''

$MAKE -s uninstall PREFIX="$there" >/dev/null 2>&1 || fail 'make uninstall'
same 'what uninstall leaves' "$(find "$there" -type f)" ''
finish
