"""Flask-Security's hash_password, with passlib's salts fixed, in an application of a few lines.

Its forms bring the password to SECURITY_PASSWORD_NORMALIZE_FORM, NFKD, before that.
"""

import unicodedata

import flask_security
from flask import Flask
from flask_security.utils import hash_password
from flask_security.core import Security
from passlib.context import CryptContext

from lang import TEXT_LIST, bcrypt_salt, companions, emit, salt, source, test

FLASK_SECURITY = source("Flask-Security-Too", flask_security.__version__, "MIT")


class NoUser:
    fs_uniquifier = username = password = None


class NoUsers(flask_security.datastore.UserDatastore):
    def __init__(self):
        self.user_model = self.role_model = NoUser


def made(scheme, pepper, settings):
    app = Flask("digestry")
    app.config.update(
        SECRET_KEY="secret", SECURITY_PASSWORD_SALT=pepper, SECURITY_PASSWORD_HASH=scheme, TESTING=True
    )
    security = Security()
    tests = []
    with app.app_context():
        app.extensions = {**getattr(app, "extensions", {})}
        security.init_app(app, NoUsers(), register_blueprint=False)
        for i, pw in enumerate(TEXT_LIST):
            security = app.extensions["security"]
            context = CryptContext(schemes=[scheme], **{f"{scheme}__{k}": v for k, v in settings.items()})
            fixed = bcrypt_salt(i) if scheme == "bcrypt" else salt(i)
            handler = context.handler(scheme).using(salt=fixed)
            security._pwd_context = CryptContext(schemes=[handler])
            tests.append(test(pw, hash_password(unicodedata.normalize("NFKD", pw.text)), **companions(pepper=pepper)))
    return tests


PEPPER = "146585145368132386173505678016728509634"
emit("flask_security_bcrypt", FLASK_SECURITY, made("bcrypt", PEPPER, {"rounds": 4}))
emit("flask_security_pbkdf2_sha512", FLASK_SECURITY, made("pbkdf2_sha512", PEPPER, {"rounds": 9}))
