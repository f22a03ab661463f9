package io.virtwise.rules.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Has part of a work done by a thread of its own while the caller does the rest, for
 * works that take long enough for that.
 */
final class Beside {

	private Beside() {
	}

	/** Begins the work; whoever asks for what comes of it waits. */
	static <T> Supplier<T> caller(Supplier<T> work) {
		CompletableFuture<T> future = CompletableFuture.supplyAsync(work, Beside::begin);
		return () -> {
			try {
				return future.join();
			}
			catch (CompletionException ex) {
				if (ex.getCause() instanceof RuntimeException failure) {
					throw failure;
				}
				throw ex;
			}
		};
	}

	private static void begin(Runnable task) {
		Thread thread = new Thread(task, "rules-beside");
		thread.setDaemon(true);
		thread.start();
	}

}
