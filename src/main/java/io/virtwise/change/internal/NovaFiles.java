package io.virtwise.change.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.change.Surroundings;
import io.virtwise.nova.NovaConf;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * All files that nova reads on a node, as the last probe read them.
 */
final class NovaFiles {

	/** Names under which nova from Train on reads the same option. */
	private static final Map<String, List<String>> SPELLINGS = Map.of("libvirt/cpu_models",
			List.of("cpu_models", "cpu_model"), "libvirt/cpu_model", List.of("cpu_models", "cpu_model"));

	private final String novaConf;

	private final byte[] main;

	private final @Nullable List<NovaFile> others;

	NovaFiles(String novaConf, byte[] main, @Nullable List<NovaFile> others) {
		this.novaConf = novaConf;
		this.main = main;
		this.others = others;
	}

	/** Whether the files besides nova.conf are known. */
	boolean known() {
		return this.others != null;
	}

	/** The folder of drop-ins. */
	String folder() {
		return this.novaConf.substring(0, this.novaConf.lastIndexOf('/') + 1) + Surroundings.FOLDER;
	}

	NovaConf main() {
		return NovaConf.parse(this.main, this.novaConf);
	}

	/** Those besides nova.conf that are not ours, in reading order. */
	List<NovaConf> foreign() {
		return others().filter((file) -> !isOurs(file))
			.map((file) -> NovaConf.parse(file.text(), file.path()))
			.toList();
	}

	/** Our own drop-ins. */
	List<NovaFile> allOurs() {
		return others().filter(this::isOurs).toList();
	}

	/** The bytes of our drop-in, none where there is none. */
	byte[] ours() {
		return allOurs().stream()
			.findFirst()
			.map((file) -> file.text().getBytes(StandardCharsets.UTF_8))
			.orElseGet(() -> new byte[0]);
	}

	/** How a file sets an option, under whichever name nova reads. */
	static Optional<NovaConf.Assignment> effective(NovaConf file, String section, String option) {
		List<NovaConf.Assignment> found = new ArrayList<>();
		for (String name : SPELLINGS.getOrDefault(section + "/" + option, List.of(option))) {
			file.effective(section, name).ifPresent(found::add);
		}
		return found.stream().findFirst();
	}

	/** What a drop-in is planned beside. */
	ContentHash around() {
		Surroundings around = new Surroundings().with(this.novaConf, this.main);
		others().filter((file) -> countsAround(file.path())).forEach((file) -> around.with(file.path(), file.text()));
		return around.hash();
	}

	/** What the push reads again: the file beside nova.conf, and the folder's. */
	private boolean countsAround(String path) {
		String beside = this.novaConf.substring(0, this.novaConf.lastIndexOf('/') + 1) + Surroundings.COMPUTE;
		return path.equals(beside) || (inFolder(path) && Surroundings.counts(name(path)));
	}

	private boolean isOurs(NovaFile file) {
		return inFolder(file.path()) && Surroundings.ours(name(file.path()));
	}

	private boolean inFolder(String path) {
		return path.startsWith(folder() + "/");
	}

	private static String name(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private Stream<NovaFile> others() {
		return (this.others != null) ? this.others.stream() : Stream.of();
	}

}
