package io.virtwise.upkeep.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.virtwise.change.PlannedNode;
import io.virtwise.change.Surroundings;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.nova.NovaConf;
import io.virtwise.nova.NovaRelease;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import org.jspecify.annotations.Nullable;

/**
 * The files that nova reads besides the watched one. In which order it reads them cannot
 * be seen from outside, so any that sets an approved option otherwise may win over it.
 */
final class OtherFiles {

	/** Two names of one option, of which nova reads either. */
	private static final Set<String> MODELS = Set.of("cpu_model", "cpu_models");

	private static final int MOST = 50;

	private final Node node;

	private final PlannedNode planned;

	private final ManagedFiles files;

	private final Duration deadline;

	OtherFiles(Node node, Baseline baseline, ManagedFiles files, Duration deadline) {
		this.node = node;
		this.planned = baseline.planned();
		this.files = files;
		this.deadline = deadline;
	}

	/**
	 * Which of them sets what otherwise, {@code null} if none does.
	 * @throws NodeFailure if the node does not answer
	 */
	@Nullable String overruling() {
		String novaConf = this.planned.placement().novaConf();
		String folder = novaConf.substring(0, novaConf.lastIndexOf('/'));
		List<String> beside = new ArrayList<>(List.of(Surroundings.COMPUTE));
		if (this.planned.placement().dropIn()) {
			beside.add(0, novaConf.substring(folder.length() + 1));
		}
		String found = in(folder, (session) -> beside);
		if (found != null || !readsFolder()) {
			return found;
		}
		String own = this.planned.path();
		String dropIns = folder + "/" + Surroundings.FOLDER;
		return in(dropIns,
				(session) -> session.names()
					.stream()
					.filter((name) -> name.endsWith(".conf") && !name.startsWith("."))
					.filter((name) -> !own.equals(dropIns + "/" + name))
					.sorted()
					.limit(MOST)
					.toList());
	}

	private boolean readsFolder() {
		String release = this.node.release();
		return this.planned.placement().dropIn()
				|| (release != null && NovaRelease.parse(release).filter(NovaRelease::readsDropIns).isPresent());
	}

	private @Nullable String in(String directory, Names names) {
		try (Session session = this.files.open(this.node, directory, this.deadline)) {
			for (String name : names.of(session)) {
				String path = directory + "/" + name;
				if (session.stat(name).kind() == RemoteFile.Kind.REGULAR) {
					String found = overruling(NovaConf.parse(session.read(name), path));
					if (found != null) {
						return found;
					}
				}
			}
			return null;
		}
		catch (NodeFailure ex) {
			if (ex.kind() == NodeFailure.Kind.NOT_FOUND) {
				return null; // there is no such folder
			}
			throw ex;
		}
	}

	private @Nullable String overruling(NovaConf file) {
		return this.planned.settings()
			.stream()
			.map(ReasonedSetting::setting)
			.flatMap((setting) -> otherwise(file, setting).stream())
			.findFirst()
			.orElse(null);
	}

	private static Optional<String> otherwise(NovaConf file, Setting setting) {
		Set<String> names = MODELS.contains(setting.option()) ? MODELS : Set.of(setting.option());
		return names.stream()
			.sorted()
			.flatMap((name) -> file.effective(setting.section(), name).stream())
			.filter((found) -> !Objects.equals(found.value(), setting.value()))
			.findFirst()
			.map((found) -> found.option() + " = " + found.value() + " stands in " + file.source() + ", line "
					+ found.line() + ", and what was approved is "
					+ ((setting.value() != null) ? setting.option() + " = " + setting.value() : "to have none"));
	}

	/**
	 * Which files of a folder.
	 */
	private interface Names {

		List<String> of(Session session);

	}

}
