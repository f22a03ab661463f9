package io.virtwise.rules.internal;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.rules.Assessment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * What assessments cost, and what the same decisions cost without rules.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RulesBenchmark {

	/** Facts and rulebases, shared by all threads. */
	@State(Scope.Benchmark)
	public static class Nodes {

		private final AtomicInteger next = new AtomicInteger();

		private BenchNodes nodes;

		private List<NodeFacts> x86;

		private Rulebase all;

		private Rulebase core;

		private Rulebase byText;

		private Rulebase coreByText;

		private AssessmentWriter writer;

		@Setup
		public void prepare() {
			this.nodes = new BenchNodes();
			this.x86 = this.nodes.facts().stream().filter(PlainCore::knows).toList();
			this.all = Rulebase.of(1, ShippedRules.files());
			this.core = Rulebase.of(1, CoreRules.files());
			this.byText = Rulebase.of(1, ShippedRules.files(), new MvelBases());
			this.coreByText = Rulebase.of(1, CoreRules.files(), new MvelBases());
			this.writer = new AssessmentWriter(
					new AnnotationConfigApplicationContext("io.virtwise.nova").getBean(NovaConfFragment.class));
		}

		private NodeFacts any(List<NodeFacts> facts) {
			return facts.get(Math.floorMod(this.next.getAndIncrement(), facts.size()));
		}

	}

	/**
	 * An assessment as the portal makes it: everything decided and said, the reasons made
	 * when somebody looks at them.
	 */
	@Benchmark
	public Assessment rulesOnly(Nodes nodes) {
		NodeFacts facts = nodes.any(nodes.nodes.facts());
		return nodes.writer.write(nodes.all.revision(), facts, new Run(nodes.all, facts));
	}

	/** The same, and every reason looked at: evidence and cause of all that is said. */
	@Benchmark
	public int reasonsRead(Nodes nodes) {
		Assessment assessment = rulesOnly(nodes);
		int read = 0;
		for (Assessment.Finding finding : assessment.findings()) {
			read += finding.evidence().size() + finding.cause().size();
		}
		for (Assessment.RecommendedSetting setting : assessment.recommendation().settings()) {
			read += setting.cause().size();
		}
		for (Assessment.RecommendedSetting setting : assessment.recommendation().inForce()) {
			read += setting.cause().size();
		}
		for (Assessment.Conclusion conclusion : assessment.conclusions()) {
			read += conclusion.from().size();
		}
		return read;
	}

	/** The same without evidence and causes, as the many variants of a node are judged. */
	@Benchmark
	public Assessment unexplained(Nodes nodes) {
		NodeFacts facts = nodes.any(nodes.nodes.facts());
		return nodes.writer.write(nodes.all.revision(), facts, Run.unexplained(nodes.all, facts));
	}

	/** The rules matched and fired, nothing written down. */
	@Benchmark
	public Object rulesFired(Nodes nodes) {
		return Run.unexplained(nodes.all, nodes.any(nodes.nodes.facts()));
	}

	/** The same rules as Drools builds them from their text. */
	@Benchmark
	public Assessment rulesByText(Nodes nodes) {
		NodeFacts facts = nodes.any(nodes.nodes.facts());
		return nodes.writer.write(nodes.byText.revision(), facts, new Run(nodes.byText, facts));
	}

	@Benchmark
	public Assessment withParsing(Nodes nodes) {
		int at = Math.floorMod(nodes.next.getAndIncrement(), nodes.nodes.evidence().size());
		NodeFacts facts = nodes.nodes.reader().read(nodes.nodes.evidence().get(at));
		return nodes.writer.write(nodes.all.revision(), facts, new Run(nodes.all, facts));
	}

	@Benchmark
	public Object coreAsRules(Nodes nodes) {
		return Run.unexplained(nodes.core, nodes.any(nodes.x86)).conclusions();
	}

	@Benchmark
	public Object coreByText(Nodes nodes) {
		return Run.unexplained(nodes.coreByText, nodes.any(nodes.x86)).conclusions();
	}

	@Benchmark
	public Object coreAsJava(Nodes nodes) {
		return PlainCore.decide(nodes.any(nodes.x86));
	}

	@Benchmark
	@BenchmarkMode(Mode.AverageTime)
	@OutputTimeUnit(TimeUnit.MILLISECONDS)
	public Object compileWarm() {
		return Rulebase.of(1, ShippedRules.files());
	}

	@Benchmark
	@BenchmarkMode(Mode.AverageTime)
	@OutputTimeUnit(TimeUnit.MILLISECONDS)
	public Object compileByText() {
		return Rulebase.of(1, ShippedRules.files(), new MvelBases());
	}

	@Benchmark
	@BenchmarkMode(Mode.SingleShotTime)
	@OutputTimeUnit(TimeUnit.MILLISECONDS)
	public Object compileCold() {
		return Rulebase.of(1, ShippedRules.files());
	}

}
