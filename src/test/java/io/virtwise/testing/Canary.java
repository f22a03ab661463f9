package io.virtwise.testing;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a file when somebody reads it out of bytes.
 */
public final class Canary implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String file;

	public Canary(Path file) {
		this.file = file.toString();
	}

	@Serial
	private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
		in.defaultReadObject();
		Files.writeString(Path.of(this.file), "sings");
	}

}
