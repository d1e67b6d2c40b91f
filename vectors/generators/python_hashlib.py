"""Python's hashlib and hmac (OpenSSL's code): formats that are a line of code, and so have no product of their own.

Another generator writes the same formats with another implementation.
"""

import base64
import hashlib
import hmac
import json
import platform
import unicodedata

from common import (
    converts, custom, emit, emit_convert, passwords, salt, source, test, text_passwords, text_salt,
)

HASHLIB = source("Python hashlib", platform.python_version(), "PSF-2.0")
ITERATIONS = [1, 2, 5, 64, 1000]
typical = passwords(only=["typical"])[0]


def b64(data):
    return base64.b64encode(data).decode()


def key_of(digest, password, salt, iterations, length):
    return hashlib.pbkdf2_hmac(digest, password.bytes, salt, iterations, length)


# Unsalted and salted.

for name in ("md5", "sha256"):
    emit(name, HASHLIB, [test(pw, hashlib.new(name, pw.bytes).hexdigest()) for pw in passwords()])


def salted(name, salt, message):
    return f"{salt}${hashlib.new(name, message).hexdigest()}"


for name in ("md5", "sha256"):
    emit(f"{name}_salted", HASHLIB, [
        test(pw, salted(name, s, s.encode() + pw.bytes))
        for i, pw in enumerate(passwords())
        for s in [text_salt(i, [8, 16, 32, 1][i % 4])]
    ] + [
        test(typical, salted(name, s, s.encode() + typical.bytes), "TextSalt", comment=comment)
        for s, comment in (
            ("a$b$c", "salt with $"),
            ("00ff", "salt that looks like hex is text"),
            ("sel de mer: é", "salt that is not ASCII"),
            (text_salt(7, 200), "salt of 200 bytes"),
        )
    ])
    emit(f"{name}_salted", HASHLIB, [
        test(pw, salted(name, s, pw.bytes + s.encode()), "PasswordFirst")
        for i, pw in enumerate(passwords(skip=["len4096"]))
        for s in [text_salt(100 + i, 8)]
    ], options={"order": "password-first"})

emit("ldap_ssha", HASHLIB, [
    test(pw, "{SSHA}" + b64(hashlib.sha1(pw.bytes + s).digest() + s), "SaltLength")
    for i, pw in enumerate(passwords(skip=["len4096"]))
    for s in [salt(100 + i, [8, 16, 4, 1, 20, 32][i % 6])]
])

# PBKDF2.


def sha1_digest(password, salt_text, salt, iterations, length):
    key = key_of("sha1", password, salt, iterations, length).hex()
    return f"pbkdf2_sha1${iterations}${salt_text}${key}" + ("" if length == 32 else f"${length}")


tests = []
for i, pw in enumerate(passwords()):
    s = salt(i, [16, 8, 32][i % 3])
    tests.append(test(pw, sha1_digest(pw, s.hex(), s, ITERATIONS[i % 5], 32), "HexSalt", "DefaultKeylen"))
for i, length in enumerate((16, 20, 24, 31, 33, 40, 64)):
    s = salt(50 + i)
    tests.append(test(typical, sha1_digest(typical, s.hex(), s, 3, length), "HexSalt", "ExplicitKeylen",
                      comment=f"keylen {length}"))
for i, text in enumerate(("NaCl", "abc", "not hex!", "0g", "sel é")):
    tests.append(test(typical, sha1_digest(typical, text, text.encode(), 3, 32), "TextSalt", "DefaultKeylen",
                      comment="salt that is not even-length hex is text", canonical=False))
for text in ("ABCDEF01", "aBcD"):
    tests.append(test(typical, sha1_digest(typical, text, bytes.fromhex(text), 3, 32), "HexSalt", "UppercaseHex",
                      comment="hex salt in capitals", canonical=False))
s = salt(60)
tests.append(test(typical, sha1_digest(typical, "1234", bytes.fromhex("1234"), 3, 32), "HexSalt", "DefaultKeylen",
                  comment="salt of digits is hex"))
tests.append(test(typical, sha1_digest(typical, s.hex(), s, 5, 32) + "$32", "HexSalt", "ExplicitKeylen", "Derived",
                  comment="the default keylen written out", canonical=False))
tests.append(test(typical, sha1_digest(typical, s.hex(), s, 120000, 32), "HexSalt", "DefaultKeylen",
                  "RealisticParameters", comment="120000 iterations"))
emit("pbkdf2_sha1", HASHLIB, tests)


def sha256_digest(password, salt, iterations, length=32):
    return f"pbkdf2_sha256${iterations}${b64(salt)}${b64(key_of('sha256', password, salt, iterations, length))}"


emit("pbkdf2_sha256", HASHLIB, [
    test(pw, sha256_digest(pw, salt(i, [16, 8, 12, 32][i % 4]), ITERATIONS[i % 5]), "SaltLength")
    for i, pw in enumerate(passwords(skip=["len4096"]))
] + [
    test(typical, sha256_digest(typical, salt(50 + length), 3, length), "HashLength", comment=f"hash of {length} bytes")
    for length in (16, 20, 33, 48, 64)
] + [
    test(typical, sha256_digest(typical, salt(60), iterations), "RealisticParameters", comment=f"{iterations} iterations")
    for iterations in (260000, 600000)
])

emit("pbkdf2_sha256_django", HASHLIB, [
    test(pw, f"pbkdf2_sha256${n}${s}${b64(key_of('sha256', pw, s.encode(), n, 32))}")
    for i, pw in enumerate(passwords(only=["typical", "empty", "nul-inside", "nul-end", "latin1", "fffe80"]))
    for n, s in [(ITERATIONS[i % 5], text_salt(i, 12))]
])


def sha512_digest(password, salt, iterations, length=64):
    return f"pbkdf2_sha512${iterations}${salt}${key_of('sha512', password, salt.encode(), iterations, length).hex()}"


def sha512_hex_digest(password, salt, iterations, length=64):
    return f"pbkdf2_sha512_hex${iterations}${salt.hex()}${key_of('sha512', password, salt, iterations, length).hex()}"


emit("pbkdf2_sha512", HASHLIB, [
    test(pw, sha512_digest(pw, text_salt(i, [16, 8, 32, 1][i % 4]), ITERATIONS[i % 5]), "TextSalt")
    for i, pw in enumerate(passwords())
] + [
    test(typical, sha512_digest(typical, s, 3), "TextSalt", comment=comment)
    for s, comment in (("00ff", "salt that looks like hex is text"), ("sel é +/=", "salt that is not ASCII"))
] + [
    test(typical, sha512_digest(typical, text_salt(50), 3, length), "HashLength", comment=f"hash of {length} bytes")
    for length in (16, 32, 65, 128)
] + [
    test(typical, sha512_digest(typical, text_salt(51), 210000), "RealisticParameters", comment="210000 iterations"),
])
emit("pbkdf2_sha512_hex", HASHLIB, [
    test(pw, sha512_hex_digest(pw, salt(i, [16, 8, 32, 1][i % 4]), ITERATIONS[i % 5]), "HexSalt")
    for i, pw in enumerate(passwords())
] + [
    test(typical, sha512_hex_digest(typical, salt(50), 3, length), "HashLength", comment=f"hash of {length} bytes")
    for length in (16, 32, 65, 128)
] + [
    test(typical, sha512_hex_digest(typical, salt(51), 210000), "RealisticParameters", comment="210000 iterations"),
])

# HMAC pads a short key with zero bytes and replaces a long one by its digest: pairs of passwords with one digest.

for hasher, name, block, digest in (
    ("pbkdf2_sha1", "sha1", 64, lambda pw: sha1_digest(pw, salt(70).hex(), salt(70), 3, 32)),
    ("pbkdf2_sha256", "sha256", 64, lambda pw: sha256_digest(pw, salt(71), 3)),
    ("pbkdf2_sha512", "sha512", 128, lambda pw: sha512_digest(pw, text_salt(72), 3)),
    ("pbkdf2_sha512_hex", "sha512", 128, lambda pw: sha512_hex_digest(pw, salt(73), 3)),
):
    long = "l" * (block + 1)
    short = [
        custom("'secret'", "HmacKeyPadding", utf8="secret"),
        custom("'secret' and a NUL: the same digest", "HmacKeyPadding", "NulByte", hex=b"secret\0".hex()),
    ]
    hashed = [
        custom(f"{block + 1} bytes, over one block", "HmacLongKey", utf8=long),
        custom("the raw digest of those bytes: the same digest", "HmacLongKey",
               hex=hashlib.new(name, long.encode()).hexdigest()),
    ]
    emit(hasher, HASHLIB, [test(pw, digest(pw)) for pw in [*short, *hashed]])

# scrypt in Werkzeug's layout.


def scrypt_digest(password, n, r, p, salt):
    key = hashlib.scrypt(password.bytes, salt=salt.encode(), n=n, r=r, p=p, dklen=64, maxmem=2**27)
    return f"scrypt:{n}:{r}:{p}${salt}${key.hex()}"


SCRYPT = [(2, 1, 1), (1024, 8, 1), (16, 4, 2), (64, 8, 3), (256, 1, 1), (32, 16, 1)]
emit("scrypt_werkzeug", source("Werkzeug layout (Python hashlib)", platform.python_version(), "PSF-2.0"), [
    test(pw, scrypt_digest(pw, *SCRYPT[i % 6], text_salt(i, [16, 8, 22][i % 3])), "ScryptParameters")
    for i, pw in enumerate(passwords())
] + [
    test(typical, scrypt_digest(typical, 16, 8, 1, s), "TextSalt", comment=comment)
    for s, comment in (
        ("00ff", "salt that looks like hex is text"),
        ("c2FsdA==", "salt that looks like Base64 is text"),
        ("sel: é", "salt with a colon that is not ASCII"),
        (text_salt(8, 1), "salt of 1 byte"),
        (text_salt(8, 64), "salt of 64 bytes"),
    )
] + [
    test(typical, scrypt_digest(typical, n, r, p, text_salt(60)), "RealisticParameters", comment=f"{n}:{r}:{p}")
    for n, r, p in ((32768, 8, 1), (16384, 8, 1), (4096, 8, 1))
])

# Umbraco: the password in UTF-16LE is both key and message, so only text has a digest.
emit("hmac_sha256_utf16_b64", HASHLIB, [
    test(pw, b64(hmac.new(data, data, "sha256").digest()))
    for pw in text_passwords()
    for data in [pw.text.encode("utf-16-le")]
])


def symfony_digest(password, salt, iterations):
    message = password.bytes + (b"{" + salt.encode() + b"}" if salt else b"")
    key = hashlib.sha512(message).digest()
    for _ in range(iterations - 1):
        key = hashlib.sha512(key + message).digest()
    return f"sha512_symfony${iterations}${salt}${b64(key)}"


emit("sha512_symfony", source("Symfony layout (Python hashlib)", platform.python_version(), "PSF-2.0"), [
    test(pw, symfony_digest(pw, s, ITERATIONS[i % 5]), *([] if s else ["EmptySalt"]))
    for i, pw in enumerate(passwords(skip=["len4096"]))
    for s in ["" if i % 6 == 5 else text_salt(i, [31, 16, 8][i % 3])]
])

# Conversions of documented layouts.

ASPNET = source("ASP.NET Core Identity layout (Python hashlib)", platform.python_version(), "PSF-2.0")
CONVERTED = text_passwords(only=["typical", "empty", "nfc", "emoji", "separators"])


def aspnet_v2(password, salt):
    key = key_of("sha1", password, salt, 1000, 32)
    return b64(b"\0" + salt + key), "pbkdf2_sha1", f"pbkdf2_sha1$1000${salt.hex()}${key.hex()}"


def aspnet_v3(password, prf, iterations, salt):
    name = ["sha1", "sha256", "sha512"][prf]
    key = key_of(name, password, salt, iterations, 32)
    header = b"\1" + b"".join(number.to_bytes(4, "big") for number in (prf, iterations, len(salt)))
    hasher, digest = (
        ("pbkdf2_sha1", f"pbkdf2_sha1${iterations}${salt.hex()}${key.hex()}"),
        ("pbkdf2_sha256", f"pbkdf2_sha256${iterations}${b64(salt)}${b64(key)}"),
        ("pbkdf2_sha512_hex", f"pbkdf2_sha512_hex${iterations}${salt.hex()}${key.hex()}"),
    )[prf]
    return b64(header + salt + key), hasher, digest


emit_convert("aspnet", ASPNET, [
    converts(f"version 2, {pw.comment}", pw.text, *aspnet_v2(pw, salt(i))) for i, pw in enumerate(CONVERTED)
] + [
    converts(f"version 3, {name}, {pw.comment}", pw.text, *aspnet_v3(pw, prf, 10 + i, salt(20 + i)))
    for prf, name in enumerate(("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"))
    for i, pw in enumerate(CONVERTED)
] + [
    converts("version 3 of .NET 7 and later", typical.text, *aspnet_v3(typical, 2, 100000, salt(40))),
])

KEYCLOAK = source("Keycloak credential layout (Python hashlib)", platform.python_version(), "PSF-2.0")


def keycloak(password, algorithm, iterations, salt, length):
    key = key_of(algorithm, password, salt, iterations, length)
    name = {"sha1": "pbkdf2", "sha256": "pbkdf2-sha256", "sha512": "pbkdf2-sha512"}[algorithm]
    compact = {"separators": (",", ":")}
    text = json.dumps({
        "type": "password",
        "secretData": json.dumps({"value": b64(key), "salt": b64(salt), "additionalParameters": {}}, **compact),
        "credentialData": json.dumps(
            {"hashIterations": iterations, "algorithm": name, "additionalParameters": {}}, **compact
        ),
    }, **compact)
    hasher, digest = {
        "sha1": ("pbkdf2_sha1", f"pbkdf2_sha1${iterations}${salt.hex()}${key.hex()}${length}"),
        "sha256": ("pbkdf2_sha256", f"pbkdf2_sha256${iterations}${b64(salt)}${b64(key)}"),
        "sha512": ("pbkdf2_sha512_hex", f"pbkdf2_sha512_hex${iterations}${salt.hex()}${key.hex()}"),
    }[algorithm]
    return text, hasher, digest


emit_convert("keycloak", KEYCLOAK, [
    converts(f"{algorithm}, {pw.comment}", pw.text, *keycloak(pw, algorithm, 10 + i, salt(i), 64))
    for algorithm in ("sha1", "sha256", "sha512")
    for i, pw in enumerate(CONVERTED)
] + [
    converts("pbkdf2-sha256 of Keycloak before 24", typical.text, *keycloak(typical, "sha256", 27500, salt(41), 64)),
    converts("pbkdf2-sha256 of 32 bytes", typical.text, *keycloak(typical, "sha256", 20, salt(42), 32)),
])

BETTER_AUTH = source("Better Auth layout (Python hashlib)", platform.python_version(), "PSF-2.0")


def better_auth(password, salt_text):
    data = unicodedata.normalize("NFKC", password.text).encode()
    key = hashlib.scrypt(data, salt=salt_text.encode(), n=16384, r=16, p=1, dklen=64, maxmem=2**26).hex()
    return f"{salt_text}:{key}", "scrypt_werkzeug", f"scrypt:16384:16:1${salt_text}${key}"


emit_convert("better-auth", BETTER_AUTH, [
    converts(f"{pw.comment}; the salt is its hex text", pw.text, *better_auth(pw, salt(i).hex()))
    for i, pw in enumerate(text_passwords(only=["typical", "nfc"]))
])
