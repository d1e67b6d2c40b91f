"""Dovecot's `doveadm pw`. It draws its own salt and takes the password as an argument: no NUL.

Its {MD5} is MD5-crypt; {LDAP-MD5} is what LDAP calls {MD5}, {SHA1} what LDAP calls {SHA}.
"""

import subprocess

from common import emit, passwords, source, test

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "dovecot-core"], capture_output=True, check=True, text=True
).stdout
DOVECOT = source("Dovecot doveadm pw", PACKAGE, "MIT")
CHOSEN = passwords(only=[
    "typical", "empty", "one", "len64", "len65", "len73", "nfc", "emoji", "spaces", "separators", "latin1", "fffe80",
])
FEW = CHOSEN[:3] + passwords(only=["len73", "emoji"])


def digest(password, scheme, *more):
    command = [b"doveadm", b"pw", b"-s", scheme.encode(), *more, b"-p", password.bytes]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("latin1").rstrip("\n")


def emit_scheme(name, scheme, *more, chosen=CHOSEN, flags=("RandomSalt",), renamed=None):
    tests = []
    for pw in chosen:
        written = digest(pw, scheme, *more)
        tests.append(test(pw, written.replace(f"{{{scheme}}}", renamed, 1) if renamed is not None else written, *flags,
                          *(["Rewrapped"] if renamed is not None else [])))
    emit(name, DOVECOT, tests)


emit_scheme("ldap_sha1", "SHA", flags=())
emit_scheme("ldap_sha1", "SHA1", flags=(), chosen=FEW)
emit_scheme("ldap_sha256", "SHA256", flags=())
emit_scheme("ldap_sha512", "SHA512", flags=())
emit_scheme("ldap_md5", "LDAP-MD5", flags=(), renamed="{MD5}")
emit_scheme("ldap_salted_md5", "SMD5")
emit_scheme("ldap_salted_sha256", "SSHA256")
emit_scheme("ldap_salted_sha512", "SSHA512")
emit_scheme("dovecot_pbkdf2", "PBKDF2", b"-r", b"1000")
emit_scheme("dovecot_cram_md5", "CRAM-MD5", flags=())
emit_scheme("dovecot_cram_md5", "HMAC-MD5", flags=(), chosen=FEW)
UNPREPARED = CHOSEN + passwords(only=["nfd", "nbsp"])
emit_scheme("dovecot_scram_sha1", "SCRAM-SHA-1", b"-r", b"4096", chosen=UNPREPARED)
emit_scheme("dovecot_scram_sha256", "SCRAM-SHA-256", b"-r", b"4096", chosen=UNPREPARED)
emit_scheme("md5_crypt", "MD5-CRYPT", renamed="")
emit_scheme("ldap_crypt", "CRYPT", chosen=FEW)
USERS = ["joe@example.com", "joe", "jörg@example.com", "a@b@c", "Ada"]
emit("dovecot_digest_md5", DOVECOT, [
    {**test(pw, digest(pw, "DIGEST-MD5", b"-u", USERS[i % 5].encode())), "with": {"username": USERS[i % 5]}}
    for i, pw in enumerate(CHOSEN)
])
