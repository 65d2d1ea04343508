# shellcheck shell=bash
# The site that is served and the servers' configs; read by record.sh.
# Each start_* function takes the port to listen on and writes a config below
# the temp folder: nothing of /etc is used but the MIME types.

# The status codes tried where a server takes any code in its config.
STATUS_CODES="200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308
  400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418
  421 422 423 424 425 426 428 429 431 451 500 501 502 503 504 505 506 507 508 510 511"

# ---- the site ---------------------------------------------------------------

# Bytes that do not compress, the same in each run.
noise() { # COUNT
  openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c "$1" || true
}

make_site() {
  local site=$WORK/site i
  mkdir -p "$site"/{img,docs,basic,digest,deny,ssi,text,neg,spell,dir}

  cat >"$site/index.html" <<'END'
<!DOCTYPE html>
<html><head><title>Shop</title><link rel="stylesheet" href="/style.css"></head>
<body><h1>Shop</h1><p><a href="/about.html">About us</a></p>
<img src="/img/logo.png" alt="logo"><img src="/img/pixel.gif" alt="">
<img src="/img/missing.png" alt="nothing there"></body></html>
END
  cat >"$site/about.html" <<'END'
<!DOCTYPE html>
<html><head><title>About</title><link rel="stylesheet" href="/style.css"></head>
<body><h1>About</h1><p><a href="/">Back</a></p></body></html>
END
  echo 'body { font-family: sans-serif; margin: 2em } h1 { color: #333 }' >"$site/style.css"
  echo '{"name":"lamp","price":12.5,"stock":[3,0,7]}' >"$site/item.json"
  base64 -d >"$site/img/pixel.gif" <<<'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
  base64 -d >"$site/img/logo.png" <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  for i in {1..70}; do echo "Line $i of a page that is long enough to be worth compressing."; done >"$site/text/long.txt"
  (echo '<html><body><pre>' && cat "$site/text/long.txt" && echo '</pre></body></html>') >"$site/text/long.html"
  head -c 2000 "$site/text/long.txt" >"$site/docs/manual.txt"
  noise 250000 >"$site/docs/large.bin"
  for i in basic digest deny dir; do echo "<p>Hello from $i.</p>" >"$site/$i/index.html"; done
  echo '<p>It is <!--#config timefmt="%Y" --><!--#echo var="DATE_GMT" -->.</p><!--#include virtual="/item.json" -->' >"$site/ssi/index.shtml"
  echo '<p>Hello.</p>' >"$site/neg/hello.en.html"
  echo '<p>Bonjour.</p>' >"$site/neg/hello.fr.html"
  printf 'URI: hello.en.html\nContent-type: text/html\nContent-language: en\n\nURI: loop.var\nContent-type: text/html\nContent-language: fr\n' >"$site/neg/loop.var"
  echo '<p>one</p>' >"$site/spell/manuel.html"
  echo '<p>two</p>' >"$site/spell/manuol.html"

  htpasswd -bnm ann secret >"$WORK/users.basic" 2>/dev/null
  printf 'ann:Reading room:%s\n' "$(printf 'ann:Reading room:secret' | md5sum | cut -d ' ' -f 1)" >"$WORK/users.digest"

  make_scripts
  find "$site" -exec touch -d '2024-03-01 10:00:00 UTC' {} +
}

# CGI scripts, for apache and lighttpd.
make_scripts() {
  local cgi=$WORK/cgi
  mkdir -p "$cgi" "$WORK/raw"

  # No Content-Length: the server has to use chunks, or to close.
  cat >"$cgi/stream" <<'END'
#!/bin/sh
printf 'Content-Type: text/plain\n\n'
for i in 1 2 3; do echo "part $i"; sleep 0.1; done
END
  # Any status, as scripts may choose one: "status?402+Payment+Required".
  cat >"$cgi/status" <<'END'
#!/bin/sh
printf 'Status: %s\nContent-Type: text/plain\n\na script chose this\n' "$(echo "$QUERY_STRING" | tr + ' ')"
END
  # An order form: takes a body, answers 201 with the new resource.
  cat >"$cgi/orders" <<'END'
#!/bin/sh
size=$(wc -c)
printf 'Status: 201 Created\nLocation: /cgi/stream?order=17\nContent-Type: text/plain\n\n%s bytes of %s\n' "$size" "$CONTENT_TYPE"
END
  # Post, redirect, get.
  cat >"$cgi/form" <<'END'
#!/bin/sh
cat >/dev/null
printf 'Status: 303 See Other\nLocation: /cgi/stream\nSet-Cookie: cart=17; Path=/; HttpOnly; SameSite=Lax\nContent-Type: text/plain\n\nsee there\n'
END
  # A preflight and its resource.
  cat >"$cgi/cors" <<'END'
#!/bin/sh
cat >/dev/null
printf 'Access-Control-Allow-Origin: http://shop.example\nVary: Origin\n'
if [ "$REQUEST_METHOD" = OPTIONS ]; then
  printf 'Status: 204 No Content\nAccess-Control-Allow-Methods: GET, PUT\nAccess-Control-Allow-Headers: X-Token\nAccess-Control-Max-Age: 600\n\n'
else
  printf 'Content-Type: application/json\n\n{"ok":true}\n'
fi
END
  printf '#!/bin/sh\necho "this is no header"\n' >"$cgi/broken"
  printf '#!/bin/sh\nexec sleep 4\n' >"$cgi/slow"
  # The bytes of a file as the whole response. Apache does not touch the output
  # of a script whose name starts with nph- ("non-parsed header").
  printf '#!/bin/sh\ncat >/dev/null\nexec cat "%s/raw/$QUERY_STRING"\n' "$WORK" >"$cgi/nph-raw"
  chmod 755 "$cgi"/*
}

# A folder that the server's workers may write to.
writable() { # FOLDER
  mkdir -p "$1"
  chown www-data "$1"
}

# Accepts connections and never answers: where gateways time out.
start_mute() { # PORT
  start "$1" nc -lk 127.0.0.1 "$1"
}

# ---- nginx ------------------------------------------------------------------

start_nginx() { # PORT
  local dir=$WORK/$NAME/nginx code
  mkdir -p "$dir"
  writable "$dir/dav/dav"
  writable "$dir/cache"
  {
    cat <<END
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
load_module /usr/lib/nginx/modules/ngx_http_brotli_filter_module.so;
user www-data;
worker_processes 1;
daemon off;
pid $dir/pid;
error_log $dir/error.log;
events { worker_connections 64; }
http {
  access_log off;
  include /etc/nginx/mime.types;
  client_body_temp_path $dir/body;
  proxy_temp_path $dir/proxy;
  fastcgi_temp_path $dir/fastcgi;
  uwsgi_temp_path $dir/uwsgi;
  scgi_temp_path $dir/scgi;
  keepalive_timeout 15;
  # Small limits, so that small requests go beyond them.
  client_header_buffer_size 1k;
  large_client_header_buffers 2 2k;
  client_max_body_size 4k;
  limit_req_zone \$server_name zone=few:64k rate=1r/m;
  dav_ext_lock_zone zone=locks:64k;
  map \$http_upgrade \$connection_upgrade { default upgrade; '' ''; }

  server {
    listen $1;
    listen [::]:$1;
    server_name shop.example;
    root $WORK/site;

    location /img/ { expires 1h; }
    location /basic/ { auth_basic "Staff only"; auth_basic_user_file $WORK/users.basic; }
    location /deny/ { deny all; }
    location = /few { limit_req zone=few; try_files /item.json =404; }
    location = /fewer { limit_req zone=few; limit_req_status 429; try_files /item.json =404; }
    location = /loop { rewrite ^ /loop last; }
    location = /refused { proxy_pass http://127.0.0.1:1; }
    location = /mute { proxy_pass http://127.0.0.1:9; proxy_read_timeout 1s; }
    location /drop/ { return 444; }
    location /ssi/ { ssi on; index index.shtml; default_type text/html; }
    location /text/ {
      gzip on; gzip_types text/plain; gzip_vary on; gzip_http_version 1.0;
      brotli on; brotli_types text/plain;
    }
    location /trailer/ {
      alias $WORK/site/docs/;
      add_header Trailer "Content-Checksum, Expires";
      add_trailer Content-Checksum "none" always;
      add_trailer Expires "Fri, 01 Mar 2030 10:00:00 GMT" always;
    }
    location /dav/ {
      root $dir/dav;
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK;
      dav_ext_lock zone=locks;
      client_max_body_size 64k;
    }
    location /ws/ {
      proxy_pass http://127.0.0.1:8088;
      proxy_http_version 1.1;
      proxy_set_header Host \$host;
      proxy_set_header Upgrade \$http_upgrade;
      proxy_set_header Connection \$connection_upgrade;
    }
    location = /moved { return 301 /about.html; }
    location = /found { return 302 http://\$host/about.html; }
    location = /see { return 303 /about.html; }
    location = /temporary { return 307 /about.html; }
    location = /permanent { return 308 /about.html; }
    location = /session { add_header Set-Cookie "sid=a1b2c3; Path=/; HttpOnly"; add_header Cache-Control "no-store"; return 200 "hello\n"; }
    location = /health { default_type text/plain; return 200 "ok\n"; }

    # Configs as they are found, that break a rule of HTTP.
    location = /faulty/204-length { add_header Content-Length 5 always; return 204; }
    location = /faulty/304-length { add_header Content-Length 5 always; return 304; }
    location = /faulty/206 { return 206 "part of it\n"; }
    location = /faulty/401-other { add_header Authenticate "Basic" always; return 401 "log in\n"; }
    location = /faulty/200-date { add_header Date "yesterday" always; return 200 "two dates\n"; }
    location = /faulty/connection { add_header Connection "Keep-Alive" always; return 200 "two connections\n"; }
    location = /faulty/allow { add_header Allow "GET; HEAD" always; return 405 "bad list\n"; }
END
    for code in $STATUS_CODES; do echo "    location = /return/$code { return $code; }"; done
    echo '  }'
    echo '}'
  } >"$dir/conf"
  start "$1" nginx -e "$dir/error.log" -p "$dir" -c "$dir/conf"
}

# ---- apache -----------------------------------------------------------------

start_apache() { # PORT
  local dir=$WORK/$NAME/apache code module
  mkdir -p "$dir"
  writable "$dir/dav"
  writable "$dir/cache"
  writable "$dir/lock"
  {
    for module in mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest \
      alias mime dir autoindex negotiation headers expires rewrite setenvif env cgid include \
      filter deflate brotli dav dav_fs proxy proxy_http proxy_connect reqtimeout http2 \
      cache cache_disk speling allowmethods status; do
      echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
    done
    cat <<END
ServerRoot $dir
DefaultRuntimeDir $dir
PidFile $dir/pid
ScriptSock $dir/cgisock
Mutex file:$dir default
ErrorLog $dir/error.log
LogLevel crit
User www-data
Group www-data
ServerName shop.example
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
TypesConfig /etc/mime.types
KeepAliveTimeout 5
Timeout 3
# Small limits, so that small requests go beyond them.
LimitRequestLine 2000
LimitRequestFieldSize 2000
RequestReadTimeout header=1 body=1
TraceEnable on
DavLockDB $dir/lock/db

Listen $1
<VirtualHost *:$1>
  ServerName shop.example
  DocumentRoot $WORK/site
  AddLanguage en .en
  AddLanguage fr .fr
  AddHandler type-map .var
  AddType text/html .shtml
  AddOutputFilter INCLUDES .shtml
  <Directory $WORK>
    Require all granted
    Options FollowSymLinks Indexes Includes MultiViews
    DirectoryIndex index.html index.shtml
    ForceLanguagePriority None
  </Directory>
  <Location /basic/>
    AuthType Basic
    AuthName "Staff only"
    AuthUserFile $WORK/users.basic
    Require valid-user
  </Location>
  <Location /digest/>
    AuthType Digest
    AuthName "Reading room"
    AuthDigestDomain /digest/
    AuthUserFile $WORK/users.digest
    Require valid-user
  </Location>
  <Location /deny/>
    Require all denied
  </Location>
  <Location /spell/>
    CheckSpelling On
  </Location>
  <Location /docs/>
    AllowMethods GET HEAD OPTIONS TRACE
  </Location>
  <Location /text/>
    SetOutputFilter BROTLI_COMPRESS;DEFLATE
  </Location>
  <Location /img/>
    ExpiresActive On
    ExpiresDefault "access plus 1 hour"
  </Location>
  ScriptAlias /cgi/ $WORK/cgi/
  ScriptAlias /small/ $WORK/cgi/
  <Location /small/>
    LimitRequestBody 1000
  </Location>
  CGIDScriptTimeout 1s
  Alias /dav $dir/dav
  <Location /dav>
    Dav On
    DavDepthInfinity off
  </Location>
  Alias /old $WORK/site/docs
  SetEnvIf Request_URI ^/old/ nokeepalive downgrade-1.0 force-response-1.0
  ProxyVia On
  ProxyPass /refused http://127.0.0.1:1/
  ProxyPass /mute http://127.0.0.1:9/ timeout=1
  ProxyPass /drop http://127.0.0.1:8088/drop/
  ProxyPass /behind/ http://127.0.0.1:8088/
  CacheRoot $dir/cache
  CacheEnable disk /behind/img/
  CacheHeader on
  Redirect 301 /moved /about.html
  Redirect 302 /found /about.html
  Redirect 303 /see /about.html
  Redirect 307 /temporary /about.html
  Redirect 308 /permanent /about.html
  Redirect 410 /gone
  Protocols h2c http/1.1
  RewriteEngine On
END
    for code in $STATUS_CODES; do
      case $code in
      418 | 425) ;; # unknown to apache
      30[1-8]) echo "  RewriteRule ^/rewrite/$code\$ /about.html [R=$code,L]" ;;
      *) echo "  RewriteRule ^/rewrite/$code\$ - [R=$code,L]" ;;
      esac
    done
    cat <<END
</VirtualHost>

Listen 3128
<VirtualHost *:3128>
  ServerName proxy.example
  ProxyRequests On
  ProxyVia On
  AllowCONNECT 80 8088
  <Proxy *>
    AuthType Basic
    AuthName "Way out"
    AuthUserFile $WORK/users.basic
    Require valid-user
  </Proxy>
</VirtualHost>
END
  } >"$dir/conf"
  start "$1" apache2 -DFOREGROUND -f "$dir/conf"
}

# ---- lighttpd ---------------------------------------------------------------

start_lighttpd() { # PORT
  local dir=$WORK/$NAME/lighttpd
  mkdir -p "$dir"
  writable "$dir/dav"
  writable "$dir/state"
  cat >"$dir/conf" <<END
server.modules = ( "mod_access", "mod_alias", "mod_auth", "mod_authn_file", "mod_expire", "mod_redirect",
  "mod_setenv", "mod_cgi", "mod_ssi", "mod_deflate", "mod_dirlisting", "mod_proxy", "mod_webdav", "mod_wstunnel" )
server.port = $1
server.document-root = "$WORK/site"
server.username = "www-data"
server.groupname = "www-data"
server.errorlog = "$dir/state/error.log"
server.upload-dirs = ( "$dir/state" )
server.max-request-size = 4
server.max-request-field-size = 2048
server.max-keep-alive-idle = 5
server.stream-response-body = 1
server.feature-flags = ( "server.h2c" => "disable" )
index-file.names = ( "index.html", "index.shtml" )
mimetype.assign = ( ".html" => "text/html", ".shtml" => "text/html", ".css" => "text/css", ".txt" => "text/plain",
  ".png" => "image/png", ".gif" => "image/gif", ".json" => "application/json", "" => "application/octet-stream" )
url.redirect = ( "^/moved$" => "/about.html" )
\$HTTP["url"] == "/temporary" { url.redirect-code = 307 url.redirect = ( "" => "/about.html" ) }
\$HTTP["url"] =~ "^/deny/" { url.access-deny = ( "" ) }
\$HTTP["url"] =~ "^/dir/" { index-file.names = () dir-listing.activate = "enable" }
\$HTTP["url"] =~ "^/cgi/" { alias.url = ( "/cgi/" => "$WORK/cgi/" ) cgi.assign = ( "" => "" ) }
\$HTTP["url"] =~ "^/ssi/" { ssi.extension = ( ".shtml" ) }
\$HTTP["url"] =~ "^/img/" { expire.url = ( "" => "access plus 1 hours" ) }
\$HTTP["url"] =~ "^/text/" {
  deflate.mimetypes = ( "text/" )
  deflate.allowed-encodings = ( "br", "gzip", "deflate" )
}
\$HTTP["url"] =~ "^/dav" {
  alias.url = ( "/dav" => "$dir/dav" )
  webdav.activate = "enable"
  webdav.sqlite-db-name = "$dir/state/webdav.db"
}
\$HTTP["url"] =~ "^/basic/" {
  auth.backend = "htpasswd"
  auth.backend.htpasswd.userfile = "$WORK/users.basic"
  auth.require = ( "" => ( "method" => "basic", "realm" => "Staff only", "require" => "valid-user" ) )
}
\$HTTP["url"] =~ "^/digest/" {
  auth.backend = "htdigest"
  auth.backend.htdigest.userfile = "$WORK/users.digest"
  auth.require = ( "" => ( "method" => "digest", "realm" => "Reading room", "require" => "valid-user" ) )
}
\$HTTP["url"] =~ "^/refused" { proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => 1 )) ) }
\$HTTP["url"] =~ "^/mute" {
  proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => 9, "read-timeout" => 1 )) )
}
\$HTTP["url"] =~ "^/ws/" {
  wstunnel.server = ( "" => (( "host" => "127.0.0.1", "port" => 7 )) )
  wstunnel.frame-type = "text"
}
END
  start "$1" lighttpd -D -f "$dir/conf"
}

# ---- haproxy ----------------------------------------------------------------

# In front of a server on 127.0.0.1:8088, which the situation starts first.
start_haproxy() { # PORT
  local dir=$WORK/$NAME/haproxy code
  mkdir -p "$dir"
  {
    cat <<END
global
  user www-data
  group www-data
  maxconn 64
  stats timeout 5s

defaults
  mode http
  timeout connect 1s
  timeout client 3s
  timeout server 1s
  timeout queue 500ms
  timeout http-request 1s
  timeout http-keep-alive 3s
  timeout tarpit 500ms
  retries 1

cache small
  total-max-size 1
  max-object-size 20000
  max-age 60

userlist staff
  user ann insecure-password secret

frontend web
  bind :$1
  bind :::$1 v6only
  option forwardfor
  http-request auth realm "Staff" if { path_beg /basic/ } !{ http_auth(staff) }
  http-request deny if { path_beg /deny/ }
  http-request deny deny_status 429 if { path /fewer }
  http-request tarpit if { path /tarpit }
  http-request reject if { path /reject }
  http-request redirect code 301 location /about.html if { path /moved }
  http-request redirect code 302 location /about.html if { path /found }
  http-request redirect code 303 location /about.html if { path /see }
  http-request redirect code 307 location /about.html if { path /temporary }
  http-request redirect code 308 location /about.html if { path /permanent }
  http-request return status 200 content-type text/plain string "ok\n" if { path /ok }
END
    for code in $STATUS_CODES; do
      case $code in
      204 | 205 | 304) ;; # haproxy refuses a text for these
      *) echo "  http-request return status $code content-type text/plain string \"status $code\\n\" if { path /return/$code }" ;;
      esac
      echo "  http-request return status $code if { path /bare/$code }"
    done
    cat <<END
  use_backend none if { path /none }
  use_backend refused if { path /refused }
  use_backend mute if { path /mute }
  use_backend queue if { path_beg /queue }
  use_backend cached if { path_beg /img/ }
  default_backend site

backend site
  compression algo gzip
  compression type text/html text/plain
  server one 127.0.0.1:8088

backend cached
  http-request cache-use small
  http-response cache-store small
  server one 127.0.0.1:8088

backend none

backend refused
  server one 127.0.0.1:1

backend mute
  server one 127.0.0.1:9

backend queue
  server one 127.0.0.1:9 maxconn 1
END
  } >"$dir/conf"
  start "$1" haproxy -db -f "$dir/conf"
}
