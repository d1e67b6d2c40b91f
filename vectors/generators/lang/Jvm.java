// Products of the JVM. Reads "id TAB hex of the password" lines, prints "hasher TAB product TAB version TAB licence TAB id
// TAB digest TAB with" lines; tsv.mjs makes groups of them. Salts are drawn by most of the products.
// Spring Security, Jackrabbit Oak and Soteria are compiled from their own files, Jasypt and Shiro are Debian's jars.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public class Jvm {
  record Password(String id, String text) {}

  interface Make {
    Object[] make(String password, int index) throws Exception; // digest, with-JSON
  }

  static final List<Password> PASSWORDS = new ArrayList<>();
  static final HexFormat HEX = HexFormat.of();
  static final String SECRET = "site secret €";

  static void emit(String hasher, String product, String version, String license, Make make) {
    int index = 0;
    for (Password password : PASSWORDS) {
      try {
        Object[] made = make.make(password.text(), index++);
        if (made[0].equals("null")) continue; // Shiro hashes no empty password.
        String with = made.length > 1 ? (String) made[1] : "";
        System.out.println(String.join("\t", hasher, product, version, license, password.id(), (String) made[0], with));
      } catch (Exception error) {
        System.err.println(hasher + " " + password.id() + ": " + error);
      }
    }
  }

  static byte[] salt(int index, int length) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(("digestry Jvm.java " + index).getBytes());
    return java.util.Arrays.copyOf(hash, length);
  }

  static byte[] pbkdf2(String prf, String password, byte[] salt, int iterations, int bytes) throws Exception {
    var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * 8);
    return SecretKeyFactory.getInstance("PBKDF2WithHmac" + prf).generateSecret(spec).getEncoded();
  }

  static String b64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static Object[] one(String digest) {
    return new Object[] {digest};
  }

  static String pick(int index, String... of) {
    return of[index % of.length];
  }

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null; ) {
      String[] parts = line.split("\t", -1);
      PASSWORDS.add(new Password(parts[0], new String(HEX.parseHex(parts[1]), StandardCharsets.UTF_8)));
    }
    spring();
    jasypt();
    shiro();
    oak();
    jakarta();
    jdk();
  }

  @SuppressWarnings("deprecation")
  static void spring() {
    String name = "Spring Security Crypto", version = "d449950b36", license = "Apache-2.0";
    emit("spring_standard", name, version, license, (p, i) -> {
      String secret = i % 2 == 0 ? "" : SECRET;
      String digest = new org.springframework.security.crypto.password.StandardPasswordEncoder(secret).encode(p);
      return secret.isEmpty() ? one(digest) : new Object[] {digest, "{\"pepper\":\"" + secret + "\"}"};
    });
    emit("spring_message_digest", name, version, license, (p, i) -> {
      String algorithm = pick(i, "MD5", "SHA-1", "SHA-256", "SHA-512");
      int iterations = i % 3 == 2 ? 20 : 1;
      var encoder = new org.springframework.security.crypto.password.MessageDigestPasswordEncoder(algorithm);
      encoder.setIterations(iterations);
      encoder.setEncodeHashAsBase64(i % 5 == 4);
      String params = "\"algorithm\":\"" + algorithm + "\"" + (iterations == 1 ? "" : ",\"iterations\":" + iterations);
      return new Object[] {encoder.encode(p), "{\"params\":{" + params + "}}"};
    });
    emit("spring_md4", name, version, license, (p, i) -> {
      var encoder = new org.springframework.security.crypto.password.Md4PasswordEncoder();
      encoder.setEncodeHashAsBase64(i % 4 == 3);
      return one(encoder.encode(p));
    });
    emit("spring_scrypt", name, version, license, (p, i) ->
        one(new org.springframework.security.crypto.scrypt.SCryptPasswordEncoder(16 << i % 3, i % 2 == 0 ? 8 : 2, 1, 32, 16 + 8 * (i % 2)).encode(p)));
    emit("spring_pbkdf2", name, version, license, (p, i) -> {
      var prf = org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm.values()[i % 3];
      String secret = i % 2 == 0 ? "" : SECRET;
      int saltLength = i % 2 == 0 ? 16 : 8, iterations = 5 + i;
      var encoder = new org.springframework.security.crypto.password.Pbkdf2PasswordEncoder(secret, saltLength, iterations, prf);
      encoder.setEncodeHashAsBase64(i % 4 == 3);
      String algorithm = prf.name().replace("PBKDF2WithHmacSHA", "sha");
      String with = "{" + (secret.isEmpty() ? "" : "\"pepper\":\"" + secret + "\",") + "\"params\":{\"algorithm\":\"" + algorithm
          + "\",\"iterations\":" + iterations + ",\"saltLength\":" + saltLength + "}}";
      return new Object[] {encoder.encode(p), with};
    });
  }

  static void jasypt() {
    var basic = new org.jasypt.util.password.BasicPasswordEncryptor();
    var strong = new org.jasypt.util.password.StrongPasswordEncryptor();
    emit("jasypt_basic", "Jasypt", "1.9.3", "Apache-2.0", (p, i) -> one(basic.encryptPassword(p)));
    emit("jasypt_strong", "Jasypt", "1.9.3", "Apache-2.0", (p, i) -> one(strong.encryptPassword(p)));
  }

  static void shiro() {
    emit("shiro1", "Apache Shiro", "1.3.2", "Apache-2.0", (p, i) -> {
      String algorithm = pick(i, "SHA-256", "SHA-512", "MD5", "SHA-1");
      var service = new org.apache.shiro.crypto.hash.DefaultHashService();
      service.setHashAlgorithmName(algorithm);
      service.setHashIterations(i % 3 == 0 ? 500 : 1 + i);
      service.setGeneratePublicSalt(true);
      String with = "";
      if (i % 4 == 3) {
        service.setPrivateSalt(org.apache.shiro.util.ByteSource.Util.bytes("private"));
        with = "{\"pepper\":\"private\"}";
      }
      var request = new org.apache.shiro.crypto.hash.HashRequest.Builder().setSource(p).build();
      var hash = service.computeHash(request);
      return new Object[] {new org.apache.shiro.crypto.hash.format.Shiro1CryptFormat().format(hash), with};
    });
  }

  static void oak() {
    emit("oak_password", "Jackrabbit Oak", "043eaecf9e", "Apache-2.0", (p, i) ->
        one(org.apache.jackrabbit.oak.spi.security.user.util.PasswordUtil.buildPasswordHash(p,
            pick(i, "SHA-256", "SHA-512", "SHA-1", "PBKDF2WithHmacSHA1", "PBKDF2WithHmacSHA256"), i % 4 == 3 ? 0 + 16 : 8,
            i % 3 == 0 ? 1 : 1 + i * 3)));
  }

  static void jakarta() {
    emit("jakarta_pbkdf2", "Soteria", "1b3bb12", "EPL-2.0", (p, i) -> {
      var hash = new org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl();
      hash.initialize(Map.of("Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA" + pick(i, "256", "512", "224", "384"),
          "Pbkdf2PasswordHash.Iterations", i % 2 == 0 ? "2048" : "1024",
          "Pbkdf2PasswordHash.SaltSizeBytes", i % 3 == 0 ? "32" : "16",
          "Pbkdf2PasswordHash.KeySizeBytes", i % 3 == 1 ? "64" : "32"));
      return one(hash.generate(p.toCharArray()));
    });
  }

  /** The formulas over the JDK's own functions, as a second source. */
  static void jdk() {
    String name = "JDK", version = System.getProperty("java.version"), license = "GPL-2.0-only WITH Classpath-exception-2.0";
    emit("liferay_pbkdf2", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 8);
      int rounds = 10 + i;
      byte[] hash = pbkdf2("SHA1", p, salt, rounds, 20);
      var all = java.nio.ByteBuffer.allocate(36).putInt(160).putInt(rounds).put(salt).put(hash);
      return one(b64(all.array()));
    });
    emit("jakarta_pbkdf2", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 32);
      return one("PBKDF2WithHmacSHA256:" + (1 + i) + ":" + b64(salt) + ":" + b64(pbkdf2("SHA256", p, salt, 1 + i, 32)));
    });
    emit("sonarqube_pbkdf2", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 20);
      return new Object[] {(10 + i) + "$" + b64(pbkdf2("SHA512", p, salt, 10 + i, 64)), "{\"salt\":\"" + b64(salt) + "\"}"};
    });
    emit("jenkins_pbkdf2", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 16);
      return one("$PBKDF2$HMACSHA512:" + (10 + i) + ":" + HEX.formatHex(salt) + "$" + HEX.formatHex(pbkdf2("SHA512", p, salt, 10 + i, 64)));
    });
    emit("atlassian_pbkdf2_sha1", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 16);
      byte[] hash = pbkdf2("SHA1", p, salt, 10000, 32);
      return one("{PKCS5S2}" + b64(java.nio.ByteBuffer.allocate(48).put(salt).put(hash).array()));
    });
    emit("oak_password", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 8);
      String hex = HEX.formatHex(salt);
      if (i % 2 == 0) return one("{PBKDF2WithHmacSHA512}" + hex + "-" + (2 + i) + "-" + HEX.formatHex(pbkdf2("SHA512", p, salt, 2 + i, 16)));
      byte[] data = (hex + p).getBytes(StandardCharsets.UTF_8);
      for (int n = 0; n < 2 + i; n++) data = MessageDigest.getInstance("SHA-256").digest(data);
      return one("{SHA-256}" + hex + "-" + (2 + i) + "-" + HEX.formatHex(data));
    });
    emit("shiro1", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 16);
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      byte[] data = p.getBytes(StandardCharsets.UTF_8);
      for (int n = 0; n < 1 + i; n++) data = sha.digest(data);
      return one("$shiro1$SHA-256$" + (1 + i) + "$" + b64(salt) + "$" + b64(data));
    });
    emit("spring_standard", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 8);
      byte[] data = java.nio.ByteBuffer.allocate(8 + p.getBytes(StandardCharsets.UTF_8).length).put(salt).put(p.getBytes(StandardCharsets.UTF_8)).array();
      for (int n = 0; n < 1024; n++) data = MessageDigest.getInstance("SHA-256").digest(data);
      return one(HEX.formatHex(salt) + HEX.formatHex(data));
    });
    emit("spring_pbkdf2", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 16);
      String prf = pick(i, "1", "256", "512");
      byte[] hash = pbkdf2("SHA" + prf, p, salt, 20 + i, 32);
      return new Object[] {HEX.formatHex(salt) + HEX.formatHex(hash),
        "{\"params\":{\"algorithm\":\"sha" + prf + "\",\"iterations\":" + (20 + i) + ",\"saltLength\":16}}"};
    });
    emit("neo4j_sha256", name, version, license, (p, i) -> {
      byte[] salt = salt(i, i % 3 == 0 ? 16 : 32);
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      byte[] data = p.getBytes(StandardCharsets.UTF_8);
      int count = i % 4 == 3 ? 1 : 1024;
      for (int n = 0; n < count; n++) data = sha.digest(data);
      String text = "SHA-256," + HEX.withUpperCase().formatHex(data) + "," + HEX.withUpperCase().formatHex(salt);
      return one(count == 1 ? text : text + "," + count);
    });
    emit("hudson_sha256", name, version, license, (p, i) -> {
      String salt = "abcdefghijkl".substring(i % 5, i % 5 + 6);
      byte[] data = MessageDigest.getInstance("SHA-256").digest((p + "{" + salt + "}").getBytes(StandardCharsets.UTF_8));
      return one(salt + ":" + HEX.formatHex(data));
    });
    emit("coldfusion10", name, version, license, (p, i) -> {
      String salt = HEX.withUpperCase().formatHex(salt(i, 32));
      byte[] inner = MessageDigest.getInstance("SHA-1").digest(p.getBytes(StandardCharsets.UTF_8));
      byte[] data = MessageDigest.getInstance("SHA-256").digest((salt + HEX.withUpperCase().formatHex(inner)).getBytes());
      return new Object[] {HEX.withUpperCase().formatHex(data), "{\"salt\":\"" + salt + "\"}"};
    });
    emit("jasypt_basic", name, version, license, (p, i) -> {
      byte[] salt = salt(i, 8);
      var md5 = MessageDigest.getInstance("MD5");
      md5.update(salt);
      byte[] data = java.text.Normalizer.normalize(p, java.text.Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
      for (int n = 0; n < 1000; n++) data = md5.digest(data);
      return one(b64(java.nio.ByteBuffer.allocate(24).put(salt).put(data).array()));
    });
    emit("jenkins_jbcrypt", "Spring Security Crypto", "d449950b36", "Apache-2.0", (p, i) ->
        one("#jbcrypt:" + new org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder(4).encode(p)));
  }
}
