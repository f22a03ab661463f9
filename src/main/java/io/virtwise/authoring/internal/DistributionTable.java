package io.virtwise.authoring.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rulebases that came with versions of the portal.
 */
@Repository
class DistributionTable {

	private final JdbcClient jdbc;

	DistributionTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Tree files, Instant seenAt) {
		String content = files.content().sha256();
		this.jdbc.sql("insert into rule_distribution (content_sha256, seen_at) values (:content, :at)")
			.param("content", content)
			.param("at", seenAt.atOffset(ZoneOffset.UTC))
			.update();
		files.files()
			.forEach((path, sha256) -> this.jdbc
				.sql("insert into rule_distribution_file (content_sha256, path, text_sha256)"
						+ " values (:content, :path, :sha256)")
				.param("content", content)
				.param("path", path)
				.param("sha256", sha256)
				.update());
	}

	boolean knows(Tree files) {
		return this.jdbc.sql("select count(*) from rule_distribution where content_sha256 = :content")
			.param("content", files.content().sha256())
			.query(Long.class)
			.single() > 0;
	}

	/** The hash of the one that came last. */
	Optional<String> latest() {
		return this.jdbc
			.sql("select content_sha256 from rule_distribution order by seen_at desc, content_sha256 limit 1")
			.query(String.class)
			.optional();
	}

	Tree tree(String content) {
		Map<String, String> files = new HashMap<>();
		this.jdbc.sql("select path, text_sha256 from rule_distribution_file where content_sha256 = :content")
			.param("content", content)
			.query((row) -> {
				files.put(row.getString("path"), row.getString("text_sha256"));
			});
		return new Tree(files);
	}

}
