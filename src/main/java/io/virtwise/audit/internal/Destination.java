package io.virtwise.audit.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
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

	/**
	 * Rules for addresses, the same as for nodes.
	 * @param networks the only ones allowed, as {@code 10.1.0.0/16}; empty for all but
	 * the machine itself
	 */
	Destination(List<String> networks) {
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
		String host = String.valueOf(uri.getHost()).replaceAll("^\\[|]$", "");
		try {
			return Arrays.stream(InetAddress.getAllByName(host)).allMatch(this.rule::allows);
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
