"""argon2-cffi over the reference library; its low-level call takes the salt, every parameter, and any bytes."""

import argon2
from argon2.low_level import Type, hash_secret

from common import custom, emit, passwords, salt, source, test

CFFI = source("argon2-cffi", argon2.__version__, "MIT")
#             m    t  p  salt hash
PARAMETERS = [
    (8, 1, 1, 8, 32),
    (64, 1, 2, 16, 32),
    (32, 2, 1, 16, 16),
    (256, 1, 4, 32, 64),
    (100, 3, 3, 12, 24),
    (67, 2, 2, 64, 65),
]
typical = passwords(only=["typical"])[0]
VERSION_16 = passwords(only=["typical", "empty", "nfc", "len129", "nul-inside", "fffe80"])


def digest(password, type, m, t, p, salt, length, version=19):
    return hash_secret(password.bytes, salt, t, m, p, length, type, version).decode()


for hasher, type in (("argon2id", Type.ID), ("argon2i", Type.I)):
    tests = []
    for i, pw in enumerate(passwords()):
        m, t, p, salt_length, length = PARAMETERS[i % 6]
        tests.append(test(pw, digest(pw, type, m, t, p, salt(i, salt_length), length), "ArgonParameters"))
    for i, pw in enumerate(VERSION_16):
        text = digest(pw, type, 16 + 8 * i, 1 + i % 3, 1 + i % 2, salt(50 + i), 32, version=16)
        tests.append(test(pw, text, "Argon2Version16"))
        tests.append(test(pw, text.replace("$v=16", ""), "Argon2Version16", "MissingVersion", "Derived",
                          comment="v=16 left out", canonical=False))
    for m, t, p, length in ((8, 1, 1, 128), (8, 12, 1, 32), (64, 1, 8, 32), (255, 1, 5, 48), (9, 1, 1, 33)):
        tests.append(test(typical, digest(typical, type, m, t, p, salt(70 + p), length), "ArgonParameters",
                          comment=f"m={m}, t={t}, p={p}, {length} bytes"))
    for m, t, p in ((65536, 3, 4), (19456, 2, 1), (4096, 3, 1)):
        tests.append(test(typical, digest(typical, type, m, t, p, salt(80 + p), 32), "RealisticParameters",
                          comment=f"m={m}, t={t}, p={p}"))
    plain = custom("password of 2 bytes", "ShortPassword", utf8="ab")
    tests.append(test(plain, digest(plain, type, 8, 1, 1, salt(90), 32)))
    emit(hasher, CFFI, tests)
