"""Zope's AuthEncoding. Its {MYSQL} takes characters for bytes, so it is of ASCII here. Its {SHA256} holds hex where LDAP's holds Base64; the scheme is one function, run from a checkout.

AUTHENCODING is the folder src of a checkout of zopefoundation/AuthEncoding; Debian has no package of it.
"""

import os
import re
import sys

FOLDER = os.environ.get("AUTHENCODING")
if FOLDER:
    sys.path.insert(0, FOLDER)

from AuthEncoding import AuthEncoding

from common import emit, passwords, source, test

ZOPE = source("Zope AuthEncoding", os.environ.get("AUTHENCODING_VERSION", "6.1.dev0"), "ZPL-2.1")
CHOSEN = passwords(only=[
    "typical", "empty", "one", "len64", "len73", "nfc", "emoji", "spaces", "separators", "nul-inside", "latin1", "fffe80",
])


def digest(password, scheme):
    written = AuthEncoding.pw_encrypt(password.bytes, scheme)
    return written.decode() if isinstance(written, bytes) else written


emit("zope_sha256", ZOPE, [test(pw, digest(pw, "SHA256")) for pw in CHOSEN])
emit("ldap_sha1", ZOPE, [test(pw, digest(pw, "SHA")) for pw in CHOSEN])
emit("mysql323", ZOPE, [
    test(pw, re.sub(r"^\{MYSQL\}", "", digest(pw, "MYSQL")), "Rewrapped") for pw in CHOSEN if pw.bytes.isascii()
])
