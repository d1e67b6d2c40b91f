"""389 Directory Server's pwdhash. It draws its own salt and takes the password as an argument: no NUL, not empty."""

import subprocess

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "389-ds-base"], capture_output=True, check=True, text=True
).stdout
DS389 = source("389 Directory Server pwdhash", PACKAGE, "GPL-3.0-or-later")
CHOSEN = passwords(only=["typical", "one", "len64", "len73", "nfc", "emoji", "spaces", "separators", "latin1", "fffe80"])
FEW = CHOSEN[:4] + passwords(only=["emoji"])


def digest(password, scheme):
    command = [b"pwdhash", b"-s", scheme.encode(), b"--", password.bytes]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("latin1").rstrip("\n")


def emit_scheme(name, *schemes, chosen=CHOSEN, flags=("RandomSalt",)):
    for scheme in schemes:
        emit(name, DS389, [test(pw, digest(pw, scheme), *flags) for pw in chosen])


emit_scheme("ldap_salted_sha256", "SSHA256")
emit_scheme("ldap_salted_sha384", "SSHA384")
emit_scheme("ldap_salted_sha512", "SSHA512")
emit_scheme("ldap_salted_md5", "SMD5")
emit_scheme("ldap_sha1", "SHA", flags=())
emit_scheme("ldap_sha256", "SHA256", flags=())
emit_scheme("ldap_sha384", "SHA384", flags=())
emit_scheme("ldap_sha512", "SHA512", flags=())
emit_scheme("ldap_md5", "MD5", flags=())
emit_scheme("ldap_crypt", "CRYPT", "CRYPT-MD5", "CRYPT-SHA256", "CRYPT-SHA512", chosen=FEW)
emit_scheme("ldap_pbkdf2", "PBKDF2-SHA1", "PBKDF2-SHA256", "PBKDF2-SHA512", chosen=FEW)
emit_scheme("ldap_389_pbkdf2_sha256", "PBKDF2_SHA256", chosen=FEW)
