package io.virtwise.access.internal;

import java.time.Duration;
import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.env.Environment;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Keeps sessions of pages in the database where several portals may share it, so that any
 * of them serves anybody. The file of one portal alone needs none of it.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(SharedSessions.Wanted.class)
@EnableJdbcHttpSession(tableName = SharedSessions.TABLE)
class SharedSessions {

	static final String TABLE = "web_session";

	private static final Logger log = LoggerFactory.getLogger(SharedSessions.class);

	@Bean
	SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sharedSessionsOf(
			@Value("${server.servlet.session.timeout:1h}") Duration idle, Environment environment) {
		return (repository) -> {
			repository.setDefaultMaxInactiveInterval(idle);
			if (Wanted.isPostgreSql(environment)) {
				new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(repository);
			}
		};
	}

	/** The same cookie that the server itself would set; secure where the request is. */
	@Bean
	CookieSerializer sessionCookie() {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName("VIRTWISE");
		cookie.setSameSite("Lax");
		cookie.setUseHttpOnlyCookie(true);
		return cookie;
	}

	/**
	 * Before all other filters, also where an answer goes on later or an error page is
	 * shown.
	 */
	@Bean
	FilterRegistrationBean<SessionRepositoryFilter<?>> sharedSessionsFilter(SessionRepositoryFilter<?> filter) {
		FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
		registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
		return registration;
	}

	/**
	 * What cannot be read, because another version of the portal wrote it or because it
	 * is of a kind that is never read, is not there: whoever it was about signs in again.
	 */
	@Bean
	@SuppressWarnings("NullAway") // a converter may give null; that stands in its type
									// parameter only
	ConversionService springSessionConversionService() {
		GenericConversionService conversion = new GenericConversionService();
		DeserializingConverter reading = new DeserializingConverter(SharedSessions.class.getClassLoader());
		conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
		conversion.addConverter(byte[].class, Object.class, (bytes) -> {
			try {
				return reading.convert(bytes);
			}
			catch (SerializationFailedException ex) {
				log.warn("A part of a session cannot be read, and is left out: {}",
						ex.getMostSpecificCause().getClass().getSimpleName());
				return null;
			}
		});
		return conversion;
	}

	/**
	 * Sessions are shared where an administrator says so, and where the database is
	 * PostgreSQL, unless an administrator says otherwise.
	 */
	static final class Wanted implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			String where = environment.getProperty("virtwise.access.sessions", "auto");
			return switch (where) {
				case "database" -> true;
				case "memory" -> false;
				case "auto" -> isPostgreSql(environment);
				default -> throw new IllegalArgumentException(
						"virtwise.access.sessions is '" + where + "'; write auto, database or memory");
			};
		}

		static boolean isPostgreSql(Environment environment) {
			return environment.getProperty("spring.datasource.url", "").startsWith("jdbc:postgresql:");
		}

	}

}
