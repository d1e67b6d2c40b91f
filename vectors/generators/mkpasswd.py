"""whois's mkpasswd: digests of crypt(3) that no hasher here verifies."""

import subprocess

from common import emit_convert, no_conversion, passwords, source, text_salt

VERSION = subprocess.run(["mkpasswd", "--version"], capture_output=True, check=True, text=True).stdout.split()[1]
MKPASSWD = source("mkpasswd", VERSION, "GPL-2.0-or-later")
typical = passwords(only=["typical"])[0]


def digest(method, salt, rounds=None):
    command = ["mkpasswd", "-s", "-m", method, "-S", salt] + (["-R", str(rounds)] if rounds else [])
    return subprocess.run(command, input=typical.text + "\n", capture_output=True, check=True, text=True).stdout.strip()


emit_convert("crypt", MKPASSWD, [
    no_conversion("$1$", typical.text, digest("md5crypt", text_salt(1, 8))),
    no_conversion("$5$ of default rounds", typical.text, digest("sha256crypt", text_salt(2))),
    no_conversion("$5$ with rounds", typical.text, digest("sha256crypt", text_salt(3), 1000)),
    no_conversion("$6$ of default rounds", typical.text, digest("sha512crypt", text_salt(4))),
    no_conversion("$6$ with rounds", typical.text, digest("sha512crypt", text_salt(5), 1000)),
    no_conversion("$y$", typical.text, digest("yescrypt", "$y$j75$" + text_salt(6, 20) + "..")),
    no_conversion("descrypt", typical.text, digest("descrypt", "ab")),
])
