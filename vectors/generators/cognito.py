"""Amazon Cognito exports no digest. The hasher's text only says which pool, client and user to ask, so these are
shapes: made-up identifiers as Amazon's documentation describes them.
"""

import uuid

from common import emit, passwords, salt, source, test, text_salt

COGNITO = source("Amazon Cognito documentation (shapes)", "2024", "CC-BY-SA-4.0")
REGIONS = ["us-east-1", "eu-west-3", "ap-southeast-2", "us-gov-west-1"]
CLIENTS = "abcdefghijklmnopqrstuvwxyz0123456789"


def client(index):
    return "".join(CLIENTS[byte % 36] for byte in salt(index, 26))


def identifier(index):
    return (
        str(uuid.UUID(bytes=salt(index), version=4)),
        f"user{index}@example.com",
        f"+1555010{index:04}",
        f"user.name-{index}",
    )[index % 4]


def digest(index):
    return f"awscognito#{REGIONS[index % 4]}_{text_salt(index, 9)}#{client(index)}#{identifier(index)}"


emit("awscognito", COGNITO, [
    test(pw, digest(i), "Unverifiable", expect="unverifiable") for i, pw in enumerate(passwords(skip=["len4096"]))
])

# Clerk's description of its API names the fields and not what they hold.
CLERK = source("Clerk Backend API description (shapes)", "2025", "MIT")
typical = passwords(only=["typical"])[0]
emit("awscognito", CLERK, [
    test(typical, text, "Unverifiable", comment=comment, expect="unverifiable")
    for text, comment in (
        ("awscognito#us-east-1_AbCdEfGhI#1h57kf5cpq17m0eml12EXAMPLE#user@example.com", "identifier is an email address"),
        ("awscognito#eu-central-1_ABCDEFGHI#abc123#jane", "identifier is a username"),
        ("awscognito#userpoolid#clientid#identifier", "the placeholders themselves"),
    )
])
