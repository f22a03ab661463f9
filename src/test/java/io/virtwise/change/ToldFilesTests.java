package io.virtwise.change;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.virtwise.node.WriteMode;
import io.virtwise.shared.ContentHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That what is kept of files says the same as what would be made anew.
 */
class ToldFilesTests {

	private static final String OLD = "[database]\nconnection = mysql://nova:s3cret@db/nova\n[libvirt]\nvirt_type = qemu\n";

	private static final String NEW = OLD.replace("qemu", "kvm ");

	private final ToldFiles files = new ToldFiles();

	private final AtomicInteger diffs = new AtomicInteger();

	@Test
	void showsHashOfTheBytesAndTextWithoutSecrets() {
		ToldFiles.Told told = told("c1", node(0, OLD, NEW));

		assertThat(told.before().hash()).isEqualTo(ContentHash.of(OLD.getBytes(StandardCharsets.UTF_8)).sha256());
		assertThat(told.before().text()).contains("virt_type = qemu").doesNotContain("s3cret");
		assertThat(told.after().text()).contains("virt_type = kvm").doesNotContain("s3cret");
		assertThat(told.diff()).isEqualTo("diff of /etc/nova/nova.conf");
	}

	@Test
	void makesWhatItShowsOnce() {
		ToldFiles.Told first = told("c1", node(0, OLD, NEW));

		assertThat(told("c1", node(0, OLD, NEW))).isSameAs(first);
		assertThat(this.diffs).hasValue(1);
	}

	@Test
	void otherBytesInTheTableAreShownAsTheyAre() {
		told("c1", node(0, OLD, NEW));

		ToldFiles.Told tampered = told("c1", node(0, OLD, NEW.replace("kvm", "lxc")));

		assertThat(tampered.after().text()).contains("virt_type = lxc");
		assertThat(tampered.after().hash()).isNotEqualTo(ContentHash.of(NEW.getBytes(StandardCharsets.UTF_8)).sha256());
		assertThat(told("c1", node(0, OLD.replace("qemu", "uml "), NEW)).before().text()).contains("virt_type = uml");
	}

	@Test
	void sharesADiffWithinAChangeAndKeepsChangesApart() {
		ToldFiles.OfChange files = of(change("c1", List.of()));
		IntStream.range(0, 5).forEach((i) -> files.of(node(i, OLD, NEW)));
		assertThat(this.diffs).hasValue(1);

		told("c2", node(0, OLD, NEW));
		assertThat(this.diffs).hasValue(2);
	}

	private ToldFiles.Told told(String changeId, PlannedNode node) {
		return of(change(changeId, List.of(node))).of(node);
	}

	private ToldFiles.OfChange of(ChangeRequest change) {
		return this.files.of(change, (path, texts) -> {
			this.diffs.incrementAndGet();
			return "diff of " + path;
		});
	}

	private static PlannedNode node(int number, String before, String after) {
		return new PlannedNode("n" + number, "cmp-" + number, "host:22 over ssh", "/etc/nova/nova.conf", "26", 0,
				ContentHash.of("facts"), List.of(), before.getBytes(StandardCharsets.UTF_8),
				after.getBytes(StandardCharsets.UTF_8),
				new Placement(WriteMode.IN_PLACE, "", "/etc/nova/nova.conf", null, null));
	}

	private static ChangeRequest change(String id, List<PlannedNode> nodes) {
		return new ChangeRequest(id, 1, "title", "reason", ChangeStatus.DRAFT, Instant.EPOCH, null, "ines",
				Instant.EPOCH, null, null, 1, "0".repeat(64), ContentHash.of("content"), nodes, 0);
	}

}
