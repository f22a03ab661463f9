package io.virtwise.upkeep.internal;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.upkeep.DriftFinding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a file on its node.
 *
 * @param kind what is wrong with it, {@code null} where it is as approved
 * @param actual its bytes, {@code null} where there were none to read
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
record Sight(@Nullable Kind kind, byte @Nullable [] actual) {

	/**
	 * Reads the file and compares; writes nothing.
	 * @throws NodeFailure if the node does not answer
	 */
	static Sight of(Node node, Baseline baseline, ManagedFiles files, java.time.Duration deadline) {
		try (Session session = files.open(node, baseline.directory(), deadline)) {
			RemoteFile file = session.stat(baseline.file());
			if (file.kind() != RemoteFile.Kind.REGULAR) {
				return new Sight((file.kind() == RemoteFile.Kind.MISSING) ? Kind.MISSING : Kind.NOT_A_FILE, null);
			}
			byte[] present = session.read(baseline.file());
			return new Sight(baseline.isHeldBy(present) ? null : Kind.CHANGED, present);
		}
		catch (NodeFailure ex) {
			if (ex.kind() == NodeFailure.Kind.NOT_FOUND) {
				return new Sight(Kind.MISSING, null);
			}
			throw ex;
		}
	}

}
