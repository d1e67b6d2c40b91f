"""GRUB's grub-mkpasswd-pbkdf2, which draws its own salt and asks for the password twice, a line each."""

import re
import subprocess

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "grub-common"], capture_output=True, check=True, text=True
).stdout
GRUB = source("GRUB grub-mkpasswd-pbkdf2", PACKAGE, "GPL-3.0-or-later")
CHOSEN = passwords(only=["typical", "mixed-case", "one", "len64", "len73", "nfc", "emoji", "spaces", "separators"])


def digest(password, iterations, salt_bytes):
    command = ["grub-mkpasswd-pbkdf2", "-c", str(iterations), "-s", str(salt_bytes), "-l", "64"]
    run = subprocess.run(command, input=(password.bytes + b"\n") * 2, capture_output=True, check=True)
    return re.search(rb"grub\.pbkdf2\S+", run.stdout)[0].decode()


emit("grub_pbkdf2_sha512", GRUB, [
    test(pw, digest(pw, [10, 100, 1000][i % 3], [64, 8, 32][i % 3]), "RandomSalt") for i, pw in enumerate(CHOSEN)
] + [test(CHOSEN[0], digest(CHOSEN[0], 10000, 64), "RandomSalt", "RealisticParameters", comment="GRUB's default cost")])
