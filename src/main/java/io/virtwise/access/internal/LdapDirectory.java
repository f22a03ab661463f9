package io.virtwise.access.internal;

import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.access.internal.DirectoryProperties.Ldap;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.DirContextOperations;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.ldap.DefaultSpringSecurityContextSource;
import org.springframework.security.ldap.authentication.BindAuthenticator;
import org.springframework.security.ldap.search.FilterBasedLdapUserSearch;
import org.springframework.security.ldap.userdetails.DefaultLdapAuthoritiesPopulator;

/**
 * An LDAP directory: a name and a password are good if it lets them in.
 */
class LdapDirectory {

	/** The name that accounts from it carry. */
	static final String NAME = "ldap";

	private final Ldap properties;

	private final BindAuthenticator authenticator;

	private final DefaultLdapAuthoritiesPopulator groups;

	LdapDirectory(Ldap properties) {
		this.properties = properties;
		DefaultSpringSecurityContextSource source = new DefaultSpringSecurityContextSource(properties.url());
		String manager = properties.managerDn();
		if (manager != null) {
			source.setUserDn(manager);
			source.setPassword(Objects.requireNonNullElse(properties.managerPassword(), ""));
		}
		else {
			source.setAnonymousReadOnly(true);
		}
		source.afterPropertiesSet();
		this.authenticator = new BindAuthenticator(source);
		this.authenticator
			.setUserSearch(new FilterBasedLdapUserSearch(properties.userBase(), properties.userFilter(), source));
		this.authenticator.setUserAttributes(new String[] { "*", properties.idAttribute() });
		this.authenticator.afterPropertiesSet();
		this.groups = new DefaultLdapAuthoritiesPopulator(source, properties.groupBase());
		this.groups.setGroupSearchFilter(properties.groupFilter());
		this.groups.setRolePrefix("");
		this.groups.setConvertToUpperCase(false);
		this.groups.setSearchSubtree(true);
	}

	/**
	 * Who this is, if the directory lets them in.
	 * @param password never empty: an empty one would be let in as nobody
	 */
	Optional<DirectoryEntry> find(String username, String password) {
		if (password.isEmpty() || username.isEmpty()) {
			return Optional.empty();
		}
		try {
			DirContextOperations person = this.authenticator
				.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(username, password));
			String id = text(person, this.properties.idAttribute());
			if (id == null) {
				throw new IllegalStateException("the LDAP directory gives no " + this.properties.idAttribute()
						+ "; name another attribute in virtwise.directory.ldap.id-attribute");
			}
			Set<String> held = this.groups.getGroupMembershipRoles(person.getNameInNamespace(), username)
				.stream()
				.map((group) -> String.valueOf(group.getAuthority()))
				.collect(Collectors.toSet());
			String name = text(person, this.properties.nameAttribute());
			return Optional.of(new DirectoryEntry(NAME, id, username, (name != null) ? name : username, held));
		}
		catch (BadCredentialsException | UsernameNotFoundException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable String text(DirContextOperations person, String attribute) {
		Object value = person.getObjectAttribute(attribute);
		if (value instanceof byte[] bytes) {
			return HexFormat.of().formatHex(bytes); // objectGUID of Active Directory
		}
		return (value != null) ? value.toString() : null;
	}

}
