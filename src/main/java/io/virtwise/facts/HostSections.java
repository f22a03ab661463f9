package io.virtwise.facts;

/**
 * Writes texts about a host in the form of the collector's output, so that whatever reads
 * a host hands over the same.
 */
public final class HostSections {

	private final StringBuilder text = new StringBuilder();

	/**
	 * Adds a section that was read.
	 * @param name the collector's name for it, lower-case letters, dashes and underscores
	 * @param source where it comes from, as people read it
	 */
	public HostSections add(String name, String source, String content) {
		String place = source.replaceAll("[\\r\\n]+", " ");
		this.text.append("=== begin ").append(name).append(": ").append(place).append(" ===\n");
		content.lines().forEach((line) -> this.text.append("| ").append(line).append('\n'));
		this.text.append("=== end ").append(name).append(": ok ===\n");
		return this;
	}

	/** Whether nothing was added. */
	public boolean isEmpty() {
		return this.text.isEmpty();
	}

	/** All sections. */
	public String text() {
		return this.text.toString();
	}

}
