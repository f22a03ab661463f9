package io.virtwise.audit.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.virtwise.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server, spoken to as RFC 5424 says: over UDP one message a datagram, over TCP
 * each with its length in front (RFC 6587). Facility 13 is log audit.
 */
final class SyslogTarget {

	private static final int AUDIT_FACILITY = 13;

	private static final int NOTICE = 5;

	private static final int WARNING = 4;

	private static final int LONGEST_DATAGRAM = 8192;

	private static final int LIMIT_MILLIS = 5000;

	/** One that IANA keeps for examples in documents; no number is ours. */
	private static final String STRUCTURE = "virtwise@32473";

	private static final Pattern SPECIAL = Pattern.compile("([\"\\\\\\]])");

	private final boolean tcp;

	private final String host;

	private final int port;

	private SyslogTarget(boolean tcp, String host, int port) {
		this.tcp = tcp;
		this.host = host;
		this.port = port;
	}

	/** Reads {@code udp://HOST:PORT} or {@code tcp://HOST:PORT}. */
	static SyslogTarget of(String text) {
		URI uri = URI.create(text);
		String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
		if (!(scheme.equals("udp") || scheme.equals("tcp")) || uri.getHost() == null) {
			throw new IllegalStateException(
					"virtwise.audit.syslog is " + text + "; write it like udp://logs.example.com:514 or tcp://…:601");
		}
		int port = (uri.getPort() > 0) ? uri.getPort() : scheme.equals("tcp") ? 601 : 514;
		return new SyslogTarget(scheme.equals("tcp"), uri.getHost(), port);
	}

	void send(List<AuditEntry> entries) throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getAllByName(this.host)[0], this.port);
		if (this.tcp) {
			try (Socket socket = new Socket()) {
				socket.connect(address, LIMIT_MILLIS);
				OutputStream out = socket.getOutputStream();
				for (AuditEntry entry : entries) {
					byte[] message = message(entry).getBytes(StandardCharsets.UTF_8);
					out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
					out.write(message);
				}
				out.flush();
			}
			return;
		}
		try (DatagramSocket socket = new DatagramSocket()) {
			for (AuditEntry entry : entries) {
				byte[] message = message(entry).getBytes(StandardCharsets.UTF_8);
				socket.send(new DatagramPacket(message, Math.min(message.length, LONGEST_DATAGRAM), address));
			}
		}
	}

	static String message(AuditEntry entry) {
		int severity = entry.action().endsWith("refused") || entry.action().endsWith("failed") ? WARNING : NOTICE;
		return "<" + (AUDIT_FACILITY * 8 + severity) + ">1 " + entry.at() + " " + host() + " virtwise - "
				+ printable(entry.action()) + " [" + STRUCTURE + element("seq", Long.toString(entry.seq()))
				+ element("hash", entry.hash()) + element("person", entry.username())
				+ element("address", entry.remoteAddress()) + element("via", entry.via())
				+ element("type", entry.subjectType()) + element("id", entry.subjectId()) + "] " + entry.username()
				+ " " + entry.action() + " " + oneLine(entry.subjectName())
				+ ((entry.after() != null) ? ": " + oneLine(entry.after()) : "");
	}

	private static String element(String name, @Nullable String value) {
		return (value == null) ? "" : " " + name + "=\"" + SPECIAL.matcher(oneLine(value)).replaceAll("\\\\$1") + "\"";
	}

	/** At most 32 visible characters of ASCII, which is what a message id may be. */
	private static String printable(String text) {
		String clean = text.replaceAll("[^\\x21-\\x7e]", "?");
		return clean.substring(0, Math.min(clean.length(), 32));
	}

	/** Nobody starts a line of their own in somebody else's log. */
	private static String oneLine(String text) {
		return text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "?");
	}

	private static String host() {
		String name = InetAddress.getLoopbackAddress().getHostName();
		try {
			name = InetAddress.getLocalHost().getHostName();
		}
		catch (IOException ex) {
			return printable(name); // a machine that does not know its name
		}
		return printable(name);
	}

}
