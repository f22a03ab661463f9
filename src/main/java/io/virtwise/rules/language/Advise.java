package io.virtwise.rules.language;

/**
 * The sink of the second stage: what a rule advises. Texts may hold bound values in
 * braces: {@code {mode}} is the value of {@code $mode}.
 * <p>
 * A step is a text that starts with a mark: {@code # command -- note} as root,
 * {@code $ command -- note} as anybody, {@code - text} something that a person does,
 * {@code ! word} what is needed afterwards.
 */
public interface Advise {

	/** Something that a person should know or do. */
	void finding(String title, String why, String... steps);

	/** A fact that decides is unknown; the steps say how to get it. */
	void unknown(String title, String why, String... steps);

	/**
	 * Lines that nova.conf needs.
	 * @param settings {@code section/option=value}, or {@code -section/option} to take
	 * one out
	 */
	void settings(String... settings);

	/**
	 * CPU flags that guests are to see beside those that nova.conf names; those of
	 * several rules become one line.
	 * @param flags their names, without a sign
	 */
	void cpuFlags(String... flags);

	/**
	 * What should be in force without a line of its own.
	 * @param parts {@code compute_driver=}, {@code virt_type=}, {@code cpu_mode=},
	 * {@code cpu_models=}, {@code kernel_modules=} or {@code image_formats=} and a value,
	 * several values separated by commas
	 */
	void recommend(String... parts);

	/**
	 * What nova itself says to the file, where another rule holds the finding.
	 * @param when load, start or launch
	 */
	void novaSays(String when, String message);

	/** What nova itself says to the file, and the finding that goes with it. */
	void novaRefuses(String when, String message, String title, String why, String... steps);

	/** What has to be known before anybody can tell what nova would say. */
	void novaUndecided(String message);

}
