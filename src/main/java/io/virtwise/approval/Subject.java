package io.virtwise.approval;

/**
 * What is to be approved, as far as this room knows it.
 *
 * @param type the kind of object, for example {@code change}; also the word that people
 * read
 * @param id its id
 * @param name its name as people know it
 * @param path the portal's page on which it can be read and decided
 */
public record Subject(String type, String id, String name, String path) {
}
