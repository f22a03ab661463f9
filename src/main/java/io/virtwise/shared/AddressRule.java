package io.virtwise.shared;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * To which addresses the portal connects, whatever it wants there. Some it never connects
 * to: those of one link only, behind which metadata services answer, and those that mean
 * many hosts or none. An IPv4 address counts as itself in every wrapping that IPv6 has
 * for it.
 */
public final class AddressRule {

	/** Metadata services of clouds that are not within the link-local ranges. */
	private static final List<Block> METADATA = List.of(Block.of("100.100.100.200/32"), Block.of("168.63.129.16/32"),
			Block.of("192.0.0.192/32"), Block.of("fd00:ec2::254/128"), Block.of("fd20:ce::254/128"));

	private static final List<Block> NEVER = List.of(Block.of("169.254.0.0/16"), Block.of("fe80::/10"),
			Block.of("0.0.0.0/8"), Block.of("224.0.0.0/3"), Block.of("ff00::/8"), Block.of("::/128"));

	private static final List<Block> LOOPBACK = List.of(Block.of("127.0.0.0/8"), Block.of("::1/128"));

	private final List<Block> allowed;

	private final Loopback loopback;

	/**
	 * Limits connections.
	 * @param allowed networks as {@code 10.20.0.0/16}; none means all that are not
	 * refused
	 * @param setting where those come from, to name it if one is none
	 * @param loopback what holds for this machine itself
	 * @throws IllegalArgumentException if one is no network
	 */
	public AddressRule(List<String> allowed, String setting, Loopback loopback) {
		this.allowed = allowed.stream()
			.map(String::strip)
			.filter((each) -> !each.isEmpty())
			.map((each) -> Block.of(each, setting))
			.toList();
		this.loopback = loopback;
	}

	/**
	 * Whether the portal connects there. One answer for all reasons: it tells nobody what
	 * is behind an address.
	 */
	public boolean allows(InetAddress address) {
		InetAddress meant = unwrapped(address);
		if (isIn(NEVER, meant) || isIn(METADATA, meant)) {
			return false;
		}
		if (isIn(LOOPBACK, meant) && this.loopback != Loopback.WHERE_LISTED) {
			return this.loopback == Loopback.ALLOWED;
		}
		boolean own = isIn(LOOPBACK, meant);
		return (this.allowed.isEmpty() && !own) || isIn(this.allowed, meant);
	}

	private static boolean isIn(List<Block> blocks, InetAddress address) {
		return blocks.stream().anyMatch((block) -> block.contains(address));
	}

	/**
	 * Compatible, NAT64, 6to4 and ISATAP forms hold an IPv4 address; Java unwraps mapped
	 * ones.
	 */
	private static InetAddress unwrapped(InetAddress address) {
		byte[] b = address.getAddress();
		if (b.length != 16) {
			return address;
		}
		boolean compatible = zero(b, 0, 12) && !zero(b, 12, 15);
		boolean mapped = zero(b, 0, 10) && b[10] == -1 && b[11] == -1;
		boolean translated = zero(b, 0, 8) && b[8] == -1 && b[9] == -1 && zero(b, 10, 12);
		boolean nat64 = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
		boolean isatap = (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe;
		if (compatible || mapped || translated || nat64 || isatap) {
			return ipv4(b, 12);
		}
		boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
		return sixToFour ? ipv4(b, 2) : address;
	}

	private static boolean zero(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			if (bytes[i] != 0) {
				return false;
			}
		}
		return true;
	}

	private static InetAddress ipv4(byte[] bytes, int from) {
		try {
			return Inet4Address.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("four bytes are an address", ex);
		}
	}

	/**
	 * What holds for addresses of this machine itself.
	 */
	public enum Loopback {

		/** They are refused. */
		REFUSED,
		/** They are allowed, for trying out. */
		ALLOWED,
		/** They are like others, but have to be listed. */
		WHERE_LISTED

	}

	/**
	 * A network.
	 *
	 * @param start its first address
	 * @param bits how many of its bits all addresses share
	 */
	private record Block(InetAddress start, int bits) {

		static Block of(String text) {
			return of(text, "");
		}

		/** A network out of a setting, which is named if it is none. */
		static Block of(String text, String setting) {
			String[] parts = text.split("/", -1);
			try {
				boolean literal = parts.length == 2 && parts[0].matches("[0-9A-Fa-f.:]+")
						&& parts[1].matches("[0-9]{1,3}");
				if (literal && (parts[0].indexOf(':') >= 0 || parts[0].matches("([0-9]{1,3}\\.){3}[0-9]{1,3}"))) {
					InetAddress start = InetAddress.getByName(parts[0]);
					int bits = Integer.parseInt(parts[1]);
					if (bits <= start.getAddress().length * 8) {
						return new Block(start, bits);
					}
				}
			}
			catch (UnknownHostException ex) {
				throw fault(text, setting, ex);
			}
			throw fault(text, setting, null);
		}

		private static IllegalArgumentException fault(String text, String setting, @Nullable Exception cause) {
			return new IllegalArgumentException(setting + " has '" + text
					+ "', which is not a network; write networks as 10.20.0.0/16 or 2001:db8::/32, with commas between",
					cause);
		}

		boolean contains(InetAddress address) {
			byte[] mine = this.start.getAddress();
			byte[] other = Objects.requireNonNull(address.getAddress());
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
