"""The hash functions beside MD5, SHA-1 and SHA-2: ../kdf/<algorithm>-<product>.json, each from one product.

Each answer is also asked of every other product that has the function; where two differ, nothing is written.
"""

import ctypes
import hashlib
import json
import pathlib
import platform
import re
import subprocess

from Cryptodome import version_info
from Cryptodome.Hash import HMAC, MD2, MD4, RIPEMD160, SHA3_224, SHA3_256, SHA3_384, SHA3_512, SHA512, keccak

KDF = pathlib.Path(__file__).parent.parent / "kdf"
TEXTS = ["", "a", "abc", "message digest", "abcdefghijklmnopqrstuvwxyz",
         "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "1234567890" * 8]
# Around the blocks of 16, 64, 72, 104, 128, 136 and 144 bytes, and their paddings.
LENGTHS = [15, 16, 17, 31, 32, 33, 55, 56, 63, 64, 65, 71, 72, 73, 103, 104, 111, 112, 127, 128, 129, 135, 136, 143, 144, 200, 300]


def message_of(length):
    block, out = b"digestry kdf hashes", b""
    while len(out) < length:
        block = hashlib.sha256(block).digest()
        out += block
    return out[:length]


MESSAGES = [text.encode() for text in TEXTS] + [message_of(length) for length in LENGTHS]
gcrypt = ctypes.CDLL("libgcrypt.so.20")
gcrypt.gcry_check_version.restype = ctypes.c_char_p
GCRYPT_VERSION = gcrypt.gcry_check_version(None).decode()


def by_gcrypt(algorithm, length):
    def run(message):
        out = ctypes.create_string_buffer(length)
        gcrypt.gcry_md_hash_buffer(algorithm, out, message, len(message))
        return out.raw
    return run


def by_php(name):
    def run(message):
        script = f"echo hash('{name}', hex2bin('{message.hex()}'));"
        return bytes.fromhex(subprocess.run(["php", "-r", script], capture_output=True, check=True, text=True).stdout)
    return run


def by_openssl(name):
    def run(message):
        command = ["openssl", "dgst", "-provider", "legacy", "-provider", "default", f"-{name}", "-r"]
        return bytes.fromhex(subprocess.run(command, input=message, capture_output=True, check=True).stdout.split()[0].decode())
    return run


def by_pycryptodome(module, **options):
    return lambda message: module.new(data=message, **options).digest()


def first_version(*command):
    return re.search(r"\d+\.\d+\.\d+\w*", subprocess.run(command, capture_output=True, check=True, text=True).stdout)[0]


PRODUCTS = {
    "pycryptodome": ("PyCryptodome", ".".join(map(str, version_info)), "BSD-2-Clause"),
    "php": ("PHP hash()", first_version("php", "-v"), "PHP-3.01"),
    "libgcrypt": ("libgcrypt", GCRYPT_VERSION, "LGPL-2.1-or-later"),
    "openssl": ("OpenSSL", first_version("openssl", "version"), "Apache-2.0"),
    "hashlib": ("Python hashlib", platform.python_version(), "PSF-2.0"),
}
# The numbers are enum gcry_md_algos of gcrypt.h.
FUNCTIONS = {
    "md2": {"pycryptodome": by_pycryptodome(MD2), "php": by_php("md2")},
    "md4": {"pycryptodome": by_pycryptodome(MD4), "openssl": by_openssl("md4"), "libgcrypt": by_gcrypt(301, 16)},
    "sha224": {"hashlib": lambda m: hashlib.sha224(m).digest(), "libgcrypt": by_gcrypt(11, 28)},
    "sha384": {"hashlib": lambda m: hashlib.sha384(m).digest(), "libgcrypt": by_gcrypt(9, 48)},
    "sha512_256": {"pycryptodome": by_pycryptodome(SHA512, truncate="256"), "libgcrypt": by_gcrypt(327, 32)},
    "sha3_224": {"pycryptodome": by_pycryptodome(SHA3_224), "libgcrypt": by_gcrypt(312, 28)},
    "sha3_256": {"pycryptodome": by_pycryptodome(SHA3_256), "libgcrypt": by_gcrypt(313, 32)},
    "sha3_384": {"pycryptodome": by_pycryptodome(SHA3_384), "libgcrypt": by_gcrypt(314, 48)},
    "sha3_512": {"pycryptodome": by_pycryptodome(SHA3_512), "libgcrypt": by_gcrypt(315, 64)},
    "keccak256": {"pycryptodome": by_pycryptodome(keccak, digest_bits=256)},
    "ripemd160": {"pycryptodome": by_pycryptodome(RIPEMD160), "openssl": by_openssl("ripemd160"), "libgcrypt": by_gcrypt(3, 20)},
    "whirlpool": {"php": by_php("whirlpool"), "openssl": by_openssl("whirlpool"), "libgcrypt": by_gcrypt(305, 64)},
    "streebog256": {"libgcrypt": by_gcrypt(309, 32)},
    "streebog512": {"libgcrypt": by_gcrypt(310, 64)},
}


def write(name, product, tests):
    title, version, license = PRODUCTS[product]
    file = {
        "source": {"name": title, "version": version, "path": "vectors/generators/kdf_hashes.py", "license": license,
                   "method": "generated"},
        "tests": [{"tcId": i + 1, **one} for i, one in enumerate(tests)],
    }
    (KDF / f"{name}-{product}.json").write_text(json.dumps(file, indent=2, ensure_ascii=False) + "\n")


for algorithm, products in FUNCTIONS.items():
    answers = {product: [run(message).hex() for message in MESSAGES] for product, run in products.items()}
    assert len({tuple(answer) for answer in answers.values()}) == 1, algorithm
    for product in list(products)[:2]:
        write(algorithm, product, [
            {"comment": f"{len(message)} bytes", "inputs": {"message": message.hex()}, "output": output}
            for message, output in zip(MESSAGES, answers[product])
        ])

# HMAC where node:crypto has none to compare with.


def hmac_by_gcrypt(algorithm, length):
    def run(key, message):
        mac = ctypes.c_void_p()
        gcrypt.gcry_mac_open(ctypes.byref(mac), algorithm, 0, None)
        gcrypt.gcry_mac_setkey(mac, key, len(key))
        gcrypt.gcry_mac_write(mac, message, len(message))
        out, size = ctypes.create_string_buffer(length), ctypes.c_size_t(length)
        gcrypt.gcry_mac_read(mac, out, ctypes.byref(size))
        gcrypt.gcry_mac_close(mac)
        return out.raw
    return run


def hmac_by_pycryptodome(module):
    return lambda key, message: HMAC.new(key, message, module).digest()


# The numbers are enum gcry_mac_algos of gcrypt.h.
HMACS = {
    "md2": {"pycryptodome": hmac_by_pycryptodome(MD2)},
    "md4": {"pycryptodome": hmac_by_pycryptodome(MD4), "libgcrypt": hmac_by_gcrypt(107, 16)},
    "ripemd160": {"pycryptodome": hmac_by_pycryptodome(RIPEMD160), "libgcrypt": hmac_by_gcrypt(108, 20)},
    "whirlpool": {"libgcrypt": hmac_by_gcrypt(110, 64)},
    "streebog256": {"libgcrypt": hmac_by_gcrypt(112, 32)},
    "streebog512": {"libgcrypt": hmac_by_gcrypt(113, 64)},
}
KEYS = [message_of(length) for length in (1, 15, 16, 17, 32, 63, 64, 65, 128, 129, 200)]
for algorithm, products in HMACS.items():
    cases = [(key, MESSAGES[i % len(MESSAGES)]) for i, key in enumerate(KEYS)]
    answers = {product: [run(key, message).hex() for key, message in cases] for product, run in products.items()}
    assert len({tuple(answer) for answer in answers.values()}) == 1, algorithm
    for product in products:
        write(f"hmac-{algorithm}", product, [
            {"comment": f"key of {len(key)} bytes", "inputs": {"key": key.hex(), "message": message.hex()}, "output": output}
            for (key, message), output in zip(cases, answers[product])
        ])
