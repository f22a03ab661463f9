package io.virtwise.libvirt;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one node, with a thread of its own on which every call of it is made,
 * because nothing can end a call that hangs in libvirt: the caller stops waiting at the
 * deadline, and the thread cleans up whenever the call comes back.
 */
final class NodeSession implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(NodeSession.class);

	private static final long CLOSING_SECONDS = 5;

	private final Node node;

	private final Deadline deadline;

	private final ExecutorService thread;

	private final Runnable ended;

	/** Set on the session's thread only. */
	private volatile @Nullable LibvirtConnection connection;

	/**
	 * How long a call may be silent before a sign of life is demanded. The first question
	 * for a node's capabilities takes ten seconds where libvirt has to try its QEMU
	 * first.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private volatile boolean givenUp;

	/** A sign of life was demanded: the connection must not be called again. */
	private volatile boolean spent;

	private volatile int referencesLeft = -1;

	private boolean closed;

	/**
	 * A session that is not connected yet.
	 * @param ended told on the session's thread when all is over
	 */
	NodeSession(Node node, Deadline deadline, ExecutorService thread, Runnable ended) {
		this.node = node;
		this.deadline = deadline;
		this.thread = thread;
		this.ended = ended;
	}

	/** Connects. */
	void connect(LibvirtNative calls, NodeUri uri, LibvirtProperties properties) {
		within("opening the connection", () -> {
			LibvirtConnection opened;
			try {
				opened = LibvirtConnection.open(calls, uri, properties);
			}
			catch (LibvirtFault fault) {
				throw LibvirtErrors.opening(this.node, fault);
			}
			this.connection = opened;
			return opened;
		});
	}

	/**
	 * Makes calls on the connection.
	 * @param what what is done, as in <em>while reading its capabilities</em>
	 * @throws NodeFailure if the node reports an error, is lost, or the deadline passes
	 */
	<T> T call(String what, Work<T> work) {
		return within(what, () -> {
			LibvirtConnection open = this.connection;
			if (open == null) {
				throw new IllegalStateException("not connected");
			}
			try {
				return work.on(open);
			}
			catch (LibvirtFault fault) {
				throw LibvirtErrors.calling(this.node, what, fault, open.alive());
			}
			catch (UnsatisfiedLinkError ex) {
				log.info("node {} while {}: {}", this.node.name(), what, ex.getMessage());
				throw new NodeFailure(Kind.NOT_SUPPORTED, "The portal's own libvirt library is too old for " + what
						+ " of the node " + this.node.name() + ".", ex);
			}
		});
	}

	private <T> T within(String what, java.util.concurrent.Callable<T> task) {
		if (this.givenUp || this.deadline.passed()) {
			throw timedOut(what);
		}
		if (this.spent) {
			throw new NodeFailure(Kind.CONNECTION_LOST, "The node " + this.node.name()
					+ " answered so late that the connection could not be used any further, given up while " + what
					+ ". What the node did last is not known. Try again; over ssh, prefer TLS until the portal's"
					+ " libvirt library is 10.4 or newer.");
		}
		Future<T> future = this.thread.submit(task);
		try {
			return patiently(future);
		}
		catch (TimeoutException ex) {
			this.givenUp = true;
			endWhatHangs();
			throw timedOut(what);
		}
		catch (InterruptedException ex) {
			this.givenUp = true;
			endWhatHangs();
			Thread.currentThread().interrupt();
			throw new NodeFailure(Kind.TIMED_OUT, "The portal was told to stop while " + what + " of the node "
					+ this.node.name() + ". What the node did meanwhile is not known.", ex);
		}
		catch (ExecutionException ex) {
			throw cause(ex);
		}
	}

	/** Waits a while, then demands a sign of life and waits on to the deadline. */
	private <T> T patiently(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
		long patience = Math.min(this.deadline.nanosLeft(), PATIENCE.toNanos());
		try {
			return future.get(patience, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			if (this.connection == null) {
				// opening: there is nothing to ask yet
				return future.get(this.deadline.nanosLeft(), TimeUnit.NANOSECONDS);
			}
		}
		this.spent = true;
		endWhatHangs();
		return future.get(this.deadline.nanosLeft(), TimeUnit.NANOSECONDS);
	}

	/** On a thread of its own: nobody may wait for libvirt without a limit. */
	private void endWhatHangs() {
		LibvirtConnection open = this.connection;
		if (open != null) {
			Thread asking = new Thread(open::demandLife, "libvirt-keep-alive-" + this.node.name());
			asking.setDaemon(true);
			asking.start();
		}
	}

	private static RuntimeException cause(ExecutionException ex) {
		if (ex.getCause() instanceof RuntimeException runtime) {
			return runtime;
		}
		return new IllegalStateException("a call of libvirt failed in an unforeseen way", ex.getCause());
	}

	private NodeFailure timedOut(String what) {
		return new NodeFailure(Kind.TIMED_OUT,
				"The node " + this.node.name() + " did not answer within " + this.deadline.inWords()
						+ ", given up while " + what
						+ ". What it did meanwhile is not known. Check whether its libvirt hangs, then try again.");
	}

	Node node() {
		return this.node;
	}

	/** Whether nobody waits any more: long work looks here between its steps. */
	boolean givenUp() {
		return this.givenUp;
	}

	/**
	 * How many references to the connection were left when it was closed: 0 unless
	 * something leaked, -1 if it is not closed yet or never was open.
	 */
	int referencesLeft() {
		return this.referencesLeft;
	}

	/** Closes; if a call still hangs, as soon as that comes back. Never throws. */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		Future<?> closing = this.thread.submit(this::release);
		this.thread.shutdown();
		if (this.givenUp) {
			return;
		}
		try {
			closing.get(CLOSING_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			endWhatHangs();
			log.warn("node {}: closing takes longer than {} s and goes on alone", this.node.name(), CLOSING_SECONDS);
		}
		catch (ExecutionException ex) {
			log.warn("node {}: closing failed", this.node.name(), ex.getCause());
		}
	}

	private void release() {
		try {
			LibvirtConnection open = this.connection;
			if (open != null) {
				this.referencesLeft = open.close();
				this.connection = null;
				if (this.referencesLeft != 0) {
					log.warn("node {}: {} references to a closed connection are left", this.node.name(),
							this.referencesLeft);
				}
			}
		}
		finally {
			this.ended.run();
		}
	}

	/**
	 * Calls on a connection.
	 */
	interface Work<T> {

		T on(LibvirtConnection connection) throws LibvirtFault;

	}

}
