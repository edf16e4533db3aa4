"""Verifies sealed evidence by libraries that share no code with the product: jcs (RFC 8785), jwcrypto and joserfc (RFC 7515).

python verify_jws.py CONTENT JWS JWKS: ends with 0 if the content is canonical JSON, both libraries accept the signature over it, and the
key was in use when it signed.
"""

import base64
import json
import sys

import jcs
from joserfc import jws as joserfc_jws
from joserfc.jwk import KeySet
from jwcrypto import jwk, jws


def main(content_file, jws_file, jwks_file):
    with open(content_file, "rb") as file:
        content = file.read()
    with open(jws_file, encoding="ascii") as file:
        header, _, signature = file.read().split(".")
    with open(jwks_file, encoding="utf-8") as file:
        text = file.read()

    assert jcs.canonicalize(json.loads(content)) == content, "the content is not canonical"

    payload = base64.urlsafe_b64encode(content).rstrip(b"=").decode()
    whole = f"{header}.{payload}.{signature}"

    token = jws.JWS()
    token.deserialize(whole)
    kid = token.jose_header["kid"]
    token.verify(jwk.JWKSet.from_json(text).get_key(kid))
    assert token.payload == content

    keys = KeySet.import_key_set(json.loads(text))
    registry = joserfc_jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    read = joserfc_jws.deserialize_compact(whole, keys, registry=registry)
    assert read.payload == content

    [key] = [one for one in json.loads(text)["keys"] if one["kid"] == kid]
    assert key["nbf"] <= token.jose_header["iat"] < key["exp"], "the key was not in use"


main(*sys.argv[1:])
