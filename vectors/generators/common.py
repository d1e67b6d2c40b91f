"""What the Python generators share: the edge passwords, fixed salts, and how a group is printed."""

import hashlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Password:
    """`text` is None where the bytes are not the UTF-8 of a text."""

    def __init__(self, id=None, comment="", flag=None, utf8=None, hex=None, repeat=None):
        if repeat:
            utf8 = (repeat["text"] * repeat["bytes"])[: repeat["bytes"]]
        self.id, self.comment, self.flags = id, comment, [flag] if flag else []
        self.bytes = bytes.fromhex(hex) if utf8 is None else utf8.encode()
        self.json = {"hex": hex} if utf8 is None else {"utf8": utf8}
        try:
            self.text = self.bytes.decode()
        except UnicodeDecodeError:
            self.text = None
        self.has_nul = 0 in self.bytes


def passwords(only=None, skip=()):
    with open(os.path.join(HERE, "passwords.json"), encoding="utf-8") as file:
        table = [Password(**row) for row in json.load(file)]
    if only:
        by_id = {password.id: password for password in table}
        return [by_id[id] for id in only]
    return [password for password in table if password.id not in skip]


def text_passwords(**options):
    return [password for password in passwords(**options) if password.text is not None]


def without_nul(passwords):
    return [password for password in passwords if not password.has_nul]


def custom(comment, *flags, **value):
    """A password that is not in the table: `utf8` or `hex`."""
    made = Password(comment=comment, **value)
    made.flags = list(flags)
    return made


def salt(index, length=16):
    """Salts are fixed, so that a second run writes the same file; each generator has its own."""
    label = f"digestry {os.path.basename(sys.argv[0])} {index}"
    return hashlib.sha512(label.encode()).digest()[:length]


def text_salt(index, length=16):
    return "".join(ALPHABET[byte % 62] for byte in salt(index, length))


def bcrypt_salt(index):
    """22 characters; the last carries only 2 bits of salt, hence one of four."""
    return text_salt(index, 21) + ".Oeu"[index % 4]


def test(password, digest, *flags, comment="", expect="match", **more):
    comment = ", ".join(part for part in (password.comment, comment) if part)
    return {
        "id": password.id,
        "comment": comment,
        "flags": list(dict.fromkeys([*password.flags, *flags])),
        "password": password.json,
        "digest": digest,
        "expect": expect,
        **more,
    }


def source(name, version, license):
    path = "vectors/generators/" + os.path.basename(sys.argv[0])
    return {"name": name, "version": version, "path": path, "license": license, "method": "generated"}


def emit(hasher, source, tests, options=None):
    group = {"hasher": hasher, "source": source, "options": options, "tests": tests}
    print(json.dumps({key: value for key, value in group.items() if value is not None}))


def emit_convert(system, source, tests):
    print(json.dumps({"system": system, "source": source, "tests": tests}))


def converts(comment, password, text, hasher, digest):
    return {
        "comment": comment,
        "password": password,
        "text": text,
        "expect": "converts",
        "passwordHasher": hasher,
        "passwordDigest": digest,
    }


def no_conversion(comment, password, text):
    return {"comment": comment, "password": password, "text": text, "expect": "none"}
