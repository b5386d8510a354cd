# shellcheck shell=bash
# A PostgreSQL that lives only as long as the command that sources this. Needs bin/_setup.sh; leaves its folder in $work.

work=$(mktemp -d "${TMPDIR:-/tmp}/thi-dua.XXXXXX")
cluster=$work/postgresql
as_owner=() # runs a command as the owner of the cluster, who must not be root

end() {
    if [ -e "$cluster/data/postmaster.pid" ]; then (cd "$cluster" && "${as_owner[@]}" "$pg_ctl" -D data -m immediate stop >/dev/null); fi
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

# A cluster in a folder of its own, reached by a socket in that folder: no open port, no password, no waiting for the disk.
start_postgresql() {
    local initdb
    initdb=$(newest_initdb)
    pg_ctl=${initdb%/*}/pg_ctl
    mkdir "$cluster"
    if [ "$(id -u)" = 0 ]; then
        as_owner=(runuser -u postgres --)
        chmod 711 "$work" && chown postgres "$cluster"
    fi
    (
        cd "$cluster" &&
            "${as_owner[@]}" "$initdb" -D data --username thidua --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync &&
            "${as_owner[@]}" "$pg_ctl" -D data -l log --wait start -o "-p 5432 -k '$cluster' -c listen_addresses='' \
                -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    ) >"$work/postgresql.log" 2>&1 || { cat "$work/postgresql.log" >&2 && return 1; }
}

# Where the database is, once it was started.
postgresql_url() { say "postgres://thidua@:5432/$cluster/thidua"; }
