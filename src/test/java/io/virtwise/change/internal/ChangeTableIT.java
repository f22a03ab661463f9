package io.virtwise.change.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Placement;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.WriteMode;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of changes on both databases.
 */
@OnBothDatabases
class ChangeTableIT {

	private final ChangeTable table;

	ChangeTableIT(Database database) {
		this.table = new ChangeTable(database.jdbc());
	}

	@Test
	void listsEachChangeWithItsFirstNodesInTheirOrder() {
		change("one", 1, 1);
		change("five", 2, 5);
		change("three", 3, 3);

		Slice<ChangeSummary> all = list(new SliceRequest(0, 50, null, false));

		assertThat(all.total()).isEqualTo(3);
		assertThat(all.items()).extracting(ChangeSummary::id).containsExactly("three", "five", "one");
		assertThat(all.items()).extracting(ChangeSummary::nodeCount).containsExactly(3, 5, 1);
		assertThat(all.items()).extracting(ChangeSummary::nodeNames)
			.containsExactly(List.of("three-9", "three-8", "three-7"), List.of("five-9", "five-8", "five-7"),
					List.of("one-9"));
		assertThat(list(new SliceRequest(1, 2, "number", false)).items()).extracting(ChangeSummary::nodeNames)
			.containsExactly(List.of("three-9", "three-8", "three-7"));
		assertThat(list(new SliceRequest(9, 50, null, false)).items()).isEmpty();
	}

	private Slice<ChangeSummary> list(SliceRequest request) {
		return this.table.list(new ChangeFilter(null, null), request);
	}

	private void change(String id, long number, int count) {
		List<PlannedNode> nodes = IntStream.range(0, count).mapToObj((i) -> node(id + "-" + (9 - i))).toList();
		this.table.insert(new ChangeRequest(id, number, "title", "reason", ChangeStatus.DRAFT, Instant.EPOCH, null,
				"ines", Instant.EPOCH, null, null, 1, "0".repeat(64), ContentHash.of(id), nodes, 0));
	}

	private static PlannedNode node(String name) {
		byte[] before = "[libvirt]\nvirt_type = qemu\n".getBytes(StandardCharsets.UTF_8);
		byte[] after = "[libvirt]\nvirt_type = kvm\n\n".getBytes(StandardCharsets.UTF_8);
		return new PlannedNode("id-" + name, name, "host:22 over ssh", "/etc/nova/nova.conf", "26", 0,
				ContentHash.of("facts"), List.of(), before, after,
				new Placement(WriteMode.IN_PLACE, "", "/etc/nova/nova.conf", null, null));
	}

}
