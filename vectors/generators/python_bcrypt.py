"""The Python bcrypt module (OpenBSD's code). It refuses a NUL and cuts at 72 bytes, for $2a$ as well."""

import bcrypt

from common import bcrypt_salt, custom, emit, passwords, source, test, without_nul

BCRYPT = source("bcrypt (Python)", bcrypt.__version__, "Apache-2.0")
typical = passwords(only=["typical"])[0]


def digest(password, variant, cost, salt):
    return bcrypt.hashpw(password.bytes, f"${variant}${cost:02}${salt}".encode()).decode()


# 0xff under $2a$ comes from this product alone: crypt_blowfish changes the key schedule there on purpose.
HIGH_BYTES = [custom(f"high bytes {data}", "InvalidUtf8", hex=data) for data in ("ffa334ffffffa3343435", "a3ff", "ff")]

emit("bcrypt", BCRYPT, [
    test(pw, digest(pw, ["2b", "2a"][i % 2], 4 + i % 2, bcrypt_salt(i))) for i, pw in enumerate(without_nul(passwords()))
] + [
    test(pw, digest(pw, variant, 4, bcrypt_salt(60 + i)))
    for i, pw in enumerate(HIGH_BYTES)
    for variant in ("2a", "2b")
] + [
    test(typical, digest(typical, "2b", 10, bcrypt_salt(70)), "RealisticParameters", comment="cost 10"),
    test(typical, digest(typical, "2b", 12, bcrypt_salt(71)), "RealisticParameters", comment="cost 12"),
])

# The module cuts at 72 bytes: the same digest for every longer password.
long_salt = bcrypt_salt(80)
emit("bcrypt", BCRYPT, [
    test(pw, digest(pw, "2b", 4, long_salt), "BcryptTruncation")
    for pw in (
        custom("72 bytes", "BcryptBoundary", utf8="x" * 72),
        custom("the same 72 bytes and one more", "BcryptBoundary", utf8="x" * 72 + "y"),
        custom("the same 72 bytes and eight more", "BcryptBoundary", utf8="x" * 72 + "anything"),
        custom("a character of two bytes across byte 72", "BcryptBoundary", utf8="x" * 71 + "é"),
        custom("the same with another second byte", "BcryptBoundary", utf8="x" * 71 + "è"),
    )
])
