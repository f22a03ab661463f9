package io.virtwise.node.internal;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that signed itself, made for a test.
 *
 * @param certificate PEM
 * @param privateKey PEM
 */
public record TestCertificate(String certificate, String privateKey) {

	private static final char[] PASSWORD = "changeit".toCharArray();

	/** One that is good for so many days. */
	public static TestCertificate make(Path dir, String name, int days) throws Exception {
		Path file = dir.resolve(name + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "a", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
				"-validity", Integer.toString(days), "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass",
				new String(PASSWORD))
			.redirectErrorStream(true)
			.start();
		assertThat(process.waitFor()).as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		return new TestCertificate(pem("CERTIFICATE", store.getCertificate("a").getEncoded()),
				pem("PRIVATE KEY", store.getKey("a", PASSWORD).getEncoded()));
	}

	private static String pem(String kind, byte[] der) {
		return "-----BEGIN " + kind + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
				+ "\n-----END " + kind + "-----\n";
	}

}
