package io.virtwise.facts;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param host what else a shell on the node can tell
 * @param options options of nova beside those of {@code novaConf}, by name
 * @param logs what the node's logs tell
 * @param group what is known of other nodes, where the node is judged together with them;
 * never stored
 */
public record NodeFacts(Platform platform, CpuInfo cpuinfo, KernelModules modules, DevKvm devKvm,
		Capabilities capabilities, List<DomainCapabilities> domainCapabilities, NovaConfFacts novaConf,
		@Nullable NovaRelease release, Intent intent, Map<String, List<EvidenceLine>> seen, List<Problem> problems,
		HostFacts host, List<NovaOption> options, LogFacts logs, @JsonIgnore GroupFacts group) {

	public NodeFacts {
		domainCapabilities = List.copyOf(domainCapabilities);
		Map<String, List<EvidenceLine>> sorted = new TreeMap<>();
		// whoever asks for no reasons reads stored facts without these
		Objects.requireNonNullElse(seen, Map.<String, List<EvidenceLine>>of())
			.forEach((fact, lines) -> sorted.put(fact, List.copyOf(lines)));
		seen = Collections.unmodifiableMap(sorted);
		problems = List.copyOf(Objects.requireNonNullElse(problems, List.of()));
		// facts stored by an earlier version have none of these
		host = Objects.requireNonNullElse(host, HostFacts.UNKNOWN);
		options = List.copyOf(Objects.requireNonNullElse(options, List.of()));
		logs = Objects.requireNonNullElse(logs, LogFacts.UNKNOWN);
		group = Objects.requireNonNullElse(group, GroupFacts.NONE);
	}

	/** The same of a node that is judged by itself. */
	public NodeFacts(Platform platform, CpuInfo cpuinfo, KernelModules modules, DevKvm devKvm,
			Capabilities capabilities, List<DomainCapabilities> domainCapabilities, NovaConfFacts novaConf,
			@Nullable NovaRelease release, Intent intent, Map<String, List<EvidenceLine>> seen, List<Problem> problems,
			HostFacts host, List<NovaOption> options, LogFacts logs) {
		this(platform, cpuinfo, modules, devKvm, capabilities, domainCapabilities, novaConf, release, intent, seen,
				problems, host, options, logs, GroupFacts.NONE);
	}

	/** The same where nobody looked at the host, at other options and at logs. */
	public NodeFacts(Platform platform, CpuInfo cpuinfo, KernelModules modules, DevKvm devKvm,
			Capabilities capabilities, List<DomainCapabilities> domainCapabilities, NovaConfFacts novaConf,
			@Nullable NovaRelease release, Intent intent, Map<String, List<EvidenceLine>> seen,
			List<Problem> problems) {
		this(platform, cpuinfo, modules, devKvm, capabilities, domainCapabilities, novaConf, release, intent, seen,
				problems, HostFacts.UNKNOWN, List.of(), LogFacts.UNKNOWN);
	}

	/**
	 * The same node, judged together with others.
	 * @param other what is known of them
	 * @param wanted what the node is for, as far as that is asked about
	 * @param seenThere where that was seen
	 */
	public NodeFacts together(GroupFacts other, Intent wanted, Map<String, List<EvidenceLine>> seenThere) {
		Map<String, List<EvidenceLine>> all = new TreeMap<>(this.seen);
		all.putAll(seenThere);
		return new NodeFacts(this.platform, this.cpuinfo, this.modules, this.devKvm, this.capabilities,
				this.domainCapabilities, this.novaConf, this.release, wanted, all, this.problems, this.host,
				this.options, this.logs, other);
	}

}
