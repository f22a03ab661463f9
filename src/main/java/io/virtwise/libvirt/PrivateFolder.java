package io.virtwise.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder that only the portal can enter, for as long as a connection is being opened.
 */
final class PrivateFolder implements AutoCloseable {

	/**
	 * With the process in the name, so that what a crash left behind is known as such.
	 */
	private static final String PREFIX = "vw-";

	private final Path path;

	private PrivateFolder(Path path) {
		this.path = path;
	}

	static PrivateFolder make() {
		try {
			return new PrivateFolder(Files.createTempDirectory(place(), PREFIX + ProcessHandle.current().pid() + "-",
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the portal cannot make a temporary folder", ex);
		}
	}

	/** In memory where there is such a place, so that a key is never on a disk. */
	private static Path place() {
		Path memory = Path.of("/dev/shm");
		return (Files.isDirectory(memory) && Files.isWritable(memory)) ? memory
				: Path.of(System.getProperty("java.io.tmpdir"));
	}

	/** Takes away what portals that are no more left behind. */
	static void sweep() {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(place(), PREFIX + "[0-9]*-*")) {
			for (Path folder : folders) {
				String pid = folder.getFileName().toString().split("-", 3)[1];
				boolean ours = Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)
						&& Files.getOwner(folder).equals(Files.getOwner(Path.of("/proc/self")));
				if (ours && pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
					new PrivateFolder(folder).close();
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path path(String name) {
		return this.path.resolve(name);
	}

	Path write(String name, String content) {
		Path file = path(name);
		try {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			return Files.writeString(file, content, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the portal cannot write to its temporary folder", ex);
		}
	}

	@Override
	public void close() {
		if (!Files.isDirectory(this.path)) {
			return;
		}
		try {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path)) {
				for (Path file : files) {
					Files.deleteIfExists(file);
				}
			}
			Files.deleteIfExists(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the portal cannot remove its temporary folder " + this.path, ex);
		}
	}

}
