package io.virtwise.ui.internal;

import org.apache.catalina.core.StandardHost;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has the server answer in our words where it answers by itself.
 */
@Configuration(proxyBeanMethods = false)
class EarlyFailuresConfiguration {

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> earlyFailures() {
		return (factory) -> factory.addContextCustomizers((context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(EarlyFailures.class.getName());
			}
		});
	}

}
