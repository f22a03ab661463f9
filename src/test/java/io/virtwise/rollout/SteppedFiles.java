package io.virtwise.rollout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import io.virtwise.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Counts the steps at a node, and lets something happen before one of them.
 */
final class SteppedFiles implements ManagedFiles {

	private final ManagedFiles files;

	private final List<String> steps = new CopyOnWriteArrayList<>();

	private volatile IntConsumer before = (step) -> {
	};

	SteppedFiles(ManagedFiles files) {
		this.files = files;
	}

	/** The steps so far, in their order. */
	List<String> steps() {
		return List.copyOf(this.steps);
	}

	/** Forgets the steps so far; from now on this happens before each, by its number. */
	void before(IntConsumer happens) {
		this.steps.clear();
		this.before = happens;
	}

	private <T> T step(String name, Supplier<T> step) {
		this.steps.add(name);
		this.before.accept(this.steps.size());
		return step.get();
	}

	@Override
	public Session open(Node node, String directory, Duration deadline) {
		return new SteppedSession(step("open", () -> this.files.open(node, directory, deadline)));
	}

	@Override
	public void makeDirectory(Node node, String directory, Duration deadline) {
		step("make directory", () -> {
			this.files.makeDirectory(node, directory, deadline);
			return true;
		});
	}

	/**
	 * A session whose steps are counted.
	 */
	private final class SteppedSession implements Session {

		private final Session session;

		SteppedSession(Session session) {
			this.session = session;
		}

		private void run(String name, Runnable step) {
			step(name, () -> {
				step.run();
				return true;
			});
		}

		@Override
		public RemoteFile stat(String name) {
			return step("look", () -> this.session.stat(name));
		}

		@Override
		public List<String> names() {
			return step("list", this.session::names);
		}

		@Override
		public byte[] read(String name) {
			return step("read", () -> this.session.read(name));
		}

		@Override
		public void copy(String from, String to) {
			run("copy", () -> this.session.copy(from, to));
		}

		@Override
		public void overwrite(String name, byte[] content) {
			run("overwrite", () -> this.session.overwrite(name, content));
		}

		@Override
		public void create(String name, byte[] content, String octalMode, @Nullable String owner,
				@Nullable String group) {
			run("create", () -> this.session.create(name, content, octalMode, owner, group));
		}

		@Override
		public void delete(String name) {
			run("delete", () -> this.session.delete(name));
		}

		@Override
		public void close() {
			this.session.close();
		}

	}

}
