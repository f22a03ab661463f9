package io.virtwise.libvirt;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.virtwise.facts.NodeFactsReader;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeNetwork;
import io.virtwise.rollout.ManagedFiles;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The room as Spring puts it together.
 */
class LibvirtConfigurationTests {

	private static final Supplier<Clock> CLOCK = Clock::systemUTC;

	private final ApplicationContextRunner context = new ApplicationContextRunner().withBean(Clock.class, CLOCK)
		.withBean(NodeNetwork.class, () -> new NodeNetwork(List.of(), false))
		.withBean(NodeCredentials.class, () -> Room.NO_CREDENTIALS)
		.withUserConfiguration(Scan.class);

	@Test
	void offersBothPortsAndRunsTheEventLoop() {
		this.context.run((started) -> {
			assertThat(started).hasSingleBean(NodeFactsReader.class).hasSingleBean(ManagedFiles.class);
			assertThat(started.getBean(LibvirtEventLoop.class).isRunning())
				.isEqualTo(started.getBean(NodeFactsReader.class).reachability().possible());
		});
	}

	@Test
	void isSafeUnlessToldOtherwise() {
		this.context.run((started) -> {
			LibvirtProperties properties = started.getBean(LibvirtProperties.class);
			assertThat(properties.allowTcp()).isFalse();
			assertThat(properties.tlsDirectory()).isNull();
			assertThat(properties.sshDirectory()).isNull();
			assertThat(properties.keepAliveInterval()).isEqualTo(Duration.ofSeconds(5));
		});
	}

	@Test
	void bindsItsSettings() {
		this.context
			.withPropertyValues("virtwise.libvirt.allow-tcp=true", "virtwise.libvirt.tls-directory=/srv/tls",
					"virtwise.libvirt.max-file-size=1MB")
			.run((started) -> {
				LibvirtProperties properties = started.getBean(LibvirtProperties.class);
				assertThat(properties.allowTcp()).isTrue();
				assertThat(properties.tlsDirectory()).hasToString("/srv/tls");
				assertThat(properties.maxFileSize().toMegabytes()).isEqualTo(1);
			});
	}

	@Test
	void namesASettingOutOfRange() {
		this.context.withPropertyValues("virtwise.libvirt.keep-alive-interval=10ms")
			.run((started) -> assertThat(started.getStartupFailure())
				.hasStackTraceContaining("virtwise.libvirt.keep-alive-interval must be at least 1s"));
	}

	/**
	 * This room only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = LibvirtConfiguration.class)
	static class Scan {

	}

}
