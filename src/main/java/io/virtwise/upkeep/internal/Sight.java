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
 * @param detail which other file overrules it and how, {@code null} where none does
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
record Sight(@Nullable Kind kind, byte @Nullable [] actual, @Nullable String detail) {

	/**
	 * Reads the file and compares; writes nothing.
	 * @throws NodeFailure if the node does not answer
	 */
	static Sight of(Node node, Baseline baseline, ManagedFiles files, java.time.Duration deadline) {
		byte[] present;
		try (Session session = files.open(node, baseline.directory(), deadline)) {
			RemoteFile file = session.stat(baseline.file());
			if (file.kind() != RemoteFile.Kind.REGULAR) {
				return new Sight((file.kind() == RemoteFile.Kind.MISSING) ? Kind.MISSING : Kind.NOT_A_FILE, null, null);
			}
			present = session.read(baseline.file());
		}
		catch (NodeFailure ex) {
			if (ex.kind() == NodeFailure.Kind.NOT_FOUND) {
				return new Sight(Kind.MISSING, null, null);
			}
			throw ex;
		}
		if (!baseline.isHeldBy(present)) {
			return new Sight(Kind.CHANGED, present, null);
		}
		String overruling = new OtherFiles(node, baseline, files, deadline).overruling();
		return new Sight((overruling != null) ? Kind.OVERRULED : null, present, overruling);
	}

}
