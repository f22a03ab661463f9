package io.virtwise.node.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.node.NodeProfile;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers the daemons of the demo fleet, as {@code bin/portal --demo} names them:
 * {@code port=release} with commas between. Nodes that are there already stay as they
 * are.
 */
@Component
@ConditionalOnProperty("virtwise.demo-nodes")
class DemoNodes implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(DemoNodes.class);

	private static final Pattern ENTRY = Pattern.compile("(\\d{1,5})=([\\w.]{1,40})");

	private final List<String> entries;

	private final NodeStore store;

	private final ProfileCheck check;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	DemoNodes(@Value("${virtwise.demo-nodes}") List<String> entries, NodeStore store, ProfileCheck check,
			ApplicationEventPublisher events, Clock clock) {
		this.entries = entries;
		this.store = store;
		this.check = check;
		this.events = events;
		this.clock = clock;
	}

	@Override
	@Transactional
	public void run(ApplicationArguments args) {
		int number = 0;
		for (String entry : this.entries) {
			number++;
			Matcher matcher = ENTRY.matcher(entry.strip());
			if (!matcher.matches()) {
				throw new IllegalArgumentException(
						"virtwise.demo-nodes: '" + entry + "' is not of the form PORT=RELEASE");
			}
			register("demo-compute-" + number, matcher.group(1), matcher.group(2));
		}
		log.info("The demo fleet's {} nodes are registered.", this.entries.size());
	}

	private void register(String name, String port, String release) {
		String id = Ids.next();
		if (this.store.nameTaken(name, id)) {
			return;
		}
		NodeProfile profile = this.check.check(
				new NodeDraft(name, "127.0.0.1", port, "tcp", null, null, release, "demo", Map.of(), null, "in-place"));
		this.store.insert(id, profile, this.clock.instant());
		this.events.publishEvent(new AuditableEvent("node.registered", "node", id, name, null, profile.describe()));
	}

}
