# Sourced: lists our own sources by kind, from git's index plus what is not yet added (so new files are covered too).
sources() { git ls-files --cached --others --exclude-standard -- "$@" | sort -u | while read -r f; do [ -f "$f" ] && printf '%s\n' "$f"; done; }
cpp_sources() { sources '*.cpp' '*.hpp'; }
