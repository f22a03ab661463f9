package io.virtwise.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.LongByReference;
import io.virtwise.facts.NodeFactsReader.Reachability;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.Libvirt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * libvirt's client library on this machine, which may be missing: the portal starts
 * without it and says so where a node would be reached.
 */
@Component
final class LibvirtLibrary {

	static final String REMEDY = "Install libvirt's client library on the portal's machine and restart the portal."
			+ " Debian, Ubuntu: apt-get install libvirt0. RHEL family: dnf install libvirt-libs.";

	private static final Logger log = LoggerFactory.getLogger(LibvirtLibrary.class);

	/**
	 * libvirt would print every error to standard error without one. Static, because the
	 * binding keeps no reference and the garbage collector would take it away from under
	 * libvirt.
	 */
	private static final Libvirt.VirErrorCallback SILENT = (data, error) -> {
	};

	private final @Nullable LibvirtNative more;

	private final @Nullable String version;

	LibvirtLibrary() {
		this("virt");
	}

	/**
	 * Loads the library.
	 * @param name its short name; another than {@code virt} in tests of its absence
	 */
	LibvirtLibrary(String name) {
		LibvirtNative loaded = null;
		String found = null;
		try {
			// Names and texts must not depend on the locale that the portal was started
			// in.
			System.setProperty("jna.encoding", "UTF-8");
			// The binding's own initialiser prints a stack trace if the library is
			// missing: ask first.
			NativeLibrary.getInstance(name);
			forgetEnvironment();
			loaded = Native.load(name, LibvirtNative.class);
			found = initialise();
		}
		catch (LinkageError ex) {
			log.warn("libvirt's client library cannot be loaded, nodes cannot be reached. {} ({})", REMEDY,
					firstLine(ex));
		}
		this.more = (found != null) ? loaded : null;
		this.version = found;
	}

	private static @Nullable String initialise() {
		Libvirt libvirt = Libvirt.INSTANCE;
		if (libvirt.virInitialize() != 0) {
			log.warn("libvirt's client library does not initialise: {}",
					LibvirtFault.last("virInitialize").getMessage());
			return null;
		}
		libvirt.virSetErrorFunc(null, SILENT);
		LongByReference number = new LongByReference();
		if (libvirt.virGetVersion(number, null, null) != 0) {
			throw new UnsatisfiedLinkError("virGetVersion failed");
		}
		return versionInWords(number.getValue());
	}

	/**
	 * libvirt takes its default URI, sign-in file and log settings from the environment
	 * of the process. None of that may change where the portal connects to.
	 */
	private static void forgetEnvironment() {
		CLibrary c = Native.load("c", CLibrary.class);
		for (String name : System.getenv().keySet()) {
			if (name.startsWith("LIBVIRT_") || name.startsWith("VIRSH_")) {
				c.unsetenv(name);
				log.info("{} of the environment is ignored", name);
			}
		}
		// Errors only: what goes wrong reaches us as an error of the call, not on
		// standard error.
		c.setenv("LIBVIRT_DEBUG", "4", 1);
	}

	/** As {@code 9.0.0}: libvirt counts major * 1,000,000 + minor * 1,000 + release. */
	static String versionInWords(long number) {
		return number / 1_000_000 + "." + number / 1_000 % 1_000 + "." + number % 1_000;
	}

	private static String firstLine(Throwable ex) {
		return String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
	}

	Reachability reachability() {
		return new Reachability(this.version != null, this.version, (this.version != null) ? null : REMEDY);
	}

	/**
	 * The calls that the binding lacks.
	 * @throws NodeFailure if there is no library
	 */
	LibvirtNative calls(Node node) {
		if (this.more == null) {
			throw new NodeFailure(NodeFailure.Kind.NO_LIBRARY, "The node " + node.name()
					+ " cannot be reached, because libvirt's client library is missing. " + REMEDY);
		}
		return this.more;
	}

	/** What we need of the C library. */
	interface CLibrary extends Library {

		int unsetenv(String name);

		int setenv(String name, String value, int overwrite);

	}

}
