package io.virtwise.facts;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about one node, as one immutable value.
 *
 * @param platform put together from all evidence
 * @param cpuinfo from {@code /proc/cpuinfo}
 * @param modules from {@code lsmod}
 * @param devKvm from {@code ls -l /dev/kvm}
 * @param capabilities from libvirt
 * @param domainCapabilities from libvirt, per kind of guest
 * @param novaConf from nova.conf
 * @param release the nova release, {@code null} if unknown
 * @param intent what the node is for
 * @param seen for each fact where it was seen, by the name of the record and its
 * component, as {@code CpuInfo.vmx} or {@code NovaConfFacts.virtType}
 * @param problems what was not understood
 */
public record NodeFacts(Platform platform, CpuInfo cpuinfo, KernelModules modules, DevKvm devKvm,
		Capabilities capabilities, List<DomainCapabilities> domainCapabilities, NovaConfFacts novaConf,
		@Nullable NovaRelease release, Intent intent, Map<String, List<EvidenceLine>> seen, List<Problem> problems) {

	public NodeFacts {
		domainCapabilities = List.copyOf(domainCapabilities);
		Map<String, List<EvidenceLine>> sorted = new TreeMap<>();
		seen.forEach((fact, lines) -> sorted.put(fact, List.copyOf(lines)));
		seen = Collections.unmodifiableMap(sorted);
		problems = List.copyOf(problems);
	}

}
