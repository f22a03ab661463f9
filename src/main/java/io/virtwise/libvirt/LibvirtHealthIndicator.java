package io.virtwise.libvirt;

import io.virtwise.facts.NodeFactsReader.Reachability;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Health of {@code libvirt}: unknown rather than down where the library is missing,
 * because the portal goes on to assess and recommend without it.
 */
@Component
final class LibvirtHealthIndicator implements HealthIndicator {

	private final LibvirtLibrary library;

	private final LibvirtEventLoop loop;

	private final NodeSessions sessions;

	LibvirtHealthIndicator(LibvirtLibrary library, LibvirtEventLoop loop, NodeSessions sessions) {
		this.library = library;
		this.loop = loop;
		this.sessions = sessions;
	}

	@Override
	public Health health() {
		Reachability reachability = this.library.reachability();
		if (!reachability.possible()) {
			return Health.unknown()
				.withDetail("library", "missing: nodes cannot be reached")
				.withDetail("remedy", String.valueOf(reachability.remedy()))
				.build();
		}
		return Health.up()
			.withDetail("library", String.valueOf(reachability.version()))
			.withDetail("eventLoop", this.loop.isRunning() ? "running" : "stopped")
			.withDetail("hungOpens", this.sessions.hungOpens())
			.build();
	}

}
