package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.nova.NovaConf;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.internal.CaseOrders;
import io.virtwise.recommendation.internal.CaseOrders.Ordered;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The work order of every case beside the shipped rules.
 */
class WorkOrderCasesTests {

	@TestFactory
	Stream<DynamicTest> everyCase() {
		return CaseOrders.all().stream().map((one) -> DynamicTest.dynamicTest(one.name(), () -> {
			isInOrder(one.order());
			snippetSaysTheSettings(one.order());
			dataSaysTheSettings(one.order());
		}));
	}

	private static void isInOrder(WorkOrder order) {
		List<Phase> phases = order.steps().stream().map((step) -> step.action().phase()).toList();
		assertThat(phases).isSorted();
		assertThat(order.steps()).extracting(WorkStep::number)
			.containsExactlyElementsOf(Stream.iterate(1, (n) -> n + 1).limit(order.steps().size()).toList());
		assertThat(order.steps()
			.stream()
			.map(WorkStep::action)
			.filter(Restart.class::isInstance)
			.map((action) -> ((Restart) action).service())).doesNotHaveDuplicates();
		assertThat(order.steps().stream().map((step) -> step.title() + step.lines())).doesNotHaveDuplicates();
		boolean writes = order.steps().stream().anyMatch(WorkStep::settings);
		boolean restarts = order.steps().stream().anyMatch((step) -> step.title().equals("Restart nova-compute"));
		assertThat(restarts || !writes).as("a change of nova.conf is followed by a restart").isTrue();
	}

	private static void snippetSaysTheSettings(WorkOrder order) {
		for (Outlet outlet : List.of(Outlet.SNIPPET, Outlet.KOLLA)) {
			NovaConf conf = NovaConf.parse(outlet.write(order), outlet.key());
			assertThat(conf.fault()).isEmpty();
			List<Setting> said = new ArrayList<>();
			conf.assignments().forEach((line) -> said.add(new Setting(line.section(), line.option(), line.value())));
			assertThat(said).containsExactlyInAnyOrderElementsOf(order.toSet());
		}
	}

	private static void dataSaysTheSettings(WorkOrder order) {
		Map<String, Object> data = yaml(Outlet.PUPPET.write(order));
		assertThat(data.keySet()).allMatch((key) -> key.matches("nova::(compute::libvirt|config)::[a-z_]+"));
		Object play = new Yaml(new SafeConstructor(new LoaderOptions())).load(Outlet.ANSIBLE.write(order));
		assertThat(play).isInstanceOf(List.class);
		for (Setting setting : order.toSet()) {
			if (setting.section().equals("libvirt") && setting.option().matches("virt_type|cpu_mode")) {
				assertThat(data.values()).contains(setting.value());
			}
		}
	}

	private static Map<String, Object> yaml(String text) {
		return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
	}

	@Test
	void sameFactsGiveTheSameOrder() {
		Ordered one = CaseOrders.all().get(0);
		assertThat(Outlet.SH.write(one.order())).isEqualTo(Outlet.SH.write(one.order()));
		HashSet<String> scripts = new HashSet<>();
		CaseOrders.all().forEach((each) -> scripts.add(Outlet.SH.write(each.order())));
		assertThat(scripts).hasSizeGreaterThan(50);
	}

	@Test
	void textsThatNovaConfSettlesAreNotPrinted() {
		WorkOrder settled = order("S40", "S40");
		assertThat(settled.steps()).extracting(WorkStep::title)
			.anyMatch((title) -> title.startsWith("Set "))
			.noneMatch((title) -> title.startsWith("cpu_mode is none"));
	}

	@Test
	void firmwareComesFirstAndStops() {
		WorkStep first = order("V120", "V120").steps().get(0);
		assertThat(first.stops()).isTrue();
		assertThat(first.rules()).contains("V120");
		assertThat(first.lines()).anyMatch((line) -> line.contains("firmware setup"));
	}

	@Test
	void theOuterHostIsForAPerson() {
		assertThat(order("", "P20").steps()).filteredOn((step) -> step.rules().contains("P20"))
			.allMatch(WorkStep::manual)
			.flatExtracting(WorkStep::lines)
			.anyMatch((line) -> line.contains("nested=1"));
	}

	/** The order of the first case of a rule in which this one says something. */
	private static WorkOrder order(String of, String rule) {
		return CaseOrders.all()
			.stream()
			.filter((one) -> one.name().startsWith(of))
			.map(Ordered::order)
			.filter((order) -> order.steps().stream().anyMatch((step) -> step.rules().contains(rule)))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void noTextBecomesAProgramOfAnsible() {
		WorkOrder hostile = Orders.order(new WorkPlace("{{ lookup('pipe', 'id') }}", "/etc/nova/nova.conf", true, null),
				List.of(new Setting("libvirt", "images_type", "{{ lookup('pipe', 'id') }}")),
				Orders.finding("S1", "- {% raw %} {{ x }} \"'\n: - # !!python/object"));

		String play = Outlet.ANSIBLE.write(hostile);

		assertThat(play.lines()
			.filter((line) -> line.contains("{{") || line.contains("{%"))
			.filter((line) -> !line.contains("openstack-nova-compute")))
			.as("marked as no template, a comment, or a line of the file whose whole text is marked")
			.isNotEmpty()
			.allMatch((line) -> line.contains("!unsafe") || line.startsWith("#")
					|| line.equals("          images_type = {{ lookup('pipe', 'id') }}"));
		assertThat(play).contains("hosts: compute", "content: !unsafe |");
		assertThat(yaml(Outlet.PUPPET.write(hostile)).toString()).contains("value={{ lookup('pipe', 'id') }}");
	}

}
