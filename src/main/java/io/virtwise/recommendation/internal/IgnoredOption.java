package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.LaterOption;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * An option of nova.conf that a release does not read, and does not complain about.
 *
 * @param name section and option, as {@code [libvirt] cpu_models}
 * @param value what the file gives it; {@code null} where only the name is known
 * @param readToday whether today's release reads it
 */
public record IgnoredOption(String name, @Nullable String value, boolean readToday) {

	/** What of this nova.conf the later release ignores, by name. */
	static List<IgnoredOption> of(NodeFacts facts, NovaRelease today, NovaRelease later) {
		List<IgnoredOption> ignored = new ArrayList<>();
		OptionValues values = OptionValues.of(facts);
		for (LaterOption option : LaterOption.values()) {
			String name = "[" + option.section() + "] " + option.option();
			String value = values.value(name);
			if (value != null && !option.in(later)) {
				ignored.add(new IgnoredOption(name, value, option.in(today)));
			}
		}
		// the names of before Juno: no release of the table reads them
		facts.novaConf().oldNames().forEach((name) -> ignored.add(new IgnoredOption("[DEFAULT] " + name, null, false)));
		ignored.sort(Comparator.comparing(IgnoredOption::name));
		return ignored;
	}

}
