package io.virtwise.audit.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;

import io.virtwise.shared.AddressRule;
import io.virtwise.shared.AddressRule.Loopback;
import io.virtwise.shared.Refused;

/**
 * Decides whether the portal may send something to an address. Names are looked at by
 * what they resolve to, each time anew: one harmless yesterday may point inside today.
 */
final class Destination {

	private final AddressRule rule;

	private final Resolver resolver;

	/**
	 * Rules for addresses, the same as for nodes.
	 * @param networks the only ones allowed, as {@code 10.1.0.0/16}; empty for all but
	 * the machine itself
	 */
	Destination(List<String> networks) {
		this(networks, (name) -> List.of(InetAddress.getAllByName(name)));
	}

	Destination(List<String> networks, Resolver resolver) {
		this.resolver = resolver;
		this.rule = new AddressRule(networks, "virtwise.webhooks.networks", Loopback.WHERE_LISTED);
	}

	/** Reads a URL as people type it. */
	static URI parse(String url) {
		try {
			URI uri = new URI(url.strip());
			String scheme = String.valueOf(uri.getScheme());
			if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null || uri.getUserInfo() != null
					|| uri.getFragment() != null) {
				throw Refused.invalid("url",
						"must be like https://hooks.example.com/virtwise, without name or password in it");
			}
			return uri;
		}
		catch (URISyntaxException ex) {
			throw Refused.invalid("url", "is no URL; write it like https://hooks.example.com/virtwise");
		}
	}

	/** Whether everything that the host's name stands for may be spoken to. */
	boolean admits(URI uri) {
		return !admitted(uri).isEmpty();
	}

	/**
	 * The addresses to speak to, of one look-up: whoever connects takes one of these and
	 * does not ask for the name again. None where any of them is refused.
	 */
	List<InetAddress> admitted(URI uri) {
		try {
			List<InetAddress> found = this.resolver.resolve(host(uri));
			return found.stream().allMatch(this.rule::allows) ? found : List.of();
		}
		catch (UnknownHostException ex) {
			return List.of();
		}
	}

	/** The host without the brackets of an IPv6 address. */
	static String host(URI uri) {
		return String.valueOf(uri.getHost()).replaceAll("^\\[|]$", "");
	}

	/**
	 * All addresses of a name.
	 */
	interface Resolver {

		List<InetAddress> resolve(String name) throws UnknownHostException;

	}

}
