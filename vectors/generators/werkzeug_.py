"""Werkzeug's generate_password_hash.

Debian 12 has Werkzeug 2.2, which writes PBKDF2 but not yet scrypt (2.3). It takes text only. Its salt function
is replaced, because the salt cannot be given.
"""

import base64

import werkzeug
from werkzeug import security

from common import converts, emit, emit_convert, passwords, source, test, text_passwords, text_salt

WERKZEUG = source("Werkzeug", werkzeug.__version__, "BSD-3-Clause")
ITERATIONS = [1, 2, 10, 100, 1000]


def werkzeug_hash(password, digest, iterations, salt):
    security.gen_salt = lambda length: salt
    return security.generate_password_hash(password.text, f"pbkdf2:{digest}:{iterations}", len(salt))


def fields(text):
    method, salt, key = text.split("$")
    return method.split(":")[2], salt, key


def as_sha256_django(text):
    iterations, salt, key = fields(text)
    return f"pbkdf2_sha256${iterations}${salt}${base64.b64encode(bytes.fromhex(key)).decode()}"


def as_sha1(text):
    iterations, salt, key = fields(text)
    return f"pbkdf2_sha1${iterations}${salt.encode().hex()}${key}$20"


def as_sha512(text):
    iterations, salt, key = fields(text)
    return f"pbkdf2_sha512${iterations}${salt}${key}"


typical = passwords(only=["typical"])[0]
TABLE = (
    ("sha256", "pbkdf2_sha256_django", as_sha256_django, ["Rewrapped"]),
    ("sha1", "pbkdf2_sha1", as_sha1, ["Rewrapped", "HexSalt", "ExplicitKeylen"]),
    ("sha512", "pbkdf2_sha512", as_sha512, ["Rewrapped", "TextSalt"]),
)
for digest, hasher, rewrap, flags in TABLE:
    emit(hasher, WERKZEUG, [
        test(pw, rewrap(werkzeug_hash(pw, digest, ITERATIONS[i % 5], text_salt(i, [16, 8, 22][i % 3]))), *flags)
        for i, pw in enumerate(text_passwords(skip=["len4096"]))
    ] + [
        test(typical, rewrap(werkzeug_hash(typical, digest, 260000, text_salt(90))), *flags, "RealisticParameters",
             comment="Werkzeug's default cost"),
    ])

CONVERTED = text_passwords(only=["typical", "empty", "nfc", "nfd", "emoji", "spaces", "separators", "len65"])
emit_convert("werkzeug", WERKZEUG, [
    converts(f"{digest}, {pw.comment}", pw.text, text, hasher, rewrap(text))
    for digest, hasher, rewrap, _ in TABLE
    for i, pw in enumerate(CONVERTED)
    for text in [werkzeug_hash(pw, digest, ITERATIONS[i % 5], text_salt(i))]
])
