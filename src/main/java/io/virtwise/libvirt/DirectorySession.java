package io.virtwise.libvirt;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.RemoteFile.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one directory of one node. Every operation has libvirt read the directory
 * again first, and refuses what is not a regular file.
 */
final class DirectorySession implements ManagedFiles.Session {

	private static final Logger log = LoggerFactory.getLogger(DirectorySession.class);

	private static final RemoteFile MISSING = new RemoteFile(Kind.MISSING, 0, null, null, null);

	private static final RemoteFile LINK = new RemoteFile(Kind.OTHER, 0, null, null, null);

	private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

	private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,9}");

	private final NodeSession session;

	private final DirectoryPath directory;

	private final int limit;

	private final long epochSecond;

	/** Both are set and read on the session's thread only. */
	private @Nullable DirectoryPool pool;

	private @Nullable DirectoryPool following;

	DirectorySession(NodeSession session, DirectoryPath directory, int limit, long epochSecond) {
		this.session = session;
		this.directory = directory;
		this.limit = limit;
		this.epochSecond = epochSecond;
	}

	/** Makes the directory accessible. */
	void open() {
		this.session.call("opening its directory " + this.directory.text(), (connection) -> {
			this.pool = DirectoryPool.refusingLinks(connection, this.directory, this.epochSecond);
			return this.pool;
		});
	}

	@Override
	public RemoteFile stat(String name) {
		vet(name);
		return this.session.call("looking at its file " + path(name), (connection) -> look(connection, name));
	}

	@Override
	public byte[] read(String name) {
		vet(name);
		return this.session.call("reading its file " + path(name), (connection) -> {
			try (Volume file = regular(connection, name)) {
				if (file.describe().size() > this.limit) {
					throw tooLarge(name);
				}
				return download(connection, file, name);
			}
		});
	}

	@Override
	public List<String> names() {
		return this.session.call("listing its directory " + this.directory.text(), (connection) -> {
			DirectoryPool all = following(connection);
			all.refresh();
			return all.names();
		});
	}

	/**
	 * The description may be older than the file: the length is watched while reading,
	 * too.
	 */
	private byte[] download(LibvirtConnection connection, Volume file, String name) throws LibvirtFault {
		try {
			return file.download(connection, this.limit, this.session::givenUp);
		}
		catch (LibvirtFault fault) {
			if (fault.code() == org.libvirt.Error.ErrorNumber.VIR_ERR_OVERFLOW) {
				throw tooLarge(name);
			}
			throw fault;
		}
	}

	@Override
	public void copy(String from, String to) {
		vet(from);
		vet(to);
		this.session.call("copying its file " + path(from) + " to " + to, (connection) -> {
			try (Volume source = regular(connection, from)) {
				refuseExisting(connection, to);
				RemoteFile file = source.describe();
				String mode = Objects.requireNonNullElse(file.octalMode(), "0600");
				tryName(to);
				pool().copy(StorageXml.volume(to, file.size(), mode, file.owner(), file.group()), source).close();
				return to;
			}
		});
	}

	/**
	 * Makes sure that a name is free of what a pool does not show, a link that leads
	 * nowhere or a named pipe: creating refuses it, whereas a copy that fails removes it.
	 */
	private void tryName(String name) throws LibvirtFault {
		try (Volume trial = pool().create(StorageXml.volume(name, 0, "0600", null, null))) {
			trial.delete();
		}
	}

	@Override
	public void overwrite(String name, byte[] content) {
		vet(name);
		this.session.call("writing its file " + path(name), (connection) -> {
			try (Volume file = regular(connection, name)) {
				file.upload(connection, content, this.session::givenUp);
				return name;
			}
		});
	}

	@Override
	public void create(String name, byte[] content, String octalMode, @Nullable String owner, @Nullable String group) {
		vet(name);
		require(MODE.matcher(octalMode).matches(), "the mode must be three octal digits: " + octalMode);
		require(owner == null || ID.matcher(owner).matches(), "the owner must be a number: " + owner);
		require(group == null || ID.matcher(group).matches(), "the group must be a number: " + group);
		this.session.call("creating its file " + path(name), (connection) -> {
			refuseExisting(connection, name);
			try (Volume file = pool().create(StorageXml.volume(name, content.length, octalMode, owner, group))) {
				fill(connection, file, content);
				return name;
			}
		});
	}

	/** Fills a file just made; if that fails, takes it away again. */
	private void fill(LibvirtConnection connection, Volume file, byte[] content) throws LibvirtFault {
		try {
			file.upload(connection, content, this.session::givenUp);
		}
		catch (LibvirtFault fault) {
			try {
				file.delete();
			}
			catch (LibvirtFault second) {
				log.warn("node {}: a half-written file stays behind: {}", this.session.node().name(),
						second.getMessage());
			}
			throw fault;
		}
	}

	@Override
	public void delete(String name) {
		vet(name);
		this.session.call("removing its file " + path(name), (connection) -> {
			try (Volume file = regular(connection, name)) {
				file.delete();
				return name;
			}
		});
	}

	@Override
	public void close() {
		this.session.close();
	}

	/** For tests: see {@link NodeSession#referencesLeft()}. */
	int referencesLeft() {
		return this.session.referencesLeft();
	}

	/** What is there, read afresh. */
	private RemoteFile look(LibvirtConnection connection, String name) throws LibvirtFault {
		DirectoryPool own = pool();
		own.refresh();
		try (Volume file = own.find(name)) {
			if (file != null) {
				return file.describe();
			}
		}
		// Nothing, or a link that could not be followed. A link that leads nowhere shows
		// in neither pool;
		// nothing can be created over it, so that is found out then.
		DirectoryPool all = following(connection);
		all.refresh();
		try (Volume link = all.find(name)) {
			return (link != null) ? LINK : MISSING;
		}
	}

	private DirectoryPool following(LibvirtConnection connection) throws LibvirtFault {
		if (this.following == null) {
			this.following = DirectoryPool.followingLinks(connection, this.directory, this.epochSecond);
		}
		return this.following;
	}

	/** A regular file; anything else is refused. */
	private Volume regular(LibvirtConnection connection, String name) throws LibvirtFault {
		RemoteFile found = look(connection, name);
		if (found.kind() == Kind.MISSING) {
			throw new NodeFailure(NodeFailure.Kind.NOT_FOUND, "There is no file " + path(name) + " on the node "
					+ this.session.node().name() + ". Check the node's path of nova.conf.");
		}
		Volume file = (found.kind() == Kind.REGULAR) ? pool().find(name) : null;
		if (file == null) {
			throw new NodeFailure(NodeFailure.Kind.CONFLICT, path(name) + " on the node " + this.session.node().name()
					+ " is not a regular file but a symbolic link, a directory or something else, and those are left"
					+ " alone. Give the path of the file itself.");
		}
		return file;
	}

	private void refuseExisting(LibvirtConnection connection, String name) throws LibvirtFault {
		if (look(connection, name).kind() != Kind.MISSING) {
			throw new NodeFailure(NodeFailure.Kind.CONFLICT,
					path(name) + " exists already on the node " + this.session.node().name() + ".");
		}
	}

	private DirectoryPool pool() {
		return Objects.requireNonNull(this.pool, "not open");
	}

	private NodeFailure tooLarge(String name) {
		return new NodeFailure(NodeFailure.Kind.CONFLICT, path(name) + " on the node " + this.session.node().name()
				+ " is larger than " + this.limit + " bytes (virtwise.libvirt.max-file-size) and was not read.");
	}

	private String path(String name) {
		return this.directory.text() + "/" + name;
	}

	private void vet(String name) {
		DirectoryPath.name(this.session.node(), name);
	}

	private static void require(boolean met, String otherwise) {
		if (!met) {
			throw new IllegalArgumentException(otherwise);
		}
	}

}
