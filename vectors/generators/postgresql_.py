"""PostgreSQL's server in a folder of its own, listening on a socket only: the roles' passwords as it stores them.

Its SCRAM salt is its own. It takes text without NUL, and no empty password.
"""

import glob
import os
import shutil
import subprocess
import tempfile

from common import emit, passwords, source, test, without_nul

BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
USERS = ["postgres", "Ada", "o'brien", "jörg", "a", "user@example.com"]
CHOSEN = [pw for pw in without_nul(passwords(only=[
    "typical", "mixed-case", "one", "len55", "len64", "len73", "nfc", "nfd", "emoji", "nbsp", "spaces", "separators", "quotes",
])) if pw.text]


def as_postgres(*command):
    return subprocess.run(["runuser", "-u", "postgres", "--", *command], capture_output=True, check=True, text=True).stdout


def quoted(text, mark="'"):
    return mark + text.replace(mark, mark * 2) + mark


folder = tempfile.mkdtemp(prefix="postgresql-")
shutil.chown(folder, "postgres")
try:
    data = os.path.join(folder, "data")
    as_postgres(f"{BIN}/initdb", "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust")
    as_postgres(f"{BIN}/pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", f"-k {folder} -c listen_addresses=", "start")
    try:
        def query(sql):
            return as_postgres("psql", "-h", folder, "-XqAt", "-c", sql).rstrip("\n")

        POSTGRESQL = source("PostgreSQL", query("SHOW server_version"), "PostgreSQL")

        def stored(user, password, encryption):
            return query(
                "BEGIN; SET LOCAL standard_conforming_strings = on; "
                f"SET LOCAL password_encryption = '{encryption}'; "
                f"DO $x$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {quoted(user)}) "
                f"THEN CREATE ROLE {quoted(user, chr(34))}; END IF; END $x$; "
                f"ALTER ROLE {quoted(user, chr(34))} PASSWORD {quoted(password)}; "
                f"SELECT rolpassword FROM pg_authid WHERE rolname = {quoted(user)}; ROLLBACK"
            )

        emit("postgres_md5", POSTGRESQL, [
            {**test(pw, stored(USERS[i % 6], pw.text, "md5")), "with": {"username": USERS[i % 6]}}
            for i, pw in enumerate(CHOSEN)
        ])
        emit("postgres_scram_sha256", POSTGRESQL, [
            test(pw, stored("postgres", pw.text, "scram-sha-256"), "RandomSalt") for pw in CHOSEN
        ])
    finally:
        as_postgres(f"{BIN}/pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
finally:
    shutil.rmtree(folder)
