package io.virtwise.libvirt;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Binds the room's settings.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LibvirtProperties.class)
class LibvirtConfiguration {

}
