"""libgcrypt's own Argon2, scrypt and PBKDF2, called through ctypes and written in the hashers' grammars.

Its Argon2 is version 19 only, its scrypt has r = 8 fixed, and it refuses an empty password.
"""

import base64
import ctypes

from common import emit, passwords, salt, source, test, text_salt

gcrypt = ctypes.CDLL("libgcrypt.so.20")
gcrypt.gcry_check_version.restype = ctypes.c_char_p
VERSION = gcrypt.gcry_check_version(None).decode()
LIBGCRYPT = source("libgcrypt", VERSION, "LGPL-2.1-or-later")

KDF_PBKDF2, KDF_SCRYPT, KDF_ARGON2 = 34, 48, 64
MD_SHA1, MD_SHA256, MD_SHA512 = 2, 8, 10
ARGON2I, ARGON2ID = 1, 2


def size(data):
    return ctypes.c_size_t(len(data))


def check(error):
    if error:
        raise RuntimeError(f"libgcrypt error {error & 0xFFFF}")


def argon2(password, type, m, t, p, salt, length):
    handle = ctypes.c_void_p()
    parameters = (ctypes.c_ulong * 4)(length, t, m, p)
    none = ctypes.c_size_t(0)
    check(gcrypt.gcry_kdf_open(
        ctypes.byref(handle), KDF_ARGON2, type, parameters, 4,
        password, size(password), salt, size(salt), None, none, None, none,
    ))
    tag = ctypes.create_string_buffer(length)
    check(gcrypt.gcry_kdf_compute(handle, None))
    check(gcrypt.gcry_kdf_final(handle, ctypes.c_size_t(length), tag))
    gcrypt.gcry_kdf_close(handle)
    return tag.raw


def derive(algorithm, sub, password, salt, iterations, length):
    key = ctypes.create_string_buffer(length)
    check(gcrypt.gcry_kdf_derive(
        password, size(password), algorithm, sub, salt, size(salt), ctypes.c_ulong(iterations),
        ctypes.c_size_t(length), key,
    ))
    return key.raw


def unpadded(data):
    return base64.b64encode(data).decode().rstrip("=")


def b64(data):
    return base64.b64encode(data).decode()


def argon2_digest(name, type, password, m, t, p, salt, length):
    tag = argon2(password.bytes, type, m, t, p, salt, length)
    return f"${name}$v=19$m={m},t={t},p={p}${unpadded(salt)}${unpadded(tag)}"


for name, type in (("argon2i", ARGON2I), ("argon2id", ARGON2ID)):
    emit(name, LIBGCRYPT, [
        test(pw, argon2_digest(name, type, pw, 32 + i, 1 + i % 2, 1 + i % 4, salt(i, 16), 32), "Rewrapped", "ArgonParameters")
        for i, pw in enumerate(passwords(skip=["empty", "len4096"]))
    ])


def scrypt_digest(password, n, p, salt):
    key = derive(KDF_SCRYPT, n, password.bytes, salt.encode(), p, 64)
    return f"scrypt:{n}:8:{p}${salt}${key.hex()}"


emit("scrypt_werkzeug", LIBGCRYPT, [
    test(pw, scrypt_digest(pw, 2 << i % 5, 1 + i % 3, text_salt(i)), "Rewrapped", "ScryptParameters")
    for i, pw in enumerate(passwords(skip=["empty", "len4096"]))
])


def pbkdf2_digest(password, iterations, salt, length):
    key = derive(KDF_PBKDF2, MD_SHA256, password.bytes, salt, iterations, length)
    return f"pbkdf2_sha256${iterations}${b64(salt)}${b64(key)}"


emit("pbkdf2_sha256", LIBGCRYPT, [
    test(pw, pbkdf2_digest(pw, [1, 2, 64, 500][i % 4], salt(i, 8 + i % 5), 32), "Rewrapped")
    for i, pw in enumerate(passwords(skip=["empty", "len4096"]))
])
