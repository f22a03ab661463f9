package io.virtwise.audit.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.virtwise.audit.AuditEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands the audit log on, in its order, to a syslog server and to a web address, where
 * these are set. How far it came is kept in the database; after a failure, also of the
 * portal, some entries may come twice, and none is left out.
 */
@Component
class AuditForward {

	private static final int BATCH = 200;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Logger log = LoggerFactory.getLogger(AuditForward.class);

	private final SignedPost post = new SignedPost();

	private final AuditRepository repository;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final String syslog;

	private final String url;

	private final String secret;

	AuditForward(AuditRepository repository, JdbcClient jdbc, TransactionTemplate transaction, Clock clock,
			@Value("${virtwise.audit.syslog:}") String syslog, @Value("${virtwise.audit.url:}") String url,
			@Value("${virtwise.audit.url-secret:}") String secret) {
		this.repository = repository;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
		this.syslog = syslog;
		this.url = url;
		this.secret = secret;
		if (!syslog.isBlank()) {
			SyslogTarget.of(syslog); // a wrong address stops the start and not the first
										// entry
		}
		if (!url.isBlank() && secret.isBlank()) {
			throw new IllegalStateException("virtwise.audit.url needs virtwise.audit.url-secret to sign with");
		}
	}

	/**
	 * Hands on what is new.
	 * @return how many entries
	 */
	int forward() {
		int sent = 0;
		if (!this.syslog.isBlank()) {
			sent += forward(this.syslog, (entries) -> SyslogTarget.of(this.syslog).send(entries));
		}
		if (!this.url.isBlank()) {
			sent += forward(this.url, this::postAll);
		}
		return sent;
	}

	private int forward(String target, Way way) {
		int sent = 0;
		Integer batch;
		do {
			batch = this.transaction.execute((status) -> batch(target, way));
			sent += (batch != null) ? batch : 0;
		}
		while (batch != null && batch == BATCH);
		return sent;
	}

	/** One portal at a time, by the lock on the row. */
	private int batch(String target, Way way) {
		String name = target.substring(0, Math.min(target.length(), 128));
		this.jdbc
			.sql("insert into audit_forward (target, seq) select ?, 0 where not exists "
					+ "(select 1 from audit_forward where target = ?)")
			.params(name, name)
			.update();
		List<Long> seq = this.jdbc.sql("select seq from audit_forward where target = ? for update skip locked")
			.param(name)
			.query(Long.class)
			.list();
		if (seq.isEmpty()) {
			return 0;
		}
		List<AuditEntry> entries = this.repository.after(seq.get(0), BATCH);
		if (entries.isEmpty()) {
			return 0;
		}
		try {
			way.send(entries);
		}
		catch (IOException ex) {
			log.warn("The audit log cannot be handed on to {}; it is tried again.", host(target), ex);
			return 0;
		}
		this.jdbc.sql("update audit_forward set seq = ? where target = ?")
			.params(entries.get(entries.size() - 1).seq(), name)
			.update();
		return entries.size();
	}

	private void postAll(List<AuditEntry> entries) throws IOException {
		StringBuilder body = new StringBuilder();
		entries.forEach((entry) -> body.append(JSON.writeValueAsString(entry)).append('\n'));
		URI to = URI.create(this.url);
		int status = this.post.send(to, List.of(InetAddress.getAllByName(Destination.host(to))), this.secret,
				"application/x-ndjson", body.toString(), Map.of("Virtwise-Event", "audit"), this.clock.instant());
		if (status < 200 || status >= 300) {
			throw new IOException("answered " + status);
		}
	}

	private static String host(String target) {
		return String.valueOf(URI.create(target).getHost());
	}

	/**
	 * A way to hand entries on.
	 */
	private interface Way {

		void send(List<AuditEntry> entries) throws IOException;

	}

}
