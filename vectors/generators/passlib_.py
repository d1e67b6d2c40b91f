"""passlib. bcrypt runs on passlib's own pure-Python Blowfish, scrypt on its own pure-Python Salsa20/8,
so that neither shares code with the other generators.

passlib refuses a NUL for bcrypt and a password over 4096 bytes.
"""

import base64
import hashlib
import os
import platform

os.environ["PASSLIB_BUILTIN_BCRYPT"] = "enabled"

import passlib
from passlib import hash as handlers
from passlib.crypto.scrypt import _builtin as builtin_scrypt
from passlib.utils.binary import HASH64_CHARS, ab64_decode, h64

from common import (
    bcrypt_salt, converts, emit, emit_convert, no_conversion, passwords, salt, source, test, text_passwords,
    text_salt, without_nul,
)

PASSLIB = source("passlib", passlib.__version__, "BSD-3-Clause")
ITERATIONS = [1, 2, 7, 50, 999]
handlers.bcrypt.set_backend("builtin")
handlers.django_bcrypt_sha256.set_backend("builtin")

typical = passwords(only=["typical"])[0]
SHORT_LIST = passwords(only=[
    "typical", "empty", "one", "len64", "len65", "len73", "len129", "nfc", "nfd", "emoji", "spaces", "separators",
    "nul-inside", "nul-end", "latin1", "fffe80",
])


def b64(data):
    return base64.b64encode(data).decode()


def hash_of(handler, password, **settings):
    return handler.using(**settings).hash(password.bytes)


emit("md5_salted", PASSLIB, [
    test(pw, hash_of(handlers.django_salted_md5, pw, salt=text_salt(i, 8)).removeprefix("md5$"), "Rewrapped")
    for i, pw in enumerate(SHORT_LIST)
])

IDENTS = ["2b", "2a", "2y"]
emit("bcrypt", PASSLIB, [
    test(pw, hash_of(handlers.bcrypt, pw, ident=IDENTS[i % 3], rounds=4, salt=bcrypt_salt(i)))
    for i, pw in enumerate(without_nul(passwords(skip=["len4096"])))
] + [
    # $2$ appends no NUL, so an empty password would be an empty key, for which bcrypt is not defined.
    test(pw, hash_of(handlers.bcrypt, pw, ident="2", rounds=4, salt=bcrypt_salt(i)), "Variant2")
    for i, pw in enumerate(without_nul(SHORT_LIST))
    if pw.bytes
])

emit("bcrypt_sha256_django", PASSLIB, [
    test(pw, hash_of(handlers.django_bcrypt_sha256, pw, ident=IDENTS[i % 2], rounds=4, salt=bcrypt_salt(i)))
    for i, pw in enumerate(SHORT_LIST)
])

emit("phpass", PASSLIB, [
    test(pw, hash_of(handlers.phpass, pw, rounds=7 + i % 2, salt=text_salt(i, 8)))
    for i, pw in enumerate(passwords(skip=["len4096"]))
] + [
    test(pw, hash_of(handlers.phpass, pw, ident="H", rounds=7, salt=text_salt(i, 8)), "PhpbbPrefix", canonical=False)
    for i, pw in enumerate(SHORT_LIST)
])

emit("md5_phpass", PASSLIB, [
    test(pw, handlers.phpass.using(rounds=7 + i % 2, salt=text_salt(i, 8)).hash(handlers.hex_md5.hash(pw.bytes)))
    for i, pw in enumerate(passwords(skip=["len4096"]))
])

emit("ldap_ssha", PASSLIB, [
    test(pw, hash_of(handlers.ldap_salted_sha1, pw, salt=salt(i, [4, 8, 16][i % 3])), "SaltLength")
    for i, pw in enumerate(passwords())
])


def pbkdf2_fields(handler, password, rounds, salt):
    """passlib's ab64 is Base64 with `.` for `+` and no padding; the hashers have other alphabets."""
    _, ident, rounds, salt, key = hash_of(handler, password, rounds=rounds, salt=salt).split("$")
    return rounds, ab64_decode(salt), ab64_decode(key)


def pbkdf2_sha1_digest(*arguments):
    rounds, salt, key = pbkdf2_fields(handlers.pbkdf2_sha1, *arguments)
    return f"pbkdf2_sha1${rounds}${salt.hex()}${key.hex()}$20"


def pbkdf2_sha256_digest(*arguments):
    rounds, salt, key = pbkdf2_fields(handlers.pbkdf2_sha256, *arguments)
    return f"pbkdf2_sha256${rounds}${b64(salt)}${b64(key)}"


def pbkdf2_sha512_digest(*arguments):
    rounds, salt, key = pbkdf2_fields(handlers.pbkdf2_sha512, *arguments)
    return f"pbkdf2_sha512_hex${rounds}${salt.hex()}${key.hex()}"


emit("pbkdf2_sha1", PASSLIB, [
    test(pw, pbkdf2_sha1_digest(pw, ITERATIONS[i % 5], salt(i, 8 + i % 9)), "Rewrapped", "HexSalt", "ExplicitKeylen")
    for i, pw in enumerate(passwords(skip=["len4096"]))
] + [
    test(typical, pbkdf2_sha1_digest(typical, 131000, salt(90)),
         "Rewrapped", "HexSalt", "ExplicitKeylen", "RealisticParameters", comment="passlib's default cost"),
])
emit("pbkdf2_sha256", PASSLIB, [
    test(pw, pbkdf2_sha256_digest(pw, ITERATIONS[i % 5], salt(i, 8 + i % 25)), "Rewrapped", "SaltLength")
    for i, pw in enumerate(passwords())
] + [
    test(typical, pbkdf2_sha256_digest(typical, 29000, salt(91)),
         "Rewrapped", "RealisticParameters", comment="passlib's default cost"),
])
emit("pbkdf2_sha512_hex", PASSLIB, [
    test(pw, pbkdf2_sha512_digest(pw, ITERATIONS[i % 5], salt(i, 8 + i % 25)), "Rewrapped", "SaltLength")
    for i, pw in enumerate(passwords(skip=["len4096"]))
] + [
    test(typical, pbkdf2_sha512_digest(typical, 25000, salt(92)),
         "Rewrapped", "RealisticParameters", comment="passlib's default cost"),
])
emit("pbkdf2_sha256_django", PASSLIB, [
    test(pw, hash_of(handlers.django_pbkdf2_sha256, pw, rounds=ITERATIONS[i % 5], salt=text_salt(i, 12)))
    for i, pw in enumerate(SHORT_LIST)
])


def scrypt_werkzeug(password, n, r, p, salt):
    key = builtin_scrypt.ScryptEngine.execute(password.bytes, salt.encode(), n, r, p, 64)
    return f"scrypt:{n}:{r}:{p}${salt}${key.hex()}"


SCRYPT = [(2, 1, 1), (4, 8, 1), (16, 4, 2), (8, 1, 3), (32, 2, 1)]
emit("scrypt_werkzeug", PASSLIB, [
    test(pw, scrypt_werkzeug(pw, *SCRYPT[i % 5], text_salt(i, 16)), "ScryptParameters", "Rewrapped")
    for i, pw in enumerate(SHORT_LIST)
])

# Conversions: passlib's own texts.
CONVERTED = text_passwords(only=["typical", "empty", "nfc", "emoji", "separators"])
conversions = []
for i, pw in enumerate(CONVERTED):
    rounds = ITERATIONS[i % 5]
    for handler, hasher, digest in (
        (handlers.pbkdf2_sha1, "pbkdf2_sha1", pbkdf2_sha1_digest),
        (handlers.pbkdf2_sha256, "pbkdf2_sha256", pbkdf2_sha256_digest),
        (handlers.pbkdf2_sha512, "pbkdf2_sha512_hex", pbkdf2_sha512_digest),
    ):
        text = hash_of(handler, pw, rounds=rounds, salt=salt(i))
        comment = f"{handler.name}, {pw.comment}"
        conversions.append(converts(comment, pw.text, text, hasher, digest(pw, rounds, salt(i))))
# Salts chosen so that ab64's `.` stands where Base64 has `+`.
DOTTED = bytes.fromhex("fbefbefbefbefbefbefbefbe")
for handler, hasher, digest in (
    (handlers.pbkdf2_sha1, "pbkdf2_sha1", pbkdf2_sha1_digest),
    (handlers.pbkdf2_sha256, "pbkdf2_sha256", pbkdf2_sha256_digest),
    (handlers.pbkdf2_sha512, "pbkdf2_sha512_hex", pbkdf2_sha512_digest),
):
    text = hash_of(handler, typical, rounds=3, salt=DOTTED)
    conversions.append(converts(
        f"{handler.name}, dots in the salt", typical.text, text, hasher, digest(typical, 3, DOTTED)
    ))
for length in (1, 2, 10):
    text = hash_of(handlers.pbkdf2_sha256, typical, rounds=2, salt=salt(60, length))
    conversions.append(converts(
        f"pbkdf2_sha256, salt of {length} bytes", typical.text, text, "pbkdf2_sha256",
        pbkdf2_sha256_digest(typical, 2, salt(60, length)),
    ))
emit_convert("passlib", PASSLIB, conversions)


def unpadded(data):
    return b64(data).rstrip("=")


# The PHC string format's spelling of the same values; passlib itself does not write it.
phc = []
for name, handler, hasher, digest, length in (
    ("pbkdf2-sha256", handlers.pbkdf2_sha256, "pbkdf2_sha256", pbkdf2_sha256_digest, 32),
    ("pbkdf2-sha512", handlers.pbkdf2_sha512, "pbkdf2_sha512_hex", pbkdf2_sha512_digest, 64),
):
    for i, pw in enumerate(CONVERTED[:3]):
        rounds, salt_bytes, key = pbkdf2_fields(handler, pw, 10 + i, salt(70 + i))
        text = f"${name}$i={rounds},l={length}${unpadded(salt_bytes)}${unpadded(key)}"
        phc.append(converts(
            f"PHC string around passlib's values, {pw.comment}", pw.text, text, hasher, digest(pw, 10 + i, salt(70 + i))
        ))
emit_convert("phc", PASSLIB, phc)

atlassian = []
for i, pw in enumerate(CONVERTED):
    text = hash_of(handlers.atlassian_pbkdf2_sha1, pw, salt=salt(i))
    data = base64.b64decode(text.removeprefix("{PKCS5S2}"))
    digest = f"pbkdf2_sha1$10000${data[:16].hex()}${data[16:].hex()}"
    atlassian.append(converts(pw.comment, pw.text, text, "pbkdf2_sha1", digest))
emit_convert("atlassian", PASSLIB, atlassian)

phpbb = []
for i, pw in enumerate(CONVERTED):
    text = hash_of(handlers.phpass, pw, ident="H", rounds=7 + i % 2, salt=text_salt(i, 8))
    phpbb.append(converts(pw.comment, pw.text, text, "phpass", text.replace("$H$", "$P$", 1)))
emit_convert("phpbb", PASSLIB, phpbb)

spring = []
for i, pw in enumerate(CONVERTED):
    digest = hash_of(handlers.bcrypt, pw, ident=["2a", "2b", "2y"][i % 3], rounds=4, salt=bcrypt_salt(i))
    spring.append(converts(
        f"Spring Security's id in front of passlib's digest, {pw.comment}", pw.text, "{bcrypt}" + digest, "bcrypt", digest
    ))
emit_convert("spring", PASSLIB, spring)

emit_convert("crypt", PASSLIB, [
    no_conversion("md5-crypt", typical.text, hash_of(handlers.md5_crypt, typical, salt=text_salt(80, 8))),
    no_conversion("sha256-crypt", typical.text, hash_of(handlers.sha256_crypt, typical, rounds=1000, salt=text_salt(81))),
    no_conversion("sha512-crypt", typical.text, hash_of(handlers.sha512_crypt, typical, rounds=1000, salt=text_salt(82))),
    no_conversion("sha1-crypt of NetBSD", typical.text, hash_of(handlers.sha1_crypt, typical, rounds=10, salt=text_salt(83, 8))),
    no_conversion("apr1 of Apache", typical.text, hash_of(handlers.apr_md5_crypt, typical, salt=text_salt(84, 8))),
])

# Drupal 7: phpass over SHA-512, cut to 55 characters. No Debian 12 package writes it, so this is Drupal's
# documented layout; passlib gives the crypt64 alphabet.
def drupal(password, log2, salt):
    key = hashlib.sha512(salt.encode() + password.bytes).digest()
    for _ in range(2**log2):
        key = hashlib.sha512(key + password.bytes).digest()
    return ("$S$" + HASH64_CHARS[log2] + salt + h64.encode_bytes(key).decode())[:55]


emit_convert("drupal", source("Drupal 7 layout (Python hashlib)", platform.python_version(), "PSF-2.0"), [
    converts(f"$S$, {pw.comment}", pw.text, digest, "drupal7", digest)
    for i, pw in enumerate(CONVERTED[:3])
    for digest in [drupal(pw, 7, text_salt(i, 8))]
])
