package io.virtwise.change.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.change.Placement;
import io.virtwise.node.Node;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaConf;
import io.virtwise.nova.NovaRelease;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NovaFile;
import org.jspecify.annotations.Nullable;

/**
 * Decides into which file of a node settings go. oslo.config reads the folder of drop-ins
 * after nova.conf when a service is started without arguments, and before it when it is
 * started with {@code --config-file}, as Debian's units do. Nobody can see from outside
 * which it is, so settings only go where they count in either order.
 */
final class Placing {

	private static final String ORDER = "nova started with --config-file, as Debian's and Ubuntu's units do, reads"
			+ " nova.conf after the drop-ins, and without it before them";

	private final Node node;

	private final NovaFiles files;

	private final List<Setting> settings;

	private final @Nullable String against;

	Placing(Node node, NovaFiles files, List<Setting> settings) {
		this.node = node;
		this.files = files;
		this.settings = settings;
		this.against = against();
	}

	/** Why nothing can be planned, to follow the node's field name, or {@code null}. */
	@Nullable String fault() {
		if (this.node.writeMode() == WriteMode.DROP_IN && this.against != null) {
			return "cannot be written by drop-in: " + this.against + ". Set the write mode of " + this.node.name()
					+ " to in-place or auto, or mend that";
		}
		return placement().dropIn() ? null : overruled();
	}

	/** The file, and why that one. */
	Placement placement() {
		if (this.node.writeMode() == WriteMode.IN_PLACE) {
			return Placement.inPlace(this.node.novaConfPath(), "The node is set to be written in place.");
		}
		if (this.against != null) {
			return Placement.inPlace(this.node.novaConfPath(), "In nova.conf itself, because " + this.against + ".");
		}
		String older = this.files.allOurs().stream().map(NovaFile::path).findFirst().orElse(null);
		return new Placement(WriteMode.DROP_IN,
				"A file of its own beside nova.conf, which stays as it is: nothing else that nova reads sets these options.",
				this.node.novaConfPath(), older, this.files.around());
	}

	/** The settings that are not in force already without a drop-in of ours. */
	List<Setting> missing() {
		return this.settings.stream().filter((setting) -> setters(setting).isEmpty()).toList();
	}

	private @Nullable String against() {
		boolean asked = this.node.writeMode() == WriteMode.DROP_IN;
		String release = this.node.release();
		Optional<NovaRelease> known = (release != null) ? NovaRelease.parse(release) : Optional.empty();
		if (known.isPresent() && !known.get().readsDropIns()) {
			return known.get().displayName()
					+ " does not read the folder nova.conf.d by itself; Pike (16) is the first";
		}
		if (known.isEmpty() && !asked) {
			return "it is not known whether its release reads the folder nova.conf.d";
		}
		if (!asked && !this.node.novaConfPath().equals(Node.DEFAULT_NOVA_CONF)) {
			return "nova looks for the folder nova.conf.d only in /etc/nova, and this file is elsewhere";
		}
		if (!this.files.known()) {
			return "the other files that nova reads are not known from a probe";
		}
		if (this.files.allOurs().size() > 1) {
			return "there is more than one drop-in of ours in " + this.files.folder() + ": "
					+ String.join(", ", this.files.allOurs().stream().map(NovaFile::path).toList());
		}
		return all().filter((file) -> file.fault().isPresent())
			.findFirst()
			.map((file) -> "nova cannot read " + file.source())
			.or(() -> this.settings.stream().flatMap((one) -> conflict(one).stream()).findFirst())
			.orElse(null);
	}

	/** Why a drop-in would not do with this setting. */
	private Optional<String> conflict(Setting setting) {
		return setters(setting).stream()
			.filter((found) -> !agrees(setting, found))
			.findFirst()
			.map((found) -> found.option() + " stands in " + found.source() + ", line " + found.line()
					+ ((setting.value() == null) ? ", and a drop-in cannot take it out" : ": " + ORDER));
	}

	private List<NovaConf.Assignment> setters(Setting setting) {
		List<NovaConf.Assignment> found = new ArrayList<>();
		all().forEach((file) -> NovaFiles.effective(file, setting.section(), setting.option()).ifPresent(found::add));
		return found;
	}

	private Stream<NovaConf> all() {
		return Stream.concat(Stream.of(this.files.main()), this.files.foreign().stream());
	}

	/** In place: another file may win over what is written. */
	private @Nullable String overruled() {
		List<NovaConf> others = new ArrayList<>(this.files.foreign());
		this.files.allOurs().forEach((file) -> others.add(NovaConf.parse(file.text(), file.path())));
		for (Setting setting : this.settings) {
			for (NovaConf file : others) {
				Optional<NovaConf.Assignment> found = NovaFiles.effective(file, setting.section(), setting.option());
				if (found.isPresent() && !agrees(setting, found.get())) {
					return "would not have its effect: " + found.get().option() + " is also set in " + file.source()
							+ ", line " + found.get().line() + ", and may win over nova.conf (" + ORDER
							+ "). Take it out there, probe " + this.node.name() + " and plan again";
				}
			}
		}
		return null;
	}

	private static boolean agrees(Setting setting, NovaConf.Assignment found) {
		return setting.option().equals(found.option()) && Objects.equals(setting.value(), found.value());
	}

}
