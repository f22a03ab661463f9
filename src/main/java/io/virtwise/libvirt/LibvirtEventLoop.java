package io.virtwise.libvirt;

import org.jspecify.annotations.Nullable;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs libvirt's event loop, without which no connection is kept alive and a node that
 * stopped answering would never be noticed. There is one such loop in a process and it
 * must be there before the first connection, hence the static state and the early phase.
 */
@Component
final class LibvirtEventLoop implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(LibvirtEventLoop.class);

	private static final Object PROCESS = new Object();

	private static int users;

	private static @Nullable Thread thread;

	private final LibvirtLibrary library;

	private boolean running;

	LibvirtEventLoop(LibvirtLibrary library) {
		this.library = library;
	}

	@Override
	public void start() {
		if (!this.library.reachability().possible()) {
			return;
		}
		synchronized (PROCESS) {
			if (this.running) {
				return;
			}
			this.running = true;
			users++;
			if (thread == null) {
				initialise();
				thread = new Thread(LibvirtEventLoop::run, "libvirt-events");
				thread.setDaemon(true);
				thread.start();
			}
		}
	}

	private static void initialise() {
		try {
			Library.initEventLoop();
		}
		catch (LibvirtException ex) {
			throw new IllegalStateException("libvirt's event loop cannot be set up", ex);
		}
	}

	private static void run() {
		while (wanted()) {
			try {
				Library.runEventLoop();
			}
			catch (LibvirtException ex) {
				log.warn("libvirt's event loop stumbled and goes on: {}", ex.getMessage());
			}
			catch (InterruptedException ex) {
				// Nobody but us knows this thread, and we end it by stopEventLoop.
				log.warn("libvirt's event loop was interrupted and goes on");
			}
		}
	}

	private static boolean wanted() {
		synchronized (PROCESS) {
			return Thread.currentThread().equals(thread);
		}
	}

	@Override
	public void stop() {
		Thread ending;
		synchronized (PROCESS) {
			if (!this.running) {
				return;
			}
			this.running = false;
			users--;
			if (users > 0 || thread == null) {
				return;
			}
			ending = thread;
			thread = null;
		}
		end(ending);
	}

	private static void end(Thread ending) {
		try {
			// A loop that has not begun yet does not hear it: say it until it did.
			for (int i = 0; i < 40 && ending.isAlive(); i++) {
				Library.stopEventLoop();
				ending.join(50);
			}
		}
		catch (LibvirtException ex) {
			log.warn("libvirt's event loop does not end: {}", ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		synchronized (PROCESS) {
			return this.running;
		}
	}

	/** Before everything that connects, and ended after it. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 1000;
	}

}
