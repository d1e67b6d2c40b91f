"""Django's own hashers. The path of another Django goes first in DJANGO (a folder with `django/`)."""

import os
import sys

if os.environ.get("DJANGO"):
    sys.path.insert(0, os.environ["DJANGO"])

import django
from django.conf import settings

settings.configure()
from django.contrib.auth import hashers

from lang import FEW, SHORT_LIST, TEXT_LIST, bcrypt_salt, emit, source, test, text_salt

DJANGO = source("Django", django.get_version(), "BSD-3-Clause")


class Sha1(hashers.PBKDF2SHA1PasswordHasher):
    pass


def made(hasher, list, length=12, **settings):
    return [test(pw, hasher.encode(pw.text, text_salt(i, length), **settings)) for i, pw in enumerate(list)]


old = hasattr(hashers, "CryptPasswordHasher")
if os.environ.get("DJANGO"):
    scrypt = hashers.ScryptPasswordHasher()
    emit("django_scrypt", DJANGO, [
        test(pw, scrypt.encode(pw.text, text_salt(i, 22), n=2 ** (4 + i % 3), r=[8, 1][i % 2], p=[1, 5][i % 2]))
        for i, pw in enumerate(TEXT_LIST)
    ] + [test(FEW[0], scrypt.encode(FEW[0].text, text_salt(40, 22)), "RealisticParameters")])
else:
    emit("django_pbkdf2_sha1", DJANGO, made(hashers.PBKDF2SHA1PasswordHasher(), TEXT_LIST, iterations=17))
    emit("django_md5", DJANGO, made(hashers.MD5PasswordHasher(), TEXT_LIST))
    emit("django_sha1", DJANGO, made(hashers.SHA1PasswordHasher(), TEXT_LIST))
    emit("django_unsalted_md5", DJANGO, [
        test(pw, hashers.UnsaltedMD5PasswordHasher().encode(pw.text, "")) for pw in TEXT_LIST
    ])
    emit("django_unsalted_sha1", DJANGO, [
        test(pw, hashers.UnsaltedSHA1PasswordHasher().encode(pw.text, "")) for pw in TEXT_LIST
    ])
    bcrypt = hashers.BCryptPasswordHasher()
    emit("django_bcrypt", DJANGO, [
        test(pw, bcrypt.encode(pw.text, f"$2b$04${bcrypt_salt(i)}".encode())) for i, pw in enumerate(TEXT_LIST)
    ])
    crypt = hashers.CryptPasswordHasher()
    emit("django_crypt", DJANGO, [
        test(pw, crypt.encode(pw.text, text_salt(i, 2))) for i, pw in enumerate(FEW)
    ])
    argon2 = hashers.Argon2PasswordHasher()
    argon2.memory_cost, argon2.time_cost, argon2.parallelism = 64, 2, 2
    emit("django_argon2", DJANGO, made(argon2, TEXT_LIST, 22))
