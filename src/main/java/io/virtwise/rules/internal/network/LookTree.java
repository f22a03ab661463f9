package io.virtwise.rules.internal.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.drools.base.base.ClassObjectType;
import org.drools.base.rule.EntryPointId;
import org.drools.core.common.DefaultFactHandle;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.common.PropagationContext;
import org.drools.core.common.ReteEvaluator;
import org.drools.core.impl.InternalRuleBase;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.LeftInputAdapterNode;
import org.drools.core.reteoo.ObjectSource;
import org.drools.core.reteoo.ObjectTypeNode;
import org.drools.core.reteoo.builder.BuildContext;
import org.jspecify.annotations.Nullable;

/**
 * Rules that need no join, as Drools' alpha nodes: rules that begin alike share their
 * nodes, and nodes that tell values of one field apart are found by that value. What
 * comes out at the end of a branch goes straight to the rule; an agenda would have
 * nothing to order.
 */
final class LookTree {

	private final BuildContext context;

	private final ObjectTypeNode root;

	private final Branch top;

	LookTree(InternalRuleBase base) {
		this.context = new BuildContext(base, List.of());
		this.root = new ObjectTypeNode(this.context.getNextNodeId(),
				base.getRete().getEntryPointNode(EntryPointId.DEFAULT), new ClassObjectType(Step.class), this.context);
		this.top = new Branch(this.root, new HashMap<>());
	}

	/** Adds a rule that asks for this in this order. */
	void add(List<Closed> order, Consumer<Step> then) {
		Branch at = this.top;
		for (Closed closed : order) {
			Branch further = at.further.get(closed);
			if (further == null) {
				further = grow(at, closed);
			}
			at = further;
		}
		at.node.addObjectSink(new End(this.context, at.node, then));
	}

	/** Hands what matches to the rules. */
	void look(Step step) {
		this.root.getObjectSinkPropagator().propagateAssertObject(new DefaultFactHandle(step), null, null);
	}

	private Branch grow(Branch from, Closed closed) {
		AlphaNode node = new AlphaNode(this.context.getNextNodeId(), new Look(closed), from.node, this.context);
		from.node.addObjectSink(node);
		Branch branch = new Branch(node, new HashMap<>());
		from.further.put(closed, branch);
		return branch;
	}

	private record Branch(ObjectSource node, Map<Closed, Branch> further) {
	}

	/**
	 * The end of a branch: all is so that a rule asks for.
	 */
	private static final class End extends LeftInputAdapterNode {

		private final Consumer<Step> then;

		End(BuildContext context, ObjectSource source, Consumer<Step> then) {
			super(context.getNextNodeId(), source, context);
			this.then = then;
		}

		@Override
		public void assertObject(InternalFactHandle handle, @Nullable PropagationContext context,
				@Nullable ReteEvaluator evaluator) {
			this.then.accept((Step) Objects.requireNonNull(handle.getObject()));
		}

	}

}
