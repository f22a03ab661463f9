package io.virtwise.recommendation;

/**
 * A file that nova reads besides nova.conf, as the last probe read it.
 *
 * @param path its absolute path on the node
 * @param text what it says
 */
public record NovaFile(String path, String text) {
}
