package io.virtwise.shared;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StorableText}.
 */
class StorableTextTests {

	private static final String WHOLE = "h\u00e9, \ud83d\ude00\t\r\n\u0001";

	@Test
	void everythingElseIsFine() {
		assertThat(StorableText.fault(WHOLE)).isNull();
		assertThat(StorableText.marked(WHOLE)).isSameAs(WHOLE);
		assertThat(StorableText.without("")).isEmpty();
	}

	@Test
	void saysWhereTheFirstFaultIs() {
		assertThat(StorableText.fault("ab\0c\0")).contains("zero character at place 3", "take it out");
		assertThat(StorableText.fault("\ud83d")).contains("half of a character at place 1");
		assertThat(StorableText.fault("a\ude00b")).contains("half of a character at place 2");
		assertThat(StorableText.fault("\ude00\ud83d")).isNotNull();
	}

	@Test
	void showsOrDropsWhatCannotBeKept() {
		assertThat(StorableText.marked("\0a\0\0\0b\ud83d\0")).isEqualTo("\u2400a\u2400b\ufffd\u2400");
		assertThat(StorableText.without("\0a\0\0b\ud83d\0\ud83d\ude00")).isEqualTo("ab\ud83d\ude00");
		assertThat(StorableText.fault(StorableText.marked("\0\ud83d\0\ude00"))).isNull();
		assertThat(StorableText.fault(StorableText.without("\ud83d\0\ude00"))).isNull();
	}

}
