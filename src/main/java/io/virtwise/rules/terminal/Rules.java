package io.virtwise.rules.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import io.virtwise.rules.internal.OfflineWorkshop;

/**
 * Checks the rule files of a folder, or runs their cases, without a server: the same code
 * and the same messages as in the portal.
 * <p>
 * Its exit status is {@value #STATUS_BASE} where all is well and one more where it is
 * not, and {@code bin/rules} takes that base off again: so a JVM that could not even
 * start, which ends with 1, is no answer.
 */
public final class Rules {

	static final int STATUS_BASE = 40;

	private static final int USAGE = 64;

	private static final int BAD_INPUT = 65;

	private static final int DEEPEST = 5;

	private static final long BIGGEST = 4L * 1024 * 1024;

	private final PrintStream out;

	private Rules(PrintStream out) {
		this.out = out;
	}

	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
		int status = run(args, out, err);
		out.flush();
		System.exit(status);
	}

	static int run(String[] args, PrintStream out, PrintStream err) {
		if (args.length != 2 || !List.of("check", "test").contains(args[0])) {
			err.println("rules: say check or test, and a folder");
			return USAGE;
		}
		try {
			List<RuleSource> files = files(Path.of(args[1]));
			if (files.stream().noneMatch(RuleSource::holdsRules)) {
				err.println("rules: there is no file *.drl in " + args[1]);
				return BAD_INPUT;
			}
			Rules rules = new Rules(out);
			return STATUS_BASE + ((args[0].equals("check") ? rules.check(files) : rules.test(files)) ? 0 : 1);
		}
		catch (CharacterCodingException ex) {
			err.println("rules: a file is not in UTF-8; save it as UTF-8");
			return BAD_INPUT;
		}
		catch (IOException ex) {
			err.println("rules: the folder cannot be read: " + ex.getMessage());
			return BAD_INPUT;
		}
	}

	private boolean check(List<RuleSource> files) {
		OfflineWorkshop workshop = new OfflineWorkshop();
		List<RuleProblem> problems = workshop.check(files);
		problems.forEach(this.out::println);
		this.out.println(files.size() + " files, " + count(errors(problems), "error") + ", "
				+ count(problems.size() - errors(problems), "warning"));
		return errors(problems) == 0;
	}

	private boolean test(List<RuleSource> files) {
		CaseReport report = new OfflineWorkshop().cases(files);
		report.problems().forEach(this.out::println);
		report.results().stream().filter((one) -> !one.passed()).forEach(this::failed);
		report.uncovered()
			.forEach((one) -> this.out.println("warning: " + one.rule() + " has no case in which it "
					+ String.join(", and none in which it ", one.lacks())));
		if (errors(report.problems()) > 0) {
			this.out.println("No case was run: " + count(errors(report.problems()), "error"));
			return false;
		}
		long failed = report.results().stream().filter((one) -> !one.passed()).count();
		this.out
			.println(count(report.results().size(), "case") + ", " + failed + " failed, in " + report.millis() + " ms");
		return report.green();
	}

	private void failed(CaseResult one) {
		String place = one.file() + ":" + one.line() + ": ";
		one.faults()
			.forEach((fault) -> this.out.println(place + "failed: " + one.rule() + " › " + one.name() + ": " + fault));
		one.misses()
			.forEach((miss) -> this.out
				.println(place + "  " + miss.rule() + " did not fire: no fact meets " + miss.pattern() + " ("
						+ miss.file() + ":" + miss.line() + "); it is " + String.join(", ", miss.actual())));
	}

	private static List<RuleSource> files(Path folder) throws IOException {
		List<RuleSource> files = new ArrayList<>();
		try (Stream<Path> found = Files.walk(folder, DEEPEST)) {
			for (Path one : found.filter(Files::isRegularFile).sorted().toList()) {
				String path = folder.relativize(one).toString().replace('\\', '/');
				if ((path.endsWith(".drl") || path.endsWith(".yaml")) && Files.size(one) <= BIGGEST) {
					files.add(new RuleSource(path, Files.readString(one)));
				}
			}
		}
		return files;
	}

	private static long errors(List<RuleProblem> problems) {
		return problems.stream().filter((one) -> one.severity() == RuleProblem.Severity.ERROR).count();
	}

	private static String count(long number, String what) {
		return number + " " + what + ((number == 1) ? "" : "s");
	}

}
