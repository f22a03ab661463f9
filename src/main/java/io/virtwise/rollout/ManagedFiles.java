package io.virtwise.rollout;

import java.time.Duration;
import java.util.List;

import io.virtwise.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Port: reads and writes files in one directory of a node. What libvirt cannot do
 * (rename, truncate, follow into subdirectories) is not offered.
 */
public interface ManagedFiles {

	/**
	 * Opens one directory of a node.
	 * @param directory absolute path of an existing directory
	 * @param deadline for the whole session, opening included
	 * @throws io.virtwise.node.NodeFailure if it cannot be reached in time
	 */
	Session open(Node node, String directory, Duration deadline);

	/**
	 * Makes a directory that is missing, readable by everybody and writable by root, in
	 * one that is there.
	 * @param directory its absolute path
	 */
	void makeDirectory(Node node, String directory, Duration deadline);

	/**
	 * One directory of one node, for one thread. Every method may throw
	 * {@link io.virtwise.node.NodeFailure}.
	 */
	interface Session extends AutoCloseable {

		/** What is there under this name, read afresh from the node. */
		RemoteFile stat(String name);

		/** The names of everything in it that is not a link to nowhere. */
		List<String> names();

		/** The bytes of a regular file; refuses anything else. */
		byte[] read(String name);

		/** Copies a regular file on the node to a new name; refuses an existing one. */
		void copy(String from, String to);

		/**
		 * Writes a regular file's bytes from its start, in one go. The file keeps its
		 * owner and mode, and, because libvirt cannot truncate, any old bytes beyond the
		 * content: the caller pads.
		 */
		void overwrite(String name, byte[] content);

		/** Creates a file that must not exist yet. */
		void create(String name, byte[] content, String octalMode, @Nullable String owner, @Nullable String group);

		/** Removes a regular file. */
		void delete(String name);

		/** Lets go of everything; never throws. */
		@Override
		void close();

	}

	/**
	 * What is there under a name.
	 *
	 * @param kind what sort of thing
	 * @param size its length in bytes
	 * @param octalMode permissions, as {@code 0640}
	 * @param owner numeric id
	 * @param group numeric id
	 */
	record RemoteFile(Kind kind, long size, @Nullable String octalMode, @Nullable String owner,
			@Nullable String group) {

		/**
		 * What sort of thing is there.
		 */
		public enum Kind {

			/** Nothing. */
			MISSING,
			/** A regular file. */
			REGULAR,
			/** A symbolic link, a directory, a device: not to be written. */
			OTHER

		}

	}

}
