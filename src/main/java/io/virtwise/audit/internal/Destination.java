package io.virtwise.audit.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.virtwise.shared.Refused;

/**
 * Decides whether the portal may send something to an address. Names are looked at by
 * what they resolve to, each time anew: one harmless yesterday may point inside today.
 */
final class Destination {

	/** Where clouds keep what only the machine itself should read. */
	private static final Set<String> METADATA = Set.of("169.254.169.254", "100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

	private final List<Network> allowed;

	/**
	 * Rules for addresses.
	 * @param networks the only ones allowed, as {@code 10.1.0.0/16}; empty for all but
	 * the machine itself, its link, and metadata services
	 */
	Destination(List<String> networks) {
		this.allowed = networks.stream().map(Network::of).toList();
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
			return Arrays.stream(InetAddress.getAllByName(host)).allMatch(this::admits);
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private boolean admits(InetAddress address) {
		boolean never = address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()
				|| METADATA.contains(address.getHostAddress());
		if (never) {
			return false;
		}
		return this.allowed.isEmpty() ? !address.isLoopbackAddress()
				: this.allowed.stream().anyMatch((network) -> network.contains(address));
	}

	/**
	 * A range of addresses.
	 *
	 * @param base its first address
	 * @param bits how many bits are fixed
	 */
	private record Network(InetAddress base, int bits) {

		static Network of(String text) {
			String[] parts = text.strip().split("/", 2);
			try {
				if (!parts[0].matches("[0-9a-fA-F.:]+")) {
					throw new IllegalArgumentException();
				}
				InetAddress base = InetAddress.getAllByName(parts[0])[0];
				int most = base.getAddress().length * 8;
				int bits = (parts.length == 2) ? Integer.parseInt(parts[1]) : most;
				if (bits < 0 || bits > most) {
					throw new IllegalArgumentException();
				}
				return new Network(base, bits);
			}
			catch (UnknownHostException | IllegalArgumentException ex) {
				throw new IllegalStateException(
						"virtwise.webhooks.networks: " + text + " is no network; write it like 10.1.0.0/16", ex);
			}
		}

		boolean contains(InetAddress address) {
			byte[] mine = this.base.getAddress();
			byte[] other = address.getAddress();
			if (mine.length != other.length) {
				return false;
			}
			for (int bit = 0; bit < this.bits; bit++) {
				int mask = 0x80 >> (bit % 8);
				if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

}
