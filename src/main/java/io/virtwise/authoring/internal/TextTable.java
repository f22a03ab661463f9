package io.virtwise.authoring.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.rules.RuleSource;
import io.virtwise.shared.ContentHash;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Texts by their hash, each kept once.
 */
@Repository
class TextTable {

	/**
	 * Files of two rulebases; with every letter that somebody types all are asked for.
	 */
	private static final int KEPT = 150;

	private final JdbcClient jdbc;

	/** A text never changes under its hash. */
	private final Map<String, String> latest = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > KEPT;
		}

	});

	TextTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Keeps a text, if it is not there yet, and gives its hash. */
	String keep(String text) {
		String sha256 = ContentHash.of(text).sha256();
		this.jdbc
			.sql("insert into rule_text (sha256, size, content) values (:sha256, :size, :text) on conflict do nothing")
			.param("sha256", sha256)
			.param("size", text.getBytes(StandardCharsets.UTF_8).length)
			.param("text", text)
			.update();
		return sha256;
	}

	/** Keeps these files. */
	Tree keep(List<RuleSource> files) {
		Map<String, String> tree = new HashMap<>();
		files.forEach((file) -> tree.put(file.path(), keep(file.text())));
		return new Tree(tree);
	}

	String text(String sha256) {
		return this.jdbc.sql("select content from rule_text where sha256 = :sha256")
			.param("sha256", sha256)
			.query(String.class)
			.single();
	}

	/** The texts of these hashes. */
	Map<String, String> texts(Collection<String> hashes) {
		Map<String, String> texts = new HashMap<>();
		Set<String> wanted = new TreeSet<>();
		for (String hash : hashes) {
			String known = this.latest.get(hash);
			if (known != null) {
				texts.put(hash, known);
			}
			else {
				wanted.add(hash);
			}
		}
		if (!wanted.isEmpty()) {
			this.jdbc.sql("select sha256, content from rule_text where sha256 in (:wanted)")
				.param("wanted", wanted)
				.query((row) -> {
					String text = row.getString("content");
					texts.put(row.getString("sha256"), text);
					this.latest.put(row.getString("sha256"), text);
				});
		}
		return texts;
	}

	/** The files of a tree with their texts, by path. */
	List<RuleSource> sources(Tree tree) {
		Map<String, String> texts = texts(tree.files().values());
		List<RuleSource> sources = new ArrayList<>();
		tree.files().forEach((path, sha256) -> sources.add(new RuleSource(path, texts.getOrDefault(sha256, ""))));
		return sources;
	}

}
