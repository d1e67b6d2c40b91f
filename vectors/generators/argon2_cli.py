"""The `argon2` command. It takes 1 to 127 bytes from stdin, a NUL among them; its salt is an argument, hence text."""

import subprocess

from common import emit, passwords, source, test, text_salt

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "argon2"], capture_output=True, check=True, text=True
).stdout
CLI = source("argon2 command", PACKAGE, "CC0-1.0 OR Apache-2.0")


def digest(password, option, m, t, p, salt, length, version):
    command = ["argon2", salt, option, "-k", m, "-t", t, "-p", p, "-l", length, "-v", version, "-e"]
    run = subprocess.run([str(part) for part in command], input=password.bytes, capture_output=True, check=True)
    return run.stdout.decode().rstrip("\n")


for hasher, option in (("argon2i", "-i"), ("argon2id", "-id")):
    tests = []
    for i, pw in enumerate(passwords()):
        if 0 < len(pw.bytes) < 128:
            version = 10 if i % 4 == 3 else 13
            text = digest(pw, option, 16 + i, 1 + i % 3, 1 + i % 2, text_salt(i, 8 + i % 9), 16 + 4 * (i % 5), version)
            tests.append(test(pw, text, "ArgonParameters", *(["Argon2Version16"] if version == 10 else [])))
    emit(hasher, CLI, tests)
