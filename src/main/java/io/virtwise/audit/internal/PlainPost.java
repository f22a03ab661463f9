package io.virtwise.audit.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One POST of HTTP/1.1 to an address that was looked up and checked before. Java's own
 * client would look the name up once more, and could be told another address then. Reads
 * the first line of the answer and follows nothing.
 */
final class PlainPost {

	private static final Logger log = LoggerFactory.getLogger(PlainPost.class);

	private static final int LONGEST_LINE = 1000;

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

	private final Duration limit;

	PlainPost(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Sends it.
	 * @return the status of the answer
	 * @throws IOException if there is none within the limit
	 */
	int send(URI to, List<InetAddress> at, Map<String, String> headers, byte[] body) throws IOException {
		try (Socket wire = connected(to, at)) {
			Socket socket = to.getScheme().equals("https") ? encrypted(wire, to) : wire;
			OutputStream out = new BufferedOutputStream(socket.getOutputStream());
			out.write(head(to, headers, body.length).getBytes(StandardCharsets.ISO_8859_1));
			out.write(body);
			out.flush();
			return status(socket.getInputStream());
		}
	}

	/** The first address that takes a connection; it is closed when the limit is over. */
	private Socket connected(URI to, List<InetAddress> at) throws IOException {
		IOException refused = new IOException("there is no address to send to");
		for (InetAddress address : at) {
			Socket wire = new Socket();
			try {
				wire.connect(new InetSocketAddress(address, port(to)), (int) this.limit.toMillis() / at.size());
				// nothing else ends a write that the other side does not read
				CompletableFuture.delayedExecutor(this.limit.toMillis(), TimeUnit.MILLISECONDS)
					.execute(() -> closeQuietly(wire));
				return wire;
			}
			catch (IOException ex) {
				closeQuietly(wire);
				refused = ex;
			}
		}
		throw refused;
	}

	/** The certificate must be for the host's name, not for its address. */
	private static Socket encrypted(Socket wire, URI to) throws IOException {
		SSLSocket tls = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(wire,
				Destination.host(to), port(to), true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		tls.setSSLParameters(parameters);
		tls.startHandshake();
		return tls;
	}

	private static String head(URI to, Map<String, String> headers, int length) {
		String path = (to.getRawPath() == null || to.getRawPath().isEmpty()) ? "/" : to.getRawPath();
		StringBuilder head = new StringBuilder("POST ").append(path)
			.append((to.getRawQuery() != null) ? "?" + to.getRawQuery() : "")
			.append(" HTTP/1.1\r\nHost: ")
			.append(to.getHost())
			.append((to.getPort() < 0) ? "" : ":" + to.getPort())
			.append("\r\nConnection: close\r\nContent-Length: ")
			.append(length)
			.append("\r\n");
		headers.forEach((name,
				value) -> head.append(name).append(": ").append(value.replaceAll("[\\r\\n]", " ")).append("\r\n"));
		return head.append("\r\n").toString();
	}

	private static int status(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int one = in.read(); one >= 0 && one != '\n' && line.length() < LONGEST_LINE; one = in.read()) {
			line.append((char) one);
		}
		Matcher status = STATUS.matcher(line.toString().strip());
		if (!status.matches()) {
			throw new IOException("the answer is not HTTP");
		}
		return Integer.parseInt(status.group(1));
	}

	private static int port(URI to) {
		return (to.getPort() >= 0) ? to.getPort() : to.getScheme().equals("https") ? 443 : 80;
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			log.debug("closing after the limit", ex);
		}
	}

}
