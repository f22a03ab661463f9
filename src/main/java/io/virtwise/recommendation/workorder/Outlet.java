package io.virtwise.recommendation.workorder;

import java.util.Arrays;
import java.util.Locale;

import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * In which form a work order is handed out.
 */
public enum Outlet {

	/** A script for root. */
	SH("Root script", "work-order", "sh", "text/x-shellscript"),
	/** A small file that nova reads beside nova.conf. */
	SNIPPET("nova.conf.d", "90-virtwise", "conf", "text/plain"),
	/** A play for Ansible. */
	ANSIBLE("Ansible", "work-order", "yaml", "application/yaml"),
	/** Hiera data for puppet-nova. */
	PUPPET("Puppet", "hiera", "yaml", "application/yaml"),
	/** An override for kolla-ansible. */
	KOLLA("kolla-ansible", "nova-compute", "conf", "text/plain");

	private final String words;

	private final String file;

	private final String ending;

	private final String mediaType;

	Outlet(String words, String file, String ending, String mediaType) {
		this.words = words;
		this.file = file;
		this.ending = ending;
		this.mediaType = mediaType;
	}

	/**
	 * The outlet of that name in the HTTP contract; the script where none is given.
	 * @throws Refused if there is none of that name
	 */
	public static Outlet of(@Nullable String key) {
		if (key == null || key.isEmpty()) {
			return SH;
		}
		return Arrays.stream(values())
			.filter((outlet) -> outlet.key().equals(key))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("format",
					"is none of the forms of a work order; write sh, snippet, ansible, puppet or kolla"));
	}

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The name as people read it. */
	public String words() {
		return this.words;
	}

	/** What it is, for browsers. */
	public String mediaType() {
		return this.mediaType;
	}

	/** A name for the file. Those that a tool looks for by name keep theirs. */
	public String fileName(WorkOrder order) {
		String node = order.place().node();
		boolean named = (this == SH || this == ANSIBLE || this == PUPPET) && node != null;
		String safe = named ? "-" + String.valueOf(node).replaceAll("[^A-Za-z0-9._-]", "_") : "";
		return this.file + safe + "." + this.ending;
	}

	/** The order in this form. */
	public String write(WorkOrder order) {
		return switch (this) {
			case SH -> RootScript.of(order);
			case SNIPPET -> Snippet.of(order);
			case ANSIBLE -> AnsiblePlay.of(order);
			case PUPPET -> PuppetHiera.of(order);
			case KOLLA -> KollaOverride.of(order);
		};
	}

}
