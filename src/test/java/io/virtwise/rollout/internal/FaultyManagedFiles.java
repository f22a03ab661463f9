package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles;
import org.jspecify.annotations.Nullable;

/**
 * Files of a node that fail at any call that a test names by its number.
 */
final class FaultyManagedFiles implements ManagedFiles {

	private final ManagedFiles real;

	private final List<String> calls = new ArrayList<>();

	private int failAt = -1;

	private Mode mode = Mode.BEFORE;

	private boolean forGood;

	private boolean dead;

	private @Nullable Runnable afterOverwrite;

	FaultyManagedFiles(ManagedFiles real) {
		this.real = real;
	}

	/** The calls that were made, in order, sessions included. */
	List<String> calls() {
		return List.copyOf(this.calls);
	}

	/** Lets the call with this number fail, from 0, alone or with every one after it. */
	void failAt(int call, Mode how, boolean andAllAfter) {
		this.failAt = call;
		this.mode = how;
		this.forGood = andAllAfter;
	}

	/** The node answers again. */
	void heal() {
		this.failAt = -1;
		this.dead = false;
	}

	/** Does something right after each overwrite: somebody else who writes too. */
	void afterOverwrite(Runnable action) {
		this.afterOverwrite = action;
	}

	@Override
	public Session open(Node node, String directory, Duration deadline) {
		Session[] opened = new Session[1];
		try {
			return new FaultySession(call("open " + directory, () -> {
				opened[0] = this.real.open(node, directory, deadline);
				return opened[0];
			}, () -> {
			}));
		}
		catch (NodeFailure ex) {
			if (opened[0] != null) {
				opened[0].close();
			}
			throw ex;
		}
	}

	@Override
	public void makeDirectory(Node node, String directory, Duration deadline) {
		call("make " + directory, () -> {
			this.real.makeDirectory(node, directory, deadline);
			return directory;
		}, () -> {
		});
	}

	private <T> T call(String name, Supplier<T> whole, Runnable half) {
		int number = this.calls.size();
		this.calls.add(name);
		boolean named = number == this.failAt;
		if (!named && !this.dead) {
			return whole.get();
		}
		this.dead |= this.forGood;
		if (named && this.mode == Mode.AFTER) {
			T lost = whole.get();
			this.calls.set(number, name + ", answer lost: " + lost);
		}
		else if (named && this.mode == Mode.TORN) {
			half.run();
		}
		throw new NodeFailure(NodeFailure.Kind.CONNECTION_LOST, "The connection to the node broke at " + name + ".");
	}

	/**
	 * How a call fails.
	 */
	enum Mode {

		/** Nothing of it happened. */
		BEFORE,
		/** All of it happened, and then the answer was lost. */
		AFTER,
		/** Half of what was to be written was written. */
		TORN

	}

	private final class FaultySession implements Session {

		private final Session session;

		FaultySession(Session session) {
			this.session = session;
		}

		@Override
		public RemoteFile stat(String name) {
			return call("stat " + name, () -> this.session.stat(name), () -> {
			});
		}

		@Override
		public List<String> names() {
			return call("names", this.session::names, () -> {
			});
		}

		@Override
		public byte[] read(String name) {
			return call("read " + name, () -> this.session.read(name), () -> {
			});
		}

		@Override
		public void copy(String from, String to) {
			call("copy " + from + " " + to, () -> {
				this.session.copy(from, to);
				return to;
			}, () -> this.session.create(to, half(this.session.read(from)), "0600", "0", "0"));
		}

		@Override
		public void overwrite(String name, byte[] content) {
			call("overwrite " + name, () -> {
				this.session.overwrite(name, content);
				return name;
			}, () -> this.session.overwrite(name, half(content)));
			if (FaultyManagedFiles.this.afterOverwrite != null) {
				FaultyManagedFiles.this.afterOverwrite.run();
			}
		}

		@Override
		public void create(String name, byte[] content, String octalMode, @Nullable String owner,
				@Nullable String group) {
			call("create " + name, () -> {
				this.session.create(name, content, octalMode, owner, group);
				return name;
			}, () -> {
			});
		}

		@Override
		public void delete(String name) {
			call("delete " + name, () -> {
				this.session.delete(name);
				return name;
			}, () -> {
			});
		}

		@Override
		public void close() {
			this.session.close();
		}

		private static byte[] half(byte[] content) {
			return Arrays.copyOf(content, content.length / 2);
		}

	}

}
