package io.virtwise.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.virtwise.shared.AddressRule;
import io.virtwise.shared.AddressRule.Loopback;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * At which addresses nodes may be.
 */
@Component
public class NodeNetwork {

	private final AddressRule rule;

	/**
	 * Limits connections.
	 * @param allowed networks as {@code 10.20.0.0/16}; none means all that are not
	 * refused
	 * @param loopback whether this machine itself may be a node, for trying out
	 */
	public NodeNetwork(@Value("${virtwise.network.allowed:}") List<String> allowed,
			@Value("${virtwise.network.allow-loopback:${virtwise.libvirt.allow-tcp:false}}") boolean loopback) {
		this.rule = new AddressRule(allowed, "virtwise.network.allowed",
				loopback ? Loopback.ALLOWED : Loopback.REFUSED);
	}

	/** Whether the portal connects there. */
	public boolean allows(InetAddress address) {
		return this.rule.allows(address);
	}

	/**
	 * What is wrong with an address literal as a node's host, to follow the field's name;
	 * {@code null} if nothing is, or it is a name, which is looked at when it is used.
	 */
	public @Nullable String fault(String host) {
		boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
		if (!literal) {
			return null;
		}
		try {
			return allows(InetAddress.getByName(host)) ? null : "is not an address that this portal connects to;"
					+ " an administrator sets its networks with virtwise.network.allowed";
		}
		catch (UnknownHostException ex) {
			return "is not an address";
		}
	}

}
