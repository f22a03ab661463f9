package io.virtwise.access.internal;

import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sign-in by directories, where they are set up.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DirectoryProperties.class)
class DirectoryConfiguration {

	@Bean
	@ConditionalOnProperty("virtwise.directory.ldap.url")
	LdapDirectory ldapDirectory(DirectoryProperties properties) {
		return new LdapDirectory(Objects.requireNonNull(properties.ldap()));
	}

}
