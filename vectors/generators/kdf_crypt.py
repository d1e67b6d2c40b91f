"""crypt(3) in schemes of MD5 and SHA: ../kdf/crypt-<product>.json, each from one product.

    python3 kdf_crypt.py [KA_TABLE]    # KA_TABLE: test/ka-table.inc of libxcrypt, for what it publishes

Salts go through every length that a product takes, passwords from 0 to 130 bytes and to some of kilobytes. A product
that reads a C string gets no NUL.
"""

import ctypes
import hashlib
import json
import pathlib
import re
import subprocess
import sys

import passlib
import passlib.hash

KDF = pathlib.Path(__file__).parent.parent / "kdf"
PATH = "vectors/generators/kdf_crypt.py"
ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def stream(label, length):
    block, out = label.encode(), b""
    while len(out) < length:
        block = hashlib.sha256(block).digest()
        out += block
    return out[:length]


def password(index, length):
    """Of any bytes but NUL; every third one of ASCII."""
    made = bytes(byte or 1 for byte in stream(f"digestry crypt {index}", length))
    return bytes(33 + byte % 94 for byte in made) if index % 3 == 0 else made


def salt(index, length):
    return "".join(ALPHABET[byte % 64] for byte in stream(f"digestry crypt salt {index}", length))


def decode(text):
    """Bytes in the order of the text: three of them in four letters, the lowest bits first."""
    word = bits = 0
    out = []
    for letter in text:
        word |= ALPHABET.index(letter) << bits
        bits += 6
        while bits >= 8:
            out.append(word & 255)
            word >>= 8
            bits -= 8
    assert word == 0, text
    return bytes(out).hex()


def test(scheme, password, salt, text, rounds=None, magic=None, comment=None):
    inputs = {"scheme": scheme, "password": password.hex(), "salt": salt.hex()}
    if rounds is not None:
        inputs["rounds"] = rounds
    if magic is not None:
        inputs["magic"] = magic.hex()
    said = comment or f"{scheme}, {len(password)} and {len(salt)} bytes"
    return {"comment": said, "inputs": inputs, "output": decode(text)}


def read(password, digest, comment=None):
    """A test from a whole digest."""
    head, _, text = digest.rpartition("$")
    if digest.startswith("$md5"):
        rounds = re.match(r"\$md5[,$]rounds=(\d+)\$", digest)
        return test("sun_md5_crypt", password, head.encode(), text, int(rounds[1]) if rounds else 0, comment=comment)
    if digest.startswith("$sha1$"):
        _, _, rounds, own, _ = digest.split("$")
        return test("sha1_crypt", password, own.encode(), text, int(rounds), comment=comment)
    if digest.startswith(("$5$", "$6$")):
        scheme = "sha256_crypt" if digest[1] == "5" else "sha512_crypt"
        rounds = re.match(r"\$[56]\$rounds=(\d+)\$", digest)
        own = digest.split("$")[-2]
        return test(scheme, password, own.encode(), text, int(rounds[1]) if rounds else 5000, comment=comment)
    if digest.startswith("$1$"):
        return test("md5_crypt", password, digest.split("$")[2].encode(), text, comment=comment)
    if digest.startswith("$apr1$"):
        return test("md5_crypt", password, digest.split("$")[2].encode(), text, magic=b"$apr1$", comment=comment)
    raise ValueError(digest)


def write(name, title, version, license, tests, path=PATH, method="generated"):
    file = {
        "source": {"name": title, "version": version, "path": path, "license": license, "method": method},
        "tests": [{"tcId": i + 1, **one} for i, one in enumerate(tests)],
    }
    (KDF / f"crypt-{name}.json").write_text(json.dumps(file, indent=2, ensure_ascii=False) + "\n")


# libxcrypt

libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p


def by_libxcrypt(password, setting):
    return read(password, libcrypt.crypt(password, setting.encode()).decode())


LENGTHS = [*range(0, 50), *range(50, 131, 4), 200, 511]
tests = []
for i, length in enumerate(LENGTHS):
    own = password(i, length)
    tests.append(by_libxcrypt(own, f"$1${salt(i, i % 9)}$"))
    tests.append(by_libxcrypt(own, f"$5$rounds={1000 + i}${salt(i, i % 17)}$"))
    tests.append(by_libxcrypt(own, f"$6$rounds={1000 + i}${salt(i, 16 - i % 17)}$"))
    tests.append(by_libxcrypt(own, f"$sha1${1 + i}${salt(i, 1 + i % 64)}$"))
for i, length in enumerate([0, 1, 8, 16, 40, 100]):
    own = password(500 + i, length)
    tests.append(by_libxcrypt(own, f"$md5,rounds={1 + 7 * i}${salt(i, i + 2)}$"))
    tests.append(by_libxcrypt(own, f"$md5${salt(i, 8)}$$"))
    tests.append(by_libxcrypt(own, f"$md5${salt(i, 8)}$x"))
tests.append(by_libxcrypt(password(600, 11), f"$6${salt(600, 16)}$"))
tests.append(by_libxcrypt(password(601, 11), f"$5${salt(601, 16)}$"))
VERSION = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libcrypt1"], capture_output=True, check=True, text=True)
write("libxcrypt", "libxcrypt", VERSION.stdout, "LGPL-2.1-or-later", tests)

# passlib, in pure Python

for handler in (passlib.hash.md5_crypt, passlib.hash.sha256_crypt, passlib.hash.sha512_crypt, passlib.hash.sha1_crypt):
    handler.set_backend("builtin")
tests = []
for i, length in enumerate([0, 1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 66, 90, 127, 128, 129, 130]):
    own = password(700 + i, length)
    for handler, most in ((passlib.hash.md5_crypt, 8), (passlib.hash.apr_md5_crypt, 8)):
        tests.append(read(own, handler.using(salt=salt(i, i % (most + 1))).hash(own)))
    for handler in (passlib.hash.sha256_crypt, passlib.hash.sha512_crypt):
        tests.append(read(own, handler.using(salt=salt(i, i % 17), rounds=1000 + i).hash(own)))
    tests.append(read(own, passlib.hash.sha1_crypt.using(salt=salt(i, i % 65), rounds=1 + 9 * i).hash(own)))
    if i % 5 == 0:
        setting = f"$md5,rounds={1 + i}${salt(i, 8)}" + "$" * (i % 2)
        tests.append(read(own, passlib.hash.sun_md5_crypt.genhash(own, setting)))
write("passlib", "passlib", passlib.__version__, "BSD-3-Clause", tests)

# The command of OpenSSL; AIX writes MD5-crypt with an empty magic.


def by_openssl(option, password, salt):
    command = ["openssl", "passwd", f"-{option}", "-salt", salt, "-stdin"]
    return subprocess.run(command, input=password + b"\n", capture_output=True, check=True).stdout.decode().rstrip("\n")


tests = []
for i, length in enumerate([1, 3, 8, 15, 16, 17, 24, 32, 48, 64, 100, 128]):
    own = bytes(33 + byte % 94 for byte in password(1000 + i, length))
    for option in ("1", "apr1", "5", "6"):
        tests.append(read(own, by_openssl(option, own, salt(1000 + i, 8))))
    own_salt = salt(1000 + i, 8)
    text = by_openssl("aixmd5", own, own_salt).split("$")[-1]
    tests.append(test("md5_crypt", own, own_salt.encode(), text, magic=b""))
VERSION = subprocess.run(["openssl", "version"], capture_output=True, check=True, text=True).stdout.split()[1]
write("openssl", "OpenSSL's passwd command", VERSION, "Apache-2.0", tests)

# Published: what the tests of passlib have from the specification and others; the examples of hashcat.

from passlib.tests import test_handlers  # noqa: E402

published = []
for case in (test_handlers._sha256_crypt_test, test_handlers._sha512_crypt_test):
    published += case.known_correct_hashes
    published += [(secret, digest) for _, secret, digest in case.known_correct_configs]
tests = []
for secret, digest in published:
    raw = secret.encode() if isinstance(secret, str) else secret
    if b"\x00" not in raw:
        tests.append(read(raw, digest))
write("drepper", "tests of passlib: those of the SHA-crypt specification, of John the Ripper and its own", passlib.__version__, "BSD-3-Clause", tests,
      "passlib/tests/test_handlers.py", "copied")

HASHCAT = [
    test("md5_crypt", b"hashcat", b"a5/yTL/u", "VfvgyHx1xUlXZYBocQpQY0", magic=b"", comment="6300"),
    test("sha256_crypt", b"hashcat", bytes.fromhex("F9CC98CE08892924F50A213B6BC571A2C11778C5"),
         bytes.fromhex("625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F").decode(),
         5000, comment="7401, the salt of MySQL"),
    read(b"hashcat", "$apr1$71850310$gh9m4xcAn3MGxogwX/ztb.", "1600"),
    read(b"hashcat", "$1$38652870$DUjsu4TTlTsOe/xxZ05uf/", "500"),
    read(b"hashcat", "$md5$rounds=904$iPPKEBnEkp3JV8uX$0L6m7rOFTVFn.SGqo2M9W1", "3300"),
]
write("hashcat", "hashcat's example hashes", "6.2.6", "MIT", HASHCAT, "https://hashcat.net/wiki/doku.php?id=example_hashes", "copied")

if len(sys.argv) > 1:
    row = re.compile(r'^  \{ "[^"]*", "([^"]*)", "((?:[^"\\]|\\.|"\s*")*)" \}', re.M)

    def unescape(text):
        return re.sub(r'"\s*"', "", text).encode().decode("unicode_escape").encode("latin1")

    rows = row.findall(pathlib.Path(sys.argv[1]).read_text())
    wanted = [one for one in rows if re.match(r"\$(1|5|6|sha1|md5)[$,]", one[0])]
    # Every phrase with some of the settings.
    tests = [read(unescape(phrase), digest) for digest, phrase in wanted[::7]]
    write("libxcrypt-ka", "libxcrypt, known answers", "4.4.39", "CC0-1.0", tests,
          "https://github.com/besser82/libxcrypt/blob/develop/test/ka-table.inc", "copied")
