package io.virtwise.audit.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.virtwise.audit.internal.ExportCheck;
import io.virtwise.audit.internal.ExportCheck.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bin/audit-verify} runs: FILE, or standard input for {@code -}, and where
 * given a public key.
 */
public final class AuditVerify {

	private static final int UNREADABLE = 66;

	private AuditVerify() {
	}

	public static void main(String[] arguments) {
		System.exit(run(arguments, System.in, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
	}

	static int run(String[] arguments, InputStream in, PrintStream out) {
		String key;
		try {
			key = (arguments.length > 1) ? Files.readString(Path.of(arguments[1])) : null;
			Finding finding = check(arguments[0], key, in);
			out.println(finding.text());
			return switch (finding.outcome()) {
				case INTACT -> 0;
				case BROKEN -> 1;
				case UNSIGNED -> 2;
				case UNREADABLE -> UNREADABLE;
			};
		}
		catch (IOException ex) {
			out.println("It cannot be read: " + ex.getMessage());
			return UNREADABLE;
		}
	}

	private static Finding check(String file, @Nullable String key, InputStream in) throws IOException {
		if (file.equals("-")) {
			return ExportCheck.of(in, key);
		}
		try (InputStream export = Files.newInputStream(Path.of(file))) {
			return ExportCheck.of(export, key);
		}
	}

}
