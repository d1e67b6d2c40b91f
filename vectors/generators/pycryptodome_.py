"""PyCryptodome's own Blowfish, scrypt and AES: a second source for bcrypt, Werkzeug's and Firebase's scrypt.

Its bcrypt refuses a NUL and more than 72 bytes; its digests say $2a$.
"""

import base64

import Cryptodome
from Cryptodome.Cipher import AES
from Cryptodome.Protocol.KDF import bcrypt, scrypt

from common import emit, passwords, salt, source, test, text_salt, without_nul

PYCRYPTODOME = source("PyCryptodome", ".".join(map(str, Cryptodome.version_info)), "BSD-2-Clause")
SHORT = ["len73", "len111", "len112", "len128", "len129", "len4096"]


def b64(data):
    return base64.b64encode(data).decode()


emit("bcrypt", PYCRYPTODOME, [
    test(pw, bcrypt(pw.bytes, 4, salt(i)).decode()) for i, pw in enumerate(without_nul(passwords(skip=SHORT)))
])


def werkzeug(password, n, r, p, salt):
    return f"scrypt:{n}:{r}:{p}${salt}${scrypt(password.bytes, salt, 64, n, r, p).hex()}"


SCRYPT = [(16, 1, 1), (64, 8, 1), (32, 3, 2), (1024, 1, 1), (128, 2, 3)]
emit("scrypt_werkzeug", PYCRYPTODOME, [
    test(pw, werkzeug(pw, *SCRYPT[i % 5], text_salt(i, [16, 8, 22][i % 3])), "Rewrapped", "ScryptParameters")
    for i, pw in enumerate(passwords(skip=["len4096"]))
])

SEPARATORS = [b"\x04", b"Bw==", b"\x04\x00\xff", salt(99, 16)]


def firebase(password, salt_bytes, signer_key, separator, rounds, mem_cost):
    key = scrypt(password.bytes, salt_bytes + separator, 32, 2**mem_cost, rounds, 1)
    cipher = AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=0)
    hashed = cipher.encrypt(signer_key)
    return f"{b64(hashed)}${b64(salt_bytes)}${b64(signer_key)}${b64(separator)}${rounds}${mem_cost}"


emit("scrypt_firebase", PYCRYPTODOME, [
    test(
        pw,
        firebase(pw, salt(i, [10, 16, 42][i % 3]), salt(200, 64), SEPARATORS[i % 4], 1 + i % 8, 1 + i % 7),
        "Rewrapped", "FirebaseParameters",
    )
    for i, pw in enumerate(passwords(skip=["len4096"]))
])
