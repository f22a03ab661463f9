package io.virtwise.libvirt;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;

/**
 * An absolute directory on a node, and the spellings of it under which storage pools are
 * made.
 * <p>
 * libvirt follows symbolic links and does not say that it did. The kernel follows at most
 * 40 of them in one path, so a path that spends all 40 on {@code /proc/self} before it
 * comes to the directory has none left: whatever is opened below it is no link, and
 * between our look and our write nobody can slip one in. The same spelling makes pools of
 * ours, of other sessions and of the node's owner never the same to libvirt, which allows
 * one pool per path.
 *
 * @param text the path, without a slash at the end
 */
record DirectoryPath(String text) {

	/** How many links the kernel follows in one path. */
	static final int KERNEL_LIMIT = 40;

	private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|\\z))[A-Za-z0-9._@+:,=-]{1,255})+");

	private static final Pattern OFF_LIMITS = Pattern.compile("/(?:proc|sys|dev)(?:/.*)?");

	private static final Pattern SPELLING = Pattern.compile("/proc(?:/self(?:/\\.)?/\\.\\.)+/\\.\\.");

	private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}\\z)[A-Za-z0-9._][A-Za-z0-9._@+:,=-]{0,199}");

	/**
	 * Vets a directory.
	 * @throws NodeFailure if it is not of that form, or one that no pool may be made on
	 */
	static DirectoryPath of(Node node, String directory) {
		if (directory.length() > 1000 || !PATH.matcher(directory).matches()) {
			throw new NodeFailure(Kind.DENIED,
					"The directory on the node " + node.name()
							+ " was not opened: its path must be absolute, without .. or ., and of plain characters."
							+ " Edit the node's path of nova.conf.");
		}
		if (OFF_LIMITS.matcher(directory).matches()) {
			throw new NodeFailure(Kind.DENIED, "The directory " + directory + " on the node " + node.name()
					+ " was not opened: /proc, /sys and /dev are the kernel's, and reading them blocks libvirt.");
		}
		return new DirectoryPath(directory);
	}

	/** Vets a file's name in a directory. */
	static String name(Node node, String name) {
		if (!NAME.matcher(name).matches()) {
			throw new NodeFailure(Kind.DENIED, "The file on the node " + node.name()
					+ " was not touched: its name must be of plain characters, without a slash.");
		}
		return name;
	}

	/** The directory of a file's absolute path. */
	static DirectoryPath parent(Node node, String file) {
		int slash = file.lastIndexOf('/');
		return of(node, (slash > 0) ? file.substring(0, slash) : file);
	}

	/** The last part of a file's absolute path. */
	static String name(Node node, DirectoryPath parent, String file) {
		return name(node, file.substring(parent.text.length() + 1));
	}

	/**
	 * A spelling of this directory that follows so many links on the way, and is most
	 * likely unique.
	 */
	String spendingLinks(int links) {
		StringBuilder spelling = new StringBuilder("/proc");
		long random = ThreadLocalRandom.current().nextLong();
		for (int i = 0; i < links; i++) {
			// The dot means nothing to the kernel and tells our spellings apart.
			spelling.append(((random >> i) & 1) == 0 ? "/self/.." : "/self/./..");
		}
		return spelling.append("/..").append(this.text).toString();
	}

	/** A text with our spellings of paths put back into the usual one. */
	static String plain(String text) {
		return SPELLING.matcher(text).replaceAll("");
	}

}
