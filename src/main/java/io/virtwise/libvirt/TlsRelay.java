package io.virtwise.libvirt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.TlsIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS to a node, made by the portal itself, because libvirt would look the name up once
 * more and connect to whatever it means by then. The connection goes to the address that
 * was checked, the certificate has to be for the name, and the private key never is in a
 * file. libvirt speaks through a socket in a folder that only the portal can enter.
 */
final class TlsRelay implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(TlsRelay.class);

	/** With this byte libvirt says that it takes the client's certificate. */
	private static final int WELCOME = 1;

	/**
	 * Below TLS: closing it ends whoever reads or writes, which closing TLS may wait for.
	 */
	private final Socket wire;

	private final SSLSocket node;

	private final ServerSocketChannel door;

	private volatile @Nullable SocketChannel libvirt;

	private volatile boolean closed;

	private TlsRelay(Socket wire, SSLSocket node, ServerSocketChannel door) {
		this.wire = wire;
		this.node = node;
		this.door = door;
	}

	/**
	 * Connects, and waits at a socket for libvirt.
	 * @param socket where that is to be, in a folder of the portal's own
	 * @throws NodeFailure if the node does not answer in time, or one does not accept the
	 * other
	 */
	static TlsRelay open(Node node, InetAddress address, TlsIdentity identity, Path socket, Deadline deadline) {
		TlsTrust trust = new TlsTrust(identity);
		Socket wire = new Socket();
		boolean opened = false;
		try {
			SSLSocket tls = dial(node, address, trust, wire, deadline);
			ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
			door.bind(UnixDomainSocketAddress.of(socket));
			TlsRelay relay = new TlsRelay(wire, tls, door);
			relay.start("tls-" + node.name(), relay::accept);
			opened = true;
			return relay;
		}
		catch (SocketTimeoutException ex) {
			throw new NodeFailure(Kind.TIMED_OUT, "The node " + node.name() + " did not answer within "
					+ deadline.inWords() + ", given up while opening the connection."
					+ " Check whether its libvirt hangs, whether the machine runs, and whether a firewall drops the"
					+ " connection.", ex);
		}
		catch (ConnectException | NoRouteToHostException ex) {
			throw LibvirtErrors.notReached(node, ex);
		}
		catch (IOException ex) {
			log.info("node {} ({}) while opening TLS: {}", node.name(), node.id(),
					LibvirtErrors.oneLine(ex.toString()));
			throw trust.refusal(node, ex);
		}
		finally {
			if (!opened) {
				closeQuietly(wire);
			}
		}
	}

	private static SSLSocket dial(Node node, InetAddress address, TlsTrust trust, Socket wire, Deadline deadline)
			throws IOException {
		wire.connect(new InetSocketAddress(address, node.port()), millisLeft(deadline));
		wire.setTcpNoDelay(true);
		wire.setKeepAlive(true);
		SSLSocket tls = (SSLSocket) trust.context()
			.getSocketFactory()
			.createSocket(wire, node.host(), node.port(), true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name of the host
		parameters.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
		tls.setSSLParameters(parameters);
		tls.setSoTimeout(millisLeft(deadline));
		tls.startHandshake();
		trust.handshakeDone();
		tls.setSoTimeout(millisLeft(deadline));
		if (tls.getInputStream().read() != WELCOME) {
			throw new IOException("the node did not take the certificate");
		}
		tls.setSoTimeout(0);
		return tls;
	}

	private static int millisLeft(Deadline deadline) throws SocketTimeoutException {
		if (deadline.passed()) {
			throw new SocketTimeoutException("the deadline passed");
		}
		return (int) Math.max(1, Duration.ofNanos(deadline.nanosLeft()).toMillis());
	}

	/** Lets in the first who comes, and nobody after. */
	private void accept() {
		try {
			SocketChannel channel = this.door.accept();
			this.libvirt = channel;
			this.door.close();
			if (this.closed) {
				close();
				return;
			}
			start(Thread.currentThread().getName() + "-in", () -> toLibvirt(channel));
			toNode(channel);
		}
		catch (IOException ex) {
			close(); // libvirt never came
		}
	}

	private void toLibvirt(SocketChannel channel) {
		byte[] buffer = new byte[32 * 1024];
		try {
			InputStream in = this.node.getInputStream();
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				ByteBuffer some = ByteBuffer.wrap(buffer, 0, read);
				while (some.hasRemaining()) {
					channel.write(some);
				}
			}
		}
		catch (IOException ex) {
			log.debug("the way to libvirt ended", ex);
		}
		finally {
			close();
		}
	}

	private void toNode(SocketChannel channel) {
		ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
		try {
			OutputStream out = this.node.getOutputStream();
			while (channel.read(buffer.clear()) >= 0) {
				out.write(buffer.array(), 0, buffer.position());
				out.flush();
			}
			this.node.close(); // libvirt is done: say goodbye
		}
		catch (IOException ex) {
			log.debug("the way to the node ended", ex);
		}
		finally {
			close();
		}
	}

	private void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	/** Ends the connection; whoever waits in it gets an error. */
	@Override
	public void close() {
		this.closed = true;
		closeQuietly(this.door);
		SocketChannel channel = this.libvirt;
		if (channel != null) {
			closeQuietly(channel);
		}
		closeQuietly(this.wire);
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			log.debug("closing failed", ex);
		}
	}

}
