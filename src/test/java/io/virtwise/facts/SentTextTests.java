package io.virtwise.facts;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The encodings that parts of evidence come in.
 */
class SentTextTests {

	@ParameterizedTest
	@CsvSource({ "UTF-8,", "UTF-8,text/plain", "UTF-8,text/plain; charset=klingon", "UTF-8,text/plain; charset=",
			"UTF-16,", "UTF-16,text/plain; charset=utf-8", "UTF-16LE,text/plain;charset=utf-16le",
			"ISO-8859-1,'text/plain; CHARSET = \"latin1\"'" })
	void readsWhatWasWritten(String encoding, @Nullable String type) throws Exception {
		assertThat(SentText.of("flags : vmx é".getBytes(Charset.forName(encoding)), type)).isEqualTo("flags : vmx é");
	}

	@ParameterizedTest
	@CsvSource({ "0", "1" })
	void takesTooFewBytesForNoMark(int length) {
		assertThat(SentText.of(new byte[length], null)).hasSize(length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-x", ".", ":", "none-such", "ISO-2022-CN" })
	void takesWhatIsNoCharsetForUtf8(String name) {
		assertThat(SentText.of("vmx é".getBytes(StandardCharsets.UTF_8), "text/plain; charset=" + name))
			.isEqualTo("vmx é");
	}

}
