package io.virtwise;

import java.util.Locale;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Stops a start whose settings are for trying out while its database is for real use,
 * before anything is touched.
 */
class SettingsGuard implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		check(event.getEnvironment());
	}

	static void check(Environment environment) {
		String url = environment.getProperty("spring.datasource.url", "").toLowerCase(Locale.ROOT);
		boolean shared = !url.isBlank() && !url.startsWith("jdbc:h2:");
		if (shared && environment.getProperty("virtwise.demo", Boolean.class, false)) {
			throw new UnsafeSettings(
					"virtwise.demo makes accounts whose password everybody knows, and the database is "
							+ url.replaceAll("[?].*", "") + ".",
					"Leave VIRTWISE_DEMO out, or take the database out of SPRING_DATASOURCE_URL: a demonstration keeps its data in a file.");
		}
		boolean console = environment.getProperty("spring.h2.console.enabled", Boolean.class, false);
		if (console) {
			throw new UnsafeSettings("spring.h2.console.enabled opens the database to the web.", "Leave it out.");
		}
		String exposed = environment.getProperty("management.endpoints.web.exposure.include", "");
		if (shared && exposed.contains("*")) {
			throw new UnsafeSettings(
					"management.endpoints.web.exposure.include is *, which hands out memory and settings.",
					"Name the endpoints that you need, for example health,prometheus.");
		}
	}

	/**
	 * Why the portal does not start.
	 */
	static final class UnsafeSettings extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String remedy;

		UnsafeSettings(String fault, String remedy) {
			super(fault);
			this.remedy = remedy;
		}

		String remedy() {
			return this.remedy;
		}

	}

}
