package io.virtwise;

import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.virtwise.SettingsGuard.UnsafeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Settings that do not go together, and the form of log lines.
 */
class SettingsGuardTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://db/virtwise, virtwise.demo, true",
			"jdbc:postgresql://db/virtwise, management.endpoints.web.exposure.include, *",
			"jdbc:postgresql://db/virtwise, spring.h2.console.enabled, true",
			"jdbc:h2:file:./data/virtwise, spring.h2.console.enabled, true" })
	void refusesToStart(String url, String key, String value) {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.url", url)
			.withProperty(key, value);

		assertThatThrownBy(() -> SettingsGuard.check(environment)).isInstanceOfSatisfying(UnsafeSettings.class,
				(refused) -> {
					assertThat(refused).hasMessageContaining(key);
					assertThat(refused.remedy()).isNotBlank();
				});
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:h2:file:./data/virtwise, virtwise.demo, true",
			"jdbc:postgresql://db/virtwise, virtwise.demo, false",
			"jdbc:postgresql://db/virtwise, management.endpoints.web.exposure.include, 'health,prometheus'" })
	void letsStart(String url, String key, String value) {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.url", url)
			.withProperty(key, value);

		assertThatCode(() -> SettingsGuard.check(environment)).doesNotThrowAnyException();
	}

	@Test
	void isAskedBeforeAnythingElse() {
		SpringApplicationBuilder portal = new SpringApplicationBuilder(Virtwise.class);

		assertThatThrownBy(() -> portal.run("--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
				"--virtwise.demo=true", "--server.port=0"))
			.isInstanceOf(UnsafeSettings.class)
			.hasMessageContaining("virtwise.demo");
	}

	@Test
	void aTextThatIsLoggedBeginsNoLineAndSendsNoControls() {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ClassPathResource("application.yaml"));
		String pattern = String.valueOf(Objects.requireNonNull(yaml.getObject()).getProperty("logging.pattern.console"))
			.replace("%wEx", "%ex");
		LoggerContext context = new LoggerContext();
		PatternLayout layout = new PatternLayout();
		layout.setContext(context);
		layout.setPattern(pattern);
		layout.start();
		Logger logger = context.getLogger("test");

		String line = layout.doLayout(new LoggingEvent("x", logger, Level.WARN,
				"node a\n14:02:11 INFO  forged\r\u001b[31mred\u0007\u009b", null, null));

		assertThat(line.lines().toList()).hasSize(2)
			.satisfies((lines) -> assertThat(lines.get(0)).endsWith("WARN  node a"))
			.satisfies((lines) -> assertThat(lines.get(1)).isEqualTo("  | 14:02:11 INFO  forged??[31mred??"));
		assertThat(line).doesNotContain("\u001b", "\u0007", "\u009b", "\r");
	}

}
