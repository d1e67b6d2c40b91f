"""What the Python generators of this folder share, over ../common.py."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.dirname(HERE))

import common
from common import custom, emit, passwords, test  # noqa: F401: re-exported

SHORT = ["typical", "empty", "one", "len64", "len73", "nfc", "nfd", "emoji", "spaces", "separators"]
SHORT_LIST = passwords(only=[*SHORT, "nul-inside", "latin1"])
TEXT_LIST = passwords(only=SHORT)
FEW = passwords(only=["typical", "empty", "one", "len73", "nfc", "emoji"])


def source(name, version, license):
    path = "vectors/generators/lang/" + os.path.basename(sys.argv[0])
    return {"name": name, "version": version, "path": path, "license": license, "method": "generated"}


def copied(name, version, path, license):
    return {"name": name, "version": version, "path": path, "license": license, "method": "copied"}


def salt(index, length=16):
    return common.salt(index, length)


def text_salt(index, length=16):
    return common.text_salt(index, length)


def bcrypt_salt(index):
    return common.bcrypt_salt(index)


def companions(**fields):
    """`with` of a test: text, or bytes as {"hex": …}; the other columns under params."""
    params = fields.pop("params", None)
    made = {key: {"hex": value.hex()} if isinstance(value, bytes) else value for key, value in fields.items()}
    if params:
        made["params"] = params
    return {"with": made}
