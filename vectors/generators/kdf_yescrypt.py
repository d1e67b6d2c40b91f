"""yescrypt and gost_yescrypt: ../kdf/scheme-<scheme>-<product>.json, by libxcrypt and by yescrypt-go.

YESCRYPT_GO is the command that yescrypt_go.go is built into. It takes N from 2^10 to 2^18, r up to 32, p 1 and t 0 only.
"""

import ctypes
import json
import os
import pathlib
import re
import subprocess

KDF = pathlib.Path(__file__).parent.parent / "kdf"
CRYPT64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PASSWORDS = ["", "a", "correct horse battery staple", "Zürich", "пароль", "z" * 73]
gcrypt = ctypes.CDLL("libgcrypt.so.20")
gcrypt.gcry_check_version.restype = ctypes.c_char_p
GCRYPT_VERSION = gcrypt.gcry_check_version(None).decode()
VERSION = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libcrypt1"], capture_output=True, check=True, text=True).stdout
LIBXCRYPT = {"name": "libxcrypt", "version": re.match(r"[\d.]+", VERSION)[0], "license": "LGPL-2.1-or-later"}
YESCRYPT_GO = {"name": "yescrypt-go", "version": "25b8ddb", "license": "BSD-2-Clause"}


def number(value, least):
    value -= least
    start, end, more = 0, 47, 0
    while value >= (end + 1 - start) << 6 * more:
        value -= (end + 1 - start) << 6 * more
        start, more = end + 1, more + 1
        end = start + (62 - end) // 2
    return CRYPT64[start + (value >> 6 * more)] + "".join(CRYPT64[value >> 6 * i & 63] for i in reversed(range(more)))


def settings(flags, N, r, p, t):
    has = (p != 1) + 2 * (t != 0)
    text = number(flags if flags < 2 else 2 + (flags - 2 >> 2), 0) + number(N.bit_length() - 1, 1) + number(r, 1)
    if has:
        text += number(has, 1)
    return text + (number(p, 2) if p != 1 else "") + (number(t, 1) if t else "")


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


def libxcrypt(password, setting):
    command = ["perl", "-e", "print crypt(pack('H*', $ARGV[0]), $ARGV[1])", password.hex(), setting]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def yescrypt_go(password, setting):
    command = [os.environ["YESCRYPT_GO"]]
    return subprocess.run(command, input=f"{password.hex()} {setting}\n", capture_output=True, check=True, text=True).stdout.strip()


def streebog(message):
    out = ctypes.create_string_buffer(32)
    gcrypt.gcry_md_hash_buffer(309, out, message, len(message))
    return out.raw


def hmac(key, message):
    block = lambda pad: bytes(byte ^ pad for byte in key.ljust(64, b"\0"))
    return streebog(block(0x5c) + streebog(block(0x36) + message))


def gost_by_yescrypt_go(password, setting):
    raw = decode(yescrypt_go(password, "$y$" + setting[4:]).split("$")[-1])
    return setting + encode(hmac(hmac(streebog(password), setting.rstrip("$").encode()), raw))


def write(scheme, product, source, crypt, parameters):
    tests = []
    for i, one in enumerate(parameters):
        password = PASSWORDS[i % len(PASSWORDS)].encode()
        salt = bytes(range(7 * i, 7 * i + [16, 1, 2, 3, 8, 32, 64][i % 7]))
        setting = f"${'gy' if scheme.startswith('gost') else 'y'}${settings(**one)}${encode(salt)}$"
        text = crypt(password, setting)
        assert text.startswith(setting), (text, setting)
        tests.append({
            "tcId": i + 1,
            "comment": setting.split("$")[2],
            "inputs": {"password": password.hex(), "salt": salt.hex(), **one},
            "output": decode(text.split("$")[-1]).hex(),
        })
    file = {"source": {**source, "path": "vectors/generators/kdf_yescrypt.py", "method": "generated"}, "tests": tests}
    (KDF / f"scheme-{scheme}-{product}.json").write_text(json.dumps(file, indent=2) + "\n")


RW = 182
PLAIN = [{"flags": RW, "N": N, "r": r, "p": 1, "t": 0}
         for N, r in [(4, 1), (8, 1), (16, 2), (64, 8), (256, 3), (512, 32), (1024, 1), (1024, 8), (256, 512), (4096, 32)]]
LANES = [{"flags": RW, "N": N, "r": r, "p": p, "t": t}
         for N, r, p, t in [(8, 1, 2, 0), (16, 1, 3, 0), (64, 8, 2, 1), (64, 4, 5, 2), (256, 2, 3, 3), (128, 8, 1, 1), (128, 8, 1, 4)]]
SCRYPT = [{"flags": flags, "N": N, "r": r, "p": p, "t": t}
          for flags, N, r, p, t in [(0, 4, 1, 1, 0), (0, 64, 8, 2, 0), (1, 4, 1, 1, 0), (1, 16, 2, 3, 1), (1, 64, 8, 1, 2)]]
GO = [{"flags": RW, "N": N, "r": r, "p": 1, "t": 0} for N, r in [(1024, 1), (1024, 2), (1024, 3), (1024, 8), (2048, 1), (1024, 32), (4096, 32)]]
write("yescrypt", "libxcrypt", LIBXCRYPT, libxcrypt, PLAIN + LANES + SCRYPT)
write("yescrypt", "yescrypt_go", YESCRYPT_GO, yescrypt_go, GO)
write("gost_yescrypt", "libxcrypt", LIBXCRYPT, libxcrypt, PLAIN[:8] + LANES[:2])
write("gost_yescrypt", "yescrypt_go", {"name": "yescrypt-go and libgcrypt", "version": f"25b8ddb, {GCRYPT_VERSION}",
                                       "license": "BSD-2-Clause AND LGPL-2.1-or-later"}, gost_by_yescrypt_go, GO[:5])
