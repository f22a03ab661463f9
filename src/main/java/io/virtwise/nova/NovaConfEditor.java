package io.virtwise.nova;

import java.util.List;

/**
 * Edits a node's present nova.conf without touching any other byte.
 */
public interface NovaConfEditor {

	/**
	 * The file with these settings in force.
	 * @param present the file's bytes now
	 * @throws io.virtwise.shared.Refused if oslo.config could not read the file, naming
	 * the line, or if the edit read back does not have exactly the effect asked for
	 */
	byte[] apply(byte[] present, List<Setting> settings);

	/** A unified diff with three lines of context; empty where nothing differs. */
	String unifiedDiff(String path, byte[] before, byte[] after);

}
