package io.virtwise.rollout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import org.jspecify.annotations.Nullable;

/**
 * Counts who is at work on nodes at the same time, takes a moment for each, and hangs on
 * demand.
 */
final class WatchedFiles implements ManagedFiles {

	private static final Duration MOMENT = Duration.ofMillis(15);

	private final ManagedFiles files;

	private final AtomicInteger atWork = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger opened = new AtomicInteger();

	private final AtomicInteger overwrites = new AtomicInteger();

	private final CountDownLatch go = new CountDownLatch(1);

	private volatile int hangAt;

	private volatile boolean hangs;

	WatchedFiles(ManagedFiles files) {
		this.files = files;
	}

	/** The most nodes that were written at the same time. */
	int most() {
		return this.most.get();
	}

	/** How often a node was spoken to. */
	int opened() {
		return this.opened.get();
	}

	int overwrites() {
		return this.overwrites.get();
	}

	/** The overwrite of this number hangs before it writes anything, and then fails. */
	void hangAt(int number) {
		this.hangAt = number;
	}

	boolean hangs() {
		return this.hangs;
	}

	void letGo() {
		this.go.countDown();
	}

	@Override
	public Session open(Node node, String directory, Duration deadline) {
		this.opened.incrementAndGet();
		Session session = this.files.open(node, directory, deadline);
		this.most.accumulateAndGet(this.atWork.incrementAndGet(), Math::max);
		LockSupport.parkNanos(MOMENT.toNanos());
		return new WatchedSession(session);
	}

	@Override
	public void makeDirectory(Node node, String directory, Duration deadline) {
		this.files.makeDirectory(node, directory, deadline);
	}

	private void hang() {
		this.hangs = true;
		try {
			this.go.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new NodeFailure(NodeFailure.Kind.UNREACHABLE, "it hung for too long");
	}

	/**
	 * A session that is watched.
	 */
	private final class WatchedSession implements Session {

		private final Session session;

		WatchedSession(Session session) {
			this.session = session;
		}

		@Override
		public RemoteFile stat(String name) {
			return this.session.stat(name);
		}

		@Override
		public List<String> names() {
			return this.session.names();
		}

		@Override
		public byte[] read(String name) {
			return this.session.read(name);
		}

		@Override
		public void copy(String from, String to) {
			this.session.copy(from, to);
		}

		@Override
		public void overwrite(String name, byte[] content) {
			if (WatchedFiles.this.hangAt > 0 && WatchedFiles.this.overwrites.get() + 1 == WatchedFiles.this.hangAt
					&& !WatchedFiles.this.hangs) {
				hang();
			}
			WatchedFiles.this.overwrites.incrementAndGet();
			this.session.overwrite(name, content);
		}

		@Override
		public void create(String name, byte[] content, String octalMode, @Nullable String owner,
				@Nullable String group) {
			this.session.create(name, content, octalMode, owner, group);
		}

		@Override
		public void delete(String name) {
			this.session.delete(name);
		}

		@Override
		public void close() {
			WatchedFiles.this.atWork.decrementAndGet();
			this.session.close();
		}

	}

}
