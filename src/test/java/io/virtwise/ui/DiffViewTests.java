package io.virtwise.ui;

import io.virtwise.ui.DiffView.Kind;
import io.virtwise.ui.DiffView.Row;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DiffView}.
 */
class DiffViewTests {

	@Test
	void numbersTheLinesOfBothTexts() {
		DiffView view = DiffView.of("""
				--- a
				+++ b
				@@ -3,3 +3,4 @@
				 same
				-old
				+new
				+newer
				 last
				""");

		assertThat(view.rows()).containsExactly(new Row(Kind.FOLD, null, null, "… 2 unchanged lines"),
				new Row(Kind.CONTEXT, 3, 3, "same"), new Row(Kind.REMOVED, 4, null, "old"),
				new Row(Kind.ADDED, null, 4, "new"), new Row(Kind.ADDED, null, 5, "newer"),
				new Row(Kind.CONTEXT, 5, 6, "last"));
		assertThat(view.added()).isEqualTo(2);
		assertThat(view.removed()).isEqualTo(1);
	}

	@Test
	void foldsWhatIsUnchangedBetweenHunks() {
		DiffView view = DiffView.of("@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d\n");

		assertThat(view.rows()).element(2).isEqualTo(new Row(Kind.FOLD, null, null, "… 7 unchanged lines"));
		assertThat(view.rows()).element(3).isEqualTo(new Row(Kind.REMOVED, 9, null, "c"));
	}

	@Test
	void readsANewFile() {
		DiffView view = DiffView.of("--- /dev/null\n+++ b\n@@ -0,0 +1,2 @@\n+[libvirt]\n+virt_type = kvm\n");

		assertThat(view.rows()).containsExactly(new Row(Kind.ADDED, null, 1, "[libvirt]"),
				new Row(Kind.ADDED, null, 2, "virt_type = kvm"));
	}

	@Test
	void takesLinesThatLookLikeHeadersForContent() {
		DiffView view = DiffView.of("--- a\n+++ b\n@@ -1,2 +1 @@\n--- dashes\n same\n");

		assertThat(view.rows()).containsExactly(new Row(Kind.REMOVED, 1, null, "-- dashes"),
				new Row(Kind.CONTEXT, 2, 1, "same"));
	}

	@Test
	void saysWhereTheLastLineHasNoEnd() {
		assertThat(DiffView.of("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n").rows()).extracting(Row::kind)
			.containsExactly(Kind.REMOVED, Kind.FOLD, Kind.ADDED);
	}

	@Test
	void isEmptyWhereNothingChanges() {
		assertThat(DiffView.of("").rows()).isEmpty();
	}

}
