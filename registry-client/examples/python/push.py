"""推送一项业务。Pushes a matter.

python push.py BASE_URL KEY_ID PRIVATE_KEY.pem MATTER_SCHEMA.json EXTERNAL_ID MATTER.json
"""

import json
import sys
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from jsonschema import Draft202012Validator


class OwnKey(HTTPSignatureKeyResolver):
    def __init__(self, file: str):
        self.key = load_pem_private_key(Path(file).read_bytes(), password=None)

    def resolve_private_key(self, key_id: str):
        return self.key


def main(base_url: str, key_id: str, key_file: str, schema_file: str, external_id: str, matter_file: str) -> int:
    matter = json.loads(Path(matter_file).read_text("utf-8"))
    schema = json.loads(Path(schema_file).read_text("utf-8"))
    # 先按 JSON Schema 检查。Without a request, most mistakes are found here.
    Draft202012Validator(schema).validate(matter)

    body = json.dumps(matter, ensure_ascii=False).encode()
    request = requests.Request(
        "PUT",
        f"{base_url}/api/registry/matters/{external_id}",
        headers={"Content-Type": "application/json"},
        data=body,
    ).prepare()
    now = datetime.now(timezone.utc)
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=OwnKey(key_file))
    # 传入 body 时，该库自动计算 Content-Digest 并将其纳入签名。With a body, the library adds Content-Digest and covers it.
    signer.sign(
        request,
        key_id=key_id,
        label="sig1",
        created=now,
        expires=now + timedelta(minutes=5),
        nonce=str(uuid.uuid4()),
        covered_component_ids=("@method", "@target-uri", "content-type"),
        body=body,
    )
    response = requests.Session().send(request, timeout=30)
    print(response.status_code, response.text)
    return 0 if response.ok else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
