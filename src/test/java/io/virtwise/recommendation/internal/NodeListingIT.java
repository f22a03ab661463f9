package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.recommendation.internal.NodeListing.Filter;
import io.virtwise.recommendation.internal.NodeListing.Row;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeListing} on both databases.
 */
@OnBothDatabases
class NodeListingIT {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	private static final Filter ALL = new Filter(null, null, null, null);

	private final JdbcClient jdbc;

	private final NodeListing listing;

	NodeListingIT(Database database) {
		this.jdbc = database.jdbc();
		this.listing = new NodeListing(this.jdbc);
	}

	@BeforeEach
	void fourNodes() {
		this.jdbc.sql("delete from node_standing").update();
		this.jdbc.sql("delete from node").update();
		add("a", "Alpha_1", "dc1", Verdict.READY, 0);
		add("b", "beta", "dc1", Verdict.BLOCKED, 2);
		add("c", "Gamma", null, null, null);
		add("d", "delta", "dc2", Verdict.UNDETERMINED, null);
	}

	@Test
	void sortsByNameWithoutCaseAndPages() {
		assertThat(names(ALL, new SliceRequest(0, 3, null, false))).containsExactly("Alpha_1", "beta", "delta");
		assertThat(names(ALL, new SliceRequest(1, 3, null, false))).containsExactly("Gamma");
		assertThat(this.listing.list(ALL, new SliceRequest(1, 3, null, false)).total()).isEqualTo(4);
		assertThat(names(ALL, new SliceRequest(0, 1, "name", true))).containsExactly("Gamma");
	}

	@Test
	void everyOrderListsEveryNodeOnce() {
		for (String sort : NodeListing.sortable()) {
			for (boolean descending : List.of(false, true)) {
				List<String> all = names(ALL, new SliceRequest(0, 50, sort, descending));
				List<String> paged = new ArrayList<>(names(ALL, new SliceRequest(0, 3, sort, descending)));
				paged.addAll(names(ALL, new SliceRequest(1, 3, sort, descending)));

				assertThat(all).as(sort).containsExactlyInAnyOrder("Alpha_1", "beta", "delta", "Gamma");
				assertThat(paged).as(sort).isEqualTo(all);
			}
		}
		assertThat(names(ALL, new SliceRequest(0, 50, "group", false))).containsExactly("Gamma", "Alpha_1", "beta",
				"delta");
	}

	@Test
	void countsWhatItWouldList() {
		this.jdbc.sql("update node set removed_at = created_at, name_key = null where id = 'b'").update();
		SliceRequest one = new SliceRequest(0, 1, null, false);

		assertThat(this.listing.list(ALL, one).total()).isEqualTo(3);
		assertThat(this.listing.list(new Filter(null, null, null, true), one).total()).isEqualTo(3);
		assertThat(this.listing.list(new Filter(null, "dc1", null, null), one).total()).isEqualTo(1);
		assertThat(this.listing.list(new Filter(null, null, Verdict.BLOCKED, null), one).total()).isZero();
	}

	@Test
	void sortsTheWorstVerdictFirst() {
		assertThat(names(ALL, new SliceRequest(0, 50, "verdict", false))).containsExactly("beta", "delta", "Gamma",
				"Alpha_1");
	}

	@Test
	void filtersByVerdictGroupAndText() {
		SliceRequest any = new SliceRequest(0, 50, null, false);

		assertThat(names(new Filter(null, null, Verdict.BLOCKED, null), any)).containsExactly("beta");
		assertThat(names(new Filter(null, null, null, false), any)).containsExactly("Gamma");
		assertThat(names(new Filter(null, "dc1", null, null), any)).containsExactly("Alpha_1", "beta");
		assertThat(names(new Filter("ALPHA_", null, null, null), any)).containsExactly("Alpha_1");
		assertThat(names(new Filter("_", null, null, null), any)).containsExactly("Alpha_1");
		assertThat(names(new Filter("%", null, null, null), any)).isEmpty();
	}

	@Test
	void leavesOutRemovedNodes() {
		this.jdbc.sql("update node set removed_at = created_at, name_key = null where id = 'b'").update();

		assertThat(names(ALL, new SliceRequest(0, 50, null, false))).containsExactly("Alpha_1", "delta", "Gamma");
		assertThat(this.listing.groups()).containsExactly("dc1", "dc2");
	}

	@Test
	void tellsWhereEachNodeStands() {
		assertThat(
				this.listing.list(new Filter("beta", null, null, null), new SliceRequest(0, 50, null, false)).items())
			.containsExactly(new Row("b", "beta", "10.0.0.1", "TLS", "mitaka", "dc1", "blocked", AT, 2, false));
	}

	private List<String> names(Filter filter, SliceRequest request) {
		return this.listing.list(filter, request).items().stream().map(Row::name).toList();
	}

	private void add(String id, String name, @Nullable String group, @Nullable Verdict verdict,
			@Nullable Integer differing) {
		this.jdbc.sql("""
				insert into node (id, name, name_key, host, port, transport, nova_release, node_group, labels,
					nova_conf_path, write_mode, version, created_at)
				values (:id, :name, lower(:name), '10.0.0.1', 16514, 'TLS', 'mitaka', :nodeGroup, '{}',
					'/etc/nova/nova.conf', 'AUTO', 0, :at)""")
			.param("id", id)
			.param("name", name)
			.param("nodeGroup", group)
			.param("at", AT.atOffset(ZoneOffset.UTC))
			.update();
		if (verdict != null) {
			this.jdbc.sql(
					"insert into node_standing (node_id, verdict, assessed_at, differing) values (:id, :verdict, :at, :n)")
				.param("id", id)
				.param("verdict", verdict.name())
				.param("at", AT.atOffset(ZoneOffset.UTC))
				.param("n", differing)
				.update();
		}
	}

}
