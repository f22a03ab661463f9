package io.virtwise.ui;

import java.io.IOException;

/**
 * More was sent than is read of one body. An {@link IOException}, because it comes up
 * while the body is read.
 */
public final class BodyTooLarge extends IOException {

	private static final long serialVersionUID = 1L;

	public BodyTooLarge(long most) {
		super("The body is larger than " + most / 1024 / 1024 + " MiB and was not taken. Send less, or a part of it.");
	}

}
