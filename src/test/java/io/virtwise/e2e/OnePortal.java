package io.virtwise.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.util.FileSystemUtils;

/**
 * Gives browser tests that leave nothing behind one and the same portal, and each of
 * their classes a browser. Starting a portal takes a good part of a minute on a busy
 * machine.
 */
final class OnePortal implements ParameterResolver {

	private static final Namespace OURS = Namespace.create(OnePortal.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == Portal.class || type == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		// Maven asks for one class after the other: only its session holds them all
		Portal portal = context.getStore(StoreScope.LAUNCHER_SESSION, OURS)
			.computeIfAbsent(Kept.class, (key) -> new Kept(), Kept.class).portal;
		return (parameter.getParameter().getType() == Portal.class) ? portal : context.getStore(OURS)
			.computeIfAbsent(Browser.class, (key) -> new Browser(portal.url()), Browser.class);
	}

	/** Lives until the last test of the run is over. */
	private static final class Kept implements AutoCloseable {

		private final Path home;

		private final Portal portal;

		private Kept() {
			try {
				this.home = Files.createTempDirectory("virtwise-e2e");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.portal = new Portal(this.home);
		}

		@Override
		public void close() throws IOException {
			this.portal.close();
			FileSystemUtils.deleteRecursively(this.home);
		}

	}

}
