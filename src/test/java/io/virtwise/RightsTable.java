package io.virtwise;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.access.Right;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/**
 * Who may use which route. One row each: method and path; {@code public},
 * {@code signed-in}, {@code by-password} for what a token may not do, or the rights of
 * which one is needed; the status for whoever may, where every id in the path is one that
 * nothing has (so that nothing happens); and what to send, as {@code json ...},
 * {@code form a=b&c=d}, {@code text ...} or {@code part name}.
 */
final class RightsTable {

	private static final String TABLE = """
			GET    /                                             | signed-in        | 200
			GET    /signin                                       | public           | 200
			GET    /collect.sh                                   | public           | 200
			POST   /theme                                        | public           | 303 | form theme=dark&back=/
			GET    /api/docs                                     | signed-in        | 200
			GET    /api/v1/openapi.json                          | signed-in        | 200
			GET    /api/v1/openapi.json.yaml                     | signed-in        | 200
			GET    /actuator                                     | signed-in        | 200
			GET    /actuator/health                              | public           | 200
			GET    /actuator/health/**                           | public           | 404
			GET    /actuator/prometheus                          | signed-in        | 200
			GET    /knowledge                                    | signed-in        | 200
			GET    /knowledge/rules/{id}                         | signed-in        | 404
			GET    /api/v1/knowledge                             | signed-in        | 200

			GET    /assess                                       | signed-in        | 200
			POST   /assess                                       | signed-in        | 200 | form cpuinfo=x
			POST   /assess/understood                            | signed-in        | 200 | form field=cpuinfo&cpuinfo=x
			POST   /assess/releases                              | signed-in        | 200 | form release=26
			POST   /api/v1/assessments                           | signed-in        | 200 | json {}
			POST   /api/v1/assessments:batch                     | signed-in        | 200 | lines {}
			POST   /api/v1/assessments/release-preview           | signed-in        | 200 | json {"release": "26"}
			POST   /api/v1/assessments/work-order                | signed-in        | 200 | json {}

			GET    /nodes                                        | node:read        | 200
			GET    /nodes/{id}                                   | node:read        | 404
			GET    /nodes/{id}/releases                          | node:read        | 404
			GET    /nodes/{id}/group                             | node:read        | 404
			GET    /migration                                    | node:read        | 200
			GET    /nodes/new                                    | node:write       | 200
			POST   /nodes                                        | node:write       | 422 | form name=
			GET    /nodes/{id}/edit                              | node:write       | 404
			POST   /nodes/{id}/edit                              | node:write       | 404 | form name=x&version=0
			GET    /nodes/{id}/remove                            | node:write       | 404
			POST   /nodes/{id}/remove                            | node:write       | 404 | form version=0
			GET    /nodes/{id}/host-keys                         | node:read        | 404
			POST   /nodes/{id}/host-keys                         | node:write       | 404 | form keys=x&compared=true
			POST   /nodes/{id}/host-keys/ask                     | node:write       | 404
			GET    /api/v1/nodes/{id}/host-keys                  | node:read        | 404
			PUT    /api/v1/nodes/{id}/host-keys                  | node:write       | 404 | json {}
			POST   /api/v1/nodes/{id}/host-keys/ask              | node:write       | 404
			GET    /credentials                                  | node:write       | 200
			GET    /credentials/new                              | node:write       | 200
			POST   /credentials                                  | node:write       | 422 | form name=
			GET    /credentials/{id}                             | node:write       | 404
			GET    /credentials/{id}/rotate                      | node:write       | 404
			POST   /credentials/{id}/rotate                      | node:write       | 404 | form privateKey=x
			POST   /credentials/{id}/remove                      | node:write       | 404
			GET    /api/v1/credentials                           | node:write       | 200
			POST   /api/v1/credentials                           | node:write       | 400 | json {}
			GET    /api/v1/credentials/{id}                      | node:write       | 404
			POST   /api/v1/credentials/{id}/rotate               | node:write       | 404 | json {}
			DELETE /api/v1/credentials/{id}                      | node:write       | 404
			POST   /nodes/{id}/probe                             | node:write       | 404
			POST   /nodes/{id}/check                             | node:write       | 404
			POST   /nodes/{id}/facts                             | node:write change:request | 404 | form cpuinfo=x
			GET    /api/v1/nodes                                 | node:read        | 200
			POST   /api/v1/nodes                                 | node:write       | 400 | json {}
			GET    /api/v1/nodes/{id}                            | node:read        | 404
			PATCH  /api/v1/nodes/{id}                            | node:write       | 404 | json {}
			DELETE /api/v1/nodes/{id}                            | node:write       | 404
			POST   /api/v1/nodes/{id}/check                      | node:write       | 404
			POST   /api/v1/nodes/{id}/probe                      | node:write       | 404
			POST   /api/v1/nodes/{id}/facts                      | node:write change:request | 404 | json {"cpuinfo": "x"}
			GET    /api/v1/nodes/{id}/assessment                 | node:read        | 404
			GET    /api/v1/nodes/{id}/history                    | node:read        | 404
			GET    /api/v1/nodes/{id}/release-preview            | node:read        | 404 | query release=26
			GET    /api/v1/nodes/{id}/work-order                 | node:read        | 404

			GET    /api/v1/changes/{id}/steps                    | change:read      | 404
			POST   /api/v1/changes/{id}/steps/{stepId}/tick      | change:push      | 404
			POST   /api/v1/changes/{id}/steps/{stepId}/untick    | change:push      | 404
			POST   /changes/{id}/steps/{stepId}/tick             | change:push      | 404
			POST   /changes/{id}/steps/{stepId}/untick           | change:push      | 404
			GET    /nodes/{id}/history                           | change:read      | 404
			GET    /api/v1/nodes/{id}/history/at                 | change:read      | 404
			GET    /waivers                                      | node:read        | 200
			GET    /nodes/{id}/waivers/new                       | change:decide    | 404
			POST   /nodes/{id}/waivers                           | change:decide    | 404 | form rule=x&reason=x&owner=x&until=2027-01-01
			POST   /waivers/{id}/take-back                       | change:decide    | 404
			GET    /api/v1/waivers                               | node:read        | 200
			GET    /api/v1/waivers/{id}                          | node:read        | 404
			DELETE /api/v1/waivers/{id}                          | change:decide    | 404
			POST   /api/v1/nodes/{id}/waivers                    | change:decide    | 404 | json {"rule": "x"}

			GET    /drift                                        | node:read        | 200
			GET    /drift/{id}                                   | node:read        | 404
			POST   /drift/{id}/put-back                          | change:request   | 404 | form reason=x
			POST   /drift/{id}/accept                            | change:request   | 404 | form reason=x
			POST   /nodes/{id}/drift/check                       | node:write       | 404
			GET    /api/v1/drift                                 | node:read        | 200
			GET    /api/v1/drift/{id}                            | node:read        | 404
			POST   /api/v1/drift/{id}/put-back                   | change:request   | 404 | json {"reason": "x"}
			POST   /api/v1/drift/{id}/accept                     | change:request   | 404 | json {"reason": "x"}
			GET    /api/v1/nodes/{id}/drift                      | node:read        | 404
			POST   /api/v1/nodes/{id}/drift/check                | node:write       | 404

			GET    /changes                                      | change:read      | 200
			GET    /changes/new                                  | change:request   | 200
			POST   /changes                                      | change:request   | 422 | form reason=
			GET    /changes/{id}                                 | change:read      | 404
			GET    /changes/{id}/progress                        | change:read      | 404
			GET    /changes/{id}/patch                           | change:read      | 404
			POST   /changes/{id}/submit                          | change:request   | 404
			POST   /changes/{id}/withdraw                        | change:request   | 404
			POST   /changes/{id}/approve                         | change:decide    | 404 | form contentHash=0000000000000000000000000000000000000000000000000000000000000000
			POST   /changes/{id}/deny                            | change:decide    | 404 | form comment=no
			POST   /changes/{id}/dry-run                         | change:request change:decide change:push | 404
			POST   /changes/{id}/start                           | change:push      | 404
			POST   /changes/{id}/pause                           | change:push      | 404
			POST   /changes/{id}/resume                          | change:push      | 404
			POST   /changes/{id}/stop                            | change:push      | 404
			POST   /changes/{id}/roll-back                       | change:push      | 404 | form reason=x
			POST   /changes/{id}/nodes/{nodeId}/confirm-restart  | change:push      | 404
			POST   /changes/{id}/nodes/{nodeId}/retry            | change:push      | 302
			GET    /api/v1/changes                               | change:read      | 200
			POST   /api/v1/changes                               | change:request   | 400 | json {}
			GET    /api/v1/changes/{id}                          | change:read      | 404
			GET    /api/v1/changes/{id}/events                   | change:read      | 404
			POST   /api/v1/changes/{id}/submit                   | change:request   | 404
			POST   /api/v1/changes/{id}/withdraw                 | change:request   | 404
			POST   /api/v1/changes/{id}/approve                  | change:decide    | 404 | json {"contentHash": "0000000000000000000000000000000000000000000000000000000000000000"}
			POST   /api/v1/changes/{id}/deny                     | change:decide    | 404 | json {"comment": "no"}
			POST   /api/v1/changes/{id}/dry-run                  | change:request change:decide change:push | 404
			POST   /api/v1/changes/{id}/start                    | change:push      | 404
			POST   /api/v1/changes/{id}/pause                    | change:push      | 404
			POST   /api/v1/changes/{id}/resume                   | change:push      | 404
			POST   /api/v1/changes/{id}/stop                     | change:push      | 404
			POST   /api/v1/changes/{id}/roll-back                | change:push      | 404 | json {"reason": "x"}
			POST   /api/v1/changes/{id}/nodes/{nodeId}/confirm-restart | change:push | 404
			POST   /api/v1/changes/{id}/nodes/{nodeId}/retry     | change:push      | 404
			POST   /changes/{id}/review                          | change:decide    | 404
			POST   /changes/{id}/plan                            | change:push      | 404 | form waves=1%2C100%25&thresholds=90&budget=1&atOnce=1&from=22:00&to=04:00&days=MON
			POST   /changes/{id}/rerun                           | change:push      | 404
			POST   /api/v1/changes/{id}/review                   | change:decide    | 404
			POST   /api/v1/changes/{id}/plan                     | change:push      | 404 | json {}
			POST   /api/v1/changes/{id}/rerun                    | change:push      | 404
			GET    /approval-policy                              | signed-in        | 200
			POST   /approval-policy                              | policy:write     | 422 | form rules=
			GET    /api/v1/approval-policy                       | signed-in        | 200
			PUT    /api/v1/approval-policy                       | policy:write     | 400 | json {}
			GET    /approvals                                    | change:decide    | 200

			GET    /audit                                        | audit:read       | 200
			GET    /api/v1/audit                                 | audit:read       | 200
			GET    /api/v1/audit/export                          | audit:read       | 200
			GET    /api/v1/audit/key                             | audit:read       | 200
			GET    /api/v1/audit/verify                          | audit:read       | 200
			GET    /users                                        | user:write       | 200
			GET    /users/new                                    | user:write       | 200
			POST   /users                                        | user:write       | 422 | form username=
			GET    /users/{id}                                   | user:write       | 404
			POST   /users/{id}                                   | user:write       | 404 | form displayName=x
			POST   /users/{id}/password                          | user:write       | 404 | form password=x
			POST   /users/{id}/disable                           | user:write       | 404
			POST   /users/{id}/enable                            | user:write       | 404
			GET    /api/v1/users                                 | user:write       | 200
			POST   /api/v1/users                                 | user:write       | 400 | json {}
			GET    /api/v1/users/{id}                            | user:write       | 404
			PATCH  /api/v1/users/{id}                            | user:write       | 404 | json {}
			GET    /password                                     | signed-in        | 200
			POST   /password                                     | signed-in        | 422 | form present=
			GET    /webhooks                                     | webhook:write    | 200
			POST   /webhooks                                     | webhook:write    | 422 | form name=
			POST   /webhooks/{id}/test                           | webhook:write    | 404
			POST   /webhooks/{id}/remove                         | webhook:write    | 404
			GET    /api/v1/webhooks                              | webhook:write    | 200
			POST   /api/v1/webhooks                              | webhook:write    | 400 | json {}
			GET    /api/v1/webhooks/{id}                         | webhook:write    | 404
			POST   /api/v1/webhooks/{id}/test                    | webhook:write    | 404
			DELETE /api/v1/webhooks/{id}                         | webhook:write    | 404
			GET    /tokens                                       | signed-in        | 200
			POST   /tokens                                       | signed-in        | 422 | form name=
			POST   /tokens/{id}/revoke                           | signed-in        | 404
			GET    /api/v1/tokens                                | signed-in        | 200
			GET    /api/v1/tokens/{id}                           | signed-in        | 404
			POST   /api/v1/tokens                                | by-password      | 400 | json {"name": ""}
			DELETE /api/v1/tokens/{id}                           | by-password      | 404

			GET    /rules                                        | rule:read        | 200
			POST   /rules/drafts                                 | rule:write       | 422 | form from=9999
			POST   /rules/cases                                  | rule:write       | 404 | form node=nosuchid000000000000
			POST   /rules/cases/evidence                         | rule:write       | 400 | form intent.environment=nosuchplace
			GET    /rules/language                               | signed-in        | 200
			GET    /rules/language.json                          | signed-in        | 200
			GET    /rules/drafts/{id}/search                     | rule:read        | 404 | query q=x
			GET    /rules/drafts/{draft}/insert                  | rule:read        | 404 | query path=x.drl
			POST   /rules/drafts/{draft}/insert                  | rule:write       | 404 | form path=x.drl
			POST   /rules/drafts/{id}/files/{path}/cases         | rule:write       | 404 | form text=x
			POST   /rules/drafts/{id}/files/{path}/format        | rule:write       | 404 | form text=x
			GET    /rules/revisions/{n}                          | rule:read        | 404
			GET    /rules/revisions/{n}/files/{path}             | rule:read        | 404
			GET    /rules/revisions/{n}/zip                      | rule:read        | 404
			GET    /rules/revisions/{n}/diff/{m}                 | rule:read        | 404
			POST   /rules/revisions/{n}/activate                 | rule:write       | 404
			GET    /rules/drafts/{id}                            | rule:read        | 404
			GET    /rules/drafts/{id}/zip                        | rule:read        | 404
			POST   /rules/drafts/{id}/cases                      | rule:write change:decide | 404
			POST   /rules/drafts/{id}/submit                     | rule:write       | 404
			POST   /rules/drafts/{id}/approve                    | change:decide    | 404 | form contentHash=0000000000000000000000000000000000000000000000000000000000000000
			POST   /rules/drafts/{id}/deny                       | change:decide    | 404 | form comment=no
			POST   /rules/drafts/{id}/withdraw                   | rule:write       | 404
			POST   /rules/drafts/{id}/rebase                     | rule:write       | 404
			POST   /rules/drafts/{id}/discard                    | rule:write       | 404
			POST   /rules/drafts/{id}/resolve                    | rule:write       | 404 | form path=x.drl&take=theirs
			POST   /rules/drafts/{id}/upload                     | rule:write       | 400
			GET    /rules/drafts/{id}/files/{path}               | rule:read        | 404
			GET    /rules/drafts/{id}/new                        | rule:read        | 404 | query path=x.drl
			POST   /rules/drafts/{id}/files/{path}               | rule:write       | 404 | form text=x
			POST   /rules/drafts/{id}/files/{path}/problems      | rule:write       | 404 | form text=x
			POST   /rules/drafts/{id}/restore                    | rule:write       | 404 | form path=x.drl&revision=1
			POST   /rules/drafts/{id}/remove                     | rule:write       | 404 | form path=x.drl
			POST   /rules/drafts/{id}/lock                       | rule:write       | 404 | form path=x.drl
			POST   /rules/drafts/{id}/unlock                     | rule:write       | 404 | form path=x.drl
			POST   /rules/drafts/{id}/break-lock                 | rule:unlock      | 404 | form path=x.drl&note=x
			GET    /rules/drafts/{id}/impact                     | rule:read        | 404
			POST   /rules/drafts/{id}/impact                     | rule:write change:decide | 404
			POST   /rules/drafts/{id}/impact/cancel              | rule:write change:decide | 404
			GET    /rules/drafts/{id}/impact/nodes               | rule:read        | 404
			GET    /rules/drafts/{id}/impact/nodes/{node}        | rule:read        | 404
			GET    /api/v1/rulebase                              | rule:read        | 200
			GET    /api/v1/rulebase/revisions                    | rule:read        | 200
			GET    /api/v1/rulebase/revisions/{n}                | rule:read        | 404
			GET    /api/v1/rulebase/revisions/{n}/files/{path}   | rule:read        | 404
			GET    /api/v1/rulebase/revisions/{n}/zip            | rule:read        | 404
			GET    /api/v1/rulebase/revisions/{n}/diff/{m}       | rule:read        | 404
			GET    /api/v1/rulebase/revisions/{n}/blame          | rule:read        | 404
			POST   /api/v1/rulebase/revisions/{n}/activate       | rule:write       | 404
			POST   /api/v1/rulebase/revisions/{n}/approve        | change:decide    | 409 | json {"contentHash": "0000000000000000000000000000000000000000000000000000000000000000"}
			POST   /api/v1/rulebase/revisions/{n}/deny           | change:decide    | 409 | json {"comment": "no"}
			POST   /api/v1/rulebase/drafts                       | rule:write       | 400 | json {"from": 9999}
			GET    /api/v1/rulebase/drafts                       | rule:read        | 200
			GET    /api/v1/rulebase/drafts/{id}                  | rule:read        | 404
			PATCH  /api/v1/rulebase/drafts/{id}                  | rule:write       | 404 | json {"message": "x"}
			DELETE /api/v1/rulebase/drafts/{id}                  | rule:write       | 404
			GET    /api/v1/rulebase/drafts/{id}/files/{path}     | rule:read        | 404
			PUT    /api/v1/rulebase/drafts/{id}/files/{path}     | rule:write       | 404 | text x
			DELETE /api/v1/rulebase/drafts/{id}/files/{path}     | rule:write       | 404
			POST   /api/v1/rulebase/drafts/{id}/files/{path}/restore | rule:write       | 404 | json {"revision": 1}
			POST   /api/v1/rulebase/drafts/{id}/files/{path}/lock | rule:write       | 404
			DELETE /api/v1/rulebase/drafts/{id}/files/{path}/lock | rule:write       | 404
			POST   /api/v1/rulebase/drafts/{id}/files/{path}/break-lock | rule:unlock      | 404 | json {"note": "x"}
			POST   /api/v1/rulebase/drafts/{id}/files/{path}/resolve | rule:write       | 404 | json {"take": "theirs"}
			POST   /api/v1/rulebase/drafts/{id}/rebase           | rule:write       | 404
			GET    /api/v1/rulebase/drafts/{id}/diff             | rule:read        | 404
			GET    /api/v1/rulebase/drafts/{id}/zip              | rule:read        | 404
			PUT    /api/v1/rulebase/drafts/{id}/zip              | rule:write       | 404 | zip x
			POST   /api/v1/rulebase/drafts/{id}/check            | rule:write change:decide | 404
			POST   /api/v1/rulebase/drafts/{id}/cases            | rule:write change:decide | 404
			POST   /api/v1/rulebase/drafts/{id}/submit           | rule:write       | 404
			POST   /api/v1/rulebase/drafts/{id}/approve          | change:decide    | 404 | json {"contentHash": "0000000000000000000000000000000000000000000000000000000000000000"}
			POST   /api/v1/rulebase/drafts/{id}/deny             | change:decide    | 404 | json {"comment": "no"}
			POST   /api/v1/rulebase/drafts/{id}/withdraw         | rule:write       | 404
			POST   /api/v1/rulebase/drafts/{id}/impact           | rule:write change:decide | 404
			GET    /api/v1/rulebase/drafts/{id}/impact           | rule:read        | 404
			DELETE /api/v1/rulebase/drafts/{id}/impact           | rule:write change:decide | 404
			GET    /api/v1/rulebase/drafts/{id}/impact/nodes     | rule:read        | 404
			GET    /api/v1/rulebase/drafts/{id}/impact/nodes/{node} | rule:read        | 404
			""";

	private static final Map<String, Row> ROWS = read();

	private RightsTable() {
	}

	/** All rows by route. */
	static Map<String, Row> rows() {
		return ROWS;
	}

	private static Map<String, Row> read() {
		Map<String, Row> rows = new LinkedHashMap<>();
		TABLE.lines().filter((line) -> !line.isBlank()).forEach((line) -> {
			String[] cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
			String[] route = cells[0].split(" +", -1);
			List<Right> rights = cells[1].contains(":")
					? Arrays.stream(cells[1].split(" +", -1)).map((name) -> Right.of(name).orElseThrow()).toList()
					: List.of();
			Row row = new Row(route[0], route[1], cells[1].equals("public"), cells[1].equals("by-password"), rights,
					Integer.parseInt(cells[2]), (cells.length > 3) ? cells[3] : null);
			if (rows.put(route[0] + " " + route[1], row) != null) {
				throw new IllegalStateException("two rows for " + cells[0]);
			}
		});
		return rows;
	}

	/**
	 * A route and who may use it.
	 *
	 * @param method of HTTP
	 * @param path the pattern of the mapping
	 * @param isPublic whether nobody needs to sign in
	 * @param byPassword whether no token may do it
	 * @param rights of which one is needed; none where being signed in is enough
	 * @param answer the status for whoever may
	 * @param sent what to send along
	 */
	record Row(String method, String path, boolean isPublic, boolean byPassword, List<Right> rights, int answer,
			@Nullable String sent) {

		/**
		 * Whether the page refuses what the form holds before it asks for the right. It
		 * says so on the page that it leads back to; the same call of the API asks first.
		 */
		boolean looksFirst() {
			return toString().equals("POST /changes/{id}/plan");
		}

		boolean isApi() {
			return this.path.startsWith("/api/v1/") || this.path.startsWith("/actuator");
		}

		/** The same route with other input. */
		Row sending(@Nullable String other) {
			return new Row(this.method, this.path, this.isPublic, this.byPassword, this.rights, this.answer, other);
		}

		/** The path with this id first, and with something of its form for the others. */
		String filled(String id, String other) {
			return this.path.replace("{n}", "9999")
				.replace("{m}", "9998")
				.replace("{path}", "x.drl")
				.replaceFirst("\\{[^}]+}", id)
				.replaceAll("\\{[^}]+}", other);
		}

		boolean allows(Set<Right> held) {
			return this.rights.isEmpty() || this.rights.stream().anyMatch(held::contains);
		}

		void fill(MockMvcRequestBuilder request) {
			String body = this.sent;
			if (body == null || body.isEmpty()) {
				return;
			}
			String[] kind = body.split(" ", 2);
			switch (kind[0]) {
				case "json" -> request.contentType(MediaType.APPLICATION_JSON).content(kind[1]);
				case "lines" -> request.contentType("application/x-ndjson").content(kind[1]);
				case "zip" -> request.contentType("application/zip").content(kind[1]);
				case "text" -> request.contentType("text/plain").content(kind[1]);
				case "form" -> request.contentType(MediaType.APPLICATION_FORM_URLENCODED).content(kind[1]);
				case "query" -> Arrays.stream(kind[1].split("&"))
					.forEach((pair) -> request.queryParam(pair.split("=", 2)[0], pair.split("=", 2)[1]));
				default -> throw new IllegalStateException("what is to be sent with " + this + "?");
			}
		}

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

}
