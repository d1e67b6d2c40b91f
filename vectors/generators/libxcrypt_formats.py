"""crypt(3) of Debian, libxcrypt, for the formats of crypt(3) beyond bcrypt: the password is a C string, so it has no NUL.

Settings are written out here, so that a second run writes the same file.
"""

import ctypes
import subprocess

from common import emit, passwords, salt, source, test, without_nul

ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p
PACKAGE = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Version}", "libcrypt1"], capture_output=True, check=True, text=True
).stdout
LIBXCRYPT = source("libxcrypt", PACKAGE, "LGPL-2.1-or-later")
CHOSEN = without_nul(passwords(only=[
    "typical", "mixed-case", "empty", "one", "len55", "len64", "len73", "len129", "nfc", "emoji", "spaces",
    "separators", "latin1", "fffe80",
]))
ASCII = [pw for pw in CHOSEN if all(byte < 128 for byte in pw.bytes)]


def letters(index, length):
    return "".join(ITOA64[byte % 64] for byte in salt(index, length))


def digest(password, setting):
    written = libcrypt.crypt(password.bytes, setting.encode())
    if written is None or written.startswith(b"*"):
        raise ValueError(f"crypt refuses {setting}")
    return written.decode("latin1")


def emit_format(name, setting_of, chosen=CHOSEN, flags=()):
    emit(name, LIBXCRYPT, [test(pw, digest(pw, setting_of(i)), *flags) for i, pw in enumerate(chosen)])


ROUNDS = ["", "rounds=1000$", "rounds=1001$", "rounds=1234$"]
LENGTHS = [16, 8, 1, 15, 0, 12]
emit_format("sha512_crypt", lambda i: f"$6${ROUNDS[i % 4]}{letters(i, LENGTHS[i % 6])}")
emit_format("sha256_crypt", lambda i: f"$5${ROUNDS[i % 4]}{letters(i, LENGTHS[i % 6])}")
emit_format("md5_crypt", lambda i: f"$1${letters(i, [8, 0, 4, 7, 1][i % 5])}")
# j75 is flags 0xb6, N 1024, r 8; j65 is N 512; j54 is N 256, r 7: cheap ones, and one at the default j9T.
emit_format("yescrypt", lambda i: f"$y${['j75', 'j65', 'j54'][i % 3]}${letters(i, [24, 4, 40, 86, 8][i % 5])[:-1]}.")
emit_format("gost_yescrypt", lambda i: f"$gy${['j75', 'j65', 'j54'][i % 3]}${letters(i, [24, 4, 40, 86, 8][i % 5])[:-1]}.")
emit("yescrypt", LIBXCRYPT, [
    test(pw, digest(pw, f"$y$j9T${letters(90 + i, 21)}."), "RealisticParameters", comment="libxcrypt's default cost")
    for i, pw in enumerate(passwords(only=["typical", "empty"]))
])
# $7$: N = 2^ITOA64[0], then r and p of five letters each, least significant first.
emit_format("scrypt_crypt", lambda i: f"$7${['6', '8', '5'][i % 3]}{['6....', '/....', '2....'][i % 3]}/....{letters(i, [14, 43, 8, 0][i % 4])}")
emit_format("des_crypt", lambda i: letters(i, 2))
emit_format("bsdi_crypt", lambda i: f"_{['J9..', 'z...', '/...', '1/..'][i % 4]}{letters(i, 4)}")
emit_format("bigcrypt", lambda i: letters(i, 2) + "." * 12,
            chosen=[pw for pw in ASCII if 8 < len(pw.bytes) <= 128])
emit_format("sha1_crypt", lambda i: f"$sha1${[1, 2, 7, 100, 999][i % 5]}${letters(i, [8, 16, 1, 64][i % 4])}$")
emit_format("sun_md5_crypt", lambda i: [
    f"$md5${letters(i, 8)}$", f"$md5,rounds={10 + i}${letters(i, 8)}", f"$md5,rounds={20 + i}${letters(i, 4)}$",
    f"$md5${letters(i, 8)}",
][i % 4], chosen=CHOSEN[:10])
# libxcrypt widens each byte to 16 bits, which is UTF-16 for ASCII only.
emit_format("bsd_nthash", lambda i: "$3$", chosen=ASCII)
emit("nthash", LIBXCRYPT, [
    test(pw, digest(pw, "$3$").removeprefix("$3$$"), "Rewrapped") for pw in ASCII
])
emit("ldap_crypt", LIBXCRYPT, [
    test(pw, "{CRYPT}" + digest(pw, setting), "Rewrapped")
    for pw, setting in zip(CHOSEN, [
        "$6$rounds=1000$" + letters(70, 16), "$5$rounds=1000$" + letters(71, 8), "$1$" + letters(72, 8), letters(73, 2),
        "_J9.." + letters(74, 4), "$y$j75$" + letters(75, 15) + ".", "$2b$04$" + "abcdefghijklmnopqrstu.", "$sha1$10$" + letters(76, 8) + "$",
        "$md5$" + letters(77, 8) + "$", "$7$66..../...." + letters(78, 8), "$gy$j54$" + letters(79, 15) + ".", "$5$" + letters(80, 16),
    ])
])
