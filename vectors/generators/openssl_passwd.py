"""`openssl passwd`: OpenSSL's own code of MD5-crypt, Apache's, AIX' and SHA-crypt. It reads a line, so no NUL, no line end and no empty password.

AIX' digest comes without its scheme, and the salt is the user's: the generator puts {smd5} in front.
"""

import subprocess

from common import emit, passwords, source, test, text_salt

VERSION = subprocess.run(["openssl", "version"], capture_output=True, check=True, text=True).stdout.split()[1]
OPENSSL = source("openssl passwd", VERSION, "Apache-2.0")
CHOSEN = passwords(only=[
    "typical", "mixed-case", "one", "len55", "len64", "len73", "len129", "nfc", "emoji", "spaces", "separators", "latin1",
])


def digest(password, option, salt):
    command = ["openssl", "passwd", option, "-salt", salt, "-stdin"]
    return subprocess.run(command, input=password.bytes + b"\n", capture_output=True, check=True).stdout.decode().rstrip("\n")


for name, option, length in (
    ("sha512_crypt", "-6", 16), ("sha256_crypt", "-5", 16), ("md5_crypt", "-1", 8), ("apr_md5_crypt", "-apr1", 8),
):
    emit(name, OPENSSL, [
        test(pw, digest(pw, option, text_salt(i, [length, 4, 1][i % 3]))) for i, pw in enumerate(CHOSEN)
    ])
emit("aix_smd5", OPENSSL, [
    test(pw, "{smd5}" + digest(pw, "-aixmd5", text_salt(i, [8, 4, 1][i % 3])), "Rewrapped") for i, pw in enumerate(CHOSEN)
])
