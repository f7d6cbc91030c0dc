#!/usr/bin/env bash
# Builds the host of the version before this one, for the tests that run both, and prints its folder.
#   previous.sh [COMMIT]   without one: the newest tag v*, else the commit before the one that brought the newest schema file
# Exit code 3: there is no history here to take it from.
set -u
home=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$home" || exit 1
git() { command git -c "safe.directory=$home" "$@"; }

wanted=${1-}
[ -n "$wanted" ] || wanted=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null)
[ -n "$wanted" ] || wanted=$(git log -1 --format=%H^ --diff-filter=A -- 'src/Aval/*/Schema/*.sql' 2>/dev/null)
commit=$(git rev-parse --quiet --verify "$wanted^{commit}") || { echo "previous.sh: no history leads to a version before this one" >&2; exit 3; }

# Outside of this folder, whose settings for the compiler would hold there too.
folder=${TMPDIR:-/tmp}/aval-previous-$(id -u)/$commit
if [ ! -f "$folder/host/built" ]; then
  rm -rf "$folder"
  mkdir -p "$folder/source"
  git archive "$commit" | tar -x -C "$folder/source" || exit 1
  cd "$folder/source" || exit 1
  dotnet build src/Aval.Host -c Release -o "$folder/host" -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false -v quiet -nologo \
    >"$folder/build.log" 2>&1 || { tail -n 20 "$folder/build.log" >&2; exit 1; }
  touch "$folder/host/built"
fi
printf '%s\n' "$folder/host"
