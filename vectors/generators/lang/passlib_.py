"""passlib's handlers, bcrypt on passlib's own pure-Python Blowfish and scrypt on its own Salsa20/8."""

import os

os.environ["PASSLIB_BUILTIN_BCRYPT"] = "enabled"

import passlib
from passlib import hash as handlers

from lang import FEW, SHORT_LIST, TEXT_LIST, bcrypt_salt, emit, passwords, salt, source, test, text_salt

PASSLIB = source("passlib", passlib.__version__, "BSD-3-Clause")
for handler in (handlers.bcrypt, handlers.django_bcrypt, handlers.bcrypt_sha256):
    handler.set_backend("builtin")
handlers.scrypt.set_backend("builtin")
# SASLprep is defined over Unicode 3.2, and refuses control characters.
SCRAM = [pw for pw in TEXT_LIST if pw.id not in ("emoji", "separators")]
NO_NUL = [pw for pw in SHORT_LIST if not pw.has_nul]


def made(handler, list, prepare=str, **settings):
    tests = []
    for i, pw in enumerate(list):
        use = {key: value(i) if callable(value) else value for key, value in settings.items()}
        tests.append(test(pw, prepare(handler.using(**use).hash(pw.bytes))))
    return tests


def rounds(i):
    return [1, 2, 9, 50][i % 4]


emit("passlib_pbkdf2", PASSLIB, [
    *made(handlers.pbkdf2_sha256, SHORT_LIST, salt=salt, rounds=rounds),
    *made(handlers.pbkdf2_sha1, SHORT_LIST, salt=salt, rounds=rounds),
    *made(handlers.pbkdf2_sha512, SHORT_LIST, salt=lambda i: salt(i, [0, 8, 32, 17][i % 4]), rounds=rounds),
])
emit("passlib_scrypt", PASSLIB, made(handlers.scrypt, SHORT_LIST, salt=salt, rounds=lambda i: 2 + i % 3, block_size=lambda i: [8, 1][i % 2]))
emit("passlib_bcrypt_sha256", PASSLIB, [
    *made(handlers.bcrypt_sha256, NO_NUL, salt=bcrypt_salt, rounds=4),
    *made(handlers.bcrypt_sha256, FEW, salt=bcrypt_salt, rounds=4, version=1),
])
emit("passlib_scram", PASSLIB, [
    test(pw, handlers.scram.using(salt=salt(i, 12), rounds=rounds(i)).hash(pw.text)) for i, pw in enumerate(SCRAM)
])
emit("fshp", PASSLIB, [
    test(pw, handlers.fshp.using(salt=salt(i, [8, 16, 0][i % 3]), rounds=rounds(i), variant=i % 4).hash(pw.bytes))
    for i, pw in enumerate(SHORT_LIST)
])
emit("cta_pbkdf2_sha1", PASSLIB, made(handlers.cta_pbkdf2_sha1, SHORT_LIST, salt=salt, rounds=rounds))
emit("dlitz_pbkdf2_sha1", PASSLIB, made(handlers.dlitz_pbkdf2_sha1, SHORT_LIST, salt=text_salt, rounds=rounds))
emit("roundup", PASSLIB, [
    *made(handlers.ldap_hex_md5, SHORT_LIST),
    *made(handlers.ldap_hex_sha1, SHORT_LIST),
])
emit("django_pbkdf2_sha1", PASSLIB, made(handlers.django_pbkdf2_sha1, SHORT_LIST, salt=text_salt, rounds=rounds))
emit("django_md5", PASSLIB, made(handlers.django_salted_md5, SHORT_LIST, salt=lambda i: text_salt(i, 12)))
emit("django_sha1", PASSLIB, made(handlers.django_salted_sha1, SHORT_LIST, salt=lambda i: text_salt(i, 12)))
emit("django_bcrypt", PASSLIB, made(handlers.django_bcrypt, NO_NUL, salt=bcrypt_salt, rounds=4))
emit("django_crypt", PASSLIB, made(handlers.django_des_crypt, FEW, salt=lambda i: text_salt(i, 2)))
emit("django_argon2", PASSLIB, made(handlers.django_argon2, FEW, salt=salt, memory_cost=64, rounds=1, parallelism=1))
for name in ("hex_md4", "hex_md5", "hex_sha1", "hex_sha256", "hex_sha512"):
    emit(name, PASSLIB, made(getattr(handlers, name), SHORT_LIST))
