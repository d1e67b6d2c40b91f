"""Dovecot's `doveadm pw` with an encoding in its scheme, and its names of crypt(3)'s schemes. It draws its own salt: no NUL."""

import subprocess

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "dovecot-core"], capture_output=True, check=True, text=True
).stdout
DOVECOT = source("Dovecot doveadm pw", PACKAGE, "MIT")
CHOSEN = passwords(only=["typical", "empty", "len73", "emoji"])


def digest(password, scheme, *more):
    command = [b"doveadm", b"pw", b"-s", scheme.encode(), *more, b"-p", password.bytes]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("latin1").rstrip("\n")


def emit_scheme(name, *schemes, more=(), flags=("RandomSalt",)):
    for scheme in schemes:
        emit(name, DOVECOT, [test(pw, digest(pw, scheme, *more), *flags, comment=scheme, canonical=False) for pw in CHOSEN])


emit_scheme("ldap_sha1", "SHA.HEX", "SHA1.B64", flags=())
emit_scheme("ldap_sha256", "SHA256.HEX", "SHA256.B64", flags=())
emit_scheme("ldap_sha512", "SHA512.HEX", flags=())
emit_scheme("ldap_md5", "LDAP-MD5", "LDAP-MD5.HEX", "PLAIN-MD5", flags=())
emit_scheme("ldap_salted_md5", "SMD5.HEX")
emit_scheme("ldap_salted_sha256", "SSHA256.HEX", "SSHA256.B64")
emit_scheme("ldap_salted_sha512", "SSHA512.HEX")
emit_scheme("ldap_crypt", "MD5-CRYPT", "MD5", "DES-CRYPT")
emit_scheme("ldap_crypt", "SHA512-CRYPT", "SHA256-CRYPT", more=(b"-r", b"1000"))
emit_scheme("ldap_crypt", "BLF-CRYPT", more=(b"-r", b"4"))
