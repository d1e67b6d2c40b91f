"""Perl modules with code of their own: Crypt::SmbHash for the NT and LM hashes, Crypt::UnixCrypt for DES. Bytes come in as hex."""

import subprocess

from common import emit, passwords, source, test, text_salt

CHOSEN = passwords(only=["typical", "mixed-case", "empty", "one", "digits", "separators"])
LATIN = passwords(only=["typical", "empty", "one", "len73", "nfc", "spaces", "separators", "latin1", "fffe80"])
LICENSE = "GPL-2.0-or-later"


def package(name):
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, check=True, text=True).stdout


def perl(program, *arguments):
    return subprocess.run(["perl", "-e", program, *arguments], capture_output=True, check=True, text=True).stdout


SMBHASH = source("Crypt::SmbHash", package("libcrypt-smbhash-perl"), LICENSE)
HASHES = "use Crypt::SmbHash qw(lmhash nthash); my $p = pack 'H*', $ARGV[0];"
emit("nthash", SMBHASH, [test(pw, perl(HASHES + "print nthash($p)", pw.bytes.hex()), canonical=False) for pw in CHOSEN])
emit("lmhash", SMBHASH, [
    test(pw, perl(HASHES + "print lmhash($p)", pw.bytes.hex()), canonical=False) for pw in CHOSEN if len(pw.bytes) <= 14
])

UNIXCRYPT = source("Crypt::UnixCrypt", package("libcrypt-unixcrypt-perl"), "Artistic-1.0-Perl OR GPL-1.0-or-later")
DES = "use Crypt::UnixCrypt; print Crypt::UnixCrypt::crypt(pack('H*', $ARGV[0]), $ARGV[1])"
emit("des_crypt", UNIXCRYPT, [test(pw, perl(DES, pw.bytes.hex(), text_salt(i, 2))) for i, pw in enumerate(LATIN)])
