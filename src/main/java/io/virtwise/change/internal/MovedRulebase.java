package io.virtwise.change.internal;

import java.util.List;

import io.virtwise.approval.Approvals;
import io.virtwise.authoring.RulebaseActivated;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeVerb;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Another revision of the rulebase is in force, so what waits to be approved or started
 * and rests on another one is void: its reasons are no longer those of the rulebase.
 */
@Component
class MovedRulebase {

	private final ChangeTable table;

	private final ChangeStore store;

	private final Approvals approvals;

	MovedRulebase(ChangeTable table, ChangeStore store, Approvals approvals) {
		this.table = table;
		this.store = store;
		this.approvals = approvals;
	}

	@EventListener
	@Transactional
	public void on(RulebaseActivated event) {
		for (String id : this.table.idsWith(List.of(ChangeStatus.WAITING_FOR_APPROVAL, ChangeStatus.APPROVED))) {
			ChangeRequest change = this.store.get(id);
			if (!change.rulebaseSha256().equals(event.sha256())
					&& this.approvals.voidUnused(ChangeRequest.SUBJECT_TYPE, id)) {
				String note = "void, because revision " + event.revision()
						+ " of the rulebase came into force, and this rests on revision " + change.rulebaseRevision()
						+ "; plan it again";
				ChangeRequest present = this.store.get(id);
				this.store.save(present, present.after(ChangeVerb.EXPIRE, note, this.store.now()), "voided", null,
						note);
			}
		}
	}

}
