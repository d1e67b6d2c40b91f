"""Python's hashlib, hmac and Debian's bcrypt over the formulas of other languages' products, as another source than they."""

import base64
import crypt
import hashlib
import hmac
import json
import platform
import unicodedata

import argon2.low_level
import bcrypt

from lang import FEW, TEXT_LIST, bcrypt_salt, companions, emit, salt, source, test, text_salt

PYTHON = source("Python hashlib", platform.python_version(), "PSF-2.0")
BCRYPT = source("Python bcrypt", bcrypt.__version__, "Apache-2.0")


def b64(data):
    return base64.b64encode(data).decode()


def b64n(data):
    return b64(data).rstrip("=")


def pbkdf2(prf, pw, salt, rounds, length):
    return hashlib.pbkdf2_hmac(prf, pw, salt, rounds, length)


def scrypt(pw, salt, n, r, p, length):
    return hashlib.scrypt(pw, salt=salt, n=n, r=r, p=p, dklen=length, maxmem=2**27)


def made(name, make, list=TEXT_LIST, by=PYTHON):
    tests = []
    for i, pw in enumerate(list):
        digest, *rest = make(pw.bytes, i)
        tests.append(test(pw, digest, **(companions(**rest[0]) if rest else {})))
    emit(name, by, tests)


def discourse(pw, i):
    s = text_salt(i, 32)
    return pbkdf2("sha256", pw, s.encode(), 30 + i, 32).hex(), {"salt": s, "params": {"algorithm": f"$pbkdf2-sha256$i={30 + i},l=32$"}}


made("discourse", discourse)
made("discourse", lambda pw, i: (pbkdf2("sha256", pw, b"abcdefgh", 64000, 32).hex(), {"salt": "abcdefgh"}), FEW[:1])


def chain(h, first, joined, count):
    data = first
    for _ in range(count):
        data = h(joined(data)).hexdigest()
    return data


def devise(h):
    def make(pw, i):
        s, pepper, n = text_salt(i, 20), ["", "pepper€"][i % 2], [1, 10, 4][i % 3]
        tail = b"--" + pw + b"--" + pepper.encode() + b"--"
        digest = chain(h, pepper, lambda d: b"--" + s.encode() + b"--" + d.encode() + tail, n)
        return digest, {"salt": s, **({"pepper": pepper} if pepper else {}), "params": {"stretches": n}}

    return make


made("devise_sha1", devise(hashlib.sha1))
made("devise_sha512", devise(hashlib.sha512))


def authlogic(name, usual):
    def make(pw, i):
        s, n = text_salt(i, 20), [usual, 2][i % 2]
        data = pw + s.encode()
        for _ in range(n):
            data = hashlib.new(name, data).hexdigest().encode()
        return data.decode(), {"salt": s, "params": {"stretches": n}}

    return make


made("authlogic_md5", authlogic("md5", 1))
made("authlogic_sha256", authlogic("sha256", 20))
made("authlogic_sha512", authlogic("sha512", 20))


def salted_chain(usual):
    def make(pw, i):
        s, n, data = text_salt(i, 20), [usual, 2][i % 2], pw
        for _ in range(n):
            data = hashlib.sha1(data + b"--" + s.encode()).hexdigest().encode()
        return data.decode(), {"salt": s, "params": {"stretches": n}}

    return make


made("authlogic_sha1", salted_chain(10))
made("sorcery_sha1", salted_chain(1))


def restful(pw, i):
    s, key, n = text_salt(i, 40), "site-key", [10, 3][i % 2]
    digest = chain(hashlib.sha1, key, lambda d: b"--".join([d.encode(), s.encode(), pw, key.encode()]), n)
    return digest, {"salt": s, "pepper": key, "params": {"stretches": n}}


made("restful_authentication_sha1", restful)
for name in ("clearance_sha1", "restful_authentication_simple"):
    made(name, lambda pw, i: (hashlib.sha1(b"--" + text_salt(i).encode() + b"--" + pw + b"--").hexdigest(), {"salt": text_salt(i)}))


def scrypt_gem(pw, i):
    n, r, p, s = 16 << i % 3, [8, 1][i % 2], 1 + i % 2, salt(i, 32)
    s = bytes([s[0] | 1]) + s[1:]
    return f"{n:x}${r:x}${p:x}${s.hex()}${scrypt(pw, s, n, r, p, 32).hex()}",


made("scrypt_gem", scrypt_gem)
made("gitlab_pbkdf2_sha512", lambda pw, i: (f"$pbkdf2-sha512${7 + i}${salt(i).hex()}${pbkdf2('sha512', pw, salt(i), 7 + i, 64).hex()}",))
made("pow_pbkdf2", lambda pw, i: (f"$pbkdf2-sha512${7 + i}${b64(salt(i))}${b64(pbkdf2('sha512', pw, salt(i), 7 + i, 64))}",))


def gitea(pw, i):
    text = salt(i).hex() if i % 3 else text_salt(i, 10)
    raw = salt(i) if i % 3 else text.encode()
    return pbkdf2("sha256", pw, raw, 8 + i, 50).hex(), {"salt": text, "params": {"algorithm": f"pbkdf2${8 + i}$50"}}


made("gitea_pbkdf2", gitea)
made("gitea_scrypt", lambda pw, i: (scrypt(pw, salt(i), 32, 16, 2, 50).hex(), {"salt": salt(i).hex(), "params": {"algorithm": "scrypt$32$16$2$50"}}))
made("gitea_argon2", lambda pw, i: (
    argon2.low_level.hash_secret_raw(pw, salt(i), 2, 128, 8, 50, argon2.low_level.Type.ID).hex(),
    {"salt": salt(i).hex(), "params": {"algorithm": "argon2$2$128$8$50"}}))
for name in ("grafana", "gogs_pbkdf2"):
    made(name, lambda pw, i: (pbkdf2("sha256", pw, text_salt(i, 10).encode(), 10000, 50).hex(), {"salt": text_salt(i, 10)}))
made("mattermost_pbkdf2", lambda pw, i: (f"$pbkdf2$f=SHA256,w={9 + i},l=32${b64n(salt(i))}${b64n(pbkdf2('sha256', pw, salt(i), 9 + i, 32))}",))
made("passport_local_mongoose", lambda pw, i: (pbkdf2("sha256", pw, salt(i, 32).hex().encode(), 25000, 512).hex(), {"salt": salt(i, 32).hex()}), FEW)


def lucia(pw, i):
    s = text_salt(i, 16)
    return f"{s}:{scrypt(unicodedata.normalize('NFKC', pw.decode()).encode(), s.encode(), 16384, 16, 1, 64).hex()}",


made("lucia_scrypt", lucia)
made("phc_pbkdf2", lambda pw, i: (f"$pbkdf2-sha512$i={9 + i}${b64n(salt(i))}${b64n(pbkdf2('sha512', pw, salt(i), 9 + i, 64))}",))
made("kratos_pbkdf2", lambda pw, i: (f"$pbkdf2-sha256$i={9 + i},l=32${b64n(salt(i))}${b64n(pbkdf2('sha256', pw, salt(i), 9 + i, 32))}",))
made("adonis_scrypt", lambda pw, i: (f"$scrypt$n=16,r=8,p=1${b64n(salt(i))}${b64n(scrypt(pw, salt(i), 16, 8, 1, 64))}",))
made("passlib_scrypt", lambda pw, i: (f"$scrypt$ln=4,r=8,p=1${b64n(salt(i))}${b64n(scrypt(pw, salt(i), 16, 8, 1, 32))}",))
made("kratos_scrypt", lambda pw, i: (f"$scrypt$ln=1024,r=8,p=1${b64(salt(i))}${b64(scrypt(pw, salt(i), 1024, 8, 1, 32))}",))
made("spring_scrypt", lambda pw, i: (f"$40801${b64(salt(i))}${b64(scrypt(pw, salt(i), 16, 8, 1, 32))}",))
made("scrypt_hashcat", lambda pw, i: (f"SCRYPT:64:8:1:{b64(salt(i))}:{b64(scrypt(pw, salt(i), 64, 8, 1, 64))}",))
made("django_scrypt", lambda pw, i: (f"scrypt$64${text_salt(i)}$8$1${b64(scrypt(pw, text_salt(i).encode(), 64, 8, 1, 64))}",))
made("django_scrypt_external", lambda pw, i: (f"scrypt${text_salt(i, 12)}$6$8$1$64${b64(scrypt(pw, text_salt(i, 12).encode(), 64, 8, 1, 64))}",))
made("pbkdf2_hashcat", lambda pw, i: (f"sha256:{9 + i}:{b64(salt(i))}:{b64(pbkdf2('sha256', pw, salt(i), 9 + i, 32))}",))
made("pbkdf2_b64_columns", lambda pw, i: (
    b64(pbkdf2("sha256", pw, salt(i), 9 + i, 32)), {"salt": b64(salt(i)), "params": {"algorithm": "sha256", "iterations": 9 + i}}))
made("passwap_md5salted", lambda pw, i: (f"$md5salted-suffix${b64(salt(i, 9))}${b64(hashlib.md5(pw + b64(salt(i, 9)).encode()).digest())}",))


def phc_bcrypt(pw, i):
    text = bcrypt.hashpw(pw, b"$2b$04$" + bcrypt_salt(i).encode()).decode()
    table = str.maketrans("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return f"$bcrypt$v=98$r=4${text[7:29].translate(table)}${text[29:].translate(table)}",


made("phc_bcrypt", phc_bcrypt, by=BCRYPT)
made("jenkins_jbcrypt", lambda pw, i: ("#jbcrypt:" + bcrypt.hashpw(pw, b"$2a$04$" + bcrypt_salt(i).encode()).decode(),), by=BCRYPT)
made("shiro2", lambda pw, i: (
    "$shiro2" + argon2.low_level.hash_secret(pw, salt(i), 1 + i % 2, 64, 1 + i % 3, 32, argon2.low_level.Type.ID).decode(),),
    by=source("argon2-cffi", argon2.__version__, "MIT"))
made("shiro2", lambda pw, i: ("$shiro2$2y" + bcrypt.hashpw(pw, b"$2b$04$" + bcrypt_salt(i).encode()).decode()[3:],), by=BCRYPT)


def flask(pw, i):
    inner = base64.b64encode(hmac.new(b"pepper", unicodedata.normalize("NFKD", pw.decode()).encode(), "sha512").digest())
    return inner


def bcrypt_sha256(pw, i):
    letters = bcrypt_salt(i)
    key = base64.b64encode(hmac.new(letters.encode(), pw, "sha256").digest())
    text = bcrypt.hashpw(key, b"$2b$04$" + letters.encode()).decode()
    return f"$bcrypt-sha256$v=2,t=2b,r=4${letters}${text[29:]}",


made("passlib_bcrypt_sha256", bcrypt_sha256, by=BCRYPT)


def kratos_crypt(pw, i):
    start, name = [("$1$", "md5"), ("$5$", "sha256"), ("$6$", "sha512")][i % 3]
    rounds = "" if i % 3 == 0 or i % 2 else "rounds=1234$"
    text = crypt.crypt(pw.decode(), start + rounds + text_salt(i, 8))
    return f"${name}-crypt$" + text.removeprefix(start),


made("kratos_crypt", kratos_crypt, by=source("libxcrypt", "4.4.33", "LGPL-2.1-or-later"))
made("flask_security_bcrypt", lambda pw, i: (
    bcrypt.hashpw(flask(pw, i), b"$2b$04$" + bcrypt_salt(i).encode()).decode(), {"pepper": "pepper"}), by=BCRYPT)


def ab64(data):
    return b64n(data).replace("+", ".")


made("flask_security_pbkdf2_sha512", lambda pw, i: (
    f"$pbkdf2-sha512${5 + i}${ab64(salt(i))}${ab64(pbkdf2('sha512', flask(pw, i), salt(i), 5 + i, 64))}", {"pepper": "pepper"}))


def password_hash(pw, i):
    name, s, n, data = ["sha1", "md5", "sha256", "sha512"][i % 4], text_salt(i, 8), 1 + i % 3, pw
    for _ in range(n):
        data = hmac.new(s.encode(), data, name).hexdigest().encode()
    return f"{name}${s}${'' if n == 1 and i % 2 else str(n) + '$'}{data.decode()}",


made("npm_password_hash", password_hash)
made("npm_credential", lambda pw, i: (json.dumps({
    "hash": b64(pbkdf2("sha1", pw, b64(salt(i, 66)).encode(), 9 + i, 66)), "salt": b64(salt(i, 66)), "keyLength": 66,
    "hashMethod": "pbkdf2", "iterations": 9 + i}, separators=(",", ":")),))


def scrypt_kdf(pw, i):
    head = b"scrypt\0" + bytes([4 + i % 3]) + (8).to_bytes(4, "big") + (1 + i % 2).to_bytes(4, "big") + salt(i, 32)
    head += hashlib.sha256(head).digest()[:16]
    return b64(head + hmac.new(scrypt(pw, salt(i, 32), 16 << i % 3, 8, 1 + i % 2, 64)[32:], head, "sha256").digest()),


made("npm_scrypt_kdf", scrypt_kdf)


def secure_password(pw, i):
    text = argon2.low_level.hash_secret(pw, salt(i), 2, 64, 1, 32, argon2.low_level.Type.ID)
    return b64(text.ljust(128, b"\0")),


made("npm_secure_password", secure_password, by=source("argon2-cffi", argon2.__version__, "MIT"))


def wide(pw):
    return pw.decode().encode("utf-16-le")


for name in ("sha1", "sha256"):
    made(f"aspnet_membership_{name}", lambda pw, i: (b64(hashlib.new(name, salt(i) + wide(pw)).digest()), {"salt": b64(salt(i))}))
made("aspnet_membership_hmacsha256", lambda pw, i: (b64(hmac.new(salt(i) * 4, wide(pw), "sha256").digest()), {"salt": b64(salt(i))}))
made("episerver", lambda pw, i: (f"$episerver$*{i % 2}*{b64(salt(i))}*{b64n(hashlib.new(['sha1', 'sha256'][i % 2], salt(i) + wide(pw)).digest())}",))
made("umbraco_hmac_sha1", lambda pw, i: (b64(hmac.new(wide(pw), wide(pw), "sha1").digest()),))
made("aspnet_identity_v2", lambda pw, i: (b64(b"\0" + salt(i) + pbkdf2("sha1", pw, salt(i), 1000, 32)),))
made("atlassian_pbkdf2_sha1", lambda pw, i: ("{PKCS5S2}" + b64(salt(i) + pbkdf2("sha1", pw, salt(i), 10000, 32)),))
made("nopcommerce", lambda pw, i: (
    hashlib.new(["sha1", "sha512"][i % 2], pw + text_salt(i, 8).encode()).hexdigest().upper(),
    {"salt": text_salt(i, 8), "params": {"algorithm": ["SHA1", "SHA512"][i % 2]}}))
made("liferay_pbkdf2", lambda pw, i: (b64((160).to_bytes(4, "big") + (9 + i).to_bytes(4, "big") + salt(i, 8) + pbkdf2("sha1", pw, salt(i, 8), 9 + i, 20)),))
made("sonarqube_pbkdf2", lambda pw, i: (f"{9 + i}${b64(pbkdf2('sha512', pw, salt(i, 20), 9 + i, 64))}", {"salt": b64(salt(i, 20))}))
made("jenkins_pbkdf2", lambda pw, i: (f"$PBKDF2$HMACSHA512:{9 + i}:{salt(i).hex()}${pbkdf2('sha512', pw, salt(i), 9 + i, 64).hex()}",))
made("hudson_sha256", lambda pw, i: ("abcdef:" + hashlib.sha256(pw + b"{abcdef}").hexdigest(),))
made("coldfusion10", lambda pw, i: (
    hashlib.sha256((salt(i).hex().upper() + hashlib.sha1(pw).hexdigest().upper()).encode()).hexdigest(), {"salt": salt(i).hex().upper()}))


def neo4j(pw, i):
    data = hashlib.sha256(salt(i) + pw).digest()
    for _ in range(1023):
        data = hashlib.sha256(data).digest()
    return f"SHA-256,{data.hex()},{salt(i).hex()},1024",


made("neo4j_sha256", neo4j)


def jasypt_strong(pw, i):
    data = salt(i) + unicodedata.normalize("NFC", pw.decode()).encode()
    for _ in range(100000):
        data = hashlib.sha256(data).digest()
    return b64(salt(i) + data),


made("jasypt_strong", jasypt_strong)
made("web2py_pbkdf2", lambda pw, i: (
    f"pbkdf2({9 + i},20,sha512)${text_salt(i)}${pbkdf2('sha512', pw, text_salt(i).encode(), 9 + i, 20).hex()}",))


def message_digest(pw, i):
    name, shown = [("md5", "MD5"), ("sha1", "SHA-1"), ("sha256", "SHA-256")][i % 3]
    s = "{" + text_salt(i, 8) + "}"
    return s + hashlib.new(name, pw + s.encode()).hexdigest(), {"params": {"algorithm": shown}}


made("spring_message_digest", message_digest)
made("spring_md4", lambda pw, i: ("{salt}" + hashlib.new("md4", pw + b"{salt}").hexdigest(),)) if "md4" in hashlib.algorithms_available else None


def kratos(name):
    def make(pw, i):
        h = {"kratos_md5": ["md5"], "kratos_sha": ["sha1", "sha256", "sha512"]}[name]
        h = h[i % len(h)]
        template = [b"{SALT}{PASSWORD}", b"{PASSWORD}{SALT}", b"??{PASSWORD}$${SALT}"][i % 3]
        s = text_salt(i, 8).encode()
        text = template.replace(b"{SALT}", s).replace(b"{PASSWORD}", pw)
        return f"${h}$pf={b64(template)}${b64(s)}${b64(hashlib.new(h, text).digest())}",

    return make


made("kratos_md5", kratos("kratos_md5"))
made("kratos_sha", kratos("kratos_sha"))
made("kratos_hmac", lambda pw, i: (
    f"$hmac-{['md5', 'sha1', 'sha256', 'sha512'][i % 4]}$"
    f"{b64(hmac.new(salt(i, 12), pw, ['md5', 'sha1', 'sha256', 'sha512'][i % 4]).hexdigest().encode())}${b64(salt(i, 12))}",))
made("stytch_scrypt", lambda pw, i: (
    b64(scrypt(pw, base64.urlsafe_b64encode(salt(i, 22)), 32768, 8, 1, 32)), {"salt": b64(salt(i, 22))}), FEW)


def auth0(pw, i):
    salt_text = text_salt(i, 12)
    kind = i % 8
    hash_ = {}
    salt_ = None
    algorithm = ["md5", "sha1", "sha256", "sha512", "pbkdf2", "scrypt", "hmac", "md5"][kind]
    body = {"algorithm": algorithm}
    if kind < 4:
        suffix = i % 2 == 1
        value = hashlib.new(algorithm, pw + salt_text.encode() if suffix else salt_text.encode() + pw)
        encoding = ["hex", "base64"][i % 2]
        hash_ = {"value": value.hexdigest() if encoding == "hex" else b64(value.digest()), "encoding": encoding}
        salt_ = {"value": salt_text, "encoding": "utf8", "position": "suffix" if suffix else "prefix"}
    elif algorithm == "pbkdf2":
        hash_ = {"value": f"$pbkdf2-sha512$i={9 + i},l=64${b64n(salt(i))}${b64n(pbkdf2('sha512', pw, salt(i), 9 + i, 64))}", "encoding": "utf8"}
    elif algorithm == "scrypt":
        hash_ = {"value": scrypt(pw, salt_text.encode(), 16, 8, 1, 32).hex(), "encoding": "hex"}
        salt_ = {"value": salt_text, "encoding": "utf8"}
        body.update({"keylen": 32, "cost": 16, "blockSize": 8, "parallelization": 1})
    elif algorithm == "hmac":
        hash_ = {"value": hmac.new(b"key", pw, "sha256").hexdigest(), "encoding": "hex", "digest": "sha256",
                 "key": {"value": "key", "encoding": "utf8"}}
    else:
        hash_ = {"value": hashlib.md5(wide(pw)).hexdigest(), "encoding": "hex"}
        body["password"] = {"encoding": "utf16le"}
    body["hash"] = hash_
    if salt_:
        body["salt"] = salt_
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False),


made("auth0_custom", auth0)
made("auth0_custom", lambda pw, i: (json.dumps({"algorithm": "bcrypt", "hash": {
    "value": bcrypt.hashpw(pw, b"$2b$04$" + bcrypt_salt(i).encode()).decode()}}, separators=(",", ":")),), FEW, BCRYPT)


def okta(pw, i):
    algorithm = ["SHA-1", "SHA-256", "SHA-512", "MD5"][i % 4]
    name = algorithm.lower().replace("-", "")
    order = ["PREFIX", "POSTFIX"][i % 2]
    data = pw + salt(i) if order == "POSTFIX" else salt(i) + pw
    return json.dumps({"algorithm": algorithm, "salt": b64(salt(i)), "saltOrder": order,
                       "value": b64(hashlib.new(name, data).digest())}, separators=(",", ":")),


made("okta_hash", okta)


def okta_bcrypt(pw, i):
    text = bcrypt.hashpw(pw, b"$2b$04$" + bcrypt_salt(i).encode()).decode()
    return json.dumps({"algorithm": "BCRYPT", "workFactor": 4, "salt": text[7:29], "value": text[29:]}, separators=(",", ":")),


made("okta_hash", okta_bcrypt, FEW, BCRYPT)
made("django_unsalted_md5", lambda pw, i: ("md5$$" + hashlib.md5(pw).hexdigest(),), FEW)
made("django_unsalted_sha1", lambda pw, i: ("sha1$$" + hashlib.sha1(pw).hexdigest(),), FEW)
made("werkzeug_pbkdf2", lambda pw, i: (
    f"pbkdf2:sha256:{9 + i}${text_salt(i)}${pbkdf2('sha256', pw, text_salt(i).encode(), 9 + i, 32).hex()}",))
made("werkzeug_hmac", lambda pw, i: (f"sha256${text_salt(i)}${hmac.new(text_salt(i).encode(), pw, 'sha256').hexdigest()}",))


def scram(pw, i):
    parts = [f"{alg}={ab64(pbkdf2(name, pw, salt(i), 9 + i, size))}" for alg, name, size in
             (("sha-1", "sha1", 20), ("sha-256", "sha256", 32), ("sha-512", "sha512", 64))]
    return f"$scram${9 + i}${ab64(salt(i))}${','.join(parts)}",


made("passlib_scram", scram, [pw for pw in FEW if pw.id in ("typical", "one", "len73")])
made("fshp", lambda pw, i: (
    "{FSHP1|8|1}" + b64(salt(i, 8) + hashlib.sha256(salt(i, 8) + pw).digest()),), FEW)
made("cta_pbkdf2_sha1", lambda pw, i: (
    f"$p5k2${9 + i:x}${base64.urlsafe_b64encode(salt(i)).decode()}${base64.urlsafe_b64encode(pbkdf2('sha1', pw, salt(i), 9 + i, 20)).decode()}",))
made("dlitz_pbkdf2_sha1", lambda pw, i: (
    f"$p5k2${9 + i:x}${text_salt(i)}${ab64(pbkdf2('sha1', pw, f'$p5k2${9 + i:x}${text_salt(i)}'.encode(), 9 + i, 24)).replace('/', '/')}",))
made("roundup", lambda pw, i: ("{SHA}" + hashlib.sha1(pw).hexdigest() if i % 2 else "{MD5}" + hashlib.md5(pw).hexdigest(),))
