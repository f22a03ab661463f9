package io.virtwise.rollout;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Nodes' files in memory, for tests of what uses {@link ManagedFiles}. Passes the same
 * {@link ManagedFilesContract} as the real thing, and fails on demand.
 */
public final class FakeManagedFiles implements ManagedFiles {

	private static final Pattern OFF_LIMITS = Pattern.compile("/(?:proc|sys|dev)(?:/.*)?");

	private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}\\z)[A-Za-z0-9._][A-Za-z0-9._@+:,=-]{0,199}");

	private final Map<String, Entry> entries = Collections.synchronizedMap(new TreeMap<>());

	private final Set<String> directories = Collections.synchronizedSet(new HashSet<>());

	private final Deque<Failure> failures = new ConcurrentLinkedDeque<>();

	private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger open = new AtomicInteger();

	/** Makes a directory on a node. */
	public void directory(Node node, String path) {
		this.directories.add(key(node, path));
	}

	/** Puts a file on a node behind everybody's back. */
	public void put(Node node, String path, byte[] content, String octalMode, String owner, String group) {
		this.entries.put(key(node, path), new Entry(content.clone(), octalMode, owner, group, null));
	}

	/** Puts a symbolic link on a node. */
	public void link(Node node, String path, String target) {
		this.entries.put(key(node, path), new Entry(new byte[0], "0777", "0", "0", target));
	}

	/** The bytes of a file of a node. */
	public byte[] bytes(Node node, String path) {
		Entry entry = this.entries.get(key(node, path));
		if (entry == null) {
			throw new AssertionError("no file " + path + " on " + node.name());
		}
		return entry.content.clone();
	}

	/** Whether there is anything of this path. */
	public boolean exists(Node node, String path) {
		return this.entries.containsKey(key(node, path)) || this.directories.contains(key(node, path));
	}

	/**
	 * Lets the next call of an operation fail once. Several may be asked for; they are
	 * used in that order.
	 * @param operation open, stat, read, copy, overwrite, create or delete
	 * @param kind how it fails
	 * @param bytesWritten for overwrite and create: how many bytes get there before, 0
	 * for none
	 */
	public void failNext(String operation, Kind kind, int bytesWritten) {
		this.failures.add(new Failure(operation, kind, bytesWritten));
	}

	/** What was called, as {@code overwrite nova.conf}, in order. */
	public List<String> calls() {
		synchronized (this.calls) {
			return List.copyOf(this.calls);
		}
	}

	/** How many sessions are open. */
	public int openSessions() {
		return this.open.get();
	}

	@Override
	public Session open(Node node, String directory, Duration deadline) {
		called("open", directory);
		if (OFF_LIMITS.matcher(directory).matches() || !directory.startsWith("/") || directory.contains("/..")) {
			throw new NodeFailure(Kind.DENIED, directory + " is off limits on " + node.name());
		}
		if (this.entries.containsKey(key(node, directory))) {
			throw new NodeFailure(Kind.CONFLICT, directory + " is not a directory on " + node.name());
		}
		if (!this.directories.contains(key(node, directory))) {
			throw new NodeFailure(Kind.NOT_FOUND, directory + " is missing on " + node.name());
		}
		failIfAsked("open");
		this.open.incrementAndGet();
		return new MemorySession(node, directory);
	}

	@Override
	public void makeDirectory(Node node, String directory, Duration deadline) {
		called("make", directory);
		failIfAsked("make");
		if (exists(node, directory)) {
			throw new NodeFailure(Kind.CONFLICT, directory + " exists on " + node.name());
		}
		directory(node, directory);
	}

	private void called(String operation, String name) {
		this.calls.add(operation + " " + name);
	}

	private @Nullable Failure asked(String operation) {
		synchronized (this.failures) {
			Failure failure = this.failures.peek();
			return (failure != null && failure.operation.equals(operation)) ? this.failures.remove() : null;
		}
	}

	private void failIfAsked(String operation) {
		Failure failure = asked(operation);
		if (failure != null) {
			throw failure.thrown();
		}
	}

	private static String key(Node node, String path) {
		return node.id() + ":" + path;
	}

	/**
	 * One directory.
	 */
	private final class MemorySession implements Session {

		private final Node node;

		private final String directory;

		private boolean closed;

		MemorySession(Node node, String directory) {
			this.node = node;
			this.directory = directory;
		}

		@Override
		public RemoteFile stat(String name) {
			begin("stat", name);
			failIfAsked("stat");
			return look(name);
		}

		private RemoteFile look(String name) {
			if (FakeManagedFiles.this.directories.contains(keyOf(name))) {
				return new RemoteFile(RemoteFile.Kind.OTHER, 0, null, null, null);
			}
			Entry entry = FakeManagedFiles.this.entries.get(keyOf(name));
			if (entry == null || entry.dangling(FakeManagedFiles.this.entries, this.node)) {
				return new RemoteFile(RemoteFile.Kind.MISSING, 0, null, null, null);
			}
			if (entry.target != null) {
				return new RemoteFile(RemoteFile.Kind.OTHER, 0, null, null, null);
			}
			return new RemoteFile(RemoteFile.Kind.REGULAR, entry.content.length, entry.octalMode, entry.owner,
					entry.group);
		}

		@Override
		public List<String> names() {
			called("names", this.directory);
			failIfAsked("names");
			String start = keyOf("");
			return FakeManagedFiles.this.entries.keySet()
				.stream()
				.filter((key) -> key.startsWith(start) && key.indexOf('/', start.length()) < 0)
				.map((key) -> key.substring(start.length()))
				.toList();
		}

		@Override
		public byte[] read(String name) {
			begin("read", name);
			Entry entry = regular(name);
			failIfAsked("read");
			return entry.content.clone();
		}

		@Override
		public void copy(String from, String to) {
			begin("copy", from);
			vet(to);
			Entry source = regular(from);
			refuseExisting(to);
			failIfAsked("copy");
			FakeManagedFiles.this.entries.put(keyOf(to),
					new Entry(source.content.clone(), source.octalMode, source.owner, source.group, null));
		}

		@Override
		public void overwrite(String name, byte[] content) {
			begin("overwrite", name);
			Entry entry = regular(name);
			Failure failure = asked("overwrite");
			entry.write((failure != null) ? Arrays.copyOf(content, failure.bytesWritten) : content);
			if (failure != null) {
				throw failure.thrown();
			}
		}

		@Override
		public void create(String name, byte[] content, String octalMode, @Nullable String owner,
				@Nullable String group) {
			begin("create", name);
			refuseExisting(name);
			failIfAsked("create");
			FakeManagedFiles.this.entries.put(keyOf(name), new Entry(content.clone(), octalMode,
					(owner != null) ? owner : "0", (group != null) ? group : "0", null));
		}

		@Override
		public void delete(String name) {
			begin("delete", name);
			regular(name);
			failIfAsked("delete");
			FakeManagedFiles.this.entries.remove(keyOf(name));
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				FakeManagedFiles.this.open.decrementAndGet();
			}
		}

		private void begin(String operation, String name) {
			if (this.closed) {
				throw new IllegalStateException("the session is closed");
			}
			called(operation, name);
			vet(name);
		}

		private void vet(String name) {
			if (!NAME.matcher(name).matches()) {
				throw new NodeFailure(Kind.DENIED, "odd name");
			}
		}

		private Entry regular(String name) {
			RemoteFile file = look(name);
			if (file.kind() == RemoteFile.Kind.MISSING) {
				throw new NodeFailure(Kind.NOT_FOUND, name + " is missing on " + this.node.name());
			}
			Entry entry = FakeManagedFiles.this.entries.get(keyOf(name));
			if (file.kind() == RemoteFile.Kind.OTHER || entry == null) {
				throw new NodeFailure(Kind.CONFLICT, name + " is not a regular file on " + this.node.name());
			}
			return entry;
		}

		private void refuseExisting(String name) {
			if (exists(this.node, this.directory + "/" + name)) {
				throw new NodeFailure(Kind.CONFLICT, name + " exists on " + this.node.name());
			}
		}

		private String keyOf(String name) {
			return key(this.node, this.directory + "/" + name);
		}

	}

	/**
	 * A file, or a link where there is a target.
	 */
	private static final class Entry {

		private byte[] content;

		private final String octalMode;

		private final String owner;

		private final String group;

		private final @Nullable String target;

		Entry(byte[] content, String octalMode, String owner, String group, @Nullable String target) {
			this.content = content;
			this.octalMode = octalMode;
			this.owner = owner;
			this.group = group;
			this.target = target;
		}

		/** As libvirt does: the old tail stays. */
		void write(byte[] written) {
			ByteArrayOutputStream result = new ByteArrayOutputStream();
			result.writeBytes(written);
			if (this.content.length > written.length) {
				result.write(this.content, written.length, this.content.length - written.length);
			}
			this.content = result.toByteArray();
		}

		boolean dangling(Map<String, Entry> entries, Node node) {
			return this.target != null && !entries.containsKey(key(node, this.target));
		}

	}

	/**
	 * A failure asked for.
	 */
	private record Failure(String operation, Kind kind, int bytesWritten) {

		NodeFailure thrown() {
			return new NodeFailure(this.kind, "the test asked for " + this.kind + " on " + this.operation);
		}

	}

}
