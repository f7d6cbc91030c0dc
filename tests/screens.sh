#!/usr/bin/env bash
# Takes the pictures of the main screens anew, of an invented company that is the same each time: docs/screens/*.png. Needs Chromium.
set -u
home=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$home" || exit 1
./aval build || exit 1
AVAL_SCREENS=$home/docs/screens "artifacts/bin/Aval.Browser/release/Aval.Browser" -noColor -noLogo -class Aval.Browser.Pictures || exit 1
ls -l docs/screens/*.png
