package io.virtwise.nova;

import java.util.List;

/**
 * Renders settings as the lines of a nova.conf.
 */
public interface NovaConfFragment {

	/**
	 * Sections and options in the order given, {@code [DEFAULT]} first; settings without
	 * a value are left out.
	 * @throws io.virtwise.shared.Refused if a name or value holds what a file cannot
	 * carry, naming it
	 */
	String render(List<Setting> settings);

}
