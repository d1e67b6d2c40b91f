"""hashlib and hmac over the formulas of the formats that are a bare expression: names by pattern."""

import base64
import hashlib
import hmac
import platform

from lang import FEW, SHORT_LIST, TEXT_LIST, companions, emit, salt, source, test, text_salt

HASHLIB = source("Python hashlib", platform.python_version(), "PSF-2.0")


def hx(name, data):
    return hashlib.new(name, data).hexdigest()


for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
    emit(f"hex_{name}", HASHLIB, [test(pw, hx(name, pw.bytes)) for pw in SHORT_LIST])
for name in ("sha3_256", "sha3_512"):
    emit(name, HASHLIB, [test(pw, hx(name, pw.bytes)) for pw in SHORT_LIST])
for name in ("sha1", "sha256", "sha512"):
    emit(f"{name}_utf16le", HASHLIB, [test(pw, hx(name, pw.text.encode("utf-16-le"))) for pw in TEXT_LIST])
for outer, inner in (("md5", "md5"), ("md5", "sha1"), ("sha1", "md5"), ("sha1", "sha1"), ("sha256", "md5")):
    emit(f"{outer}_{inner}", HASHLIB, [test(pw, hx(outer, hx(inner, pw.bytes).encode())) for pw in SHORT_LIST])
for name in ("md5", "sha1", "sha256", "sha384", "sha512"):
    salts = [text_salt(i, [8, 2, 32, 5][i % 4]) for i in range(len(SHORT_LIST))]
    emit(f"{name}_pass_salt", HASHLIB, [
        test(pw, hx(name, pw.bytes + s.encode()), **companions(salt=s)) for pw, s in zip(SHORT_LIST, salts)
    ])
    emit(f"{name}_salt_pass", HASHLIB, [
        test(pw, hx(name, s.encode() + pw.bytes), **companions(salt=s)) for pw, s in zip(SHORT_LIST, salts)
    ])
    if name == "sha384":
        continue
    emit(f"hmac_{name}_key_pass", HASHLIB, [
        test(pw, hmac.new(pw.bytes, s.encode(), name).hexdigest(), **companions(salt=s))
        for pw, s in zip(SHORT_LIST, salts)
    ])
    emit(f"hmac_{name}_key_salt", HASHLIB, [
        test(pw, hmac.new(s.encode(), pw.bytes, name).hexdigest(), **companions(salt=s))
        for pw, s in zip(SHORT_LIST, salts)
    ])


def iterated(data, count):
    for _ in range(count):
        data = hx("sha512", data).encode()
    return data.decode()


emit("sha512_iterated", HASHLIB, [
    test(pw, iterated(pw.bytes, 1 + i * 7), **companions(params={"iterations": 1 + i * 7}))
    for i, pw in enumerate(SHORT_LIST)
])
