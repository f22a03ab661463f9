package io.virtwise.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.Locale;

import io.virtwise.nova.NovaRelease;
import io.virtwise.nova.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What the rulebase says about one node. The same facts and the same rulebase give the
 * same assessment, byte for byte.
 *
 * @param rulebase which rulebase said it
 * @param verdict the one word
 * @param sentence the verdict in one sentence, from the finding that weighs most
 * @param recommendation the configuration that the node should have
 * @param novaConf the settings as lines of a nova.conf
 * @param findings worst first, then by rule id
 * @param conflicts where rules of equal right give different values for one option
 * @param nova what nova itself would say to the nova.conf given; {@code null} without one
 * @param conclusions what was derived on the way, by rule id
 * @param byRelease what the rules say release by release, where nobody said which nova
 * runs; else empty
 */
public record Assessment(RulebaseRevision rulebase, Verdict verdict, String sentence, Recommendation recommendation,
		String novaConf, List<Finding> findings, List<Conflict> conflicts, @Nullable NovaVerdict nova,
		List<Conclusion> conclusions, List<ReleaseRange> byRelease) {

	/** How a cause chain names the release that nobody said. */
	public static final String UNKNOWN_RELEASE = "nobody said which nova release runs here";

	public Assessment {
		findings = List.copyOf(findings);
		conflicts = List.copyOf(conflicts);
		conclusions = List.copyOf(conclusions);
		byRelease = kept(byRelease);
	}

	/** The same for one release. */
	public Assessment(RulebaseRevision rulebase, Verdict verdict, String sentence, Recommendation recommendation,
			String novaConf, List<Finding> findings, List<Conflict> conflicts, @Nullable NovaVerdict nova,
			List<Conclusion> conclusions) {
		this(rulebase, verdict, sentence, recommendation, novaConf, findings, conflicts, nova, conclusions, List.of());
	}

	/**
	 * What would differ from release to release, for a finding that rests on a release
	 * which nobody said; empty for any other.
	 */
	public List<String> differs(Finding finding) {
		boolean unknown = !finding.cause().isEmpty() && finding.cause()
			.get(0)
			.sources()
			.stream()
			.anyMatch((source) -> source.how() == How.UNKNOWN && source.what().equals(UNKNOWN_RELEASE));
		return unknown ? differs() : List.of();
	}

	/** What would differ from release to release where nobody said which one runs. */
	public List<String> differs() {
		return (this.byRelease.size() == 1)
				? List.of("Every release from " + this.byRelease.get(0).name() + " gets the same answer.")
				: this.byRelease.stream().map(ReleaseRange::sentence).toList();
	}

	/**
	 * A revision of the rulebase.
	 *
	 * @param revision its number, from 1
	 * @param sha256 over all its files
	 */
	public record RulebaseRevision(int revision, String sha256) {
	}

	/**
	 * The configuration that the node should have.
	 *
	 * @param computeDriver value of {@code compute_driver}
	 * @param virtType kvm or qemu; {@code null} where that cannot be said
	 * @param cpuMode what should be in force, also where nova's default gives it already
	 * @param cpuModels the models to name, old to new
	 * @param settings the lines that nova.conf needs, and those to take out
	 * @param kernelModules modules that should be loaded
	 * @param imageFormats formats that images may have
	 * @param inForce what should be in force without a line of its own, each with its
	 * chain
	 */
	public record Recommendation(@Nullable String computeDriver, @Nullable String virtType, @Nullable String cpuMode,
			List<String> cpuModels, List<RecommendedSetting> settings, List<String> kernelModules,
			List<String> imageFormats, List<RecommendedSetting> inForce) {

		public Recommendation {
			inForce = kept(inForce);
		}

		/** The same without chains for what needs no line. */
		public Recommendation(@Nullable String computeDriver, @Nullable String virtType, @Nullable String cpuMode,
				List<String> cpuModels, List<RecommendedSetting> settings, List<String> kernelModules,
				List<String> imageFormats) {
			this(computeDriver, virtType, cpuMode, cpuModels, settings, kernelModules, imageFormats, List.of());
		}

	}

	/**
	 * A setting and the rule that asks for it.
	 *
	 * @param setting what to set, or to take out where its value is {@code null}
	 * @param rule the rule's id
	 * @param cause the chain from this setting down to the evidence, nearest first
	 */
	public record RecommendedSetting(Setting setting, String rule, List<Cause> cause) {

		public RecommendedSetting {
			cause = kept(cause);
		}

		/** The same without its chain. */
		public RecommendedSetting(Setting setting, String rule) {
			this(setting, rule, List.of());
		}

	}

	/**
	 * Something that a person should know or do.
	 *
	 * @param rule the rule's id, a row of the decision table
	 * @param severity how bad it is
	 * @param decidingFactUnknown whether this finding says that a fact that decides is
	 * unknown
	 * @param title one line
	 * @param reason why it matters
	 * @param evidence where it was seen, as lines that people read
	 * @param remediation what to do, in order
	 * @param requires what it needs afterwards: {@code restart-nova-compute},
	 * {@code reboot}, {@code firmware}, {@code re-login}, {@code restart-libvirt}
	 * @param document where it is documented
	 * @param cause the chain from this finding down to the evidence, nearest first
	 */
	public record Finding(String rule, Severity severity, boolean decidingFactUnknown, String title, String reason,
			List<String> evidence, List<Step> remediation, List<String> requires, Document document,
			List<Cause> cause) {
	}

	/**
	 * One step of a remediation.
	 *
	 * @param command to copy; {@code null} where a person must do something
	 * @param asRoot whether the command needs root on the node
	 * @param note what it does, or what the person must do
	 */
	public record Step(@Nullable String command, boolean asRoot, @Nullable String note) {
	}

	/**
	 * A passage of a document.
	 *
	 * @param name the document, for example {@code hypervisors-3.11}
	 * @param section the passage, for example {@code 3.11.2.1.1}
	 */
	public record Document(String name, String section) {
	}

	/**
	 * One link of a cause chain.
	 *
	 * @param rule the rule that concluded
	 * @param conclusion what it concluded, as a sentence
	 * @param from what it rests on: ids of other rules in the chain, evidence lines, and
	 * facts that nobody knows
	 * @param sources the same, each with how the link rests on it
	 */
	public record Cause(String rule, String conclusion, List<String> from, List<Source> sources) {

		public Cause {
			from = kept(from);
			sources = kept(sources);
		}

		/** A link of which nobody says how it rests on what. */
		public Cause(String rule, String conclusion, List<String> from) {
			this(rule, conclusion, from, List.of());
		}

		/** A link that rests on these. */
		public static Cause of(String rule, String conclusion, List<Source> sources) {
			List<String> from = new ArrayList<>(sources.size());
			for (Source source : sources) {
				if (!from.contains(source.what())) {
					from.add(source.what());
				}
			}
			return new Cause(rule, conclusion, from, sources);
		}

	}

	/**
	 * Something that a link of a cause chain rests on.
	 *
	 * @param how in which way
	 * @param what the id of a rule further down, or else the line or sentence itself
	 */
	public record Source(How how, String what) {
	}

	/**
	 * How a link of a cause chain rests on something.
	 */
	public enum How {

		/** The first rule that it follows from. */
		BECAUSE,
		/** A further rule that it takes too. */
		AND,
		/** Another rule that comes to the same by itself. */
		CONFIRMED,
		/** A rule that speaks for the contrary, and is outweighed. */
		ALTHOUGH,
		/** A line of evidence. */
		SEEN,
		/** A fact that was told without a line. */
		TOLD,
		/** A fact that nobody knows. */
		UNKNOWN;

		/** The name in the HTTP contract. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** Whether it leads to another rule. */
		public boolean leadsOn() {
			return compareTo(ALTHOUGH) <= 0;
		}

	}

	/**
	 * Rules that give different values for one option.
	 *
	 * @param section the option's section
	 * @param option the option
	 * @param values each value with its rule
	 * @param taken the value that was taken, {@code null} where the option goes
	 * @param why why that one: among rules of equal right because it is the safer
	 */
	public record Conflict(String section, String option, List<RecommendedSetting> values, @Nullable String taken,
			@Nullable String why) {

		/** The same without the reason. */
		public Conflict(String section, String option, List<RecommendedSetting> values, @Nullable String taken) {
			this(section, option, values, taken, null);
		}

		/** As a sentence: which rules want what. */
		public String says() {
			return "rules want different values for " + this.section + "/" + this.option + ": "
					+ this.values.stream()
						.map((one) -> one.rule() + " "
								+ ((one.setting().value() == null) ? "takes it out" : "wants " + one.setting().value()))
						.collect(Collectors.joining(", "));
		}

	}

	/**
	 * What nova of a release would say to a nova.conf.
	 *
	 * @param release the major version, {@code null} if unknown
	 * @param accepted whether it takes the file, {@code null} if that cannot be said
	 * @param when at which moment it refuses: load, start or launch
	 * @param message what it says, word for word up to the host's own details
	 */
	public record NovaVerdict(@Nullable Integer release, @Nullable Boolean accepted, @Nullable String when,
			@Nullable String message) {
	}

	/**
	 * Something derived from facts on the way to the findings.
	 *
	 * @param rule the rule that derived it
	 * @param topic what it is about, for example {@code KVM}
	 * @param value the answer, for example {@code USABLE}
	 * @param sentence the same as a sentence
	 * @param from what it rests on: ids of rules, and evidence lines
	 */
	public record Conclusion(String rule, String topic, String value, String sentence, List<String> from) {
	}

	/**
	 * Releases in a row for which the rules say the same.
	 *
	 * @param first the oldest of them
	 * @param last the newest of them
	 * @param verdict the one word for them
	 * @param nova what nova of these releases would say to the nova.conf given;
	 * {@code null} without one
	 * @param says what the rules say for these releases and not for all
	 */
	public record ReleaseRange(NovaRelease first, NovaRelease last, Verdict verdict, @Nullable NovaVerdict nova,
			List<String> says) {

		public ReleaseRange {
			says = List.copyOf(says);
		}

		/** As people say it: {@code Juno to Stein}. */
		public String name() {
			return this.first.equals(this.last) ? this.first.displayName()
					: this.first.displayName() + " to " + this.last.displayName();
		}

		/** The releases and what only they get. */
		public String sentence() {
			return name() + ": " + (this.says.isEmpty() ? "nothing beyond the rest" : String.join("; ", this.says));
		}

	}

	/** Assessments that were stored earlier lack what is new. */
	private static <T> List<T> kept(@Nullable List<T> list) {
		if (list instanceof OnDemand) {
			return list;
		}
		return (list != null) ? List.copyOf(list) : List.of();
	}

}
