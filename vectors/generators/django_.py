"""Django's password hashers.

The hashers that call `password.encode()` take text only, so invalid UTF-8 is tested with PBKDF2 alone.
Plain bcrypt goes through the bcrypt module, which refuses a NUL.
"""

import base64
import hashlib

import argon2
import django
from django.conf import settings
from django.contrib.auth import hashers

from common import (
    bcrypt_salt, converts, emit, emit_convert, passwords, source, test, text_passwords, text_salt, without_nul,
)

settings.configure()
DJANGO = source("Django", django.get_version(), "BSD-3-Clause")
ITERATIONS = [1, 2, 10, 100, 1000]

argon2id = hashers.Argon2PasswordHasher()
bcrypt = hashers.BCryptPasswordHasher()
bcrypt_sha256 = hashers.BCryptSHA256PasswordHasher()
pbkdf2 = hashers.PBKDF2PasswordHasher()
pbkdf2_sha1 = hashers.PBKDF2SHA1PasswordHasher()


def b64_to_hex(text):
    return base64.b64decode(text, validate=True).hex()


def bcrypt_setting(index, cost):
    return f"$2b${cost:02}${bcrypt_salt(index)}".encode()


def argon2_hasher(m, t, p):
    hasher = hashers.Argon2PasswordHasher()
    hasher.memory_cost, hasher.time_cost, hasher.parallelism = m, t, p
    return hasher


def pbkdf2_sha1_digest(password, salt, iterations):
    """Django writes the 20 bytes in Base64; this hasher has hex, and a key length that is not 32 is written out."""
    algorithm, count, same_salt, key = pbkdf2_sha1.encode(password, salt, iterations).split("$")
    return f"{algorithm}${count}${same_salt}${b64_to_hex(key)}$20"


typical = passwords(only=["typical"])[0]

emit("md5", DJANGO, [test(pw, hashers.UnsaltedMD5PasswordHasher().encode(pw.text, "")) for pw in text_passwords()])

emit("md5_salted", DJANGO, [
    test(pw, hashers.MD5PasswordHasher().encode(pw.text, text_salt(i, 6 + i % 17)).removeprefix("md5$"), "Rewrapped")
    for i, pw in enumerate(text_passwords())
])

emit("bcrypt", DJANGO, [
    test(pw, bcrypt.encode(pw.text, bcrypt_setting(i, 4)).removeprefix("bcrypt$"), "Rewrapped")
    for i, pw in enumerate(without_nul(text_passwords(skip=["len4096"])))
] + [
    test(typical, bcrypt.encode(typical.text, bcrypt_setting(90, cost)).removeprefix("bcrypt$"),
         "Rewrapped", "RealisticParameters", comment=f"cost {cost}")
    for cost in (10, 12)
])

emit("bcrypt_sha256_django", DJANGO, [
    test(pw, bcrypt_sha256.encode(pw.text, bcrypt_setting(i, 4 + i % 2))) for i, pw in enumerate(text_passwords())
] + [
    test(typical, bcrypt_sha256.encode(typical.text, bcrypt_setting(91, cost)), "RealisticParameters",
         comment=f"cost {cost}")
    for cost in (10, 12)
])

emit("pbkdf2_sha256_django", DJANGO, [
    test(pw, pbkdf2.encode(pw.bytes, text_salt(i, [22, 12, 1, 64, 80][i % 5]), ITERATIONS[i % 5]), "SaltLength")
    for i, pw in enumerate(passwords())
] + [
    test(typical, pbkdf2.encode(typical.text, "sel é/+=.:", 3), "TextSalt", comment="salt that is not alphanumeric"),
    test(typical, pbkdf2.encode(typical.text, "c2FsdA==", 3), "TextSalt", comment="salt that looks like Base64 is text"),
    test(typical, pbkdf2.encode(typical.text, "00ff", 3), "TextSalt", comment="salt that looks like hex is text"),
] + [
    test(typical, pbkdf2.encode(typical.text, text_salt(92, 22), iterations), "RealisticParameters",
         comment=f"{iterations} iterations")
    for iterations in (260000, 600000)
])

emit("pbkdf2_sha1", DJANGO, [
    test(pw, pbkdf2_sha1_digest(pw.bytes, "s" + text_salt(i, 11), ITERATIONS[i % 5]),
         "Rewrapped", "TextSalt", "ExplicitKeylen", canonical=False)
    for i, pw in enumerate(passwords())
] + [
    test(typical, pbkdf2_sha1_digest(typical.text, "s" + text_salt(93, 11), 260000),
         "Rewrapped", "TextSalt", "ExplicitKeylen", "RealisticParameters", canonical=False, comment="260000 iterations"),
])

emit("argon2id", DJANGO, [
    test(pw, argon2_hasher(64, 1 + i % 2, 1 + i % 3).encode(pw.text, text_salt(i, 22)).removeprefix("argon2"),
         "Rewrapped")
    for i, pw in enumerate(text_passwords(skip=["len4096"]))
] + [
    test(typical, argon2id.encode(typical.text, text_salt(94, 22)).removeprefix("argon2"),
         "Rewrapped", "RealisticParameters", comment="Django's defaults"),
])

CONVERTED = text_passwords(only=["typical", "empty", "nfc", "nfd", "emoji", "spaces", "separators", "len71", "len72"])


def scrypt_digests(password, salt, n, r, p):
    """Django 3.2 has no scrypt hasher; this is the layout that Django 4.0 documents, over OpenSSL's scrypt."""
    key = hashlib.scrypt(password.encode(), salt=salt.encode(), n=n, r=r, p=p, dklen=64, maxmem=2**28)
    django_text = f"scrypt${n}${salt}${r}${p}${base64.b64encode(key).decode()}"
    return django_text, "scrypt_werkzeug", f"scrypt:{n}:{r}:{p}${salt}${key.hex()}"


conversions = []
for i, pw in enumerate(CONVERTED):
    encoded = bcrypt.encode(pw.text, bcrypt_setting(i, 4))
    conversions.append(converts(f"bcrypt, {pw.comment}", pw.text, encoded, "bcrypt", encoded.removeprefix("bcrypt$")))
encoded = bcrypt.encode(typical.text, bcrypt_setting(90, 4).replace(b"2b", b"2a"))
conversions.append(converts("bcrypt $2a$", typical.text, encoded, "bcrypt", encoded.removeprefix("bcrypt$")))
for i, pw in enumerate(CONVERTED):
    encoded = argon2_hasher(64, 1, 1 + i % 2).encode(pw.text, text_salt(i, 22))
    conversions.append(converts(f"argon2, {pw.comment}", pw.text, encoded, "argon2id", encoded.removeprefix("argon2")))
encoded = "argon2" + argon2.low_level.hash_secret(
    typical.bytes, text_salt(95, 16).encode(), 1, 64, 1, 16, argon2.low_level.Type.I
).decode()
conversions.append(converts(
    "argon2i of Django 2 and 3.1", typical.text, encoded, "argon2i", encoded.removeprefix("argon2")
))
emit_convert("django", DJANGO, conversions)

HASHLIB = source("Django documentation (Python hashlib)", django.get_version(), "BSD-3-Clause")
emit_convert("django", HASHLIB, [
    converts(f"scrypt of Django 4.0, {pw.comment}", pw.text, *scrypt_digests(pw.text, text_salt(i, 22), 64, 8, 1 + i % 2))
    for i, pw in enumerate(CONVERTED)
] + [
    converts("scrypt of Django 4.0, its default cost", typical.text,
             *scrypt_digests(typical.text, text_salt(96, 22), 16384, 8, 1)),
])
