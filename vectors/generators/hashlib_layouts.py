"""Layouts of products that do not run here, filled by Python's hashlib and hmac after the products' published formulas.

They stand next to the digests that hashcat and John the Ripper publish, for the passwords that those have not.
"""

import base64
import hashlib
import hmac
import json
import platform

from passlib.hash import nthash

from common import emit, passwords, salt, source, test, text_passwords, text_salt

PYTHON = source("Python hashlib", platform.python_version(), "PSF-2.0")
IDS = ["typical", "empty", "one", "len64", "len65", "len73", "len129", "nfc", "emoji", "spaces", "nul-inside", "nul-end", "latin1", "fffe80"]
ALL = passwords(only=IDS)
TEXTS = text_passwords(only=IDS)
FEW = passwords(only=["typical", "empty", "len73", "nfc", "emoji", "nul-inside"])
CRYPT = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def b64(data):
    return base64.b64encode(data).decode()


def crypt_letters_in_base64_order(data):
    return b64(data).rstrip("=").translate(str.maketrans(BASE64, CRYPT))


def aix_letters(data):
    """Groups of three bytes, the first the highest, in letters from the low end. Of a short group AIX
    writes one letter more than bytes, so that the top bits of the last bytes are lost."""
    text = ""
    for start in range(0, len(data), 3):
        group = data[start:start + 3]
        value = int.from_bytes(group, "big")
        if len(group) < 3:
            value <<= 8 * (3 - len(group))
        letters = [CRYPT[value >> shift & 63] for shift in (0, 6, 12, 18)]
        text += "".join(letters[: len(group) + 1])
    return text


def emit_all(name, chosen, digest_of, with_of=None, flags=()):
    emit(name, PYTHON, [
        {**test(pw, digest_of(i, pw), *flags), **({"with": with_of(i, pw)} if with_of else {})} for i, pw in enumerate(chosen)
    ])


def scram_keys(name, secret, salt_bytes, iterations):
    salted = hashlib.pbkdf2_hmac(name, secret, salt_bytes, iterations)
    stored = hashlib.new(name, hmac.digest(salted, b"Client Key", name)).digest()
    return stored, hmac.digest(salted, b"Server Key", name)


def dovecot_scram(label, name):
    def digest_of(i, pw):
        iterations, salt_bytes = [4096, 1, 100][i % 3], salt(i, 16)
        stored, server = scram_keys(name, pw.bytes, salt_bytes, iterations)
        return f"{{{label}}}{iterations},{b64(salt_bytes)},{b64(stored)},{b64(server)}"
    return digest_of


def mongodb(label, name, iterations, secret_of):
    def digest_of(i, pw):
        salt_bytes = salt(i, 16 if name == "sha1" else 28)
        stored, server = scram_keys(name, secret_of(i, pw), salt_bytes, iterations)
        return json.dumps({label: {
            "iterationCount": iterations, "salt": b64(salt_bytes), "storedKey": b64(stored), "serverKey": b64(server),
        }}, separators=(",", ":"))
    return digest_of


USERS = ["admin", "Ada", "o'brien", "jörg", "a", "user@example.com"]


def mongo_secret(i, pw):
    return hashlib.md5(f"{USERS[i % 6]}:mongo:".encode() + pw.bytes).hexdigest().encode()


def username(i, pw):
    return {"username": USERS[i % 6]}


emit_all("dovecot_pbkdf2", ALL, lambda i, pw: "{PBKDF2}$1$%s$%d$%s" % (
    text_salt(i), [1, 5000, 100][i % 3], hashlib.pbkdf2_hmac("sha1", pw.bytes, text_salt(i).encode(), [1, 5000, 100][i % 3]).hex()))
emit_all("dovecot_scram_sha1", ALL, dovecot_scram("SCRAM-SHA-1", "sha1"))
emit_all("dovecot_scram_sha256", ALL, dovecot_scram("SCRAM-SHA-256", "sha256"))
emit_all("ldap_389_pbkdf2_sha256", FEW, lambda i, pw: "{PBKDF2_SHA256}" + b64(
    (1 + 1000 * i).to_bytes(4, "big") + salt(i, 64) + hashlib.pbkdf2_hmac("sha256", pw.bytes, salt(i, 64), 1 + 1000 * i, 256)))
emit_all("zope_sha256", ALL, lambda i, pw: "{SHA256}" + hashlib.sha256(pw.bytes).hexdigest())
for bits in (256, 384, 512):
    emit_all(f"ldap_sha{bits}", ALL, lambda i, pw: f"{{SHA{bits}}}" + b64(hashlib.new(f"sha{bits}", pw.bytes).digest()))
emit_all("ldap_salted_sha384", ALL, lambda i, pw: "{SSHA384}" + b64(
    hashlib.sha384(pw.bytes + salt(i, [8, 4, 16][i % 3])).digest() + salt(i, [8, 4, 16][i % 3])))


def sap_h(i, pw):
    label, name = [("sha", "sha1"), ("SHA256", "sha256"), ("SHA384", "sha384"), ("SHA512", "sha512")][i % 4]
    rounds, salt_bytes = [1024, 1, 2, 10000][i % 4], salt(i, [12, 16, 4, 16][i % 4])
    value = hashlib.new(name, pw.bytes + salt_bytes).digest()
    for _ in range(rounds - 1):
        value = hashlib.new(name, pw.bytes + value).digest()
    return f"{{x-is{'s' if label == 'sha' else ''}{'ha' if label == 'sha' else label}, {rounds}}}" + b64(value + salt_bytes)


emit_all("sap_h", ALL, sap_h)
emit_all("macos_pbkdf2_sha512", ALL, lambda i, pw: "$ml$%d$%s$%s" % (
    1000 + i, salt(i, 32).hex(), hashlib.pbkdf2_hmac("sha512", pw.bytes, salt(i, 32), 1000 + i, [64, 128][i % 2]).hex()))
emit_all("macos_sha512", ALL, lambda i, pw: salt(i, 4).hex() + hashlib.sha512(salt(i, 4) + pw.bytes).hexdigest())
emit_all("macos_sha1", ALL, lambda i, pw: (salt(i, 4).hex() + hashlib.sha1(salt(i, 4) + pw.bytes).hexdigest()).upper())
emit_all("cisco_type4", ALL, lambda i, pw: crypt_letters_in_base64_order(hashlib.sha256(pw.bytes).digest()))
emit_all("cisco_type8", FEW, lambda i, pw: f"$8${text_salt(i, 14)}$" + crypt_letters_in_base64_order(
    hashlib.pbkdf2_hmac("sha256", pw.bytes, text_salt(i, 14).encode(), 20000)))
emit_all("cisco_type9", FEW, lambda i, pw: f"$9${text_salt(i, 14)}$" + crypt_letters_in_base64_order(
    hashlib.scrypt(pw.bytes, salt=text_salt(i, 14).encode(), n=16384, r=1, p=1, dklen=32)))
for label, name in (("ssha1", "sha1"), ("ssha256", "sha256"), ("ssha512", "sha512")):
    emit_all(f"aix_{label}", ALL, lambda i, pw: f"{{{label}}}{4 + i % 3:02}${text_salt(i, [16, 8][i % 2])}$" + aix_letters(
        hashlib.pbkdf2_hmac(name, pw.bytes, text_salt(i, [16, 8][i % 2]).encode(), 2 ** (4 + i % 3))))
emit_all("oracle12c", ALL, lambda i, pw: "T:" + (hashlib.sha512(
    hashlib.pbkdf2_hmac("sha512", pw.bytes, salt(i) + b"AUTH_PBKDF2_SPEEDY_KEY", 4096) + salt(i)).digest() + salt(i)).hex().upper())
emit_all("mssql2012", TEXTS, lambda i, pw: "0x0200" + (
    salt(i, 4) + hashlib.sha512(pw.text.encode("utf-16-le") + salt(i, 4)).digest()).hex().upper())
emit_all("azuread_sync", TEXTS, lambda i, pw: "v1;PPH1_MD4,%s,%d,%s;" % (salt(i, 10).hex(), [100, 1000][i % 2], hashlib.pbkdf2_hmac(
    "sha256", nthash.hash(pw.text).upper().encode("utf-16-le"), salt(i, 10), [100, 1000][i % 2]).hex()))
emit_all("peoplesoft", TEXTS, lambda i, pw: b64(hashlib.sha1(pw.text.encode("utf-16-le")).digest()))
emit_all("sybase_ase", TEXTS, lambda i, pw: "0xc007" + salt(i, 8).hex() + hashlib.sha256(
    pw.text.encode("utf-16-be").ljust(510, b"\0") + salt(i, 8)).hexdigest())
emit_all("mongodb_cr", TEXTS, lambda i, pw: mongo_secret(i, pw).decode(), username)
emit_all("mongodb_scram_sha1", TEXTS, mongodb("SCRAM-SHA-1", "sha1", 10000, mongo_secret), username)
emit_all("mongodb_scram_sha256", TEXTS, mongodb("SCRAM-SHA-256", "sha256", 15000, lambda i, pw: pw.bytes))
emit_all("couchdb_simple", ALL, lambda i, pw: f"-hashed-{hashlib.sha1(pw.bytes + salt(i).hex().encode()).hexdigest()},{salt(i).hex()}")


def couchdb_pbkdf2(i, pw):
    label, name = [("", "sha1"), (":sha256", "sha256"), (":sha", "sha1"), (":sha512", "sha512"), (":sha224", "sha224"), (":sha384", "sha384")][i % 6]
    iterations, text = [10, 100, 600][i % 3], salt(i).hex()
    return f"-pbkdf2{label}-{hashlib.pbkdf2_hmac(name, pw.bytes, text.encode(), iterations).hex()},{text},{iterations}"


emit_all("couchdb_pbkdf2", ALL, couchdb_pbkdf2)
