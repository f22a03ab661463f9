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
 * others; made-up nodes where there are no real files.
 */
final class BenchNodes {

	private static final List<String> RELEASES = List.of("13", "17", "20", "26", "31");

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
