package io.virtwise.rules.language;

import java.util.List;

import io.virtwise.facts.NodeFacts;

/**
 * A format of images that somebody wants guests to start from.
 *
 * @param name as people and qemu-img call it, lower case
 */
public record ImageFormat(String name) {

	/** The formats asked for. */
	public static List<ImageFormat> of(NodeFacts facts) {
		return facts.intent().imageFormats().stream().map(ImageFormat::new).toList();
	}

}
