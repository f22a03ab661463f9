package io.virtwise.facts;

/**
 * A named CPU model as the nodes of a group offer it to KVM guests; one for each model
 * that some node of the group offers, or this node's nova.conf names.
 *
 * @param name the model
 * @param rank its place from old to new, from 1
 * @param ownVendor whether it is a model of those who made the processors of the group
 * @param everywhere whether guests can have it on every node that is known
 * @param here whether guests can have it on this node
 * @param position its place in this node's nova.conf from 1, 0 where that does not name
 * it
 * @param list it, and after it the newer models of the group that guests can have on this
 * node, as cpu_models takes them
 */
public record GroupModel(String name, int rank, boolean ownVendor, Known everywhere, Known here, int position,
		String list) {
}
