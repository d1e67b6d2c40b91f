"""crypt(3) of Debian, libxcrypt, called through ctypes: the password is a C string, so it has no NUL.

Its bcrypt is crypt_blowfish. There $2a$ deviates on purpose for some passwords with 0xff, so $2a$ gets none here.
"""

import ctypes
import subprocess

from common import bcrypt_salt, custom, emit, passwords, source, test, without_nul

libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p
PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "libcrypt1"], capture_output=True, check=True, text=True
).stdout
LIBXCRYPT = source("libxcrypt", PACKAGE, "LGPL-2.1-or-later")
VARIANTS = ["2b", "2y", "2a", "2x"]


def digest(password, variant, cost, salt):
    return libcrypt.crypt(password.bytes, f"${variant}${cost:02}${salt}".encode()).decode()


def flags(variant, password):
    signed = variant == "2x" and any(byte & 0x80 for byte in password.bytes)
    return ["SignExtension"] if signed else []


def bcrypt_test(password, variant, salt):
    return test(password, digest(password, variant, 4, salt), *flags(variant, password), comment=f"${variant}$")


NON_ASCII = passwords(only=["nfc", "nfd", "emoji", "astral", "cjk", "rtl", "latin1", "continuation", "surrogate"])
HIGH_BYTES = [custom(f"high bytes {data}", "InvalidUtf8", hex=data) for data in ("ffa334ffffffa3343435", "a3", "ffff")]

emit("bcrypt", LIBXCRYPT, [
    bcrypt_test(pw, VARIANTS[i % 4], bcrypt_salt(i))
    for i, pw in enumerate(without_nul(passwords(skip=["len4096"])))
    if not (b"\xff" in pw.bytes and i % 4 == 2)
] + [
    bcrypt_test(pw, variant, bcrypt_salt(60 + i))
    for i, pw in enumerate([*NON_ASCII, *HIGH_BYTES])
    for variant in ("2x", "2y")
])
