#!/usr/bin/env bash
# Everything CI runs: builds, then runs every test project, and says for each what passed.
#   run.sh [--faults] [--accept] [FILTER…]
# --faults   also the tests that kill processes and break connections (slow)
# --accept   writes the golden files anew instead of comparing; read the diff before you commit it
# FILTER     a part of a test's full name (class and method); or, from the first other dash on, the test runner's own options
set -u
home=$(cd "$(dirname "$0")/.." && pwd -P)
output=$home/artifacts/bin
cd "$home" || exit 1

filters=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --faults) export AVAL_FAULTS=1 ;;
    --accept) export AVAL_ACCEPT=1 ;;
    -*) filters+=("$@"); break ;;
    *) filters+=(-method "*$1*") ;;
  esac
  shift
done

install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$1"; }

# One line says what is installed or, where that cannot be, what will be skipped.
provide() { # WHAT PACKAGE
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "tests: $1 is missing; installing the package $2"
    { install "$2" || { apt-get update && install "$2"; }; } >/dev/null 2>&1 && return 0
  fi
  echo "tests: $1 is missing and could not be installed; its tests are skipped"
}

tests/postgres.sh find >/dev/null 2>&1 || provide PostgreSQL postgresql
if [ -d tests/Aval.Browser ]; then
  command -v chromium >/dev/null 2>&1 || provide Chromium chromium
fi

./aval build || { echo "tests: nothing was run"; exit 1; }

# What the compiler learns of a program pays off where one runs for long; here it takes a quarter of our processor time.
export DOTNET_TieredPGO=0

code=0
ran=0
summary=()
failures=()
for project in Aval.Tests Aval.Browser; do
  [ -d "tests/$project" ] || continue
  log=$output/$project.log
  "$output/$project/release/$project" -noColor -noLogo ${filters[@]+"${filters[@]}"} 2>&1 | tee "$log"
  ended=${PIPESTATUS[0]}
  line=$(grep -E "^ *$project +Total: [0-9]+" "$log" | tail -n 1)
  count() { local n; n=$(grep -oE "$1: [0-9]+" <<<"$line" | grep -oE '[0-9]+$'); echo "${n:-0}"; }
  failed=$(($(count Errors) + $(count Failed)))
  skipped=$(count Skipped)
  passed=$(($(count Total) - $(count Failed) - skipped - $(count 'Not Run')))
  # A run that broke before its summary failed, too; one in which no test matched is judged below.
  if [ "$failed" -eq 0 ] && { [ -z "$line" ] || { [ "$ended" -ne 0 ] && [ "$(count Total)" -ne 0 ]; }; }; then failed=1; fi
  [ "$failed" -eq 0 ] || code=1
  ran=$((ran + passed + failed + skipped))
  summary+=("$project: $passed passed, $failed failed, $skipped skipped")
  while IFS= read -r told; do failures+=("$told"); done < <(grep -E -A 6 '^ +[^ ].* \[FAIL\]$' "$log")
done
# Once more at the end, for whoever sees no more of it than that.
[ "${#failures[@]}" -eq 0 ] || printf '%s\n' "what failed:" "${failures[@]:0:120}"
printf '%s\n' "${summary[@]}"
[ "$ran" -gt 0 ] || { echo "tests: no test has that name"; code=1; }
exit "$code"
