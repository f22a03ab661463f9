package io.virtwise.recommendation.migration;

import java.time.Instant;

import io.virtwise.facts.NodeFacts;

/**
 * A node of a group of which there are facts.
 *
 * @param id the node
 * @param name what it is called
 * @param assessedAt when its facts came
 * @param facts what is known of it
 * @param offer what guests can have there
 */
record Member(String id, String name, Instant assessedAt, NodeFacts facts, Offer offer) {

	static Member of(String id, String name, Instant assessedAt, NodeFacts facts) {
		return new Member(id, name, assessedAt, facts, Offer.of(facts));
	}

	/** Whether libvirt said which models KVM guests can have there. */
	boolean known() {
		return this.offer.kvm().known();
	}

	/** Whether libvirt was asked, and told of processors for emulated guests alone. */
	boolean withoutKvm() {
		return !known() && this.offer.qemu().known();
	}

}
