package io.virtwise.recommendation.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a request, kept in a file until they are read. A caller may send all of
 * them before reading the first answer; without the file both sides would then wait for
 * each other. The file has no name any more once it is open, so that it is gone with the
 * portal whatever ends it.
 */
final class SpooledLines implements AutoCloseable {

	private final FileChannel file;

	private final InputStream content;

	private final int longest;

	private SpooledLines(FileChannel file, int longest) throws IOException {
		this.file = file;
		this.content = new BufferedInputStream(Channels.newInputStream(file.position(0)), 64 * 1024);
		this.longest = longest;
	}

	/**
	 * Reads the whole request.
	 * @param most so many bytes may come
	 * @param longest so many bytes of one line are kept
	 * @throws Refused if more comes
	 */
	static SpooledLines of(InputStream request, long most, int longest) throws IOException {
		Path path = Files.createTempFile("virtwise-batch-", ".ndjson");
		FileChannel file;
		try {
			file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE);
		}
		catch (IOException ex) {
			Files.deleteIfExists(path);
			throw ex;
		}
		try {
			take(request, most, file);
			return new SpooledLines(file, longest);
		}
		catch (IOException | RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	private static void take(InputStream request, long most, FileChannel file) throws IOException {
		long size = 0;
		byte[] buffer = new byte[64 * 1024];
		for (int read = request.read(buffer); read >= 0; read = request.read(buffer)) {
			size += read;
			if (size > most) {
				throw Refused.tooLarge("The lines together are larger than " + most / 1024 / 1024
						+ " MiB. Send them in several requests.");
			}
			ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
			while (part.hasRemaining()) {
				file.write(part);
			}
		}
	}

	/** The next line without its end; {@code null} after the last. */
	@Nullable Line next() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(8 * 1024);
		int read = this.content.read();
		if (read < 0) {
			return null;
		}
		boolean cut = false;
		while (read >= 0 && read != '\n') {
			if (line.size() < this.longest) {
				line.write(read);
			}
			else {
				cut = true;
			}
			read = this.content.read();
		}
		return new Line(line.toString(StandardCharsets.UTF_8), cut);
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	/**
	 * One line.
	 *
	 * @param text its text
	 * @param cut whether it was longer than what is kept
	 */
	record Line(String text, boolean cut) {

		/** The same without the mark that some programs put before UTF-8. */
		Line withoutMark() {
			return this.text.startsWith("\uFEFF") ? new Line(this.text.substring(1), this.cut) : this;
		}

	}

}
