"""OpenLDAP's slappasswd -h {SSHA}. It draws its own salt of 8 bytes; -T takes any bytes but an empty file."""

import subprocess
import tempfile

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "slapd"], capture_output=True, check=True, text=True
).stdout
OPENLDAP = source("OpenLDAP slappasswd", PACKAGE, "OLDAP-2.8")


def digest(password):
    with tempfile.NamedTemporaryFile() as file:
        file.write(password.bytes)
        file.flush()
        command = ["slappasswd", "-n", "-h", "{SSHA}", "-T", file.name]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout


chosen = [
    "typical", "one", "len55", "len64", "len129", "nfc", "nfd", "emoji", "spaces", "newline", "separators",
    "nul-inside", "nul-end", "latin1", "fffe80",
]
emit("ldap_ssha", OPENLDAP, [test(pw, digest(pw), "RandomSalt") for pw in passwords(only=chosen)])
