"""Small schemes of products: ../kdf/scheme-<scheme>-<product>.json. Inputs and outputs are hexadecimal."""

import hashlib
import json
import pathlib
import re
import subprocess

import passlib
from passlib.hash import bigcrypt, bsdi_crypt, cisco_asa, cisco_pix, des_crypt, lmhash, mysql323, oracle10

KDF = pathlib.Path(__file__).parent.parent / "kdf"
CRYPT64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PASSWORDS = ["", "a", "password", "passwor", "passwords", "correct horse battery staple", "Zürich", "пароль", "naïve café 12",
             "\x7f~ !\"#", "x" * 16, "y" * 24, "z" * 73]


def run(*command, **options):
    return subprocess.run(command, capture_output=True, check=True, **options).stdout


def version(pattern, *command):
    return re.search(pattern, run(*command, text=True))[0]


for handler in (des_crypt, bsdi_crypt):
    handler.set_backend("builtin")
PRODUCTS = {
    "libxcrypt": ("libxcrypt", version(r"[\d.]+", "dpkg-query", "-W", "-f", "${Version}", "libcrypt1"), "LGPL-2.1-or-later"),
    "php": ("PHP crypt()", version(r"\d+\.\d+\.\d+", "php", "-v"), "PHP-3.01"),
    "passlib": ("passlib", passlib.__version__, "BSD-3-Clause"),
    "smbhash": ("Crypt::SmbHash", run("perl", "-MCrypt::SmbHash", "-e", "print $Crypt::SmbHash::VERSION", text=True),
                "GPL-2.0-or-later"),
    "dovecot": ("Dovecot", version(r"[\d.]+", "dovecot", "--version"), "LGPL-2.1-only"),
    "digest_md5": ("Digest::MD5", run("perl", "-MDigest::MD5", "-e", "print $Digest::MD5::VERSION", text=True),
                   "Artistic-1.0-Perl OR GPL-1.0-or-later"),
}


def write(scheme, product, tests):
    name, version, license = PRODUCTS[product]
    file = {
        "source": {"name": name, "version": version, "path": "vectors/generators/kdf_schemes.py", "license": license,
                   "method": "generated"},
        "tests": [
            {"tcId": i + 1, "comment": f"{len(one['password'])} bytes",
             "inputs": {key: value if isinstance(value, int) else value.hex() for key, value in one.items() if key != "output"},
             "output": one["output"].hex()}
            for i, one in enumerate(tests)
        ],
    }
    (KDF / f"scheme-{scheme}-{product}.json").write_text(json.dumps(file, indent=2, ensure_ascii=False) + "\n")


def letters(number, length):
    """Drawn from the number."""
    digest = hashlib.sha256(f"scheme {number}".encode()).digest()
    return "".join(CRYPT64[byte & 63] for byte in digest[:length])


def big_endian(text):
    value = 0
    for letter in text:
        value = value << 6 | CRYPT64.index(letter)
    return (value >> 2).to_bytes(8, "big")


def by_libxcrypt(password, setting):
    return run("perl", "-e", "print crypt(pack('H*', $ARGV[0]), $ARGV[1])", password.hex(), setting, text=True)


def by_php(password, setting):
    return run("php", "-r", "echo crypt(hex2bin($argv[1]), $argv[2]);", password.hex(), setting, text=True)


cases = [(password.encode(), i) for i, password in enumerate(PASSWORDS)]
for product, crypt in (
    ("libxcrypt", by_libxcrypt),
    ("php", by_php),
    ("passlib", lambda password, salt: des_crypt.using(salt=salt).hash(password)),
):
    write("des_crypt", product, [
        {"password": password, "salt": letters(i, 2).encode(), "output": big_endian(crypt(password, letters(i, 2))[2:])}
        for password, i in cases
    ])

COUNTS = [1, 3, 24, 725, 2999]


def bsdi_setting(i):
    count = COUNTS[i % len(COUNTS)]
    return "_" + "".join(CRYPT64[count >> shift & 63] for shift in (0, 6, 12, 18)) + letters(100 + i, 4)


for product, crypt in (
    ("libxcrypt", by_libxcrypt),
    ("php", by_php),
    ("passlib", lambda password, setting: bsdi_crypt.using(salt=setting[5:], rounds=sum(
        CRYPT64.index(letter) << 6 * at for at, letter in enumerate(setting[1:5]))).hash(password)),
):
    write("bsdi_crypt", product, [
        {"password": password, "salt": bsdi_setting(i)[5:].encode(), "rounds": COUNTS[i % len(COUNTS)],
         "output": big_endian(crypt(password, bsdi_setting(i))[9:])}
        # passlib makes an even count odd.
        for password, i in cases if product != "passlib" or COUNTS[i % len(COUNTS)] % 2
    ])

for product, crypt in (
    # A setting of two letters would ask for des_crypt.
    ("libxcrypt", lambda password, salt: by_libxcrypt(password, salt + "." * 22)),
    ("passlib", lambda password, salt: bigcrypt.using(salt=salt).hash(password)),
):
    write("bigcrypt", product, [
        {"password": password, "salt": letters(200 + i, 2).encode(), "output": b"".join(map(big_endian, re.findall(".{11}", crypt(password, letters(200 + i, 2))[2:])))}
        for password, i in cases if 8 < len(password) <= 128
    ])

# In capitals and code page 437, as the function takes it.
pages = [password.upper().encode("cp437") for password in [*PASSWORDS, "fünfzehn Bytes"] if password not in ("пароль", "naïve café 12")]
write("lm_hash", "passlib", [{"password": page, "output": lmhash.raw(page)} for page in pages])
write("lm_hash", "smbhash", [
    {"password": page, "output": bytes.fromhex(run(
        "perl", "-MCrypt::SmbHash", "-e", "print Crypt::SmbHash::lmhash(pack('H*', $ARGV[0]))", page.hex(), text=True))}
    for page in pages if page and max(page) < 128
])

for scheme, handler in (("cisco_pix", cisco_pix), ("cisco_asa", cisco_asa)):
    most = 16 if scheme == "cisco_pix" else 32
    tests = []
    for i, password in enumerate([*PASSWORDS, "b" * 11, "c" * 12, "d" * 13, "e" * 27, "f" * 28, "g" * 32]):
        for user in ("", "joe", "jane", "administrator")[i % 2::2] if len(password.encode()) <= most else ():
            text = handler.hash(password, user=user)
            value = [CRYPT64.index(letter) for letter in text]
            groups = [sum(value[at + k] << 6 * k for k in range(4)).to_bytes(3, "little") for at in range(0, 16, 4)]
            tests.append({"password": password.encode(), "username": user.encode(), "output": b"".join(groups)})
    write(scheme, "passlib", tests)

write("mysql323", "passlib", [
    {"password": password.encode(), "output": bytes.fromhex(mysql323.hash(password))}
    for password in [*PASSWORDS, "a b\tc", " \t ", "é" * 200]
])
write("oracle10", "passlib", [
    {"password": password.encode(), "username": user.encode(), "output": bytes.fromhex(oracle10.hash(password, user=user))}
    for i, password in enumerate(PASSWORDS) for user in [["scott", "SYS", "Jürgen", "x" * 30][i % 4]]
])

typed = [password.encode() for password in PASSWORDS if password] + [b"k" * 63, b"k" * 64, b"k" * 65, b"k" * 200]
write("cram_md5", "dovecot", [
    {"password": password, "output": bytes.fromhex(run("doveadm", "pw", "-s", "CRAM-MD5", "-p", password, text=True).strip()[10:])}
    for password in typed
])
STATES = """
use Digest::MD5;
my $key = pack 'H*', $ARGV[0];
$key = Digest::MD5::md5($key) if length $key > 64;
$key .= "\\0" x (64 - length $key);
for my $pad (0x5c, 0x36) {
  my $md5 = Digest::MD5->new;
  $md5->add($key ^ (chr($pad) x 64));
  print unpack 'H*', ($md5->context)[1];
}
"""
write("cram_md5", "digest_md5", [
    {"password": password, "output": bytes.fromhex(run("perl", "-e", STATES, password.hex(), text=True))} for password in typed
])
