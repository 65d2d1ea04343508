#!/bin/sh
# The hooks of .pre-commit-hooks.yaml, run by pre-commit over a repository of a user's.
. tests/shipped/common.sh

have pre-commit pre-commit && have git git || finish
export PRE_COMMIT_HOME="$made/cache" GIT_CONFIG_GLOBAL="$made/gitconfig" HOME="$made"
git config --global user.name tester
git config --global user.email tester@test.example
git config --global init.defaultBranch main
git config --global protocol.file.allow always

# commit FOLDER FILES...: a repository of copies of these
commit() {
    folder=$1
    shift
    git init -q "$folder" && cp "$@" "$folder" && git -C "$folder" add . && git -C "$folder" commit -q -m all
}
commit "$made/hooks" .pre-commit-hooks.yaml
mkdir "$made/files"
cat >"$made/files/.pre-commit-config.yaml" <<END
repos:
  - repo: $made/hooks
    rev: $(git -C "$made/hooks" rev-parse HEAD)
    hooks:
      - id: httplint
      - id: httplint-rules
END
cat >"$made/files/bad.http" <<END
=== 405 without Allow
>>>
PUT /a HTTP/1.1
Host: shop.example
Content-Length: 0

<<<
HTTP/1.1 405 Method Not Allowed
Date: Thu, 26 Nov 2026 11:00:00 GMT
Content-Length: 0

END
sed 's/^Date/Allow: GET\nDate/' "$made/files/bad.http" >"$made/files/good.http"
echo 'fail-on: warning' >"$made/files/.httplint.yaml"
echo 'no capture' >"$made/files/other.txt"
commit "$made/user" "$made/files/.pre-commit-config.yaml" "$made"/files/*.* "$made/files/.httplint.yaml"

# hook FILE: what the hooks say to a commit of it
hook() {
    (cd "$made/user" && pre-commit run --color never --files "$1") >"$made/said" 2>&1
}
hook good.http || fail "good.http: $(cat "$made/said")"
holds 'a good fixture' "$made/said" 'Passed'
hook other.txt || fail "other.txt: $(cat "$made/said")"
holds 'no fixture' "$made/said" 'Skipped'
hook bad.http && fail 'a bad fixture passes'
holds 'a bad fixture' "$made/said" 'bad.http:8: error: 405 Method Not Allowed without Allow [status-405-allow-missing]'
hook .httplint.yaml || fail ".httplint.yaml: $(cat "$made/said")"
echo 'fial-on: warning' >"$made/user/.httplint.yaml"
git -C "$made/user" add .
hook .httplint.yaml && fail 'a bad configuration passes'
holds 'a bad configuration' "$made/said" "did you mean 'fail-on'?"
finish
