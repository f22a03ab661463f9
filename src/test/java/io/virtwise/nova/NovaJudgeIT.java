package io.virtwise.nova;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFacts;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.rules.Assessment;
import io.virtwise.testing.Engine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nova itself judges: its own code reads each file, and its libvirt driver checks the CPU
 * settings against a real libvirt daemon. We get the file and what that daemon tells
 * everybody, and must say the same, word for word up to the host's own details: where the
 * file lies, and what libvirt answers to the comparison.
 */
class NovaJudgeIT {

	/** Where the option stands; oslo.config adds it since its version 8. */
	private static final Pattern LOCATION = Pattern.compile(" from LocationInfo\\(.*?\\) is not valid");

	/** What libvirt answered to the comparison, behind nova's own words. */
	private static final Pattern COMPARISON = Pattern.compile(
			" Unacceptable CPU info: CPU doesn't have compatibility\\.\n\n.*\n\nRefer to http://\\S+", Pattern.DOTALL);

	/** Some that this or that processor lacks. */
	private static final List<String> FLAGS = List.of("pcid", "aes", "svm", "vmx", "tbm", "xop", "3dnowext");

	private static final List<String> TYPES = List.of("unset", "kvm", "qemu", "lxc", "parallels");

	private static final List<String> MODES = List.of("unset", "none", "host-model", "host-passthrough", "custom");

	private static @Nullable NovaJudge nova;

	private static JsonNode daemon;

	@TempDir
	private static Path folder;

	@BeforeAll
	static void start() throws IOException {
		NovaJudge.assumeInstalled();
		Node node = DemoFleet.shared().node(1);
		nova = new NovaJudge(folder, "qemu+tcp://" + node.host() + ":" + node.port() + "/system");
		daemon = nova.daemon(FLAGS);
	}

	@AfterAll
	static void stop() throws Exception {
		if (nova != null) {
			nova.close();
		}
	}

	@Test
	void saysTheSameToEveryCombination() throws IOException {
		List<String> fit = models(true);
		List<String> unfit = models(false);
		List<String> has = flags(true);
		List<String> lacks = flags(false);
		List<String> models = List.of("unset", "", fit.get(0), fit.get(0).toUpperCase(java.util.Locale.ROOT),
				fit.get(0).toLowerCase(java.util.Locale.ROOT), unfit.get(0), "Nosuch", fit.get(0) + "," + fit.get(1),
				fit.get(0) + ", " + unfit.get(0), unfit.get(0) + "," + unfit.get(1), fit.get(0) + ",Nosuch,Nix",
				unfit.get(0) + ",Nosuch", "Nosuch," + unfit.get(0), fit.get(0) + ",", "," + fit.get(0),
				fit.get(0) + ",," + fit.get(1));
		List<String> flags = List.of("unset", "", has.get(0), has.get(0).toUpperCase(java.util.Locale.ROOT),
				"+" + has.get(0), "-" + has.get(0), lacks.get(0), "-" + lacks.get(0), "nosuch", "-nosuch",
				has.get(0) + ", " + lacks.get(0) + ",+" + has.get(1));
		Map<String, Integer> outcomes = new TreeMap<>();
		List<String> differences = new ArrayList<>();
		for (String type : all(TYPES, "xen", "KVM", "")) {
			for (String mode : all(MODES, "Custom", "")) {
				boolean choices = TYPES.contains(type) && MODES.contains(mode);
				for (String model : choices ? models : List.of("unset", fit.get(0), "Nosuch")) {
					for (String flag : choices ? flags : List.of("unset", has.get(0), "nosuch")) {
						compare(novaConf(type, mode, "cpu_models", model, flag), outcomes, differences);
					}
				}
			}
		}
		report("combinations", outcomes, differences);
	}

	@Test
	void saysTheSameToEveryModelOfThisLibvirt() throws IOException {
		Map<String, Integer> outcomes = new TreeMap<>();
		List<String> differences = new ArrayList<>();
		assertThat(daemon.get("models").size()).isGreaterThan(40);
		for (String name : daemon.get("models").propertyNames()) {
			for (String type : List.of("kvm", "qemu")) {
				compare(novaConf(type, "custom", "cpu_models", name, "unset"), outcomes, differences);
				compare(novaConf(type, "custom", "cpu_model", name, "unset"), outcomes, differences);
			}
		}
		report("models", outcomes, differences);
	}

	@Test
	void knowsEveryModelAsThisLibvirtDoes() {
		NodeFacts facts = facts("");
		List<String> host = new ArrayList<>(
				X86CpuModels.features(String.valueOf(facts.capabilities().cpuModel())).orElseThrow());
		host.addAll(facts.capabilities().features());
		Map<String, Boolean> ours = new LinkedHashMap<>();
		Map<String, Boolean> theirs = new LinkedHashMap<>();
		daemon.get("models").forEachEntry((name, fits) -> {
			X86CpuModels.features(name).ifPresent((features) -> ours.put(name, host.containsAll(features)));
			theirs.put(name, fits.booleanValue());
		});
		assertThat(ours).hasSizeGreaterThanOrEqualTo(
				(int) X86CpuModels.oldToNew().stream().filter((name) -> X86CpuModels.knows(9_000_000, name)).count());
		theirs.keySet().retainAll(ours.keySet());
		assertThat(ours).isEqualTo(theirs);
	}

	private static void compare(String novaConf, Map<String, Integer> outcomes, List<String> differences)
			throws IOException {
		JsonNode judged = nova().judge(novaConf);
		String theirs = judged.has("when")
				? judged.get("when").stringValue() + ": " + ownWords(judged.get("message").stringValue()) : "accepted";
		Assessment.NovaVerdict verdict = Engine.judge(facts(novaConf)).nova();
		assertThat(verdict).isNotNull();
		String ours = Boolean.TRUE.equals(verdict.accepted()) ? "accepted" : verdict.when() + ": " + verdict.message();
		outcomes.merge(theirs.substring(0, Math.min(theirs.length(), 30)), 1, Integer::sum);
		if (!ours.equals(theirs)) {
			differences.add(novaConf + "nova: " + theirs + "\nours: " + ours);
		}
	}

	private static List<String> all(List<String> choices, String... others) {
		List<String> all = new ArrayList<>(choices);
		all.addAll(List.of(others));
		return all;
	}

	private static String ownWords(String message) {
		String placeless = LOCATION.matcher(message).replaceFirst(" is not valid");
		return COMPARISON.matcher(placeless).replaceFirst("");
	}

	private static void report(String what, Map<String, Integer> outcomes, List<String> differences) {
		int all = outcomes.values().stream().mapToInt(Integer::intValue).sum();
		System.out
			.println("nova itself: " + all + " " + what + " compared, " + differences.size() + " differ; " + outcomes);
		assertThat(differences).as(differences.size() + " of " + all).isEmpty();
		assertThat(outcomes).hasSizeGreaterThan(2);
	}

	private static String novaConf(String type, String mode, String option, String models, String flags) {
		StringBuilder text = new StringBuilder("[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\n");
		Map<String, String> values = new LinkedHashMap<>();
		values.put("virt_type", type);
		values.put("cpu_mode", mode);
		values.put(option, models);
		values.put("cpu_model_extra_flags", flags);
		values.values().removeIf("unset"::equals);
		values.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
		return text.toString();
	}

	private static NodeFacts facts(String novaConf) {
		List<Evidence.Item> items = new ArrayList<>();
		items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, novaConf));
		items.add(new Evidence.Item(EvidenceKind.CAPABILITIES, daemon.get("capabilities").stringValue()));
		daemon.get("domainCapabilities")
			.forEach((one) -> items.add(new Evidence.Item(EvidenceKind.DOMAIN_CAPABILITIES, one.stringValue())));
		return Engine.read(new Evidence(items, daemon.get("release").stringValue(), Intent.UNKNOWN));
	}

	private static List<String> models(boolean fit) {
		return chosen("models", fit, List.of("Nehalem", "Westmere", "EPYC", "Skylake-Server"));
	}

	private static List<String> flags(boolean has) {
		return chosen("flags", has, FLAGS);
	}

	/** At least two, those that we prefer first. */
	private static List<String> chosen(String what, boolean wanted, List<String> preferred) {
		List<String> all = new ArrayList<>();
		daemon.get(what).forEachEntry((name, fits) -> {
			if (fits.booleanValue() == wanted) {
				all.add(name);
			}
		});
		all.sort(java.util.Comparator.comparing((name) -> !preferred.contains(name)));
		assertThat(all).as(what + " that the host " + (wanted ? "has" : "lacks")).hasSizeGreaterThanOrEqualTo(2);
		return all;
	}

	private static NovaJudge nova() {
		return java.util.Objects.requireNonNull(nova);
	}

}
