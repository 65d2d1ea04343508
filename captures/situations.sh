# shellcheck shell=bash
# One function a situation: starts its servers, starts the capture, drives the
# clients. Read by record.sh, which stops both and checks what was recorded.

# ---- clients ----------------------------------------------------------------

# curl; several addresses of one server go over one connection.
fetch() { client curl -sS -m 15 "$@" >/dev/null; }

# The same where the response is broken on purpose and curl complains.
fetch_broken() { client curl -s -m 5 "$@" >/dev/null || true; }

# Sends standard input as it is and reads until the server closes.
raw() { # PORT
  client nc -w 6 $SERVER_IP "$1" >/dev/null || true
}

# A raw request that ends its connection: FIELD... are added to it.
request() { # PORT METHOD TARGET [FIELD...]
  {
    printf '%s %s HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n' "$2" "$3"
    [ $# -lt 4 ] || printf '%s\r\n' "${@:4}"
    printf '\r\n'
  } | raw "$1"
}

# Addresses below one path: "paths http://shop.example/return 200 404".
paths() { # BASE NAME...
  local base=$1
  shift
  printf "$base/%s\n" "$@"
}

# ---- ordinary traffic -------------------------------------------------------

situation-nginx-pages() {
  start_nginx 80
  capture
  # A browser's visit: a page and what it links to, over two connections.
  client wget -q -p -r -l 2 -nd -P "$WORK/$NAME/visit" http://shop.example/ || true # a 404 is in it
  # -N asks again with If-Modified-Since.
  (cd "$WORK/$NAME/visit" && client wget -q -N http://shop.example/style.css)
  fetch -A 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0' \
    -H 'Accept: text/html,application/xhtml+xml,*/*;q=0.8' -H 'Accept-Language: en,fr;q=0.5' --compressed \
    http://shop.example/ http://shop.example/style.css http://shop.example/img/logo.png
  fetch -e http://shop.example/ http://shop.example/about.html http://shop.example/item.json
}

situation-apache-pages() {
  start_apache 80
  capture
  client wget -q -p -r -l 2 -nd -P "$WORK/$NAME/visit" http://shop.example/ || true
  fetch --compressed http://shop.example/ http://shop.example/style.css http://shop.example/img/logo.png \
    http://shop.example/ssi/ http://shop.example/dir/ http://shop.example/docs/
  # Content negotiation by language.
  fetch -H 'Accept-Language: fr' http://shop.example/neg/hello
}

situation-lighttpd-pages() {
  start_lighttpd 80
  capture
  client wget -q -p -r -l 2 -nd -P "$WORK/$NAME/visit" http://shop.example/ || true
  fetch --compressed http://shop.example/ http://shop.example/style.css http://shop.example/img/logo.png \
    http://shop.example/ssi/ http://shop.example/dir/
}

# What a shop does: cookies, forms, an upload from a form, post-redirect-get.
situation-cookies-forms() {
  start_apache 80
  capture
  fetch -c "$WORK/$NAME/jar" -b "$WORK/$NAME/jar" -L -d 'item=lamp&count=2' http://shop.example/cgi/form
  fetch -c "$WORK/$NAME/jar" -b "$WORK/$NAME/jar" http://shop.example/cgi/stream
  fetch -F note=hello -F "file=@$WORK/site/img/logo.png" http://shop.example/cgi/orders
  fetch -H 'Content-Type: application/json' -d '{"item":"lamp"}' http://shop.example/cgi/orders
  fetch -G --data-urlencode 'q=two words' -d 'page=2' http://shop.example/cgi/stream
}

# ---- status codes -----------------------------------------------------------

# The codes that nginx gives for a reason of its own.
situation-nginx-statuses() {
  local long
  long=$(printf '%03000d' 0)
  start_mute 9
  start_nginx 80
  capture
  fetch http://shop.example/health http://shop.example/moved http://shop.example/found \
    http://shop.example/see http://shop.example/temporary http://shop.example/permanent http://shop.example/docs
  fetch http://shop.example/nothing http://shop.example/deny/ http://shop.example/basic/ http://shop.example/loop \
    http://shop.example/refused http://shop.example/mute
  fetch http://shop.example/few http://shop.example/few http://shop.example/fewer
  fetch -X POST -d a=1 http://shop.example/about.html                       # 405
  fetch -H 'If-Match: "other"' http://shop.example/about.html               # 412
  fetch -H 'If-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT' http://shop.example/about.html
  fetch -H 'If-Modified-Since: Fri, 01 Mar 2024 10:00:00 GMT' http://shop.example/about.html
  fetch -H 'Expect:' --data-binary "@$WORK/site/text/long.txt" http://shop.example/refused # 413
  fetch "http://shop.example/$long"                                         # 414
  fetch -H "X-Long: $long" http://shop.example/                             # 400
  fetch -r 90000- http://shop.example/style.css                             # 416
  fetch -r 0-9 http://shop.example/style.css                                # 206
  request 80 PUT /dav/a.txt                                                 # 500: no body
  request 80 MKCOL /dav/a/ 'Content-Length: 3'                              # 415
  request 80 POST /health 'Transfer-Encoding: gzip, chunked'                # 501
  printf 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n' | raw 80             # 400: no host
  printf 'GET / HTTP/3.0\r\nHost: shop.example\r\n\r\n' | raw 80            # 505
  printf 'HELLO\r\n\r\n' | raw 80                                           # 400
  request 80 TRACE /                                                        # 405
  request 80 CONNECT shop.example:80                                        # 400
}

# Every code as "return NNN": what nginx adds to a code, and what it does not.
situation-nginx-return() {
  start_nginx 80
  capture
  # shellcheck disable=SC2046,SC2086 # one word a code
  fetch_broken $(paths http://shop.example/return $STATUS_CODES) # 408 hangs up
}

situation-apache-statuses() {
  local long
  long=$(printf '%03000d' 0)
  start_mute 9
  start_nginx 8088
  start_apache 80
  capture
  fetch http://shop.example/moved http://shop.example/found http://shop.example/see http://shop.example/temporary \
    http://shop.example/permanent http://shop.example/gone http://shop.example/docs
  fetch http://shop.example/nothing http://shop.example/deny/ http://shop.example/basic/ http://shop.example/digest/ \
    http://shop.example/cgi/broken http://shop.example/cgi/slow
  fetch http://shop.example/refused http://shop.example/mute http://shop.example/drop
  fetch http://shop.example/spell/manual.html                               # 300
  fetch -H 'Negotiate: trans' http://shop.example/neg/hello                 # 300
  fetch -H 'Accept-Language: de' http://shop.example/neg/hello              # 406
  fetch -H 'Accept-Language: fr' http://shop.example/neg/loop.var           # 506
  fetch -X DELETE http://shop.example/about.html                            # 405
  fetch -X PUT -d x=1 http://shop.example/docs/manual.txt                   # 405
  fetch -X FROBNICATE http://shop.example/about.html                        # 501
  fetch -H 'If-Match: "other"' http://shop.example/about.html               # 412
  fetch -H 'If-Modified-Since: Fri, 01 Mar 2024 10:00:00 GMT' http://shop.example/about.html
  fetch -H 'Expect:' --data-binary "@$WORK/site/docs/manual.txt" http://shop.example/small/orders # 413
  fetch "http://shop.example/$long"                                         # 414
  fetch -H "X-Long: $long" http://shop.example/about.html                   # 400 or 431
  fetch -r 90000- http://shop.example/style.css                             # 416
  fetch -H 'Expect: the-best' http://shop.example/about.html                # 417
  request 80 POST /cgi/orders 'Transfer-Encoding: gzip'                     # 501 or 400
  printf 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n' | raw 80             # 400
  printf 'GET / HTTP/9.9\r\nHost: shop.example\r\n\r\n' | raw 80            # 505
  printf 'GET / HTTP/1.1\r\nHost: shop.example\r\nX-Half: ' | raw 80        # 408
  fetch 'http://shop.example/cgi/status?402+Payment+Required' 'http://shop.example/cgi/status?429+Too+Many+Requests' \
    'http://shop.example/cgi/status?451+Unavailable' 'http://shop.example/cgi/status?299+Odd' \
    'http://shop.example/cgi/status?202+Accepted' 'http://shop.example/cgi/status?203'
}

# Every code by mod_rewrite's R=NNN.
situation-apache-rewrite() {
  start_apache 80
  capture
  # shellcheck disable=SC2046,SC2086
  fetch $(paths http://shop.example/rewrite $STATUS_CODES)
}

situation-lighttpd-statuses() {
  local long
  long=$(printf '%03000d' 0)
  start_mute 9
  start_lighttpd 80
  capture
  fetch http://shop.example/moved http://shop.example/temporary http://shop.example/docs http://shop.example/nothing \
    http://shop.example/deny/ http://shop.example/basic/ http://shop.example/digest/
  fetch http://shop.example/cgi/broken http://shop.example/refused http://shop.example/mute
  fetch -X DELETE http://shop.example/about.html                            # 405
  fetch -X POST -d x=1 http://shop.example/about.html
  fetch -X FROBNICATE http://shop.example/about.html                        # 501 or 405
  fetch -H 'If-Modified-Since: Fri, 01 Mar 2024 10:00:00 GMT' http://shop.example/about.html
  fetch -H 'Expect:' --data-binary "@$WORK/site/text/long.txt" http://shop.example/cgi/orders # 413
  fetch "http://shop.example/$long"                                         # 431
  fetch -r 90000- http://shop.example/style.css                             # 416
  fetch -H 'Expect: the-best' http://shop.example/about.html                # 417
  request 80 POST /cgi/orders                                               # 411
  request 80 POST /cgi/orders 'Transfer-Encoding: gzip'                     # 501
  printf 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n' | raw 80             # 400
  printf 'GET / HTTP/9.9\r\nHost: shop.example\r\n\r\n' | raw 80            # 505
  fetch 'http://shop.example/cgi/status?402+Payment+Required' 'http://shop.example/cgi/status?429+Too+Many+Requests' \
    'http://shop.example/cgi/status?418' 'http://shop.example/cgi/status?503' 'http://shop.example/cgi/status?202'
}

# haproxy before nginx; the link between the two is not in it.
situation-haproxy-statuses() {
  local i
  start_mute 9
  start_nginx 8088
  start_haproxy 80
  capture
  fetch http://shop.example/ http://shop.example/ok http://shop.example/moved http://shop.example/found \
    http://shop.example/see http://shop.example/temporary http://shop.example/permanent
  fetch http://shop.example/deny/ http://shop.example/fewer http://shop.example/tarpit http://shop.example/basic/ \
    http://shop.example/nothing
  fetch -u ann:secret http://shop.example/basic/
  fetch http://shop.example/none http://shop.example/refused http://shop.example/mute http://shop.example/drop/
  # Two at a time for a server that takes one: the second times out in the queue.
  fetch http://shop.example/queue/1 &
  fetch http://shop.example/queue/2
  wait $!
  printf 'GET / HTTP/1.1\r\nHost: shop.example\r\n' | raw 80                # 408
  printf 'GET / HTTP/1.1\r\nHost: shop .example\r\nBad Name: 1\r\n\r\n' | raw 80 # 400
  printf 'GET / HTTP/3.0\r\nHost: shop.example\r\n\r\n' | raw 80
  request 80 POST /ok 'Transfer-Encoding: gzip'
  fetch_broken http://shop.example/reject
}

# Every code by "http-request return", with a text and without.
situation-haproxy-return() {
  start_nginx 8088
  start_haproxy 80
  capture
  # shellcheck disable=SC2046,SC2086
  fetch_broken $(paths http://shop.example/return $STATUS_CODES)
  # shellcheck disable=SC2046,SC2086
  fetch_broken $(paths http://shop.example/bare $STATUS_CODES)
}

# ---- ranges and conditions --------------------------------------------------

ranges() {
  local etag
  etag=$(client curl -sI http://shop.example/docs/manual.txt | sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p')
  fetch -r 0-99 http://shop.example/docs/manual.txt
  fetch -r 1900- http://shop.example/docs/manual.txt
  fetch -r -50 http://shop.example/docs/manual.txt
  fetch -r 0-0,100-149,1990-2500 http://shop.example/docs/manual.txt        # multipart/byteranges
  fetch -r 5000-6000 http://shop.example/docs/manual.txt                    # 416
  fetch -H 'Range: lines=1-2' http://shop.example/docs/manual.txt           # unknown unit
  fetch -r 10-19 -H "If-Range: $etag" http://shop.example/docs/manual.txt
  fetch -r 10-19 -H 'If-Range: "other"' http://shop.example/docs/manual.txt # 200
  fetch -r 10-19 -H 'If-Range: Fri, 01 Mar 2024 10:00:00 GMT' http://shop.example/docs/manual.txt
  fetch -r 10-19 -I http://shop.example/docs/manual.txt
  # A download taken up again.
  head -c 1000 "$WORK/site/docs/manual.txt" >"$WORK/$NAME/manual.txt"
  (cd "$WORK/$NAME" && client wget -q -c http://shop.example/docs/manual.txt)
}

conditions() {
  local etag
  etag=$(client curl -sI http://shop.example/about.html | sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p')
  fetch -H "If-None-Match: $etag" http://shop.example/about.html            # 304
  fetch -H "If-None-Match: W/$etag, \"other\"" http://shop.example/about.html
  fetch -H 'If-None-Match: "other"' http://shop.example/about.html          # 200
  fetch -H 'If-None-Match: *' http://shop.example/about.html
  fetch -H "If-Match: $etag" http://shop.example/about.html
  fetch -H 'If-Match: "other"' http://shop.example/about.html               # 412
  fetch -H 'If-Modified-Since: Fri, 01 Mar 2024 10:00:00 GMT' http://shop.example/about.html
  fetch -H 'If-Modified-Since: Thu, 29 Feb 2024 10:00:00 GMT' http://shop.example/about.html
  fetch -H 'If-Unmodified-Since: Thu, 29 Feb 2024 10:00:00 GMT' http://shop.example/about.html
  fetch -I -H "If-None-Match: $etag" http://shop.example/about.html
  # An image with an expiry time.
  fetch -z '2024-03-01 10:00:00 GMT' http://shop.example/img/logo.png
}

situation-nginx-ranges() { start_nginx 80; capture; ranges; }
situation-apache-ranges() { start_apache 80; capture; ranges; }
situation-lighttpd-ranges() { start_lighttpd 80; capture; ranges; }
situation-nginx-conditions() { start_nginx 80; capture; conditions; }
situation-apache-conditions() { start_apache 80; capture; conditions; }
situation-lighttpd-conditions() { start_lighttpd 80; capture; conditions; }

# ---- authentication ---------------------------------------------------------

situation-auth-basic() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  local port
  for port in 80 8080 8088; do
    fetch --anyauth -u ann:secret "http://shop.example:$port/basic/"        # 401, then 200
    fetch -u ann:wrong "http://shop.example:$port/basic/"
    fetch -H 'Authorization: Basic not*base64' "http://shop.example:$port/basic/"
    client wget -q -O /dev/null --user ann --password secret "http://shop.example:$port/basic/"
  done
}

situation-auth-digest() {
  start_apache 8080
  start_lighttpd 8088
  capture
  local port
  for port in 8080 8088; do
    fetch --digest -u ann:secret "http://shop.example:$port/digest/" "http://shop.example:$port/digest/index.html"
    fetch --digest -u ann:wrong "http://shop.example:$port/digest/"
    client wget -q -O /dev/null --user ann --password secret "http://shop.example:$port/digest/"
  done
}

# ---- proxies ----------------------------------------------------------------

# apache as a forward proxy, with a password, and CONNECT through it.
situation-proxy-connect() {
  start_nginx 80
  start_apache 8080
  capture
  local proxy=(-x http://proxy.example:3128)
  fetch "${proxy[@]}" http://shop.example/about.html                        # 407
  fetch "${proxy[@]}" -U ann:secret http://shop.example/about.html http://shop.example/style.css
  fetch "${proxy[@]}" -U ann:secret --proxy-anyauth http://shop.example/item.json
  # A tunnel, with plain HTTP in it.
  fetch "${proxy[@]}" -U ann:secret -p http://shop.example/about.html http://shop.example/style.css
  fetch_broken "${proxy[@]}" -p http://shop.example/about.html              # 407 to CONNECT
  fetch_broken "${proxy[@]}" -U ann:secret -p http://shop.example:8080/     # 403: not a port allowed
  fetch_broken "${proxy[@]}" -U ann:secret -p http://shop.example:8088/     # nobody there
  client env http_proxy=http://ann:secret@proxy.example:3128 wget -q -O /dev/null http://shop.example/about.html
}

# Both sides of a reverse proxy that caches: Via, Age, X-Forwarded-For.
situation-proxy-cache() {
  LOOPBACK=1
  start_nginx 8088
  start_apache 8080
  start_haproxy 80
  capture "$SERVER_NS" -i any -y LINUX_SLL2
  local i
  for i in 1 2 3; do fetch http://shop.example:8080/behind/img/logo.png http://shop.example/img/logo.png; done
  fetch http://shop.example:8080/behind/about.html http://shop.example/about.html
  fetch -H 'Cache-Control: no-cache' http://shop.example:8080/behind/img/logo.png
  fetch -H 'Cache-Control: only-if-cached' http://shop.example:8080/behind/img/pixel.gif
}

# ---- uploads and WebDAV -----------------------------------------------------

situation-expect-continue() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  head -c 3000 "$WORK/site/text/long.txt" >"$WORK/$NAME/body"
  local port
  for port in 80 8080 8088; do
    fetch -H 'Expect: 100-continue' -T "$WORK/$NAME/body" "http://shop.example:$port/dav/a.txt" # 100, 201
    # Chunked, since curl can't know the size of its standard input.
    fetch -H 'Expect: 100-continue' -T - "http://shop.example:$port/dav/b.txt" <"$WORK/$NAME/body"
  done
  # A final answer instead of 100: the body is too large, or a password is missing.
  fetch -H 'Expect: 100-continue' --data-binary "@$WORK/$NAME/body" http://shop.example:8080/small/orders # 413
  fetch -H 'Expect: 100-continue' --data-binary "@$WORK/$NAME/body" http://shop.example:8080/basic/       # 401
  fetch -H 'Expect: 100-continue' --data-binary "@$WORK/$NAME/body" http://shop.example:8080/cgi/orders   # 100, 201
  fetch -H 'Expect: 100-continue' -d a=1 http://shop.example:80/about.html                                # 405
}

webdav() {
  local base=http://shop.example/dav token
  echo 'first' >"$WORK/$NAME/first"
  echo 'second version' >"$WORK/$NAME/second"
  fetch -X OPTIONS $base/
  fetch -T "$WORK/$NAME/first" $base/a.txt                                  # 201
  fetch -T "$WORK/$NAME/second" $base/a.txt                                 # 204
  fetch -T "$WORK/$NAME/first" $base/none/a.txt                             # 409
  fetch -X MKCOL $base/box/                                                 # 201
  fetch -X MKCOL $base/box/                                                 # 405
  fetch -X MKCOL -d '<x/>' $base/bag/                                       # 415
  fetch -X MKCOL $base/none/box/                                            # 409
  fetch -X PROPFIND -H 'Depth: 1' $base/                                    # 207
  fetch -X PROPFIND -H 'Depth: 0' -H 'Content-Type: application/xml' \
    -d '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getetag/><nothing xmlns="x:"/></prop></propfind>' $base/a.txt
  fetch -X PROPFIND -H 'Depth: 0' -H 'Content-Type: application/xml' -d '<broken' $base/a.txt # 400
  fetch -X PROPFIND -H 'Depth: infinity' $base/
  fetch -X PROPPATCH -H 'Content-Type: application/xml' \
    -d '<?xml version="1.0"?><propertyupdate xmlns="DAV:"><set><prop><colour xmlns="x:">red</colour></prop></set></propertyupdate>' $base/a.txt
  fetch -X COPY -H "Destination: $base/b.txt" $base/a.txt                   # 201
  fetch -X COPY -H "Destination: $base/b.txt" -H 'Overwrite: F' $base/a.txt # 412
  fetch -X MOVE -H "Destination: $base/box/c.txt" $base/b.txt
  token=$(client curl -s -D - -o /dev/null -X LOCK -H 'Timeout: Second-60' -H 'Content-Type: application/xml' \
    -d '<?xml version="1.0"?><lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype><owner>ann</owner></lockinfo>' \
    $base/a.txt | sed -n 's/^[Ll]ock-[Tt]oken: *\(.*\)\r$/\1/p')
  fetch -T "$WORK/$NAME/first" $base/a.txt                                  # 423
  fetch -T "$WORK/$NAME/first" -H "If: ($token)" $base/a.txt                # 204
  fetch -X UNLOCK -H "Lock-Token: $token" $base/a.txt                       # 204
  fetch -X DELETE $base/box/                                                # 204
  fetch -X DELETE $base/box/                                                # 404
  fetch -X DELETE $base/a.txt
}

situation-webdav-nginx() { start_nginx 80; capture; webdav; }
situation-webdav-apache() { start_apache 80; capture; webdav; }
situation-webdav-lighttpd() { start_lighttpd 80; capture; webdav; }

# ---- bodies -----------------------------------------------------------------

situation-compressed() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  local port coding
  for port in 80 8080 8088; do
    for coding in gzip deflate br identity 'gzip;q=0, identity;q=1' 'x-unknown, *;q=0.5'; do
      fetch -H "Accept-Encoding: $coding" "http://shop.example:$port/text/long.txt"
    done
    fetch -0 -H 'Accept-Encoding: gzip' "http://shop.example:$port/text/long.html"
    fetch -I -H 'Accept-Encoding: gzip' "http://shop.example:$port/text/long.html"
  done
}

# Chunked responses (a script, server side includes) and a chunked request.
situation-chunked() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  fetch http://shop.example/ssi/ http://shop.example:8080/ssi/ http://shop.example:8088/ssi/
  fetch http://shop.example:8080/cgi/stream http://shop.example:8088/cgi/stream
  local port
  for port in 8080 8088; do
    fetch -H 'Transfer-Encoding: chunked' -H 'Content-Type: text/plain' --data-binary "@$WORK/site/docs/manual.txt" \
      "http://shop.example:$port/cgi/orders"
  done
  # Chunk extensions, by hand.
  request 8080 POST /cgi/orders 'Transfer-Encoding: chunked' '' '5;name=value' hello '3;x="a b"' abc 0
}

# Fields after the body: of nginx's responses, and of a request by hand.
situation-trailers() {
  start_nginx 80
  start_apache 8080
  capture
  fetch -H 'TE: trailers' -H 'Connection: TE' http://shop.example/trailer/manual.txt
  fetch http://shop.example/trailer/manual.txt
  fetch -I http://shop.example/trailer/manual.txt
  fetch -0 http://shop.example/trailer/manual.txt
  request 8080 POST /cgi/orders 'Transfer-Encoding: chunked' 'Trailer: Content-Checksum' '' 5 hello 0 'Content-Checksum: none'
}

# A download over many segments, and a smaller one without keep-alive.
situation-large-download() {
  start_nginx 80
  capture
  fetch http://shop.example/docs/large.bin
  fetch -0 http://shop.example/text/long.html
}

# An upload over many segments, to haproxy that hands it on.
situation-large-upload() {
  start_apache 8088
  start_haproxy 80
  capture
  head -c 30000 "$WORK/site/docs/large.bin" >"$WORK/$NAME/body"
  fetch -T "$WORK/$NAME/body" http://shop.example/dav/upload.bin
  fetch http://shop.example/dav/upload.bin
}

# ---- methods ----------------------------------------------------------------

situation-methods() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  local port
  for port in 80 8080 8088; do
    fetch -I "http://shop.example:$port/about.html" "http://shop.example:$port/img/logo.png" "http://shop.example:$port/nothing"
    fetch -X OPTIONS "http://shop.example:$port/about.html"
    fetch -X OPTIONS --request-target '*' "http://shop.example:$port/"
    fetch -X TRACE -H 'X-Note: to be seen again' "http://shop.example:$port/about.html"
    fetch -X get "http://shop.example:$port/about.html"                     # methods are case-sensitive
    fetch -X PATCH -d x=1 "http://shop.example:$port/about.html"
    fetch -X DELETE "http://shop.example:$port/about.html"
    fetch -X QUERY -d x=1 "http://shop.example:$port/about.html"
  done
  # A preflight, and the request that it allows.
  for port in 8080 8088; do
    fetch -X OPTIONS -H 'Origin: http://shop.example' -H 'Access-Control-Request-Method: PUT' \
      -H 'Access-Control-Request-Headers: x-token' "http://shop.example:$port/cgi/cors"
    fetch -X PUT -d x=1 -H 'Origin: http://shop.example' -H 'X-Token: 1' "http://shop.example:$port/cgi/cors"
  done
}

# ---- connections ------------------------------------------------------------

# ab speaks HTTP/1.0: without -k each request closes its connection.
situation-ab-http10() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  local port
  for port in 80 8080 8088; do client ab -q -n 8 -c 2 "http://shop.example:$port/about.html" >/dev/null; done
}

# With -k it asks for "Connection: Keep-Alive".
situation-ab-keepalive() {
  start_nginx 80
  capture
  client ab -q -k -n 50 -c 3 http://shop.example/about.html >/dev/null
}

# Old clients and old servers: bodies that end with the connection.
situation-http10-close() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  local port
  for port in 8080 8088; do
    fetch -0 "http://shop.example:$port/cgi/stream"
    fetch -0 "http://shop.example:$port/about.html"
  done
  fetch -0 http://shop.example/ssi/
  fetch http://shop.example:8080/old/manual.txt                             # an HTTP/1.0 status line
  printf 'GET /about.html HTTP/1.0\r\n\r\n' | raw 80                        # no host
  printf 'GET /about.html HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /style.css HTTP/1.0\r\n\r\n' | raw 80
  printf 'GET /about.html\r\n' | raw 80                                     # HTTP/0.9
}

# Many requests before the first answer, with errors among them.
situation-pipelining() {
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  capture
  local port path
  for port in 80 8080 8088; do
    {
      for path in / /style.css /img/logo.png /nothing /about.html /item.json; do
        printf 'GET %s HTTP/1.1\r\nHost: shop.example\r\n\r\n' $path
      done
      printf 'HEAD /docs/manual.txt HTTP/1.1\r\nHost: shop.example\r\n\r\n'
      printf 'POST /about.html HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\n\r\nhello'
      printf 'GET /docs/manual.txt HTTP/1.1\r\nHost: shop.example\r\nIf-Modified-Since: Fri, 01 Mar 2024 10:00:00 GMT\r\n\r\n'
      printf 'GET /docs/manual.txt HTTP/1.1\r\nHost: shop.example\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n'
    } | raw $port
  done
}

# A request and its body in many small pieces, as slow clients send them.
situation-slow-client() {
  start_apache 80
  capture
  {
    printf 'POST /cgi/orders HTTP/1.1\r\nHo'
    sleep 0.2
    printf 'st: shop.example\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: close\r'
    sleep 0.2
    printf '\n\r'
    sleep 0.2
    printf '\nhello '
    sleep 0.2
    printf 'world\n'
  } | raw 80
  {
    printf 'POST /cgi/orders HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
    sleep 0.2
    printf '5'
    sleep 0.2
    printf '\r\nhel'
    sleep 0.2
    printf 'lo\r\n0\r\n'
    sleep 0.2
    printf '\r\n'
  } | raw 80
  # A body that never comes: 408.
  printf 'POST /cgi/orders HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100\r\n\r\nhello' | raw 80
}

# Either side goes away in mid-message.
situation-aborted() {
  start_mute 9
  start_nginx 8088
  start_haproxy 80
  capture
  # The client has enough: it resets while data is on its way.
  client bash -c 'exec 3<>/dev/tcp/'$SERVER_IP'/80; printf "GET /docs/large.bin HTTP/1.1\r\nHost: shop.example\r\n\r\n" >&3; head -c 3000 <&3 >/dev/null'
  # The client ends within its request, and within its body.
  client bash -c 'exec 3<>/dev/tcp/'$SERVER_IP'/80; printf "GET / HTTP/1.1\r\nHost: sh" >&3; sleep 0.2'
  client bash -c 'exec 3<>/dev/tcp/'$SERVER_IP'/80; printf "POST /mute HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100\r\n\r\nhello" >&3; sleep 0.2'
  # The client gives up before the answer; the server hangs up without one.
  fetch_broken -m 0.5 http://shop.example/mute
  fetch_broken http://shop.example/reject
  # A connection without a request, and one that is whole.
  client nc -z $SERVER_IP 80
  fetch http://shop.example/about.html
}

# The capture starts when the connection is already there.
situation-midstream() {
  start_nginx 80
  MIDSTREAM=1
  {
    printf 'GET /style.css HTTP/1.1\r\nHost: shop.example\r\n\r\n'
    sleep 2
    printf 'GET /about.html HTTP/1.1\r\nHost: shop.example\r\n\r\n'
    sleep 0.2
    printf 'GET /item.json HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n'
  } | raw 80 &
  local sender=$!
  sleep 0.5
  capture
  wait $sender
}

# ---- other protocols on the connection --------------------------------------

# WebSocket: lighttpd wraps an echo service; once directly, once behind nginx.
situation-upgrade-websocket() {
  start 7 socat TCP-LISTEN:7,bind=127.0.0.1,fork,reuseaddr EXEC:cat
  start_lighttpd 8088
  start_nginx 80
  capture
  local port
  for port in 8088 80; do
    {
      printf 'GET /ws/echo HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
      printf 'Origin: http://shop.example\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
      sleep 0.3
      printf '\x81\x85\0\0\0\0hello' # a masked text frame, its key being zero
      sleep 0.3
      printf '\x88\x82\0\0\0\0\x03\xe8' # close, 1000
      sleep 0.5
    } | raw $port
  done
  # No key: refused.
  printf 'GET /ws/echo HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n' | raw 8088
}

# HTTP/2 by an upgrade in clear text, taken by apache and ignored by nginx.
situation-upgrade-h2c() {
  start_nginx 80
  start_apache 8080
  capture
  fetch --http2 http://shop.example:8080/about.html
  fetch --http2 http://shop.example/about.html
  # Apache offers the upgrade to those who did not ask.
  fetch http://shop.example:8080/about.html
}

# ---- containers and links ---------------------------------------------------

# pcapng with two interfaces: the client's side of haproxy, and the loopback
# between haproxy and apache.
situation-container-pcapng() {
  LOOPBACK=1
  start_apache 8088
  start_haproxy 80
  capture_pcapng "$SERVER_NS" veth0 lo
  fetch http://shop.example/about.html http://shop.example/style.css http://shop.example/nothing
  fetch -d item=lamp http://shop.example/cgi/orders
}

situation-container-gzip() {
  start_lighttpd 80
  capture
  fetch http://shop.example/ http://shop.example/style.css http://shop.example/text/long.txt
  fetch -r 0-99 http://shop.example/docs/manual.txt
}

# Timestamps in nanoseconds: another magic number.
situation-container-nano() {
  start_nginx 80
  capture "$CLIENT_NS" -i veth0 --time-stamp-precision=nano
  fetch http://shop.example/ http://shop.example/style.css http://shop.example/nothing
}

situation-link-cooked2() {
  start_nginx 80
  capture "$SERVER_NS" -i any -y LINUX_SLL2
  fetch http://shop.example/ http://shop.example/style.css http://shop.example/nothing
}

situation-link-cooked1() {
  start_nginx 80
  capture "$SERVER_NS" -i any -y LINUX_SLL
  fetch http://shop.example/ http://shop.example/style.css http://shop.example/nothing
}

# The loopback has segments of up to 64 KB and leaves checksums unfilled.
situation-link-loopback() {
  LOOPBACK=1
  start_nginx 80
  capture "$SERVER_NS" -i lo
  in_ns "$SERVER_NS" curl -sS -m 5 -H 'Host: shop.example' http://127.0.0.1/ http://127.0.0.1/style.css \
    http://127.0.0.1/nothing http://127.0.0.1/text/long.txt >/dev/null
}

situation-ipv6() {
  start_nginx 80
  start_haproxy 8080
  capture
  fetch http://six.example/about.html http://six.example/nothing
  fetch "http://[$SERVER_IP6]/style.css"
  fetch http://six.example:8080/ok "http://[$SERVER_IP6]:8080/moved"
}

# ---- broken on purpose ------------------------------------------------------

# A response that apache sends as it is. The lines are joined by CRLF, the last
# one is the body: "raw_response NAME STATUS-LINE FIELD... '' BODY". Escapes of
# "echo -e" are taken. Other than what is to be broken, it should be right.
raw_response() { # NAME LINE...
  local out
  printf -v out '%s\\r\\n' "${@:2}"
  printf '%b' "${out%'\r\n'}" >"$WORK/raw/$1"
  BROKEN+=("$1")
}

# Each on a connection of its own, since the next message may not be found.
fetch_raw_responses() { # PORT
  local name
  for name in "${BROKEN[@]}"; do fetch_broken --http1.1 "http://shop.example:$1/cgi/nph-raw?$name"; done
}

now() { date -u '+Date: %a, %d %b %Y %H:%M:%S GMT'; }

# Status codes without the fields they need, or with a body they must not have.
situation-faulty-origin() {
  local date text='Content-Type: text/plain' close='Connection: close'
  start_nginx 80
  start_apache 8080
  start_haproxy 8000
  capture
  BROKEN=()
  date=$(now)

  # By nginx: what "return" does not add, and what add_header adds anywhere.
  fetch -X POST -d a=1 http://shop.example/return/405                       # no Allow
  fetch http://shop.example/return/401 http://shop.example/return/407       # no challenge
  fetch http://shop.example/return/302 http://shop.example/return/303 http://shop.example/return/301 \
    http://shop.example/return/307 http://shop.example/return/308           # an empty Location
  fetch -X POST -d a=1 http://shop.example/return/201                       # no Location
  fetch http://shop.example/return/416 http://shop.example/return/206 http://shop.example/faulty/206 # no Content-Range
  fetch http://shop.example/return/426                                      # no Upgrade
  fetch_broken http://shop.example/faulty/204-length
  fetch_broken http://shop.example/faulty/304-length
  fetch http://shop.example/faulty/401-other
  fetch http://shop.example/faulty/200-date
  fetch http://shop.example/faulty/connection
  fetch -X POST -d a=1 http://shop.example/faulty/allow

  # By haproxy: the same by "http-request return".
  fetch http://shop.example:8000/bare/401
  fetch http://shop.example:8000/bare/405
  fetch http://shop.example:8000/bare/302
  fetch -d a=1 http://shop.example:8000/return/201
  fetch_broken http://shop.example:8000/bare/206

  # By scripts: what servers would not let pass.
  raw_response 204-body 'HTTP/1.1 204 No Content' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 204-chunked 'HTTP/1.1 204 No Content' "$date" 'Transfer-Encoding: chunked' "$close" '' '0\r\n\r\n'
  raw_response 304-body 'HTTP/1.1 304 Not Modified' "$date" 'ETag: "a"' 'Content-Length: 5' "$close" '' hello
  raw_response 205-body 'HTTP/1.1 205 Reset Content' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 102-chunked 'HTTP/1.1 102 Processing' 'Transfer-Encoding: chunked' '' \
    'HTTP/1.1 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 103-length 'HTTP/1.1 103 Early Hints' 'Link: </style.css>; rel=preload; as=style' 'Content-Length: 0' '' \
    'HTTP/1.1 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 100-unasked 'HTTP/1.1 100 Continue' '' 'HTTP/1.1 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 101-unasked 'HTTP/1.1 101 Switching Protocols' "$date" 'Connection: Upgrade' 'Upgrade: other' '' ''
  raw_response 206-no-range 'HTTP/1.1 206 Partial Content' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 206-size 'HTTP/1.1 206 Partial Content' "$date" "$text" 'Content-Range: bytes 0-99/200' 'Content-Length: 5' "$close" '' hello
  raw_response 206-backwards 'HTTP/1.1 206 Partial Content' "$date" "$text" 'Content-Range: bytes 9-5/200' 'Content-Length: 5' "$close" '' hello
  raw_response 206-parts 'HTTP/1.1 206 Partial Content' "$date" 'Content-Type: multipart/byteranges; boundary=b' 'Content-Range: bytes 0-0/9' \
    "$close" '' '--b\r\nContent-Range: bytes 0-0/9\r\n\r\nh\r\n--b--\r\n'
  raw_response 416-no-range 'HTTP/1.1 416 Range Not Satisfiable' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 416-range 'HTTP/1.1 416 Range Not Satisfiable' "$date" 'Content-Range: bytes 0-4/5' 'Content-Length: 0' "$close" '' ''
  raw_response 401-none 'HTTP/1.1 401 Unauthorized' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 401-bad 'HTTP/1.1 401 Unauthorized' "$date" 'WWW-Authenticate: Basic Staff only' 'Content-Length: 0' "$close" '' ''
  raw_response 405-none 'HTTP/1.1 405 Method Not Allowed' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 407-none 'HTTP/1.1 407 Proxy Authentication Required' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 426-none 'HTTP/1.1 426 Upgrade Required' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 302-none 'HTTP/1.1 302 Found' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 303-none 'HTTP/1.1 303 See Other' "$date" 'Content-Length: 0' "$close" '' ''
  raw_response 302-bad 'HTTP/1.1 302 Found' "$date" 'Location: http://shop.example/a b' 'Content-Length: 0' "$close" '' ''
  raw_response 305-proxy 'HTTP/1.1 305 Use Proxy' "$date" 'Location: http://proxy.example/' 'Content-Length: 0' "$close" '' ''
  raw_response 299-unknown 'HTTP/1.1 299 Fine' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 600-class 'HTTP/1.1 600 Beyond' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response 503-retry 'HTTP/1.1 503 Service Unavailable' "$date" 'Retry-After: soon' 'Content-Length: 0' "$close" '' ''
  raw_response 200-date 'HTTP/1.1 200 OK' "$text" 'Content-Length: 5' "$close" '' hello
  fetch_raw_responses 8080
  raw_response 201-none 'HTTP/1.1 201 Created' "$date" 'Content-Length: 0' "$close" '' ''
  fetch_broken -d a=1 'http://shop.example:8080/cgi/nph-raw?201-none'
  # A body to HEAD.
  raw_response head-body 'HTTP/1.1 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  fetch_broken -I 'http://shop.example:8080/cgi/nph-raw?head-body'
  # 304 and 412 to requests without a condition, 417 without an expectation.
  raw_response 304-unasked 'HTTP/1.1 304 Not Modified' "$date" 'ETag: "a"' "$close" '' ''
  fetch_broken 'http://shop.example:8080/cgi/nph-raw?304-unasked'
}

# ---- the same traffic twice: packets, and what a browser or a proxy tells of them --------------------------------------

wait_for_file() { # FILE
  local i
  for i in {1..50}; do
    [ ! -s "$1" ] || return 0
    sleep 0.1
  done
  die "no ${1##*/} was written"
}

# Lays the log beside the capture, without what is this machine's.
keep_har() { # FILE
  install -m 644 "$1" "$HERE/$NAME.har"
}

# Chromium, driven and recorded by Playwright. PLAYWRIGHT names the folder where "npm install playwright-core" was run.
situation-har-browser() {
  need_tool node nodejs
  need_tool chromium-headless-shell chromium-headless-shell
  need_file "${PLAYWRIGHT:-.}/node_modules/playwright-core" "playwright-core, by npm, into the folder PLAYWRIGHT"
  local at=http://shop.example
  start_nginx 80
  capture
  (cd "${PLAYWRIGHT:-.}" && client node "$HERE/browse.mjs" "$WORK/$NAME/log.har" $at/ $at/about.html $at/item.json \
    HEAD:$at/about.html $at/nothing $at/text/long.txt POST:$at/return/201 POST:$at/faulty/allow $at/faulty/401-other \
    $at/faulty/206 $at/return/404 $at/return/405 $at/return/416 $at/return/426 $at/return/503 $at/return/204 $at/moved \
    PUT:$at/dav/file.txt)
  keep_har "$WORK/$NAME/log.har"
}

# mitmproxy before the server, asked by curl.
situation-har-proxy() {
  need_tool mitmdump mitmproxy
  local at=http://shop.example script=/usr/share/doc/mitmproxy/examples/contrib/har_dump.py name pid
  need_file $script mitmproxy
  start_nginx 80
  start_apache 8080
  capture
  client mitmdump -q -p 8888 --set confdir="$WORK/$NAME" -s $script --set hardump="$WORK/$NAME/log.har" &
  sleep 3
  fetch_broken -x 127.0.0.1:8888 $at/ $at/style.css $at/nothing $at/text/long.txt $at/moved $at/session \
    $at/return/{204,206,301,302,303,307,308,401,404,405,407,416,426,429,503} \
    $at/faulty/{204-length,206,401-other,200-date,allow}
  fetch_broken -x 127.0.0.1:8888 --compressed $at/text/long.txt
  fetch_broken -x 127.0.0.1:8888 -d a=1 $at/return/201 $at/return/405
  fetch_broken -x 127.0.0.1:8888 -I $at/about.html
  fetch_broken -x 127.0.0.1:8888 -r 0-99 $at/text/long.txt
  fetch_broken -x 127.0.0.1:8888 -H 'If-None-Match: *' $at/about.html
  BROKEN=()
  raw_response 206-no-range 'HTTP/1.1 206 Partial Content' "$(now)" 'Content-Type: text/plain' 'Content-Length: 5' '' hello
  raw_response 302-bad 'HTTP/1.1 302 Found' "$(now)" 'Location: http://shop.example/a b' 'Content-Length: 0' '' ''
  raw_response 401-bad 'HTTP/1.1 401 Unauthorized' "$(now)" 'WWW-Authenticate: Basic Staff only' 'Content-Length: 0' '' ''
  raw_response 503-retry 'HTTP/1.1 503 Service Unavailable' "$(now)" 'Retry-After: soon' 'Content-Length: 0' '' ''
  raw_response 304-unasked 'HTTP/1.1 304 Not Modified' "$(now)" 'ETag: "a"' '' ''
  for name in "${BROKEN[@]}"; do fetch_broken -x 127.0.0.1:8888 "$at:8080/cgi/nph-raw?$name"; done
  for pid in $(ip netns pids "$CLIENT_NS"); do # it writes the log when it is asked to end
    [ "$(cat "/proc/$pid/comm")" != mitmdump ] || kill -TERM "$pid"
  done
  wait_for_file "$WORK/$NAME/log.har"
  keep_har "$WORK/$NAME/log.har"
}

# Where a message ends, and how it is written down.
situation-faulty-framing() {
  local ok='HTTP/1.1 200 OK' date text='Content-Type: text/plain' close='Connection: close' te='Transfer-Encoding: chunked'
  start_apache 80
  capture
  BROKEN=()
  date=$(now)
  raw_response length-long "$ok" "$date" "$text" 'Content-Length: 50' "$close" '' 'cut short'
  raw_response length-short "$ok" "$date" "$text" 'Content-Length: 5' "$close" '' 'hello and more'
  raw_response length-twice "$ok" "$date" "$text" 'Content-Length: 5' 'Content-Length: 5' "$close" '' hello
  raw_response length-list "$ok" "$date" "$text" 'Content-Length: 5, 5' "$close" '' hello
  raw_response length-differ "$ok" "$date" "$text" 'Content-Length: 5' 'Content-Length: 6' "$close" '' hello!
  raw_response length-plus "$ok" "$date" "$text" 'Content-Length: +5' "$close" '' hello
  raw_response length-minus "$ok" "$date" "$text" 'Content-Length: -1' "$close" '' hello
  raw_response length-word "$ok" "$date" "$text" 'Content-Length: five' "$close" '' hello
  raw_response length-chunked "$ok" "$date" "$text" 'Content-Length: 5' "$te" "$close" '' '5\r\nhello\r\n0\r\n\r\n'
  raw_response chunked-twice "$ok" "$date" "$text" 'Transfer-Encoding: chunked, chunked' "$close" '' '5\r\nhello\r\n0\r\n\r\n'
  raw_response chunked-not-last "$ok" "$date" "$text" 'Transfer-Encoding: chunked, gzip' "$close" '' '5\r\nhello\r\n0\r\n\r\n'
  raw_response chunked-identity "$ok" "$date" "$text" 'Transfer-Encoding: identity' "$close" '' hello
  raw_response chunked-10 'HTTP/1.0 200 OK' "$date" "$text" "$te" "$close" '' '5\r\nhello\r\n0\r\n\r\n'
  raw_response chunk-size "$ok" "$date" "$text" "$te" "$close" '' 'xyz\r\nhello\r\n0\r\n\r\n'
  raw_response chunk-size-hex "$ok" "$date" "$text" "$te" "$close" '' '0x5\r\nhello\r\n0\r\n\r\n'
  raw_response chunk-size-huge "$ok" "$date" "$text" "$te" "$close" '' 'fffffffffffffffff\r\nhello\r\n0\r\n\r\n'
  raw_response chunk-long "$ok" "$date" "$text" "$te" "$close" '' '3\r\nhello\r\n0\r\n\r\n'
  raw_response chunk-lf "$ok" "$date" "$text" "$te" "$close" '' '5\nhello\n0\n\n'
  raw_response chunk-no-end "$ok" "$date" "$text" "$te" "$close" '' '5\r\nhello\r\n'
  raw_response chunk-trailer "$ok" "$date" "$text" "$te" "$close" '' '5\r\nhello\r\n0\r\nContent-Length: 5\r\nBad Trailer\r\n\r\n'
  raw_response line-lf 'HTTP/1.1 200 OK\n'"$date"'\nContent-Type: text/plain\nContent-Length: 5\nConnection: close\n\nhello'
  raw_response line-cr "$ok" "$date" 'X-Bare: a\rX-Other: b' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response fold "$ok" "$date" 'X-Folded: one\r\n two' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response fold-first "$ok" ' X-Early: 1' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response colon-space "$ok" "$date" 'X-Space : 1' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response colon-none "$ok" "$date" 'X-Nothing' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response name-space "$ok" "$date" 'X Name: 1' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response name-empty "$ok" "$date" ': 1' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response value-control "$ok" "$date" 'X-Control: a\x01b' 'X-Zero: a\0000b' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response value-latin1 "$ok" "$date" 'X-Text: caf\xe9' "$text" 'Content-Length: 5' "$close" '' hello
  raw_response status-no-reason 'HTTP/1.1 200' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response status-short 'HTTP/1.1 20 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response status-spaces 'HTTP/1.1  200  OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response version-case 'http/1.1 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response version-other 'HTTP/1.2 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response version-long 'HTTP/01.01 200 OK' "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response blank-first '' "$ok" "$date" "$text" 'Content-Length: 5' "$close" '' hello
  raw_response head-only "$ok" "$date" 'Content-Le'
  raw_response gzip-not "$ok" "$date" "$text" 'Content-Encoding: gzip' 'Content-Length: 5' "$close" '' hello
  fetch_raw_responses 80
}

# Fields whose values break their own rules; the framing is right.
situation-faulty-fields() {
  local field number=0 date type
  start_apache 80
  capture
  BROKEN=()
  date=$(now)
  while read -r field; do
    number=$((number + 1))
    type=('Content-Type: text/plain')
    [ "${field%%:*}" != Content-Type ] || type=()
    raw_response "field-$number" 'HTTP/1.1 200 OK' "$date" "$field" "${type[@]}" 'Content-Length: 5' 'Connection: close' '' hello
  done <<'END'
Last-Modified: yesterday
Last-Modified: Friday, 01-Mar-24 10:00:00 GMT
Last-Modified: Fri Mar  1 10:00:00 2024
Last-Modified: Mon, 01 Mar 2024 10:00:00 GMT
Last-Modified: Fri, 01 Mar 2024 10:00:00 CET
Last-Modified: Fri, 1 Mar 2024 10:00:00 GMT
Last-Modified: Sat, 01 Mar 2070 10:00:00 GMT
Expires: 0
Expires: -1
ETag: unquoted
ETag: w/"lower"
ETag: "with space"
Cache-Control: max-age=soon
Cache-Control: max-age="60"
Cache-Control: no-store, max-age=60, max-age=90
Cache-Control: public; max-age=60
Cache-Control: public, private
Pragma: no-cache
Age: -5
Age: 1.5
Vary: *, Accept
Vary: Accept Encoding
Content-Type: text
Content-Type: text/html; charset
Content-Type: text/html; charset = utf-8
Content-Type: text/plain, text/html
Content-Language: en_GB
Content-Location: http://[broken/
Content-MD5: abc
Content-Encoding: identity
Content-Disposition: inline filename=a.txt
Content-Range: bytes 0-4/5
Accept-Ranges: yes
Allow: GET HEAD
Location: /elsewhere
Server: shop/1.0 (unclosed
Set-Cookie: sid=a b; Expires=tomorrow; Secure
Set-Cookie: =novalue
Set-Cookie: a=1; SameSite=None
Strict-Transport-Security: max-age=60
Link: /style.css; rel=preload
Via: proxy
Warning: 110 - "Response is Stale"
Connection: X-Gone
Keep-Alive: timeout=5
Upgrade: h2c
Trailer: Content-Length
TE: trailers
Host: shop.example
Proxy-Connection: keep-alive
Access-Control-Allow-Origin: http://a.example, http://b.example
Alt-Svc: h3=:443
X-Frame-Options: ALLOW-FROM http://a.example
Retry-After: 1.5
WWW-Authenticate: Basic
Refresh: 5; url=/
END
  fetch_raw_responses 80
}

# Requests that break the rules, and what each server makes of them.
situation-faulty-requests() {
  local port
  start_nginx 80
  start_apache 8080
  start_lighttpd 8088
  start_haproxy 8000
  capture
  for port in 80 8080 8000; do
    printf 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n' | raw $port
    request $port GET /about.html 'Host: other.example'
    printf 'GET /about.html HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n' | raw $port
    request $port GET /about.html 'X-Folded: one' ' two'
    request $port GET /about.html 'X-Space : 1'
    request $port GET /about.html 'X Name: 1'
    request $port POST /about.html 'Content-Length: 5' 'Transfer-Encoding: chunked' '' 0
    request $port POST /about.html 'Content-Length: 0' 'Content-Length: 2'
    request $port POST /about.html 'Content-Length: +0'
    request $port POST /about.html 'Transfer-Encoding: chunked, chunked' '' 0
    request $port GET '/about.html#fragment'
    request $port GET '/a b.html'
    request $port GET '/%zz'
    request $port GET 'about.html'
    request $port GET 'http://shop.example/about.html'
    request $port GET 'http://other.example/about.html'
    request $port 'G(T' /about.html
    request $port GET /about.html 'Range: bytes=9-5' 'If-Modified-Since: yesterday' 'Accept: text/html;q=7' 'Accept-Encoding: gzip;q=high'
    request $port GET /about.html 'If-None-Match: unquoted' 'If-Range: "a"' 'Accept-Language: en_GB' 'Cookie: a b; c'
    request $port GET /about.html 'Authorization: c2VjcmV0' 'Referer: http://ann:secret@shop.example/#top' 'Expect: 100-continue'
    request $port GET /about.html 'Upgrade: h2c' 'TE: trailers' 'Max-Forwards: many' 'Cache-Control: max-age=x' 'Date: now'
    request $port GET /about.html 'User-Agent: a(b' 'From: nobody' 'Origin: shop.example' 'Content-Type: text'
    printf 'GET /about.html HTTP/1.1\nHost: shop.example\nConnection: close\n\n' | raw $port
    printf '\r\n\r\nGET /about.html HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n' | raw $port
    printf 'GET  /about.html  HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n' | raw $port
    printf 'GET /about.html http/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n' | raw $port
    printf 'GET /about.html HTTP/1.1 \r\nHost: shop.example\r\nConnection: close\r\n\r\n' | raw $port
    printf 'POST /about.html HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' | raw $port
  done
}
