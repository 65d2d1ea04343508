#!/bin/sh
# The unit of systemd: what its own tools say of it, and that the flags it comes with are flags.
. tests/shipped/common.sh

unit=debian/httplint@.service
# Files as they lie here; a manual page that is not installed is no fault of the unit.
sed -e "s|/usr/bin/httplint|$PWD/httplint|" -e 's|man:[^ ]* ||' "$unit" >"$made/httplint@eth0.service"

if have systemd-analyze systemd; then
    systemd-analyze verify "$made/httplint@eth0.service" >"$made/said" 2>&1 || fail "verify: status $?: $(cat "$made/said")"
    # It looks at the units of this machine too, which may have faults of their own.
    same 'what verify says' "$(grep -v '^/[a-z/]*/systemd/system/' "$made/said")" ''
    # In tenths: 0 is safe, 100 is not. docs/live.md says 1.9.
    systemd-analyze security --no-pager --offline=yes --threshold=19 "$made/httplint@eth0.service" >"$made/said" 2>&1 ||
        fail "the unit is exposed more than it was: $(grep '✗' "$made/said"; tail -1 "$made/said")"
fi

# flags FILE: the program with what systemd would read from it; the interface is none, and flags that are wrong would be 2.
flags() {
    # shellcheck disable=SC1090
    (. "$1" && eval "./httplint --no-config -i no-such-interface0 $HTTPLINT_FLAGS") >"$made/said" 2>&1
    same "status with $1" $? 3
}
flags ./debian/httplint.default
sed -n 's/^#\(HTTPLINT_FLAGS\)/\1/p' debian/httplint.default | sed 's/9464/0/' >"$made/example"
flags "$made/example"

# A unit that is reloaded, watched and heard needs all of these.
for line in Type=notify 'ExecReload=/bin/kill -HUP $MAINPID' WatchdogSec=30 AmbientCapabilities=CAP_NET_RAW \
    CapabilityBoundingSet=CAP_NET_RAW NoNewPrivileges=yes DynamicUser=yes; do
    grep -qxF "$line" "$unit" || fail "$unit has no $line"
done
finish
