package io.virtwise.upkeep.internal;

import java.time.Duration;
import java.util.Optional;

import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.Rollouts;
import io.virtwise.rollout.SharedWork;
import io.virtwise.shared.Refused;
import io.virtwise.upkeep.internal.WorkStepTable.Started;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Puts a node in force once evidence shows that nova-compute was started after its file
 * was proved. The file is read once more first, as when a person confirms.
 */
@Component
class RestartProof implements SharedWork {

	private static final Logger log = LoggerFactory.getLogger(RestartProof.class);

	private final WorkStepTable table;

	private final Rollouts rollouts;

	private final DriftProperties properties;

	RestartProof(WorkStepTable table, Rollouts rollouts, DriftProperties properties) {
		this.table = table;
		this.rollouts = rollouts;
		this.properties = properties;
	}

	@Override
	public String name() {
		return "restart-proof";
	}

	@Override
	public Duration every() {
		return this.properties.sweep();
	}

	@Override
	public int lanes() {
		return 1;
	}

	@Override
	public boolean isThereAny() {
		return this.table.startedOpen().isPresent();
	}

	@Override
	public boolean doNext() {
		Optional<Started> next = this.table.startedOpen();
		next.ifPresent(this::prove);
		return next.isPresent();
	}

	/** What did not work is tried again when the next facts come in. */
	private void prove(Started started) {
		try {
			this.rollouts.proveRestart(started.step().changeId(), started.step().nodeId(), started.at());
		}
		catch (Refused | NodeFailure ex) {
			log.info("The restart on node {} is not proved: {}", started.step().nodeId(), ex.getMessage());
		}
		this.table.forgetStart(started.step().id());
	}

}
