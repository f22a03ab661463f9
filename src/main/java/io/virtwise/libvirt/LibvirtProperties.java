package io.virtwise.libvirt;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How nodes are reached. Keys and certificates come from here only, never from a field of
 * a node.
 *
 * @param allowTcp whether plain TCP may be used: neither encrypted nor signed in, so
 * everybody who reaches such a port is root on that node
 * @param tlsDirectory holds {@code cacert.pem}, {@code clientcert.pem} and
 * {@code clientkey.pem}, and a directory of that kind for each named credential;
 * libvirt's own places where it is {@code null}
 * @param sshDirectory holds the private key {@code id} and {@code known_hosts}, and a
 * directory of that kind for each named credential; no ssh where it is {@code null}
 * @param keepAliveInterval how long a connection may be silent before it is asked for a
 * sign of life; whole seconds
 * @param keepAliveCount how many such questions may stay unanswered
 * @param maxSessions how many connections may be in use at once
 * @param maxHungOpens how many openings of one node may hang before further ones are
 * refused at once
 * @param hungOpenRetry after how long one more opening of such a node is tried
 * @param maxFileSize the largest file that is read from a node
 */
@ConfigurationProperties("virtwise.libvirt")
record LibvirtProperties(@DefaultValue("false") boolean allowTcp, @Nullable Path tlsDirectory,
		@Nullable Path sshDirectory, @DefaultValue("5s") Duration keepAliveInterval,
		@DefaultValue("3") int keepAliveCount, @DefaultValue("32") int maxSessions, @DefaultValue("2") int maxHungOpens,
		@DefaultValue("60s") Duration hungOpenRetry, @DefaultValue("4MB") DataSize maxFileSize) {

	LibvirtProperties {
		require(keepAliveInterval.toSeconds() >= 1, "keep-alive-interval", "at least 1s");
		require(keepAliveCount >= 1, "keep-alive-count", "at least 1");
		require(maxSessions >= 1, "max-sessions", "at least 1");
		require(maxHungOpens >= 1, "max-hung-opens", "at least 1");
		require(maxFileSize.toBytes() >= 1 && maxFileSize.toMegabytes() <= 64, "max-file-size", "1B to 64MB");
	}

	private static void require(boolean met, String name, String range) {
		if (!met) {
			throw new IllegalArgumentException("virtwise.libvirt." + name + " must be " + range);
		}
	}

}
