package io.virtwise.node.web;

import io.virtwise.node.Node;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

/**
 * The ETag of a node: its version, which counts its edits.
 */
final class NodeTag {

	private NodeTag() {
	}

	static String of(Node node) {
		return "\"" + node.version() + "\"";
	}

	/**
	 * Lets pass what is meant for the node as it is now.
	 * @throws Refused if it is meant for another state of it
	 */
	static void check(Node present, @Nullable String ifMatch) {
		ETag tag = ETag.create(of(present));
		if (ifMatch != null
				&& ETag.parse(ifMatch).stream().noneMatch((one) -> one.isWildcard() || one.compare(tag, true))) {
			throw Refused.outdated("stale-version", "The node " + present.name()
					+ " is not what If-Match says any more. Read it again, then repeat your edit.");
		}
	}

}
