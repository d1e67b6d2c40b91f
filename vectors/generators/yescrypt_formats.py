"""yescrypt and gost_yescrypt by yescrypt-go, which shares no code with libxcrypt; GOST's HMAC is of libgcrypt's Streebog.

YESCRYPT_GO is the command that yescrypt_go.go is built into. It takes N from 2^10 to 2^18, r up to 32, p 1 and t 0 only.
"""

import ctypes
import os
import subprocess

from common import emit, passwords, salt, source, test

CRYPT64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
gcrypt = ctypes.CDLL("libgcrypt.so.20")
gcrypt.gcry_check_version.restype = ctypes.c_char_p
GCRYPT_VERSION = gcrypt.gcry_check_version(None).decode()
YESCRYPT_GO = source("yescrypt-go", "25b8ddb", "BSD-2-Clause")
GOST = source("yescrypt-go and libgcrypt", f"25b8ddb, {GCRYPT_VERSION}", "BSD-2-Clause AND LGPL-2.1-or-later")
STREEBOG256 = 309
CHOSEN = passwords(only=[
    "typical", "mixed-case", "empty", "one", "len64", "len73", "len129", "nfc", "emoji", "spaces", "nul-inside", "latin1", "fffe80",
])


def encode(data):
    text = ""
    for at in range(0, len(data), 3):
        group = data[at:at + 3]
        value = int.from_bytes(group, "little")
        text += "".join(CRYPT64[value >> 6 * i & 63] for i in range(len(group) + 1))
    return text


def decode(text):
    data = b""
    for at in range(0, len(text), 4):
        group = text[at:at + 4]
        value = sum(CRYPT64.index(letter) << 6 * i for i, letter in enumerate(group))
        data += value.to_bytes(3, "little")[:len(group) - 1]
    return data


def streebog(message):
    out = ctypes.create_string_buffer(32)
    gcrypt.gcry_md_hash_buffer(STREEBOG256, out, message, len(message))
    return out.raw


def hmac(key, message):
    block = lambda pad: bytes(byte ^ pad for byte in key.ljust(64, b"\0"))
    return streebog(block(0x5C) + streebog(block(0x36) + message))


def yescrypt(password, setting):
    command = [os.environ["YESCRYPT_GO"]]
    line = f"{password.hex()} {setting}\n"
    return subprocess.run(command, input=line, capture_output=True, check=True, text=True).stdout.strip()


def gost(password, setting):
    raw = decode(yescrypt(password, "$y$" + setting[4:]).split("$")[-1])
    return setting + "$" + encode(hmac(hmac(streebog(password), setting.encode()), raw))


def tail(i):
    return f"{['j75', 'j85', 'j76'][i % 3]}${encode(salt(i, [16, 8, 32][i % 3]))}"


emit("yescrypt", YESCRYPT_GO, [test(pw, yescrypt(pw.bytes, f"$y${tail(i)}")) for i, pw in enumerate(CHOSEN)])
emit("gost_yescrypt", GOST, [test(pw, gost(pw.bytes, f"$gy${tail(i)}")) for i, pw in enumerate(CHOSEN)])
