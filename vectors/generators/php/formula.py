"""Python's hashlib, bcrypt and argon2-cffi by the formulas of PHP products: a second source without PHP's code.

Packages: python3-bcrypt python3-argon2
"""

import base64
import hashlib
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import argon2
import bcrypt
from common import bcrypt_salt, passwords, salt, text_salt

IDS = [
    "typical", "mixed-case", "empty", "one", "len55", "len64", "len73", "len129", "nfc", "emoji", "spaces", "quotes",
    "separators", "nul-inside", "latin1",
]
ALL = passwords(only=IDS)


def source(name, version, license):
    path = "vectors/generators/php/formula.py"
    return {"name": name, "version": version, "path": path, "license": license, "method": "generated"}


HASHLIB = source("Python hashlib", sys.version.split()[0], "PSF-2.0")
BCRYPT = source("python-bcrypt", bcrypt.__version__, "Apache-2.0")
ARGON2 = source("argon2-cffi", argon2.__version__, "MIT")


def emit(hasher, group, digest, without=()):
    tests = []
    for i, pw in enumerate(ALL):
        if pw.id in without:
            continue
        text, companions = digest(pw.bytes, i)
        test = {"comment": pw.comment, "flags": pw.flags, "password": pw.json, "digest": text, "expect": "match"}
        tests.append({**test, **({"with": companions} if companions else {})})
    print(json.dumps({"hasher": hasher, "source": group, "tests": tests}))


def b64(data):
    return base64.b64encode(data).decode()


def hexdigest(algorithm, data):
    return hashlib.new(algorithm, data).hexdigest()


def crypt(password, i, cost=4):
    """bcrypt of at most 72 bytes; the module refuses longer ones in newer versions."""
    return bcrypt.hashpw(password[:72], f"$2b${cost:02}${bcrypt_salt(i)}".encode()).decode()


def argon2id(password, i):
    memory, time, lanes = 64 << i % 3, 1 + i % 2, 1 + i % 3 // 2
    return argon2.low_level.hash_secret(password, salt(i), time, memory, lanes, 32, argon2.low_level.Type.ID).decode()


def mediawiki_pbkdf2(password, i):
    algorithm, rounds, length = [("sha512", 30, 64), ("sha256", 10, 128), ("sha1", 3, 20)][i % 3]
    hash = hashlib.pbkdf2_hmac(algorithm, password, salt(i), rounds, length)
    return f":pbkdf2:{algorithm}:{rounds}:{length}:{b64(salt(i))}:{b64(hash)}", None


def mediawiki_layered(password, i):
    hex_salt = salt(i, 4).hex()
    inner = [hexdigest("md5", password), hexdigest("md5", f"{hex_salt}-{hexdigest('md5', password)}".encode())][i % 2]
    hash = hashlib.pbkdf2_hmac("sha512", inner.encode(), salt(i), 20, 64)
    kind = "AB"[i % 2]
    return f":pbkdf2-legacy{kind}:!sha512:20:64!{'' if kind == 'A' else hex_salt}!{b64(salt(i))}!{b64(hash)}", None


def mediawiki_bcrypt(password, i):
    text = crypt(password, i)
    return f":bcrypt:4${text[7:29]}${text[29:]}", None


def smf2(password, i):
    name = ["Alice", "bob", "Jürgen"][i % 3]
    return crypt(name.lower().encode() + password, 50 + i), {"username": name}


def xenforo_core(password, i):
    name = ["sha256", "sha1"][i % 2]
    text = text_salt(i, 64)
    hash = hexdigest(name, (hexdigest(name, password) + text).encode())
    fields = ("hash", hash, "salt", text, "hashFunc", name)
    return "a:3:{" + "".join(f's:{len(field)}:"{field}";' for field in fields) + "}", None


def symfony_message_digest(password, i):
    algorithm, base64_text, iterations = [("sha512", True, 5), ("sha256", False, 10), ("sha1", True, 1)][i % 3]
    text = text_salt(100 + i, 31)
    salted = password + b"{" + text.encode() + b"}"
    hash = hashlib.new(algorithm, salted).digest()
    for _ in range(1, iterations):
        hash = hashlib.new(algorithm, hash + salted).digest()
    digest = b64(hash) if base64_text else hash.hex()
    return digest, {"salt": text, "params": {"algorithm": algorithm, "iterations": iterations}}


def symfony_pbkdf2(password, i):
    algorithm, iterations = [("sha512", 10), ("sha256", 1)][i % 2]
    text = text_salt(200 + i, 22)
    hash = hashlib.pbkdf2_hmac(algorithm, password, text.encode(), iterations, 40)
    return b64(hash), {"salt": text, "params": {"algorithm": algorithm, "iterations": iterations}}


def symfony_native_long(password, i):
    long = len(password) > 72 or b"\0" in password
    return crypt(b64(hashlib.sha512(password).digest()).encode() if long else password, 300 + i), None


def ion_auth_sha1(password, i):
    text = text_salt(400 + i, 10)
    return text + hexdigest("sha1", text.encode() + password)[:30], None


def wcf_pbkdf2(password, i):
    text = salt(500 + i, 20).hex()
    hash = hashlib.pbkdf2_hmac("sha256", password, text.encode(), 10, 32)
    return f"{hash.hex()}:{text}:sha256:10:32", None


def wcf1e(password, i):
    text = salt(600 + i, 20).hex()
    kind = "wcf1e" + "ms"[i % 2] + "01"[i // 2 % 2] + "ba"[i // 4 % 2] + "10"[i // 8 % 2]
    encrypt = lambda data: hexdigest({"m": "md5", "s": "sha1"}[kind[5]], data).encode()
    hash = encrypt(password)
    if kind[6] == "1":
        hash = hash if kind[8] == "1" else password
        hash = encrypt(text.encode() + hash if kind[7] == "b" else hash + text.encode())
    return encrypt(text.encode() + hash).decode(), {"salt": text, "params": {"type": kind}}


emit("mediawiki_pbkdf2", HASHLIB, mediawiki_pbkdf2)
emit("mediawiki_layered", HASHLIB, mediawiki_layered)
emit("mediawiki_bcrypt", BCRYPT, mediawiki_bcrypt, ["nul-inside"])
emit("mediawiki_argon2", ARGON2, lambda p, i: (":argon2:" + argon2id(p, i), None))
emit("vbulletin5_argon2id", ARGON2, lambda p, i: (argon2id(hexdigest("md5", p).encode(), i), None))
emit("smf2_bcrypt", BCRYPT, smf2, ["nul-inside"])
emit("xenforo_core", HASHLIB, xenforo_core)
emit("symfony_message_digest", HASHLIB, symfony_message_digest)
emit("symfony_pbkdf2", HASHLIB, symfony_pbkdf2)
emit("symfony_native_long", BCRYPT, symfony_native_long)
emit("ion_auth_sha1", HASHLIB, ion_auth_sha1)
emit("wcf_pbkdf2", HASHLIB, wcf_pbkdf2)
emit("wcf1e", HASHLIB, wcf1e)
