package io.virtwise;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says where the portal is, once it answers.
 */
@Component
class StartNotice {

	private static final Logger log = LoggerFactory.getLogger(StartNotice.class);

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
			Environment environment = context.getEnvironment();
			String host = shownHost(environment.getProperty("server.address"));
			int port = (context.getWebServer() != null) ? context.getWebServer().getPort() : 0;
			Duration taken = event.getTimeTaken();
			log.info("Virtwise is at http://{}:{} (started in {} s, data in {})", host, port,
					(taken != null) ? taken.toMillis() / 1000.0 : "?", environment.getProperty("virtwise.home"));
		}
	}

	private static String shownHost(@Nullable String address) {
		if (address == null || address.equals("0.0.0.0") || address.equals("::")) {
			return "localhost";
		}
		return address.contains(":") ? "[" + address + "]" : address;
	}

}
