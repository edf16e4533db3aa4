import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * 推送一项业务，只用 JDK（17 或更高版本）。Pushes a matter, with nothing but the JDK (17 or later).
 *
 * <p>{@code java Push.java BASE_URL KEY_ID PRIVATE_KEY.pem EXTERNAL_ID MATTER.json}
 */
public final class Push {
  public static void main(String[] args) throws Exception {
    String baseUrl = args[0];
    String keyId = args[1];
    PrivateKey key = readPrivateKey(Path.of(args[2]));
    String url = baseUrl + "/api/registry/matters/" + args[3];
    byte[] body = Files.readAllBytes(Path.of(args[4]));

    // RFC 9530
    String digest = "sha-256=:" + base64(MessageDigest.getInstance("SHA-256").digest(body)) + ":";
    // RFC 9421, 2.5：逐行列出被签名的内容。The signed lines.
    long created = Instant.now().getEpochSecond();
    String parameters =
        "(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\")"
            + ";created=" + created
            + ";expires=" + (created + 300)
            + ";nonce=\"" + UUID.randomUUID() + "\""
            + ";keyid=\"" + keyId + "\""
            + ";alg=\"ed25519\"";
    String base =
        String.join(
            "\n",
            "\"@method\": PUT",
            "\"@target-uri\": " + url,
            "\"content-digest\": " + digest,
            "\"content-type\": application/json",
            "\"@signature-params\": " + parameters);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(base.getBytes(StandardCharsets.US_ASCII));

    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Content-Digest", digest)
            .header("Signature-Input", "sig1=" + parameters)
            .header("Signature", "sig1=:" + base64(signature.sign()) + ":")
            .PUT(BodyPublishers.ofByteArray(body))
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    System.out.println(response.statusCode() + " " + response.body());
    System.exit(response.statusCode() < 300 ? 0 : 1);
  }

  private static PrivateKey readPrivateKey(Path pem) throws Exception {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
    return KeyFactory.getInstance("Ed25519").generatePrivate(encoded);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
