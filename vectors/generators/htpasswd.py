"""Apache's htpasswd -B. It draws its own salt, reads up to the end of a line, and takes at most 255 bytes."""

import re
import subprocess

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "apache2-utils"], capture_output=True, check=True, text=True
).stdout
APACHE = source("Apache htpasswd", PACKAGE, "Apache-2.0")


def digest(password, cost):
    command = ["htpasswd", "-niB", "-C", str(cost), "user"]
    run = subprocess.run(command, input=password.bytes + b"\n", capture_output=True, check=True)
    return re.fullmatch(r"user:(\S+)\s*", run.stdout.decode())[1]


chosen = ["typical", "empty", "one", "len72", "len73", "nfc", "emoji", "spaces", "separators", "latin1"]
emit("bcrypt", APACHE, [test(pw, digest(pw, 4), "RandomSalt") for pw in passwords(only=chosen)])
