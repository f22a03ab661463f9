package io.virtwise;

import java.io.ObjectInputFilter;

/**
 * Java objects out of bytes can run anything. This process makes only those of them that
 * a session of a page consists of, whoever asks.
 */
final class SerialFilter {

	/** Nested, long and large things are refused too, and last everything not named. */
	static final String PATTERN = "maxdepth=40;maxarray=100000;maxrefs=50000;maxbytes=4000000;"
			+ "java.lang.*;java.util.*;java.util.concurrent.*;java.time.*;java.net.URL;java.net.URI;"
			+ "io.virtwise.access.**;io.virtwise.shared.**;org.springframework.security.**;"
			+ "org.springframework.web.servlet.FlashMap;org.springframework.util.LinkedMultiValueMap;"
			+ "org.springframework.util.MultiValueMapAdapter;org.springframework.util.LinkedCaseInsensitiveMap;"
			+ "jakarta.servlet.http.Cookie;!*";

	private SerialFilter() {
	}

	/** Sets it for the whole process, once, unless whoever started it has set another. */
	static void install() {
		if (ObjectInputFilter.Config.getSerialFilter() == null) {
			ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(PATTERN));
		}
	}

}
