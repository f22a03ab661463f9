package io.virtwise.libvirt;

import java.io.UncheckedIOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Binds the room's settings.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LibvirtProperties.class)
class LibvirtConfiguration {

	private static final Logger log = LoggerFactory.getLogger(LibvirtConfiguration.class);

	/** A portal that was killed while it connected may have left a key behind. */
	@EventListener(ApplicationReadyEvent.class)
	void sweep() {
		try {
			PrivateFolder.sweep();
		}
		catch (UncheckedIOException ex) {
			log.warn("Temporary folders of earlier portals could not be looked through", ex);
		}
	}

}
