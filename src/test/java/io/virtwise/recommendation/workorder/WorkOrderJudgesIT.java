package io.virtwise.recommendation.workorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.nova.Setting;
import io.virtwise.recommendation.internal.CaseOrders;
import io.virtwise.recommendation.workorder.MadeUpNode.Run;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every outlet of every case's work order, judged by the tool that it is written for.
 */
class WorkOrderJudgesIT {

	private static final String READ_CONF = """
			import sys
			from oslo_config import cfg
			for name in sys.argv[1:]:
			    sections = {}
			    cfg.ConfigParser(name, sections).parse()
			    for section, options in sections.items():
			        for option, values in options.items():
			            for value in values:
			                print(name.rsplit('/', 1)[1] + ' ' + section + '/' + option + '=' + value)
			""";

	/** {@code -Djudged=all} for every text, else those that bring a new pair of lines. */
	private static final boolean ALL = "all".equals(System.getProperty("judged"));

	@TempDir
	private Path folder;

	@Test
	void shellcheckHasNothingToSay() throws Exception {
		require("shellcheck");
		List<String> command = new ArrayList<>(List.of("shellcheck", "--shell=sh"));
		command.addAll(ofNewPairs(files(Outlet.SH)));

		Run run = Run.of(command.toArray(String[]::new));

		assertThat(run.text()).isEmpty();
		assertThat(run.status()).isZero();
		assertThat(command.size()).isGreaterThan(30);
	}

	@Test
	void ansibleTakesThePlays() throws Exception {
		require("ansible-playbook");
		List<String> command = new ArrayList<>(
				List.of("env", "HOME=" + this.folder, "ansible-playbook", "--syntax-check", "-i", "localhost,"));
		command.addAll(ofNewPairs(files(Outlet.ANSIBLE)));

		Run run = Run.of(command.toArray(String[]::new));

		assertThat(run.status()).as(run.text()).isZero();
		assertThat(run.text().split("playbook: ", -1).length - 1).isEqualTo(command.size() - 6);
	}

	@Test
	void osloConfigReadsWhatWasAskedFor() throws Exception {
		Assumptions.assumeTrue(Run.of("/usr/bin/python3", "-c", "import oslo_config.cfg").status() == 0,
				"python3-oslo.config is not installed; bin/test installs it");
		for (Outlet outlet : List.of(Outlet.SNIPPET, Outlet.KOLLA)) {
			Map<String, WorkOrder> files = files(outlet);
			Set<String> wanted = new TreeSet<>();
			files.forEach((file, order) -> {
				for (Setting setting : order.toSet()) {
					wanted.add(Path.of(file).getFileName() + " " + setting.section() + "/" + setting.option() + "="
							+ setting.value());
				}
			});
			List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-W", "ignore", "-c", READ_CONF));
			command.addAll(files.keySet());

			Run run = Run.of(command.toArray(String[]::new));

			assertThat(run.status()).as(run.text()).isZero();
			assertThat(new TreeSet<>(run.text().lines().toList())).isEqualTo(wanted).hasSizeGreaterThan(50);
		}
	}

	@Test
	void hieraReadsTheData() throws Exception {
		require("puppet");
		Map<String, WorkOrder> files = files(Outlet.PUPPET);
		List<String> command = new ArrayList<>(List.of("ruby", "-ryaml", "-e",
				"ARGV.each { |f| YAML.safe_load(File.read(f)).each { |k, v| puts k if v.is_a?(Integer) || v == true || v == false } }"));
		command.addAll(files.keySet());
		Run ruby = Run.of(command.toArray(String[]::new));
		assertThat(ruby.text()).as("texts that became something else").isEmpty();
		assertThat(ruby.status()).isZero();

		Path hiera = this.folder.resolve("hiera");
		Path data = Files.createDirectories(hiera.resolve("data"));
		WorkOrder order = Orders.order(Orders.DROP_IN, List
			.of(new Setting("libvirt", "cpu_models", "Nehalem, IvyBridge"), new Setting("libvirt", "cpu_model", null)));
		Files.writeString(data.resolve("node.yaml"), Outlet.PUPPET.write(order));
		Files.writeString(data.resolveSibling("hiera.yaml"), """
				version: 5
				defaults: {datadir: data, data_hash: yaml_data}
				hierarchy: [{name: node, path: node.yaml}]
				""");
		Files.writeString(data.resolveSibling("facts.json"), "{\"site\": \"test\"}");
		assertThat(lookup(hiera, "nova::compute::libvirt::cpu_models")).contains("[\"Nehalem\",\"IvyBridge\"]");
		assertThat(lookup(hiera, "nova::config::nova_config"))
			.contains("{\"libvirt/cpu_model\":{\"ensure\":\"absent\"}}");
	}

	private static String lookup(Path hiera, String key) throws Exception {
		return Run.of("puppet", "lookup", "--hiera_config", hiera.resolve("hiera.yaml").toString(), "--facts",
				hiera.resolve("facts.json").toString(), "--node", "node", "--confdir", hiera.resolve("conf").toString(),
				"--vardir", hiera.resolve("var").toString(), "--render-as", "json", key)
			.text();
	}

	/**
	 * One file for each text; those that differ in nothing but comments and what stands
	 * in single quotes, which no tool looks into, are taken once.
	 */
	private Map<String, WorkOrder> files(Outlet outlet) throws IOException {
		Map<String, WorkOrder> files = new LinkedHashMap<>();
		Set<String> seen = new TreeSet<>();
		Path to = Files.createDirectories(this.folder.resolve(outlet.key()));
		for (CaseOrders.Ordered one : CaseOrders.all()) {
			String text = outlet.write(one.order());
			if (seen.add(shape(text))) {
				Path file = Files.writeString(
						to.resolve(seen.size() + "." + (outlet == Outlet.ANSIBLE ? "yaml" : outlet.key())), text);
				files.put(file.toString(), one.order());
			}
		}
		return files;
	}

	/**
	 * The files that hold two lines, one after the other, which no file before them had
	 * so. Numbers and the texts that follow a {@code <<} count as alike: these tools take
	 * a quarter of a second for each file, and there are hundreds.
	 */
	private static List<String> ofNewPairs(Map<String, WorkOrder> files) throws IOException {
		List<String> kept = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (String file : files.keySet()) {
			String text = shape(Files.readString(Path.of(file))).replaceAll("(?ms)<<''\n.*?^END_OF\\w*$", "<<")
				.replaceAll("[A-Z]?\\d+", "0");
			boolean different = false;
			String above = "";
			for (String line : text.split("\n", -1)) {
				different |= seen.add(above + '\n' + line);
				above = line;
			}
			if (ALL || different) {
				kept.add(file);
			}
		}
		return kept;
	}

	private static String shape(String text) {
		return text.replaceAll("(?m)^(?:order=.*|#.*)$", "").replaceAll("'[^'\n]*'", "''");
	}

	private static void require(String tool) throws Exception {
		Assumptions.assumeTrue(Run.of("sh", "-c", "command -v " + tool).status() == 0,
				tool + " is not installed; bin/test installs it");
	}

}
