"""Samba's Python module for the NT hash, FreeRADIUS' smbencrypt for the NT and LM hashes, both of text without NUL."""

import subprocess

import samba
from samba.credentials import Credentials

from common import emit, passwords, source, test

SAMBA = source("Samba", samba.version, "GPL-3.0-or-later")
PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "freeradius-utils"], capture_output=True, check=True, text=True
).stdout
FREERADIUS = source("FreeRADIUS smbencrypt", PACKAGE, "GPL-2.0-or-later")
CHOSEN = passwords(only=["typical", "mixed-case", "one", "len64", "len73", "nfc", "nfd", "emoji", "cjk", "spaces", "separators"])
ASCII = [pw for pw in CHOSEN if pw.bytes.isascii() and len(pw.bytes) < 64]


def nt_hash(password):
    credentials = Credentials()
    credentials.set_password(password.text)
    return credentials.get_nt_hash().hex()


def smbencrypt(password):
    written = subprocess.run(["smbencrypt", password.text], capture_output=True, check=True, text=True).stdout
    return written.split("\n")[2 if written.startswith("LM Hash") else 0].split()


emit("nthash", SAMBA, [test(pw, nt_hash(pw), "Rewrapped", comment="raw bytes, written in hex") for pw in CHOSEN])
emit("nthash", FREERADIUS, [test(pw, smbencrypt(pw)[1], canonical=False) for pw in ASCII])
emit("lmhash", FREERADIUS, [test(pw, smbencrypt(pw)[0], canonical=False) for pw in ASCII if len(pw.bytes) <= 14])
