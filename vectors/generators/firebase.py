"""Firebase Authentication's scrypt, as its documentation says: Debian packages no Firebase.

scrypt(password, salt + separator, N = 2^mem_cost, r = rounds, p = 1, 32 bytes) is the AES-256-CTR key, with a zero
counter, under which the signer key is encrypted: that is the hash.
"""

import base64
import hashlib
import platform
import subprocess

from common import custom, emit, passwords, salt, source, test

OPENSSL = subprocess.run(["openssl", "version"], capture_output=True, check=True, text=True).stdout.split()[1]
FIREBASE = source(
    "Firebase scrypt documentation (Python hashlib + OpenSSL)",
    f"Python {platform.python_version()}, OpenSSL {OPENSSL}",
    "PSF-2.0 AND Apache-2.0",
)
SIGNER_KEY = salt(100, 64)
SEPARATOR = b"\x04"


def b64(data):
    return base64.b64encode(data).decode()


def aes_256_ctr(key, data):
    command = ["openssl", "enc", "-aes-256-ctr", "-K", key.hex(), "-iv", "00" * 16]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def firebase(password, salt, signer_key=SIGNER_KEY, separator=SEPARATOR, rounds=8, mem_cost=6):
    key = hashlib.scrypt(
        password.bytes, salt=salt + separator, n=2**mem_cost, r=rounds, p=1, dklen=32, maxmem=2**26
    )
    hashed = aes_256_ctr(key, signer_key)
    return f"{b64(hashed)}${b64(salt)}${b64(signer_key)}${b64(separator)}${rounds}${mem_cost}"


def url_safe(digest):
    return digest.replace("+", "-").replace("/", "_")


typical = passwords(only=["typical"])[0]
emit("scrypt_firebase", FIREBASE, [
    test(pw, firebase(pw, salt(i, 10), mem_cost=3 + i % 5), "FirebaseParameters") for i, pw in enumerate(passwords())
] + [
    test(typical, firebase(typical, salt(60 + length, length)), "SaltLength", comment=f"salt of {length} bytes")
    for length in (1, 2, 3, 64)
] + [
    test(typical, firebase(typical, salt(70), separator=salt(71, length)), "FirebaseParameters",
         comment=f"separator of {length} bytes")
    for length in (1, 2, 3, 32)
] + [
    test(typical, firebase(typical, salt(72), rounds=rounds, mem_cost=mem_cost), "FirebaseParameters",
         comment=f"rounds {rounds}, mem_cost {mem_cost}")
    for rounds, mem_cost in ((1, 1), (1, 10), (2, 9), (3, 5), (8, 1), (7, 7))
] + [
    test(typical, url_safe(firebase(typical, b"\xfb\xef\xbe" + salt(73, 7), mem_cost=4)), "UrlSafeBase64", "Derived",
         comment="as the Admin SDK writes Base64", canonical=False),
    test(typical, url_safe(firebase(typical, b"\xff\xff\xff" + salt(74, 7), mem_cost=5)), "UrlSafeBase64", "Derived",
         comment="as the Admin SDK writes Base64", canonical=False),
] + [
    test(typical, firebase(typical, salt(75), rounds=8, mem_cost=14), "RealisticParameters",
         comment="rounds 8, mem_cost 14, as Firebase projects have"),
    test(custom("password that is typical in length", "TypicalPassword", utf8="user1password"),
         firebase(custom("", utf8="user1password"), salt(76, 10), rounds=8, mem_cost=14), "RealisticParameters"),
])
