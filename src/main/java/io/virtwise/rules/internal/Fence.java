package io.virtwise.rules.internal;

import java.util.HashSet;
import java.util.Set;

/**
 * The list of types behind which rules are kept.
 */
final class Fence {

	/** What a rule itself may see. */
	private static final Set<String> OURS = Vocabulary.classNames();

	/** What Drools' generated code needs of the JDK: nothing that does anything. */
	private static final Set<String> JAVA = Set.of("java.lang.Object", "java.lang.String", "java.lang.Class",
			"java.lang.Integer", "java.lang.Boolean", "java.lang.Double", "java.lang.Long", "java.lang.Number",
			"java.lang.Enum", "java.lang.Record", "java.lang.Comparable", "java.lang.CharSequence",
			"java.lang.Iterable", "java.lang.Exception", "java.lang.Error", "java.lang.Throwable",
			"java.io.Serializable", "java.util.Set", "java.util.List", "java.util.Collection");

	/** What it needs of Drools; without evals and declared types, which come after it. */
	private static final Set<String> DROOLS = Set.of("org.drools.base.base.ValueResolver",
			"org.drools.base.base.ValueType", "org.drools.base.base.extractors.BaseObjectClassFieldReader",
			"org.drools.base.reteoo.BaseTuple", "org.drools.base.rule.Declaration",
			"org.drools.base.rule.accessor.CompiledInvoker", "org.drools.base.rule.consequence.Consequence",
			"org.drools.base.rule.consequence.ConsequenceContext", "org.drools.core.WorkingMemory",
			"org.drools.core.common.InternalFactHandle", "org.drools.core.reteoo.LeftTuple",
			"org.drools.core.reteoo.Tuple", "org.drools.core.rule.consequence.KnowledgeHelper",
			"org.drools.ecj.EclipseJavaCompiler", "org.drools.mvel.ConditionEvaluator",
			"org.drools.mvel.EvaluatorHelper", "org.drools.mvel.accessors.BaseBooleanClassFieldReader",
			"org.drools.mvel.accessors.BaseDecimalClassFieldReader",
			"org.drools.mvel.accessors.BaseWholeNumberClassFieldReader", "org.drools.mvel.asm.ConsequenceGenerator",
			"org.drools.mvel.asm.ConsequenceStub", "org.kie.api.runtime.rule.FactHandle",
			"org.kie.api.runtime.rule.RuleContext");

	/** The builder insists on finding them; no rule can name them. */
	private static final String ACCUMULATORS = "org.drools.core.base.accumulators.";

	private static final Set<String> ALL = all();

	private Fence() {
	}

	/** Whether rules may see a type. */
	static boolean lets(String type) {
		return ALL.contains(type) || (type.startsWith(ACCUMULATORS) && type.endsWith("AccumulateFunction"));
	}

	private static Set<String> all() {
		Set<String> all = new HashSet<>(OURS);
		all.addAll(JAVA);
		all.addAll(DROOLS);
		return Set.copyOf(all);
	}

}
