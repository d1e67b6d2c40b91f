"""MariaDB's PASSWORD() and OLD_PASSWORD(), asked of a server in bootstrap mode. They take any bytes."""

import subprocess
import shutil
import tempfile

from common import emit, passwords, source, test

CHOSEN = passwords(only=[
    "typical", "mixed-case", "one", "len55", "len64", "len73", "nfc", "emoji", "spaces", "separators", "nul-inside", "nul-end",
    "latin1", "fffe80",
])
OLD = passwords(only=["typical", "mixed-case", "one", "len64", "len73", "nfc", "emoji", "spaces", "separators", "latin1", "fffe80"])
folder = tempfile.mkdtemp(prefix="mariadb-")
try:
    subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={folder}", "--user=root", "--skip-test-db"],
                   capture_output=True, check=True)

    def column(sql):
        """What --bootstrap runs prints nothing, so each answer goes to a file."""
        file = f"{folder}/answers.txt"
        subprocess.run(["mariadbd", "--no-defaults", "--bootstrap", f"--datadir={folder}", "--user=root"],
                       input=f"{sql} INTO OUTFILE '{file}';\n", capture_output=True, check=True, text=True)
        with open(file, encoding="latin1") as answers:
            lines = answers.read().rstrip("\n").split("\n")
        subprocess.run(["rm", file], check=True)
        return lines

    def ask(function, chosen):
        return column(" UNION ALL ".join(f"SELECT {function}(X'{pw.bytes.hex()}')" for pw in chosen))

    MARIADB = source("MariaDB", column("SELECT VERSION()")[0], "GPL-2.0-only")
    emit("mysql41", MARIADB, [test(pw, digest) for pw, digest in zip(CHOSEN, ask("PASSWORD", CHOSEN))])
    emit("mysql323", MARIADB, [test(pw, digest) for pw, digest in zip(OLD, ask("OLD_PASSWORD", OLD))])
finally:
    shutil.rmtree(folder)
