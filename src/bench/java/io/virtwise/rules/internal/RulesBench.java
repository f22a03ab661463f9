package io.virtwise.rules.internal;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of the rules and prints one table with their ratios.
 */
public final class RulesBench {

	private final boolean brief;

	private RulesBench(boolean brief) {
		this.brief = brief;
	}

	/**
	 * @param arguments {@code --short} for a tenth of the time
	 */
	public static void main(String[] arguments) throws RunnerException {
		new RulesBench(List.of(arguments).contains("--short")).run();
	}

	private void run() throws RunnerException {
		Figure rules = throughput("rulesOnly", 1);
		Figure rulesTwo = throughput("rulesOnly", 2);
		Figure read = throughput("reasonsRead", 1);
		Figure parsing = throughput("withParsing", 1);
		Figure parsingTwo = throughput("withParsing", 2);
		Figure unexplained = throughput("unexplained", 1);
		Figure fired = throughput("rulesFired", 1);
		Figure byText = throughput("rulesByText", 1);
		Figure core = throughput("coreAsRules", 1);
		Figure coreByText = throughput("coreByText", 1);
		Figure plain = throughput("coreAsJava", 1);
		double warm = time("compileWarm", 1, this.brief ? 1 : 3);
		double text = time("compileByText", 1, this.brief ? 1 : 3);
		double cold = time("compileCold", this.brief ? 1 : 5, 0);

		row("what", "per second", "bytes each", "ratio");
		row("rules only, one thread", rules, "1.00 (budget 15,000/s)");
		row("rules only, two threads", rulesTwo, ratio(rulesTwo, rules) + " x one thread");
		row("and every reason read", read, ratio(read, rules) + " x rules only");
		row("with parsing, one thread", parsing, ratio(parsing, rules) + " x rules only");
		row("with parsing, two threads", parsingTwo, ratio(parsingTwo, parsing) + " x one thread");
		row("without reasons", unexplained, ratio(unexplained, rules) + " x rules only");
		row("rules fired, nothing written", fired, ratio(fired, rules) + " x rules only");
		row("as Drools builds their text", byText, ratio(rules, byText) + " x slower than rules only");
		row("x86 core as rules", core, ratio(core, rules) + " x all rules");
		row("x86 core, Drools' own build", coreByText, ratio(core, coreByText) + " x slower than as rules");
		row("x86 core as plain Java", plain, ratio(plain, core) + " x faster than as rules (budget 60)");
		row("all rules against plain Java", "", "", ratio(plain, rules) + " x");
		row("compile warm", String.format(Locale.ROOT, "%.0f ms", warm), "", "1.00");
		row("compile as Drools does", String.format(Locale.ROOT, "%.0f ms", text), "",
				String.format(Locale.ROOT, "%.1f x warm", text / warm));
		row("compile cold", String.format(Locale.ROOT, "%.0f ms", cold), "",
				String.format(Locale.ROOT, "%.1f x warm", cold / warm));
		System.out.println("""
				rules only: all rules fired, findings, settings, nova's verdict and the text of nova.conf written; evidence and causes
				are made when somebody reads them, and then stay. without reasons: nobody can ask for them, as when a fleet is judged.
				x86 core: the conclusions of seven files, without advice, on the x86 nodes; PlainCoreTests hold both to the same answers.""");
		new Replay(this.brief ? 10_000 : 100_000).run();
		System.out.printf(Locale.ROOT, "load %.1f on %d processors: figures of a busy machine are worth their ratios only%n",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				Runtime.getRuntime().availableProcessors());
	}

	private Figure throughput(String name, int threads) throws RunnerException {
		ChainedOptionsBuilder options = new OptionsBuilder().include(pattern(name))
			.threads(threads)
			.forks(1)
			.warmupIterations(this.brief ? 1 : 4)
			.warmupTime(TimeValue.seconds(this.brief ? 1 : 3))
			.measurementIterations(this.brief ? 1 : 5)
			.measurementTime(TimeValue.seconds(this.brief ? 1 : 3))
			.addProfiler(GCProfiler.class);
		RunResult result = run(options);
		double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
		return new Figure(result.getPrimaryResult().getScore(), bytes);
	}

	private double time(String name, int forks, int warmups) throws RunnerException {
		ChainedOptionsBuilder options = new OptionsBuilder().include(pattern(name))
			.forks(forks)
			.warmupIterations(warmups)
			.warmupTime(TimeValue.seconds(3))
			.measurementIterations((warmups > 0) ? 3 : 1)
			.measurementTime(TimeValue.seconds(3));
		return run(options).getPrimaryResult().getScore();
	}

	private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
		Collection<RunResult> results = new Runner(options.shouldFailOnError(true).build()).run();
		return results.iterator().next();
	}

	private static String pattern(String name) {
		return "^" + RulesBenchmark.class.getName().replace(".", "\\.") + "\\." + name + "$";
	}

	private static String ratio(Figure one, Figure other) {
		return String.format(Locale.ROOT, "%.2f", one.perSecond / other.perSecond);
	}

	private static void row(String what, Figure figure, String ratio) {
		row(what, String.format(Locale.ROOT, "%,.0f", figure.perSecond),
				String.format(Locale.ROOT, "%,.0f", figure.bytes), ratio);
	}

	private static void row(String what, String perSecond, String bytes, String ratio) {
		System.out.printf(Locale.ROOT, "%-30s %14s %14s   %s%n", what, perSecond, bytes, ratio);
	}

	private record Figure(double perSecond, double bytes) {
	}

}
