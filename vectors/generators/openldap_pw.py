"""OpenLDAP's slappasswd with the modules pw-sha2 and pw-pbkdf2. It draws its own salt; -T takes any bytes but an empty file."""

import subprocess
import tempfile

from common import emit, passwords, source, test, without_nul

PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "slapd-contrib"], capture_output=True, check=True, text=True
).stdout
OPENLDAP = source("OpenLDAP slappasswd", PACKAGE, "OLDAP-2.8")
CHOSEN = passwords(only=[
    "typical", "one", "len64", "len73", "nfc", "emoji", "spaces", "separators", "nul-inside", "nul-end", "latin1", "fffe80",
])
FEW = passwords(only=["typical", "one", "len73", "emoji", "nul-inside"])
# crypt(3) under slappasswd: -c is the setting, %.8s the salt that it draws.
SETTINGS = ["$6$rounds=1000$%.16s", "$5$%.16s", "$1$%.8s", "%.2s", "_J9..%.4s", "$sha1$10$%.8s"]


def digest(password, scheme, module=None, *more):
    with tempfile.NamedTemporaryFile() as file:
        file.write(password.bytes)
        file.flush()
        load = ["-o", "module-path=/usr/lib/ldap", "-o", f"module-load={module}"] if module else []
        command = ["slappasswd", "-n", *load, "-h", scheme, *more, "-T", file.name]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def emit_scheme(name, scheme, module=None, chosen=CHOSEN, flags=("RandomSalt",)):
    emit(name, OPENLDAP, [test(pw, digest(pw, scheme, module), *flags) for pw in chosen])


for bits in (256, 384, 512):
    emit_scheme(f"ldap_salted_sha{bits}", f"{{SSHA{bits}}}", "pw-sha2")
    emit_scheme(f"ldap_sha{bits}", f"{{SHA{bits}}}", "pw-sha2", flags=())
emit_scheme("ldap_sha1", "{SHA}", flags=())
emit_scheme("ldap_md5", "{MD5}", flags=())
emit_scheme("ldap_salted_md5", "{SMD5}")
for scheme in ("{PBKDF2}", "{PBKDF2-SHA1}", "{PBKDF2-SHA256}", "{PBKDF2-SHA512}"):
    emit_scheme("ldap_pbkdf2", scheme, "pw-pbkdf2", chosen=FEW)
emit("ldap_crypt", OPENLDAP, [
    test(pw, digest(pw, "{CRYPT}", None, "-c", SETTINGS[i % 6]), "RandomSalt")
    for i, pw in enumerate(without_nul(CHOSEN))
])
