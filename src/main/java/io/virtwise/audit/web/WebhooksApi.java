package io.virtwise.audit.web;

import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.virtwise.audit.internal.Webhook;
import io.virtwise.audit.internal.WebhookKind;
import io.virtwise.audit.internal.Webhooks;
import io.virtwise.audit.internal.Webhooks.NewWebhook;
import io.virtwise.audit.internal.Webhooks.Wish;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Webhooks over HTTP. A secret comes out once, in the answer that set the webhook up.
 */
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhooksApi {

	private final Webhooks webhooks;

	WebhooksApi(Webhooks webhooks) {
		this.webhooks = webhooks;
	}

	@GetMapping
	Slice<WebhookBody> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		SliceRequest request = SliceRequest.of(page, size, sort, Set.of("name"));
		Comparator<Webhook> byName = Comparator.comparing(Webhook::name);
		List<Webhook> all = this.webhooks.all();
		return new Slice<>(all.stream()
			.sorted(request.descending() ? byName.reversed() : byName)
			.skip(request.offset())
			.limit(request.size())
			.map((one) -> WebhookBody.of(one, null))
			.toList(), request.page(), request.size(), all.size());
	}

	@GetMapping("/{id}")
	WebhookBody get(@PathVariable String id) {
		return WebhookBody.of(this.webhooks.get(id), null);
	}

	@PostMapping
	@PreAuthorize("hasAuthority('webhook:write')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<WebhookBody> create(@RequestBody Wish wish) {
		NewWebhook made = this.webhooks.create(wish);
		return ResponseEntity.created(URI.create("/api/v1/webhooks/" + made.webhook().id()))
			.cacheControl(CacheControl.noStore())
			.body(WebhookBody.of(made.webhook(), made.secret()));
	}

	@PostMapping("/{id}/test")
	WebhookBody test(@PathVariable String id) {
		return WebhookBody.of(this.webhooks.test(id), null);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable String id) {
		this.webhooks.remove(id);
	}

	/**
	 * A webhook as the contract shows it.
	 *
	 * @param secret in the answer that set it up, and nowhere else
	 */
	record WebhookBody(String id, String name, String url, List<String> kinds, @Nullable String secret,
			Instant createdAt, long waiting, @Nullable String lastOutcome, @Nullable Instant lastAt) {

		static WebhookBody of(Webhook webhook, @Nullable String secret) {
			return new WebhookBody(webhook.id(), webhook.name(), webhook.url(),
					webhook.kinds().stream().sorted().map(WebhookKind::key).toList(), secret, webhook.createdAt(),
					webhook.waiting(), webhook.lastOutcome(), webhook.lastAt());
		}

		@Override
		public String toString() {
			return "WebhookBody[" + this.id + "]";
		}

	}

}
