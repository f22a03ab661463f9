package io.virtwise.libvirt;

import org.libvirt.Error;
import org.libvirt.Error.ErrorDomain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virError;

/**
 * An error as libvirt reported it. Its text is for the log only: it may quote files and
 * addresses that the person who asked must not see.
 */
final class LibvirtFault extends Exception {

	private static final long serialVersionUID = 1L;

	private final ErrorNumber code;

	private final ErrorDomain domain;

	private final int errno;

	LibvirtFault(ErrorNumber code, ErrorDomain domain, int errno, String text) {
		super(text);
		this.code = code;
		this.domain = domain;
		this.errno = errno;
	}

	/**
	 * The error of the call just made. To be asked for on the very thread of that call
	 * and only after it failed: libvirt keeps the last error of each thread until its
	 * next one.
	 */
	static LibvirtFault last(String function) {
		virError raw = Libvirt.INSTANCE.virGetLastError();
		if (raw == null) {
			return new LibvirtFault(ErrorNumber.VIR_ERR_UNKNOWN, ErrorDomain.VIR_FROM_UNKNOWN, -1,
					function + " failed without saying why");
		}
		Error error = new Error(raw);
		return new LibvirtFault(error.getCode(), error.getDomain(), error.getInt1(),
				function + ": " + error.getMessage());
	}

	ErrorNumber code() {
		return this.code;
	}

	ErrorDomain domain() {
		return this.domain;
	}

	/**
	 * The operating system's error number behind it, which libvirt keeps across the wire;
	 * not positive where there is none.
	 */
	int errno() {
		return (this.code == ErrorNumber.VIR_ERR_SYSTEM_ERROR) ? this.errno : -1;
	}

}
