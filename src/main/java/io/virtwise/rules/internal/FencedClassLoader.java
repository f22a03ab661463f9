package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

import org.jspecify.annotations.Nullable;

/**
 * All that rules, and the classes that Drools makes of them, can name: the facts, the
 * sinks, and a short list of Drools' and Java's own types.
 */
final class FencedClassLoader extends ClassLoader {

	private final ClassLoader all;

	FencedClassLoader(ClassLoader all) {
		super(null);
		this.all = all;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!Fence.lets(name)) {
			throw new ClassNotFoundException(name);
		}
		return this.all.loadClass(name);
	}

	@Override
	public @Nullable URL getResource(String name) {
		return isLet(name) ? this.all.getResource(name) : null;
	}

	@Override
	public @Nullable InputStream getResourceAsStream(String name) {
		return isLet(name) ? this.all.getResourceAsStream(name) : null;
	}

	@Override
	public Enumeration<URL> getResources(String name) throws IOException {
		return isLet(name) ? this.all.getResources(name) : Collections.emptyEnumeration();
	}

	/** The compiler reads types by their files. */
	private static boolean isLet(String file) {
		return file.endsWith(".class") && Fence.lets(file.substring(0, file.length() - 6).replace('/', '.'));
	}

}
