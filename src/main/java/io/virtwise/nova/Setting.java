package io.virtwise.nova;

import org.jspecify.annotations.Nullable;

/**
 * One option of nova.conf and the value that it should have.
 *
 * @param section for example {@code libvirt}
 * @param option for example {@code virt_type}
 * @param value the value, or {@code null} where the option should not be set at all
 */
public record Setting(String section, String option, @Nullable String value) {
}
