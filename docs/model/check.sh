#!/bin/sh
# Checks the model of docs/model/exactly-once.pml and shows that it can fail: with a condition of the promise taken away
# the double registration must be found. Needs spin and a C compiler. Exit 0: all as expected; 1: not; 2: no spin.
command -v spin >/dev/null && command -v cc >/dev/null || { echo 'spin or cc is missing: the model was NOT checked' >&2; exit 2; }
model="$(cd "$(dirname "$0")" && pwd)/exactly-once.pml"
work="$(mktemp -d)" && cd "$work" || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# check EXPECTED TITLE [FLAGS…]: EXPECTED is `holds` or `fails`.
check() {
  expected="$1" title="$2"
  shift 2
  spin "$@" -run -safety -m1000000 "$model" >out 2>&1
  if grep -q 'errors: 0' out && ! grep -q 'not completed' out; then found=holds
  elif grep -q 'assertion violated' out; then found=fails
  else found='unclear'; cat out; fi
  states="$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' out)"
  echo "$found ($states states): $title"
  [ "$found" = "$expected" ] || { echo "  expected: $expected"; failed=1; }
}

check holds 'the procedure, an insurer without keys that acts within the settle window'
check fails 'an insurer that acts later than the settle window' -DLATE
check fails 'a process frozen between the last look at its lease and the first byte' -DFREEZE
check holds 'both of these, at an insurer that recognises the key' -DLATE -DFREEZE -DKEY
check fails 'a settle window counted from the intent, however late the request left' -DFROMINTENT
check fails 'no settle window' -DNOSETTLE
# The state that is compared and the check of the lease stand behind the fence: it takes two faults to send twice.
check holds 'no fence' -DNOFENCE
check fails 'no intent before the call' -DNOINTENT
exit "$failed"
