"""passlib's other formats. crypt(3) runs on passlib's own pure-Python code, not on libcrypt.

passlib refuses a NUL in crypt(3)'s passwords and takes text for those that are hashed as UTF-16 or in capitals.
"""

import passlib
from passlib import hash as handlers

from common import emit, passwords, salt, source, test, text_passwords, text_salt, without_nul

PASSLIB = source("passlib", passlib.__version__, "BSD-3-Clause")
IDS = [
    "typical", "mixed-case", "empty", "one", "len55", "len64", "len73", "len129", "nfc", "emoji", "spaces",
    "separators", "nul-inside", "nul-end", "latin1", "fffe80",
]
ALL = passwords(only=IDS)
TEXTS = text_passwords(only=IDS)
WITHOUT_NUL = without_nul(ALL)
for name in ("md5_crypt", "sha1_crypt", "sha256_crypt", "sha512_crypt", "des_crypt", "bsdi_crypt"):
    getattr(handlers, name).set_backend("builtin")
handlers.scrypt.set_backend("builtin")


def emit_format(name, chosen, settings_of=lambda i: {}, handler=None, rewrap=None, flags=(), password_of=lambda pw: pw.bytes):
    handler = getattr(handlers, handler or name)
    tests = []
    for i, pw in enumerate(chosen):
        digest = handler.using(**settings_of(i)).hash(password_of(pw))
        tests.append(test(pw, rewrap(digest) if rewrap else digest, *flags, *(["Rewrapped"] if rewrap else [])))
    emit(name, PASSLIB, tests)


emit_format("sha512_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, [16, 8, 1, 15][i % 4]), "rounds": [5000, 1000, 1001, 1100][i % 4]})
emit_format("sha256_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, [16, 8, 1, 15][i % 4]), "rounds": [5000, 1000, 1001, 1100][i % 4]})
emit_format("md5_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, [8, 0, 1, 5][i % 4])})
emit_format("apr_md5_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, [8, 0, 1, 5][i % 4])})
emit_format("des_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, 2)})
emit_format("bsdi_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, 4), "rounds": [1, 5, 11, 725][i % 4]})
emit_format("bigcrypt", [pw for pw in WITHOUT_NUL if 8 < len(pw.bytes) <= 128], lambda i: {"salt": text_salt(i, 2)})
emit_format("sha1_crypt", WITHOUT_NUL, lambda i: {"salt": text_salt(i, [8, 16, 1, 64][i % 4]), "rounds": [1, 2, 7, 999][i % 4]})
SUN = [lambda salt: f"$md5${salt}$", lambda salt: f"$md5,rounds=5${salt}", lambda salt: f"$md5,rounds=10${salt}$"]
emit("sun_md5_crypt", PASSLIB, [
    test(pw, handlers.sun_md5_crypt.genhash(pw.bytes, SUN[i % 3](text_salt(i, 8)))) for i, pw in enumerate(WITHOUT_NUL[:10])
])
emit_format("scrypt_crypt", ALL, lambda i: {"ident": "$7$", "salt": text_salt(i, 14).encode(), "rounds": 1 + i % 4, "block_size": 1 + i % 3, "parallelism": 1 + i % 2},
            handler="scrypt")
emit_format("grub_pbkdf2_sha512", ALL, lambda i: {"salt": salt(i, [64, 16, 8][i % 3]), "rounds": [1, 2, 100][i % 3]})
emit_format("bsd_nthash", TEXTS)
emit_format("nthash", TEXTS)
emit_format("lmhash", [pw for pw in TEXTS if pw.bytes.isascii() and len(pw.bytes) <= 14])
emit_format("ldap_sha1", ALL)
emit_format("ldap_md5", ALL)
emit_format("ldap_salted_md5", ALL, lambda i: {"salt": salt(i, [4, 8, 16][i % 3])})
emit_format("ldap_salted_sha256", ALL, lambda i: {"salt": salt(i, [4, 8, 16][i % 3])})
emit_format("ldap_salted_sha512", ALL, lambda i: {"salt": salt(i, [4, 8, 16][i % 3])})
PBKDF2 = ("ldap_pbkdf2_sha1", "ldap_pbkdf2_sha256", "ldap_pbkdf2_sha512")
for offset, handler in enumerate(PBKDF2):
    emit_format("ldap_pbkdf2", ALL[offset::3], lambda i: {"salt": salt(i, [16, 8, 64][i % 3]), "rounds": [1, 7, 999][i % 3]}, handler=handler)
emit_format("ldap_crypt", WITHOUT_NUL[:4], lambda i: {"salt": text_salt(i, 8)}, handler="ldap_md5_crypt")
emit_format("ldap_crypt", WITHOUT_NUL[:4], lambda i: {"salt": text_salt(i, 16), "rounds": 1000}, handler="ldap_sha512_crypt")
emit_format("ldap_crypt", WITHOUT_NUL[:4], lambda i: {"salt": text_salt(i, 2)}, handler="ldap_des_crypt")
emit_format("mysql323", [pw for pw in WITHOUT_NUL])
emit_format("mysql41", ALL)
emit_format("mssql2005", TEXTS, lambda i: {"salt": salt(i, 4)})
emit_format("mssql2000", TEXTS, lambda i: {"salt": salt(i, 4)})
emit_format("oracle11", ALL, lambda i: {"salt": salt(i, 10).hex().upper()})


def emit_named(name, chosen, user_of, digest_of=lambda handler, pw, user: handler.hash(pw.bytes, user=user)):
    """Formats whose salt is the user's name."""
    handler = getattr(handlers, name)
    emit(name, PASSLIB, [
        {**test(pw, digest_of(handler, pw, user_of(i))), "with": {"username": user_of(i)}} for i, pw in enumerate(chosen)
    ])


USERS = ["postgres", "Ada", "o'brien", "jörg", "a", "user@example.com"]
ASCII_USERS = ["SYSTEM", "Ada", "scott", "admin", "a", "user_1"]
emit_named("postgres_md5", ALL, lambda i: USERS[i % 6])
emit_named("oracle10", TEXTS, lambda i: ASCII_USERS[i % 6])
emit_named("msdcc", TEXTS, lambda i: USERS[i % 6])
emit_named("msdcc2", TEXTS[:8], lambda i: ASCII_USERS[i % 6])
emit("msdcc2", PASSLIB, [
    test(pw, f"$DCC2$10240#{USERS[i % 6]}#{handlers.msdcc2.hash(pw.bytes, user=USERS[i % 6])}", "Rewrapped")
    for i, pw in enumerate(TEXTS[:8])
])
emit_named("cisco_pix", [pw for pw in WITHOUT_NUL if len(pw.bytes) <= 16], lambda i: ASCII_USERS[i % 6])
# The user name counts where the password has less than 28 bytes: the first one has.
emit_named("cisco_asa", sorted((pw for pw in WITHOUT_NUL if len(pw.bytes) <= 32), key=lambda pw: len(pw.bytes)), lambda i: ASCII_USERS[i % 6])

REALMS = ["example.com", "", "realm", "ex.org"]
emit("dovecot_digest_md5", PASSLIB, [
    {
        **test(pw, "{DIGEST-MD5}" + handlers.htdigest.hash(pw.bytes, user=USERS[i % 4], realm=REALMS[i % 4]), "Rewrapped"),
        "with": {"username": f"{USERS[i % 4]}@{REALMS[i % 4]}" if REALMS[i % 4] else USERS[i % 4]},
    }
    for i, pw in enumerate(ALL)
])
