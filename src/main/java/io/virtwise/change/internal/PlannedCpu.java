package io.virtwise.change.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.change.CpuChoice;
import io.virtwise.change.CpuOptions;
import io.virtwise.change.PlannedNode;
import io.virtwise.nova.NovaConf;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.recommendation.NovaFile;

import org.springframework.stereotype.Component;

/**
 * Reads off a plan which CPU guests get when it is in force, by all files that nova reads
 * on the node.
 */
@Component
class PlannedCpu {

	private static final String DEFAULT_TYPE = "kvm";

	private final NodeAssessments assessments;

	PlannedCpu(NodeAssessments assessments) {
		this.assessments = assessments;
	}

	/** Empty where the plan leaves the CPU of guests as it is. */
	Optional<CpuChoice> of(PlannedNode planned) {
		return changes(planned) ? Optional.of(choice(files(planned))) : Optional.empty();
	}

	/** Whether the plan gives one of the options that decide it another value. */
	static boolean changes(PlannedNode planned) {
		return !CpuOptions
			.changing(NovaConf.parse(planned.shownBefore(), planned.path()),
					NovaConf.parse(planned.after(), planned.path()))
			.isEmpty();
	}

	/** The planned file, and those that nova reads beside it. */
	private List<NovaConf> files(PlannedNode planned) {
		List<NovaConf> files = new ArrayList<>();
		files.add(NovaConf.parse(planned.after(), planned.path()));
		NodeAssessment latest = this.assessments.latest(planned.nodeId()).orElse(null);
		if (latest == null) {
			return files;
		}
		byte[] main = latest.novaConf();
		if (planned.placement().dropIn() && main != null) {
			files.add(NovaConf.parse(main, planned.placement().novaConf()));
		}
		List<NovaFile> others = latest.novaFiles();
		if (others != null) {
			others.stream()
				.filter((file) -> !file.path().equals(planned.path())
						&& !file.path().equals(planned.placement().olderPath()))
				.forEach((file) -> files.add(NovaConf.parse(file.text(), file.path())));
		}
		return files;
	}

	static CpuChoice choice(List<NovaConf> files) {
		for (NovaConf file : files) {
			if (file.fault().isPresent()) {
				return CpuChoice.unclear("nova cannot read " + file.source());
			}
			List<String> old = CpuOptions.oldOnesIn(file);
			if (!old.isEmpty()) {
				return CpuChoice
					.unclear(old.get(0) + " stands in " + file.source() + ", and only old releases of nova read it");
			}
		}
		try {
			String type = value(files, "virt_type").orElse(DEFAULT_TYPE);
			String mode = value(files, "cpu_mode").filter((text) -> !text.isBlank()).orElse(null);
			List<String> models = value(files, "cpu_models", "cpu_model").map(PlannedCpu::listed).orElse(List.of());
			return new CpuChoice(type, mode, "custom".equals(mode) ? models : List.of(),
					value(files, "cpu_model_extra_flags").map(PlannedCpu::listed).orElse(List.of()), null);
		}
		catch (Ambiguous ex) {
			return CpuChoice.unclear(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * The value that all files agree on. In which order nova reads them cannot be seen
	 * from outside, so two that disagree decide nothing.
	 */
	private static Optional<String> value(List<NovaConf> files, String... names) {
		Set<String> values = new TreeSet<>();
		List<String> places = new ArrayList<>();
		for (NovaConf file : files) {
			Arrays.stream(names)
				.flatMap((name) -> file.effective("libvirt", name).stream())
				.findFirst()
				.ifPresent((found) -> {
					values.add(found.value());
					places.add(file.source());
				});
		}
		if (values.size() > 1) {
			throw new Ambiguous(names[0] + " has different values in " + String.join(" and ", places)
					+ ", and which nova reads last is not known");
		}
		return values.stream().findFirst();
	}

	private static List<String> listed(String value) {
		return Arrays.stream(value.split(",", -1)).map(String::strip).filter((one) -> !one.isEmpty()).toList();
	}

	/**
	 * Two files disagree.
	 */
	private static final class Ambiguous extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Ambiguous(String message) {
			super(message);
		}

	}

}
