package io.virtwise.audit.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Tells others, now and again, on a thread of its own: a receiver that answers slowly
 * holds up nobody.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
class TellingConfiguration {

	private static final Logger log = LoggerFactory.getLogger(TellingConfiguration.class);

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("tell-"));

	private final WebhookSender sender;

	private final AuditForward forward;

	private final WebhookProperties properties;

	private volatile @Nullable ScheduledFuture<?> telling;

	TellingConfiguration(WebhookSender sender, AuditForward forward, WebhookProperties properties) {
		this.sender = sender;
		this.forward = forward;
		this.properties = properties;
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		long every = this.properties.every().toMillis();
		this.telling = this.thread.scheduleWithFixedDelay(this::tell, every, every, TimeUnit.MILLISECONDS);
	}

	private void tell() {
		try {
			this.sender.sendDue();
			this.forward.forward();
		}
		catch (RuntimeException ex) {
			log.warn("Telling others broke off; it is tried again", ex);
		}
	}

	@EventListener(ContextClosedEvent.class)
	void end() {
		ScheduledFuture<?> begun = this.telling;
		if (begun != null) {
			begun.cancel(true);
		}
		this.thread.shutdownNow();
	}

}
