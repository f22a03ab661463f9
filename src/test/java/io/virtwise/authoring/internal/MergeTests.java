package io.virtwise.authoring.internal;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Merge}.
 */
class MergeTests {

	@Test
	void takesWhatOneSideChanged() {
		Merge merge = Merge.of(tree("same", "1", "ours", "1", "theirs", "1", "both", "1", "gone", "1", "left", "1"),
				tree("same", "1", "ours", "2", "theirs", "1", "both", "2", "left", "1", "new", "1"),
				tree("same", "1", "ours", "1", "theirs", "2", "both", "2", "gone", "1", "new", "1"));

		assertThat(merge.conflicts()).isEmpty();
		assertThat(merge.merged().files())
			.isEqualTo(Map.of("same", "1", "ours", "2", "theirs", "2", "both", "2", "new", "1"));
	}

	@Test
	void keepsOursWhereBothChanged() {
		Merge merge = Merge.of(tree("a", "1", "b", "1", "c", "1"), tree("a", "2", "c", "2", "d", "2"),
				tree("a", "3", "b", "3", "d", "3"));

		assertThat(merge.conflicts()).containsExactly("a", "b", "c", "d");
		assertThat(merge.merged().files()).isEqualTo(Map.of("a", "2", "c", "2", "d", "2"));
	}

	private static Tree tree(String... files) {
		Map<String, String> tree = new HashMap<>();
		for (int at = 0; at < files.length; at += 2) {
			tree.put(files[at], files[at + 1]);
		}
		return new Tree(tree);
	}

}
