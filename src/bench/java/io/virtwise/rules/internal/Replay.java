package io.virtwise.rules.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Software;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.nova.NovaRelease;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * What it takes to judge a whole fleet anew: many snapshots, no two alike, by two threads.
 * Each is made where it is needed, as a store would hand it out.
 */
final class Replay {

	private static final int THREADS = 2;

	private final int snapshots;

	private final List<NodeFacts> nodes = new BenchNodes().facts();

	private final List<NovaRelease> releases = NovaRelease.all();

	private final Rulebase rulebase = Rulebase.of(1, ShippedRules.files());

	private final AssessmentWriter writer = new AssessmentWriter(
			new AnnotationConfigApplicationContext("io.virtwise.nova").getBean(NovaConfFragment.class));

	Replay(int snapshots) {
		this.snapshots = snapshots;
	}

	/** Judges all and prints what it took. */
	void run() {
		judge(0, Math.min(5_000, this.snapshots), new AtomicLong());
		heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
		AtomicInteger next = new AtomicInteger();
		AtomicLong cpu = new AtomicLong();
		long began = System.nanoTime();
		List<Thread> threads = new ArrayList<>();
		for (int each = 0; each < THREADS; each++) {
			Thread thread = new Thread(() -> judgeAll(next, cpu));
			thread.start();
			threads.add(thread);
		}
		threads.forEach(Replay::await);
		double seconds = (System.nanoTime() - began) / 1e9;
		long heap = heaps().stream().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum() / 1024 / 1024;
		System.out.printf(Locale.ROOT,
				"replay of %,d snapshots by %d threads: %.1f s, %.1f s of processor time, heap at most %d MiB (budget: 100,000 in 20 s, 1,024 MiB)%n",
				this.snapshots, THREADS, seconds, cpu.get() / 1e9, heap);
	}

	private void judgeAll(AtomicInteger next, AtomicLong cpu) {
		int from = next.getAndAdd(100);
		while (from < this.snapshots) {
			judge(from, Math.min(from + 100, this.snapshots), cpu);
			from = next.getAndAdd(100);
		}
	}

	private void judge(int from, int to, AtomicLong cpu) {
		long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		for (int at = from; at < to; at++) {
			NodeFacts facts = snapshot(at);
			// as a replay over the fleet does: nobody asks why
			this.writer.write(this.rulebase.revision(), facts, Run.unexplained(this.rulebase, facts));
		}
		cpu.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
	}

	/** A node of the mix with another size, release, kernel and intent each time. */
	private NodeFacts snapshot(int number) {
		NodeFacts node = this.nodes.get(number % this.nodes.size());
		int variant = number / this.nodes.size();
		CpuInfo cpu = node.cpuinfo();
		Known[] words = Known.values();
		HostFacts host = node.host();
		String kernel = (3 + variant % 4) + "." + variant % 20 + "." + variant;
		Software software = new Software(true, null, 0, kernel, Software.number(kernel), null, 0, null, 0,
				words[variant % 3], words[variant / 3 % 3], words[variant / 9 % 3]);
		return new NodeFacts(node.platform(),
				new CpuInfo(cpu.known(), number + 1, cpu.vendorId(), cpu.modelName(), cpu.vmx(), cpu.svm(), cpu.sie(),
						cpu.hypervisorFlag(), cpu.platform(), cpu.powerNv(), cpu.emulatedPseries()),
				node.modules(), node.devKvm(), node.capabilities(), node.domainCapabilities(), node.novaConf(),
				this.releases.get(variant % this.releases.size()),
				new Intent(Intent.Environment.values()[variant % 2], words[variant / 2 % 3], words[variant / 6 % 3],
						words[variant / 18 % 3], Set.of(), Known.UNKNOWN),
				node.seen(), node.problems(),
				new HostFacts(host.registers(), host.parameters(), host.persistence(), host.qemuUser(), host.devices(),
						host.cgroups(), host.iommu(), software, host.state(), host.guests()),
				node.options(), node.logs());
	}

	private static List<MemoryPoolMXBean> heaps() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.toList();
	}

	private static void await(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while snapshots were judged", ex);
		}
	}

}
