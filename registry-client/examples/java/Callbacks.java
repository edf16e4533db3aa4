import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 接收回调：验签、去重、确认，只用 JDK（17 或更高版本）。Receives callbacks with nothing but the JDK: verifies, handles each once,
 * acknowledges.
 *
 * <p>{@code java Callbacks.java PORT RECEIVER_URL KEY_ID PUBLIC_KEY.pem}
 */
public final class Callbacks {
  /** 身份验证系统只用这一种写法签名。The identity check signs in this one form. */
  private static final Pattern INPUT =
      Pattern.compile(
          "sig1=(\\(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\"\\)"
              + ";created=(\\d{1,12});expires=(\\d{1,12});nonce=\"([\\w-]{16,128})\""
              + ";keyid=\"([\\w.-]+)\";alg=\"ed25519\")");

  private static final Pattern SIGNATURE = Pattern.compile("sig1=:([A-Za-z0-9+/]{86}==):");

  // 生产环境应使用 JSON 库。In production: a library for JSON.
  private static final Pattern DELIVERY_ID = Pattern.compile("\"deliveryId\"\\s*:\\s*\"([\\w-]+)\"");
  private static final Pattern EVENT = Pattern.compile("\"event\"\\s*:\\s*\"([\\w.-]+)\"");

  // 回调不超过 256 KB。Callbacks are smaller than that.
  private static final int LONGEST_BODY = 256 * 1024;

  private final String url;
  private final String keyId;
  private final PublicKey key;

  // 生产环境应存入数据库，与业务处理在同一事务中。In production: in a database, in one transaction with the handling.
  private final Set<String> nonces = ConcurrentHashMap.newKeySet();
  private final Set<String> handled = ConcurrentHashMap.newKeySet();

  private Callbacks(String url, String keyId, PublicKey key) {
    this.url = url;
    this.keyId = keyId;
    this.key = key;
  }

  public static void main(String[] args) throws Exception {
    var callbacks = new Callbacks(args[1], args[2], readPublicKey(Path.of(args[3])));
    var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", callbacks::receive);
    server.start();
    System.out.println("listening");
  }

  private void receive(HttpExchange exchange) throws java.io.IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      answer(exchange, 413, "{\"code\":\"body_too_large\"}");
      return;
    }
    String defect;
    try {
      defect = defectOf(exchange.getRequestMethod(), exchange.getRequestHeaders(), body);
    } catch (GeneralSecurityException error) {
      defect = "signature_malformed";
    }
    if (defect != null) {
      System.out.println("rejected " + defect);
      answer(exchange, 401, "{\"code\":\"" + defect + "\"}");
      return;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    String deliveryId = found(DELIVERY_ID, text);
    // 同一 deliveryId 只处理一次，但每次都要确认。Handled once, acknowledged each time.
    synchronized (handled) {
      if (!handled.contains(deliveryId)) {
        handle(found(EVENT, text), deliveryId);
        // 处理成功后才记录；未成功的，回调会再次发来。Noted after it was handled: what fails comes again.
        handled.add(deliveryId);
      }
    }
    answer(exchange, 200, "{\"acknowledged\":\"" + deliveryId + "\"}");
  }

  private static void handle(String event, String deliveryId) {
    System.out.println("handled " + event + " " + deliveryId);
  }

  /** Why a callback is not believed, or null. */
  private String defectOf(String method, Headers headers, byte[] body) throws GeneralSecurityException {
    Matcher input = INPUT.matcher(only(headers, "Signature-Input"));
    Matcher written = SIGNATURE.matcher(only(headers, "Signature"));
    if (!input.matches() || !written.matches()) return "signature_malformed";
    if (!input.group(5).equals(keyId)) return "signature_key_unknown";
    long now = Instant.now().getEpochSecond();
    long created = Long.parseLong(input.group(2));
    long expires = Long.parseLong(input.group(3));
    if (expires > created + 300 || now > expires || now < created - 300) return "signature_time";
    String digest = only(headers, "Content-Digest");
    String base =
        String.join(
            "\n",
            "\"@method\": " + method,
            "\"@target-uri\": " + url,
            "\"content-digest\": " + digest,
            "\"content-type\": " + only(headers, "Content-Type"),
            "\"@signature-params\": " + input.group(1));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(base.getBytes(StandardCharsets.US_ASCII));
    if (!verifier.verify(Base64.getDecoder().decode(written.group(1)))) return "signature_invalid";
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(body);
    String actual = "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    if (!actual.equals(digest)) return "digest_mismatch";
    if (!nonces.add(input.group(4))) return "nonce_replayed";
    return null;
  }

  /** The value of a header that is there once; else nothing. */
  private static String only(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static void answer(HttpExchange exchange, int status, String json) throws java.io.IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static PublicKey readPublicKey(Path pem) throws Exception {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
    return KeyFactory.getInstance("Ed25519").generatePublic(encoded);
  }
}
