package io.virtwise.access.internal;

import java.util.Set;

/**
 * Somebody whom a directory knows.
 *
 * @param directory which one
 * @param id who they are there, whatever they are called
 * @param username what they are called there
 * @param displayName how pages call them
 * @param groups the groups they are in
 */
record DirectoryEntry(String directory, String id, String username, String displayName, Set<String> groups) {

	DirectoryEntry {
		groups = Set.copyOf(groups);
	}

}
