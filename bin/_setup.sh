# shellcheck shell=bash
# What bin/demo and bin/test need of a machine, and how they get it. Sourced by both, never run by itself.
#
# A need is met or not, whatever the system; the packages that meet it are named as Debian 12 names them.
# Being root, or having sudo, packages are installed; otherwise the exact line is printed and the rest goes on.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

declare -A PACKAGES=(
    [python]="python3 python3-venv ca-certificates"
    [pdf]="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    [postgresql]="postgresql"
    [browser]="chromium libatomic1" # the second for the program that drives the first
    [token]="softhsm2 poppler-utils" # a token without hardware, and another program that reads signatures
)
declare -A FOR=(
    [python]="everything"
    [pdf]="PDF files and previews"
    [postgresql]="PostgreSQL"
    [browser]="a browser"
    [token]="keys in a token, and pdfsig"
)
missing=() # needs that stay unmet, filled by provide

say() { printf '%s\n' "$*"; }
stop() {
    say "$*" >&2
    exit 1
}

# cure NEED: what is missing, and the line that installs it.
cure() { say "Missing: ${PACKAGES[$1]}. To have it: sudo apt-get install --no-install-recommends ${PACKAGES[$1]}"; }

has_environment() { .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# A Python that is new enough and can make an environment, or the one that is in it; its name in $python.
find_python() {
    python=.venv/bin/python
    ! has_environment || return 0
    for python in python3 python3.{14,13,12,11}; do
        "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    python=false # the command: whatever it is asked, it says no
    return 1
}

newest_initdb() {
    local initdb
    initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$initdb" ] || initdb=$(command -v initdb) || return 1
    say "$initdb"
}

# libraries FILE…: whether the machine has them all.
libraries() { "$python" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@"; }

has() {
    case $1 in
        python) find_python ;;
        pdf) libraries libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 ;;
        postgresql) newest_initdb ;;
        token) command -v softhsm2-util && command -v pdfsig ;;
        browser) command -v chromium && libraries libatomic.so.1 ;;
    esac >/dev/null 2>&1
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return
    # A password can be asked for only where somebody sits at a terminal.
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }
}

apt_get() {
    local as_root=(env)
    [ "$(id -u)" = 0 ] || as_root=(sudo env)
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

# The lists of packages are fetched only if the packages cannot be had without: they may be absent, or too old.
install_packages() {
    say "Installing Debian packages: $*"
    local install=(install --yes --no-install-recommends --no-upgrade "$@")
    apt_get "${install[@]}" >/dev/null 2>&1 || { apt_get update && apt_get "${install[@]}" >/dev/null; }
}

# provide NEED…: meet the needs; say what is off for each that stays unmet.
provide() {
    local need packages=()
    for need in "$@"; do
        # shellcheck disable=SC2206  # several packages in one string
        has "$need" || packages+=(${PACKAGES[$need]})
    done
    [ ${#packages[@]} = 0 ] && return
    if may_install; then install_packages "${packages[@]}" || say "The packages could not be installed."; fi
    for need in "$@"; do
        has "$need" && continue
        missing+=("$need")
        say "Off: ${FOR[$need]}. $(cure "$need")"
    done
}

# is_missing NEED
is_missing() { [[ " ${missing[*]-} " == *" $1 "* ]]; }

# What a finished environment was made from; bin/test has all that bin/demo has, at the same versions.
fingerprint() { { .venv/bin/python -VV && cat requirements.lock requirements-test.lock; } 2>/dev/null | sha256sum; }

# install_python_packages LOCK: .venv with exactly what the lock file names, only if it has not that already.
install_python_packages() {
    local lock=$1 installed=.venv/installed-from
    grep -qsF "$(fingerprint)" "$installed" && grep -qsxE "$lock|requirements-test.lock" "$installed" && return
    is_missing python && stop "Python 3.11 or newer with its venv module is needed."
    has_environment || "$python" -m venv --clear .venv
    say "Installing Python packages from $lock (about 20 seconds)"
    rm -f "$installed"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$lock"
    printf '%s\n' "$(fingerprint)" "$lock" >"$installed"
}
