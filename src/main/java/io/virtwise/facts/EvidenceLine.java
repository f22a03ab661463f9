package io.virtwise.facts;

/**
 * Where a fact was seen.
 *
 * @param source which text, as people read it: {@code /proc/cpuinfo}, {@code lsmod}
 * @param line its number in that text from 1, 0 where the whole text is meant
 * @param text the line, shortened if long; empty where the text was empty
 */
public record EvidenceLine(String source, int line, String text) {
}
