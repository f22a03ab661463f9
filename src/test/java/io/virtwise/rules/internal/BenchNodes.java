package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFacts;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The nodes that benchmarks assess: real files, each kind in turn put together with the
 * others; made-up nodes where there are no real files. The real nova.conf files that are
 * short enough set none of the options that rules ask for, so every third node has a
 * second file that does.
 */
final class BenchNodes {

	private static final List<String> RELEASES = List.of("13", "17", "20", "26", "31");

	private static final List<String> OPTIONS = List.of("""
			[DEFAULT]
			force_raw_images = True
			vcpu_pin_set = 4-15
			[libvirt]
			images_type = rbd
			disk_cachemodes = network=writeback
			inject_partition = -2
			""", """
			[compute]
			cpu_dedicated_set = 4-15
			cpu_shared_set = 0-3
			[pci]
			device_spec = {"vendor_id": "8086", "product_id": "154d"}
			[libvirt]
			hw_machine_type = x86_64=q35
			""", """
			[DEFAULT]
			use_cow_images = False
			pointer_model = ps2mouse
			[libvirt]
			use_usb_tablet = False
			[workarounds]
			skip_cpu_compare_on_dest = True
			""");

	private final List<Evidence> evidence = new ArrayList<>();

	private final List<NodeFacts> facts = new ArrayList<>();

	private final FactReader reader;

	BenchNodes() {
		this.reader = new AnnotationConfigApplicationContext("io.virtwise.facts.internal").getBean(FactReader.class);
		Path corpus = Path.of("../shared/corpus");
		if (Files.isDirectory(corpus)) {
			real(corpus);
			this.evidence.forEach((one) -> this.facts.add(this.reader.read(one)));
		}
		else {
			RandomNodes random = new RandomNodes(7);
			Stream.generate(random::next).limit(512).forEach(this.facts::add);
		}
	}

	/** As handed in; empty without real files. */
	List<Evidence> evidence() {
		return this.evidence;
	}

	List<NodeFacts> facts() {
		return this.facts;
	}

	FactReader reader() {
		return this.reader;
	}

	private void real(Path corpus) {
		List<String> cpus = texts(corpus.resolve("cpuinfo"));
		List<String> modules = texts(corpus.resolve("lsmod"));
		List<String> devices = texts(corpus.resolve("dev-kvm"));
		List<String> confs = texts(corpus.resolve("nova.conf")).stream()
			.filter((conf) -> conf.length() < 100_000)
			.toList();
		List<String> capabilities = texts(corpus.resolve("capabilities"));
		for (int at = 0; at < cpus.size() * RELEASES.size(); at++) {
			List<Evidence.Item> items = new ArrayList<>();
			items.add(new Evidence.Item(EvidenceKind.CPUINFO, cpus.get(at % cpus.size())));
			items.add(new Evidence.Item(EvidenceKind.MODULES, modules.get(at % modules.size())));
			items.add(new Evidence.Item(EvidenceKind.DEV_KVM, devices.get(at % devices.size())));
			items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, confs.get(at % confs.size())));
			if (at % 3 == 1) {
				items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, "/etc/nova/nova-compute.conf",
						OPTIONS.get(at / 3 % OPTIONS.size())));
			}
			if (at % 3 == 0) {
				items.add(new Evidence.Item(EvidenceKind.CAPABILITIES, capabilities.get(at % capabilities.size())));
			}
			this.evidence.add(new Evidence(items, RELEASES.get(at % RELEASES.size()), Intent.UNKNOWN));
		}
	}

	private static List<String> texts(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			List<String> texts = new ArrayList<>();
			for (Path file : files.sorted().toList()) {
				texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
			}
			return texts;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
