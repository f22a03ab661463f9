package io.virtwise.libvirt;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.virtwise.node.HostKey;

/**
 * The known hosts for one connection: what is known of a node, written for the address
 * that was checked, so that ssh never has to look a name up.
 */
final class KnownHosts {

	private KnownHosts() {
	}

	/** The keys that a person compared. */
	static String of(List<HostKey> keys, InetAddress address, int port) {
		return keys.stream().map((key) -> host(address, port) + " " + key.line() + "\n").collect(Collectors.joining());
	}

	/** What a file of known hosts has of this host. */
	static String of(String file, String host, InetAddress address, int port) {
		String wanted = (port == 22) ? host : "[" + host + "]:" + port;
		return file.lines()
			.map(String::strip)
			.filter((line) -> !line.startsWith("#") && !line.startsWith("@"))
			.map((line) -> line.split("\\s+", 4))
			.filter((words) -> words.length >= 3 && isFor(words[0], wanted.toLowerCase(Locale.ROOT)))
			.map((words) -> host(address, port) + " " + words[1] + " " + words[2] + "\n")
			.collect(Collectors.joining());
	}

	private static String host(InetAddress address, int port) {
		String literal = address.getHostAddress();
		return (port == 22) ? literal : "[" + literal + "]:" + port;
	}

	private static boolean isFor(String names, String wanted) {
		return names.startsWith("|1|") ? hashes(names, wanted)
				: Arrays.asList(names.toLowerCase(Locale.ROOT).split(",", -1)).contains(wanted);
	}

	/** Names may be hashed: |1|SALT|HMAC-SHA1 of the name. */
	private static boolean hashes(String text, String wanted) {
		String[] parts = text.split("\\|", -1);
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
			return parts.length == 4 && MessageDigest.isEqual(Base64.getDecoder().decode(parts[3]),
					mac.doFinal(wanted.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return false; // not a line that can be read
		}
	}

}
