package io.virtwise.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.util.FileSystemUtils;

/**
 * Gives browser tests that leave nothing behind one and the same portal. Starting one
 * takes a good part of a minute on a busy machine.
 */
final class OnePortal implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Portal.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(Namespace.create(OnePortal.class))
			.computeIfAbsent(Kept.class, (key) -> new Kept(), Kept.class).portal;
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
