package io.virtwise.authoring.web;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.authoring.Drafts.Precondition;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Files over HTTP: a text's ETag is its hash, which is as strong as one can be.
 */
final class FileTags {

	private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

	private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

	private FileTags() {
	}

	static String of(String sha256) {
		return "\"" + sha256 + "\"";
	}

	/** The text, or only that it is still the one that the caller has. */
	static ResponseEntity<String> answer(String text, @Nullable String known) {
		String tag = of(ContentHash.of(text).sha256());
		if (known != null && (known.contains(tag) || known.strip().equals("*"))) {
			return ResponseEntity.status(304).eTag(tag).build();
		}
		return ResponseEntity.ok().eTag(tag).contentType(TEXT).body(text);
	}

	static ResponseEntity<byte[]> archive(String name, byte[] archive) {
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(archive);
	}

	/**
	 * The same from a form, which sends the bare hash, and an empty one for a new file.
	 */
	static Precondition ofForm(String tag) {
		return tag.isEmpty() ? Precondition.ABSENT : Precondition.of(Set.of(tag));
	}

	/**
	 * What a caller takes for the present state. A weak tag fits nothing, as the protocol
	 * has it, nor does one that we never gave.
	 */
	static Precondition expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifMatch == null) {
			return (ifNoneMatch != null && ifNoneMatch.strip().equals("*")) ? Precondition.ABSENT : Precondition.NONE;
		}
		if (ifMatch.strip().equals("*")) {
			return Precondition.ANY;
		}
		Set<String> hashes = new TreeSet<>();
		for (Matcher tag = TAG.matcher(ifMatch); tag.find();) {
			if (tag.group(1) == null) {
				hashes.add(tag.group(2));
			}
		}
		return Precondition.of(hashes);
	}

}
