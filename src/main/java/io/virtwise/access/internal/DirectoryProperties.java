package io.virtwise.access.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.access.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in by a directory. Nothing is set unless somebody does.
 *
 * @param groups the groups of the directory that make somebody what, by the role's key
 * @param ldap a directory that is asked for name and password
 * @param oidc what a provider's token calls things; the provider itself is set with
 * Spring's own {@code spring.security.oauth2.client} keys
 */
@ConfigurationProperties("virtwise.directory")
record DirectoryProperties(@DefaultValue Map<String, List<String>> groups, @Nullable Ldap ldap,
		@DefaultValue Oidc oidc) {

	DirectoryProperties {
		List<String> unknown = groups.keySet().stream().filter((key) -> Role.ofKey(key).isEmpty()).toList();
		if (!unknown.isEmpty()) {
			throw new IllegalStateException("virtwise.directory.groups." + unknown.get(0) + " is for no role; use "
					+ Arrays.stream(Role.values()).map(Role::key).collect(Collectors.joining(", ")));
		}
	}

	/** The roles that these groups make, whatever capitals they are written in. */
	Set<Role> rolesOf(Collection<String> held) {
		Set<String> names = held.stream().map((name) -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
		return this.groups.entrySet()
			.stream()
			.filter((entry) -> entry.getValue()
				.stream()
				.anyMatch((group) -> names.contains(group.toLowerCase(Locale.ROOT))))
			.flatMap((entry) -> Role.ofKey(entry.getKey()).stream())
			.collect(Collectors.toSet());
	}

	/**
	 * Where and how an LDAP directory is asked.
	 *
	 * @param url with the base, as {@code ldaps://ldap.example.com/dc=example,dc=com}
	 * @param managerDn as whom to search; {@code null} for nobody
	 * @param managerPassword that one's password
	 * @param userBase where people are, below the base
	 * @param userFilter how a person is found; {@code {0}} is the name typed
	 * @param groupBase where groups are, below the base
	 * @param groupFilter how a person's groups are found; {@code {0}} is the person's DN
	 * @param idAttribute what stays the same when a person is renamed
	 * @param nameAttribute how pages call the person
	 */
	record Ldap(String url, @Nullable String managerDn, @Nullable String managerPassword,
			@DefaultValue("ou=people") String userBase, @DefaultValue("(uid={0})") String userFilter,
			@DefaultValue("ou=groups") String groupBase, @DefaultValue("(member={0})") String groupFilter,
			@DefaultValue("entryUUID") String idAttribute, @DefaultValue("cn") String nameAttribute) {

		@Override
		public String toString() {
			return "Ldap[" + this.url + "]";
		}

	}

	/**
	 * What a provider's token calls things.
	 *
	 * @param usernameClaim what the person signs in as
	 * @param groupsClaim the groups
	 */
	record Oidc(@DefaultValue("preferred_username") String usernameClaim, @DefaultValue("groups") String groupsClaim) {
	}

}
