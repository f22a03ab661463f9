package io.virtwise.node.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.node.NodeNetwork;
import io.virtwise.node.Node;
import io.virtwise.node.NodeQuery;
import io.virtwise.node.NodeRemoved;
import io.virtwise.node.Transport;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link NodeRegister} and {@link NodeStore} on both databases.
 */
@OnBothDatabases
class NodeRegisterIT {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private final Database database;

	private final NodeStore store;

	private final NodeRegister register;

	private final List<Object> events = new ArrayList<>();

	NodeRegisterIT(Database database) {
		this.database = database;
		this.store = new NodeStore(database.jdbc(), JsonMapper.builder().build());
		this.register = new NodeRegister(this.store,
				new ProfileCheck(false, new NodeNetwork(List.of(), true), (given) -> Optional.empty()),
				this.events::add, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@BeforeEach
	void noNodes() {
		this.database.jdbc().sql("delete from node").update();
	}

	@Test
	void keepsEveryPartOfANode() {
		Node made = this.register.register(draft("Cmp-1", "ssh"));

		assertThat(this.store.get(made.id())).isEqualTo(made);
		assertThat(made.transport()).isEqualTo(Transport.SSH);
		assertThat(made.labels()).isEqualTo(Map.of("rack", "r07"));
		assertThat(made.createdAt()).isEqualTo(NOW);
		assertThat(this.events).singleElement().isInstanceOfSatisfying(AuditableEvent.class, (event) -> {
			assertThat(event.action()).isEqualTo("node.registered");
			assertThat(event.before()).isNull();
			assertThat(event.after()).contains("host=10.0.0.1", "transport=ssh");
		});
	}

	@Test
	void refusesANameThatIsTakenInAnotherCase() {
		this.register.register(draft("Cmp-1", "ssh"));

		assertThatThrownBy(() -> this.register.register(draft("cmp-1", "ssh"))).isInstanceOfSatisfying(Refused.class,
				(refused) -> {
					assertThat(refused.kind()).isEqualTo(Refused.Kind.CONFLICT);
					assertThat(refused.key()).isEqualTo("name-taken");
				});
	}

	@Test
	void refusesAnEditOfWhatSomebodyElseEdited() {
		Node made = this.register.register(draft("cmp-1", "ssh"));
		this.register.edit(made.id(), draft("cmp-2", "ssh"), 0);

		assertThatThrownBy(() -> this.register.edit(made.id(), draft("cmp-3", "ssh"), 0)).isInstanceOf(Refused.class)
			.hasMessageContaining("edited by somebody else");
		assertThat(this.store.get(made.id()).name()).isEqualTo("cmp-2");
		assertThat(this.store.get(made.id()).version()).isEqualTo(1);
	}

	@Test
	void tellsNothingWhereNothingChanged() {
		Node made = this.register.register(draft("cmp-1", "ssh"));
		this.events.clear();

		assertThat(this.register.edit(made.id(), draft("cmp-1", "ssh"), 0).version()).isZero();
		assertThat(this.events).isEmpty();
	}

	@Test
	void freesTheNameOfARemovedNodeButKeepsItsRow() {
		Node made = this.register.register(draft("cmp-1", "ssh"));
		this.register.remove(made.id(), 0);

		assertThat(this.store.find(made.id())).isEmpty();
		assertThat(this.store.count()).isZero();
		assertThat(this.events).anyMatch(NodeRemoved.class::isInstance);
		assertThat(this.register.register(draft("cmp-1", "ssh")).id()).isNotEqualTo(made.id());
		assertThat(this.database.jdbc().sql("select count(*) from node").query(Long.class).single()).isEqualTo(2);
	}

	@Test
	void listsByPartOfNameOrHost() {
		this.register.register(draft("Alpha", "ssh"));
		this.register.register(draft("beta_x", "tls"));
		SliceRequest any = new SliceRequest(0, 50, null, false);

		assertThat(this.store.list(new NodeQuery("PHA", null, null), any).items()).extracting(Node::name)
			.containsExactly("Alpha");
		assertThat(this.store.list(new NodeQuery("_", null, null), any).items()).extracting(Node::name)
			.containsExactly("beta_x");
		assertThat(this.store.list(new NodeQuery(null, null, Transport.TLS), any).total()).isEqualTo(1);
		assertThat(this.store.list(NodeQuery.ALL, new SliceRequest(0, 1, "name", true)).items()).extracting(Node::name)
			.containsExactly("beta_x");
	}

	@Test
	void findsManyInTheOrderAsked() {
		Node one = this.register.register(draft("one", "ssh"));
		Node two = this.register.register(draft("two", "ssh"));

		assertThat(this.store.findAll(List.of(two.id(), "unknown", one.id()))).containsExactly(two, one);
	}

	private static NodeDraft draft(String name, @Nullable String transport) {
		return new NodeDraft(name, "10.0.0.1", null, transport, "ssh".equals(transport) ? "virtwise" : null, null,
				"mitaka", "dc1", Map.of("rack", "r07"), null, null);
	}

}
