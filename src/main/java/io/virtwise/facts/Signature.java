package io.virtwise.facts;

import java.util.Locale;

/**
 * Lines of logs whose meaning is documented.
 */
public enum Signature {

	/** Row S44: no KVM for guests of the host's own kind, as older libvirt says it. */
	HVM_NOT_SUPPORTED;

	/** The name in the HTTP contract, for example {@code hvm-not-supported}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
