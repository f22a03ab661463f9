package io.virtwise.node;

import java.time.Duration;
import java.util.List;

/**
 * Asks a node's sshd for the keys that it shows to anybody.
 */
public interface HostKeyReader {

	/**
	 * The keys, one of each type. They prove nothing until a person compared them.
	 * @throws NodeFailure if there is no answer in time
	 */
	List<HostKey> read(Node node, Duration deadline);

}
