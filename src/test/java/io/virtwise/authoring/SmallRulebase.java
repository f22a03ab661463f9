package io.virtwise.authoring;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulebaseHash;
import io.virtwise.shared.ContentHash;
import io.virtwise.testing.Database;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two rules with their cases, for tests that build often.
 */
public final class SmallRulebase {

	/** The file with both rules. */
	public static final String RULES = "processor.drl";

	/** The file with their cases. */
	public static final String CASES = "processor.cases.yaml";

	/** What finding V902 says. */
	public static final String SAYS = "The processor has vmx";

	private static final Map<String, String> FILES = new TreeMap<>(Map.of(RULES, """
			rule "V901 It can"
			@id(V901) @doc("nova virt") @severity(INFO)
			when
			    CpuInfo(vmx == Known.YES)
			then
			    conclude.that(Topic.HARDWARE, Answer.YES, "It can.");
			end

			rule "V902 It is told"
			@id(V902) @doc("nova virt") @severity(INFO)
			when
			    CpuInfo(vmx == Known.YES)
			then
			    advise.finding("The processor has vmx", "So it can.", "- be glad");
			end
			""", CASES, """
			- rule: V901
			  case: it can
			  base: intel
			  fires: [V901, V902]
			  findings: [V902]
			- rule: V901
			  case: nobody knows
			  base: nothing
			  silent: [V901, V902]
			""", "base-nodes.yaml", """
			nothing: {}
			intel: { cpuinfo: { vmx: true } }
			"""));

	private SmallRulebase() {
	}

	/** Makes it the first revision of a database that has none. */
	static void keep(Database database) {
		JdbcClient jdbc = database.jdbc();
		if (jdbc.sql("select count(*) from rule_revision").query(Long.class).single() > 0) {
			return;
		}
		OffsetDateTime at = OffsetDateTime.parse("2026-11-20T08:00:00Z");
		StringBuilder lines = new StringBuilder("virtwise rulebase files, form 1\n");
		FILES.forEach((path, text) -> {
			String sha256 = ContentHash.of(text).sha256();
			lines.append(sha256).append(' ').append(path).append('\n');
			jdbc.sql("insert into rule_text (sha256, size, content) values (?, ?, ?)")
				.params(sha256, text.getBytes(StandardCharsets.UTF_8).length, text)
				.update();
		});
		String content = ContentHash.of(lines.toString()).sha256();
		String rules = RulebaseHash
			.of(FILES.entrySet().stream().map((file) -> new RuleSource(file.getKey(), file.getValue())).toList());
		jdbc.sql("insert into rule_revision (number, sha256, content_sha256, author, message, published_at)"
				+ " values (1, ?, ?, 'portal', 'The rulebase that came with the portal', ?)")
			.params(rules, content, at)
			.update();
		jdbc.sql("insert into rule_active (name, revision, since, version) values ('active', 1, ?, 0)")
			.params(at)
			.update();
		jdbc.sql("insert into rule_distribution (content_sha256, seen_at) values (?, ?)").params(content, at).update();
		FILES.forEach((path, text) -> {
			String sha256 = ContentHash.of(text).sha256();
			jdbc.sql("insert into rule_revision_file (revision, path, text_sha256) values (1, ?, ?)")
				.params(path, sha256)
				.update();
			jdbc.sql("insert into rule_distribution_file (content_sha256, path, text_sha256) values (?, ?, ?)")
				.params(content, path, sha256)
				.update();
		});
	}

}
