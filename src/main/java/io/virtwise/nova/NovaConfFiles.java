package io.virtwise.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several files in the order in which a nova service reads them: for each option the last
 * file that sets it counts, and in that file the last assignment.
 *
 * @param files in reading order: distribution defaults, nova.conf, nova-compute.conf,
 * drop-ins by name
 */
public record NovaConfFiles(List<NovaConf> files) {

	public NovaConfFiles {
		files = List.copyOf(files);
	}

	/** The first file's fault; with any fault the service reads nothing and stops. */
	public Optional<NovaConf.Fault> fault() {
		return this.files.stream().flatMap((file) -> file.fault().stream()).findFirst();
	}

	/** All assignments of an option in reading order; the last one counts. */
	public List<NovaConf.Assignment> values(String section, String option) {
		List<NovaConf.Assignment> values = new ArrayList<>();
		this.files.forEach((file) -> values.addAll(file.values(section, option)));
		return values;
	}

	/** An assignment's value with what {@code $name} in it stands for. */
	public String resolved(NovaConf.Assignment assignment) {
		return new OptionReferences(this).resolved(assignment.section(), assignment.value());
	}

	/**
	 * The assignment that counts.
	 * @param names the option's name, then the older names that nova still reads. As in
	 * oslo.config the last file that has any of them decides, and in it the earlier name
	 */
	public Optional<NovaConf.Assignment> effective(String section, String... names) {
		for (int i = this.files.size() - 1; i >= 0; i--) {
			for (String name : names) {
				Optional<NovaConf.Assignment> found = this.files.get(i).effective(section, name);
				if (found.isPresent()) {
					return found;
				}
			}
		}
		return Optional.empty();
	}

}
