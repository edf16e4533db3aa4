"""接收回调：验签、去重、确认。Receives callbacks: verifies, handles each once, acknowledges.

python callbacks.py PORT RECEIVER_URL KEY_ID PUBLIC_KEY.pem
"""

import json
import sys
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms


# 回调不超过 256 KB。Callbacks are smaller than that.
LONGEST_BODY = 256 * 1024


class CheckKeys(HTTPSignatureKeyResolver):
    """身份验证系统的公钥，按 keyid 查找。The keys of the identity check, by their ids."""

    def __init__(self, keys: dict[str, str]):
        self.keys = {key_id: load_pem_public_key(Path(file).read_bytes()) for key_id, file in keys.items()}

    def resolve_public_key(self, key_id: str):
        return self.keys.get(key_id)


def serve(port: str, url: str, key_id: str, key_file: str) -> None:
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519, key_resolver=CheckKeys({key_id: key_file})
    )
    # 时钟误差不超过 300 秒。Clocks may differ by 300 s: a signature is at most so old, or so far ahead.
    verifier.max_clock_skew = timedelta(seconds=300)
    # 生产环境应存入数据库，与业务处理在同一事务中。In production: in a database, in one transaction with the handling.
    nonces: set[str] = set()
    handled: set[str] = set()
    # 同一回调可能同时到达两次。The same callback may come twice at once.
    lock = threading.Lock()

    def verified(headers, body: bytes) -> dict:
        message = SimpleNamespace(method="POST", url=url, headers=headers)
        [result] = verifier.verify(
            message,
            max_age=timedelta(0),
            require_components=("@method", "@target-uri", "content-digest", "content-type"),
            body=body,
        )
        with lock:
            if result.nonce is None or result.nonce in nonces:
                raise InvalidSignature("The nonce was used before")
            nonces.add(result.nonce)
        return json.loads(body)

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > LONGEST_BODY:
                self.close_connection = True
                self.answer(413, {"code": "body_too_large"})
                return
            body = self.rfile.read(int(length))
            try:
                callback = verified(self.headers, body)
            except InvalidSignature as error:
                print("rejected", error, flush=True)
                self.answer(401, {"code": "not_verified"})
                return
            # 同一 deliveryId 只处理一次，但每次都要确认。Handled once, acknowledged each time.
            with lock:
                if callback["deliveryId"] not in handled:
                    print("handled", callback["event"], callback["deliveryId"], flush=True)
                    handled.add(callback["deliveryId"])
            self.answer(200, {"acknowledged": callback["deliveryId"]})

        def answer(self, status: int, content: dict) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Receiver)
    print("listening", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(*sys.argv[1:])
