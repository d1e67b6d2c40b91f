"""Apache's htpasswd with its other algorithms. It draws its own salt, except for {SHA}, and reads a line: no NUL, no line end."""

import re
import subprocess

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "apache2-utils"], capture_output=True, check=True, text=True
).stdout
APACHE = source("Apache htpasswd", PACKAGE, "Apache-2.0")
CHOSEN = passwords(only=["typical", "empty", "one", "len64", "len73", "nfc", "emoji", "spaces", "separators", "latin1"])


def digest(password, *options):
    run = subprocess.run(["htpasswd", "-ni", *options, "user"], input=password.bytes + b"\n", capture_output=True, check=True)
    return re.fullmatch(r"user:(\S+)\s*", run.stdout.decode())[1]


emit("apr_md5_crypt", APACHE, [test(pw, digest(pw, "-m"), "RandomSalt") for pw in CHOSEN])
emit("ldap_sha1", APACHE, [test(pw, digest(pw, "-s")) for pw in CHOSEN])
emit("sha512_crypt", APACHE, [test(pw, digest(pw, "-5", "-r", "1000"), "RandomSalt") for pw in CHOSEN])
emit("sha256_crypt", APACHE, [test(pw, digest(pw, "-2"), "RandomSalt") for pw in CHOSEN])
emit("des_crypt", APACHE, [test(pw, digest(pw, "-d"), "RandomSalt") for pw in CHOSEN if len(pw.bytes) <= 8])
