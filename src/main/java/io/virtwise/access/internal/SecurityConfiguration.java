package io.virtwise.access.internal;

import java.time.Clock;

import io.virtwise.access.Right;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who gets in, and how: pages by a session, the API by a token, by HTTP Basic or by the
 * session of a page. What one may do then is asked on the services.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
@EnableConfigurationProperties(AccessProperties.class)
class SecurityConfiguration {

	static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; "
			+ "form-action 'self'; object-src 'none'";

	/** What people and machines get without signing in. */
	private static final String[] PUBLIC = { "/signin", "/collect.sh", "/theme", "/error", "/icon.svg", "/css/**",
			"/js/**", "/webjars/**" };

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	@Bean
	AuthenticationManager authenticationManager(PasswordSignIn passwordSignIn, SignInRecords records) {
		ProviderManager manager = new ProviderManager(passwordSignIn);
		manager.setAuthenticationEventPublisher(records);
		return manager;
	}

	@Bean
	@Order(1)
	SecurityFilterChain api(HttpSecurity http, AccountRefreshFilter refresh, ConfirmFilter confirm, TokenSignIn tokens,
			FailureAnswers failures) {
		return common(http, refresh, confirm, failures).securityMatcher("/api/v1/**", "/actuator/**")
			.addFilterBefore(new BearerFilter(tokens, failures), BasicAuthenticationFilter.class)
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/health", "/actuator/health/**")
				.permitAll()
				.requestMatchers("/actuator", "/actuator/prometheus")
				.authenticated()
				.requestMatchers("/actuator/**")
				.hasAuthority(Right.USER_WRITE.authority())
				.anyRequest()
				.authenticated())
			.httpBasic((basic) -> basic.authenticationEntryPoint(failures::challenge))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(failures::challenge))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
			.requestCache((cache) -> cache.disable())
			.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(fromBrowser())
				.csrfTokenRepository(new TokensOfOpenSessions()))
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain pages(HttpSecurity http, AccountRefreshFilter refresh, ConfirmFilter confirm,
			FailureAnswers failures, ObjectProvider<ClientRegistrationRepository> providers,
			ProviderSignIn providerSignIn) {
		if (providers.getIfAvailable() != null) {
			http.oauth2Login((login) -> login.loginPage("/signin")
				.authorizedClientRepository(new NoProviderTokens())
				.successHandler(providerSignIn)
				.failureUrl("/signin?refused=directory"));
		}
		return common(http, refresh, confirm, failures)
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(PUBLIC).permitAll().anyRequest().authenticated())
			.formLogin((form) -> form.loginPage("/signin").failureHandler(new SignInFailurePage()))
			.logout((logout) -> logout.logoutUrl("/signout").logoutSuccessUrl("/signin?signed-out"))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(FailureAnswers.toSignIn()))
			.requestCache((cache) -> cache.requestCache(placeToComeBackTo()))
			.build();
	}

	/** What was asked for before signing in, if it is a page and not a piece of one. */
	@SuppressWarnings("NullAway") // null means no marker in the address, which the
									// library's annotation forgets
	private static RequestCache placeToComeBackTo() {
		HttpSessionRequestCache cache = new HttpSessionRequestCache();
		cache.setMatchingRequestParameterName(null);
		cache.setRequestMatcher((request) -> request.getMethod().equals("GET")
				&& request.getHeader("HX-Request") == null && !request.getRequestURI().startsWith("/error")
				&& String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html"));
		return cache;
	}

	/** Part of both chains and nothing that the servlet container runs by itself. */
	@Bean
	AccountRefreshFilter accountRefreshFilter(AccountRepository accounts, TokenSignIn tokens,
			AccessProperties properties, Clock clock) {
		return new AccountRefreshFilter(accounts, tokens, properties, clock);
	}

	@Bean
	FilterRegistrationBean<AccountRefreshFilter> accountRefreshOutsideTheChains(AccountRefreshFilter refresh) {
		FilterRegistrationBean<AccountRefreshFilter> registration = new FilterRegistrationBean<>(refresh);
		registration.setEnabled(false);
		return registration;
	}

	@Bean
	ConfirmFilter confirmFilter(AccessProperties properties, AuthenticationManager manager, OpenSessions sessions,
			FailureAnswers failures, Clock clock) {
		return new ConfirmFilter(properties, manager, sessions, failures, clock);
	}

	@Bean
	FilterRegistrationBean<ConfirmFilter> confirmOutsideTheChains(ConfirmFilter confirm) {
		FilterRegistrationBean<ConfirmFilter> registration = new FilterRegistrationBean<>(confirm);
		registration.setEnabled(false);
		return registration;
	}

	private static HttpSecurity common(HttpSecurity http, AccountRefreshFilter refresh, ConfirmFilter confirm,
			FailureAnswers failures) {
		return http.addFilterAfter(refresh, SecurityContextHolderFilter.class)
			.addFilterAfter(confirm, AuthorizationFilter.class)
			.exceptionHandling((handling) -> handling.accessDeniedHandler(failures))
			.headers(SecurityConfiguration::headers);
	}

	private static void headers(HeadersConfigurer<HttpSecurity> headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
			.permissionsPolicyHeader(
					(permissions) -> permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
			.crossOriginOpenerPolicy((opener) -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
	}

	/**
	 * Where a request that changes something needs a CSRF token: always with a session,
	 * and with HTTP Basic where a browser sent it, because browsers repeat such
	 * credentials by themselves, also when another site made the request. A bearer token
	 * is never sent by itself, and nothing else lets in a request that shows one.
	 */
	static RequestMatcher fromBrowser() {
		return (request) -> CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request) && !BearerFilter.hasToken(request)
				&& (request.getRequestedSessionId() != null || request.getHeader(HttpHeaders.ORIGIN) != null
						|| request.getHeader("Sec-Fetch-Site") != null);
	}

}
