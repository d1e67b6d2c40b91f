"""Werkzeug's generate_password_hash with a fixed salt (`gen_salt` is replaced, which is all that draws)."""

import werkzeug.security as security
from importlib.metadata import version

from lang import FEW, TEXT_LIST, emit, source, test, text_salt

WERKZEUG = source("Werkzeug", version("werkzeug"), "BSD-3-Clause")
drawn = [0]
security.gen_salt = lambda length: text_salt(drawn[0], length)


def made(list, method, length=8):
    tests = []
    for i, pw in enumerate(list):
        drawn[0] = i
        tests.append(test(pw, security.generate_password_hash(pw.text, method, length)))
    return tests


emit("werkzeug_pbkdf2", WERKZEUG, [
    *made(TEXT_LIST, "pbkdf2:sha256:12", 16),
    *made(FEW, "pbkdf2:sha1:3"),
    *made(FEW, "pbkdf2:sha512:2"),
    *made(FEW[:2], "pbkdf2:md5:2"),
    *made(FEW[:2], "pbkdf2:sha224:2"),
    *made(FEW[:2], "pbkdf2:sha384:2"),
])
emit("werkzeug_hmac", WERKZEUG, [
    *made(TEXT_LIST, "sha1"),
    *made(FEW, "md5"),
    *made(FEW, "sha256"),
    *made(FEW, "sha512"),
])
emit("werkzeug_plain", WERKZEUG, made(FEW, "plain"))
