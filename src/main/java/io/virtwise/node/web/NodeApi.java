package io.virtwise.node.web;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;

import io.virtwise.node.Node;
import io.virtwise.node.NodeQuery;
import io.virtwise.node.NodeView;
import io.virtwise.node.Transport;
import io.virtwise.node.internal.NodeDraft;
import io.virtwise.node.internal.NodeRegister;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The register of nodes over HTTP.
 */
@RestController
@RequestMapping("/api/v1/nodes")
class NodeApi {

	private static final NodeDraft NOTHING = new NodeDraft(null, null, null, null, null, null, null, null, Map.of(),
			null, null);

	private final NodeRegister register;

	NodeApi(NodeRegister register) {
		this.register = register;
	}

	@GetMapping
	Slice<NodeView> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort, @RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String group,
			@RequestParam(required = false) @Nullable String transport) {
		SliceRequest request = SliceRequest.of(page, size, sort, NodeRegister.sortable());
		return this.register.list(new NodeQuery(blankAsNull(q), blankAsNull(group), transport(transport)), request)
			.map(NodeView::of);
	}

	@PostMapping
	@PreAuthorize("hasAuthority('node:write')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<NodeView> register(@RequestBody(required = false) @Nullable JsonNode body) {
		NodeBody wanted = new NodeBody(body);
		wanted.version(0); // says nothing about a new node, but is a number all the same
		Node node = this.register.register(wanted.over(NOTHING));
		return ResponseEntity.created(URI.create("/api/v1/nodes/" + node.id()))
			.eTag(NodeTag.of(node))
			.body(NodeView.of(node));
	}

	@GetMapping("/{id}")
	ResponseEntity<NodeView> show(@PathVariable String id) {
		return tagged(this.register.get(id));
	}

	@PatchMapping("/{id}")
	@PreAuthorize("hasAuthority('node:write')")
	ResponseEntity<NodeView> edit(@PathVariable String id,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@RequestBody(required = false) @Nullable JsonNode body) {
		NodeBody changes = new NodeBody(body);
		Node before = this.register.get(id);
		NodeTag.check(before, ifMatch);
		return tagged(this.register.edit(id, changes.over(NodeDraft.of(before)), changes.version(before.version())));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	ResponseEntity<Void> remove(@PathVariable String id,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		Node before = this.register.get(id);
		NodeTag.check(before, ifMatch);
		this.register.remove(id, before.version());
		return ResponseEntity.noContent().build();
	}

	private static ResponseEntity<NodeView> tagged(Node node) {
		return ResponseEntity.ok().eTag(NodeTag.of(node)).body(NodeView.of(node));
	}

	private static @Nullable Transport transport(@Nullable String key) {
		if (key == null || key.isBlank()) {
			return null;
		}
		return Arrays.stream(Transport.values())
			.filter((each) -> each.key().equals(key))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("transport", "is not one of tls, ssh, tcp"));
	}

	private static @Nullable String blankAsNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

}
