package io.virtwise.node;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds the blocks of one kind in a PEM file, whatever is written around them.
 */
final class Pem {

	private static final Pattern BLOCK = Pattern
		.compile("-----BEGIN ([A-Z ]{3,40})-----([A-Za-z0-9+/=\\s]++)-----END \\1-----");

	private static final int MOST = 64 * 1024;

	private Pem() {
	}

	/** The contents of all blocks of this kind; none where the text is too long. */
	static List<byte[]> blocks(String kind, @Nullable String text) {
		List<byte[]> blocks = new ArrayList<>();
		if (text == null || text.length() > MOST) {
			return blocks;
		}
		Matcher matcher = BLOCK.matcher(text);
		while (matcher.find()) {
			if (kind.equals(matcher.group(1))) {
				try {
					blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
				}
				catch (IllegalArgumentException ex) {
					return List.of(); // cut in the middle
				}
			}
		}
		return blocks;
	}

}
