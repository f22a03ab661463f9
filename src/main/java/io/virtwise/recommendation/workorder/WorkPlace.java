package io.virtwise.recommendation.workorder;

import io.virtwise.node.Node;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * Where a work order is to be done.
 *
 * @param node the node's name, {@code null} where nobody said which it is
 * @param novaConf absolute path of its nova.conf
 * @param dropIn whether options go to a small file beside it
 * @param release its nova release, {@code null} where nobody knows
 */
public record WorkPlace(@Nullable String node, String novaConf, boolean dropIn, @Nullable NovaRelease release) {

	/** Of evidence that belongs to no registered node. */
	public static WorkPlace unnamed(@Nullable NovaRelease release) {
		return new WorkPlace(null, Node.DEFAULT_NOVA_CONF, readsDropIns(release), release);
	}

	/** Of a registered node. */
	public static WorkPlace of(Node node, @Nullable NovaRelease release) {
		boolean dropIn = (node.writeMode() == WriteMode.AUTO) ? readsDropIns(release)
				: node.writeMode() == WriteMode.DROP_IN;
		return new WorkPlace(node.name(), node.novaConfPath(), dropIn, release);
	}

	private static boolean readsDropIns(@Nullable NovaRelease release) {
		return release != null && release.readsDropIns();
	}

	/** The small file. */
	String dropInFile() {
		return this.novaConf + ".d/90-virtwise.conf";
	}

}
