"""Expressions of John the Ripper's dynamic formats with the digests of their self-tests, as test/fixtures/recipes/john-dynamic.json.

    python3 john_dynamic.py run/dynamic.conf src/dynamic_preloads.c > john-dynamic.json

Both files are public domain. https://github.com/openwall/john
"""
import json
import re
import sys

conf, preloads = (open(path, encoding="latin1").read() for path in sys.argv[1:3])

# Hash functions of which there are more than the ten that all have.
UNSUPPORTED = re.compile(r"gost|tiger|ripemd(128|256|320)|haval|panama|skein|keccak_(224|384|512)", re.I)
LARGE = {5: "sha224", 6: "sha256", 7: "sha384", 8: "sha512", 10: "whirlpool", 13: "ripemd160", 31: "md2",
         37: "sha3_224", 38: "sha3_256", 39: "sha3_384", 40: "sha3_512", 41: "keccak_256"}
SHAPES = ["H($p)", "H($s.$p)", "H($p.$s)", "H(H($p))", "H(H_raw($p))", "H(H($p).$s)", "H($s.H($p))", "H(H($s).H($p))",
          "H(H($p).H($p))"]
# Where the comment describes and does not spell.
SPELLED = {18: "md5($s.'Y'.$p.0xF7.$s)", 35: "sha1(uc($u).':'.$p)", 36: "sha1($u.':'.$p)", 29: "md5(utf16($p))", 1010: "md5(pad100($p))",
           1013: "md5($p.$s)", 1350: "md5(md5($s.$p).':'.$s)", 1401: "md5($u.'\\x0askyper\\x0a'.$p)",
           1506: "md5($u.':XDB:'.$p)", 1507: "sha1(utf16(0x010f0d33.$p))", 1529: "sha1(pad($p,32))",
           1550: "md5($u.':mongo:'.$p)", 1551: "md5($s.$u.md5($u.':mongo:'.$p))",
           1552: "md5($s.$u.md5($u.':mongo:'.$p))", 1588: "sha256($s.SHA1($p))", 1590: "sha1($s.utf16be($p))",
           1600: "sha1($s.utf16($p))", 1602: "sha256($c1.$salt.$c2.$pass),c1=#,c2=-"}
# No expressions: phpass, Cisco, and HTTP digest authentication.
OTHER = {17, 19, 20, 21}


def expressions():
    found = {int(n): text for n, text in re.findall(r"^//dynamic_(\d+) ?--> ?(.*)$", preloads, re.M)}
    for group, name in LARGE.items():
        found.update({group * 10 + i: shape.replace("H", name) for i, shape in enumerate(SHAPES)})
    number = None
    for line in conf.splitlines():
        number = int(m[1]) if (m := re.match(r"\[List\.Generic:dynamic_(\d+)]", line)) else number
        if line.startswith("Expression=") and number is not None:
            found[number] = line[11:]
    found.update(SPELLED)
    return {n: re.sub(r"\)(?:\s+//|\s+\(|\s+vB).*$", ")", text.strip()) for n, text in found.items()
            if n not in OTHER and not UNSUPPORTED.search(text)}


def unescape(text):
    return text.encode("latin1").decode("unicode_escape")


def tests():
    quoted = r'"((?:[^"\\]|\\.)*)"'
    line = re.compile(r"\{" + quoted + r"\s*,\s*" + quoted + r"\s*(?:,\s*\{\s*" + quoted + r"\s*})?")
    for digest, password, user in line.findall(preloads):
        yield unescape(digest), unescape(password), user
    for digest, password, user in re.findall(r"^Test=(\$dynamic_\d+\$[^:\r\n]*):([^:\r\n]*):?([^:\r\n]*)", conf, re.M):
        yield digest, password, user


def read(digest, password, user):
    m = re.match(r"\$dynamic_(\d+)\$([^$]*)(?:\$(.*))?$", digest, re.S)
    if m is None:
        return None, None
    number, value, salt = int(m[1]), m[2], m[3]
    # The one for Skype is written with four bytes of zeros after it.
    test = {"password": password.encode("latin1").hex(), "hash": value[:32] if number == 1401 else value}
    if salt is not None:
        raw = bytes.fromhex(salt[4:]) if salt.startswith("HEX$") else salt.encode("latin1")
        raw, *more = re.split(rb"\$\$([2U])", raw)
        more = dict(zip(more[::2], more[1::2]))
        # What is encoded twice tests John's reader.
        if raw.startswith(b"HEX$"):
            return None, None
        if raw.startswith(b"$U"):
            user = raw[2:].decode("latin1")
        else:
            test["salt"] = raw.hex()
        user = more.get(b"U", user.encode("latin1")).decode("latin1")
        if b"2" in more:
            test["s2"] = more[b"2"].hex()
    if user:
        test["username"] = user
    return number, test


known = expressions()
formats = {}
for number, test in (read(*one) for one in tests()):
    if number in known:
        group = formats.setdefault(number, {"name": f"dynamic_{number}", "recipe": known[number], "tests": []})
        if test not in group["tests"]:
            group["tests"].append(test)
print("{")
print(' "source": "John the Ripper bleeding-jumbo, commit 3c2e19c0: run/dynamic.conf, src/dynamic_preloads.c (public domain)",')
print(' "formats": [')
print(",\n".join("  " + json.dumps(formats[n]) for n in sorted(formats)))
print(" ]\n}")
