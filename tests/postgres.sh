#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for tests, in a folder that belongs to it.
#   postgres.sh start DIR [--durable] [--owner PID]   prints a connection string without its database
#   postgres.sh stop DIR                              stops it and removes the folder
#   postgres.sh kill DIR                              ends its first process with SIGKILL, as the kernel does when memory runs out
#   postgres.sh freeze DIR                            stops all its processes where they stand: connections stay, and nothing answers
#   postgres.sh thaw DIR                              lets them go on
#   postgres.sh restart DIR                           starts it again after that, on its old port
#   postgres.sh standby DIR PRIMARY [--owner PID]     a copy of that cluster which each of its commits waits for; prints as start does
#   postgres.sh promote DIR                           makes a standby the primary, whose commits wait for nobody until it has a standby itself
#   postgres.sh find                                  prints the folder of the newest binaries
#   postgres.sh watch DIR PID                         waits until that process has gone, then stops
# Exit code 3: there are no PostgreSQL binaries. With --owner the cluster goes when that process has gone, however it died.
# A commit waits for the disk only with --durable; fsync itself stays on, so that the disk's share in a test's time is real.
set -u
self=$(cd "$(dirname "$0")" && pwd -P)/$(basename "$0")

fail() { printf 'postgres.sh: %s\n' "$1" >&2; exit "${2:-1}"; }

find_binaries() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -t/ -k5 -n | tail -n 1)
  [ -n "$newest" ] || newest=$(command -v initdb) || fail "no PostgreSQL binaries" 3
  dirname "$newest"
}

# PostgreSQL refuses to run as root, so root becomes the user that its package made.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

stop() {
  [ -d "$1" ] || return 0
  if [ -f "$1/data/postmaster.pid" ]; then
    thaw "$1" 2>/dev/null
    as_server "$(find_binaries)/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1
  fi
  rm -rf "$1"
}

start() {
  local folder=$1 durable=off owner= bin
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --durable) durable=on ;;
      --owner) owner=$2; shift ;;
      *) fail "unknown option $1" 2 ;;
    esac
    shift
  done
  bin=$(find_binaries) || exit 3
  mkdir -p "$folder" || exit 1
  folder=$(cd "$folder" && pwd -P)
  [ "$(id -u)" = 0 ] && chown postgres "$folder"
  cd "$folder" || exit 1
  as_server test -w "$folder" || fail "the user postgres cannot reach $folder; its parents must let others pass"
  as_server "$bin/initdb" -D "$folder/data" -U aval -A trust -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 ||
    fail "initdb failed: $(tail -n 3 "$folder/initdb.log")"
  cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
fsync = on
synchronous_commit = $durable
full_page_writes = $durable
timezone = 'UTC'
SETTINGS
  run "$folder" "$owner"
}

# On a free port, or on the one that it has had before.
run() { # FOLDER OWNER
  local attempt bin port
  bin=$(find_binaries) || exit 3
  for attempt in 1 2 3 4 5 6 7 8; do # another process may take the port first
    port=$(cat "$1/port" 2>/dev/null) || port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if as_server "$bin/pg_ctl" -D "$1/data" -o "-p $port" -l "$1/data/server.log" -w -t 60 start >/dev/null 2>&1; then
      printf '%s\n' "$port" >"$1/port"
      [ -n "$2" ] && watch_apart "$1" "$2"
      printf 'Host=127.0.0.1;Port=%s;Username=aval\n' "$port"
      return 0
    fi
  done
  fail "PostgreSQL did not start: $(tail -n 5 "$1/data/server.log")"
}

ask() { "$(find_binaries)/psql" -h 127.0.0.1 -p "$(cat "$1/port")" -U aval -d postgres -XAtqc "$2"; }

# Commits of the primary wait for the standby from the moment on when it follows; what was there in the folder before gives way.
standby() {
  local folder=$1 primary=$2 bin attempt
  bin=$(find_binaries) || exit 3
  mkdir -p "$folder" || exit 1
  folder=$(cd "$folder" && pwd -P)
  [ "$(id -u)" = 0 ] && chown postgres "$folder"
  cd "$folder" || exit 1
  rm -rf "$folder/data"
  as_server "$bin/pg_basebackup" -h 127.0.0.1 -p "$(cat "$primary/port")" -U aval -D "$folder/data" -R -c fast --no-sync >"$folder/copy.log" 2>&1 ||
    fail "pg_basebackup failed: $(tail -n 3 "$folder/copy.log")"
  run "$folder" "$3" || exit 1
  ask "$primary" "ALTER SYSTEM SET synchronous_standby_names = '*'" >/dev/null && ask "$primary" "SELECT pg_reload_conf()" >/dev/null
  for attempt in $(seq 100); do
    [ "$(ask "$primary" "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")" = 1 ] && return 0
    sleep 0.2
  done
  fail "the standby does not follow: $(tail -n 5 "$folder/data/server.log")"
}

promote() {
  as_server "$(find_binaries)/pg_ctl" -D "$1/data" -w -t 60 promote >/dev/null 2>&1 || fail "the standby was not promoted: $(tail -n 5 "$1/data/server.log")"
  ask "$1" "ALTER SYSTEM SET synchronous_standby_names = ''" >/dev/null && ask "$1" "SELECT pg_reload_conf()" >/dev/null
}

# The first process before those that it has started, so that none is started meanwhile.
freeze() {
  local first
  first=$(head -n 1 "$1/data/postmaster.pid")
  kill -STOP "$first" && kill -STOP $(ps -o pid= --ppid "$first")
}

thaw() {
  local first
  first=$(head -n 1 "$1/data/postmaster.pid")
  kill -CONT $(ps -o pid= --ppid "$first") "$first"
}

# What the killed process has started ends by itself, and until then the data are in use. One that has come back already is left alone.
restart() {
  local attempt bin
  bin=$(find_binaries) || exit 3
  # Asked by a connection: pg_ctl takes a killed process that nobody has buried yet for a running one.
  "$bin/pg_isready" -q -h 127.0.0.1 -p "$(cat "$1/port")" && return 0
  for attempt in $(seq 60); do
    as_server "$bin/pg_ctl" -D "$1/data" -o "-p $(cat "$1/port")" -l "$1/data/server.log" -w -t 60 start >/dev/null 2>&1 && return 0
    sleep 0.5
  done
  fail "PostgreSQL did not start again: $(tail -n 5 "$1/data/server.log")"
}

watch() {
  while kill -0 "$2" 2>/dev/null && [ -d "$1" ]; do sleep 1; done
  stop "$1"
}

# In a session of its own where that can be had, so that a signal to the owner's whole group leaves the watch alive.
watch_apart() {
  local session=
  command -v setsid >/dev/null 2>&1 && session=setsid
  $session "$self" watch "$1" "$2" >/dev/null 2>&1 </dev/null &
}

case ${1-} in
  start) [ $# -ge 2 ] || fail "start needs a folder" 2; shift; start "$@" ;;
  stop) [ $# -eq 2 ] || fail "stop needs a folder" 2; stop "$2" ;;
  kill) [ $# -eq 2 ] || fail "kill needs a folder" 2; kill -KILL "$(head -n 1 "$2/data/postmaster.pid")" ;;
  freeze) [ $# -eq 2 ] || fail "freeze needs a folder" 2; freeze "$2" ;;
  thaw) [ $# -eq 2 ] || fail "thaw needs a folder" 2; thaw "$2" ;;
  restart) [ $# -eq 2 ] || fail "restart needs a folder" 2; restart "$2" ;;
  standby)
    [ $# -eq 3 ] || { [ $# -eq 5 ] && [ "$4" = --owner ]; } || fail "standby needs a folder and its primary's" 2
    standby "$2" "$3" "${5-}"
    ;;
  promote) [ $# -eq 2 ] || fail "promote needs a folder" 2; promote "$2" ;;
  find) find_binaries ;;
  watch) [ $# -eq 3 ] || fail "watch needs a folder and a process" 2; watch "$2" "$3" ;;
  *) sed -n '2,12s/^# *//p' "$0"; exit 2 ;;
esac
