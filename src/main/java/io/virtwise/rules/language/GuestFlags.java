package io.virtwise.rules.language;

import java.util.List;
import java.util.Locale;

import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * The CPU flags that nova.conf asks for beside a model, and what nova of the release and
 * libvirt on the node say of them.
 *
 * @param printed all of them as nova prints the list
 * @param offered whether the host's processor has all of them, NO where one is missing
 * @param missing the first one that it does not have, as nova prints it
 * @param outside the first one that the release does not let anybody choose; where nobody
 * knows the release, that some release does not
 * @param choices those that it lets one choose, {@code null} where any
 */
public record GuestFlags(String printed, Known offered, @Nullable String missing, @Nullable String outside,
		@Nullable String choices) {

	/** Of those that hold flags to choices the last; it stands in where nobody knows. */
	private static final NovaRelease STRICTEST = NovaRelease.parse("queens").orElseThrow();

	/** What nova.conf asks for. */
	public static GuestFlags of(NodeFacts facts) {
		List<String> flags = facts.novaConf().cpuModelExtraFlags();
		NovaRelease release = facts.release();
		boolean signs = release == null || release.flagsHaveSigns();
		HostCpu host = HostCpu.of(facts);
		Known offered = Known.YES;
		String missing = null;
		for (String flag : flags) {
			Known one = offered(flag.toLowerCase(Locale.ROOT), signs, host);
			if (one == Known.NO && missing == null) {
				missing = flag.toLowerCase(Locale.ROOT);
			}
			offered = (one == Known.NO || offered == Known.NO) ? Known.NO : ((one == Known.YES) ? offered : one);
		}
		List<String> choices = ((release != null) ? release : STRICTEST).extraFlags();
		String outside = (choices == null || choices.isEmpty()) ? null
				: flags.stream()
					.filter((flag) -> !choices.contains(flag.toLowerCase(Locale.ROOT)))
					.findFirst()
					.orElse(null);
		return new GuestFlags(printed(flags), offered, missing, outside,
				(choices == null) ? null : String.join(", ", choices));
	}

	private static Known offered(String flag, boolean signs, HostCpu host) {
		boolean away = signs && flag.startsWith("-");
		boolean plus = signs && !away;
		String name = away ? stripped(flag, '-') : (plus ? stripped(flag, '+') : flag);
		return host.offers(name, !away);
	}

	private static String stripped(String flag, char sign) {
		int from = 0;
		while (from < flag.length() && flag.charAt(from) == sign) {
			from++;
		}
		return flag.substring(from);
	}

	/** As Python prints a list of texts. */
	private static String printed(List<String> flags) {
		return flags.stream().map((flag) -> "'" + flag + "'").toList().toString();
	}

}
