package io.virtwise.recommendation.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.Corpus;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.GroupModel;
import io.virtwise.facts.Known;
import io.virtwise.nova.X86CpuModels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * libvirt itself as the judge of the common model: what it makes of the same processors
 * with {@code cpu-baseline}, over its test driver, which needs no daemon.
 */
class LibvirtBaselineIT {

	private static final Pattern FEATURE = Pattern.compile("<feature policy='(\\w+)' name='([^']+)'/>");

	private static final Path FEATURES = Path.of("/usr/share/libvirt/cpu_map/x86_features.xml");

	@TempDir
	private Path folder;

	@Test
	void theCommonModelIsTheOneOfLibvirtOrOneThatItsBaselineHas() throws Exception {
		Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/virsh")) && Files.isReadable(FEATURES),
				"virsh is not installed");
		List<Cpu> cpus = new ArrayList<>();
		for (String file : List.of("haswell-kvm", "sandybridge-kvm", "westmere-noguests")) {
			cpus.add(Cpu.of(file, Corpus.text("capabilities/x86_64-" + file + ".xml"), "<cpu>", "</cpu>"));
		}
		cpus.add(Cpu.of("skylake", Corpus.text("domcapabilities/kvm-x86_64-qemu4.2.xml"),
				"<mode name='host-model' supported='yes'>", "</mode>"));
		for (String model : List.of("Nehalem-IBRS", "IvyBridge-IBRS", "Broadwell-noTSX-IBRS",
				"Skylake-Server-noTSX-IBRS", "Cascadelake-Server-noTSX", "Icelake-Server-noTSX")) {
			cpus.add(new Cpu(model, model, "Intel", List.of()));
		}
		cpus.add(Cpu.of("opteron-kvm", Corpus.text("capabilities/x86_64-opteron-kvm.xml"), "<cpu>", "</cpu>"));
		cpus.add(Cpu.of("rome", Corpus.text("domcapabilities/kvm-x86_64-qemu10.0-q35.xml"),
				"<mode name='host-model' supported='yes'>", "</mode>"));
		cpus.add(new Cpu("EPYC-Milan", "EPYC-Milan", "AMD", List.of()));
		int same = 0;
		int sets = 0;
		int refused = 0;
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				"io.virtwise.facts.internal", "io.virtwise.nova")) {
			Nodes nodes = new Nodes(context.getBean(FactReader.class));
			for (int one = 0; one < cpus.size(); one++) {
				for (int other = one + 1; other < cpus.size(); other++) {
					List<Cpu> set = List.of(cpus.get(one), cpus.get(other));
					String common = common(nodes, set);
					String baseline = baseline(set);
					if (!set.get(0).vendor().equals(set.get(1).vendor())) {
						assertThat(baseline).as("%s", set).isNull();
						refused++;
						continue;
					}
					sets++;
					assertThat(baseline).as("%s", set).isNotNull();
					assertThat(common).as("%s", set).isNotNull();
					assertThat(features(String.valueOf(baseline))).as("%s %s", common, set)
						.containsAll(X86CpuModels.features(String.valueOf(common)).orElseThrow());
					String theirs = between(String.valueOf(baseline), "'>", "</model>");
					boolean whole = !String.valueOf(baseline).contains("policy='disable'");
					if (whole) {
						assertThat(Models.rank(String.valueOf(common)))
							.as("%s, libvirt says %s of %s", common, theirs, set)
							.isGreaterThanOrEqualTo(Models.rank(theirs));
					}
					same += String.valueOf(common).equals(theirs) ? 1 : 0;
				}
			}
		}
		assertThat(sets).isEqualTo(10 * 9 / 2 + 3);
		assertThat(refused).isEqualTo(30);
		assertThat(same).as("of %s", sets).isGreaterThan(sets / 2);
	}

	private static @Nullable String common(Nodes nodes, List<Cpu> set) {
		List<Member> members = set.stream()
			.map((cpu) -> cpu.vendor().equals("AMD") ? nodes.amd(cpu.name(), cpu.name(), cpu.offer(), "")
					: nodes.intel(cpu.name(), cpu.name(), cpu.offer(), ""))
			.toList();
		return new GroupReading(members, List.of()).of(members.get(0))
			.models()
			.stream()
			.filter((one) -> one.ownVendor() && one.everywhere() == Known.YES)
			.reduce((older, newer) -> newer)
			.map(GroupModel::name)
			.orElse(null);
	}

	/** Its answer with all features, {@code null} where it refuses. */
	private @Nullable String baseline(List<Cpu> set) throws IOException, InterruptedException {
		Path file = this.folder.resolve("cpus.xml");
		Files.writeString(file, set.stream().map(Cpu::xml).reduce("", String::concat));
		String plain = virsh("cpu-baseline", file.toString());
		return (plain == null) ? null : plain + virsh("cpu-baseline", file.toString(), "--features");
	}

	private static @Nullable String virsh(String... words) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("/usr/bin/virsh", "-c", "test:///default"));
		command.addAll(List.of(words));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		if (process.exitValue() != 0) {
			assertThat(answer).contains("CPU vendors do not match");
			return null;
		}
		return answer;
	}

	private static Set<String> features(String baseline) {
		Set<String> features = new TreeSet<>();
		Matcher all = FEATURE.matcher(baseline);
		for (MatchResult one : all.results().toList()) {
			if (one.group(1).equals("require")) {
				features.add(one.group(2));
			}
		}
		return features;
	}

	private static String between(String text, String from, String to) {
		int end = text.indexOf(to);
		return text.substring(text.lastIndexOf(from, end) + from.length(), end);
	}

	/**
	 * A processor as libvirt describes it: a model and what is there beside it.
	 */
	private record Cpu(String name, String model, String vendor, List<String> with) {

		/** Of its features those that the libvirt of this machine knows. */
		static Cpu of(String name, String text, String from, String to) throws IOException {
			String known = Files.readString(FEATURES);
			String xml = text.substring(text.indexOf(from), text.indexOf(to, text.indexOf(from)));
			List<String> with = new ArrayList<>();
			List<String> without = new ArrayList<>();
			Matcher all = Pattern.compile("<feature (?:policy='(\\w+)' )?name='([^']+)'/>").matcher(xml);
			for (MatchResult one : all.results().toList()) {
				if (known.contains("name='" + one.group(2) + "'")) {
					("disable".equals(one.group(1)) ? without : with).add(one.group(2));
				}
			}
			Matcher model = Pattern.compile("<model[^>]*>([^<]+)</model>").matcher(xml);
			Matcher vendor = Pattern.compile("<vendor>([^<]+)</vendor>").matcher(xml);
			assertThat(model.find() && vendor.find()).as(name).isTrue();
			// a host's processor can only be said to have more than its model
			assertThat(without).as(name).noneMatch(X86CpuModels.features(model.group(1)).orElseThrow()::contains);
			return new Cpu(name, model.group(1), vendor.group(1), with);
		}

		String xml() {
			StringBuilder xml = new StringBuilder(
					"<cpu><arch>x86_64</arch><model>" + this.model + "</model><vendor>" + this.vendor + "</vendor>");
			this.with.forEach((one) -> xml.append("<feature name='" + one + "'/>"));
			return xml.append("</cpu>\n").toString();
		}

		String offer() {
			return Nodes.offering(this.model, this.vendor, this.with.toArray(String[]::new));
		}

	}

}
